"""A derived indicator's value as a live formula over the cells of the quantities it is computed from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ecoscore.model.formula import Formula
from ecoscore.model.observation import Status
from ecoscore.model.result import QuantityArrays, Result
from ecoscore.model.scheme import Indicator, Reported
from ecoscore.reporting.workbook.terms import LEFT_OUT_WORDS

Ref = Callable[[str], str]  # a quantity's id → its cell


@dataclass(frozen=True)
class Derivations:
    """Which values of a result its formulas give, and those formulas. Empty for a scheme without any."""

    result: Result

    @cached_property
    def quantities(self) -> QuantityArrays | None:
        return self.result.quantities

    @cached_property
    def formulas(self) -> dict[str, Formula]:
        if self.quantities is None:
            return {}
        return {i.id: i.formula for i in self.result.indicators if i.formula is not None}

    @cached_property
    def position(self) -> dict[str, int]:
        """A quantity's place in the arrays."""
        return {} if self.quantities is None else {name: k for k, name in enumerate(self.quantities.ids)}

    @cached_property
    def now(self) -> tuple[Reported, ...]:
        """The quantities of this period that stand in cells of their own: those that are not indicators."""
        read = frozenset[str]().union(*(f.names for f in self.formulas.values()))
        return tuple(q for q in self._all if q.id in read and not isinstance(q, Indicator))

    @cached_property
    def then(self) -> tuple[Reported, ...]:
        """The quantities of the baseline, for what looks back and for baselines that are derived themselves."""
        read = frozenset[str]().union(*(f.previous for f in self.formulas.values()))
        if self.result.scheme.needs_baseline:
            read |= frozenset[str]().union(*(f.names for f in self.formulas.values() if not f.previous))
        return tuple(q for q in self._all if q.id in read)

    @property
    def _all(self) -> list[Reported]:
        return [self.result.scheme.reported_by_id[name] for name in self.position]

    # Which cells are live --------------------------------------------------------------------------------------

    def is_live(self, d: int, i: int) -> bool:
        """Whether the value is the formula's; one that was reported itself stands and stays an input."""
        q = self.quantities
        if q is None or not q.derived[d, i]:
            return False
        without = self.result.cells.status[d, i] == Status.NO_DATA
        return not without or self.absent_everywhere(i) is not None

    def is_live_baseline(self, d: int, i: int) -> bool:
        """Whether the baseline is the formula's: it looks no further back, and was not dropped as of another basis."""
        q = self.quantities
        if q is None or not q.derived_then[d, i] or self._formula(i).previous:
            return False
        names = self._formula(i).names
        computed = self._formula(i).compute({n: q.then[d : d + 1, self.position[n]] for n in names})
        value, baseline = float(np.broadcast_to(computed, (1,))[0]), float(self.result.cells.baseline[d, i])
        return value == baseline or (math.isnan(value) and math.isnan(baseline))

    def is_the_baseline(self, d: int, name: str) -> bool:
        """Whether a quantity of the baseline is an indicator whose baseline the result shows as it was read."""
        q, i = self.quantities, self.result.indicator_at.get(name)
        if q is None or i is None:
            return False
        value, baseline = float(q.then[d, self.position[name]]), float(self.result.cells.baseline[d, i])
        return value == baseline or (math.isnan(value) and math.isnan(baseline))

    def absent_everywhere(self, i: int) -> str | None:
        """A quantity of this period that the indicator needs and no district has."""
        q, formula = self.quantities, self._formula(i)
        if q is None:
            return None
        needed = sorted(formula.required & formula.names)
        return next((n for n in needed if not np.isfinite(q.now[:, self.position[n]]).any()), None)

    # Formulas --------------------------------------------------------------------------------------------------

    def _formula(self, i: int) -> Formula:
        return self.formulas[self.result.indicators[i].id]

    def value(self, i: int, now: Ref, then: Ref, *, left_out: str, missing: str) -> str:
        """The value, or the word `left_out` where a quantity it needs is; else the expression `missing`."""
        formula = self._formula(i)
        refs = {name: now(name) for name in sorted(formula.names)}
        body = formula.excel(refs, {name: then(name) for name in sorted(formula.previous)}, missing)
        needed = [refs[name] for name in sorted(formula.required & formula.names)]
        tests = [f'{ref}="{word}"' for ref in dict.fromkeys(needed) for word in LEFT_OUT_WORDS]
        return f'IF(OR({",".join(tests)}),"{left_out}",{body})' if tests else body

    def baseline(self, i: int, then: Ref) -> str:
        formula = self._formula(i)
        return formula.excel({name: then(name) for name in sorted(formula.names)}, {}, '"—"')
