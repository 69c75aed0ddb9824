"""What a scheme needs of a dataset for one period, laid out on the scheme's indicators, with what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Indicator, Scheme
from ecoscore.model.term import Term
from ecoscore.scoring.baseline import baselines

_MANY = 50
S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Arrays [D, I] on the scheme's indicators: value and baseline (NaN unless reported), status, target.

    `baselines` holds each district's baseline period, None where the scheme looks at one period only.
    """

    districts: tuple[District, ...]
    value: Array
    status: NDArray[np.uint8]
    target: Array
    baseline: Array
    baselines: tuple[Period | None, ...]
    findings: tuple[Finding, ...]


def gather(dataset: Dataset, scheme: Scheme, period: Period, full: Array, terms: Sequence[Term] = ()) -> Inputs:
    """Lay a period and its baselines out; infer NO_DATA; check what the rules cannot take. `full` [1, I] points."""
    columns = [dataset.indicators.index(i.id) if i.id in dataset.indicators else -1 for i in scheme.indicators]
    values, states, targets = dataset.page(period)
    value = _pick(values, columns, np.nan)
    status = _pick(states, columns, np.uint8(Status.MISSING))
    findings: list[Finding] = []
    status = _infer_no_data(status, scheme, period, findings)
    periods, unknown = baselines(dataset.districts, scheme, period, terms)
    findings += unknown
    inputs = Inputs(
        dataset.districts,
        value,
        status,
        _targets(_pick(targets, columns, np.nan), scheme, period),
        _baseline_values(dataset, scheme, period, periods, columns, findings),
        periods,
        (),
    )
    return replace(inputs, findings=(*findings, *_check(inputs, scheme, period, full)))


def _targets(targets: Array, scheme: Scheme, period: Period) -> Array:
    """Per-district targets, else the scheme's; a five-year target becomes what is due in the year."""
    general = np.array([np.nan if i.target is None else i.target for i in scheme.indicators])
    targets = np.where(np.isnan(targets), general, targets)
    if any(i.milestones for i in scheme.indicators):
        targets = targets * np.array([[i.target_in(period.year, 1.0) for i in scheme.indicators]])
    return targets


def _baseline_values(
    dataset: Dataset,
    scheme: Scheme,
    period: Period,
    periods: tuple[Period | None, ...],
    columns: list[int],
    findings: list[Finding],
) -> Array:
    """Each district's values in its own baseline period, those of another basis dropped."""
    baseline: Array = np.broadcast_to(np.nan, (len(dataset.districts), len(columns)))
    for base_period in sorted({p for p in periods if p is not None}):
        rows = np.array([p == base_period for p in periods])
        page = _pick(dataset.page(base_period)[0], columns, np.nan)
        page = _drop_other_basis(dataset, scheme, (period, base_period), rows, page, findings)
        baseline = page if rows.all() else np.where(rows[:, np.newaxis], page, baseline)
    return baseline


def _pick(page: NDArray[S], columns: list[int], fill: float | S) -> NDArray[S]:
    if columns == list(range(page.shape[1])):
        return page
    padded = np.concatenate([page, np.full((page.shape[0], 1), fill, dtype=page.dtype)], axis=1)
    return np.ascontiguousarray(padded[:, columns])


def _infer_no_data(
    status: NDArray[np.uint8], scheme: Scheme, period: Period, findings: list[Finding]
) -> NDArray[np.uint8]:
    """An indicator that several districts owe and none has reported has no data at all (公报附注二), not a defaulter each."""
    missing, reported = status == Status.MISSING, status == Status.REPORTED
    nobody = ~reported.any(axis=0) & (missing.sum(axis=0) >= 2)
    if not nobody.any():
        return status
    for i in np.flatnonzero(nobody):
        indicator = scheme.indicators[i]
        findings.append(
            Finding(
                Severity.WARNING,
                "no_data",
                f"{period.title}各单位都没有“{indicator.title}”的数据，个体指数按 {scheme.no_data_score:g} 计，权重保留",
                "如果是漏了导入，请先导入再评分",
                indicator=indicator.id,
                period=str(period),
            )
        )
    return np.where(missing & nobody, np.uint8(Status.NO_DATA), status)


