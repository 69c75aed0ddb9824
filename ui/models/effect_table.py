"""What a change would do to each district: total and rank before and after, grade where it changes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.assessment.preview import EffectRow
from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("区县", "分类组", "总分", "变化", "名次", "升降", "等次")
DISTRICT, GROUP, TOTAL, CHANGE, RANK, MOVED, GRADE = range(len(COLUMNS))


class EffectTable(QAbstractTableModel):
    """Rows come in the order of the new ranks. ObjectRole gives the EffectRow."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: tuple[EffectRow, ...] = ()

    def show(self, rows: tuple[EffectRow, ...]) -> None:
        same = len(rows) == len(self.rows)
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == SortRole:
            return {TOTAL: row.total.raw, CHANGE: row.change.raw, RANK: row.rank, MOVED: row.moved}.get(
                column, self._text(row, column)
            )
        if role == ObjectRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = _tone(row, column)
            return self._theme.color(tone) if tone else None
        return None

    def _text(self, row: EffectRow, column: int) -> str:
        if column == TOTAL:
            return f"{row.total_before.text} → {row.total.text}" if row.change.raw else row.total.text
        if column == RANK:
            if row.rank is None:
                return "—"
            return f"{row.rank_before} → {row.rank}" if row.moved else str(row.rank)
        if column == MOVED:
            if row.moved is None:
                return "—"
            return f"▲{row.moved}" if row.moved > 0 else f"▼{-row.moved}" if row.moved < 0 else "—"
        if column == GRADE:
            changed = row.grade_before and row.grade_before != row.grade
            return f"{row.grade_before} → {row.grade}" if changed else row.grade
        if column == CHANGE:
            return row.change.text if row.change.raw else "—"
        return row.district if column == DISTRICT else row.peer_group


def summary(rows: tuple[EffectRow, ...]) -> str:
    """The effect in one sentence."""
    if not rows:
        return ""
    totals = sum(bool(r.change.raw) for r in rows)
    moved = sum(bool(r.moved) for r in rows)
    grades = sum(bool(r.grade_before) and r.grade_before != r.grade for r in rows)
    if not totals and not moved and not grades:
        return "总分、名次、等次都不变"
    parts = [f"{totals} 个区县总分变化", f"{moved} 个名次变化", f"{grades} 个等次变化" if grades else ""]
    return "，".join(p for p in parts if p)


def _tone(row: EffectRow, column: int) -> str | None:
    signed = row.change.raw if column == CHANGE else row.moved if column == MOVED else None
    if column in {CHANGE, MOVED}:
        return "mist" if not signed else "pine" if signed > 0 else "cinnabar"
    if column == GROUP:
        return "mist"
    return "ochre" if column == GRADE and row.grade_before and row.grade != row.grade_before else None


def _alignment(column: int) -> int:
    left = column in {DISTRICT, GROUP, GRADE}
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
