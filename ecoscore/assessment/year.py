"""A new year's file from last year's: the same districts and scheme, last year's values as what to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.model.observation import Target
from ecoscore.model.period import Period


@dataclass(frozen=True, slots=True)
class NewYear:
    """What a new year's file began with."""

    path: Path
    period: Period
    districts: int
    values: int
    targets: int


def suggested_period(periods: tuple[Period, ...]) -> Period | None:
    """The year after the last one that holds values."""
    years = [p for p in periods if p.kind == "year"] or list(periods)
    return Period(years[-1].year + 1, years[-1].end_month, years[-1].months) if years else None


def new_year(last: Path, path: Path, period: Period) -> NewYear:
    """Make the file of `period` from last year's, which is only read.

    Districts and the edition of the scheme that holds for the period are taken over, and every value since the year
    before: those are the baselines. Targets of the year before are set for the period too. Nothing of the period
    itself is carried, even where last year's file held some of it.
    """
    if path.exists():
        raise InputRefused(f"文件已存在，未覆盖：{path}", "请换一个文件名，或先把原文件移走")
    with Assessment.open(last, read_only=True) as old:
        carried = [p for p in old.periods if p.year < period.year]
        if not carried:
            raise InputRefused(
                f"{last.name} 里没有 {period.year} 年以前的数据，没有可以沿用的基期",
                "请选择上一年度的考核文件，或改选考核期",
            )
        scheme, why = old.scheme_of(period), f"沿用 {last.name}"
        values = [o for p in carried for o in old.observations(p).values()]
        goals = [t for t in old.targets() if t.period.year < period.year]
        renewed = [Target(t.district, t.indicator, period, t.value) for t in old.targets(period.previous_year)]
        known = scheme.reported_by_id
        with Assessment.create(path, scheme, old.districts) as new:
            new.set_values([o for o in values if o.indicator in known], why=why)
            new.set_targets([t for t in goals if t.indicator in known], why=why)
            new.set_targets([t for t in renewed if t.indicator in known], why=f"{why}，请按新年度任务核对")
            if terms := old.terms():
                new.set_terms(terms, why)
        return NewYear(path, period, len(old.districts), len(values), len(renewed))
