"""The grid of values: districts × indicators of one period, or one district's indicators × years."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from ecoscore.model.district import District
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import Indicator
from ui.models.roles import ObjectRole
from ui.models.value_table import Index, ValueTable
from ui.session import CellKey, Session


class DataTable(ValueTable):
    """Districts down, indicators across, for the session's period."""

    def __init__(self, session: Session, parent: Any = None) -> None:
        super().__init__(session, parent)
        self._rows: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        self._counts: dict[str, tuple[int, int]] = {}

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self._scheme.indicators if self._scheme is not None else ()

    @property
    def districts(self) -> tuple[District, ...]:
        return self._districts

    def groups(self) -> list[tuple[str, int, int]]:
        """The bands of the upper header: title, first column, number of columns."""
        if self._scheme is None:
            return []
        bands: list[tuple[str, int, int]] = []
        at = 0
        for path, node in self._scheme.walk():
            if not isinstance(node, Indicator):
                continue
            title = " › ".join(group.title for group in path)
            if bands and bands[-1][0] == title:
                bands[-1] = title, bands[-1][1], bands[-1][2] + 1
            else:
                bands.append((title, at, 1))
            at += 1
        return bands

    def reported(self, column: int) -> tuple[int, int]:
        """How many districts have reported an indicator, of how many that should."""
        indicator = self.indicators[column].id
        if indicator not in self._counts:
            self._counts[indicator] = self._count(indicator)
        return self._counts[indicator]

    def _count(self, indicator: str) -> tuple[int, int]:
        held = self._held.get(self._session.period, {})
        states = [held[d.name, indicator].status for d in self._districts if (d.name, indicator) in held]
        excused = sum(s.is_left_out or s is Status.NO_DATA for s in states)
        return sum(s is Status.REPORTED for s in states), len(self._districts) - excused

    def reported_in_all(self) -> tuple[int, int]:
        pairs = [self.reported(column) for column in range(self.columnCount())]
        return sum(n for n, _ in pairs), sum(m for _, m in pairs)

    def key_at(self, row: int, column: int) -> CellKey:
        return self._districts[row].name, self.indicators[column].id, self._session.period

    def place_of(self, key: CellKey) -> tuple[int, int] | None:
        row, column = self._rows.get(key[0]), self._columns.get(key[1])
        if row is None or column is None or key[2] != self._session.period:
            return None
        return row, column

    def periods_shown(self) -> tuple[Period, ...]:
        return (self._session.period,)

    def _read(self, changed: Collection[str] | None = None) -> None:
        super()._read(changed)
        for indicator in list(self._counts) if changed is None else changed:
            self._counts.pop(indicator, None)

    def _lay_out(self) -> None:
        self._rows = {d.name: n for n, d in enumerate(self._districts)}
        self._columns = {i.id: n for n, i in enumerate(self.indicators)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._districts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.indicators)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if not 0 <= section < len(self._districts):
                return None
            district = self._districts[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return district.name
            if role == Qt.ItemDataRole.ToolTipRole:
                return "，".join(p for p in (district.name, district.peer_group, district.code) if p)
            return district if role == ObjectRole else None
        if not 0 <= section < len(self.indicators):
            return None
        indicator = self.indicators[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return indicator.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{indicator.title_with_unit}\n{indicator.department or ''}".strip()
        return indicator if role == ObjectRole else None


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
    def indicators(self) -> tuple[Indicator, ...]:
        return self._scheme.indicators if self._scheme is not None and self._district is not None else ()

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
