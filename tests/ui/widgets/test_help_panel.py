"""Help inside the window: F1, the page it follows, searching, leaving; and where it stands in a narrow window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from ui.help import topic
from ui.pages import PAGES
from ui.theme import DARK, LIGHT
from ui.widgets.desk_frame import DeskFrame
from ui.widgets.help_panel import WIDTH, topic_html


@pytest.fixture
def opened(window, small_file, session):
    session.open(small_file)
    assert session.tasks.drain()
    return window


def press_f1(window, qtbot):
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_F1)


def test_f1_shows_the_help_of_the_page_in_front_and_takes_it_away_again(opened, qtbot):
    assert opened.help is None, "nothing is built before it is asked for"
    press_f1(opened, qtbot)
    assert opened.help.isVisible()
    assert "像 Excel 一样" in opened.help.text.toPlainText()
    assert not opened.inspector.isVisible(), "help takes the inspector's place"
    press_f1(opened, qtbot)
    assert not opened.help.isVisible()
    assert opened.inspector.isVisible()


@pytest.mark.parametrize("entry", PAGES, ids=lambda e: e.key)
def test_help_follows_the_page(opened, qtbot, entry):
    opened.show_page(entry.key)
    opened.actions_by_id["help"].trigger()
    assert opened.help.topics.currentText() == entry.title
    assert opened.help.text.accessibleName() == f"帮助：{entry.title}"
    opened.show_page("start")
    assert opened.help.key == "start"


def test_the_focus_goes_to_the_help_and_comes_back_with_esc(opened, qtbot):
    grid = opened.page.view
    grid.setFocus()
    press_f1(opened, qtbot)
    assert QApplication.focusWidget() is opened.help.text
    qtbot.keyClick(opened.help.text, Qt.Key.Key_Escape)
    assert not opened.help.isVisible()
    assert QApplication.focusWidget() is grid


def test_help_does_not_take_the_focus_from_what_is_being_typed(opened, qtbot):
    field = opened.page.find_field
    field.setFocus()
    opened.actions_by_id["help"].trigger()
    assert QApplication.focusWidget() is field


def test_searching_lists_places_and_a_click_goes_there(opened, qtbot):
    opened.actions_by_id["help"].trigger()
    panel = opened.help
    panel.words.setFocus()
    qtbot.keyClicks(panel.words, "yinzhang")
    assert "没有“yinzhang”" in panel.text.toPlainText()
    panel.words.setText("水印")
    assert "成绩单 › 遇到这些情况" in panel.text.toPlainText()
    panel.text.anchorClicked.emit(QUrl("scorecard#4"))
    assert panel.key == "scorecard"
    assert panel.words.text() == ""
    panel.words.setText("备份")
    qtbot.keyClick(panel.words, Qt.Key.Key_Escape)
    assert panel.words.text() == ""
    assert panel.isVisible(), "the first Esc takes back the search"


def test_the_menu_has_every_page_the_rules_and_the_keys(opened):
    entries = opened.help_menu.actions()
    assert [a.text() for a in entries] == [entry.title for entry in PAGES]
    entries[6].trigger()
    assert opened.help.key == "results"
    opened.actions_by_id["help_rules"].trigger()
    assert "功效系数法" in opened.help.text.toPlainText()
    opened.actions_by_id["keys"].trigger()
    assert "Ctrl+Shift+N" in opened.help.text.toPlainText()


def test_f4_brings_the_inspector_back(opened):
    opened.actions_by_id["help"].trigger()
    assert not opened.actions_by_id["inspector"].isChecked()
    opened.actions_by_id["inspector"].trigger()
    assert opened.inspector.isVisible()
    assert not opened.help.isVisible()


def test_f6_reaches_the_help(opened):
    opened.actions_by_id["help"].trigger()
    opened.rail.buttons["data"].setFocus()
    for _ in range(2):
        opened.actions_by_id["next_pane"].trigger()
    assert QApplication.focusWidget() is opened.help.text


@pytest.mark.parametrize("verb", ["help", "inspector"])
def test_in_a_narrow_window_side_panels_lie_over_the_page_and_the_window_keeps_its_size(opened, verb):
    assert isinstance(opened.desk, DeskFrame)
    opened.resize(911, 512)
    for entry in PAGES:
        opened.show_page(entry.key)
    opened.show_page("data")
    before = opened.page.width()
    opened.actions_by_id[verb].trigger()
    panel = opened.help if verb == "help" else opened.inspector
    assert panel.isVisible()
    assert (opened.width(), opened.height()) == (911, 512)
    assert opened.page.width() == before
    assert panel.geometry().right() == opened.desk.rect().right()
    assert panel.height() == opened.desk.height()
    opened.resize(1366, 768)
    QApplication.processEvents()
    side = opened.help if opened.help_shown else opened.inspector
    assert side.x() >= opened.page.mapTo(opened.desk, opened.page.rect().topRight()).x()


def test_help_is_in_the_colours_in_force(opened, session):
    opened.actions_by_id["help"].trigger()
    assert LIGHT.pine.lower() in opened.help.text.toHtml()
    session.theme.choose("dark")
    assert DARK.pine.lower() in opened.help.text.toHtml()
    session.theme.choose("light")


def test_rendering_escapes_and_numbers_the_steps():
    html = topic_html(topic("start"), LIGHT)
    assert ">1</span>" in html
    assert ">4</span>" in html
    assert "**" not in html
    assert "`" not in html
    assert WIDTH < 360
