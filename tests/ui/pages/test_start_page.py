"""The start page: three choices, recent files, and a new file made in the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.pages import start_page
from ui.pages.start_page import RecentRow
from ui.settings import Recent


@pytest.fixture
def page(window):
    return window.page


def rows(page):
    QApplication.processEvents()  # a row shows itself in its own time
    return [r for r in page.findChildren(RecentRow) if not r.isHidden()]


def test_opening_a_file_by_the_first_choice(page, qtbot, said, session, small_file):
    said.answers["open_file"] = small_file
    qtbot.mouseClick(page.open_choice, Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    assert session.assessment.path == small_file
    assert session.settings.folder == small_file.parent


def test_giving_up_the_file_dialog_changes_nothing(page, qtbot, said, session):
    said.answers["open_file"] = None
    qtbot.mouseClick(page.open_choice, Qt.MouseButton.LeftButton)
    assert session.tasks.running == ()


def test_a_new_file_with_a_bundled_scheme(page, qtbot, session, window, tmp_path):
    qtbot.mouseClick(page.new_choice, Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    form = page.form
    titles = [form.schemes.item(n).text() for n in range(form.schemes.count())]
    assert len(titles) >= 7
    assert form.schemes.currentRow() == 0, "the default scheme is chosen"
    form.path.setText(str(tmp_path / "新年度 考核"))
    qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    assert session.assessment.path == tmp_path / "新年度 考核.ecos"
    assert session.assessment.scheme.id == "jiangsu-green"


def test_a_new_file_with_a_scheme_and_districts_of_ones_own(page, qtbot, session, said, tmp_path):
    from tests.ui.builders import SCHEME

    own, table = tmp_path / "自定 方案.yaml", tmp_path / "名单.csv"
    own.write_text(SCHEME, encoding="utf-8")
    table.write_text("区县,代码\n甲区,990101\n乙县,990122\n", encoding="utf-8")
    page.show_form()
    assert session.tasks.drain()
    form = page.form
    said.answers["open_file"] = own
    qtbot.mouseClick(form.other, Qt.MouseButton.LeftButton)
    form.path.setText(str(tmp_path / "自定.ecos"))
    form.districts.setText(str(table))
    qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    assert session.assessment.scheme.title == "小方案"
    assert [d.name for d in session.assessment.districts] == ["甲区", "乙县"]


def test_a_faulty_scheme_is_explained_with_its_line_and_the_form_stays(page, session, said, window, tmp_path):
    bad = tmp_path / "坏.yaml"
    bad.write_text("id: x\ntitle: 坏\nedition: '1'\ngruops: []\n", encoding="utf-8")
    page.show_form()
    assert session.tasks.drain()
    form = page.form
    said.answers["open_file"] = bad
    form.other.click()
    form.path.setText(str(tmp_path / "坏.ecos"))
    form.create_button.click()
    assert session.tasks.drain()
    assert session.assessment is None
    assert "坏.yaml" in said.last
    assert form.isVisible()
    assert not (tmp_path / "坏.ecos").exists()


def test_a_suggested_name_is_never_taken(page, session, tmp_path):
    session.settings.folder = tmp_path
    page.show_form()
    assert session.tasks.drain()
    first = Path(page.form.path.text())
    first.write_text("有了", encoding="utf-8")
    page.form.start()
    assert Path(page.form.path.text()) != first
    assert Path(page.form.path.text()).parent == tmp_path


def test_without_a_name_there_is_nothing_to_make(page, session):
    page.show_form()
    assert session.tasks.drain()
    page.form.path.setText("")
    assert not page.form.create_button.isEnabled()


def test_going_back_from_the_form(page, session, qtbot):
    page.show_form()
    assert session.tasks.drain()
    page.form.given_up.emit()
    assert page.stack.currentIndex() == 0


def test_recent_files_tell_year_districts_and_state(page, session, qtbot, small_file):
    session.open(small_file)
    assert session.tasks.drain()
    (row,) = rows(page)
    assert row.text() == "某市 考核"
    assert row.facts.startswith("2024年度 · 3 个区县 · 已报 8 项")
    session.close()
    qtbot.mouseClick(rows(page)[0], Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    assert session.assessment.path == small_file


def test_a_recent_file_that_is_gone_is_said_and_taken_off(page, session, qtbot, said, tmp_path):
    session.settings.remember(Recent(path=str(tmp_path / "搬走了.ecos"), opened="2026-01-01 08:00"))
    session.recent_changed.emit()
    qtbot.mouseClick(rows(page)[0], Qt.MouseButton.LeftButton)
    assert "搬走了.ecos" in said.last
    assert session.settings.recent == []
    assert rows(page) == []


def test_the_example_is_built_opened_and_kept(page, session, qtbot, window, monkeypatch, tmp_path):
    monkeypatch.setattr(start_page, "demo_folder", lambda: tmp_path / "我的 示例")
    qtbot.mouseClick(page.demo_choice, Qt.MouseButton.LeftButton)
    assert session.tasks.drain(60_000)
    assert len(session.assessment.districts) == 10
    assert window.page.title == "数据"
    path, version = session.assessment.path, session.assessment.path.stat().st_mtime_ns
    session.close()
    window.show_page("start", "demo")
    assert session.tasks.drain(60_000)
    assert session.assessment.path == path
    assert path.stat().st_mtime_ns == version, "an example that is there is opened as it stands"


def test_a_new_year_from_last_years_file(page, qtbot, session, said, small_file, window):
    session.settings.remember(Recent(str(small_file)))
    qtbot.mouseClick(page.year_choice, Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    form = page.year_form
    assert form.source.text() == str(small_file)
    assert form.period.text() == "2025"
    form.path.setText(str(small_file.with_name("某市 2025 考核")))
    qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    assert session.tasks.drain()
    assert session.assessment.path.name == "某市 2025 考核.ecos"
    assert str(session.period) == "2025"
    assert [str(p) for p in session.assessment.periods] == ["2023", "2024"]
    assert session.tasks.drain()


def test_a_file_that_is_not_ours_is_explained_in_the_form(page, session, tmp_path):
    other = tmp_path / "别的.ecos"
    other.write_text("x", encoding="utf-8")
    page.show_year_form()
    page.year_form.source.setText(str(other))
    page.year_form._look()
    assert session.tasks.drain()
    assert "不是 EcoScore 考核文件" in page.year_form.problem.text()
    assert not page.year_form.create_button.isEnabled()
    page.year_form.given_up.emit()
    assert page.stack.currentIndex() == 0


def test_a_backup_of_a_lost_file_comes_back(page, session, said, small_file, qtbot):
    session.open(small_file)
    assert session.tasks.drain()
    session.close()
    small_file.unlink()
    page.show_restore_form()
    assert session.tasks.drain()
    form = page.restore_form
    assert form.desk.current is not None
    said.answers["save_file"] = small_file.with_name("取回")
    qtbot.mouseClick(form.restore_button, Qt.MouseButton.LeftButton)
    while session.tasks.running:
        assert session.tasks.drain()
    assert session.assessment.path.name == "取回.ecos"
    assert len(session.assessment.districts) == 3


@pytest.mark.parametrize("payload", ["new", "new_year", "restore"])
def test_in_a_low_window_a_form_scrolls_and_its_lines_keep_their_height(page, session, window, said, payload, tmp_path):
    said.answers["open_file"] = None
    window.resize(911, 512)
    page.receive(payload)
    assert session.tasks.drain()
    form = {"new": page.form, "new_year": page.year_form, "restore": page.restore_form}[payload]
    assert form.isVisible()
    assert form.height() >= form.minimumSizeHint().height()
