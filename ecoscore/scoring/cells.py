"""Rules applied: from values to individual scores, one kernel call for all indicators that share a rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.observation import Status
from ecoscore.model.result import Override
from ecoscore.model.rule import Array, Terms
from ecoscore.rules import measure
from ecoscore.scoring.inputs import Inputs
from ecoscore.scoring.plan import Columns, Constants, Plan
from ecoscore.scoring.sample import Sample, describe


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """[D, I] arrays: what the rules gave, its two parts, the score that counts, and why they differ.

    `missed` is None where no target binds. Arrays that say the same may be one and the same.
    """

    change: Array
    change_sample: Sample
    level: Array
    progress: Array
    by_rule: Array
    individual: Array
    override: NDArray[np.uint8]
    missed: NDArray[np.bool_] | None
    joint: Array


def score_cells(inputs: Inputs, plan: Plan, constants: Constants) -> Scored:
    """Individual scores 0-100; NaN exactly where an indicator is left out for a district."""
    change, change_sample = constants.nothing, constants.no_sample
    if plan.compares:
        change = _changes(inputs, plan)
        change_sample = describe(change, plan.change, constants.nothing)
    joint = _joint(inputs, plan) if plan.joint else constants.nothing
    level, progress, by_rule = _apply(inputs, plan, _Change(change, change_sample, joint), constants.nothing)
    missed = _binding_missed(inputs, plan)
    override = _override(inputs, plan, missed, constants.untouched)
    individual = _individual(by_rule, plan, override, constants.untouched)
    return Scored(change, change_sample, level, progress, by_rule, individual, override, missed, joint)


def _changes(inputs: Inputs, plan: Plan) -> Array:
    change = np.full(inputs.value.shape, np.nan)
    for kind, at in plan.measures:
        change[:, at] = measure.compute(kind, inputs.value[:, at], inputs.baseline[:, at], inputs.sample.best[:, at])
    return change


def _joint(inputs: Inputs, plan: Plan) -> Array:
    """1 where all that must improve together have, 0 where one has not or cannot be shown to have."""
    joint = np.full(inputs.value.shape, np.nan)
    for i, columns, lower in plan.joint:
        gap = inputs.value[:, columns] - inputs.baseline[:, columns]
        joint[:, i] = np.where(lower, gap < 0, gap > 0).all(axis=1)
    return joint


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """The change since the baseline, its sample's figures, and whether all that must improve together have."""

    of: Array
    sample: Sample
    joint: Array

    def terms(self, at: Columns) -> Terms[Array]:
        s = self.sample
        return Terms(
            self.of[:, at],
            worst=s.worst[:, at],
            best=s.best[:, at],
            mean=s.mean[:, at],
            rank=s.rank[:, at],
            count=s.count[:, at],
            joint=self.joint[:, at],
        )


def _apply(inputs: Inputs, plan: Plan, change: _Change, nothing: Array) -> tuple[Array, Array, Array]:
    """The level and the progress part of each score, and the whole; the first is the last where nothing is compared."""
    if len(plan.batches) == 1 and not plan.compares:
        level = plan.batches[0].rule.score(_terms(inputs, plan, plan.batches[0].at))
        return level, nothing, level
    shape = inputs.value.shape
    level = np.empty(shape)
    by_rule = np.empty(shape) if plan.compares else level
    progress = np.full(shape, np.nan) if plan.compares else nothing
    for batch in plan.batches:
        at, rule = batch.at, batch.rule
        terms = _terms(inputs, plan, at, change.terms(at) if batch.compares else None)
        if batch.compares:
            level[:, at], part = rule.parts(terms)
            progress[:, at] = part
            by_rule[:, at] = rule.whole(level[:, at], part)
        else:
            level[:, at] = score = rule.score(terms)
            if plan.compares:
                by_rule[:, at] = score
    return level, progress, by_rule


def _terms(inputs: Inputs, plan: Plan, at: Columns, progress: Terms[Array] | None = None) -> Terms[Array]:
    sample = inputs.sample
    return Terms(
        inputs.value[:, at],
        inputs.baseline[:, at],
        inputs.target[:, at],
        sample.worst[:, at],
        sample.best[:, at],
        sample.mean[:, at],
        sample.rank[:, at],
        sample.count[:, at],
        plan.full[:, at],
        progress,
    )


def _override(
    inputs: Inputs, plan: Plan, missed: NDArray[np.bool_] | None, untouched: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """The states that are not a rule's business, on top of what the rules gave."""
    binding = plan.scheme.binding
    zeroes = missed is not None and binding is not None and binding.zero_item
    if inputs.complete and not zeroes:
        return untouched
    override = plan.codes[inputs.status]
    # An indicator outside the index (no full marks) may be missing under any policy: it is left out.
    if plan.outside.any():
        override[(inputs.status == Status.MISSING) & plan.outside] = Override.LEFT_OUT
    if zeroes:
        override[missed] = Override.BINDING_MISSED
    return override


def _individual(by_rule: Array, plan: Plan, override: NDArray[np.uint8], untouched: NDArray[np.uint8]) -> Array:
    """What is weighed: the rules' scores under their caps, with the overrides put in."""
    by_rule += 0.0  # a negative zero is zero: nobody understands a score of −0
    if plan.caps is None and override is untouched:
        return by_rule
    individual = by_rule.copy()
    if plan.caps is not None:
        individual = np.fmin(individual, plan.caps)
        individual[np.isnan(by_rule)] = np.nan
    if override is untouched:
        return individual
    np.copyto(individual, plan.scheme.no_data_score, where=override == Override.NO_DATA)
    np.copyto(individual, np.nan, where=override == Override.LEFT_OUT)
    zero = (override == Override.MISSING_ZERO) | (override == Override.BINDING_MISSED)
    np.copyto(individual, 0.0, where=zero)
    np.copyto(individual, plan.lowest, where=override == Override.MISSING_FLOOR)
    return individual


def _binding_missed(inputs: Inputs, plan: Plan) -> NDArray[np.bool_] | None:
    """Where a binding indicator's value is worse than its target; never where either is unknown."""
    if plan.binding is None:
        return None
    at, lower = plan.binding
    missed = np.zeros(inputs.status.shape, dtype=np.bool_)
    gap = inputs.value[:, at] - inputs.target[:, at]
    missed[:, at] = np.where(lower, gap > 0, gap < 0)
    return missed
