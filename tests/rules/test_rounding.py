"""GB/T 8170-2008's own cases, binary traps, and ties."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

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
