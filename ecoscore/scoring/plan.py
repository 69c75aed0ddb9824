"""A scheme compiled for scoring: all that depends on the scheme alone, laid out as arrays once and kept with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.kept import kept
from ecoscore.model.observation import Status
from ecoscore.model.result import Override
from ecoscore.model.rule import Array, MeasureKind, Rule
from ecoscore.model.scheme import Direction, Indicator, Scheme
from ecoscore.scoring.sample import Sample, SampleSpec, nothing_of
from ecoscore.scoring.tree import Tree, tree_of

Columns = slice | list[int]
_SHAPES = 4  # sizes of tables remembered
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Batch:
    """Indicators that one kernel call serves."""

    rule: Rule
    at: Columns
    compares: bool


@dataclass(frozen=True, slots=True, eq=False)
class Constants:
    """Read-only pages that look the same for every table of one size: nothing [D, I], no override, full marks."""

    nothing: Array
    no_sample: Sample
    untouched: NDArray[np.uint8]
    weight: Array
    group_weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """What is looked for in each column, [I] each: bounds of what is reasonable, and which columns a defect touches."""

    low: Array
    high: Array
    needs_target: NDArray[np.bool_]
    logged: NDArray[np.bool_]
    compares: NDArray[np.bool_]
    bounded: bool
    asks_target: bool
    asks_log: bool
    asks_baseline: bool


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """`full` [1, I] nominal full marks; `targets` [1, I] the scheme's own; `codes` what a status does to a score.

    `outside` [I]: without weight in the total. `idle` [I]: nor read by anything else that counts, so that nobody needs
    to be told of what is lacking there. `by_sample`: the titles of indicators whose changes are held against one another.
    `joint`: column, the columns that must improve with it, which are better lower.
    """

    scheme: Scheme
    ids: tuple[str, ...]
    tree: Tree
    full: Array
    batches: tuple[Batch, ...]
    level: SampleSpec
    change: SampleSpec
    measures: tuple[tuple[MeasureKind, Columns], ...]
    joint: tuple[tuple[int, list[int], list[bool]], ...]
    checks: Checks
    targets: Array
    has_targets: bool
    milestones: bool
    caps: Array | None
    lowest: Array
    codes: NDArray[np.uint8]
    outside: NDArray[np.bool_]
    idle: NDArray[np.bool_]
    binding: tuple[list[int], NDArray[np.bool_]] | None
    by_sample: tuple[str, ...]
    rolls_up: bool
    derives: bool
    _columns: dict[tuple[str, ...], Columns] = field(default_factory=dict)
    _constants: dict[int, Constants] = field(default_factory=dict)

    @property
    def compares(self) -> bool:
        return bool(self.measures)

    def columns(self, indicators: tuple[str, ...]) -> Columns:
        """Where each indicator of the scheme stands among the columns of a dataset; -1 where it does not."""
        found = self._columns.get(indicators)
        if found is None:
            at = {name: n for n, name in enumerate(indicators)}
            columns = [at.get(name, -1) for name in self.ids]
            found = run(columns) if min(columns) >= 0 else columns
            _remember(self._columns, indicators, found)
        return found

    def constants(self, districts: int) -> Constants:
        found = self._constants.get(districts)
        if found is None:
            shape, groups = (districts, len(self.ids)), (districts, len(self.scheme.all_groups))
            nothing = np.broadcast_to(np.nan, shape)
            found = Constants(
                nothing,
                nothing_of(nothing),
                np.broadcast_to(np.uint8(Override.NONE), shape),
                np.broadcast_to(self.tree.weight, shape),
                np.broadcast_to(self.tree.group_weight, groups),
            )
            _remember(self._constants, districts, found)
        return found


def _remember(held: dict[K, V], key: K, value: V) -> None:
    if len(held) >= _SHAPES:
        held.clear()
    held[key] = value


def plan_of(scheme: Scheme) -> Plan:
    """The plan of a scheme, made at its first use; a scheme never changes, so neither does its plan."""
    return kept(scheme, _compile)


def _compile(scheme: Scheme) -> Plan:
    indicators, tree = scheme.indicators, tree_of(scheme)
    rules = [i.rule for i in indicators]
    caps = _row(indicators, lambda i: i.cap)
    return Plan(
        scheme,
        tuple(i.id for i in indicators),
        tree,
        tree.weight,
        _batches(rules),
        _level_spec(indicators),
        _change_spec(rules),
        _measures(rules),
        tuple(_joint(scheme)),
        _checks(indicators),
        _row(indicators, lambda i: i.target),
        any(i.target is not None for i in indicators),
        any(i.milestones for i in indicators),
        None if np.isnan(caps).all() else caps,
        _row(indicators, lambda i: i.rule.lowest),
        _codes(scheme),
        tree.weight[0] == 0,
        (tree.weight[0] == 0) & ~_read_elsewhere(scheme),
        _binding(scheme),
        tuple(i.title for i in indicators if i.rule.progress is not None and i.rule.progress.by_sample),
        any(q.over_periods != "annual" or q.over_districts != "own" for q in scheme.reported),
        any(i.formula is not None for i in indicators),
    )


def _row(indicators: Sequence[Indicator], figure: Callable[[Indicator], float | None]) -> Array:
    """[1, I], NaN where an indicator has no such figure."""
    return np.array([[np.nan if (found := figure(i)) is None else found for i in indicators]], dtype=np.float64)


def _batches(rules: Sequence[Rule]) -> tuple[Batch, ...]:
    together: dict[object, list[int]] = {}
    for n, rule in enumerate(rules):
        together.setdefault(rule.batch_key(), []).append(n)
    return tuple(Batch(rules[at[0]], run(at), rules[at[0]].progress is not None) for at in together.values())


def run(at: list[int]) -> Columns:
    """A slice where columns lie together: it spares a copy of every array."""
    return slice(at[0], at[-1] + 1) if at == list(range(at[0], at[-1] + 1)) else at


def _level_spec(indicators: Sequence[Indicator]) -> SampleSpec:
    rules = [i.rule for i in indicators]
    return SampleSpec.of(
        [r.bounds for r in rules],
        [-1 if i.direction is Direction.LOWER else 1 for i in indicators],
        [_ideal(i.rule) if i.direction is Direction.RANGE else None for i in indicators],
        ["rank" in r.uses for r in rules],
    )


def _ideal(rule: object) -> tuple[float, float] | None:
    span = getattr(rule, "span", None)
    return None if span is None else span.ideal


def _change_spec(rules: Sequence[Rule]) -> SampleSpec:
    parts = [r.progress for r in rules]
    return SampleSpec.of(
        [p.rule.bounds if p else None for p in parts],
        [p.toward if p else 1 for p in parts],
        [None] * len(parts),
        [p is not None and "rank" in p.rule.uses for p in parts],
    )


def _measures(rules: Sequence[Rule]) -> tuple[tuple[MeasureKind, Columns], ...]:
    kinds: tuple[MeasureKind, ...] = ("absolute", "relative", "gap")
    at = {kind: [n for n, r in enumerate(rules) if r.progress and r.progress.measure == kind] for kind in kinds}
    return tuple((kind, run(columns)) for kind, columns in at.items() if columns)


def _joint(scheme: Scheme) -> Iterator[tuple[int, list[int], list[bool]]]:
    at = {i.id: n for n, i in enumerate(scheme.indicators)}
    for n, indicator in enumerate(scheme.indicators):
        part = indicator.rule.progress
        if part is not None and part.together:
            columns = [n, *(at[other] for other in part.together)]
            yield n, columns, [scheme.indicators[c].direction is Direction.LOWER for c in columns]


def _checks(indicators: Sequence[Indicator]) -> Checks:
    valid = [i.valid or (None, None) for i in indicators]
    needs_target = ["target" in i.rule.uses for i in indicators]
    logged = [i.transform == "log" for i in indicators]
    compares = [i.rule.progress is not None or "baseline" in i.rule.uses for i in indicators]
    return Checks(
        np.array([-np.inf if low is None else low for low, _ in valid]),
        np.array([np.inf if high is None else high for _, high in valid]),
        np.array(needs_target, dtype=np.bool_),
        np.array(logged, dtype=np.bool_),
        np.array(compares, dtype=np.bool_),
        any(i.valid is not None for i in indicators),
        any(needs_target),
        any(logged),
        any(compares),
    )


def _codes(scheme: Scheme) -> NDArray[np.uint8]:
    """Override by status."""
    policies = {"zero": Override.MISSING_ZERO, "floor": Override.MISSING_FLOOR}
    codes = np.zeros(max(Status) + 1, dtype=np.uint8)
    codes[Status.MISSING] = policies.get(scheme.missing, Override.LEFT_OUT)
    codes[Status.NO_DATA] = Override.NO_DATA
    codes[Status.NOT_APPLICABLE] = codes[Status.NOT_CONCERNED] = Override.LEFT_OUT
    return codes


def _read_elsewhere(scheme: Scheme) -> NDArray[np.bool_]:
    """Which indicators [I] decide about bonuses, binding targets or money, whatever they weigh."""
    read = {name for item in scheme.adjustments for name in item.all_improved}
    read |= {name for i in scheme.indicators if i.rule.progress for name in i.rule.progress.together}
    if scheme.compensation is not None:
        read |= {item.indicator for item in scheme.compensation.items}
    binds = scheme.binding is not None
    return np.array([i.id in read or (binds and i.binding) for i in scheme.indicators], dtype=np.bool_)


def _binding(scheme: Scheme) -> tuple[list[int], NDArray[np.bool_]] | None:
    """Columns whose target binds, and which of them are better the lower."""
    if scheme.binding is None:
        return None
    at = [n for n, i in enumerate(scheme.indicators) if i.binding and i.direction is not Direction.RANGE]
    return at, np.array([scheme.indicators[n].direction is Direction.LOWER for n in at], dtype=np.bool_)
