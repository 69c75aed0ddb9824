"""A file opened a second time: told in words, or handed to the window that is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.sheets import HEAD, workbook
from tests.ui.waiting import settle
from ui import instance
from ui.instance import FileMark, Listener, hand_over, server_name

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_is_handed_to_the_window_that_listens(qtbot, tmp_path):
    name = f"ecoscore-test-{tmp_path.name}"
    listener = Listener(name)
    assert listener.listens
    path = tmp_path / "某市 考核.ecos"
    code = "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
    code += f"from ui.instance import hand_over; sys.exit(0 if hand_over([Path({str(path)!r})], {name!r}) else 1)"
    with qtbot.waitSignal(listener.wanted, timeout=30_000) as got:
        other = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=30_000)
    assert other.returncode == 0, "the other program may end: its file is being opened here"
    assert got.args == [[path.resolve()]]


def test_where_nobody_listens_the_program_opens_the_file_itself(qapp, tmp_path):
    assert hand_over([tmp_path / "x.ecos"], "ecoscore-test-nobody") is False
    assert server_name().startswith("EcoScore-")


def test_only_the_first_window_has_the_file(tmp_path):
    path = tmp_path / "某市.ecos"
    first = FileMark(path)
    assert first.is_first
    assert not FileMark(path).is_first
    first.release()
    assert FileMark(path).is_first


def test_where_no_lock_can_be_made_no_other_window_is_claimed(tmp_path, monkeypatch):
    monkeypatch.setattr(instance.tempfile, "gettempdir", lambda: str(tmp_path / "没有这个文件夹"))
    mark = FileMark(tmp_path / "某市.ecos")
    assert mark.is_first
    mark.release()


def test_a_file_open_elsewhere_is_said(window, session, small_file):
    mark = FileMark(small_file)
    session.open(small_file)
    assert session.tasks.drain()
    assert "已在另一个窗口打开" in window.message_bar.text.text()
    mark.release()


def test_a_file_handed_over_is_opened_and_the_window_comes_up(window, session, small_file):
    window.take_over([small_file.resolve()])
    assert session.tasks.drain()
    assert session.assessment.path == small_file
    window.take_over([small_file.resolve()])
    assert session.tasks.running == ()


@pytest.fixture
def sheets(tmp_path):
    workbook(tmp_path / "报 送" / "2024 汇总.xlsx", [HEAD, ("甲区", 32.5, 84, 30)])
    return tmp_path / "报 送"


def test_sheets_handed_over_with_their_file_are_read_once_it_is_open(window, session, small_file, sheets):
    window.take_over([sheets.resolve(), small_file.resolve()])
    settle(session)
    assert session.assessment.path == small_file
    assert window.page.title == "导入"
    assert [f.name for f in window.page.plan.files] == ["2024 汇总.xlsx"]


def test_sheets_handed_over_go_to_the_file_that_is_open(window, session, small_file, sheets):
    window.take_over([small_file.resolve()])
    settle(session)
    window.take_over([small_file.resolve(), sheets / "2024 汇总.xlsx"])
    settle(session)
    assert window.page.title == "导入"
    assert window.page.plan is not None


def test_sheets_meant_for_a_file_that_did_not_open_reach_no_other(window, session, small_file, sheets, tmp_path):
    window.take_over([tmp_path / "没有.ecos", sheets])
    settle(session)
    assert session.assessment is None
    window.take_over([small_file])
    settle(session)
    assert window.page.title == "数据"
