"""The window's central widget: the rail, the page, and side panels that stand beside the page or float over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget


class DeskFrame(QWidget):
    """In a narrow window a side panel lies over the page: beside it, it would push the window off the screen."""

    def __init__(self, rail: QWidget, middle: QLayout) -> None:
        super().__init__()
        self._sides: list[QWidget] = []
        self._floating = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(rail)
        self._row.addLayout(middle, 1)

    def add_side(self, side: QWidget) -> None:
        """A panel of fixed width at the right edge."""
        self._sides.append(side)
        side.installEventFilter(self)
        if self._floating:
            side.setParent(self)
        else:
            self._row.addWidget(side)

    def set_floating(self, floating: bool) -> None:
        if floating == self._floating:
            return
        self._floating = floating
        for side in self._sides:
            if floating:
                self._row.removeWidget(side)
            else:
                self._row.addWidget(side)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if not self._floating:
            return
        for side in self._sides:
            width = side.minimumWidth()
            side.setGeometry(self.width() - width, 0, width, self.height())
            side.raise_()
