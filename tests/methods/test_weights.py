"""Weights: hand-worked cases, stated decisions for awkward data, and what must hold of any data."""

from __future__ import annotations

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecoscore.errors import InputRefused
from ecoscore.methods import (
    DecisionMatrix,
    ahp_weights,
    combine_weights,
    complete_pairwise,
    critic_weights,
    entropy_weights,
    equal_weights,
)
from ecoscore.model.scheme import Direction

H, L, R = Direction.HIGHER, Direction.LOWER, Direction.RANGE


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_equal():
    assert equal_weights(4).weights.tolist() == [0.25] * 4
    with pytest.raises(InputRefused, match="没有选指标"):
        equal_weights(0)


def test_entropy_by_hand():
    # Two districts, min-max: column 1 is (1, 0), so p = (1, 0), E = 0; column 2 the same; so halves.
    # Three districts, (0, 1, 2) → y (0, .5, 1), p (0, 1/3, 2/3), E = -(ln(1/3)/3 + 2 ln(2/3)/3)/ln 3 = 0.579380;
    # (0, 0, 1) → p (0, 0, 1), E = 0; w = (0.420620, 1)/1.420620.
    found = entropy_weights(DecisionMatrix.plain([[0, 0], [1, 0], [2, 1]]))
    assert found.entropy == pytest.approx([0.57938, 0], abs=1e-6)
    assert found.weights == pytest.approx([0.420620 / 1.420620, 1 / 1.420620], abs=1e-6)


def test_direction_turns_a_column():
    up = DecisionMatrix.plain([[1, 5], [2, 1], [4, 3]])
    down = DecisionMatrix.plain([[-1, 5], [-2, 1], [-4, 3]], [L, H])
    for weigh in (entropy_weights, critic_weights):
        assert weigh(up).weights == pytest.approx(weigh(down).weights)
    # The same figures read as lower-is-better weigh otherwise: direction is not ignored.
    table = [[1, 5, 2], [2, 1, 3], [4, 3, 9]]
    up, read = DecisionMatrix.plain(table), DecisionMatrix.plain(table, [L, H, H])
    assert entropy_weights(read).weights != pytest.approx(entropy_weights(up).weights)
    assert critic_weights(read).weights != pytest.approx(critic_weights(up).weights)


def test_a_range_column_counts_by_its_distance_from_the_interval():
    matrix = DecisionMatrix.plain([[5, 1], [10, 2], [12, 3], [20, 4]], [R, H], ideals=[(10, 12), None])
    # distances 5, 0, 0, 8; the farthest is 8.
    assert matrix.oriented[:, 0].tolist() == [1 - 5 / 8, 1, 1, 0]
    limited = DecisionMatrix.plain([[5], [10], [12], [20]], [R], ideals=[(10, 12)], limits=[(0, 32)])
    assert limited.oriented[:, 0].tolist() == [0.5, 1, 1, 1 - 8 / 20]


@pytest.mark.parametrize("weigh", [entropy_weights, critic_weights])
def test_a_constant_column_weighs_nothing_and_is_named(weigh):
    found = weigh(DecisionMatrix.plain([[7, 1, 4], [7, 2, 1], [7, 3, 2]]))
    assert found.weights[0] == 0 and found.weights.sum() == pytest.approx(1)
    assert "指标1" in found.notes[-1]
    # The others weigh what they would without it.
    assert found.weights[1:] == pytest.approx(weigh(DecisionMatrix.plain([[1, 4], [2, 1], [3, 2]])).weights)


@pytest.mark.parametrize("weigh", [entropy_weights, critic_weights])
def test_where_all_is_equal_it_is_refused(weigh):
    with pytest.raises(InputRefused, match="无从区分"):
        weigh(DecisionMatrix.plain([[7, 1], [7, 1]]))


def test_critic_where_all_columns_say_the_same():
    found = critic_weights(DecisionMatrix.plain([[1, 10], [2, 20], [3, 30]]))
    assert found.weights.tolist() == pytest.approx([0.5, 0.5])
    assert "冲突性都是 0" in found.notes[-1]


def test_zeros_and_negative_values():
    matrix = DecisionMatrix.plain([[0, -5], [1, 0], [3, 2]], [H, L])
    assert entropy_weights(matrix).weights.sum() == pytest.approx(1)
    with pytest.raises(InputRefused, match="不小于 0.*单位1的“指标2”是 -5"):
        entropy_weights(matrix, "sum")
    zero_cost = DecisionMatrix.plain([[0], [1]], [L])
    with pytest.raises(InputRefused, match="大于 0.*“指标1”是 0"):
        entropy_weights(zero_cost, "sum")


@pytest.mark.parametrize("gap", [np.nan, np.inf])
def test_a_gap_is_refused_with_its_place(gap):
    with pytest.raises(InputRefused, match="单位2的指标1") as refused:
        DecisionMatrix.plain([[1, 2], [gap, 3], [4, gap]])
    assert [(f.district, f.indicator) for f in refused.value.findings] == [("单位2", "指标1"), ("单位3", "指标2")]


def test_too_little_to_compare():
    with pytest.raises(InputRefused, match="至少选两个"):
        DecisionMatrix.plain([[1, 2]])
    with pytest.raises(InputRefused, match="适宜区间"):
        DecisionMatrix.plain([[1], [2]], [R])


