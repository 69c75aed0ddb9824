"""Targets of one period: a row for all districts and one for each, a column for each indicator that has targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ecoscore.model.result import plain
from ecoscore.model.scheme import Indicator
from ui.models.scheme_tree import number_of
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ALL = "全部区县"


class TargetTable(QAbstractTableModel):
    """A district without a target of its own shows the common one, muted. What is typed goes out by `edited`."""

    edited = Signal(object, str, object)  # district or None, indicator, number or None
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._districts: list[str | None] = []
        self._indicators: list[Indicator] = []
        self._held: Mapping[tuple[str | None, str], float] = {}
        self.editable = False

    def show(
        self,
        districts: Sequence[str],
        indicators: Sequence[Indicator],
        held: Mapping[tuple[str | None, str], float],
    ) -> None:
        """`held` are the targets in the file, by district (None: for all) and indicator."""
        self.beginResetModel()
        self._districts, self._indicators, self._held = [None, *districts], list(indicators), held
        self.endResetModel()

    def update_held(self, held: Mapping[tuple[str | None, str], float]) -> None:
        self._held = held
        if self._districts and self._indicators:
            last = self.index(len(self._districts) - 1, len(self._indicators) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def place_of(self, district: str | None, indicator: str) -> QModelIndex:
        ids = [i.id for i in self._indicators]
        if district not in self._districts or indicator not in ids:
            return QModelIndex()
        return self.index(self._districts.index(district), ids.index(indicator))

    def key_of(self, index: Index) -> tuple[str | None, str]:
        return self._districts[index.row()], self._indicators[index.column()].id

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._districts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._indicators)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return (self._districts[section] or ALL) if role == Qt.ItemDataRole.DisplayRole else None
        indicator = self._indicators[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return indicator.title_with_unit
        if role == Qt.ItemDataRole.ToolTipRole:
            years = "（五年目标，按年度进度折算）" if indicator.milestones else ""
            return f"{indicator.title_with_unit}{years}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if self.editable and index.isValid() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        district, indicator = self._districts[index.row()], self._indicators[index.column()]
        own = self._held.get((district, indicator.id))
        common = self._held.get((None, indicator.id), indicator.target)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            shown = own if own is not None else common if role == Qt.ItemDataRole.DisplayRole else None
            return "" if shown is None else plain(shown)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and own is None:
            return self._theme.color("mist")
        if role == Qt.ItemDataRole.ToolTipRole:
            if own is not None:
                return "本考核期专门设定的目标"
            return "方案或全部区县的目标；填写数字就单独设定" if common is not None else "没有目标；填写数字就设定"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.editable or not index.isValid():
            return False
        number = number_of(str(value))
        if isinstance(number, str):
            self.refused.emit(f"目标值应为一个数，写的是“{number}”")
            return False
        self.edited.emit(*self.key_of(index), number)
        return True
