"""The arithmetic under the formulas: NaN is never lost, nothing warns, equality is to fifteen digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoscore.derived import kernels

NAN = np.array(np.nan)
ONE = np.array(1.0)
TWO_SIDED = [
    kernels.add,
    kernels.subtract,
    kernels.multiply,
    kernels.divide,
    kernels.ratio,
    kernels.power,
    *(lambda a, b, s=s: kernels.compare(s, a, b) for s in ("<", "<=", ">", ">=", "=", "<>")),
]
MANY = [kernels.total, kernels.average, kernels.least, kernels.greatest, kernels.every, kernels.some]


@pytest.mark.parametrize("operation", TWO_SIDED)
def test_a_missing_side_leaves_nothing(operation):
    assert np.isnan(operation(NAN, ONE))
    assert np.isnan(operation(ONE, NAN))


@pytest.mark.parametrize("operation", MANY)
def test_a_missing_part_leaves_nothing(operation):
    assert np.isnan(operation([ONE, NAN, ONE]))


@given(st.floats(), st.floats())
def test_every_result_is_a_number_or_nothing(a, b):
    with np.errstate(all="raise"):
        for operation in TWO_SIDED:
            assert not np.isinf(operation(np.array(a), np.array(b)))


def test_neighbouring_floats_are_one_number():
    a = np.array(0.1) + np.array(0.2)
    b = np.array(0.3)
    assert a != b
    assert kernels.compare("=", a, b) == kernels.compare("<=", a, b) == kernels.compare(">=", a, b) == 1
    assert kernels.compare("<", b, a) == kernels.compare(">", a, b) == kernels.compare("<>", a, b) == 0
    assert kernels.subtract(a, b) == kernels.add(a, -b) == 0
    assert kernels.compare("<", np.array(0.3), np.array(0.3000000000001)) == 1


def test_powers_that_programs_disagree_on_are_nothing():
    for base, exponent in ((0, 0), (0, -1), (-8, 1 / 3), (-2, 0.5), (1e200, 2)):
        assert np.isnan(kernels.power(np.array(float(base)), np.array(float(exponent))))
    assert kernels.power(np.array(-2.0), np.array(3.0)) == -8


def test_the_branch_not_taken_does_not_matter():
    np.testing.assert_array_equal(
        kernels.choose(np.array([1.0, 0.0, np.nan]), np.array([5.0, np.nan, 5.0]), np.array([np.nan, 6.0, 6.0])),
        [5, 6, np.nan],
    )


@pytest.mark.parametrize(
    ("x", "up", "even"),
    [
        (0.125, 0.13, 0.12),
        (0.135, 0.14, 0.14),
        (-0.125, -0.13, -0.12),
        (2.675, 2.68, 2.68),
        (1.005, 1.01, 1.0),
        (0.004, 0, 0),
    ],
)
def test_rounding(x, up, even):
    a = np.array([[x]])
    assert kernels.rounded(a, 2, to_even=False) == up
    assert kernels.rounded(a, 2, to_even=True) == even
    assert kernels.rounded(a, 2, to_even=True).shape == (1, 1)
    assert np.isnan(kernels.rounded(NAN, 2, to_even=True))
