"""Charts of a file for the screen: the same drawings that papers carry, as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecoscore.errors import InputRefused
from ecoscore.model.period import Period

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.reporting.charts import Drawing

_WIDTH, _HEIGHT = 442.0, 170.0


def charts_of(assessment: Assessment, period: Period) -> dict[str, Drawing]:
    """Of all districts: `ranking` (bars of the totals) and `level_progress` (存量—增量), where there is enough to draw."""
    from ecoscore.reporting.view_document import ranking_picture, scatter_chart

    result = assessment.score(period)
    bars, scatter = ranking_picture(result), scatter_chart(result)
    found = {"ranking": bars.drawing if bars else None, "level_progress": scatter}
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def district_charts_of(assessment: Assessment, period: Period, district: str) -> dict[str, Drawing]:
    """Of one district: `waterfall` from last year's total to this one, and each indicator's course by its id."""
    from ecoscore.assessment.paper_kinds import courses_of
    from ecoscore.reporting.view_charts import trend_chart, waterfall_chart

    result = assessment.score(period)
    if district not in result.district_at:
        raise InputRefused(f"{district}没有{period.title}的结果", "请选择参评的区县")
    found: dict[str, Drawing] = {}
    try:
        drawing = waterfall_chart(result, assessment.score(period.previous_year), district, _WIDTH, _HEIGHT)
    except InputRefused:
        drawing = None
    if drawing is not None:
        found["waterfall"] = drawing
    d, courses = result.district_at[district], courses_of(assessment, district, result)
    for i, indicator in enumerate(result.indicators):
        target = float(result.cells.target[d, i])
        found[indicator.id] = trend_chart(indicator, courses[indicator.id], _WIDTH / 2, _HEIGHT, target=target)
    return found
