"""From results to charts of one district: an indicator's course over the years, and how one total became the next."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ecoscore.model.period import Period
from ecoscore.model.result import Result, plain
from ecoscore.model.scheme import Indicator
from ecoscore.reporting.charts import Drawing
from ecoscore.reporting.charts_change import Moment, Step, trend, waterfall
from ecoscore.reporting.view_text import aligned, difference, fixed
from ecoscore.rules.wording import minus

Course = Sequence[tuple[Period, float]]


def trend_chart(
    indicator: Indicator, course: Course, width: float, height: float, *, target: float = math.nan
) -> Drawing:
    """The values of an indicator, oldest first, with the target of the last period as a line."""
    figures = aligned(value for _, value in course)
    moments = [
        Moment(_short(period), value, figure.text) for (period, value), figure in zip(course, figures, strict=True)
    ]
    return trend(
        moments, width, height, title=indicator.title_with_unit, target=target,
        target_text="" if math.isnan(target) else f"目标{minus(plain(target))}",
    )  # fmt: skip


def _short(period: Period) -> str:
    return str(period.year) if period.kind == "year" else str(period)


def contribution_steps(result: Result, previous: Result, district: str) -> list[Step]:
    """What each outermost group, bonus and deduction added to the total since the earlier result.

    Where groups are not summed (geometric mean, least), or a total is bounded, what they leave unexplained is a step
    of its own. Nothing where the two results cannot be compared.
    """
    scheme = result.scheme
    if (previous.scheme.id, previous.scheme.edition) != (scheme.id, scheme.edition):
        return []
    if district not in previous.district_at or district not in result.district_at:
        return []
    d, p = result.district_at[district], previous.district_at[district]
    now, then = float(result.layers.total[d]), float(previous.layers.total[p])
    if math.isnan(now) or math.isnan(then):
        return []
    top = [(g, node) for g, node in enumerate(result.groups_in_order) if node in scheme.groups]

    def points(found: Result, row: int, g: int) -> float:
        value = float(found.group_cells.weight[row, g]) * float(found.group_cells.index[row, g]) / 100
        return 0.0 if math.isnan(value) else value

    parts = [(node.title, points(result, d, g) - points(previous, p, g)) for g, node in top]
    parts.append(("加分", float(result.layers.bonus[d]) - float(previous.layers.bonus[p])))
    parts.append(("扣分", float(previous.layers.deduction[p]) - float(result.layers.deduction[d])))
    rest = difference(now, then) - sum(delta for _, delta in parts)
    if abs(rest) >= 0.5 * 10.0**-scheme.decimals * (len(parts) + 1):
        parts.append(("合成方式", rest))
    return [Step(title, delta, fixed(delta, scheme.decimals, scheme, signed=True)) for title, delta in parts]


def waterfall_chart(result: Result, previous: Result, district: str, width: float, height: float) -> Drawing | None:
    """From the earlier total to this one; None where they cannot be compared."""
    steps = contribution_steps(result, previous, district)
    if not steps:
        return None
    then = float(previous.layers.total[previous.district_at[district]])
    now = float(result.layers.total[result.district_at[district]])
    scheme = result.scheme
    start = f"{previous.period.title}总分", then, fixed(then, scheme.decimals, scheme)
    end = f"{result.period.title}总分", now, fixed(now, scheme.decimals, scheme)
    return waterfall(start, steps, end, width, height, title=f"{district}总分变化的构成")
