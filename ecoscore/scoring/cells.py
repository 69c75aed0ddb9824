"""Rules applied: from values to individual scores, one kernel call for all indicators that share a rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.observation import Status
from ecoscore.model.result import Override
from ecoscore.model.rule import Array, Terms
from ecoscore.model.scheme import Direction, Scheme
from ecoscore.rules import measure
from ecoscore.scoring.inputs import Inputs
from ecoscore.scoring.sample import Sample, describe, nothing


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """[D, I] arrays: what the rules gave, its two parts, the score that counts, and why they differ."""

    change: Array
    level_sample: Sample
    change_sample: Sample
    level: Array
    progress: Array
    by_rule: Array
    individual: Array
    override: NDArray[np.uint8]
    binding_missed: NDArray[np.bool_]


def score_cells(inputs: Inputs, scheme: Scheme, full: Array) -> Scored:
    """Individual scores 0-100; NaN exactly where an indicator is left out for a district. `full` [1, I] points."""
    level_sample = _level_sample(inputs.value, scheme)
    change = _changes(inputs, scheme, level_sample)
    change_sample = _change_sample(change, scheme)
    level, progress, by_rule = _apply(inputs, scheme, full, change, level_sample, change_sample)
    individual, override, missed = _override(inputs, scheme, full, by_rule)
    return Scored(change, level_sample, change_sample, level, progress, by_rule, individual, override, missed)


def _level_sample(values: Array, scheme: Scheme) -> Sample:
    rules = [i.rule for i in scheme.indicators]
    return describe(
        values,
        [r.bounds for r in rules],
        [-1 if i.direction is Direction.LOWER else 1 for i in scheme.indicators],
        [_ideal(i.rule) if i.direction is Direction.RANGE else None for i in scheme.indicators],
        ["rank" in r.uses for r in rules],
    )


def _ideal(rule: object) -> tuple[float, float] | None:
    span = getattr(rule, "span", None)
    return None if span is None else span.ideal


def _changes(inputs: Inputs, scheme: Scheme, sample: Sample) -> Array:
    if not any(i.rule.progress for i in scheme.indicators):
        return np.broadcast_to(np.nan, inputs.value.shape)
    change = np.full_like(inputs.value, np.nan)
    for kind in ("absolute", "relative", "gap"):
        at = [n for n, i in enumerate(scheme.indicators) if i.rule.progress and i.rule.progress.measure == kind]
        if at:
            change[:, at] = measure.compute(kind, inputs.value[:, at], inputs.baseline[:, at], sample.best[:, at])
    return change


def _change_sample(change: Array, scheme: Scheme) -> Sample:
    parts = [i.rule.progress for i in scheme.indicators]
    if not any(parts):
        return nothing(change.shape)
    return describe(
        change,
        [p.rule.bounds if p else None for p in parts],
        [p.toward if p else 1 for p in parts],
        [None] * len(parts),
        [bool(p and "rank" in p.rule.uses) for p in parts],
    )


def _apply(
    inputs: Inputs, scheme: Scheme, full: Array, change: Array, level_sample: Sample, change_sample: Sample
) -> tuple[Array, Array, Array]:
    shape = inputs.value.shape
    compares = any(i.rule.progress for i in scheme.indicators)
    level = np.empty(shape)
    by_rule = np.empty(shape) if compares else level
    progress = np.full(shape, np.nan) if compares else np.broadcast_to(np.nan, shape)
    batches: dict[object, list[int]] = {}
    for n, indicator in enumerate(scheme.indicators):
        batches.setdefault(indicator.rule.batch_key(), []).append(n)
    for columns in batches.values():
        # A slice instead of an index list spares a copy of every array where a batch lies together.
        together = columns == list(range(columns[0], columns[-1] + 1))
        at = slice(columns[0], columns[-1] + 1) if together else columns
        rule = scheme.indicators[columns[0]].rule
        terms = Terms(
            inputs.value[:, at],
            inputs.baseline[:, at],
            inputs.target[:, at],
            level_sample.worst[:, at],
            level_sample.best[:, at],
            level_sample.mean[:, at],
            level_sample.rank[:, at],
            level_sample.count[:, at],
            full[:, at],
            _change_terms(change, change_sample, at) if rule.progress else None,
        )
        level[:, at], part = rule.parts(terms)
        if rule.progress:
            progress[:, at] = part
        if compares:
            by_rule[:, at] = rule.whole(level[:, at], part)
    return level, progress, by_rule


def _change_terms(change: Array, sample: Sample, at: slice | list[int]) -> Terms[Array]:
    return Terms(
        change[:, at],
        worst=sample.worst[:, at],
        best=sample.best[:, at],
        mean=sample.mean[:, at],
        rank=sample.rank[:, at],
        count=sample.count[:, at],
    )


def _override(
    inputs: Inputs, scheme: Scheme, full: Array, by_rule: Array
) -> tuple[Array, NDArray[np.uint8], NDArray[np.bool_]]:
    """Put the states that are not a rule's business on top of what the rules gave."""
    status, override = inputs.status, np.zeros(inputs.status.shape, dtype=np.uint8)
    missing = status == Status.MISSING
    override[status == Status.NO_DATA] = Override.NO_DATA
    override[(status == Status.NOT_APPLICABLE) | (status == Status.NOT_CONCERNED)] = Override.LEFT_OUT
    # An indicator outside the index (no full marks) may be missing under any policy: it is left out.
    outside = full == 0
    codes = {"zero": Override.MISSING_ZERO, "floor": Override.MISSING_FLOOR, "reweight": Override.LEFT_OUT}
    code = codes.get(scheme.missing, Override.LEFT_OUT)
    override[missing] = code
    override[missing & outside] = Override.LEFT_OUT
    missed = _binding_missed(inputs, scheme)
    if scheme.binding is not None and scheme.binding.zero_item:
        override[missed] = Override.BINDING_MISSED
    individual = by_rule.copy()
    if any(i.cap is not None for i in scheme.indicators):
        individual = np.fmin(individual, np.array([[np.nan if i.cap is None else i.cap for i in scheme.indicators]]))
        individual[np.isnan(by_rule)] = np.nan
    lowest = np.broadcast_to(np.array([[i.rule.lowest for i in scheme.indicators]]), individual.shape)
    individual[override == Override.NO_DATA] = scheme.no_data_score
    individual[override == Override.LEFT_OUT] = np.nan
    individual[(override == Override.MISSING_ZERO) | (override == Override.BINDING_MISSED)] = 0.0
    floor = override == Override.MISSING_FLOOR
    individual[floor] = lowest[floor]
    return individual, override, missed


def _binding_missed(inputs: Inputs, scheme: Scheme) -> NDArray[np.bool_]:
    """Where a binding indicator's value is worse than its target; never where either is unknown."""
    missed = np.zeros(inputs.status.shape, dtype=np.bool_)
    if scheme.binding is None:
        return missed
    for n, indicator in enumerate(scheme.indicators):
        if indicator.binding and indicator.direction is not Direction.RANGE:
            gap = inputs.value[:, n] - inputs.target[:, n]
            missed[:, n] = gap > 0 if indicator.direction is Direction.LOWER else gap < 0
    return missed
