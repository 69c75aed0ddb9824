"""Rankings: hand-worked cases and what must hold of any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecoscore.errors import InputRefused
from ecoscore.methods import DecisionMatrix, grey_relation, topsis, weighted_product, weighted_sum
from ecoscore.methods.rank import average_ranks, kendall, ranks_of, spearman
from ecoscore.model.scheme import Direction

H, L = Direction.HIGHER, Direction.LOWER


def test_grey_relation_by_hand():
    # Min-max: (0, 1), (0.5, 0), (1, 0.5); reference (1, 1); Δ: (1, 0), (.5, 1), (0, .5); Δmin 0, Δmax 1, ρ .5:
    # ξ = .5/(Δ + .5): (1/3, 1), (1/2, 1/3), (1, 1/2); equal weights: 2/3, 5/12, 3/4.
    found = grey_relation(DecisionMatrix.plain([[10, 1], [20, 5], [30, 3]], [H, L]), [1, 1])
    assert found.coefficient == pytest.approx(np.array([[1 / 3, 1], [1 / 2, 1 / 3], [1, 1 / 2]]))
    assert found.score == pytest.approx([2 / 3, 5 / 12, 3 / 4])
    assert found.rank.tolist() == [2, 3, 1]
    with pytest.raises(InputRefused, match="分辨系数"):
        grey_relation(DecisionMatrix.plain([[1], [2]]), [1], rho=0)


def test_topsis_by_hand():
    # x/‖x‖: (3, 4)/5 → .6, .8 and cost (4, 3)/5 → 1-.8, 1-.6; the second is best in both.
    found = topsis(DecisionMatrix.plain([[3, 4], [4, 3]], [H, L]), [0.5, 0.5])
    assert found.score.tolist() == [0, 1]
    assert found.distance_best[0] == pytest.approx(np.hypot(0.1, 0.1))


def test_all_weight_on_a_constant_column_leaves_everyone_in_the_middle():
    found = topsis(DecisionMatrix.plain([[3, 4], [3, 3]]), [1, 0])
    assert found.score.tolist() == [0.5, 0.5] and found.rank.tolist() == [1, 1]
    assert "指标1" in found.notes[-1]


def test_an_all_zero_column_does_no_harm():
    matrix = DecisionMatrix.plain([[0, 4], [0, 3]], [H, H])
    assert topsis(matrix, [1, 1]).rank.tolist() == [1, 2]
    assert weighted_sum(matrix, [1, 1]).rank.tolist() == [1, 2]
    assert grey_relation(matrix, [1, 1]).rank.tolist() == [1, 2]
    with pytest.raises(InputRefused, match="加权乘积不能有 0"):
        weighted_product(matrix, [1, 1])


@pytest.mark.parametrize(
    ("weights", "words"),
    [([1], "有 1 个，指标有 2 个"), ([1, -1], "第 2 个权重"), ([0, 0], "全是 0"), ([1, float("nan")], "第 2 个权重")],
)
def test_weights_are_checked(weights, words):
    for rank in (topsis, grey_relation, weighted_sum, weighted_product):
        with pytest.raises(InputRefused, match=words):
            rank(DecisionMatrix.plain([[1, 2], [2, 3]]), weights)


def test_agreement_of_ranks():
    # Kendall 1945, τ-b with ties: n = 4, pairs 6; by hand.
    assert spearman([1, 2, 3, 4], [1, 2, 3, 4]) == 1 and kendall([1, 2, 3, 4], [4, 3, 2, 1]) == -1
    # d = (0, 1, -1, 0): ρ = 1 - 6·2/(4·15) = 0.8; one discordant pair of six: τ = 4/6.
    assert spearman([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)
    assert kendall([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(4 / 6)
    # Ties: a (1, 1, 2), b (1, 2, 3): concordant 2, tied in a 1: τ-b = 2/√(2·3).
    assert kendall([1, 1, 2], [1, 2, 3]) == pytest.approx(2 / np.sqrt(6))
    assert average_ranks(np.array([10.0, 20, 20, 30])).tolist() == [1, 2.5, 2.5, 4]
    assert spearman([1, 1, 1], [1, 2, 3]) is None and kendall([1, 1, 1], [1, 2, 3]) is None
    assert ranks_of(np.array([0.1 + 0.2, 0.3, 0.1])).tolist() == [1, 1, 3]


TABLES = st.integers(2, 7).flatmap(
    lambda d: st.integers(1, 4).flatmap(lambda i: arrays(float, (d, i), elements=st.integers(0, 40).map(float)))
)
METHODS = [
    topsis,
    lambda m, w: topsis(m, w, "minmax"),
    grey_relation,
    weighted_sum,
]


@given(table=TABLES, seed=st.integers(0, 1000))
@settings(max_examples=80, deadline=None)
def test_who_is_nowhere_worse_is_ranked_nowhere_lower_and_order_of_rows_does_not_matter(table, seed):
    if not np.ptp(table, axis=0).any():
        return
    random = np.random.default_rng(seed)
    signs = random.choice([-1, 1], table.shape[1])
    directions = [H if s > 0 else L for s in signs]
    weights = random.uniform(0.1, 1, table.shape[1])
    rows = random.permutation(len(table))
    for method in METHODS:
        found = method(DecisionMatrix.plain(table, directions), weights)
        assert method(DecisionMatrix.plain(table[rows], directions), weights).score == pytest.approx(found.score[rows])
        for a in range(len(table)):
            for b in range(len(table)):
                if ((table[a] - table[b]) * signs >= 0).all():
                    assert found.score[a] >= found.score[b] - 1e-12
                    assert found.rank[a] <= found.rank[b]


@given(table=TABLES, gain=st.integers(1, 30), seed=st.integers(0, 1000))
@settings(max_examples=80, deadline=None)
def test_doing_better_never_costs_a_place_in_the_weighted_sum(table, gain, seed):
    random = np.random.default_rng(seed)
    d, i = random.integers(table.shape[0]), random.integers(table.shape[1])
    better = table.copy()
    better[d, i] += gain
    weights = random.uniform(0.1, 1, table.shape[1])
    before = weighted_sum(DecisionMatrix.plain(table), weights)
    after = weighted_sum(DecisionMatrix.plain(better), weights)
    # A constant column counted fully for all; once it tells districts apart the others lose there, never the better one.
    assert after.rank[d] <= before.rank[d]