def _drop_other_basis(
    dataset: Dataset,
    scheme: Scheme,
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
    for d in map(int, np.flatnonzero(rows)):
        name = dataset.districts[d].name
        for i, indicator in enumerate(scheme.indicators):
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


def _check(inputs: Inputs, scheme: Scheme, period: Period, full: Array) -> list[Finding]:
    """Errors stop scoring; warnings go with the result."""
    found: list[Finding] = []
    for i, indicator in enumerate(scheme.indicators):
        reported = inputs.status[:, i] == Status.REPORTED
        missing = inputs.status[:, i] == Status.MISSING
        column = inputs.value[:, i]
        if missing.any():
            refuse = scheme.missing == "refuse" and full[0, i] > 0
            found += _each(
                inputs,
                missing,
                indicator,
                period,
                "missing",
                Severity.ERROR if refuse else Severity.WARNING,
                "应报未报",
                "请补报；确不适用的，标为不适用并写明依据",
            )
        if "target" in indicator.rule.uses:
            without = reported & np.isnan(inputs.target[:, i])
            found += _each(
                inputs,
                without,
                indicator,
                period,
                "no_target",
                Severity.ERROR,
                "没有目标值，无法按目标计分",
                "请导入目标值，或在方案里写 target",
            )
        if indicator.transform == "log":
            found += _each(
                inputs,
                reported & ~(column > 0),
                indicator,
                period,
                "log_of_nonpositive",
                Severity.ERROR,
                "不大于 0，不能取对数",
                "请核对数值",
            )
        found += _outside(inputs, i, indicator, reported, period)
        if _compares(indicator):
            none = reported & np.isnan(inputs.baseline[:, i])
            refuse = scheme.no_baseline == "refuse"
            found += _each(
                inputs,
                none,
                indicator,
                period,
                "no_baseline",
                Severity.ERROR if refuse else Severity.WARNING,
                f"没有基期的值，{'不能评分' if refuse else '只计水平分'}",
                "请导入基期数据",
            )
    return found


def _compares(indicator: Indicator) -> bool:
    return indicator.rule.progress is not None or "baseline" in indicator.rule.uses


def _outside(
    inputs: Inputs, i: int, indicator: Indicator, reported: NDArray[np.bool_], period: Period
) -> list[Finding]:
    column = inputs.value[:, i]
    found = _each(
        inputs,
        reported & ~np.isfinite(column),
        indicator,
        period,
        "not_finite",
        Severity.ERROR,
        "不是有限的数",
        "请核对数值",
    )
    if indicator.valid is not None:
        low, high = indicator.valid
        outside = (column < (-np.inf if low is None else low)) | (column > (np.inf if high is None else high))
        span = f"{'' if low is None else f'{low:g}'}—{'' if high is None else f'{high:g}'}"
        found += _each(
            inputs,
            reported & outside,
            indicator,
            period,
            "out_of_range",
            Severity.WARNING,
            f"超出合理范围 {span}",
            "请核对数值和单位",
        )
    return found


def _each(
    inputs: Inputs,
    rows: NDArray[np.bool_],
    indicator: Indicator,
    period: Period,
    code: str,
    severity: Severity,
    what: str,
    advice: str,
) -> list[Finding]:
    """One finding a district, or one in sum where there are too many to read."""
    at = np.flatnonzero(rows)
    if at.size > _MANY:
        names = "、".join(inputs.districts[d].name for d in at[:5])
        return [
            Finding(
                severity,
                code,
                f"{at.size} 个单位的“{indicator.title}”{what}：{names} 等",
                advice,
                indicator=indicator.id,
                period=str(period),
            )
        ]
    return [
        Finding(
            severity,
            code,
            f"{inputs.districts[d].name}{period.title}“{indicator.title}”{what}",
            advice,
            district=inputs.districts[d].name,
            indicator=indicator.id,
            period=str(period),
        )
        for d in at
    ]
