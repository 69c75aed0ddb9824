"""What a scheme needs of a dataset for one period, laid out on the scheme's indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.rule import Array
from ecoscore.scoring.plan import Columns, Plan
from ecoscore.scoring.sample import Sample, describe

S = TypeVar("S", bound=np.generic)
_REPORTED = np.uint8(Status.REPORTED)


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Arrays [D, I] on the scheme's indicators: value and baseline (NaN unless reported), status, target.

    `baselines` holds each district's baseline period, None where the scheme looks at one period only. `sample` are the
    figures of `value`. `complete`: every cell is reported.
    """

    districts: tuple[District, ...]
    value: Array
    status: NDArray[np.uint8]
    target: Array
    baseline: Array
    baselines: tuple[Period | None, ...]
    sample: Sample
    complete: bool
    findings: tuple[Finding, ...]


def gather(dataset: Dataset, plan: Plan, period: Period, baselines: tuple[Period | None, ...]) -> Inputs:
    """Lay a period and its baselines out; infer NO_DATA."""
    columns = plan.columns(dataset.indicators)
    values, states, targets = dataset.page(period)
    nothing = plan.constants(len(dataset.districts)).nothing
    value = _pick(values, columns, np.nan)
    status = _pick(states, columns, np.uint8(Status.MISSING))
    findings: list[Finding] = []
    complete = bool(np.count_nonzero(status == _REPORTED) == status.size)
    if not complete:
        status = _infer_no_data(status, plan, period, findings)
    return Inputs(
        dataset.districts,
        value,
        status,
        _targets(_pick(targets, columns, np.nan), plan, period),
        _baseline_values(dataset, plan, period, baselines, nothing, findings),
        baselines,
        describe(value, plan.level, nothing),
        complete,
        tuple(findings),
    )


def _targets(targets: Array, plan: Plan, period: Period) -> Array:
    """Per-district targets, else the scheme's; a five-year target becomes what is due in the year."""
    if plan.has_targets:
        targets = np.where(np.isnan(targets), plan.targets, targets)
    if plan.milestones:
        targets = targets * np.array([[i.target_in(period.year, 1.0) for i in plan.scheme.indicators]])
    return targets


def _baseline_values(
    dataset: Dataset,
    plan: Plan,
    period: Period,
    periods: tuple[Period | None, ...],
    nothing: Array,
    findings: list[Finding],
) -> Array:
    """Each district's values in its own baseline period, those of another basis dropped."""
    if not plan.scheme.needs_baseline:
        return nothing
    baseline, columns, one = nothing, plan.columns(dataset.indicators), periods[0]
    several = set(periods) if periods.count(one) < len(periods) else {one}
    for base_period in sorted(p for p in several if p is not None):
        rows = np.array([p == base_period for p in periods]) if len(several) > 1 else np.ones(len(periods), np.bool_)
        page = _pick(dataset.page(base_period)[0], columns, np.nan)
        page = _drop_other_basis(dataset, plan, (period, base_period), rows, page, findings)
        baseline = page if rows.all() else np.where(rows[:, np.newaxis], page, baseline)
    return baseline


def _pick(page: NDArray[S], columns: Columns, fill: float | S) -> NDArray[S]:
    if isinstance(columns, slice):
        return page[:, columns]
    padded = np.concatenate([page, np.full((page.shape[0], 1), fill, dtype=page.dtype)], axis=1)
    return np.ascontiguousarray(padded[:, columns])


def _infer_no_data(status: NDArray[np.uint8], plan: Plan, period: Period, findings: list[Finding]) -> NDArray[np.uint8]:
    """An indicator that several districts owe and none has reported has no data at all (公报附注二), not a defaulter each."""
    missing, reported = status == Status.MISSING, status == Status.REPORTED
    nobody = ~reported.any(axis=0) & (missing.sum(axis=0) >= 2)
    if not nobody.any():
        return status
    for i in np.flatnonzero(nobody & ~plan.idle):
        indicator = plan.scheme.indicators[i]
        findings.append(
            Finding(
                Severity.WARNING,
                "no_data",
                f"{period.title}各单位都没有“{indicator.title}”的数据，个体指数按 {plan.scheme.no_data_score:g} 计，权重保留",
                "如果是漏了导入，请先导入再评分",
                indicator=indicator.id,
                period=str(period),
            )
        )
    return np.where(missing & nobody, np.uint8(Status.NO_DATA), status)


def _drop_other_basis(
    dataset: Dataset,
    plan: Plan,
    periods: tuple[Period, Period],
    rows: NDArray[np.bool_],
    baseline: Array,
    findings: list[Finding],
) -> Array:
    """Values measured under two editions of a standard are never compared: the baseline is dropped, with a warning.

    `periods`: the scored one and the baseline.
    """
    if not dataset.basis:
        return baseline
    period, base_period = periods
    baseline = baseline.copy()
    d_at = {d.name: n for n, d in enumerate(dataset.districts) if rows[n]}
    i_at = {name: n for n, name in enumerate(plan.ids)}
    # Only where one of the two says what it was measured under can they differ.
    told = {
        (d_at[name], i_at[indicator])
        for when, name, indicator in dataset.basis
        if when in periods and name in d_at and indicator in i_at
    }
    for d, i in sorted(told):
        name, indicator = dataset.districts[d].name, plan.scheme.indicators[i]
        now = dataset.basis.get((period, name, indicator.id), indicator.basis)
        then = dataset.basis.get((base_period, name, indicator.id), indicator.basis)
        if now != then and not np.isnan(baseline[d, i]):
            baseline[d, i] = np.nan
            findings.append(
                Finding(
                    Severity.WARNING,
                    "basis",
                    f"{name}“{indicator.title}”两期口径不同（{base_period}：{then or '未注明'}；"
                    f"{period}：{now or '未注明'}），不作比较，只计水平分",
                    "请换算成同一口径后重新导入基期值",
                    district=name,
                    indicator=indicator.id,
                    period=str(period),
                )
            )
    return baseline
