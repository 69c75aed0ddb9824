"""The changes that an import would make, as a table that sorts by any column."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.delegates.bar_delegate import FigureDelegate
from ui.models import changes_table
from ui.models.changes_table import ChangesTable
from ui.models.sort_proxy import SortProxy
from ui.theme import Theme

_WIDTHS = {
    changes_table.ACTION: 64, changes_table.DISTRICT: 110, changes_table.INDICATOR: 250, changes_table.PERIOD: 90,
    changes_table.OLD: 84, changes_table.NEW: 84, changes_table.LAST: 156,
}  # fmt: skip


class ChangesView(QTableView):
    """Rows of what is added, changed or there already: old and new, who wrote last, and the cell it comes from."""

    def __init__(self, changes: ChangesTable, theme: Theme) -> None:
        super().__init__()
        proxy = SortProxy(self)
        proxy.setSourceModel(changes)
        self.setModel(proxy)
        self.setItemDelegate(FigureDelegate(theme, 24, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setAccessibleName("改动")
