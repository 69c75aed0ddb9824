"""Sorts a table by its raw values; what has none goes last, whichever way it is sorted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from ui.models.roles import SortRole


class SortProxy(QSortFilterProxyModel):
    """Numbers as numbers, texts as texts, None after both."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.setSortRole(SortRole)

    def lessThan(self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex) -> bool:
        a, b = left.data(SortRole), right.data(SortRole)
        if a is None or b is None:
            ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (b is None and a is not None) if ascending else (a is None and b is not None)
        if isinstance(a, str) != isinstance(b, str):
            return isinstance(b, str)
        return bool(a < b)
