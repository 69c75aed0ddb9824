"""Rows of plain values whose cells are typed over; what a cell becomes is decided by whoever shows the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.models.roles import ObjectRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column: its key, what it is called, what it shows of a row, how wide it is, and what the header's tip says."""

    key: str
    title: str
    text: Callable[[Any], str]
    width: int
    tip: str = ""


class TypedTable(QAbstractTableModel):
    """`typed(row, key, text)` when a cell has been typed over with something else; nothing changes by itself."""

    typed = Signal(object, str, str)

    def __init__(self, columns: Sequence[TypedColumn], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = ()
        self.editable = True

    def show(self, rows: Sequence[Any]) -> None:
        if tuple(rows) == self.rows:
            return
        if len(rows) == len(self.rows) and rows:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def place_of(self, row: Any, key: str) -> QModelIndex:
        return self.index(self.rows.index(row), [c.key for c in self.columns].index(key))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return {Qt.ItemDataRole.DisplayRole: column.title, Qt.ItemDataRole.ToolTipRole: column.tip or None}.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if self.editable and index.isValid() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole}:
            return self.columns[index.column()].text(row)
        return row if role == ObjectRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.editable or not index.isValid():
            return False
        row, column = self.rows[index.row()], self.columns[index.column()]
        text = str(value).strip()
        if text == column.text(row):
            return False
        self.typed.emit(row, column.key, text)
        return True
