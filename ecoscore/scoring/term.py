"""A term's result: the district's yearly results weighed by the months served in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.model.term import Term
from ecoscore.rules.rounding import round_decimal
from ecoscore.rules.wording import shown


@dataclass(frozen=True, slots=True)
class TermYear:
    """One calendar year of a term: months served, the district's total and rank, and how many it was ranked among."""

    period: Period
    months: int
    total: float
    rank: int
    peers: int
    grade: str


@dataclass(frozen=True, slots=True, eq=False)
class TermImprovement:
    """The last year of a term scored against the term's own baseline: `year` and `result` as they are then."""

    year: TermYear
    baseline: Period
    result: Result


@dataclass(frozen=True, slots=True)
class TermScore:
    """`total` is rounded by the scheme, `total_exact` not; `numbers` is the computation with the figures put in.

    `improvement` is None where it was not asked for, or cannot be had: then a note says why.
    """

    term: Term
    years: tuple[TermYear, ...]
    total: float
    total_exact: float
    numbers: str
    notes: tuple[str, ...] = ()
    improvement: TermImprovement | None = None


def year_of(term: Term, period: Period, result: Result | None) -> TermYear | None:
    """How the term's district did in a year; None where it has no total in it."""
    d = result.district_at.get(term.district) if result else None
    if result is None or d is None or np.isnan(result.layers.total_exact[d]):
        return None
    layers, mine = result.layers, result.districts[d]
    peers = sum((o.level, o.peer_group) == (mine.level, mine.peer_group) for o in result.districts)
    months = term.months_in(period.year)
    return TermYear(period, months, float(layers.total[d]), int(layers.rank[d]), peers, layers.grade[d])


def score_term(term: Term, results: Mapping[Period, Result]) -> TermScore:
    """Weigh the yearly totals of the term's district by months served (任期得分 = Σ 月数 × 年度总分 ÷ Σ 月数).

    A change of office within a year thus splits that year between the two by months. Years without a result are
    left out and named. InputRefused when no year of the term has one.
    """
    years: list[TermYear] = []
    notes: list[str] = []
    last = term.end.year if term.end else max((p.year for p in results), default=term.start.year)
    for year in range(term.start.year, last + 1):
        period, months = Period(year), term.months_in(year)
        found = year_of(term, period, results.get(period))
        if found is None:
            notes.append(f"{period.title}没有结果，任职 {months} 个月未计入")
            continue
        years.append(found)
        if months < 12:
            notes.append(f"{period.title}任职 {months} 个月，按月计入")
    if not years:
        raise InputRefused(
            f"{term.district}{term.title}没有任何一年有考核结果，无法计任期得分",
            "请先导入并评分任期内的年度",
            [Finding(Severity.ERROR, "no_term_result", f"{term.district}任期内没有结果", district=term.district)],
        )
    served = sum(y.months for y in years)
    exact = sum(y.months * y.total for y in years) / served
    scheme = next(iter(results.values())).scheme
    sums = "＋".join(f"{y.months}×{shown(y.total)}" for y in years)
    return TermScore(
        term,
        tuple(years),
        round_decimal(exact, scheme.decimals, scheme.rounding),
        exact,
        f"（{sums}）÷{served}＝{shown(exact)}",
        tuple(notes),
    )


def term_at(terms: Sequence[Term], district: str, period: Period) -> Term | None:
    """The term in force in a district at the end of a period; of several the one that began last."""
    held = [
        t
        for t in terms
        if t.district == district
        and (t.start.year, t.start.end_month) <= (period.year, period.end_month)
        and (t.end is None or (t.end.year, t.end.end_month) >= (period.year, period.end_month))
    ]
    return max(held, key=lambda t: t.start, default=None)
