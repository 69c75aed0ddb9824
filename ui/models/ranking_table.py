"""The ranking of one peer group as a table: rank, its change, total, grade, the layers, and each group's index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.reporting.view_common import NO_GRADES
from ecoscore.reporting.view_parts import Figure, RankingRow, RankingSection, RankingView
from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

BarRole = Qt.ItemDataRole.UserRole + 10
"""The part of full marks that a bar shows, 0-1; None where there is no total."""

ToneRole = Qt.ItemDataRole.UserRole + 11
"""The role of the theme's colour that the text is painted in, or None."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` names it for tests and for the page; a group's column has the group's id."""

    key: str
    title: str
    text: Callable[[RankingRow], str]
    raw: Callable[[RankingRow], Any]
    numeric: bool = True
    tip: str = ""
    group: str | None = None


def _figure(name: str) -> tuple[Callable[[RankingRow], str], Callable[[RankingRow], Any]]:
    def text(row: RankingRow) -> str:
        figure: Figure = getattr(row, name)
        return figure.text

    def raw(row: RankingRow) -> Any:
        figure: Figure = getattr(row, name)
        return figure.raw

    return text, raw


def _group(n: int) -> tuple[Callable[[RankingRow], str], Callable[[RankingRow], Any]]:
    return (lambda row: row.groups[n].text), (lambda row: row.groups[n].raw)


def columns_of(view: RankingView) -> list[Column]:
    """The columns a view needs: no change of rank where nothing can be compared, no layers above points where no
    district has any, no grades where the scheme has none.
    """
    rows = [row for section in view.sections for row in section.rows]
    found = [Column("rank", "名次", lambda r: r.rank_text, lambda r: r.rank)]
    if view.compared:
        found.append(
            Column("change", "较上年", lambda r: r.change_text, lambda r: r.rank_change, tip="名次较上年的升降")
        )
    found.append(Column("district", "区县", lambda r: r.district, lambda r: r.district, numeric=False))
    found.append(Column("total", "总分", *_figure("total")))
    if any(row.grade != NO_GRADES for row in rows):
        found.append(Column("grade", "等次", lambda r: r.grade, lambda r: r.total.raw, numeric=False))
    if any(row.bonus.raw or row.deduction.raw for row in rows):
        found.append(Column("base", "指标得分", *_figure("base"), tip="加分、扣分之前的小计"))
        found.append(Column("bonus", "加分", *_figure("bonus")))
        found.append(Column("deduction", "扣分", *_figure("deduction")))
    for n, group in enumerate(view.columns):
        tip = f"{group.title}指数（0—100），分值 {group.weight.text}"
        found.append(Column(f"group:{group.group}", group.title, *_group(n), tip=tip, group=group.group))
    if any(row.grade_reason for row in rows):
        found.append(Column("reason", "等次说明", lambda r: r.grade_reason, lambda r: r.grade_reason, numeric=False))
    return found


class RankingTable(QAbstractTableModel):
    """Rows are districts. ObjectRole gives the RankingRow."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: list[Column] = []
        self._rows: tuple[RankingRow, ...] = ()
        self._full = 100.0

    def show(self, view: RankingView | None, section: RankingSection | None, full: float = 100.0) -> None:
        self.beginResetModel()
        self._columns = columns_of(view) if view is not None else []
        self._rows = section.rows if section is not None else ()
        self._full = full or 100.0
        self.endResetModel()

    def column_of(self, key: str) -> int | None:
        return next((n for n, column in enumerate(self._columns) if column.key == key), None)

    def column(self, section: int) -> Column:
        return self._columns[section]

    def row_of(self, district: str) -> int | None:
        return next((n for n, row in enumerate(self._rows) if row.district == district), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == SortRole:
            return column.raw(row)
        if role == ObjectRole:
            return row
        if role == BarRole and column.key == "total":
            return None if row.total.raw is None else max(0.0, min(1.0, row.total.raw / self._full))
        if role == ToneRole:
            return _tone(row, column.key)
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = _tone(row, column.key)
            return self._theme.color(tone) if tone is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.grade_reason or None if column.key in {"grade", "reason"} else None
        return None


def _tone(row: RankingRow, key: str) -> str | None:
    if key == "change" and row.rank_change is not None:
        return "pine" if row.rank_change > 0 else "cinnabar" if row.rank_change < 0 else "mist"
    if key in {"grade", "reason"} and row.grade_reason:
        return "ochre"
    raw = {"bonus": row.bonus.raw, "deduction": row.deduction.raw}.get(key)
    if key in {"bonus", "deduction"}:
        return "mist" if not raw else "pine" if key == "bonus" else "cinnabar"
    return None


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
