"""Every value of a file laid out as a Dataset, filled column by column without an object per value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.journal import Change
from ecoscore.model.observation import Target
from ecoscore.model.period import Period
from ecoscore.storage.rows import Row


def dataset_of(
    cells: Sequence[Row], targets: Iterable[Target], districts: Sequence[District], indicators: Sequence[str]
) -> Dataset:
    """`cells` are (period, district, indicator, value, status, basis); indicators the scheme lacks are left out."""
    targets = list(targets)
    texts = {row[0]: Period.parse(row[0]) for row in cells}
    periods = tuple(sorted(set(texts.values()) | {t.period for t in targets}))
    p_at = {str(p): n for n, p in enumerate(periods)}
    d_at = {d.name: n for n, d in enumerate(districts)}
    i_at = {i: n for n, i in enumerate(indicators)}
    shape = (len(periods), len(d_at), len(i_at))
    values, goals = np.full(shape, np.nan), np.full(shape, np.nan)
    status = np.zeros(shape, dtype=np.uint8)
    known = [row for row in cells if row[2] in i_at]
    at = tuple(
        np.fromiter((axis[row[column]] for row in known), dtype=np.intp, count=len(known))
        for column, axis in enumerate((p_at, d_at, i_at))
    )
    values[at] = np.array([row[3] for row in known], dtype=np.float64)  # None becomes NaN
    status[at] = np.fromiter((row[4] for row in known), dtype=np.uint8, count=len(known))
    basis = {(texts[row[0]], row[1], row[2]): row[5] for row in known if row[5]}
    for t in sorted(targets, key=lambda t: t.district is not None):  # a district's own target over the common one
        if t.indicator in i_at and (t.district is None or t.district in d_at):
            rows = slice(None) if t.district is None else d_at[t.district]
            goals[p_at[str(t.period)], rows, i_at[t.indicator]] = t.value
    return Dataset(tuple(districts), tuple(indicators), periods, values, status, goals, basis)


def with_changes(dataset: Dataset, changes: Sequence[Change]) -> Dataset | None:
    """The same with a few values changed; None where axes may change too and it has to be read anew."""
    if any(c.new is None or c.period not in dataset.periods for c in changes):
        return None
    p_at = {p: n for n, p in enumerate(dataset.periods)}
    d_at = {d.name: n for n, d in enumerate(dataset.districts)}
    i_at = {i: n for n, i in enumerate(dataset.indicators)}
    values, status, basis = dataset.values.copy(), dataset.status.copy(), dict(dataset.basis)
    for new in (c.new for c in changes if c.new is not None):
        at = p_at[new.period], d_at[new.district], i_at[new.indicator]
        values[at], status[at] = np.nan if new.value is None else new.value, new.status
        basis.pop((new.period, new.district, new.indicator), None)
        if new.basis:
            basis[new.period, new.district, new.indicator] = new.basis
    return replace(dataset, values=values, status=status, basis=basis)
