"""The values that a sheet claims, in their order: one by one, or plain figures by the thousand, kept by columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecoscore.importing.readers.book import Cell, Place
from ecoscore.importing.readers.number_format import is_bare
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

At = NDArray[np.intp]


class Claim(NamedTuple):
    """A cell said to hold the value (or target) of an indicator for a district and period.

    `state` is what a status column says; `note` and `basis` are those of its row; `unit` is the unit stated for it
    where that is not the indicator's and its figures are to be converted.
    """

    place: Place
    cell: Cell
    district: District
    indicator: Reported
    period: Period
    is_target: bool = False
    note: str = ""
    basis: str = ""
    state: str = ""
    unit: str = ""


@dataclass(frozen=True, eq=False)
class ClaimBlock:
    """Numbers about which nothing is said but whose, of what and when; no targets among them.

    All arrays hold one number a value, in reading order: its row, its column among `columns`, its district, indicator
    and period among those listed. `formats` are the columns' number formats.
    """

    rows: NDArray[np.int64]
    column: At
    district: At
    indicator: At
    period: At
    values: NDArray[np.float64]
    columns: tuple[int, ...]
    formats: tuple[str, ...]
    districts: tuple[District, ...]
    indicators: tuple[Reported, ...]
    periods: tuple[Period, ...]

    def __len__(self) -> int:
        return len(self.values)

    def claim(self, n: int) -> Claim:
        column = self.column[n]
        cell = Cell("number", float(self.values[n]), self.formats[column])
        return Claim(
            (int(self.rows[n]), self.columns[column]),
            cell,
            self.districts[self.district[n]],
            self.indicators[self.indicator[n]],
            self.periods[self.period[n]],
        )

    def __iter__(self) -> Iterator[Claim]:
        return map(self.claim, range(len(self)))

    def only(self, kept: NDArray[Any]) -> ClaimBlock:
        """The values that a mask, or their numbers, speak of."""
        arrays = ("rows", "column", "district", "indicator", "period", "values")
        return replace(self, **{name: getattr(self, name)[kept] for name in arrays})

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Each indicator with each period it comes with, by their numbers."""
        width = len(self.periods)
        return [divmod(int(code), width) for code in np.unique(self.indicator * width + self.period)]

    @property
    def is_sound(self) -> NDArray[np.bool_]:
        """Which values lie in their indicator's valid range and are shown as they are stored."""
        spans = [i.valid or (None, None) for i in self.indicators]
        low = np.array([-np.inf if low is None else low for low, _ in spans])
        high = np.array([np.inf if high is None else high for _, high in spans])
        bare = np.array([is_bare(code) for code in self.formats])
        at = self.indicator
        sound: NDArray[np.bool_] = (self.values >= low[at]) & (self.values <= high[at]) & bare[self.column]
        return sound


class Claims:
    """Claims and blocks of them; it counts and walks as if each stood alone."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self.parts: list[Claim | ClaimBlock] = list(claims)
        self._blocked = 0

    def append(self, part: Claim | ClaimBlock) -> None:
        self.parts.append(part)
        if isinstance(part, ClaimBlock):
            self._blocked += len(part) - 1

    def __len__(self) -> int:
        return len(self.parts) + self._blocked

    def __iter__(self) -> Iterator[Claim]:
        for part in self.parts:
            if isinstance(part, ClaimBlock):
                yield from part
            else:
                yield part

    def after(self, count: int) -> Sequence[Claim]:
        """The claims made since there were `count`."""
        return list(self)[count:]
