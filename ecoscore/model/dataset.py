"""All values of one assessment as dense arrays: period × district × indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.rule import Array


@dataclass(frozen=True, eq=False)
class Dataset:
    """`values` [P, D, I] floats, NaN unless reported; `status` [P, D, I] codes of Status; `targets` [P, D, I] floats,
    NaN where none is set for the district. Axes follow `periods`, `districts`, `indicators` (ids). `basis` is sparse:
    (period, district name, indicator id) → edition of the standard. Arrays are read-only.
    """

    districts: tuple[District, ...]
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    values: Array
    status: NDArray[np.uint8]
    targets: Array
    basis: Mapping[tuple[Period, str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.periods), len(self.districts), len(self.indicators))
        for name in ("values", "status", "targets"):
            array = getattr(self, name)
            if array.shape != shape:
                raise ValueError(f"{name} has shape {array.shape}, expected {shape}")
            array.setflags(write=False)

    @classmethod
    def from_observations(
        cls,
        districts: Sequence[District],
        indicators: Sequence[str],
        observations: Iterable[Observation],
        targets: Iterable[Target] = (),
    ) -> Dataset:
        """Lay observations out on the axes; those of unknown districts or indicators are left out."""
        observations, targets = list(observations), list(targets)
        periods = tuple(sorted({o.period for o in observations} | {t.period for t in targets}))
        p_at = {p: n for n, p in enumerate(periods)}
        d_at = {d.name: n for n, d in enumerate(districts)}
        i_at = {i: n for n, i in enumerate(indicators)}
        shape = (len(periods), len(districts), len(indicators))
        values, goals = np.full(shape, np.nan), np.full(shape, np.nan)
        status = np.zeros(shape, dtype=np.uint8)
        basis: dict[tuple[Period, str, str], str] = {}
        for o in observations:
            if o.district in d_at and o.indicator in i_at:
                at = p_at[o.period], d_at[o.district], i_at[o.indicator]
                status[at] = o.status
                if o.value is not None:
                    values[at] = o.value
                if o.basis:
                    basis[o.period, o.district, o.indicator] = o.basis
        for t in sorted(targets, key=lambda t: t.district is not None):
            if t.indicator in i_at and (t.district is None or t.district in d_at):
                rows = slice(None) if t.district is None else d_at[t.district]
                goals[p_at[t.period], rows, i_at[t.indicator]] = t.value
        return cls(tuple(districts), tuple(indicators), periods, values, status, goals, basis)

    def has(self, period: Period) -> bool:
        return period in self.periods

    def page(self, period: Period) -> tuple[Array, NDArray[np.uint8], Array]:
        """Values, status and targets [D, I] of one period; all missing where the period is unknown."""
        if period in self.periods:
            at = self.periods.index(period)
            return self.values[at], self.status[at], self.targets[at]
        shape = (len(self.districts), len(self.indicators))
        return np.full(shape, np.nan), np.full(shape, Status.MISSING, dtype=np.uint8), np.full(shape, np.nan)
