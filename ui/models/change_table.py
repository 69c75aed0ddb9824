"""The differences of two editions, side by side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.schemes import SchemeChange
from ui.models.roles import ObjectRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("部分", "对象", "项目", "前", "后")
PART, TITLE, WHAT, OLD, NEW = range(len(COLUMNS))
_KINDS = {"added": "＋ 增加", "removed": "－ 删去", "reordered": "次序有变"}


class ChangeTable(QAbstractTableModel):
    """ObjectRole gives the SchemeChange; the headers name the two editions."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: tuple[SchemeChange, ...] = ()
        self._names = COLUMNS[OLD], COLUMNS[NEW]

    def show(self, rows: tuple[SchemeChange, ...], old: str = "前", new: str = "后") -> None:
        self.beginResetModel()
        self.rows, self._names = rows, (old, new)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return {OLD: self._names[0], NEW: self._names[1]}.get(section, COLUMNS[section])
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        change = self.rows[index.row()]
        text = {
            PART: change.part,
            TITLE: change.title,
            WHAT: change.what or _KINDS.get(change.kind, ""),
            OLD: change.old,
            NEW: change.new,
        }[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return change.sentence
        if role == ObjectRole:
            return change
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == WHAT:
            tone = {"added": "pine", "removed": "cinnabar"}.get(change.kind)
            return self._theme.color(tone) if tone else None
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
