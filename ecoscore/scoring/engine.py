"""Scoring one period of a dataset under a scheme: the one entry, from values to grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

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
from ecoscore.rules.ranking import rank_descending
from ecoscore.rules.rounding import round_array
from ecoscore.scoring.cells import Scored, score_cells
from ecoscore.scoring.inputs import Inputs, gather
from ecoscore.scoring.layers import Adjusted, adjust
from ecoscore.scoring.prepare import prepare
from ecoscore.scoring.tree import Aggregated, aggregate, nominal_full


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
    full = nominal_full(scheme)
    ready = prepare(dataset, scheme, period, terms, level)
    inputs = gather(ready.dataset, scheme, period, full, terms)
    inputs = replace(inputs, findings=(*ready.findings, *inputs.findings))
    if not inputs.districts:
        raise InputRefused("考核文件里还没有区县，无法评分", "请先添加区县或导入数据")
    if errors := [f for f in inputs.findings if f.is_error]:
        more = f"等 {len(errors)} 处" if len(errors) > 1 else ""
        raise InputRefused(f"{period.title}不能评分：{errors[0].message}{more}", errors[0].advice, errors)
    scored = score_cells(inputs, scheme, full)
    summed = aggregate(scored.individual, scheme)
    adjusted = adjust(inputs, scored, summed.weight, scheme, period, events)
    result = _result(inputs, scheme, period, full, scored, summed, adjusted)
    if ready.quantities is not None:
        result = replace(result, quantities=ready.quantities)
    return replace(result, remarks=ready.remarks) if ready.remarks else result


def _result(
    inputs: Inputs, scheme: Scheme, period: Period, full: Array, scored: Scored, summed: Aggregated, adjusted: Adjusted
) -> Result:
    points = np.where(summed.weight > 0, summed.weight * scored.individual, 0.0) / 100.0
    level, change = scored.level_sample, scored.change_sample
    cells = CellArrays(
        value=inputs.value,
        status=inputs.status,
        baseline=inputs.baseline,
        target=inputs.target,
        change=scored.change,
        worst=level.worst,
        best=level.best,
        mean=level.mean,
        count=level.count,
        rank=level.rank,
        progress_worst=change.worst,
        progress_best=change.best,
        progress_mean=change.mean,
        progress_count=change.count,
        progress_rank=change.rank,
        level=scored.level,
        progress=scored.progress,
        by_rule=scored.by_rule,
        full=full,
        override=scored.override,
        individual=scored.individual,
        weight=summed.weight,
        points=points,
    )
    return Result(
        scheme,
        period,
        inputs.districts,
        cells,
        GroupArrays(summed.group_index, summed.group_weight),
        _layers(inputs.districts, scheme, summed, adjusted),
        inputs.baselines,
        adjusted.applied,
        (*inputs.findings, *adjusted.findings),
        round_array(points, scheme.decimals, scheme.rounding),
    )


def _layers(districts: tuple[District, ...], scheme: Scheme, summed: Aggregated, adjusted: Adjusted) -> LayerArrays:
    base = scheme.full * summed.root / 100.0
    exact = base + adjusted.bonus - adjusted.deduction
    if scheme.total_cap is not None or scheme.total_least is not None:
        exact = np.clip(exact, scheme.total_least, scheme.total_cap)
    total = round_array(exact, scheme.decimals, scheme.rounding)
    earned = grades_of(total, scheme.grades)
    by_district: dict[str, list[AppliedAdjustment]] = {}
    for one in adjusted.applied:
        by_district.setdefault(one.district, []).append(one)
    graded = [
        _grade(earned[n], by_district[d.name], scheme) if d.name in by_district else (earned[n], None)
        for n, d in enumerate(districts)
    ]
    return LayerArrays(
        base=base,
        base_rounded=round_array(base, scheme.decimals, scheme.rounding),
        bonus=adjusted.bonus,
        deduction=adjusted.deduction,
        total_exact=exact,
        total=total,
        rank=_ranks(districts, total) if not scheme.unranked else np.zeros(len(districts), dtype=np.int64),
        binding_missed=adjusted.binding_missed,
        earned_grade=earned,
        grade=tuple(g for g, _ in graded),
        grade_reason=tuple(reason for _, reason in graded),
    )


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


def _ranks(districts: tuple[District, ...], total: Array) -> NDArray[np.int64]:
    """Ranks inside level and peer group, by the rounded total."""
    ranks = np.zeros(len(districts), dtype=np.int64)
    peers: dict[tuple[object, str | None], list[int]] = {}
    for n, d in enumerate(districts):
        peers.setdefault((d.level, d.peer_group), []).append(n)
    for rows in peers.values():
        ranks[rows] = rank_descending(total[rows])
    return ranks
