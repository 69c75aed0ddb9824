"""Computes the curve of a rule over the range of values that matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.model.curve import CurveDot, RuleCurve
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import Level
from ecoscore.model.period import Period
from ecoscore.model.rule import Array, Rule, Terms
from ecoscore.model.scheme import Indicator, Scheme
from ecoscore.rules.level_and_progress import LevelAndProgress
from ecoscore.scoring.rollup import at_level

_STEPS = 240
_NEEDS_MORE = frozenset({"rank", "baseline"})  # not a function of the value alone


@dataclass(frozen=True, slots=True)
class _Given:
    """What a rule may ask for beside the value."""

    sample: Sequence[float]
    target: float | None
    full: float | None


def rule_curve(
    indicator: Indicator,
    low: float,
    high: float,
    *,
    sample: Sequence[float] = (),
    target: float | None = None,
    full: float | None = None,
) -> list[tuple[float, float]]:
    """Value → score (0-100) from `low` to `high`; empty where the score is not a function of the value alone.

    `sample` are the values the bounds and the mean are taken from, where the rule takes them from the sample.
    For a rule of level and progress it is the level's part.
    """
    rule = level_rule(indicator.rule)
    xs = np.linspace(low, high, _STEPS + 1)
    scores = _scores(rule, indicator, xs, _Given(sample, target, full))
    if scores is None:
        return []
    return [(float(x), float(y)) for x, y in zip(xs, scores, strict=True)]


def curve_of(
    dataset: Dataset, scheme: Scheme, indicator: Indicator, period: Period, level: Level | None = None
) -> RuleCurve | None:
    """The curve over the range that matters, with the districts scored on it; None where there is none to draw."""
    dataset = at_level(dataset, level)
    column = dataset.indicators.index(indicator.id)
    values, _, targets = dataset.page(period)
    held = values[:, column]
    sample = [float(v) for v in held if not np.isnan(v)]
    goals = {float(t) for t in targets[:, column] if not np.isnan(t)}
    target = goals.pop() if len(goals) == 1 else indicator.target
    full = _full_marks(scheme, indicator)
    rule = level_rule(indicator.rule)
    low, high = _range(rule, indicator, sample, target)
    points = rule_curve(indicator, low, high, sample=sample, target=target, full=full)
    if not points:
        return None
    at = _scores(rule, indicator, np.array(sample), _Given(sample, target, full))
    names = [d.name for d, v in zip(dataset.districts, held, strict=True) if not np.isnan(v)]
    scores = [] if at is None else [float(s) for s in at]
    dots = tuple(CurveDot(n, v, s) for n, v, s in zip(names, sample, scores, strict=True) if not np.isnan(s))
    part = "水平分" if rule is not indicator.rule else "个体指数"
    return RuleCurve(indicator.id, part, low, high, tuple(points), dots, target)


def level_rule(rule: Rule) -> Rule:
    """The part of a rule that scores the value itself."""
    return rule.level if isinstance(rule, LevelAndProgress) else rule


def _scores(rule: Rule, indicator: Indicator, xs: Array, given: _Given) -> Array | None:
    if rule.uses & _NEEDS_MORE:
        return None
    sample = given.sample
    worst, best = _bounds(rule, indicator, sample)
    known: dict[str, float | None] = {
        "x": 0.0, "target": given.target, "full": given.full, "worst": worst, "best": best,
        "mean": float(np.mean(sample)) if len(sample) else None, "count": float(len(sample)),
    }  # fmt: skip
    if any(known[symbol] is None for symbol in rule.uses):
        return None
    if indicator.transform == "log":
        xs = np.where(xs > 0, xs, np.nan)
    target, full, low, high, mean = (_array(known[name]) for name in ("target", "full", "worst", "best", "mean"))
    return rule.score(Terms(xs, target=target, full=full, worst=low, best=high, mean=mean))


def _array(value: float | None) -> Array | None:
    return None if value is None else np.array([value])


def _bounds(rule: Rule, indicator: Indicator, sample: Sequence[float]) -> tuple[float | None, float | None]:
    bounds = rule.bounds
    if bounds is None:
        return None, None
    if not bounds.from_sample:
        return bounds.worst, bounds.best
    if not len(sample):
        return None, None
    low, high = min(sample), max(sample)
    return (high, low) if indicator.direction == "lower" else (low, high)


def _range(rule: Rule, indicator: Indicator, sample: Sequence[float], target: float | None) -> tuple[float, float]:
    """From the least to the greatest value that matters to the rule or was reported, and a little beyond."""
    marks = list(sample)
    bounds = rule.bounds
    if bounds is not None and bounds.worst is not None and bounds.best is not None:
        marks += [bounds.worst, bounds.best]
    marks += list(indicator.ideal or ())
    marks += list(getattr(rule, "edges", ()))
    if target is not None:
        marks.append(target)
    if not marks:
        marks = [v for v in indicator.valid or () if v is not None] or [0.0, 100.0]
    low, high = min(marks), max(marks)
    room = (high - low) * 0.12 or max(abs(high), 1.0) * 0.2
    limits = indicator.valid or (None, None)
    start = low - room if limits[0] is None else max(low - room, limits[0])
    end = high + room if limits[1] is None else min(high + room, limits[1])
    return (start, end) if end > start else (low - room, high + room)


def _full_marks(scheme: Scheme, indicator: Indicator) -> float:
    """Nominal points of an indicator: its share of its group, the group's of the whole, times the scheme's full."""
    path = next(path for path, node in scheme.walk() if isinstance(node, Indicator) and node.id == indicator.id)
    share = scheme.full
    siblings: Sequence[object] = scheme.groups
    for group in path:
        share *= group.own_weight / (sum(_weight(n) for n in siblings) or 1)
        siblings = group.children
    return share * indicator.weight / (sum(_weight(n) for n in siblings) or 1)


def _weight(node: object) -> float:
    return float(getattr(node, "own_weight", None) or getattr(node, "weight", 0.0) or 0.0)
