"""What derived indicators were computed from, kept with the result so that papers can compute them again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.dataset import Dataset
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import QuantityArrays
from ecoscore.model.scheme import Scheme


def quantities_of(
    dataset: Dataset,
    unreported: NDArray[np.bool_],
    scheme: Scheme,
    period: Period,
    compared: Sequence[Period | None],
) -> QuantityArrays:
    """From the dataset with derived values in it; `unreported` [P, D, columns] is where there was nothing before."""
    ids = _ids(scheme)
    columns = [dataset.indicators.index(name) for name in ids]
    has_formula = np.array([i.formula is not None for i in scheme.indicators])
    at = [dataset.indicators.index(i.id) for i in scheme.indicators]
    page, shape = dataset.periods.index(period), (len(dataset.districts), len(ids))
    then, then_status = np.full(shape, np.nan), np.full(shape, Status.MISSING, dtype=np.uint8)
    derived_then = np.zeros((shape[0], len(at)), dtype=np.bool_)
    for base in {p for p in compared if p is not None}:
        rows = np.array([p == base for p in compared])
        earlier = dataset.periods.index(base)
        then[rows] = dataset.values[earlier][rows][:, columns]
        then_status[rows] = dataset.status[earlier][rows][:, columns]
        derived_then[rows] = unreported[earlier][rows][:, at] & has_formula
    return QuantityArrays(
        ids,
        dataset.values[page][:, columns],
        dataset.status[page][:, columns],
        then,
        then_status,
        unreported[page][:, at] & has_formula,
        derived_then,
    )


def _ids(scheme: Scheme) -> tuple[str, ...]:
    """Everything a formula reads: inputs first, then indicators, each in the scheme's order."""
    formulas = [i.formula for i in scheme.indicators if i.formula is not None]
    used = frozenset[str]().union(*(f.names | f.previous for f in formulas))
    every = (*(q.id for q in scheme.inputs), *(i.id for i in scheme.indicators))
    return tuple(name for name in every if name in used)
