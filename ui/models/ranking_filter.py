"""The ranking narrowed to some districts: by a part of the name, by grade."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel

from ecoscore.reporting.view_parts import RankingRow
from ui.models.roles import ObjectRole
from ui.models.sort_proxy import SortProxy


class RankingFilter(SortProxy):
    """Sorted as SortProxy does."""

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)
        self._name, self._grade = "", ""

    def narrow(self, name: str, grade: str) -> None:
        if hasattr(self, "endFilterChange"):  # Qt 6.10 and later
            self.beginFilterChange()
            self._name, self._grade = name.strip(), grade
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)
        else:
            self._name, self._grade = name.strip(), grade
            self.invalidateFilter()

    @property
    def is_narrowed(self) -> bool:
        return bool(self._name or self._grade)

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        row = self.sourceModel().index(source_row, 0, source_parent).data(ObjectRole)
        if not isinstance(row, RankingRow):
            return True
        return self._name in row.district and self._grade in {"", row.grade}
