"""The effect of what is being changed, at once: a sentence and a table of totals and ranks before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ecoscore.assessment.preview import EffectRow
from ui.models import effect_table
from ui.models.effect_table import EffectTable, summary
from ui.theme import Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.scheme_tables import plain_table

_WIDTHS = {
    effect_table.DISTRICT: 116, effect_table.GROUP: 92, effect_table.TOTAL: 132, effect_table.CHANGE: 72,
    effect_table.RANK: 76, effect_table.MOVED: 60, effect_table.GRADE: 140,
}  # fmt: skip


class EffectView(QWidget):
    """Shows rows, or in their place the sentence that says why there are none."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EffectRow, ...] = ()
        self.title = QLabel(title, objectName="sectionTitle")
        self.summary = ElidedLabel()
        self.only_changed = QCheckBox("只看有变化的")
        self.only_changed.toggled.connect(self._fill)
        self.table = EffectTable(theme, self)
        self.view = plain_table(theme, title)
        self.view.setModel(self.table)
        self.view.horizontalHeader().setStretchLastSection(False)
        for column, width in _WIDTHS.items():
            self.view.setColumnWidth(column, width)
        self.said = QLabel(objectName="muted")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(16, 4, 16, 8)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 4)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.only_changed)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.said)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_effect(self, rows: tuple[EffectRow, ...], why_none: str = "") -> None:
        self._rows = rows
        self.summary.setText(summary(rows))
        self.only_changed.setVisible(bool(rows))
        self.said.setText(why_none)
        self._fill()

    def _fill(self, *_: object) -> None:
        rows = tuple(r for r in self._rows if r.is_changed) if self.only_changed.isChecked() else self._rows
        self.table.show(rows)
        groups = {r.peer_group for r in self._rows}
        self.view.setColumnHidden(effect_table.GROUP, len(groups) < 2)
        self.view.setColumnHidden(effect_table.GRADE, not any(r.grade for r in self._rows))
        self._stack.setCurrentIndex(1 if rows else 0)
        if not rows and self._rows:
            self.said.setText("没有区县的总分、名次或等次变化。")
