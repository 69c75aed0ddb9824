"""Good-days ratio, per-head values and rates of change, against printed figures."""

from __future__ import annotations

import numpy as np
import pytest

from ecoscore.derived import parse
from ecoscore.derived.good_days import GOOD_DAYS
from ecoscore.derived.per_head import PER_HEAD
from ecoscore.model.rule import Number


def test_good_days():
    # 徐州: 207 good days in 2017, 289 in 2021.
    got = parse("round(good_days_ratio(good, valid), 1)", ("good", "valid")).compute(
        {"good": np.array([207.0, 289.0, 10.0]), "valid": np.array([365.0, 365.0, 0.0])}
    )
    np.testing.assert_array_equal(got, [56.7, 79.2, np.nan])
    assert GOOD_DAYS.formula == "100×优良天数÷有效监测天数"


def test_per_head():
    e = parse("per_head(gdp, people)", ("gdp", "people"))
    assert float(e.compute({"gdp": np.float64(8808), "people": np.float64(534.9)})) == pytest.approx(16.46663, abs=1e-5)
    assert np.isnan(e.compute({"gdp": np.float64(1), "people": np.float64(-1)}))
    paper = e.explain(
        {"gdp": Number(8808, "8808"), "people": Number(534.9, "534.9")},
        titles={"gdp": "地区生产总值（亿元）", "people": "常住人口（万人）"},
    )
    assert paper.formula == "地区生产总值（亿元）÷常住人口（万人）"
    assert paper.numbers == "8808÷534.9＝16.466629"
    assert PER_HEAD.formula == "总量÷人口"


@pytest.mark.parametrize(
    ("before", "now", "expected"), [(64, 42, -34.375), (57, 36, -100 * 21 / 57), (-4, -2, 50), (-4, -6, -50)]
)
def test_year_on_year(before, now, expected):
    # 徐州 PM2.5 64 → 42 is −34.375 %, 常州 57 → 36 is −36.8 %.
    e = parse("yoy(x)", ("x",))
    assert float(e.compute({"x": np.float64(now)}, {"x": np.float64(before)})) == pytest.approx(expected)


def test_from_nothing_there_is_no_rate():
    e = parse("yoy(x)", ("x",))
    assert np.isnan(e.compute({"x": np.float64(3)}, {"x": np.float64(0)}))
    paper = e.explain({"x": Number(3, "3")}, {"x": Number(0, "0")}, {"x": "信访量"})
    assert paper.formula == "100×（信访量−基期信访量）÷｜基期信访量｜"
    assert paper.numbers == "100×（3−0）÷｜0｜，无法计算"
    assert paper.notes == ("除数 ｜基期信访量｜ 为 0，不计算",)
    paper = e.explain({"x": Number(3, "3")}, {}, {"x": "信访量"})
    assert paper.notes == ("缺少基期信访量，不计算",)


def test_from_nothing_to_nothing_is_no_change():
    e = parse("0 - yoy(x)", ("x",))
    assert e.compute({"x": np.float64(0)}, {"x": np.float64(0)}) == 0
    paper = e.explain({"x": Number(0, "0")}, {"x": Number(0, "0")}, {"x": "信访量"})
    assert paper.numbers == "0−0＝0"
    assert paper.notes == ("信访量与基期信访量都为 0，没有变化，变化率按 0 计",)
