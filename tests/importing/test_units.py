"""Units: two spellings of one, and two that differ."""

from __future__ import annotations

import pytest

from ecoscore.importing.units import conversion_hint, converted, is_known_unit, same_unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("μg/m³", "ug/m3"),
        ("μg/m³", "微克/立方米"),
        ("μg/m³", "（μg/m^3）"),
        ("%", "％"),
        ("万元", "单位：万元"),
        ("吨/(平方千米·月)", "t/km²·月"),
        ("", "无量纲"),
        ("—", ""),
        ("天", "d"),
    ],
)
def test_the_same(one, other):
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("μg/m³", "mg/m³"), ("%", "‰"), ("%", "百分点"), ("万元", "亿元"), ("%", ""), ("亩", "公顷"), ("t", "万吨")],
)
def test_different(one, other):
    assert not same_unit(one, other)


def test_what_is_a_unit():
    assert all(map(is_known_unit, ("%", "（μg/m³）", "万元", "个", "人/平方公里")))
    assert not any(map(is_known_unit, ("", "甲区", "备注", "PM2.5年均浓度", "42")))


def test_hints():
    assert conversion_hint("毫克/立方米", "μg/m³") == "1 毫克/立方米 = 1000 μg/m³"
    assert conversion_hint("个", "万元") == ""


@pytest.mark.parametrize(
    ("figure", "given", "wanted", "result"),
    [
        (0.035, "mg/m³", "μg/m³", 35.0),
        (42, "μg/m³", "mg/m³", 0.042),
        (15, "亩", "公顷", 1.0),
        (1.2, "平方公里", "公顷", 120.0),
        (1500, "亩", "km²", 1.0),
        (0.1, "亿元", "万元", 1000.0),
        (12345.6, "吨", "万吨", 1.23456),
        (0.864, "比例", "%", 86.4),
        (8.64, "‰", "%", 0.864),
        (5, "mg/L", "μg/L", 5000.0),
    ],
)
def test_a_figure_in_another_unit_is_exact(figure, given, wanted, result):
    assert converted(figure, given, wanted) == result


@pytest.mark.parametrize(
    ("given", "wanted"), [("万元", "吨"), ("%", "百分点"), ("个", "%"), ("", "%"), ("mg/L", "mg/m³")]
)
def test_units_of_different_things_are_never_converted(given, wanted):
    assert converted(1.0, given, wanted) is None
