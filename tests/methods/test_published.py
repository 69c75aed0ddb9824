"""Every method reproduces the example it was published with, to the last digit printed."""

from __future__ import annotations

import numpy as np
import pytest

from ecoscore.methods import (
    DecisionMatrix,
    ahp_weights,
    critic_weights,
    entropy_weights,
    topsis,
    weighted_product,
    weighted_sum,
)
from ecoscore.methods.normalise import normalise, reciprocal
from ecoscore.model.scheme import Direction
from tests.methods import examples as e


def directions(signs):
    return [Direction.HIGHER if s > 0 else Direction.LOWER for s in signs]


def test_entropy_elsayed_2017():
    found = entropy_weights(DecisionMatrix.plain(e.ELSAYED), "sum")
    assert found.weights == pytest.approx(e.ELSAYED_WEIGHTS, abs=5.1e-7)


@pytest.mark.parametrize(("scale", "correlation"), e.DIAKOULAKI_WEIGHTS)
def test_critic_diakoulaki_1995(scale, correlation):
    found = critic_weights(DecisionMatrix.plain(e.DIAKOULAKI), scale=scale, correlation=correlation)
    assert found.weights == pytest.approx(e.DIAKOULAKI_WEIGHTS[scale, correlation], abs=5.1e-9)


def test_critic_tus_2019():
    assert critic_weights(DecisionMatrix.plain(e.TUS)).weights == pytest.approx(e.TUS_WEIGHTS, abs=5.1e-4)


def test_ahp_wang_chin_2011():
    found = ahp_weights(e.WANG_CHIN)
    assert found.weights == pytest.approx(e.WANG_CHIN_WEIGHTS, abs=5.1e-5)
    assert found.lambda_max == pytest.approx(max(np.linalg.eigvals(np.array(e.WANG_CHIN)).real))


def test_ahp_consistency_case():
    found = ahp_weights(e.CONSISTENCY, index_table="simulated")
    assert found.consistency_index == pytest.approx(e.CONSISTENCY_CI, abs=1e-3)
    assert found.consistency_ratio == pytest.approx(e.CONSISTENCY_CR, abs=1e-3)
    assert ahp_weights(e.CONSISTENCY).consistency_ratio == pytest.approx(found.consistency_index / 0.58)
    assert found.consistent and found.mend is None


def test_topsis_opricovic_2004():
    found = topsis(DecisionMatrix.plain(e.OPRICOVIC, directions([-1, 1])), [0.5, 0.5], "minmax")
    assert found.score == pytest.approx(e.OPRICOVIC_SCORES, abs=5.1e-4)
    assert found.rank.tolist() == [2, 1, 2]


def test_topsis_coal_mines():
    turned = reciprocal(DecisionMatrix.plain(e.COAL_MINES, directions([-1, -1, -1])))
    assert turned.values == pytest.approx(np.array(e.COAL_RECIPROCAL), abs=5.1e-7)
    found = topsis(turned, [1, 1, 1])
    assert found.normalised == pytest.approx(np.array(e.COAL_NORMALISED), abs=1.5e-4)
    # The page is cut here; by hand from the printed table: mine 5 is best in all columns, so C = 1; mine 1 has
    # D⁺ = 1.2558, D⁻ = 0.1500, C = 0.1067; mine 4 D⁺ = 1.2515, D⁻ = 0.1306, C = 0.0945.
    assert found.score[[4, 0, 3]] == pytest.approx([1, 0.1067, 0.0945], abs=2e-4)
    assert found.rank.tolist() == [3, 5, 2, 4, 1]


def test_weighted_sum_kracka_2010():
    found = weighted_sum(DecisionMatrix.plain(e.KRACKA, directions(e.KRACKA_SIGNS)), [20] * 7, "sum")
    assert found.score == pytest.approx(e.KRACKA_SCORES, abs=5.1e-8)
    assert found.rank.tolist() == e.KRACKA_RANKS


def test_weighted_product():
    found = weighted_product(DecisionMatrix.plain(e.PRODUCT), e.PRODUCT_WEIGHTS)
    assert found.log_score == pytest.approx(e.PRODUCT_LOGS, abs=5.1e-9)
    assert found.rank.tolist() == [1, 2, 3]


@pytest.mark.parametrize("how", e.TABLE_NORMALISED)
def test_normalisations(how):
    found = normalise(DecisionMatrix.plain(e.TABLE, directions(e.TABLE_SIGNS)), how)
    assert found.ravel() == pytest.approx(e.TABLE_NORMALISED[how], abs=5.1e-9)


def test_interval_ideals_rim():
    matrix = DecisionMatrix.plain(e.RIM, [Direction.RANGE] * 6, ideals=e.RIM_IDEALS, limits=e.RIM_LIMITS)
    found = topsis(matrix, e.RIM_WEIGHTS, "minmax", fixed=True)
    assert found.score == pytest.approx(e.RIM_SCORES, abs=5.1e-6)
