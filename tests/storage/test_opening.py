"""A file that is not ours, newer, or damaged is refused with a sentence and not one byte of it changes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest

from ecoscore.errors import EnvironmentFailed
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.storage import Store
from tests.needs import posix_permissions
from tests.storage.conftest import fingerprint

YEAR = Period(2024)


def _newer(path):
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.commit()
    raw.close()


def _foreign(path):
    path.unlink()
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE photos (id)")
    raw.commit()
    raw.close()


def _text(path):
    path.write_text("区县,PM2.5\n甲区,42\n", encoding="gb18030")


def _empty(path):
    path.write_bytes(b"")


def _truncated(path):
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)


def _header_only(path):
    path.write_bytes(path.read_bytes()[:60])


def _scrambled(path):
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 3] = b"\xa5" * 8192
    path.write_bytes(content)


def _tables_gone(path):
    raw = sqlite3.connect(path)
    raw.execute("DROP TABLE observations")
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("spoil", "sentence", "advice"),
    [
        (_newer, "更新版本的 EcoScore", "升级"),
        (_foreign, "别的程序的数据库", ".ecos"),
        (_text, "不是 EcoScore 考核文件", "导入"),
        (_empty, "文件是空的", "备份"),
        (_truncated, "已损坏", "备份"),
        (_header_only, "文件不完整", "备份"),
        (_scrambled, "已损坏", "备份"),
        (_tables_gone, "缺少数据表 observations", "备份"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_refused_with_a_sentence_and_untouched(path, spoil, sentence, advice, read_only):
    spoil(path)
    before = fingerprint(path)
    with pytest.raises(EnvironmentFailed, match=sentence) as caught:
        Store.open(path, read_only=read_only)
    assert advice in caught.value.advice
    assert path.name in caught.value.message
    assert fingerprint(path) == before


def test_a_file_that_is_not_there(folder):
    with pytest.raises(EnvironmentFailed, match="找不到考核文件"):
        Store.open(folder / "没有.ecos")
    assert list(folder.iterdir()) == []


def test_a_folder_in_its_place(folder):
    with pytest.raises(EnvironmentFailed):
        Store.open(folder)


def test_opening_and_closing_changes_nothing(path):
    before = (*fingerprint(path), path.stat().st_mtime_ns)
    Store.open(path).close()
    Store.open(path, read_only=True).close()
    assert (*fingerprint(path), path.stat().st_mtime_ns) == before


def test_read_only_on_request_refuses_changes_and_makes_no_backup(path, backups_root):
    store = Store.open(path, read_only=True)
    assert store.notices == ()
    with pytest.raises(EnvironmentFailed, match="只读"), store.transaction():
        pass
    store.close()
    assert list(backups_root.iterdir()) == []


def test_locked_by_a_program_that_lets_nobody_read(path, monkeypatch):
    monkeypatch.setattr("ecoscore.storage.opening.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(EnvironmentFailed, match="另一个程序占用"):
        Store.open(path)
    other.close()
    Store.open(path).close()


def test_a_change_cut_short_by_a_crash_is_rolled_back(path):
    """A copy taken in the middle of a write, journal beside it, is what a power cut leaves."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA cache_size = 1")
    other.execute("PRAGMA cache_spill = 1")
    other.execute("BEGIN IMMEDIATE")
    for n in range(3000):
        other.execute(
            "INSERT INTO observations VALUES ('2024', '甲区', ?, 1.0, 1, NULL, ?, NULL, NULL)", (str(n), "字" * 50)
        )
    crashed = path.with_name("断电 之后.ecos")
    shutil.copy(path, crashed)
    shutil.copy(f"{path}-journal", f"{crashed}-journal")
    other.execute("ROLLBACK")
    other.close()
    assert crashed.stat().st_size > path.stat().st_size  # half of the change really is in the copy

    store = Store.open(crashed)
    assert store.observations(YEAR) == {}
    store.close()
    assert sorted(p.name for p in path.parent.iterdir()) == sorted([path.name, crashed.name])


def test_a_reader_comes_in_while_another_program_is_writing(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE meta SET value = '别的' WHERE key = 'created'")
    assert path.with_name(path.name + "-journal").exists()
    reader = Store.open(path, read_only=True)
    assert len(reader.districts()) == 2
    reader.close()
    other.execute("ROLLBACK")
    other.close()


def test_two_windows_may_hold_one_file_and_both_write(path):
    one, two = Store.open(path), Store.open(path)
    with one.transaction():
        one.put_observations([Observation("甲区", "a", YEAR, 1.0)])
    with two.transaction():
        two.put_observations([Observation("甲区", "b", YEAR, 2.0)])
    assert len(one.observations(YEAR)) == len(two.observations(YEAR)) == 2
    one.close()
    two.close()


@pytest.fixture
def ordinary_user():
    """The superuser may write anything; for as long as the test runs we are nobody."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    yield lambda: os.seteuid(65534)
    os.seteuid(0)


@posix_permissions
@pytest.mark.parametrize("what", ["file", "folder"])
def test_not_writable_opens_for_reading_with_a_notice(path, what, ordinary_user, tmp_path):
    top = Path(tempfile.gettempdir()).resolve()
    for parent in [tmp_path, *(p for p in tmp_path.resolve().parents if top in p.parents)]:
        parent.chmod(0o755)  # pytest's own folders, one more of them where tests run side by side
    path.chmod(0o444 if what == "file" else 0o666)
    path.parent.chmod(0o555 if what == "folder" else 0o777)
    if ordinary_user:
        ordinary_user()
    store = Store.open(path)
    assert store.read_only
    assert [f.code for f in store.notices] == ["read_only"]
    assert len(store.districts()) == 2
    with pytest.raises(EnvironmentFailed, match="只读"), store.transaction():
        pass
    store.close()
