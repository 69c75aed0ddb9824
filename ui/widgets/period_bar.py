"""The strip above an import that says which period its tables are of, and lets the user say it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel

from ecoscore.importing.plan import ImportPlan
from ecoscore.model.period import Period

_BY_SHEET = "按表格所写"


class PeriodBar(QFrame):
    """`chosen` carries the period that the user has picked, None for what the tables say themselves."""

    chosen = Signal(object)  # Period | None

    def __init__(self) -> None:
        super().__init__(objectName="strip")
        self.box = QComboBox()
        self.box.setAccessibleName("考核期")
        self.note = QLabel(objectName="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(QLabel("考核期"))
        row.addWidget(self.box)
        row.addWidget(self.note, 1)
        self.box.activated.connect(self._on_activated)

    def show_plan(self, plan: ImportPlan, others: Iterable[Period]) -> None:
        """Offer the plan's periods and these others; say how the tables' periods were found."""
        self.box.clear()
        self.box.addItem(_BY_SHEET, "")
        offered = {*others, *plan.periods} | ({plan.period} if plan.period is not None else set())
        for period in sorted(offered, reverse=True):
            self.box.addItem(period.title, str(period))
        self.box.setCurrentIndex(max(0, self.box.findData(str(plan.period or ""))))
        silent = any(f.code == "period_unknown" for f in plan.findings)
        if silent:
            self.note.setText("有的表没有写考核期：请在左边选定，选后重新核对。")
        elif plan.period is not None:
            self.note.setText(f"没有写考核期的表，按 {plan.period.title} 读取。")
        else:
            self.note.setText("考核期按表格里写的读取。")
        self.note.setProperty("tone", "warning" if silent else "")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _on_activated(self) -> None:
        written: str = self.box.currentData()
        self.chosen.emit(Period.parse(written) if written else None)
