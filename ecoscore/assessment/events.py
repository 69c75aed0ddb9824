"""What recording or taking back an event would do to a district, told before anybody confirms it."""

from __future__ import annotations

from dataclasses import dataclass

from ecoscore.assessment import Assessment, edit
from ecoscore.model.adjustment import Event
from ecoscore.model.result import Result
from ecoscore.rules.rounding import format_decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a district stands: total as printed, rank (0 where there is none), grade."""

    total: str
    rank: int
    grade: str


@dataclass(frozen=True, slots=True)
class EventEffect:
    """A district before and after; `moved` are others whose rank changes by it: name, rank before, rank after."""

    before: Standing
    after: Standing
    moved: tuple[tuple[str, int, int], ...] = ()

    @property
    def is_none(self) -> bool:
        return self.before == self.after


def effect_of(file: Assessment, event: Event, *, removed: bool = False) -> EventEffect:
    """Score the period with and without an event; nothing is written. InputRefused where the event cannot be taken or
    the period cannot be scored.
    """
    from ecoscore.scoring import score_dataset

    period, recorded = event.period, file.events(event.period)
    scheme = file.scheme_of(period)
    if not removed:
        known = {d.name: d for d in file.districts}
        edit.refuse_if_any(edit.event_findings(event, scheme, known, recorded), "加减分事项")
    before = file.result_of(period, event.district)
    level = before.districts[before.district_at[event.district]].level
    events = [e for e in recorded if e != event] if removed else [*recorded, event]
    after = score_dataset(file.dataset(), scheme, period, events, file.terms(), level=level)
    moved = [
        (d.name, was, now)
        for d in before.districts
        if d.name != event.district
        and (was := _standing(before, d.name).rank) != (now := _standing(after, d.name).rank)
    ]
    return EventEffect(_standing(before, event.district), _standing(after, event.district), tuple(moved))


def _standing(result: Result, district: str) -> Standing:
    n = result.district_at.get(district)
    if n is None:
        return Standing("—", 0, "")
    total = format_decimal(float(result.layers.total[n]), result.scheme.decimals, result.scheme.rounding)
    return Standing(total, int(result.layers.rank[n]), result.layers.grade[n])
