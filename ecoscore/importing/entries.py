"""The values an import would write: one by one, or plain figures by the thousand, each made when it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import overload

import numpy as np

from ecoscore.importing.claims import ClaimBlock
from ecoscore.importing.readers.book import cell_name
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period


class Action(StrEnum):
    """What a value read does to the file: adds one, replaces another, or is there already."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One value as it would be written, beside the one it would replace, and the cell it was read from.

    `last` says who wrote the old value and when, "" where there is none or it is not known.
    """

    action: Action
    new: Observation
    old: Observation | None
    file: str
    sheet: str | None
    cell: str
    last: str = ""

    @property
    def key(self) -> tuple[str, str, Period]:
        return self.new.district, self.new.indicator, self.new.period


@dataclass(frozen=True, eq=False)
class EntryBlock:
    """What a block of claims would write. `source` names file and sheet; `before` are the action and the old value of
    each, None where all are new.
    """

    claims: ClaimBlock
    file: str
    sheet: str | None
    source: str
    before: Sequence[tuple[Action, Observation | None]] | None = None

    def __len__(self) -> int:
        return len(self.claims)

    def new(self, n: int) -> Observation:
        """The value that would be written."""
        claim = self.claims.claim(n)
        figure = claim.cell.raw
        return Observation(
            claim.district.name,
            claim.indicator.id,
            claim.period,
            figure + 0.0,  # no −0
            raw=f"{figure:.15g}",
            source=f"{self.source} › {cell_name(*claim.place)}",
        )

    def action(self, n: int) -> Action:
        return Action.NEW if self.before is None else self.before[n][0]

    def entry(self, n: int) -> PlanEntry:
        action, old = (Action.NEW, None) if self.before is None else self.before[n]
        claims = self.claims
        cell = cell_name(int(claims.rows[n]), claims.columns[claims.column[n]])
        return PlanEntry(action, self.new(n), old, self.file, self.sheet, cell)

    def __iter__(self) -> Iterator[PlanEntry]:
        return map(self.entry, range(len(self)))

    @property
    def keys(self) -> Iterator[tuple[str, str, Period]]:
        """District, indicator and period of each."""
        claims = self.claims
        names = [district.name for district in claims.districts]
        ids = [indicator.id for indicator in claims.indicators]
        return zip(
            map(names.__getitem__, claims.district.tolist()),
            map(ids.__getitem__, claims.indicator.tolist()),
            map(claims.periods.__getitem__, claims.period.tolist()),
            strict=True,
        )

    @property
    def periods(self) -> set[Period]:
        return {self.claims.periods[n] for n in np.unique(self.claims.period)}

    def districts(self, period: Period | None = None) -> set[str]:
        """The districts that have a value, in all or in a period."""
        claims = self.claims
        found = claims.district
        if period is not None:
            found = found[np.isin(claims.period, [n for n, p in enumerate(claims.periods) if p == period])]
        return {claims.districts[n].name for n in np.unique(found)}


Part = Sequence[PlanEntry] | EntryBlock


class Entries(Sequence[PlanEntry]):
    """Entries and blocks of them, in their order; equal to any sequence of the same entries."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = [part for part in parts if len(part)]
        self._ends = list(accumulate(map(len, self.parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> PlanEntry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PlanEntry]: ...
    def __getitem__(self, at: int | slice) -> PlanEntry | Sequence[PlanEntry]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        at += len(self) if at < 0 else 0
        if not 0 <= at < len(self):
            raise IndexError(at)
        part = bisect_right(self._ends, at)
        found, n = self.parts[part], at - (self._ends[part - 1] if part else 0)
        return found.entry(n) if isinstance(found, EntryBlock) else found[n]

    def __iter__(self) -> Iterator[PlanEntry]:
        for part in self.parts:
            yield from part

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other))  # noqa: B905

    __hash__ = None  # type: ignore[assignment]

    def periods(self) -> set[Period]:
        return {p for part in self.parts for p in _periods(part)}

    def districts(self, period: Period | None = None) -> set[str]:
        """The districts that have a value, in all or in a period."""
        return {name for part in self.parts for name in _districts(part, period)}

    def actions(self) -> Counter[Action]:
        """How many there are of each kind."""
        found: Counter[Action] = Counter()
        for part in self.parts:
            if not isinstance(part, EntryBlock):
                found.update(entry.action for entry in part)
            elif part.before is None:
                found[Action.NEW] += len(part)
            else:
                found.update(action for action, _ in part.before)
        return found

    def at(self, action: Action) -> list[int]:
        """Where those of a kind stand."""
        found: list[int] = []
        start = 0
        for part in self.parts:
            if not isinstance(part, EntryBlock):
                found += [start + n for n, entry in enumerate(part) if entry.action is action]
            elif part.before is not None:
                found += [start + n for n, (said, _) in enumerate(part.before) if said is action]
            elif action is Action.NEW:
                found += range(start, start + len(part))
            start += len(part)
        return found

    def with_status(self, status: Status) -> int:
        """How many have a status; those of blocks are all reported."""
        singles = sum(e.new.status is status for part in self.parts if not isinstance(part, EntryBlock) for e in part)
        blocked = sum(len(part) for part in self.parts if isinstance(part, EntryBlock))
        return singles + (blocked if status is Status.REPORTED else 0)


def _periods(part: Part) -> set[Period]:
    if isinstance(part, EntryBlock):
        return part.periods
    by_id = {id(e.new.period): e.new.period for e in part}  # periods are few, entries many
    return set(by_id.values())


def _districts(part: Part, period: Period | None) -> set[str]:
    if isinstance(part, EntryBlock):
        return part.districts(period)
    return {e.new.district for e in part if period is None or e.new.period == period}
