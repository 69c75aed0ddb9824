"""Sentences from figures: numbers, units and directions right, and nothing said that the data do not carry."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoscore.reporting.prose import (
    change,
    joined,
    listed,
    movement,
    numeral,
    places_of,
    quantity,
    shortfall,
    spoken_unit,
)

NAN = math.nan


@pytest.mark.parametrize(
    ("unit", "then", "now", "text"),
    [
        # What the bureaus printed themselves (徐州、常州).
        ("μg/m³", 64, 42, "由64微克/立方米降至42微克/立方米，下降34.4%"),
        ("%", 70.5, 86.4, "由70.5%升至86.4%，上升15.9个百分点"),
        ("μg/m³", 57, 36, "由57微克/立方米降至36微克/立方米，下降36.8%"),
        ("%", 42.4, 92.2, "由42.4%升至92.2%，上升49.8个百分点"),
        ("天", 207, 289, "由207天增至289天，增加82天"),
        ("亿元", 4039, 8808, "由4039亿元增至8808亿元，增长118.1%"),
        # Direction and measure follow the unit.
        ("%", 90, 88.5, "由90.0%降至88.5%，下降1.5个百分点"),
        ("起", 7, 5, "由7起减至5起，减少2起"),
        ("万元", 1848.6, 1671.3, "由1848.6万元降至1671.3万元，下降9.6%"),
        ("", 3.71, 3.34, "由3.71降至3.34，下降10.0%"),
        ("—", 3.34, 3.71, "由3.34升至3.71，上升11.1%"),
        ("吨/(平方千米·月)", 3.4, 3.0, "由3.4吨/(平方千米·月)降至3.0吨/(平方千米·月)，下降11.8%"),
        # Decimals are those of the longer figure.
        ("%", 91, 92.65, "由91.00%升至92.65%，上升1.65个百分点"),
        # What has no rate.
        ("起", 0, 3, "由0起增至3起，增加3起"),
        ("万元", 0, 12.5, "由0.0万元增至12.5万元，增长12.5万元"),
        ("", -0.2, 0.3, "由−0.2升至0.3，上升0.5"),
        ("%", 0, 4, "由0%升至4%，上升4个百分点"),
        ("%", -3.5, -1, "由−3.5%升至−1.0%，上升2.5个百分点"),
        ("μg/m³", 5, 0, "由5微克/立方米降至0微克/立方米，下降100.0%"),
        # Too little for a rate of one decimal, and no rounding up to a change that is not there.
        ("μg/m³", 10000, 9999, "由10000微克/立方米降至9999微克/立方米，下降不足0.1%"),
        # Nothing moved, or nothing to compare with.
        ("%", 100, 100, "为100%，与上年持平"),
        ("μg/m³", 0.3, 0.1 + 0.2, "为0.3微克/立方米，与上年持平"),
        ("%", NAN, 86.4, "为86.4%"),
    ],
)
def test_what_became_of_an_indicator(unit, then, now, text):
    assert movement("指标", unit, then, now) == f"指标{text}"


def test_without_a_value_nothing_is_said():
    assert movement("指标", "%", 80, NAN) == ""
    assert change("%", 80, NAN) == change("%", NAN, 80) == ""


def test_what_it_is_compared_with_is_named():
    assert movement("指标", "%", 80, 80, since="2020年度") == "指标为80%，与2020年度持平"


def test_the_change_alone():
    assert change("μg/m³", 64, 42) == "下降34.4%"
    assert change("%", 80, 80) == "持平"


def test_rates_are_rounded_as_the_scheme_says():
    assert change("", 40, 40.42, rounding="half_even") == "上升1.0%"
    assert change("", 40, 40.42, rounding="half_up") == "上升1.1%"


@given(
    st.floats(0.01, 1e6).map(lambda x: round(x, 2)), st.floats(0.01, 1e6).map(lambda x: round(x, 2)),
    st.sampled_from(["%", "μg/m³", "起", "万元", "", "吨"]),
)  # fmt: skip
def test_direction_words_always_follow_the_figures(then, now, unit):
    text = movement("某项", unit, then, now)
    up = any(word in text for word in ("升至", "增至"))
    down = any(word in text for word in ("降至", "减至"))
    assert (up, down) == (now > then, now < then)
    assert ("持平" in text) == (now == then)
    assert "e" not in text


def test_units_and_figures():
    assert spoken_unit("μg/m³") == "微克/立方米"
    assert spoken_unit("吨") == "吨"
    assert quantity(-3.2, "") == "−3.2"
    assert quantity(5, "%", 1) == "5.0%"
    assert places_of(5, 5.25, NAN) == 2


def test_a_target_not_met():
    assert shortfall("PM2.5年均浓度", "μg/m³", 36.2, 35) == "PM2.5年均浓度36.2微克/立方米，目标为35.0微克/立方米"


def test_lists_and_numbers_of_headings():
    assert listed(["甲区", "乙县"]) == "甲区、乙县"
    assert listed(["甲区", "乙县", "丙县"], 2) == "甲区、乙县等3个"
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 35, 100)] == ["一", "九", "十", "十一", "二十", "三十五", "100"]


def test_clauses_become_one_sentence():
    assert joined("甲区93.85分", "", "居第1名。") == "甲区93.85分，居第1名。"
    assert joined("", "") == ""
