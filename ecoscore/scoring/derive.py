"""Derived indicators: values computed by the scheme's formulas where none was reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.dataset import Dataset
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.formula import Formula
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import QuantityArrays, plain
from ecoscore.model.rule import Array, Number
from ecoscore.model.scheme import Indicator, Scheme
from ecoscore.rules.wording import shown
from ecoscore.scoring.quantities import quantities_of


@dataclass(frozen=True, slots=True)
class Derived:
    """The dataset with derived values filled in, how each came about, and what it was computed from."""

    dataset: Dataset
    remarks: Mapping[tuple[str, str], tuple[str, ...]]
    findings: tuple[Finding, ...]
    quantities: QuantityArrays | None = None


def derive(dataset: Dataset, scheme: Scheme, period: Period, compared: Sequence[Period | None]) -> Derived:
    """Compute the scored period against `compared` (a baseline a district), and each baseline against its last year.

    A value that was reported itself stands; where the formula gives another, a finding tells both. Where an input is
    not applicable the indicator is not; where one is missing it stays missing and a finding names the input.
    """
    asked = [i for i in scheme.indicators if i.formula is not None]
    if not asked:
        return Derived(dataset, {}, ())
    bases = sorted({p for p in compared if p is not None})
    work = _Work(_writable(dataset, scheme, sorted({period, *bases} | set(dataset.periods))), scheme, [])
    unreported = work.dataset.status == Status.MISSING
    for base in bases:
        if base != period:
            work.fill(asked, base, [base.previous_year] * len(dataset.districts), telling=False)
    made = work.fill(asked, period, compared, telling=True)
    remarks = _Explained(work.dataset, scheme, period, tuple(compared), made)
    quantities = quantities_of(work.dataset, unreported, scheme, period, compared)
    return Derived(work.dataset, remarks, tuple(work.findings), quantities)


def _writable(dataset: Dataset, scheme: Scheme, periods: list[Period]) -> Dataset:
    """A copy that has all of `periods` and a column for everything the scheme speaks of."""
    ids = tuple(dict.fromkeys((*dataset.indicators, *(q.id for q in scheme.reported))))
    shape = (len(periods), len(dataset.districts), len(ids))
    values, status, targets = np.full(shape, np.nan), np.zeros(shape, dtype=np.uint8), np.full(shape, np.nan)
    held = len(dataset.indicators)
    for n, period in enumerate(periods):
        page = dataset.page(period)
        values[n, :, :held], status[n, :, :held], targets[n, :, :held] = page
    copy = Dataset(dataset.districts, ids, tuple(periods), values, status, targets, dict(dataset.basis))
    for array in (copy.values, copy.status):
        array.setflags(write=True)
    return copy


@dataclass(slots=True)
class _Work:
    dataset: Dataset
    scheme: Scheme
    findings: list[Finding]

    def fill(
        self, asked: list[Indicator], period: Period, compared: Sequence[Period | None], *, telling: bool
    ) -> dict[str, NDArray[np.bool_]]:
        """Fill one period; by indicator where it was computed. Only the scored period tells its findings."""
        made: dict[str, NDArray[np.bool_]] = {}
        page = self.dataset.periods.index(period)
        for indicator in _in_order(asked):
            formula = indicator.formula
            assert formula is not None
            column = self.dataset.indicators.index(indicator.id)
            now, then = self._inputs(formula, period, compared)
            computed = np.broadcast_to(formula.compute(now, then), (len(self.dataset.districts),))
            values, status = self.dataset.values[page, :, column], self.dataset.status[page, :, column]
            missing, known = status == Status.MISSING, ~np.isnan(computed)
            differ = (status == Status.REPORTED) & known & (np.abs(values - computed) > _tolerance(computed))
            fresh = made[indicator.id] = missing & known
            # What is said about each district is said in their order.
            for d in np.flatnonzero((missing & ~known) | (differ if telling else False)).tolist():
                if missing[d]:
                    self._not_computed(indicator, period, d, page, column, telling=telling)
                else:
                    self._say_difference(indicator, period, d, float(values[d]), float(computed[d]))
            values[fresh], status[fresh] = computed[fresh], Status.REPORTED
            if formula.basis:
                for d in np.flatnonzero(fresh).tolist():
                    self._basis[period, self.dataset.districts[d].name, indicator.id] = formula.basis
        return made

    @property
    def _basis(self) -> dict[tuple[Period, str, str], str]:
        assert isinstance(self.dataset.basis, dict)
        return self.dataset.basis

    def _inputs(
        self, formula: Formula, period: Period, compared: Sequence[Period | None]
    ) -> tuple[dict[str, Array], dict[str, Array]]:
        at = self.dataset.indicators.index
        values = self.dataset.page(period)[0]
        now = {name: values[:, at(name)] for name in formula.names}
        then: dict[str, Array] = {}
        for name in formula.previous:
            earlier = np.full(len(self.dataset.districts), np.nan)
            for base in {p for p in compared if p is not None}:
                rows = np.array([p == base for p in compared])
                earlier[rows] = self.dataset.page(base)[0][rows, at(name)]
            then[name] = earlier
        return now, then

    def _not_computed(
        self, indicator: Indicator, period: Period, d: int, page: int, column: int, *, telling: bool
    ) -> None:
        formula, name = indicator.formula, self.dataset.districts[d].name
        assert formula is not None
        states = {n: Status(int(self.dataset.status[page, d, self.dataset.indicators.index(n)])) for n in formula.names}
        if any(states[n].is_left_out for n in formula.required & formula.names):
            self.dataset.status[page, d, column] = Status.NOT_APPLICABLE
            return
        lacking = [n for n in formula.names if states[n] is Status.MISSING]
        if telling and len(lacking) < len(formula.names):
            titles = {q.id: q.title for q in self.scheme.reported}
            why = (
                f"缺{'、'.join(titles[n] for n in sorted(lacking))}"
                if lacking
                else "用现有的数算不出（除数为零或缺基期）"
            )
            self.findings.append(
                Finding(
                    Severity.WARNING, "not_derived", f"{name}{period.title}“{indicator.title}”没有算出：{why}",
                    "请补齐基础数据，或直接填报该指标", district=name, indicator=indicator.id, period=str(period),
                )
            )  # fmt: skip

    def _say_difference(self, indicator: Indicator, period: Period, d: int, reported: float, computed: float) -> None:
        name = self.dataset.districts[d].name
        self.findings.append(
            Finding(
                Severity.WARNING, "derived_differs",
                f"{name}{period.title}“{indicator.title}”填报 {shown(reported)}，按基础数据算得 {shown(computed)}，以填报数计",
                "请核对填报数与基础数据", district=name, indicator=indicator.id, period=str(period),
            )
        )  # fmt: skip


def _tolerance(computed: Array) -> Array:
    """How far a reported value may lie from the computed one before it is worth a word."""
    return 0.005 * np.maximum(1.0, np.abs(computed))


def _in_order(asked: list[Indicator]) -> list[Indicator]:
    """Formulas after those they use; the loader has refused circles."""
    ids = {i.id: i for i in asked}
    ordered: dict[str, Indicator] = {}

    def visit(indicator: Indicator) -> None:
        assert indicator.formula is not None
        for name in sorted(indicator.formula.names):
            if name in ids and name not in ordered and name != indicator.id:
                visit(ids[name])
        ordered[indicator.id] = indicator

    for indicator in asked:
        if indicator.id not in ordered:
            visit(indicator)
    return list(ordered.values())


class _Explained(Mapping[tuple[str, str], tuple[str, ...]]):
    """How each derived value came about, put into words only when it is asked for."""

    def __init__(
        self, dataset: Dataset, scheme: Scheme, period: Period, compared: tuple[Period | None, ...],
        made: Mapping[str, NDArray[np.bool_]],
    ) -> None:  # fmt: skip
        self._dataset, self._scheme, self._period, self._compared, self._made = dataset, scheme, period, compared, made

    @cached_property
    def _at(self) -> dict[str, int]:
        return {district.name: n for n, district in enumerate(self._dataset.districts)}

    def __getitem__(self, key: tuple[str, str]) -> tuple[str, ...]:
        if key not in self:
            raise KeyError(key)
        formula = self._scheme.by_id[key[1]].formula
        assert formula is not None
        d = self._at[key[0]]
        base = self._compared[d]
        now = self._numbers(formula.names, self._period, d)
        then = self._numbers(formula.previous, base, d) if base is not None else {}
        told = formula.explain(now, then, {q.id: q.title for q in self._scheme.reported})
        steps = tuple(f"{title}：{step.numbers}" for title, step in told.steps)
        return (f"派生：{told.formula}", *steps, told.numbers, *told.notes)

    def _numbers(self, names: frozenset[str], period: Period, d: int) -> dict[str, Number]:
        page = self._dataset.page(period)[0]
        found = {n: float(page[d, self._dataset.indicators.index(n)]) for n in names}
        return {n: Number(v, plain(v)) for n, v in found.items() if not np.isnan(v)}

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple) or key[0] not in self._at or key[1] not in self._made:
            return False
        return bool(self._made[key[1]][self._at[key[0]]])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(sorted((name, i) for i, where in self._made.items() for name, d in self._at.items() if where[d]))

    def __len__(self) -> int:
        return sum(int(where.sum()) for where in self._made.values())
