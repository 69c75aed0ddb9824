"""Years made of quarters or months, districts of the districts below them, by the rule the scheme states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District, Level, usual_level
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import DISTRICT_ROLL_UP_TITLES, PERIOD_ROLL_UP_TITLES, Indicator, Quantity, Scheme
from ecoscore.rules.wording import shown
from ecoscore.scoring.peers import peers_of

Remarks = dict[tuple[str, str, Period], str]
_DEPTH = list(Level)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The dataset with what could be rolled up filled in; `remarks` say how each such value came about."""

    dataset: Dataset
    remarks: Mapping[tuple[str, str, Period], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def roll_up(dataset: Dataset, scheme: Scheme, periods: Iterable[Period]) -> RolledUp:
    """Fill `periods` from their parts, then districts from those below them, lowest level first.

    A whole is made only of all its parts: where one is missing the whole stays missing and a finding names the part.
    Where the whole was reported too and differs, the scheme's rule stands and a finding gives both.
    """
    asked = [
        (q, dataset.indicators.index(q.id))
        for q in scheme.reported
        if q.id in dataset.indicators and (q.over_periods != "annual" or q.over_districts != "own")
    ]
    if not asked:
        return RolledUp(dataset)
    wanted = sorted({p for p in periods if p.kind == "year"} | set(dataset.periods))
    work = _Work(_on_periods(dataset, wanted), {}, [])
    parents = _with_below(dataset.districts) if any(q.over_districts != "own" for q, _ in asked) else []
    for period in (p for p in wanted if p.kind == "year"):
        for quantity, column in asked:
            if quantity.over_periods != "annual":
                work.over_periods(quantity, column, period)
        for at, below in parents:
            for quantity, column in asked:
                if quantity.over_districts != "own":
                    work.over_districts(quantity, column, period, at, below)
    return RolledUp(work.dataset, work.remarks, tuple(work.findings))


def _with_below(districts: Sequence[District]) -> list[tuple[int, list[int]]]:
    """Where each district with others below it stands, and where those stand; the lowest level first."""
    below: dict[str, list[int]] = {}
    for n, d in enumerate(districts):
        if d.parent is not None and d.parent != d.name:
            below.setdefault(d.parent, []).append(n)
    found = [(n, below[d.name]) for n, d in enumerate(districts) if d.name in below]
    return sorted(found, key=lambda one: -_DEPTH.index(districts[one[0]].level))


def at_level(dataset: Dataset, level: Level | None) -> Dataset:
    """The districts of one level; by default of the highest that has more than one, which those below only feed."""
    levels = peers_of(dataset).levels
    if len(levels) <= 1 and level is None:
        return dataset
    level = level or usual_level(levels)
    rows = [n for n, d in enumerate(dataset.districts) if d.level is level]
    return Dataset(
        tuple(dataset.districts[n] for n in rows),
        dataset.indicators,
        dataset.periods,
        dataset.values[:, rows],
        dataset.status[:, rows],
        dataset.targets[:, rows],
        dataset.basis,
    )


def _on_periods(dataset: Dataset, periods: list[Period]) -> Dataset:
    """A writable copy that has all of `periods`."""
    pages = [dataset.page(p) for p in periods]
    copy = Dataset(
        dataset.districts,
        dataset.indicators,
        tuple(periods),
        np.array([page[0] for page in pages]),
        np.array([page[1] for page in pages]),
        np.array([page[2] for page in pages]),
        dataset.basis,
    )
    for array in (copy.values, copy.status):
        array.setflags(write=True)
    return copy


@dataclass(slots=True)
class _Work:
    dataset: Dataset
    remarks: Remarks
    findings: list[Finding]

    def over_periods(self, q: Indicator | Quantity, column: int, year: Period) -> None:
        parts = self._parts(year)
        if not parts:
            return
        at = [self.dataset.periods.index(p) for p in parts]
        for d, district in enumerate(self.dataset.districts):
            held = self.dataset.values[at, d, column]
            if np.isnan(held).all():
                continue
            if np.isnan(held).any():
                lacking = "、".join(p.title for p, v in zip(parts, held, strict=True) if np.isnan(v))
                self._incomplete(q, district, year, f"缺{lacking}的数")
                continue
            made = {"mean": held.mean(), "sum": held.sum(), "last": held[-1]}
            value = made[q.over_periods]
            text = "，".join(shown(float(v)) for v in held)
            how = f"{year.title}{PERIOD_ROLL_UP_TITLES[q.over_periods]}：{text} → {shown(float(value))}"
            self._put(q, column, year, d, float(value), how)

    def _parts(self, year: Period) -> list[Period]:
        """All quarters of a year if any is there, else all months if any is."""
        for months in (3, 1):
            parts = [Period(year.year, m, months) for m in range(months, 13, months)]
            if any(p in self.dataset.periods for p in parts):
                known = [p for p in parts if p in self.dataset.periods]
                if len(known) == len(parts):
                    return parts
                lacking = "、".join(p.title for p in parts if p not in known)
                message = f"{year.title}缺{lacking}的数，不能汇总为年度数"
                if not any(f.message == message for f in self.findings):
                    self.findings.append(
                        Finding(Severity.WARNING, "incomplete_year", message, "请补齐各期", period=str(year))
                    )
        return []

    def over_districts(self, q: Indicator | Quantity, column: int, period: Period, d: int, below: list[int]) -> None:
        district = self.dataset.districts[d]
        page = self.dataset.periods.index(period)
        held = self.dataset.values[page, below, column]
        status = self.dataset.status[page, below, column]
        counts = (status != Status.NOT_APPLICABLE) & (status != Status.NOT_CONCERNED)
        held, names = held[counts], [self.dataset.districts[n].name for n, c in zip(below, counts, strict=True) if c]
        if not held.size or np.isnan(held).all():
            return
        if np.isnan(held).any():
            lacking = "、".join(n for n, v in zip(names, held, strict=True) if np.isnan(v))
            self._incomplete(q, district, period, f"下级 {lacking} 没有数")
            return
        weights = np.ones_like(held)
        if q.over_districts == "weighted" and q.weigh_by in self.dataset.indicators:
            by = self.dataset.indicators.index(q.weigh_by)
            weights = self.dataset.values[page, below, by][counts]
            if np.isnan(weights).any() or weights.sum() <= 0:
                self._incomplete(q, district, period, f"下级的权数（{q.weigh_by}）不全")
                return
        value = float(held.sum() if q.over_districts == "sum" else (held * weights).sum() / weights.sum())
        text = "，".join(f"{n} {shown(float(v))}" for n, v in zip(names[:6], held[:6], strict=True))
        more = f" 等 {len(names)} 个单位" if len(names) > 6 else ""
        how = f"{DISTRICT_ROLL_UP_TITLES[q.over_districts]}：{text}{more} → {shown(value)}"
        self._put(q, column, period, d, value, how)

    def _put(self, q: Indicator | Quantity, column: int, period: Period, d: int, value: float, how: str) -> None:
        page, name = self.dataset.periods.index(period), self.dataset.districts[d].name
        own = float(self.dataset.values[page, d, column])
        if not np.isnan(own) and abs(own - value) > 1e-9 * max(1.0, abs(value)):
            self.findings.append(
                Finding(
                    Severity.WARNING,
                    "rolled_up_differs",
                    f"{name}{period.title}“{q.title}”自报 {shown(own)}，按方案汇总为 {shown(value)}，以汇总数计",
                    "请核对；要用自报数，请把方案里的汇总方式改为 annual 或 own",
                    district=name,
                    indicator=q.id,
                    period=str(period),
                )
            )
        self.dataset.values[page, d, column] = value
        self.dataset.status[page, d, column] = Status.REPORTED
        self.remarks[name, q.id, period] = how

    def _incomplete(self, q: Indicator | Quantity, district: District, period: Period, why: str) -> None:
        self.findings.append(
            Finding(
                Severity.WARNING,
                "incomplete",
                f"{district.name}{period.title}“{q.title}”{why}，没有汇总",
                "请补齐后重新评分",
                district=district.name,
                indicator=q.id,
                period=str(period),
            )
        )
