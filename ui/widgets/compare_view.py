"""Two editions of a scheme side by side: choose both, read every difference."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ecoscore.model.scheme import Scheme
from ecoscore.schemes import compare_schemes
from ui.models import change_table
from ui.models.change_table import ChangeTable
from ui.theme import Theme
from ui.widgets.scheme_tables import plain_table

_WIDTHS = {
    change_table.PART: 72, change_table.TITLE: 200, change_table.WHAT: 120, change_table.OLD: 240,
    change_table.NEW: 240,
}  # fmt: skip

_ONE = "这里逐项比较方案的两个版本。现在只有一个：采用改动后就有新的一版，也可以另选文件来比较。"


class CompareView(QWidget):
    """`file_wanted` when an edition is to be read from a file: it is offered with `add`."""

    file_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[tuple[str, Scheme]] = []
        self._extra: list[tuple[str, Scheme]] = []
        self.old, self.new = QComboBox(), QComboBox()
        for combo, name in ((self.old, "前一版本"), (self.new, "后一版本")):
            combo.setAccessibleName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(14)
            combo.currentIndexChanged.connect(self._fill)
        self.swap = QPushButton("对调")
        self.swap.clicked.connect(self._swap)
        self.other = QPushButton("另选文件…")
        self.other.clicked.connect(self.file_wanted)
        self.count = QLabel(objectName="muted")
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.old, 1)
        row.addWidget(QLabel("→"))
        row.addWidget(self.new, 1)
        row.addWidget(self.swap)
        row.addWidget(self.other)
        row.addWidget(self.count)
        self.table = ChangeTable(theme, self)
        self.view = plain_table(theme, "两个版本的差别")
        self.view.setModel(self.table)
        for column, width in _WIDTHS.items():
            self.view.setColumnWidth(column, width)
        self.said = QLabel(objectName="muted")
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.said)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def offer(self, schemes: Sequence[tuple[str, Scheme]], *, old: int = 0, new: int = -1) -> None:
        """What there is to compare, by name; at first the one at `old` with the one at `new`."""
        chosen = self.old.currentText(), self.new.currentText()
        self._offered = [*schemes, *self._extra]
        for combo, text, at in ((self.old, chosen[0], old), (self.new, chosen[1], new)):
            combo.blockSignals(True)
            combo.clear()
            combo.addItems([name for name, _ in self._offered])
            found = combo.findText(text) if text else -1
            combo.setCurrentIndex(found if found >= 0 else range(len(schemes))[at] if schemes else -1)
            combo.blockSignals(False)
        self._fill()

    def add(self, name: str, scheme: Scheme) -> None:
        """One more to compare, as the later of the two."""
        self._extra = [(n, s) for n, s in self._extra if n != name] + [(name, scheme)]
        held = [(n, s) for n, s in self._offered if n != name and (n, s) not in self._extra]
        self.offer(held)
        self.new.setCurrentText(name)

    def _swap(self) -> None:
        old, new = self.old.currentIndex(), self.new.currentIndex()
        self.old.setCurrentIndex(new)
        self.new.setCurrentIndex(old)

    def _fill(self, *_: object) -> None:
        old, new = self.old.currentIndex(), self.new.currentIndex()
        if not (0 <= old < len(self._offered) and 0 <= new < len(self._offered)):
            return
        (old_name, before), (new_name, after) = self._offered[old], self._offered[new]
        changes = compare_schemes(before, after)
        self.table.show(changes, old_name, new_name)
        self.count.setText(f"{len(changes)} 处不同" if changes else "")
        same = "这是同一个版本：请选两个不同的版本来比较。" if len(self._offered) > 1 else _ONE
        self.said.setText("两者没有差别。" if old != new else same)
        self._stack.setCurrentIndex(1 if changes else 0)
