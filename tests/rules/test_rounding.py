"""GB/T 8170-2008's own cases, binary traps, and ties."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore.rules.rounding import format_decimal, round_array, round_decimal, round_text

# GB/T 8170-2008 clause 3: numeral, places, rounded.
STANDARD = [
    ("12.1498", 0, "12"),
    ("12.1498", 1, "12.1"),
    ("1268", -2, "1300"),
    ("10.5002", 0, "11"),
    ("1.050", 1, "1.0"),
    ("0.35", 1, "0.4"),
    ("2500", -3, "2000"),
    ("3500", -3, "4000"),
    ("-0.0365", 3, "-0.036"),
    ("8.53459", 2, "8.53"),
    ("15.4546", 0, "15"),
    ("28.175", 2, "28.18"),
    ("28.165", 2, "28.16"),
    ("28.2645", 1, "28.3"),
    ("28.350", 1, "28.4"),
    ("28.250", 1, "28.2"),
    ("28.050", 1, "28.0"),
    ("28.2501", 1, "28.3"),
    ("2.154546", 2, "2.15"),
]


@pytest.mark.parametrize(("text", "places", "expected"), STANDARD)
def test_the_standards_own_cases(text, places, expected):
    assert round_text(text, places, "half_even") == Decimal(expected)
    assert round_decimal(float(text), places, "half_even") == float(expected)


def test_half_up_differs_only_at_ties():
    assert round_decimal(28.165, 2, "half_up") == 28.17
    assert round_decimal(28.1649, 2, "half_up") == 28.16
    assert round_decimal(-0.5, 0, "half_up") == -1


def test_binary_neighbours_of_a_tie_are_read_as_people_see_them():
    # 1.005 is stored below the tie; round() gives 1.0.
    assert round(1.005, 2) == 1.0
    assert round_decimal(1.005, 2, "half_up") == 1.01
    assert round_decimal(0.1 + 0.2 + 0.005 - 0.3, 2, "half_up") == 0.01


def test_array_equals_one_by_one():
    rng = np.random.default_rng(7)
    values = np.concatenate(
        [rng.uniform(0, 100, 20000), np.round(rng.uniform(0, 100, 20000), 3), [np.nan, 0.125, -2.5]]
    )
    for rounding in ("half_even", "half_up"):
        got = round_array(values, 2, rounding)
        expected = [round_decimal(float(v), 2, rounding) for v in values]
        np.testing.assert_array_equal(got, expected)


def test_printed_with_all_its_places_and_no_negative_zero():
    assert format_decimal(7.5, 2, "half_even") == "7.50"
    assert format_decimal(-0.001, 2, "half_even") == "0.00"
    assert format_decimal(float("nan"), 2, "half_even") == ""


@given(
    st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=40),
    st.sampled_from([-2, 0, 1, 2, 3, 6]),
    st.integers(-3, 3),
    st.sampled_from(["half_even", "half_up"]),
)
@settings(max_examples=150, deadline=None)
def test_an_array_beside_and_on_its_ties_equals_one_by_one(halves, decimals, steps, rounding):
    values = np.array([(2 * n + 1) / 2 for n in halves]) / 10.0**decimals
    for _ in range(abs(steps)):
        values = np.nextafter(values, np.inf if steps > 0 else -np.inf)
    values = np.concatenate([values, [0.0, -0.0, np.nan]]).reshape(-1, 1)
    expected = [[round_decimal(float(v), decimals, rounding)] for v in values[:, 0]]
    np.testing.assert_array_equal(round_array(values, decimals, rounding), expected)


@pytest.mark.filterwarnings("error")
def test_an_array_with_what_is_no_ordinary_number():
    values = np.array([[np.inf, -np.inf, np.nan], [1e300, -1e17, 123456789012.345], [0.125, -0.125, -0.001]])
    got = round_array(values, 2, "half_up")
    assert np.isnan(got[0, 2])
    got[0, 2] = 0
    assert got.tolist() == [[np.inf, -np.inf, 0], [1e300, -1e17, 123456789012.35], [0.13, -0.13, 0]]
    assert not np.signbit(got[2, 2])
    assert round_array(np.zeros((0, 3)), 2, "half_up").shape == (0, 3)


def test_a_large_table_is_rounded_like_a_small_one():
    values = np.round(np.random.default_rng(3).uniform(0, 100, (3000, 31)), 3)
    whole = round_array(values, 2, "half_even")
    rows = np.concatenate([round_array(values[n : n + 1], 2, "half_even") for n in range(len(values))])
    np.testing.assert_array_equal(whole, rows)
