"""Columns held in place: seen, clicked and typed into where they stand, while the others scroll under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tests.ui.builders import Y2024


@pytest.fixture
def page(window, session, small_file, qtbot):
    """The data page, so narrow that its columns have to be scrolled."""
    session.open(small_file)
    assert session.tasks.drain()
    window.resize(800, 500)
    page = window.page
    page.view.setFocus()
    page.view.setCurrentIndex(page.table.index(0, 0))
    for column in range(page.table.columnCount()):
        page.view.setColumnWidth(column, 300)
    QApplication.processEvents()
    return page


def click(qtbot, view, row, column, **options):
    at = view.visualRect(view.model().index(row, column)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at, **options)


def choose(header, column, words, qtbot):
    """Right-click a header and take an entry of its menu."""

    def take():
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()

    QTimer.singleShot(0, take)
    at = header.rect().center()
    at.setX(header.sectionViewportPosition(column) + 20)
    header.customContextMenuRequested.emit(at)


def test_a_column_is_frozen_from_its_header_and_stays_while_others_scroll(page, qtbot):
    frozen = page.view.frozen
    assert (frozen.count, frozen.isVisible()) == (0, False)
    choose(page.view.header, 0, "冻结到这一列", qtbot)
    assert (frozen.count, frozen.isVisible()) == (1, True)
    page.view.setCurrentIndex(page.table.index(0, page.table.columnCount() - 1))
    assert page.view.columnViewportPosition(0) < 0, "scrolled away beneath"
    assert frozen.mapTo(page.view, frozen.rect().topLeft()).x() == page.view.viewport().x()
    assert frozen.columnViewportPosition(0) == 0
    choose(frozen.header, 0, "取消冻结", qtbot)
    assert not frozen.isVisible()


def test_a_frozen_cell_is_clicked_and_typed_into(page, qtbot, session):
    page.freeze_to(page.table.indicators[0].id)
    page.view.horizontalScrollBar().setValue(page.view.horizontalScrollBar().maximum())
    scrolled = page.view.horizontalScrollBar().value()
    assert scrolled > 0
    click(qtbot, page.view.frozen, 1, 0)
    assert (page.view.currentIndex().row(), page.view.currentIndex().column()) == (1, 0)
    assert page.view.horizontalScrollBar().value() == scrolled, "what is in sight is not scrolled to"
    qtbot.keyClicks(QApplication.focusWidget(), "4")
    editor = page.view.frozen.findChild(QLineEdit)
    assert editor is not None
    assert editor.isVisible()
    qtbot.keyClicks(editor, "1.5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    indicator, district = page.table.indicators[0].id, page.table.districts[1].name
    assert session.assessment.observation(district, indicator, Y2024).value == 41.5
    assert page.view.currentIndex().row() == 2
    assert QApplication.focusWidget() is page.view


def test_a_double_click_edits_where_the_cell_is_seen(page, qtbot):
    page.freeze_to(page.table.indicators[0].id)
    frozen = page.view.frozen
    at = frozen.visualRect(page.table.index(1, 0)).center()
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=at)
    editor = frozen.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_no_cell_is_current_beneath_the_frozen_ones(page, qtbot):
    page.freeze_to(page.table.indicators[0].id)
    bar = page.view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    page.view.setCurrentIndex(page.table.index(0, 0))
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    assert page.view.currentIndex().column() == 1
    assert page.view.columnViewportPosition(1) >= page.view.frozen.width()


def test_both_scroll_as_one(page, qtbot):
    page.grid.setMaximumHeight(170)
    QApplication.processEvents()
    page.freeze_to(page.table.indicators[0].id)
    bar = page.view.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    assert page.view.frozen.verticalScrollBar().value() == bar.value()
    page.view.frozen.verticalScrollBar().setValue(10)
    assert bar.value() == 10
    page.view.setColumnWidth(0, 90)
    assert page.view.frozen.width() == 90
    page.view.frozen.header.resizeSection(0, 130)
    assert page.view.columnWidth(0) == 130


def test_it_is_told_once_that_other_columns_are_held(page):
    told = []
    page.view.frozen.changed.connect(lambda: told.append(page.view.frozen.count))
    page.freeze_to(page.table.indicators[0].id)
    page.view.setColumnWidth(0, 90)
    page.freeze_to(None)
    page.view.setColumnWidth(0, 120)
    assert told == [1, 0]


def test_a_window_too_narrow_says_so(page, session):
    page.view.setColumnWidth(0, 2000)
    page.freeze_to(page.table.indicators[0].id)
    assert page.view.frozen.count == 0
    assert "冻结不下" in page.window().message_bar.text.text()
    page.view.setColumnWidth(0, 100)
    assert page.view.frozen.count == 1


def test_sorting_and_another_period_keep_what_is_frozen(page, session):
    second = page.table.indicators[1].id
    page.freeze_to(second)
    for column in range(2):
        page.view.setColumnWidth(column, 100)
    page.sort(second)
    assert page.view.frozen.count == 2
    session.set_period(session.periods[0])
    assert page.view.frozen.count == 2


def test_the_keyboards_menu_freezes_too(page):
    page.view.setCurrentIndex(page.table.index(0, 0))
    menu = QMenu()
    page.add_to_menu(menu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["冻结到这一列", "取消冻结"]
    menu.actions()[1].trigger()
    assert page.view.frozen.count == 1
