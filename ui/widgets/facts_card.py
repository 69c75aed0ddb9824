"""A narrow column of facts for the inspector: a title, one big figure, a line about it, and sections of name and text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

_LONG, _PIECE, _ZERO = re.compile(r"[0-9A-Za-z_.\-]{20,}"), re.compile(r".{1,8}"), "\u200b"
"""A digest or a file name has no place to wrap of its own."""

Section = tuple[str, Sequence[tuple[str, str]]]


class FactsCard(QScrollArea):
    """Says what is told to it; a section with nothing to say is not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(objectName="page")
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(16, 4, 16, 16)
        self._layout.setSpacing(6)
        self.title = _label("sectionTitle")
        self.figure = _label("big")
        self.line = _label("muted")
        for label in (self.title, self.figure, self.line):
            self._layout.addWidget(label)
        self._sections: list[QWidget] = []
        self._layout.addStretch(1)
        self.setWidget(inner)

    def show_facts(self, title: str, figure: str, line: str, sections: Sequence[Section]) -> None:
        for label, text in ((self.title, title), (self.figure, figure), (self.line, line)):
            label.setText(text)
            label.setVisible(bool(text))
        for old in self._sections:
            old.hide()
            old.deleteLater()
        self._sections = [_section(name, told) for name, rows in sections if (told := [r for r in rows if r[1]])]
        for n, section in enumerate(self._sections):
            self._layout.insertWidget(3 + n, section)

    @property
    def told(self) -> str:
        """Everything it says, for tests and for copying."""
        labels = [label for label in (self.title, self.figure, self.line) if not label.isHidden()]
        labels += [label for section in self._sections for label in section.findChildren(QLabel)]
        return "\n".join(label.text() for label in labels).replace(_ZERO, "")


def _label(name: str) -> QLabel:
    label = QLabel(objectName=name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _section(title: str, rows: Sequence[tuple[str, str]]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 12, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 60)
    head = QLabel(title)
    head.setProperty("muted", True)
    grid.addWidget(head, 0, 0, 1, 2)
    for n, (name, text) in enumerate(rows, 1):
        value = _label("")
        value.setText(_LONG.sub(lambda run: _ZERO.join(_PIECE.findall(run[0])), text))
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        if not name:
            grid.addWidget(value, n, 0, 1, 2)
            continue
        key = QLabel(name)
        key.setProperty("muted", True)
        key.setWordWrap(True)
        key.setMaximumWidth(96)
        key.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(key, n, 0)
        grid.addWidget(value, n, 1)
    return box
