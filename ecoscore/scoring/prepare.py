"""Before scoring: years and districts rolled up, indicators derived, one level picked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import Level
from ecoscore.model.finding import Finding
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.model.term import Term
from ecoscore.scoring.baseline import baselines
from ecoscore.scoring.rollup import at_level, roll_up


@dataclass(frozen=True, slots=True)
class Prepared:
    """The dataset to score; `remarks`: district, indicator → how its value came about, for the working paper."""

    dataset: Dataset
    remarks: Mapping[tuple[str, str], tuple[str, ...]]
    findings: tuple[Finding, ...]


def prepare(dataset: Dataset, scheme: Scheme, period: Period, terms: Sequence[Term], level: Level | None) -> Prepared:
    """Roll up and derive the scored period and every baseline, then keep the districts of one level."""
    compared, _ = baselines(dataset.districts, scheme, period, terms)
    periods = {period} | {p for p in compared if p is not None}
    rolled = roll_up(dataset, scheme, periods)
    remarks: dict[tuple[str, str], tuple[str, ...]] = {}
    for (district, indicator, when), how in rolled.remarks.items():
        if when == period:
            remarks[district, indicator] = (*remarks.get((district, indicator), ()), how)
    return Prepared(at_level(rolled.dataset, level), remarks, rolled.findings)
