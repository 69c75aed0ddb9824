"""One district's indicators with their points, for the inspector: the short form of its scorecard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.reporting.view_parts import ScorecardView, ScoreRow
from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("指标", "本年值", "得分/分值")
TITLE, VALUE, POINTS = range(len(COLUMNS))

BarRole = Qt.ItemDataRole.UserRole + 10
"""The individual score as a part of 100, or None."""


class CardTable(QAbstractTableModel):
    """Rows are indicators in the scheme's order. ObjectRole gives the ScoreRow."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[ScoreRow, ...] = ()

    def show(self, card: ScorecardView | None) -> None:
        self.beginResetModel()
        self._rows = card.rows if card is not None else ()
        self.endResetModel()

    def row_of(self, indicator: str) -> int | None:
        return next((n for n, row in enumerate(self._rows) if row.indicator == indicator), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

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
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                TITLE: ("★" if row.binding else "") + row.title, VALUE: row.value.text,
                POINTS: f"{row.points.text}/{row.weight.text}",
            }[column]  # fmt: skip
        if role == SortRole:
            return {TITLE: row.number, VALUE: row.value.raw, POINTS: row.points.raw}[column]
        if role == ObjectRole:
            return row
        if role == BarRole and column == POINTS:
            return None if row.individual.raw is None else max(0.0, min(1.0, row.individual.raw / 100))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and row.note:
            return self._theme.color("ochre")
        if role == Qt.ItemDataRole.ToolTipRole:
            unit = "" if row.unit == "—" else f" {row.unit}"
            parts = (
                f"{row.number}. {row.title}",
                f"本年值 {row.value.text}{unit}",
                f"个体指数 {row.individual.text}",
                row.note,
            )
            return "\n".join(part for part in parts if part)
        return None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == TITLE else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
