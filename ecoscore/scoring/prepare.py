"""Before scoring: years and districts rolled up, indicators derived, one level picked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import Level
from ecoscore.model.finding import Finding
from ecoscore.model.period import Period
from ecoscore.model.result import QuantityArrays
from ecoscore.model.term import Term
from ecoscore.scoring.baseline import baselines
from ecoscore.scoring.derive import derive
from ecoscore.scoring.plan import Plan
from ecoscore.scoring.rollup import at_level, roll_up

Remarks = Mapping[tuple[str, str], tuple[str, ...]]
_NOTHING: Remarks = {}


@dataclass(frozen=True, slots=True)
class Prepared:
    """The dataset to score, and each district's baseline period; `remarks`: district, indicator → how its value came
    about, for the working paper. `quantities`: what derived values were computed from.
    """

    dataset: Dataset
    baselines: tuple[Period | None, ...]
    remarks: Remarks
    findings: tuple[Finding, ...]
    quantities: QuantityArrays | None = None


class _Both(Mapping[tuple[str, str], tuple[str, ...]]):
    """Remarks of two kinds read as one, without putting those into words that nobody asks for."""

    def __init__(self, *kinds: Remarks) -> None:
        self._kinds = kinds

    def __getitem__(self, key: tuple[str, str]) -> tuple[str, ...]:
        found = [kind[key] for kind in self._kinds if key in kind]
        if not found:
            raise KeyError(key)
        return tuple(line for lines in found for line in lines)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(dict.fromkeys(key for kind in self._kinds for key in kind))

    def __len__(self) -> int:
        return len({key for kind in self._kinds for key in kind})


def prepare(dataset: Dataset, plan: Plan, period: Period, terms: Sequence[Term], level: Level | None) -> Prepared:
    """Roll up and derive the scored period and every baseline, then keep the districts of one level."""
    scheme, told = plan.scheme, _NOTHING
    findings: tuple[Finding, ...] = ()
    if plan.rolls_up:
        compared, _ = baselines(dataset.districts, scheme, period, terms)
        rolled = roll_up(dataset, scheme, {period} | {p for p in compared if p is not None})
        dataset, findings = rolled.dataset, rolled.findings
        told = {(d, i): (how,) for (d, i, when), how in rolled.remarks.items() if when == period}
    kept = at_level(dataset, level)
    compared, unknown = baselines(kept.districts, scheme, period, terms)
    if not plan.derives:
        return Prepared(kept, compared, told, (*findings, *unknown))
    derived = derive(kept, scheme, period, compared)
    findings = (*findings, *derived.findings, *unknown)
    return Prepared(derived.dataset, compared, _Both(told, derived.remarks), findings, derived.quantities)
