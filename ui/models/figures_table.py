"""A table of the facade as Qt asks for it: texts, raw values to sort by, good and bad news in colour."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.assessment.figures import Table
from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_EMPTY = Table((), (), ())


class FiguresTable(QAbstractTableModel):
    """ObjectRole gives the key of a row."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.table = _EMPTY

    def show(self, table: Table | None) -> None:
        self.beginResetModel()
        self.table = table or _EMPTY
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.table.headers[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.table.rows[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return cell.text
        if role == SortRole:
            return cell.raw if cell.raw is not None or self.table.numeric[index.column()] else cell.text
        if role == ObjectRole:
            return self.table.keys[index.row()] if self.table.keys else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and cell.better is not None:
            return self._theme.color("pine" if cell.better else "cinnabar")
        return None

    def _alignment(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if self.table.numeric[column] else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)
