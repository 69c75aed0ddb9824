"""Windows brings its own fonts for lists and menus back with every change of theme; the window's font wins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QTreeView, QWidget

from ui.one_font import KINDS, OneFont
from ui.theme import base_font


@pytest.fixture
def window(qtbot, session):
    window = QWidget()
    qtbot.addWidget(window)
    return window


def the_system_sets_its_fonts() -> None:
    other = QFont(base_font())
    other.setPointSizeF(17)
    for kind in KINDS:
        QApplication.setFont(other, kind)


def test_lists_have_the_window_s_font_from_the_start(window, qtbot):
    the_system_sets_its_fonts()
    OneFont(window)
    view = QTreeView(window)
    window.show()
    qtbot.waitExposed(window)
    assert view.font().pointSizeF() == 9.0


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_theme_does_not_change_the_font(window, kind):
    OneFont(window)
    the_system_sets_its_fonts()
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    assert QApplication.font(kind) == base_font()
