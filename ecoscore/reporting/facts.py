"""What a result says of all districts together: who missed what, what moved most, where points were lost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.model.observation import Status
from ecoscore.model.result import Result, plain
from ecoscore.model.scheme import Direction, Indicator
from ecoscore.reporting.charts_sample import Point
from ecoscore.reporting.view_text import difference

_PERCENT = frozenset({"%", "％", "‰"})


@dataclass(frozen=True, slots=True)
class Missed:
    """A target not reached by one district."""

    district: str
    indicator: Indicator
    value: float
    target: float


@dataclass(frozen=True, slots=True)
class Moved:
    """How one indicator moved in one district. `size` orders changes: a difference for ratios, a rate for the rest."""

    district: str
    then: float
    now: float
    size: float

    @property
    def direction(self) -> int:
        delta = difference(self.now, self.then)
        return 0 if not delta else 1 if delta > 0 else -1


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that one district lost on one indicator."""

    district: str
    points: float


def missed_targets(result: Result, *, binding: bool = True) -> list[Missed]:
    """Targets not reached, in the order of districts; of binding indicators only, unless all are asked for."""
    cells, found = result.cells, []
    for d, district in enumerate(result.districts):
        for i, indicator in enumerate(result.indicators):
            value, target = float(cells.value[d, i]), float(cells.target[d, i])
            if (binding and not indicator.binding) or not cells.full[0, i] or math.isnan(value) or math.isnan(target):
                continue
            if is_missed(indicator, value, target):
                found.append(Missed(district.name, indicator, value, target))
    return found


def is_missed(indicator: Indicator, value: float, target: float) -> bool:
    """Whether a value falls short of its target, by the figures as people write them."""
    if indicator.direction is Direction.RANGE:
        return False
    behind = difference(target, value)
    return behind < 0 if indicator.direction is Direction.LOWER else behind > 0


def binding_targets(result: Result) -> int:
    """How many targets of binding indicators there are to be met."""
    at = [i for i, indicator in enumerate(result.indicators) if indicator.binding and result.cells.full[0, i]]
    return int((~np.isnan(result.cells.target[:, at])).sum())


def movements(result: Result, i: int) -> list[Moved]:
    """How indicator `i` moved in every district that has both values."""
    unit, found = result.indicators[i].unit.strip(), []
    for d, district in enumerate(result.districts):
        now, then = float(result.cells.value[d, i]), float(result.cells.baseline[d, i])
        if math.isnan(now) or math.isnan(then):
            continue
        delta = difference(now, then)
        size = delta if unit in _PERCENT or then <= 0 else 100 * delta / then
        found.append(Moved(district.name, then, now, float(plain(round(size, 9)))))
    return found


def extremes(moved: Sequence[Moved], direction: int) -> list[Moved]:
    """Those that moved furthest in a direction: one, or several that moved equally far; none where none did."""
    same = [m for m in moved if m.direction == direction]
    most = max((m.size * direction for m in same), default=0.0)
    return [m for m in same if m.size * direction == most]


def losses(result: Result, i: int) -> list[Loss]:
    """What each district lost on indicator `i`, most first; nothing for those it does not count for."""
    cells = result.cells
    found = [
        Loss(district.name, float(cells.weight[d, i]) - float(cells.points[d, i]))
        for d, district in enumerate(result.districts)
        if cells.weight[d, i] and not math.isnan(cells.points[d, i])
    ]
    return sorted((loss for loss in found if round(loss.points, 9) > 0), key=lambda loss: -round(loss.points, 9))


def heaviest_losses(result: Result, most: int) -> list[tuple[Indicator, list[Loss]]]:
    """The indicators on which all districts together lost most points."""
    found = [(indicator, losses(result, i)) for i, indicator in enumerate(result.indicators) if result.cells.full[0, i]]
    found = [(indicator, lost) for indicator, lost in found if lost]
    return sorted(found, key=lambda pair: -round(sum(loss.points for loss in pair[1]), 9))[:most]


def unreported(result: Result) -> list[tuple[str, list[str]]]:
    """Districts with the titles of what they owed and did not report."""
    found = []
    for d, district in enumerate(result.districts):
        owed = [
            indicator.title
            for i, indicator in enumerate(result.indicators)
            if result.cells.status[d, i] == Status.MISSING and result.cells.full[0, i]
        ]
        if owed:
            found.append((district.name, owed))
    return found


def level_and_progress(result: Result) -> list[Point]:
    """Each district's level and progress, weighed over the indicators that are scored by both."""
    cells, found = result.cells, []
    for d, district in enumerate(result.districts):
        both = [
            (float(cells.weight[d, i]), float(cells.level[d, i]), float(cells.progress[d, i]))
            for i in range(len(result.indicators))
            if cells.weight[d, i] and not math.isnan(cells.level[d, i]) and not math.isnan(cells.progress[d, i])
        ]
        whole = sum(w for w, _, _ in both)
        if whole:
            found.append(
                Point(district.name, sum(w * x for w, x, _ in both) / whole, sum(w * y for w, _, y in both) / whole)
            )
    return found
