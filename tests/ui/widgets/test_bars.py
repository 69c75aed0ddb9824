"""The bars and frames of the window, each on its own."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.messages import Message, Tone
from ui.widgets.busy_bar import BusyBar
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inspector import InspectorFrame
from ui.widgets.message_bar import MessageBar


@pytest.fixture
def host(qtbot):
    host = QWidget()
    QVBoxLayout(host)
    host.resize(700, 300)
    qtbot.addWidget(host)
    return host


def shown(host, widget, qtbot):
    host.layout().addWidget(widget)
    host.show()
    qtbot.waitExposed(host)
    return widget


def test_a_message_bar_is_read_aloud_with_its_tone(session, host, qtbot):
    bar = shown(host, MessageBar(session.theme), qtbot)
    assert not bar.isVisible()
    bar.show_message(Message(Tone.ERROR, "未写入", "请检查"))
    assert bar.text.accessibleName() == "未完成：未写入　请检查"
    assert not bar.button.isVisible()
    bar.show_message(Message(Tone.SUCCESS, "已写入"))
    assert bar.text.text() == "已写入"
    assert bar.property("tone") == "success"


def test_the_close_button_takes_a_message_away(session, host, qtbot):
    bar = shown(host, MessageBar(session.theme), qtbot)
    bar.show_message(Message(Tone.INFO, "提示"))
    qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert bar.message is None
    assert not bar.isVisible()


def test_short_work_shows_no_busy_bar(session, host, qtbot):
    bar = shown(host, BusyBar(session.tasks), qtbot)
    session.tasks.run("很快", lambda *_: None)
    assert session.tasks.drain()
    qtbot.wait(350)
    assert not bar.isVisible()


def test_quiet_work_is_never_shown(session, host, qtbot):
    bar = shown(host, BusyBar(session.tasks), qtbot)
    go_on = threading.Event()
    session.tasks.run("预热", lambda *_: go_on.wait(5), quiet=True)
    qtbot.wait(350)
    assert not bar.isVisible()
    go_on.set()


def test_when_one_work_ends_the_bar_follows_the_other(session, host, qtbot):
    bar = shown(host, BusyBar(session.tasks), qtbot)
    first, second = threading.Event(), threading.Event()
    session.tasks.run("甲事", lambda *_: first.wait(5))
    session.tasks.run("乙事", lambda *_: second.wait(5))
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "乙事……"
    second.set()
    qtbot.waitUntil(lambda: bar.text.text() == "甲事……")
    assert bar.isVisible()
    first.set()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_inspector_shows_what_the_page_gives_or_says_what_it_is_for(session, host, qtbot):
    frame = shown(host, InspectorFrame(session.theme), qtbot)
    answer = QLabel("底稿")
    frame.show_widget(answer)
    assert answer.isVisible()
    frame.show_widget(None)
    assert not answer.isVisible()
    folded = []
    frame.folded.connect(lambda: folded.append(True))
    qtbot.mouseClick(frame._fold, Qt.MouseButton.LeftButton)
    assert folded == [True]


def test_a_line_that_gives_way_keeps_its_whole_text(host, qtbot):
    label = shown(host, ElidedLabel("十个区县 × 三十项指标，一项未报"), qtbot)
    label.resize(60, 20)
    assert label.text().endswith("…")
    assert label.whole == label.toolTip() == "十个区县 × 三十项指标，一项未报"
    label.resize(600, 20)
    assert label.text() == label.whole
    assert label.toolTip() == ""
    label.clear()
    assert label.text() == ""
