"""Numbers as printed."""

from __future__ import annotations

import math

import pytest

from ecoscore.reporting.view_text import aligned, difference, fixed, number_ranges, score_figure, weight_figures
from tests.reporting.builders import small

SCHEME = small()


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (2.675, False, "2.68"),
        (2.665, False, "2.66"),
        (-0.001, False, "0.00"),
        (-3.456, False, "−3.46"),
        (1.0, True, "+1.00"),
        (0.001, True, "0.00"),
    ],
)
def test_scores_round_by_the_scheme_and_zero_has_no_sign(value, signed, text):
    assert fixed(value, 2, SCHEME, signed=signed) == text


def test_no_number_is_a_dash():
    assert score_figure(math.nan, SCHEME).text == "—"


def test_values_keep_what_was_typed_with_equal_decimals():
    assert [f.text for f in aligned([92.6, 93.0, math.nan, 0.1])] == ["92.6", "93.0", "—", "0.1"]
    assert [f.text for f in aligned([35.0])] == ["35"]
    assert [f.text for f in aligned([-5.25, 1.0])] == ["−5.25", "1.00"]


def test_weights_are_whole_unless_one_is_not():
    assert [f.text for f in weight_figures([7.0, 8.0, 0.0], SCHEME)] == ["7", "8", "—"]
    assert [f.text for f in weight_figures([7.0, 10 / 3], SCHEME)] == ["7.00", "3.33"]


def test_a_difference_is_what_a_person_gets():
    assert difference(0.3, 0.1) == 0.2
    assert math.isnan(difference(math.nan, 1.0))


def test_numbers_in_a_row_are_drawn_together():
    assert number_ranges([1, 2, 3, 5, 7, 8]) == "1—3、5、7、8"
