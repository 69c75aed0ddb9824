"""One district's indicators over the years, typed into like the grid of districts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported
from ui.models.roles import ObjectRole
from ui.models.value_table import Index, ValueTable
from ui.session import CellKey, Session


class YearsTable(ValueTable):
    """One district: indicators down, periods across."""

    def __init__(self, session: Session, parent: Any = None) -> None:
        super().__init__(session, parent)
        self._district: str | None = None
        self._periods: tuple[Period, ...] = ()
        self._rows: dict[str, int] = {}

    @property
    def district(self) -> str | None:
        return self._district

    def set_district(self, name: str | None) -> None:
        self._district = name
        self.refresh()

    @property
    def indicators(self) -> tuple[Reported, ...]:
        return self._scheme.reported if self._scheme is not None and self._district is not None else ()

    def key_at(self, row: int, column: int) -> CellKey:
        assert self._district is not None
        return self._district, self.indicators[row].id, self._periods[column]

    def place_of(self, key: CellKey) -> tuple[int, int] | None:
        row = self._rows.get(key[1])
        if key[0] != self._district or row is None or key[2] not in self._periods:
            return None
        return row, self._periods.index(key[2])

    def periods_shown(self) -> tuple[Period, ...]:
        return self._periods

    def _lay_out(self) -> None:
        if self._district not in {d.name for d in self._districts}:
            self._district = self._districts[0].name if self._districts else None
        kind = self._session.period.kind
        self._periods = tuple(p for p in self._session.periods if p.kind == kind) if self._districts else ()
        self._rows = {i.id: n for n, i in enumerate(self.indicators)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.indicators)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._periods)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if not 0 <= section < len(self._periods):
                return None
            period = self._periods[section]
            return period.title if role == Qt.ItemDataRole.DisplayRole else (period if role == ObjectRole else None)
        if not 0 <= section < len(self.indicators):
            return None
        indicator = self.indicators[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return indicator.title_with_unit
        return indicator if role == ObjectRole else None
