"""Names written once for several rows, the cells below left blank and not merged: may they stand for the same name?

People read such a table at a glance, and yet a blank may be a name forgotten. So it is asked, and only where nothing
speaks against it: the rows lie one right below the other, each has a name of its own beside the blank one, none of
them comes twice under the name above, and no total lies between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecoscore.importing.columns import Column
from ecoscore.importing.context import Knowledge
from ecoscore.importing.periods import part_of_text, period_of_cell
from ecoscore.importing.readers.book import Cell
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.words import Field, is_remark, is_subtotal, is_total

_NAMES = (Field.DISTRICT, Field.INDICATOR, Field.PERIOD, Field.PART, Field.MEASURE)
_FURTHEST = 200

Said = tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """The rows under a name, down to `row`: what the other names of each say. No `name`: the blanks below stay blank."""

    row: int
    name: Cell | None = None
    said: set[Said] = field(default_factory=set)


@dataclass(eq=False)
class BlankNames:
    """Asked for the blank name of one row after the other, from above."""

    report: SheetReport
    known: Knowledge
    labels: Mapping[Field, Column]

    def __post_init__(self) -> None:
        self.sheet = self.report.sheet
        self._columns = {kind: self.labels[kind].number for kind in _NAMES if kind in self.labels}
        self._groups: dict[Field, _Group] = {}
        self._lasts: dict[int, tuple[int, str]] = {}
        masters = self.sheet.masters if self.sheet.merges else {}
        self._merged = {*masters, *masters.values()}

    def above(self, row: int, kind: Field) -> Cell | None:
        """The cell whose name the blank one of this row may share; None where something speaks against it."""
        group = self._groups.get(kind)
        if group is None or group.row != row - 1:
            group = self._group_above(row, kind)
        said = self._said(row, kind)
        if said is None or said in group.said:
            group = _Group(row)
        else:
            group.said.add(said)
        group.row = row
        self._groups[kind] = group
        return group.name

    def _group_above(self, row: int, kind: Field) -> _Group:
        """The rows right above this one up to the first that has a name."""
        group = _Group(row)
        column = self._columns[kind]
        for up in range(row - 1, max(0, row - _FURTHEST), -1):
            said = self._said(up, kind)
            # Where somebody has merged cells, the merged area says how far its name reaches.
            if said is None or said in group.said or (up, column) in self._merged:
                return _Group(row)
            group.said.add(said)
            cell = self.sheet.at(up, column)
            if not cell.is_empty:
                group.name = cell if self._is_name(cell, kind) else None
                return group
        return _Group(row)

    def _said(self, row: int, kind: Field) -> Said | None:
        """What the other names of a row say; None for a row that has none, or is none of data."""
        if row not in self.sheet.rows or row in self.sheet.hidden_rows:
            return None
        others = [column for other, column in self._columns.items() if other is not kind]
        own = [self.sheet.label(row, column).text.strip() for column in others]
        if not any(own) or any(is_total(text) or is_subtotal(text) or is_remark(text) for text in own):
            return None
        return tuple(text or self._last(row, column) for text, column in zip(own, others, strict=True))

    def _last(self, row: int, column: int) -> str:
        """The name a blank one of another column would have in its turn."""
        before, known = self._lasts.get(column, (0, ""))
        found = ""
        for up in range(row - 1, max(0, row - _FURTHEST), -1):
            if text := self.sheet.label(up, column).text.strip():
                found = text
                break
            if up == before:  # what was found for that row holds on: a long table is not walked up from each row
                found = known
                break
        if row > before:
            self._lasts[column] = row, found
        return found

    def _is_name(self, cell: Cell, kind: Field) -> bool:
        if kind is Field.DISTRICT:
            return self.known.districts.find(cell.text).hit is not None
        if kind is Field.INDICATOR:
            return self.known.indicators.find(cell.text).hit is not None
        return period_of_cell(cell) is not None or part_of_text(cell.text, self.labels[kind].text) is not None
