"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ecoscore.atomic import write_whole
from ecoscore.errors import EnvironmentFailed
from tests.needs import posix_permissions


@pytest.fixture
def path(tmp_path):
    return tmp_path / "成绩单 2024" / "甲区 成绩单.pdf"


def test_a_file_appears_with_its_folders_and_nothing_else(path):
    with write_whole(path) as temporary:
        temporary.write_text("全文", encoding="utf-8")
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "全文"
    assert list(path.parent.iterdir()) == [path]


def test_an_error_while_writing_leaves_the_old_file(path):
    path.parent.mkdir()
    path.write_text("旧", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), write_whole(path) as temporary:  # noqa: PT012
        temporary.write_text("新的一半", encoding="utf-8")
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "旧"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_open_in_excel_is_retried_then_told(path, monkeypatch):
    path.parent.mkdir()
    path.write_text("旧", encoding="utf-8")
    tries = []

    def sharing_violation(self, target):
        tries.append(target)
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", sharing_violation)
    monkeypatch.setattr("ecoscore.atomic.time.sleep", lambda _: None)
    with pytest.raises(EnvironmentFailed, match="文件被占用") as caught, write_whole(path) as temporary:
        temporary.write_text("新", encoding="utf-8")
    assert len(tries) == 4
    assert "WPS" in caught.value.advice
    assert list(path.parent.iterdir()) == [path]


def test_a_file_let_go_in_time_is_written(path, monkeypatch):
    real, tries = Path.replace, []

    def held_once(self, target):
        tries.append(target)
        if len(tries) == 1:
            raise PermissionError(errno.EACCES, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held_once)
    monkeypatch.setattr("ecoscore.atomic.time.sleep", lambda _: None)
    with write_whole(path) as temporary:
        temporary.write_text("新", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "新"


def test_a_full_disk_is_told(path):
    with pytest.raises(EnvironmentFailed, match="磁盘空间不足"), write_whole(path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert list(path.parent.iterdir()) == []


def test_a_folder_of_the_same_name_is_told(path):
    path.mkdir(parents=True)
    with pytest.raises(EnvironmentFailed, match="同名文件夹"), write_whole(path) as temporary:
        temporary.write_text("新", encoding="utf-8")


def test_a_file_where_a_folder_should_be_is_told(tmp_path):
    (tmp_path / "报表").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFailed), write_whole(tmp_path / "报表" / "甲区.pdf"):
        pass


@posix_permissions
def test_permissions_are_those_of_the_old_file_or_the_usual_ones(path):
    path.parent.mkdir()
    path.write_text("旧", encoding="utf-8")
    path.chmod(0o640)
    with write_whole(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o640
    fresh = path.with_name("新.pdf")
    with write_whole(fresh):
        pass
    usual = path.with_name("平常.pdf")
    usual.touch()
    assert fresh.stat().st_mode == usual.stat().st_mode
