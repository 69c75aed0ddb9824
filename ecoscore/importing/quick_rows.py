"""The rows of a long table whose names have all been met before: claimed without looking at them twice.

A long table says the same names in a hundred thousand rows. Whatever is to be said of a name, a header or a unit is said
where it stands first, and such rows go the slow way; a row is quick where nothing is left to be said of it. Where the
rows were read as a stretch, quick rows are claimed as a block.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ecoscore.importing.claims import Claim, Claims
from ecoscore.importing.columns import Column
from ecoscore.importing.quick_stretch import Ask, QuickStretch
from ecoscore.importing.readers.book import NOTHING, Cell, Sheet
from ecoscore.importing.readers.stretch import RawCell, Stretch
from ecoscore.importing.row_labels import RowReader
from ecoscore.importing.sheet_report import PREVIEW_ROWS
from ecoscore.importing.units import same_unit
from ecoscore.importing.words import Field
from ecoscore.model.scheme import Reported

Otherwise = Callable[[int], None]


@dataclass(eq=False)
class QuickRows:
    """Reads what it can of a table's rows; `is_target` says which columns hold targets."""

    sheet: Sheet
    rows: RowReader
    values: Sequence[tuple[Column, bool]]
    claims: Claims

    def __post_init__(self) -> None:
        self._met, self._slots, self._constants = self.rows.met
        self._unit = next((n for kind, n in self.rows.remarks.items() if kind is Field.UNIT), 0)
        self._others = [n for kind, n in self.rows.remarks.items() if kind is not Field.UNIT]
        self._sound_units: dict[tuple[str, RawCell], bool] = {}

    @classmethod
    def of(
        cls, sheet: Sheet, rows: RowReader, values: Sequence[tuple[Column, bool]], claims: Claims
    ) -> QuickRows | None:
        """None for a table in which every row needs to be looked at."""
        is_plain = not sheet.merges and not rows.constant.unit and bool(rows.met[0]) and all(map(_is_plain, values))
        is_plain &= Field.MEASURE not in rows.labels
        return cls(sheet, rows, values, claims) if is_plain else None

    def read(self, numbers: Sequence[int], otherwise: Otherwise) -> None:
        """Claim the values of these rows in their order; `otherwise` reads each row that is not quick."""
        at = 0
        for stretch in self.sheet.stretches:
            start, end = bisect_left(numbers, stretch.first, at), bisect_right(numbers, stretch.last, at)
            if start == end:
                continue
            self._read_singly(numbers[at:start], otherwise)
            quick = self._quick_stretch(stretch) if numbers[start] > PREVIEW_ROWS else None
            if quick is None:
                self._read_singly(numbers[start:end], otherwise)
            else:
                quick.read(numbers[start], numbers[end - 1], partial(self._read_singly, otherwise=otherwise), otherwise)
            at = end
        self._read_singly(numbers[at:], otherwise)

    def _read_singly(self, numbers: Sequence[int], otherwise: Otherwise) -> None:
        raw_at, add = self.sheet.raw, self.claims.append
        names = list(zip(self._slots, *zip(*self._met, strict=True), strict=True))
        constants, others, unit_column = list(self._constants), self._others, self._unit
        single = self.values[0] if len(self.values) == 1 else None
        for number in numbers:
            said = constants.copy()
            for slot, column, met in names:
                hit = met.get(raw_at(number, column) or NOTHING)
                if hit is None:
                    break
                said[slot] = hit
            else:
                if number > PREVIEW_ROWS and not any(raw_at(number, column) for column in others):
                    unit = raw_at(number, unit_column) if unit_column else None
                    if single is not None:
                        claim = self._claim(number, said, unit, *single)
                        if claim is not None:
                            add(claim)
                            continue
                    elif None not in (claims := [self._claim(number, said, unit, *value) for value in self.values]):
                        for claim in claims:
                            if claim is not None:
                                add(claim)
                        continue
            otherwise(number)

    def _claim(
        self, number: int, said: list[Any], unit: RawCell | None, value: Column, is_target: bool
    ) -> Claim | None:
        place = (number, value.number)
        raw = self.sheet.raw(*place)
        if raw is None or raw[0] != "number":
            return None
        district, indicator, period = said
        if indicator is None:
            indicator = value.indicator.hit if value.indicator else None
        if district is None:
            district = value.district
        if value.period is not None:
            period = value.period
        if indicator is None or district is None or period is None:
            return None
        if unit is not None and not self._is_sound(indicator, unit):
            return None
        return Claim(place, tuple.__new__(Cell, raw), district, indicator, period, is_target)

    def _is_sound(self, indicator: Reported, unit: RawCell) -> bool:
        """Whether the row's unit is the indicator's own."""
        key = (indicator.id, unit)
        if key not in self._sound_units:
            self._sound_units[key] = unit[0] == "text" and same_unit(str(unit[1]), indicator.unit)
        return self._sound_units[key]

    def _quick_stretch(self, stretch: Stretch) -> QuickStretch | None:
        if any(is_target for _, is_target in self.values):
            return None
        columns = [column for column, _ in self.values]
        ask = Ask(self._met, self._slots, self._constants, columns, self._unit, self._others, self._is_sound)
        return QuickStretch.of(stretch, ask, self.claims)


def _is_plain(value: tuple[Column, bool]) -> bool:
    """Whether a column's header leaves nothing to be said of its cells."""
    column, _ = value
    match = column.indicator
    return not column.unknown and not column.unit and (match is None or match == type(match)(hit=match.hit))
