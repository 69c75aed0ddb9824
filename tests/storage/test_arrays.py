"""Filling arrays from bare rows gives what the model's own, slower way gives."""

from __future__ import annotations

import numpy as np

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.journal import Change
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.storage import dataset_of, with_changes

DISTRICTS = (District("甲区"), District("乙县"), District("丙县"))
INDICATORS = ("a", "b")
P23, P24 = Period(2023), Period(2024)
OBSERVATIONS = [
    Observation("甲区", "a", P23, 1.5, basis="旧标准"),
    Observation("甲区", "a", P24, 0.1 + 0.2),
    Observation("乙县", "b", P24, None, Status.NOT_APPLICABLE),
    Observation("丙县", "b", P24, None, Status.NO_DATA),
    Observation("丙县", "not in the scheme", P24, 7.0),
]
TARGETS = [Target("乙县", "a", P24, 9.0), Target(None, "a", P24, 8.0), Target(None, "b", Period(2025), 1.0)]


def _rows(observations):
    return [(str(o.period), o.district, o.indicator, o.value, int(o.status), o.basis) for o in observations]


def _equal(one, two):
    assert (one.districts, one.indicators, one.periods) == (two.districts, two.indicators, two.periods)
    assert dict(one.basis) == dict(two.basis)
    for name in ("values", "status", "targets"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name), err_msg=name)


def test_equal_to_the_models_own_way():
    fast = dataset_of(_rows(OBSERVATIONS), TARGETS, DISTRICTS, INDICATORS)
    _equal(fast, Dataset.from_observations(DISTRICTS, INDICATORS, OBSERVATIONS, TARGETS))
    assert fast.targets[1, :, 0].tolist() == [8.0, 9.0, 8.0]


def test_an_empty_file_gives_empty_arrays():
    _equal(dataset_of([], [], DISTRICTS, INDICATORS), Dataset.from_observations(DISTRICTS, INDICATORS, [], []))


def test_amending_gives_what_reading_anew_would():
    before = dataset_of(_rows(OBSERVATIONS), TARGETS, DISTRICTS, INDICATORS)
    new = [
        Observation("甲区", "a", P23, 2.0),
        Observation("丙县", "b", P24, 3.0, basis="新标准"),
        Observation("甲区", "b", P24, None, Status.MISSING),
    ]
    after = with_changes(before, [Change(o.district, o.indicator, o.period, None, o) for o in new])
    kept = [
        o
        for o in OBSERVATIONS
        if not any((o.district, o.indicator, o.period) == (n.district, n.indicator, n.period) for n in new)
    ]
    _equal(after, Dataset.from_observations(DISTRICTS, INDICATORS, kept + new, TARGETS))
    assert before.values[0, 0, 0] == 1.5  # the old one may still be read by somebody


def test_amending_gives_up_where_the_periods_may_change():
    before = dataset_of(_rows(OBSERVATIONS), TARGETS, DISTRICTS, INDICATORS)
    cleared = Change("甲区", "a", P23, OBSERVATIONS[0], None)
    new_year = Change("甲区", "a", Period(2030), None, Observation("甲区", "a", Period(2030), 1.0))
    assert with_changes(before, [cleared]) is None
    assert with_changes(before, [new_year]) is None
