"""What every page of the window is: a header with its title and buttons, a body, and what it puts in the inspector."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.session import Session
from ui.widgets.elided_label import ElidedLabel

TARGETS = ("targets",)
"""What is sent to 方案 to be led to the districts' targets; anything else is an indicator's id."""


class Page(QWidget):
    """Base of the pages. A page is made on its first visit, with the session as its only argument.

    It fills `self.body` (a QVBoxLayout), calls `set_main_button`/`add_button` for its verbs, and may set
    `self.inspector`, the widget shown at the right while the page is in front.
    """

    title: ClassVar[str] = ""

    go = Signal(str, object)  # key of another page, and what to hand to its `receive` (or None)
    inspector_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.inspector: QWidget | None = None
        self._ordered = False
        self._main_buttons: list[QPushButton] = []
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.header = QFrame(objectName="pageHeader")
        row = QHBoxLayout(self.header)
        row.setContentsMargins(24, 12, 16, 12)
        row.setSpacing(8)
        self.heading = QLabel(self.title, objectName="pageTitle")
        self.subheading = ElidedLabel()
        row.addWidget(self.heading)
        row.addWidget(self.subheading, 1)
        self._buttons = row
        self._icons: list[tuple[QPushButton, str, str]] = []
        session.theme.changed.connect(self._dress)
        outer.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        outer.addLayout(self.body, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._ordered:
            self._ordered = True
            self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes through the header from left to right and then into the body, in whatever order they were made."""
        row = [self._buttons.itemAt(n).widget() for n in range(self._buttons.count())]
        header = [w for w in row if w is not None and _takes_focus(w)]
        if not header:  # walking the chain makes an object of every widget: on the first page it would be for nothing
            return
        chain, at = [], self.nextInFocusChain()
        while at is not None and at is not self:
            if self.isAncestorOf(at) and at not in header and _takes_focus(at):
                chain.append(at)
            at = at.nextInFocusChain()
        if chain:
            for first, second in pairwise([*header, *chain]):
                QWidget.setTabOrder(first, second)

    def add_button(self, text: str, icon: str | None = None) -> QPushButton:
        """One of the few other buttons, left of the main one."""
        return self._add(text, icon, "ink")

    def set_main_button(self, text: str, icon: str | None = None) -> QPushButton:
        """The page's one main button, at the right end."""
        button = self._add(text, icon, "on_pine")
        button.setProperty("main", True)
        self._main_buttons.append(button)
        return button

    @property
    def main_button(self) -> QPushButton | None:
        """The main button on show; a page with tabs has one for each."""
        return next((button for button in self._main_buttons if button.isVisible()), None)

    def add_header_widget(self, widget: QWidget) -> None:
        self._buttons.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)

    def set_inspector(self, widget: QWidget | None) -> None:
        if widget is not self.inspector:
            self.inspector = widget
            self.inspector_changed.emit()

    def entered(self) -> None:
        """The page has come to the front: refresh what went stale while it was away."""

    def left(self) -> None:
        """Another page comes to the front: take back what was said about this one alone."""

    def receive(self, payload: Any) -> None:
        """Take what another page or a drop handed over; called after `entered`."""

    def _add(self, text: str, icon: str | None, role: str) -> QPushButton:
        button = QPushButton(text)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        button.setIconSize(QSize(18, 18))
        if icon is not None:
            self._icons.append((button, icon, role))
        self._buttons.addWidget(button)
        self._dress()
        return button

    def _dress(self) -> None:
        for button, icon, role in self._icons:
            button.setIcon(self.session.theme.icon(icon, role))


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
