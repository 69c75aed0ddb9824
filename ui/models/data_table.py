"""The grid of values: districts × indicators of one period, or one district's indicators × years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from ecoscore.model.district import District
from ecoscore.model.journal import Change
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import Indicator, Reported, Scheme
from ui.models.roles import ObjectRole
from ui.models.value_table import Index, ValueTable
from ui.session import CellKey, Session

INPUTS = "基础数据"
"""The band over the quantities that are reported but not scored."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the table is shown: `only` is "", missing or findings; a group's id and a department narrow the columns."""

    only: str = ""
    group: str = ""
    department: str = ""

    @property
    def is_on(self) -> bool:
        return self != Filter()


class DataTable(ValueTable):
    """Districts down, indicators and the quantities they are derived from across, for the session's period.

    Filtered and sorted here, and never in the file. What is shown stays until the filter is applied again, so that no
    row runs away under the hands of whoever fills it in.
    """

    def __init__(self, session: Session, parent: Any = None) -> None:
        super().__init__(session, parent)
        self._rows: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._paths: dict[str, str] = {}
        self._shown: tuple[District, ...] = ()
        self._asked: tuple[Reported, ...] = ()
        self.filter = Filter()
        self.order: tuple[str, bool] | None = None  # an indicator's id, and whether the greatest come first

    @property
    def indicators(self) -> tuple[Reported, ...]:
        """The columns shown."""
        return self._asked

    @property
    def districts(self) -> tuple[District, ...]:
        """The rows shown."""
        return self._shown

    @property
    def all_districts(self) -> tuple[District, ...]:
        return self._districts

    def groups(self) -> list[tuple[str, int, int]]:
        """The bands of the upper header: title, first column, number of columns."""
        bands: list[tuple[str, int, int]] = []
        for at, asked in enumerate(self._asked):
            title = self._band_of(asked)
            if bands and bands[-1][0] == title:
                bands[-1] = title, bands[-1][1], bands[-1][2] + 1
            else:
                bands.append((title, at, 1))
        return bands

    def _band_of(self, asked: Reported) -> str:
        if not isinstance(asked, Indicator) or self._scheme is None:
            return INPUTS
        return self._paths.get(asked.id, "")

    # Filtering and sorting. -----------------------------------------------------------------------------------------

    def set_filter(self, wanted: Filter) -> None:
        self.filter = wanted
        self._again()

    def sort_by(self, indicator: str | None, *, descending: bool = False) -> None:
        """Put the rows in the order of a column; None brings the file's order back."""
        self.order = None if indicator is None else (indicator, descending)
        self._again()

    def _again(self) -> None:
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()

    def _chosen_columns(self) -> tuple[Reported, ...]:
        if self._scheme is None:
            return ()
        wanted = self.filter
        found: list[Reported] = []
        inside = {i.id for i in _indicators_of(self._scheme, wanted.group)} if wanted.group else None
        for asked in self._scheme.reported:
            if (
                inside is not None
                and asked.id not in inside
                and not (wanted.group == INPUTS and asked.id not in self._scheme.by_id)
            ):
                continue
            if wanted.department and (asked.department or "") != wanted.department:
                continue
            found.append(asked)
        return tuple(found)

    def _is_wanted(self, district: str, asked: Reported) -> bool:
        if self.filter.only == "findings":
            return (district, asked.id) in self._findings
        held = self._page().get((district, asked.id))
        derived = not isinstance(asked, Indicator) or asked.formula is not None
        return (held is None or held.status is Status.MISSING) and not derived

    def _page(self) -> Mapping[tuple[str, str], Observation]:
        file = self._session.assessment
        return file.observations(self._session.period) if file is not None else {}

    def _ordered(self, rows: Sequence[District]) -> tuple[District, ...]:
        if self.order is None:
            return tuple(rows)
        indicator, descending = self.order
        page = self._page()

        def value(district: District) -> float | None:
            held = page.get((district.name, indicator))
            return held.value if held is not None else None

        known = sorted((d for d in rows if value(d) is not None), key=lambda d: value(d) or 0.0, reverse=descending)
        return (*known, *(d for d in rows if value(d) is None))

    def _lay_out(self) -> None:
        self._paths = (
            {n.id: " › ".join(g.title for g in path) for path, n in self._scheme.walk() if isinstance(n, Indicator)}
            if self._scheme is not None else {}
        )  # fmt: skip
        columns, rows = self._chosen_columns(), self._districts
        if self.filter.only:
            pairs = [(d, c) for d in rows for c in columns if self._is_wanted(d.name, c)]
            wanted_rows, wanted_columns = {d.name for d, _ in pairs}, {c.id for _, c in pairs}
            rows = tuple(d for d in rows if d.name in wanted_rows)
            columns = tuple(c for c in columns if c.id in wanted_columns)
        self._shown, self._asked = self._ordered(rows), columns
        self._rows = {d.name: n for n, d in enumerate(self._shown)}
        self._columns = {i.id: n for n, i in enumerate(self._asked)}

    # Counting. ------------------------------------------------------------------------------------------------------

    def reported(self, column: int) -> tuple[int, int]:
        """How many districts have reported an indicator, of how many that should."""
        return self._counted(self._asked[column].id)

    def _counted(self, indicator: str) -> tuple[int, int]:
        if indicator not in self._counts:
            self._counts[indicator] = self._count(indicator)
        return self._counts[indicator]

    def is_derived(self, column: int) -> bool:
        """Whether nobody has to report this column, because a formula gives it."""
        asked = self._asked[column]
        return isinstance(asked, Indicator) and asked.formula is not None

    def _count(self, indicator: str) -> tuple[int, int]:
        held = self._held.get(self._session.period, {})
        found = [held.get((d.name, indicator)) for d in self._districts]
        states = [o.status for o in found if o is not None]
        excused = sum(s in {Status.NOT_APPLICABLE, Status.NO_DATA} for s in states)
        return sum(s is Status.REPORTED for s in states), len(self._districts) - excused

    def reported_in_all(self) -> tuple[int, int]:
        """Over everything that districts are asked for, shown or not."""
        indicators = self._scheme.owed if self._scheme is not None else ()
        pairs = [self._counted(i.id) for i in indicators]
        return sum(n for n, _ in pairs), sum(m for _, m in pairs)

    def _read(self, changed: Sequence[Change] | None = None) -> None:
        super()._read(changed)
        for indicator in list(self._counts) if changed is None else {c.indicator for c in changed}:
            self._counts.pop(indicator, None)

    # Where things lie, and what Qt asks. ----------------------------------------------------------------------------

    def key_at(self, row: int, column: int) -> CellKey:
        return self._shown[row].name, self._asked[column].id, self._session.period

    def place_of(self, key: CellKey) -> tuple[int, int] | None:
        row, column = self._rows.get(key[0]), self._columns.get(key[1])
        if row is None or column is None or key[2] != self._session.period:
            return None
        return row, column

    def periods_shown(self) -> tuple[Period, ...]:
        return (self._session.period,)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._asked)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._district_head(section, role)
        if not 0 <= section < len(self._asked):
            return None
        asked = self._asked[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = ""
            if self.order is not None and self.order[0] == asked.id:
                arrow = " ↓" if self.order[1] else " ↑"
            return asked.title + arrow
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{asked.title_with_unit}\n{asked.department or ''}".strip()
        return asked if role == ObjectRole else None

    def _district_head(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self._shown):
            return None
        district = self._shown[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return district.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "，".join(p for p in (district.name, district.peer_group, district.code) if p)
        return district if role == ObjectRole else None


def _indicators_of(scheme: Scheme, group: str) -> tuple[Indicator, ...]:
    """Every indicator in a group and the groups below it."""
    return tuple(n for path, n in scheme.walk() if isinstance(n, Indicator) and any(g.id == group for g in path))
