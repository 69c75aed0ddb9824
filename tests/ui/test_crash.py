"""A bug: written down whole, shown once, the program goes on."""

from __future__ import annotations

import sys
import threading

import pytest

from ui import crash
from ui.crash import CrashHook
from ui.faults import keep_faults


def fault():
    try:
        {}["得分除以零"]
    except KeyError as error:
        return type(error), error, error.__traceback__


@pytest.fixture
def shown(monkeypatch):
    seen = []
    monkeypatch.setattr(crash, "show", lambda text, path: seen.append((text, path)))
    return seen


def test_the_report_is_on_disk_before_it_is_shown(qapp, tmp_path, shown, capsys):
    CrashHook(lambda: tmp_path)(*fault())
    ((text, path),) = shown
    assert "得分除以零" in text
    assert "test_crash.py" in text
    assert path.read_text(encoding="utf-8") == text
    assert "得分除以零" in capsys.readouterr().err


def test_a_fault_while_one_is_shown_opens_no_second_dialog(qapp, tmp_path, monkeypatch, capsys):
    hook = CrashHook(lambda: tmp_path)
    seen = []

    def show(text, path):
        seen.append(text)
        hook(*fault())

    monkeypatch.setattr(crash, "show", show)
    hook(*fault())
    assert len(seen) == 1


def test_a_full_disk_does_not_hide_the_fault(qapp, tmp_path, shown, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    CrashHook(lambda: blocked)(*fault())
    assert shown[0][1] is None


def test_another_thread_is_written_down_but_not_shown_there(qapp, tmp_path, shown, capsys):
    thread = threading.Thread(target=lambda: CrashHook(lambda: tmp_path)(*fault()))
    thread.start()
    thread.join()
    assert shown == []
    assert len(list(tmp_path.glob("crash-*.txt"))) == 1


def test_installing_sets_hook_and_fault_file(tmp_path, monkeypatch):
    import faulthandler

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    enabled = []
    monkeypatch.setattr(faulthandler, "enable", enabled.append)
    crash.install(lambda: tmp_path / "日志")
    assert isinstance(sys.excepthook, CrashHook)
    keep_faults(tmp_path / "日志")
    assert enabled[0].name == str(tmp_path / "日志" / "faults.txt")


def test_a_windowed_program_without_streams_still_shows_it(qapp, tmp_path, shown, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    CrashHook(lambda: tmp_path)(*fault())
    assert "得分除以零" in shown[0][0]


def test_a_profile_that_cannot_be_written_does_not_keep_the_window_from_starting(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    crash.install(lambda: blocked / "日志")
    keep_faults(blocked / "日志")
    assert isinstance(sys.excepthook, CrashHook)


def test_a_bug_in_a_task_reaches_the_dialog(session, tmp_path, monkeypatch, shown, capsys):
    monkeypatch.setattr(sys, "excepthook", CrashHook(lambda: tmp_path))
    session.tasks.run("算", lambda *_: 1 / 0)
    assert session.tasks.drain()
    assert "ZeroDivisionError" in shown[0][0]


def test_the_dialog_says_the_data_are_safe(qapp, tmp_path, qtbot, monkeypatch):
    from PySide6.QtWidgets import QMessageBox

    seen = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: seen.append((box.text(), box.informativeText())))
    crash.show("报告全文", tmp_path / "crash.txt")
    assert "没有丢失" in seen[0][0]
    assert "crash.txt" in seen[0][1]
