"""Scoring grows with the number of districts: what is done for each may not be done for each pair."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District, Level
from ecoscore.model.period import Period
from ecoscore.schemes import load_scheme
from ecoscore.scoring import score_dataset


def steps(run) -> int:
    """How many lines of Python a call runs through: the same on every machine."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    old = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(old)
    return count


def table(scheme, counties: int) -> Dataset:
    """Counties with two towns each, everything reported but what formulas derive."""
    ids = tuple(q.id for q in scheme.reported)
    names = [District(f"县{n}") for n in range(counties)]
    names += [District(f"镇{n}", level=Level.TOWN, parent=f"县{n % counties}") for n in range(2 * counties)]
    periods = tuple(Period(y) for y in (2022, 2023, 2024))
    values = np.random.default_rng(1).uniform(5, 60, (3, len(names), len(ids)))
    status = np.ones(values.shape, dtype=np.uint8)
    for i in scheme.indicators:
        if i.formula is not None:
            values[:, :, ids.index(i.id)], status[:, :, ids.index(i.id)] = np.nan, 0
    return Dataset(tuple(names), ids, periods, values, status, np.full(values.shape, 3.0))


@pytest.mark.parametrize("scheme", ["quality-derived", "jiangsu-green", "green-development-2016"])
def test_twice_the_districts_take_at_most_twice_the_steps(scheme):
    scheme = load_scheme(scheme)
    few, many = table(scheme, 40), table(scheme, 80)
    score_dataset(few, scheme, Period(2024))  # the plan is made once
    small, large = (steps(lambda t=t: score_dataset(t, scheme, Period(2024))) for t in (few, many))
    assert large <= 2.2 * small
