"""What a district would need to reach the next grade: of each indicator the value that alone would bring it there."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ecoscore.assessment.figures import Cell, Table
from ecoscore.assessment.preview import preview
from ecoscore.errors import InputRefused
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.scheme import Direction, Grade, Indicator

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.district import Level
    from ecoscore.model.result import Result

_HALVINGS = 14
_LEAST = 1e-9

Total = Callable[[float], float]
"""The district's total where the indicator had this value and all else were as it is."""


def reach(
    assessment: Assessment,
    period: Period,
    district: str,
    level: Level | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Table:
    """Dearest first: those that can bring the next grade alone, then what the others can add at most.

    InputRefused where there is no grade above. Found by scoring the period anew with supposed values; nothing is
    written. Indicators that are computed from others, or of which there is no better and worse, are left out.
    """
    from ecoscore.reporting.view_text import difference, score_figure

    result = assessment.score(period, level)
    n = result.district_at[district]
    above = _above(result, n)
    now = float(result.layers.total[n])
    gap = difference(above.min, now)
    rows: list[tuple[bool, float, str, tuple[Cell, ...]]] = []
    best: dict[str, float] = {}
    for i, indicator in enumerate(result.indicators):
        value = float(result.cells.value[n, i])
        if cancelled() or not _can_move(indicator, value) or not result.cells.full[0, i] > 0:
            continue

        def total(supposed: float, indicator: Indicator = indicator) -> float:
            values = [Observation(district, indicator.id, period, supposed)]
            try:
                scored = preview(assessment, period, values=values, level=level)
            except InputRefused:  # a value that the scheme takes no result from
                return now
            return float(scored.layers.total[scored.district_at[district]])

        end = best[indicator.id] = _best(result, n, i)
        gain = difference(total(end), now)
        if gain <= _LEAST:
            continue
        decimals = _decimals(assessment, period, indicator.id)
        needed = _needed(total, above.min, value, end, decimals) if gain >= gap - _LEAST else None
        cells = (
            Cell(f"{'★ ' if indicator.binding else ''}{indicator.title_with_unit}"),
            Cell(f"{value:.{decimals}f}", value),
            Cell("—" if needed is None else f"{needed:.{decimals}f}", needed),
            Cell(score_figure(gain, result.scheme, signed=True).text, gain, True if needed is not None else None),
        )
        rows.append((needed is None, -gain, indicator.id, cells))
    rows.sort(key=lambda row: row[:2])
    told = f"距“{above.title}”（{above.min:g} 分）还差 {score_figure(gap, result.scheme).text} 分。"
    alone = any(not short for short, *_ in rows)
    together = [Observation(district, key, period, best[key]) for _, _, key, _ in rows]
    limited = result.layers.grade[n] != result.layers.earned_grade[n]
    notes = (
        told,
        "需达到：其他各项和其他区县都不变，只靠这一项升等次要达到的数；“—”是只靠它不够。",
        "" if alone else _several(assessment, period, together, above.min, level),
        "总分够了，等次还另有限制。" if limited else "",
    )
    headers = ("指标", "现值", "需达到", "最多可增")
    return Table(
        headers, tuple(cells for *_, cells in rows), (False, True, True, True), tuple(n for n in notes if n),
        tuple(key for _, _, key, _ in rows),
    )  # fmt: skip


def _several(
    assessment: Assessment, period: Period, best: list[Observation], wanted: float, level: Level | None
) -> str:
    """How many of them, the dearest first, are enough if each is as good as it can be."""
    for count in range(2, len(best) + 1):
        scored = preview(assessment, period, values=best[:count], level=level)
        if float(scored.layers.total[scored.district_at[best[0].district]]) >= wanted - _LEAST:
            return f"没有一项单独够；前 {count} 项都做到最好就够。"
    return "各项都做到最好也不够，还要看加分、扣分。"


def _above(result: Result, n: int) -> Grade:
    titles = [g.title for g in result.scheme.grades]
    earned = result.layers.earned_grade[n]
    if not titles or earned not in titles:
        raise InputRefused("方案没有等次", "")
    if not titles.index(earned):
        limited = result.layers.grade[n] != earned
        raise InputRefused(
            f"总分已到“{earned}”" + ("，等次另有限制，见等次的底稿" if limited else "，没有更高的等次"), ""
        )
    return result.scheme.grades[titles.index(earned) - 1]


def _can_move(indicator: Indicator, value: float) -> bool:
    return not math.isnan(value) and indicator.formula is None and indicator.direction is not Direction.RANGE


def _best(result: Result, n: int, i: int) -> float:
    """A value as good as can sensibly be supposed: within what is valid, at least the sample's and the rule's best."""
    indicator, cells = result.indicators[i], result.cells
    sign = -1.0 if indicator.direction is Direction.LOWER else 1.0
    value, column = float(cells.value[n, i]), cells.value[:, i]
    held = column[~np.isnan(column)]
    spread = float(held.max() - held.min())
    marks = [value + sign * max(spread, abs(value) / 2), float((sign * held).max() * sign)]
    bounds = indicator.rule.bounds
    marks += [b for b in ((bounds.best if bounds is not None else None), indicator.target) if b is not None]
    best = max(marks, key=lambda mark: sign * mark)
    if sign < 0 and held.min() >= 0:
        best = max(best, 0.0)
    low, high = indicator.valid or (None, None)
    if sign > 0 and high is not None:
        best = min(best, high)
    if sign < 0 and low is not None:
        best = max(best, low)
    return best


def _needed(total: Total, wanted: float, value: float, end: float, decimals: int) -> float | None:
    """The value nearest to today's that brings the total, with the decimals the indicator is reported in."""
    short, enough = value, end
    for _ in range(_HALVINGS):
        middle = (short + enough) / 2
        if total(middle) >= wanted - _LEAST:
            enough = middle
        else:
            short = middle
    step = 10.0**decimals
    rounded = (math.ceil(enough * step - _LEAST) if end > value else math.floor(enough * step + _LEAST)) / step
    return rounded if total(rounded) >= wanted - _LEAST else enough


def _decimals(assessment: Assessment, period: Period, indicator: str) -> int:
    """As many as the period's values were written with, two where that cannot be seen."""
    held = [o.value for (_, i), o in assessment.observations(period).items() if i == indicator and o.value is not None]
    return max((len(f"{v:.10g}".partition(".")[2]) for v in held), default=2)
