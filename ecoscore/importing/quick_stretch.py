"""The quick rows of one stretch, claimed by the thousand: names are looked up once each, rows by their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecoscore.importing.claims import At, ClaimBlock, Claims
from ecoscore.importing.columns import Column
from ecoscore.importing.readers.stretch import Figures, RawCell, Stretch, Words
from ecoscore.model.scheme import Reported

Singly = Callable[[Sequence[int]], None]
Otherwise = Callable[[int], None]

_CHUNK = 1024
_FEWEST = 256
_MOST_NAMES = 5000
_DISTRICT, _INDICATOR, _PERIOD = range(3)


class _Names:
    """A column of names: the different cells, which of them stands in each row, and what is known of them so far."""

    def __init__(self, raws: Sequence[RawCell], at: NDArray[Any], met: Mapping[RawCell, Any]) -> None:
        self.raws, self.at, self._met = raws, at, met
        self.known = np.fromiter((raw in met for raw in raws), bool, len(raws))

    def learn(self, n: int) -> None:
        """Look again at the cell of row `n`."""
        at = self.at[n]
        self.known[at] = self.raws[at] in self._met

    def things(self) -> tuple[tuple[Any, ...], At]:
        """What the cells name, each thing once, and which of them each cell names (any, for one not known)."""
        found: dict[int, tuple[int, Any]] = {}
        which = np.zeros(len(self.raws), np.intp)
        for n, raw in enumerate(self.raws):
            if self.known[n]:
                thing = self._met[raw]
                which[n] = found.setdefault(id(thing), (len(found), thing))[0]
        return tuple(thing for _, thing in found.values()), which


@dataclass(frozen=True, slots=True)
class Ask:
    """What there is to know of a table for its rows to be read quickly.

    `met`, `slots`, `constants` as RowReader.met gives them; `unit` is the column of units, 0 for none; `others` are the
    columns that must hold nothing; `is_sound` says whether a unit's cell is an indicator's own.
    """

    met: Sequence[tuple[int, Mapping[RawCell, Any]]]
    slots: Sequence[int]
    constants: Sequence[Any]
    values: Sequence[Column]
    unit: int
    others: Sequence[int]
    is_sound: Callable[[Reported, RawCell], bool]


class QuickStretch:
    """Reads the rows of a stretch in their order: those that are quick into blocks."""

    def __init__(self, stretch: Stretch, ask: Ask, names: Mapping[int, _Names], claims: Claims) -> None:
        self._stretch, self._ask, self._names, self._claims = stretch, ask, names, claims
        unit = stretch.columns.get(ask.unit)
        self._units = unit if isinstance(unit, Words) else None
        self._sound: dict[tuple[int, int], bool] = {}

    @classmethod
    def of(cls, stretch: Stretch, ask: Ask, claims: Claims) -> QuickStretch | None:
        """None for a stretch in which some column wants to be looked at row by row."""
        columns = [stretch.columns.get(value.number) for value in ask.values]
        if not columns or not all(isinstance(c, Figures) and c.kind == "number" for c in columns):
            return None
        if any(number in stretch.columns for number in ask.others):
            return None
        names = {}
        for slot, (number, met) in zip(ask.slots, ask.met, strict=True):
            column = stretch.columns.get(number)
            if column is None or (found := _names(column, met)) is None:
                return None
            names[slot] = found
        unit = stretch.columns.get(ask.unit)
        if unit is not None and not (isinstance(unit, Words) and _INDICATOR in names):
            return None
        says = [(column.district, column.indicator and column.indicator.hit, column.period) for column in ask.values]
        for slot in range(3):
            said = [says_all[slot] is not None for says_all in says]
            given = slot in names or ask.constants[slot] is not None
            # A column's period goes before the row's; its district and indicator come after.
            if (any(said) and not all(said)) if slot == _PERIOD and given else not (given or all(said)):
                return None
        return cls(stretch, ask, names, claims)

    def read(self, first: int, last: int, singly: Singly, otherwise: Otherwise) -> None:
        """Claim the rows `first` to `last`: `otherwise` reads each that is not quick, `singly` a few quick ones."""
        at = start = first - self._stretch.first
        end = last - self._stretch.first + 1
        while at < end:
            slow = self._first_slow(at, min(at + _CHUNK, end))
            if slow is None:
                at = min(at + _CHUNK, end)
                continue
            self._claim(start, slow, singly)
            otherwise(self._stretch.first + slow)
            for names in self._names.values():
                names.learn(slow)
            start = at = slow + 1
        self._claim(start, end, singly)

    def _first_slow(self, at: int, end: int) -> int | None:
        quick = np.ones(end - at, bool)
        for names in self._names.values():
            quick &= names.known[names.at[at:end]]
        if self._units is not None:
            which = np.frombuffer(self._units.at, np.uintc)[at:end]
            indicators = self._names[_INDICATOR].at[at:end]
            for pair in {*zip(which[quick].tolist(), indicators[quick].tolist(), strict=True)}:
                if not self._is_sound(*pair):
                    quick &= (which != pair[0]) | (indicators != pair[1])
        slow = int(quick.argmin())
        return None if quick[slow] else at + slow

    def _is_sound(self, unit: int, name: int) -> bool:
        if (unit, name) not in self._sound:
            assert self._units is not None
            names = self._names[_INDICATOR]
            indicator = self._ask.met[self._ask.slots.index(_INDICATOR)][1][names.raws[name]]
            self._sound[unit, name] = self._ask.is_sound(indicator, self._units.cells[unit])
        return self._sound[unit, name]

    def _claim(self, start: int, end: int, singly: Singly) -> None:
        first = self._stretch.first
        if end - start < _FEWEST:
            if end > start:
                singly(range(first + start, first + end))
            return
        values = self._ask.values
        width = len(values)
        figures = [self._stretch.columns[value.number] for value in values]
        arrays = [np.frombuffer(f.values, np.float64)[start:end] for f in figures if isinstance(f, Figures)]
        (districts, district), (indicators, indicator), (periods, period) = (
            self._things(slot, start, end) for slot in range(3)
        )
        self._claims.append(
            ClaimBlock(
                rows=np.repeat(np.arange(first + start, first + end), width),
                column=np.tile(np.arange(width), end - start),
                district=district,
                indicator=indicator,
                period=period,
                values=np.stack(arrays, axis=1).ravel(),
                columns=tuple(value.number for value in values),
                formats=tuple(f.format for f in figures if isinstance(f, Figures)),
                districts=districts,
                indicators=indicators,
                periods=periods,
            )
        )

    def _things(self, slot: int, start: int, end: int) -> tuple[tuple[Any, ...], At]:
        """The districts, indicators or periods of the rows' values, and which of them each value has."""
        values = self._ask.values
        of_columns = [(v.district, v.indicator.hit if v.indicator else None, v.period)[slot] for v in values]
        is_theirs = slot == _PERIOD and of_columns[0] is not None
        if slot in self._names and not is_theirs:
            things, which = self._names[slot].things()
            return things, np.repeat(which[self._names[slot].at[start:end]], len(values))
        constant = self._ask.constants[slot]
        if constant is not None and not is_theirs:
            return (constant,), np.zeros((end - start) * len(values), np.intp)
        return tuple(of_columns), np.tile(np.arange(len(values)), end - start)


def _names(column: Words | Figures, met: Mapping[RawCell, Any]) -> _Names | None:
    """None where there are too many different ones to be names."""
    if isinstance(column, Words):
        return _Names(column.cells, np.frombuffer(column.at, np.uintc), met) if _few(column.cells) else None
    numbers, at = np.unique(np.frombuffer(column.values, np.float64), return_inverse=True)
    if not _few(numbers):
        return None
    return _Names([(column.kind, number, column.format) for number in numbers.tolist()], at, met)


def _few(things: Any) -> bool:
    return len(things) <= _MOST_NAMES
