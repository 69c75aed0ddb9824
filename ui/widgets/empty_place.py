"""What stands where a list would be: what belongs there, in a sentence, and the button that brings it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

_WIDEST = 560


class EmptyPlace(QWidget):
    """`wanted` when the button is pressed; without a text there is none."""

    wanted = Signal()

    def __init__(self, sentence: str, button: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.sentence = QLabel(sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setMaximumWidth(_WIDEST)
        self.button = QPushButton(button) if button else None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        if self.button is not None:
            self.button.clicked.connect(self.wanted)
            column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


class ListOrEmpty(QStackedWidget):
    """A list, or what is said in its place."""

    def __init__(self, shown: QWidget, empty: EmptyPlace) -> None:
        super().__init__()
        self.shown, self.empty = shown, empty
        self.addWidget(shown)
        self.addWidget(empty)

    def show_rows(self, count: int) -> None:
        self.setCurrentIndex(0 if count else 1)
