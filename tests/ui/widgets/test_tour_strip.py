"""The first-run tour: shown once by the program, never in the way, by mouse and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.pages import PAGES
from ui.widgets.tour_strip import STEPS


def ringed(window):
    return [key for key, button in window.rail.buttons.items() if button.is_pointed]


@pytest.fixture
def tour(window):
    window.greet()
    return window.tour


def test_it_walks_the_path_of_the_rail():
    titles = {entry.key: entry.title for entry in PAGES}
    assert [title for _, title, _ in STEPS] == ["方案", "下发", "导入", "核对", "评分", "成绩单", "归档"]
    assert all(titles[key] == title for key, title, _ in STEPS)
    assert all(len(text) < 60 for _, _, text in STEPS)


def test_a_window_alone_shows_no_tour(window):
    assert window.tour is None
    assert ringed(window) == []


def test_the_first_start_offers_it_and_the_second_does_not(window, session, tour):
    assert tour.isVisible()
    assert session.settings.tour_seen
    tour.skip_button.click()
    assert not tour.isVisible()
    window.greet()
    assert not tour.isVisible()


def test_the_buttons_walk_it_to_its_end(window, qtbot, tour):
    seen = []
    while tour.isVisible():
        seen += ringed(window)
        qtbot.mouseClick(tour.next_button, Qt.MouseButton.LeftButton)
    assert seen == [key for key, _, _ in STEPS]
    assert ringed(window) == []


def test_enter_goes_on_esc_ends_it_and_arrows_go_both_ways(window, qtbot, tour):
    assert QApplication.focusWidget() is tour.next_button
    qtbot.keyClick(tour.next_button, Qt.Key.Key_Return)
    assert tour.title.text() == "下发"
    qtbot.keyClick(tour.next_button, Qt.Key.Key_Right)
    qtbot.keyClick(tour.next_button, Qt.Key.Key_Left)
    assert tour.title.text() == "下发"
    qtbot.keyClick(tour.next_button, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert window.page.isAncestorOf(QApplication.focusWidget()) or QApplication.focusWidget() is window.page


def test_enter_on_skip_skips(window, qtbot, tour):
    tour.skip_button.setFocus()
    qtbot.keyClick(tour.skip_button, Qt.Key.Key_Return)
    assert not tour.isVisible()


def test_it_does_not_keep_anybody_from_work(window, qtbot, session, small_file, tour):
    session.open(small_file)
    assert session.tasks.drain()
    assert window.page.title == "数据"
    table = window.page.table
    window.page.view.setFocus()
    assert table.setData(table.index(0, 0), "31")
    qtbot.keyClick(window.page.view, Qt.Key.Key_Return)
    assert tour.title.text() == "方案", "Enter belongs to the grid"
    assert tour.y() >= window.page.height(), "it stands below the page, not on it"


def test_it_can_be_seen_again_from_the_menu(window, tour):
    tour.finish()
    window.actions_by_id["tour"].trigger()
    assert tour.isVisible()
    assert tour.title.text() == "方案"


def test_a_screen_reader_hears_where_one_is(tour):
    assert tour.accessibleName() == "程序介绍"
    assert tour.next_button.accessibleDescription().startswith("第 1 步，共 7 步。方案：")
