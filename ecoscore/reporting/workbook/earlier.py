"""The period before: total and rank of each district that can be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ecoscore.model.result import Result
from ecoscore.reporting.view_common import comparison
from ecoscore.reporting.view_parts import RankingView, ScorecardView

Earlier = Mapping[str, tuple[float, float]]


def earlier_in(result: Result, previous: Result | None) -> Earlier:
    """District → total and rank then; NaN for what there is not."""
    found: dict[str, tuple[float, float]] = {}
    for district in result.districts:
        if then := comparison(result, district.name, previous):
            found[district.name] = (_number(then.total.raw), _number(then.rank))
    return found


def earlier_on_card(view: ScorecardView) -> Earlier:
    then = view.comparison
    return {view.district: (_number(then.total.raw), _number(then.rank))} if then else {}


def earlier_in_ranking(view: RankingView) -> Earlier:
    """A ranking sheet tells the ranks only."""
    rows = [row for section in view.sections for row in section.rows]
    return {row.district: (math.nan, float(row.previous_rank)) for row in rows if row.previous_rank is not None}


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
