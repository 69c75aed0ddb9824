"""What every page of the window is: a header with its title and buttons, a body, and what it puts in the inspector."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.session import Session


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
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.header = QFrame(objectName="pageHeader")
        row = QHBoxLayout(self.header)
        row.setContentsMargins(24, 12, 16, 12)
        row.setSpacing(8)
        self.heading = QLabel(self.title, objectName="pageTitle")
        self.subheading = QLabel("", objectName="muted")
        row.addWidget(self.heading)
        row.addWidget(self.subheading, 1)
        self._buttons = row
        outer.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        outer.addLayout(self.body, 1)

    def add_button(self, text: str, icon: str | None = None) -> QPushButton:
        """One of the few other buttons, left of the main one."""
        button = QPushButton(text)
        if icon is not None:
            button.setIcon(self.session.theme.icon(icon))
            button.setIconSize(QSize(18, 18))
        self._buttons.addWidget(button)
        return button

    def set_main_button(self, text: str, icon: str | None = None) -> QPushButton:
        """The page's one main button, at the right end."""
        button = self.add_button(text, None)
        button.setProperty("main", True)
        if icon is not None:
            button.setIcon(self.session.theme.icon(icon, "on_pine"))
        return button

    def add_header_widget(self, widget: QWidget) -> None:
        self._buttons.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)

    def set_inspector(self, widget: QWidget | None) -> None:
        if widget is not self.inspector:
            self.inspector = widget
            self.inspector_changed.emit()

    def entered(self) -> None:
        """The page has come to the front: refresh what went stale while it was away."""

    def receive(self, payload: Any) -> None:
        """Take what another page or a drop handed over; called after `entered`."""
