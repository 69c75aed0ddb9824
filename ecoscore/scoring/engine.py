"""Scoring one period of a dataset under a scheme: the one entry, from values to grades."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import AppliedAdjustment, Event, Layer
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District, Level
from ecoscore.model.period import Period
from ecoscore.model.result import CellArrays, GroupArrays, LayerArrays, Result
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Scheme
from ecoscore.model.term import Term
from ecoscore.rules.grading import grades_of, worse
from ecoscore.rules.rounding import round_array
from ecoscore.scoring.cells import Scored, score_cells
from ecoscore.scoring.checks import check
from ecoscore.scoring.inputs import Inputs, gather
from ecoscore.scoring.layers import Adjusted, adjust
from ecoscore.scoring.peers import Peers, peers_of
from ecoscore.scoring.plan import Plan, plan_of
from ecoscore.scoring.prepare import prepare
from ecoscore.scoring.tree import Aggregated, aggregate


def score_dataset(
    dataset: Dataset,
    scheme: Scheme,
    period: Period,
    events: Sequence[Event] = (),
    terms: Sequence[Term] = (),
    *,
    level: Level | None = None,
) -> Result:
    """Score the districts of one level for `period`; `terms` give the baselines of a scheme with `term_start`.

    Districts of other levels only feed those above them. `level` None: the highest with more than one district.

    InputRefused with one finding a defect where the scheme cannot be applied: values owed under `missing: refuse`,
    targets or baselines that a rule needs, numbers a rule cannot take.
    """
    plan = plan_of(scheme)
    ready = prepare(dataset, plan, period, terms, level)
    if not ready.dataset.districts:
        raise InputRefused("考核文件里还没有区县，无法评分", "请先添加区县或导入数据")
    inputs = gather(ready.dataset, plan, period, ready.baselines)
    findings = (*ready.findings, *inputs.findings, *check(inputs, plan, period))
    if errors := [f for f in findings if f.is_error]:
        more = f"等 {len(errors)} 处" if len(errors) > 1 else ""
        raise InputRefused(f"{period.title}不能评分：{errors[0].message}{more}", errors[0].advice, errors)
    constants = plan.constants(len(inputs.districts))
    scored = score_cells(inputs, plan, constants)
    summed = aggregate(scored.individual, plan.tree)
    weight = constants.weight if summed.weight is None else summed.weight
    group_weight = constants.group_weight if summed.group_weight is None else summed.group_weight
    adjusted = adjust(inputs, scored, weight, scheme, period, events)
    points = _points(scored.individual, summed.weight, plan)
    return Result(
        scheme,
        period,
        inputs.districts,
        _cells(inputs, plan, scored, weight, points),
        GroupArrays(summed.group_index, group_weight),
        _layers(inputs.districts, scheme, summed, adjusted, peers_of(ready.dataset)),
        inputs.baselines,
        adjusted.applied,
        (*findings, *adjusted.findings),
        round_array(points, scheme.decimals, scheme.rounding),
        ready.remarks,
        ready.quantities,
    )


def _points(individual: Array, weight: Array | None, plan: Plan) -> Array:
    """Full marks × score; 0 where nothing is weighed. `weight` None: the plan's own, for everybody."""
    if weight is None and not plan.outside.any():
        points = plan.tree.weight * individual
    else:
        weight = plan.tree.weight if weight is None else weight
        points = np.where(weight > 0, weight * individual, 0.0)
    points /= 100.0
    return points


def _cells(inputs: Inputs, plan: Plan, scored: Scored, weight: Array, points: Array) -> CellArrays:
    level, change = inputs.sample, scored.change_sample
    return CellArrays(
        inputs.value,
        inputs.status,
        inputs.baseline,
        inputs.target,
        scored.change,
        level.worst,
        level.best,
        level.mean,
        level.count,
        level.rank,
        change.worst,
        change.best,
        change.mean,
        change.count,
        change.rank,
        scored.level,
        scored.progress,
        scored.by_rule,
        plan.full,
        scored.override,
        scored.individual,
        weight,
        points,
        scored.joint,
    )


def _layers(
    districts: tuple[District, ...], scheme: Scheme, summed: Aggregated, adjusted: Adjusted, peers: Peers
) -> LayerArrays:
    base = scheme.full * summed.root
    base /= 100.0
    base_rounded = round_array(base, scheme.decimals, scheme.rounding)
    exact = base + adjusted.bonus - adjusted.deduction
    capped = scheme.total_cap is not None or scheme.total_least is not None
    if capped:
        exact = np.clip(exact, scheme.total_least, scheme.total_cap)
    changed = capped or adjusted.applied
    total = round_array(exact, scheme.decimals, scheme.rounding) if changed else base_rounded
    earned = grades_of(total, scheme.grades)
    grade = earned
    reasons: tuple[str | None, ...] = (None,) * len(districts)
    if adjusted.applied:
        grade, reasons = _graded(districts, earned, adjusted.applied, scheme)
    return LayerArrays(
        base,
        adjusted.bonus,
        adjusted.deduction,
        exact,
        total,
        np.zeros(len(districts), dtype=np.int64) if scheme.unranked else peers.ranks(total),
        adjusted.binding_missed,
        earned,
        grade,
        reasons,
        base_rounded,
    )


def _graded(
    districts: tuple[District, ...], earned: tuple[str, ...], applied: tuple[AppliedAdjustment, ...], scheme: Scheme
) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    by_district: dict[str, list[AppliedAdjustment]] = {}
    for one in applied:
        by_district.setdefault(one.district, []).append(one)
    graded = [
        _grade(earned[n], by_district[d.name], scheme) if d.name in by_district else (earned[n], None)
        for n, d in enumerate(districts)
    ]
    return tuple(g for g, _ in graded), tuple(reason for _, reason in graded)


def _grade(earned: str, applied: list[AppliedAdjustment], scheme: Scheme) -> tuple[str, str | None]:
    """The grade after ceilings and vetoes, and why if they lowered it."""
    grade, reasons = earned, []
    for one in applied:
        if one.layer not in (Layer.CEILING, Layer.VETO) or one.grade is None:
            continue
        bound = one.grade if one.layer is Layer.VETO else worse(grade, one.grade, scheme.grades)
        bound = worse(grade, bound, scheme.grades)
        if bound != grade or one.layer is Layer.VETO:
            reasons.append(f"{one.title}：{one.ground}")
        grade = bound
    return grade, "；".join(reasons) or None
