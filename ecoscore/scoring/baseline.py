"""The baseline period of each district: last year, a fixed year, the start of a five-year plan, the start of a term."""

from __future__ import annotations

from collections.abc import Sequence

from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.model.term import Term
from ecoscore.scoring.term import term_at

# 一五 began in 1953; the plans are unbroken five-year blocks from 六五 (1981-1985) on.
_PLAN_ANCHOR = 1981


def plan_base_year(year: int) -> int:
    """The last year before the five-year plan a year belongs to: 2021-2025 (十四五) → 2020."""
    return year - (year - _PLAN_ANCHOR) % 5 - 1


def baselines(
    districts: Sequence[District], scheme: Scheme, period: Period, terms: Sequence[Term]
) -> tuple[tuple[Period | None, ...], list[Finding]]:
    """Each district's baseline period, None where the scheme compares nothing; a finding where a term is unknown."""
    if not scheme.needs_baseline:
        return (None,) * len(districts), []
    if scheme.baseline == "previous_year":
        return (period.previous_year,) * len(districts), []
    if scheme.baseline == "plan_start":
        return (Period(plan_base_year(period.year), period.end_month, period.months),) * len(districts), []
    if scheme.baseline != "term_start":
        return (Period.parse(scheme.baseline),) * len(districts), []
    found: list[Period | None] = []
    findings: list[Finding] = []
    for district in districts:
        term = term_at(terms, district.name, period)
        found.append(term.baseline_year if term else period.previous_year)
        if term is None:
            findings.append(
                Finding(
                    Severity.WARNING,
                    "no_term",
                    f"{district.name}没有登记{period.title}末在任的任期，改与上年比",
                    "请登记任期起止",
                    district=district.name,
                    period=str(period),
                )
            )
    return tuple(found), findings
