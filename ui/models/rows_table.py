"""A table of one kind of rows, told by a list of columns; rows may be ticked where the first column says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

BarRole = Qt.ItemDataRole.UserRole + 20
"""The share (0-1) that a bar shows, None where there is none."""


def _nothing(_row: Any) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Column:
    """`text` is what is shown, `raw` what is sorted by (the text where it is not given), `tone` a role of the theme's
    colours, `tip` a longer text. `ticks`: a box stands before the text.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    raw: Callable[[Any], Any] | None = None
    width: int = 120
    numeric: bool = False
    tone: Callable[[Any], str | None] = _nothing
    tip: Callable[[Any], str | None] = _nothing
    bar: Callable[[Any], float | None] = _nothing
    ticks: bool = False


class RowsTable(QAbstractTableModel):
    """ObjectRole gives the row's object. `key` names a row, so that ticks survive when the rows are read again."""

    ticked = Signal()

    def __init__(
        self, columns: Sequence[Column], theme: Theme, key: Callable[[Any], Any] = id, parent: Any = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._theme = theme
        self._key = key
        self.rows: tuple[Any, ...] = ()
        self._on: set[Any] = set()

    def show(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self._on &= {self._key(row) for row in self.rows}
        self.endResetModel()
        self.ticked.emit()

    # Ticks. ---------------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[Any, ...]:
        return tuple(row for row in self.rows if self._key(row) in self._on)

    def tick(self, rows: Sequence[Any]) -> None:
        """These and no others."""
        self._on = {self._key(row) for row in rows}
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticked.emit()

    def toggle(self, row: int) -> None:
        key = self._key(self.rows[row])
        self._on ^= {key}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.ticked.emit()

    # What Qt asks. --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].ticks:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and column.ticks:
            return Qt.CheckState.Checked if self._key(row) in self._on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == SortRole:
            return column.text(row) if column.raw is None else column.raw(row)
        if role == ObjectRole:
            return row
        if role == BarRole:
            return column.bar(row)
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = column.tone(row)
            return None if tone is None else self._theme.color(tone)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.toggle(index.row())
        return True


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
