"""What an import would change: each value that differs, old beside new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.importing.entries import Action, Entries, PlanEntry
from ecoscore.importing.plan import ACTION_TITLES, ImportPlan, PlanTarget
from ecoscore.model.result import plain
from ecoscore.model.scheme import Indicator
from ui.models.cell_view import cell_text
from ui.models.roles import ObjectRole, SortRole

Index = QModelIndex | QPersistentModelIndex
Row = PlanEntry | PlanTarget

COLUMNS = ("变动", "区县", "指标", "考核期", "原值", "新值", "原值由谁填报", "来源")
ACTION, DISTRICT, INDICATOR, PERIOD, OLD, NEW, LAST, SOURCE = range(len(COLUMNS))
_ORDER = (Action.CHANGED, Action.NEW)


class ChangesTable(QAbstractTableModel):
    """Values first changed, then new; then targets. Unchanged ones are not shown."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._entries = Entries([])
        self._shown: list[int] = []
        self._targets: list[PlanTarget] = []
        self._indicators: Mapping[str, Indicator] = {}

    def show(self, plan: ImportPlan | None, indicators: Mapping[str, Indicator]) -> None:
        self.beginResetModel()
        self._indicators = indicators
        self._entries = Entries([]) if plan is None else plan.listed
        self._shown = [n for action in _ORDER for n in self._entries.at(action)]
        targets = [] if plan is None else plan.targets
        self._targets = [target for action in _ORDER for target in targets if target.action is action]
        self.endResetModel()

    def row(self, n: int) -> Row:
        """What row `n` shows; of a hundred thousand entries only those that are looked at are made."""
        return self._entries[self._shown[n]] if n < len(self._shown) else self._targets[n - len(self._shown)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown) + len(self._targets)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == SortRole:
            return self._raw(row, column)
        if role == ObjectRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column in {INDICATOR, SOURCE}:
            return self._text(row, column)
        return None

    def _text(self, row: Row, column: int) -> str:
        if column == ACTION:
            return ACTION_TITLES[row.action]
        if column == DISTRICT:
            return row.new.district or "全部"
        if column == INDICATOR:
            indicator = self._indicators.get(row.new.indicator)
            title = indicator.title_with_unit if indicator is not None else row.new.indicator
            return f"{title} 目标值" if isinstance(row, PlanTarget) else title
        if column == PERIOD:
            return row.new.period.title
        if column == LAST:
            return row.last if isinstance(row, PlanEntry) else ""
        if column == SOURCE:
            return " › ".join(part for part in (row.file, row.sheet, row.cell) if part)
        if isinstance(row, PlanTarget):
            value = row.old if column == OLD else row.new.value
            return "" if value is None else plain(value)
        observation = row.old if column == OLD else row.new
        return cell_text(observation, 0) or ("" if column == OLD and observation is None else "应报未报")

    def _raw(self, row: Row, column: int) -> Any:
        if column not in {OLD, NEW}:
            return row.new.period if column == PERIOD else self._text(row, column)
        if isinstance(row, PlanTarget):
            return row.old if column == OLD else row.new.value
        observation = row.old if column == OLD else row.new
        return observation.value if observation is not None else None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in {OLD, NEW} else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
