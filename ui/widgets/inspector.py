"""The inspector's frame at the right: a title, what the page puts there, and a button that folds it away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ui.theme import Theme

WIDTH = 288


class InspectorFrame(QFrame):
    """Answers "why is it so?" for what is selected; the page in front supplies the answer."""

    folded = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._theme = theme
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        self.title = QLabel("说明", objectName="inspectorTitle")
        self._fold = QToolButton(autoRaise=True)
        self._fold.setIconSize(QSize(18, 18))
        self._fold.setToolTip("收起说明栏（F4）")
        self._fold.setAccessibleName("收起说明栏")
        self._fold.clicked.connect(self.folded)
        head.addWidget(self.title, 1)
        head.addWidget(self._fold)
        layout.addLayout(head)
        self._stack = QStackedWidget()
        self._empty = QLabel("选中一格、一行或一个得分，这里说明它的来历。", objectName="muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(16, 8, 16, 8)
        self._stack.addWidget(self._empty)
        layout.addWidget(self._stack, 1)
        theme.changed.connect(self._dress)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fold.icon().isNull():
            self._dress()

    def show_widget(self, widget: QWidget | None) -> None:
        if widget is None:
            self._stack.setCurrentWidget(self._empty)
            return
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def _dress(self) -> None:
        self._fold.setIcon(self._theme.icon("fold", "mist"))
