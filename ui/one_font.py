"""Holds every widget to the window's font, also where the system has fonts of its own for lists, menus and tips."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import base_font

# The kinds of widgets that Windows gives fonts of their own, which win over the application's.
KINDS = ("QAbstractItemView", "QMenu", "QMenuBar", "QMessageBox", "QStatusBar", "QTipLabel", "QHeaderView")


class OneFont(QObject):
    """Qt takes the system's fonts in again with every change of theme, the first when a window is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        hold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ThemeChange, QEvent.Type.Show, QEvent.Type.PaletteChange):
            hold()
        return False


def hold() -> None:
    """Set the font of each kind, where it is another."""
    font = base_font()
    for kind in KINDS:
        if QApplication.font(kind) != font:
            QApplication.setFont(font, kind)
