"""Every bundled scheme scores a plausible set of figures from end to end."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import ecoscore
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from tests.real.test_bundled_schemes import INDICATORS

DISTRICTS = tuple(District(f"{c}市") for c in "甲乙丙丁戊己")
YEARS = (Period(2017), Period(2023), Period(2024))


def plausible(scheme):
    """Figures inside each indicator's valid range, the first district best in everything, the last worst."""
    observations, targets = [], []
    for indicator, (year, period) in itertools.product(scheme.indicators, enumerate(YEARS)):
        low, high = (indicator.valid or (None, None)) if indicator.valid else (0.0, 100.0)
        low, high = low or 0.0, 100.0 if high is None else min(high, 100.0)
        shares = np.linspace(0.95, 0.45, len(DISTRICTS)) - 0.02 * (len(YEARS) - 1 - year)
        shares = shares if indicator.direction == "higher" else 1 - shares
        for district, share in zip(DISTRICTS, shares, strict=True):
            value = round(low + float(share) * (high - low), 2)
            observations.append(Observation(district.name, indicator.id, period, value))
        targets.append(Target(None, indicator.id, period, low + 0.5 * (high - low)))
    return Dataset.from_observations(DISTRICTS, [i.id for i in scheme.indicators], observations, targets)


@pytest.mark.parametrize("scheme_id", sorted(INDICATORS))
def test_scores_and_orders_the_districts(scheme_id):
    from ecoscore.scoring import score_dataset

    scheme = ecoscore.load_scheme(scheme_id)
    result = score_dataset(plausible(scheme), scheme, Period(2024))
    assert not [f for f in result.findings if f.is_error]
    total = result.layers.total_exact
    assert np.isfinite(total).all()
    assert (np.diff(total) <= 1e-9).all(), total
    assert total[0] > total[-1]
    assert ((result.layers.base >= 0) & (result.layers.base <= scheme.full + 1e-9)).all()
    for district in DISTRICTS:
        assert len(result.explain(district.name)) == len(scheme.indicators)
    if scheme.unranked:
        assert not result.layers.rank.any()
    else:
        assert list(result.layers.rank) == sorted(result.layers.rank)
        assert result.layers.rank[0] == 1


def test_efficacy_runs_from_60_to_100():
    from ecoscore.scoring import score_dataset

    scheme = ecoscore.load_scheme("green-development-2016")
    result = score_dataset(plausible(scheme), scheme, Period(2024))
    assert result.totals.loc["甲市", "total"] == 100
    assert result.totals.loc["己市", "total"] == 60
