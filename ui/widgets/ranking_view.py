"""The ranking of a peer group as a table that fits its columns to what they hold."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models import ranking_table
from ui.models.ranking_filter import RankingFilter
from ui.models.ranking_table import RankingTable
from ui.theme import Theme

_WIDTHS = {
    "rank": 62, "change": 60, "district": 108, "total": 150, "grade": 72, "base": 76, "bonus": 60, "deduction": 60,
    "reason": 320,
}  # fmt: skip
_GROUP_WIDTH = (76, 132)


class RankingTableView(QTableView):
    """Sorted by a click on a header; a row is a district."""

    def __init__(self, table: RankingTable, proxy: RankingFilter, theme: Theme) -> None:
        super().__init__()
        self._table, self._proxy, self._theme = table, proxy, theme
        self.setModel(proxy)
        self.setItemDelegate(FigureDelegate(theme, 30, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names differ at their ends
        self.setSortingEnabled(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("排名")
        theme.changed.connect(self.viewport().update)

    def fit_columns(self) -> None:
        """Widths for what the columns hold now, and the bars where the totals are."""
        metrics = self.fontMetrics()
        for n in range(self._table.columnCount()):
            column = self._table.column(n)
            width = _WIDTHS.get(column.key, 0)
            if column.group is not None:
                needed = metrics.horizontalAdvance(column.title) + 24
                width = max(_GROUP_WIDTH[0], min(needed, _GROUP_WIDTH[1]))
            if column.key == "district":
                names = (str(self._table.index(r, n).data()) for r in range(self._table.rowCount()))
                width = max(width, min(200, max((metrics.horizontalAdvance(t) for t in names), default=0) + 24))
            self.setColumnWidth(n, width)
            delegate = BarDelegate(self._theme, ranking_table.BarRole, 30, self) if column.key == "total" else None
            self.setItemDelegateForColumn(n, delegate)

    def select(self, district: str, key: str) -> None:
        """Select a district's row, in the column named `key`; what the filter hides is left alone."""
        row, column = self._table.row_of(district), self._table.column_of(key)
        if row is not None and column is not None:
            index = self._proxy.mapFromSource(self._table.index(row, column))
            if index.isValid():
                self.setCurrentIndex(index)
                self.scrollTo(index)
