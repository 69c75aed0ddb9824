"""What rules and readers cannot take: gaps, targets and baselines that are lacking, numbers out of reason."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import mixed_baselines
from ecoscore.model.scheme import Indicator
from ecoscore.scoring.inputs import Inputs
from ecoscore.scoring.plan import Plan

_MANY = 50
_LARGEST = 1e100  # beyond it differences and products of ordinary arithmetic may overflow


def check(inputs: Inputs, plan: Plan, period: Period) -> list[Finding]:
    """Errors stop scoring; warnings go with the result."""
    found = [*_mixed(inputs, plan, period), *_beyond_plan(plan, period)]
    for i in np.flatnonzero(_suspects(inputs, plan)).tolist():
        found += _column(inputs, plan, i, period)
    return found


def _mixed(inputs: Inputs, plan: Plan, period: Period) -> list[Finding]:
    """Where changes since different years are held against one another: allowed (任期基期 are such), and said."""
    since = () if len(inputs.baselines) < 2 or not plan.by_sample else mixed_baselines(inputs.baselines)
    if not since:
        return []
    more = f"等 {len(plan.by_sample)} 项" if len(plan.by_sample) > 1 else ""
    return [
        Finding(
            Severity.WARNING,
            "mixed_baselines",
            f"{period.title}各单位基期不同（{'、'.join(since)}），“{plan.by_sample[0]}”{more}的改善按本期各单位相互比较，跨度不一",
            "要可比，请把改善分的上下限写成固定值，或统一基期",
            period=str(period),
        )
    ]


def _beyond_plan(plan: Plan, period: Period) -> list[Finding]:
    """Years for which a five-year target has no share: it holds in full, and that is said."""
    if not plan.milestones:
        return []
    silent = [i for i in plan.scheme.indicators if i.milestones and period.year not in dict(i.milestones)]
    return [
        Finding(
            Severity.WARNING,
            "no_milestone",
            f"“{i.title}”的五年目标没有写 {period.year} 年的进度，本期按全部五年目标计分",
            "请在方案的 milestones 里补上这一年的进度，或改用年度目标",
            indicator=i.id,
            period=str(period),
        )
        for i in silent
    ]


def _suspects(inputs: Inputs, plan: Plan) -> NDArray[np.bool_]:
    """The columns [I] in which there may be something to say: seen at a glance, before anybody is named."""
    checks, sample = plan.checks, inputs.sample
    suspects = np.zeros(len(plan.ids), dtype=np.bool_)
    if not inputs.complete:
        suspects |= (inputs.status == Status.MISSING).any(axis=0)
    if not sample.whole:
        suspects |= ((inputs.status == Status.REPORTED) & ~np.isfinite(inputs.value)).any(axis=0)
    suspects |= (sample.high > _LARGEST) | (sample.low < -_LARGEST)
    if checks.asks_target:
        suspects |= checks.needs_target & np.isnan(inputs.target).any(axis=0)
    if checks.asks_log:
        suspects |= checks.logged & ~(sample.low > 0)
    if checks.bounded:
        suspects |= (sample.low < checks.low) | (sample.high > checks.high)
    if checks.asks_baseline:
        suspects |= checks.compares & np.isnan(inputs.baseline).any(axis=0)
    return suspects


def _column(inputs: Inputs, plan: Plan, i: int, period: Period) -> list[Finding]:
    scheme, indicator, column = plan.scheme, plan.scheme.indicators[i], inputs.value[:, i]
    reported = inputs.status[:, i] == Status.REPORTED
    missing = inputs.status[:, i] == Status.MISSING
    found: list[Finding] = []
    if missing.any() and not plan.idle[i]:
        refuse = scheme.missing == "refuse" and plan.full[0, i] > 0
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
            "请导入目标值，或在方案里给这项指标写上目标值",
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
    if plan.checks.compares[i] and not plan.idle[i]:
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


def _outside(
    inputs: Inputs, i: int, indicator: Indicator, reported: NDArray[np.bool_], period: Period
) -> list[Finding]:
    column = inputs.value[:, i]
    found = _each(
        inputs,
        reported & ~(np.abs(column) <= _LARGEST),
        indicator,
        period,
        "not_finite",
        Severity.ERROR,
        "不是有限的数，或大得不能计算",
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
