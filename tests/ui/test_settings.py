"""What is remembered between two sittings."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from ui.settings import Recent, Settings


def test_recent_files_newest_first_without_doubles(settings):
    for name in ("一", "二", "一"):
        settings.remember(Recent(path=f"/库/{name}.ecos"))
    assert [r.path for r in settings.recent] == ["/库/一.ecos", "/库/二.ecos"]


def test_only_so_many_are_kept(settings):
    for n in range(12):
        settings.remember(Recent(path=f"/库/{n}.ecos"))
    assert len(settings.recent) == 8
    assert settings.recent[0].path == "/库/11.ecos"


def test_a_list_of_another_edition_is_forgotten_not_a_failure(tmp_path):
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    store.setValue("recent", '[{"file": "x"}]')
    assert Settings(store).recent == []
    store.setValue("recent", "{不是 JSON")
    assert Settings(store).recent == []


def test_they_survive_the_sitting(tmp_path):
    name = str(tmp_path / "s.ini")
    first = Settings(QSettings(name, QSettings.Format.IniFormat))
    first.theme = "dark"
    first.inspector_shown = False
    first.last_year_shown = False
    first.folder = tmp_path
    first.remember(Recent(path="/库/年度 考核.ecos", districts=3))
    first._store.sync()
    again = Settings(QSettings(name, QSettings.Format.IniFormat))
    assert (again.theme, again.inspector_shown, again.last_year_shown, again.folder) == ("dark", False, False, tmp_path)
    assert again.recent == [Recent(path="/库/年度 考核.ecos", districts=3)]


def test_a_folder_that_is_gone_is_not_offered(settings, tmp_path):
    gone = tmp_path / "没了"
    gone.mkdir()
    settings.folder = gone
    gone.rmdir()
    assert settings.folder != gone
