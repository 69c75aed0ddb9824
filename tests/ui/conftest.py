"""Fixtures of the window's tests: clean settings, real files, no network, and no word of complaint from Qt."""

from __future__ import annotations

import gc
import logging
import os
import socket
from pathlib import Path

import pytest

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings

from tests.ui.builders import make_file
from ui.main_window import MainWindow
from ui.messages import Message, Tone
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme, base_font

PLATFORMS_OWN = (
    "This plugin does not support",  # offscreen
    '"Unable to open monitor interface',  # windows, under Wine
)


@pytest.fixture(autouse=True, scope="module")
def lasting_objects_put_aside():
    """Modules, schemes, fonts: what is there between two files of tests stays, and need not be searched after each test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_on_our_thread():
    """As in the program (ui/garbage.py): a collection on a task's thread would destroy widgets there."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a test of the window must not reach for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def no_complaints(request, caplog):
    """A warning of Qt's or of ours fails the test; tests that provoke one read and clear it themselves."""
    qtlog = request.getfixturevalue("qtlog") if "qapp" in request.fixturenames else None
    yield
    ours = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    qts = [r.message for r in qtlog.records if r.type.name != "QtDebugMsg"] if qtlog is not None else []
    qts = [m for m in qts if not m.startswith(PLATFORMS_OWN)]
    assert not ours + qts, f"warnings: {ours + qts}"


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(QSettings(str(tmp_path / "设置.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def session(qapp, settings) -> Session:
    """A session with nothing open; at the end its file is closed and no work is left running."""
    qapp.setStyle("Fusion")
    qapp.setFont(base_font())
    theme = Theme("light")
    theme.apply()
    session = Session(settings, theme)
    yield session
    assert session.tasks.drain(10_000), "work was still running at the end"
    session.close()


class Said:
    """What the program has said to its user, in order; questions are answered as told."""

    def __init__(self, session: Session, monkeypatch) -> None:
        self.messages: list[Message] = []
        self.answers: dict[str, object] = {}
        session.messages.posted.connect(self.messages.append)
        for verb in ("ask", "ask_text", "open_file", "open_files", "save_file", "open_folder"):
            monkeypatch.setattr(session.messages, verb, lambda *_, verb=verb, **__: self.answers[verb])

    @property
    def last(self) -> str:
        message = self.messages[-1]
        return message.text + message.advice

    def tones(self) -> list[Tone]:
        return [m.tone for m in self.messages]


@pytest.fixture
def said(session, monkeypatch) -> Said:
    return Said(session, monkeypatch)


@pytest.fixture
def window(qtbot, session, said) -> MainWindow:
    """The real window, shown, with its dialogs answered by `said.answers`."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def small_file(tmp_path) -> Path:
    """Three districts, three indicators, two years; 丙县 has not reported 林木覆盖率 in 2024."""
    return make_file(tmp_path / "某市 考核.ecos")


@pytest.fixture
def open_session(session, small_file) -> Session:
    """A session with the small file open."""
    session.open(small_file)
    assert session.tasks.drain(10_000)
    assert session.assessment is not None
    return session