def test_ahp_agreeing_judgements():
    w = np.array([0.5, 0.3, 0.2])
    for derivation in ("eigenvector", "geometric"):
        found = ahp_weights(w[:, None] / w[None, :], derivation=derivation)
        assert found.weights == pytest.approx(w)
        assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_ahp_one_and_two_things_always_agree():
    assert ahp_weights([[1]]).weights.tolist() == [1]
    found = ahp_weights([[1, 4], [0.25, 1]])
    assert found.weights == pytest.approx([0.8, 0.2])
    assert found.consistency_ratio == 0


def test_ahp_names_the_judgement_to_mend():
    # Consistent 1 : 2 : 4 : 8, but the first is said to be 5 times the last instead of an eighth.
    w = np.array([8.0, 4, 2, 1])
    a = w[:, None] / w[None, :]
    a[0, 3], a[3, 0] = 1 / 5, 5
    found = ahp_weights(a, ["大气", "水", "土壤", "噪声"])
    assert not found.consistent
    assert (found.mend.first_title, found.mend.second_title) == ("大气", "噪声")
    assert found.mend.fits == pytest.approx(8)
    assert found.mend.on_scale == Fraction(8)
    assert found.mend.ratio_after < 0.1 < found.consistency_ratio
    assert "“大气”比“噪声”判为 1/5" in found.mend.sentence and "即可通过" in found.mend.sentence
    mended = a.copy()
    mended[0, 3], mended[3, 0] = float(found.mend.on_scale), 1 / float(found.mend.on_scale)
    assert ahp_weights(mended).consistency_ratio == pytest.approx(found.mend.ratio_after)


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1, 3], [3, 1]], "第 1 行第 2 列是 3，第 2 行第 1 列是 3，两者不互为倒数"),
        ([[1, 0], [2, 1]], "第 1 行第 2 列是 0，应大于 0"),
        ([[2, 1], [1, 1]], "第 1 行第 1 列是 2，自己与自己比较应为 1"),
        ([[1, 2, 3], [1, 1, 1]], "应为方阵"),
        ([[1, 2], [1]], "长短不一"),
        ([[1, float("nan")], [1, 1]], "应大于 0"),
        (np.ones((16, 16)), "一次比较了 16 项"),
    ],
)
def test_ahp_refuses_what_is_no_judgement_matrix(matrix, words):
    with pytest.raises(InputRefused, match=words):
        ahp_weights(matrix)


def test_ahp_takes_short_decimals_for_exact_reciprocals():
    found = ahp_weights([[1, 3, 1], [0.33, 1, 0.33], [1, 3, 1]])
    assert found.pairwise[1, 0] == 1 / 3
    assert len(found.notes) == 2 and "取精确值" in found.notes[0]


def test_pairs_are_completed():
    assert complete_pairwise(2, {(0, 1): 4.0}).tolist() == [[1, 4], [0.25, 1]]
    for judgements, words in [({}, "缺第 1 项"), ({(0, 1): 2, (1, 0): 3}, "两次"), ({(0, 1): -1}, "应大于 0")]:
        with pytest.raises(InputRefused, match=words):
            complete_pairwise(2, judgements)


def test_combined_by_hand():
    assert combine_weights([0.6, 0.4], [0.5, 0.5]).weights == pytest.approx([0.6, 0.4])
    assert combine_weights([6, 4], [0.2, 0.8]).weights == pytest.approx([12 / 44, 32 / 44])
    assert combine_weights([6, 4], [0.2, 0.8], "linear", 0.25).weights == pytest.approx([0.3, 0.7])
    with pytest.raises(InputRefused, match="全是 0"):
        combine_weights([1, 0], [0, 1])
    with pytest.raises(InputRefused, match="对不上"):
        combine_weights([1, 0], [1, 1, 1])
    with pytest.raises(InputRefused, match="第 2 个客观权重"):
        combine_weights([1, 1], [1, -1])


TABLES = st.integers(2, 8).flatmap(
    lambda d: st.integers(1, 5).flatmap(lambda i: arrays(float, (d, i), elements=st.integers(-50, 50).map(float)))
)


@given(table=TABLES, seed=st.integers(0, 1000))
@settings(max_examples=80, deadline=None)
def test_weights_follow_the_columns_and_ignore_the_order_of_rows_units_and_origins(table, seed):
    if not np.ptp(table, axis=0).any():
        return
    random = np.random.default_rng(seed)
    rows, columns = random.permutation(table.shape[0]), random.permutation(table.shape[1])
    for weigh in (entropy_weights, critic_weights):
        found = weigh(DecisionMatrix.plain(table)).weights
        assert found.sum() == pytest.approx(1) and (found >= 0).all()
        assert weigh(DecisionMatrix.plain(table[rows])).weights == pytest.approx(found, abs=1e-9)
        assert weigh(DecisionMatrix.plain(table[:, columns])).weights == pytest.approx(found[columns], abs=1e-9)
        assert weigh(DecisionMatrix.plain(table * 10 + 7)).weights == pytest.approx(found, abs=1e-9)


@given(st.lists(st.integers(1, 9), min_size=3, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_ahp_weights_agree_with_the_order_of_things(upper, random):
    n = 3 if len(upper) < 6 else 4 if len(upper) < 10 else 5
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    a = complete_pairwise(n, dict(zip(pairs, map(float, upper), strict=False)))
    order = random.sample(range(n), n)
    shuffled = a[np.ix_(order, order)]
    found = ahp_weights(a)
    assert ahp_weights(shuffled).weights == pytest.approx(found.weights[order])
    assert found.lambda_max >= n - 1e-9
    assert (found.mend is None) == (found.consistency_ratio <= 0.1)
