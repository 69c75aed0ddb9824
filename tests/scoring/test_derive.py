"""Derived indicators inside a scheme: computed, reported beside, missing, explained."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from tests.scheme_maker import scheme

RULE = "{kind: linear, bounds: {worst: 0, best: 100}}"
INPUTS = "inputs: [{id: good, title: 优良天数, unit: 天}, {id: valid, title: 有效天数, unit: 天}]"
RATIO = f"{{id: ratio, title: 优良天数比率, unit: '%', weight: 1, formula: 100 * good / valid, rule: {RULE}}}"


def frame(rows: dict, columns: list[str]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(rows) if isinstance(next(iter(rows)), tuple) else list(rows)
    return pd.DataFrame(list(rows.values()), index=index, columns=columns, dtype=object)


def test_a_ratio_is_computed_and_its_working_paper_shows_how():
    result = score(frame({"甲区": [219, 365], "乙县": [300, 366]}, ["good", "valid"]), scheme(RATIO, INPUTS), "2024")
    assert result.cells.value[:, 0] == pytest.approx([60, 100 * 300 / 366])
    row = result.explain("甲区")[0]
    assert "219" in "".join(row.notes)
    assert "优良天数" in "".join(row.notes)


def test_what_is_reported_stands_and_a_difference_is_told():
    table = frame({"甲区": [219, 365, 61.5], "乙县": [300, 366, None]}, ["good", "valid", "ratio"])
    result = score(table, scheme(RATIO, INPUTS), "2024")
    assert result.cells.value[0, 0] == 61.5
    assert [(f.code, f.district) for f in result.findings] == [("derived_differs", "甲区")]


def test_a_missing_input_is_named_and_one_not_applicable_carries_over():
    table = frame({"甲区": [219, None], "乙县": ["不适用", 366], "丙县": [1, 0], "丁县": [366, 366]}, ["good", "valid"])
    result = score(table, scheme(RATIO, f"{INPUTS}\nmissing: zero"), "2024")
    by_district = {f.district: f.message for f in result.findings if f.code == "not_derived"}
    assert "缺有效天数" in by_district["甲区"]
    assert "除数为零" in by_district["丙县"]
    assert result.explain("乙县")[0].value == "不适用"
    assert np.isnan(result.layers.total[1])


def test_growth_looks_at_the_baseline_period():
    growth = f"{{id: cut, title: 信访量下降率, unit: '%', weight: 1, formula: 0 - yoy(petitions), rule: {RULE}}}"
    s = scheme(growth, "inputs: [{id: petitions, title: 信访量, unit: 件}]")
    table = frame(
        {("甲区", "2023"): [200], ("甲区", "2024"): [150], ("乙县", "2023"): [100], ("乙县", "2024"): [90]},
        ["petitions"],
    )
    assert score(table, s, "2024").cells.value[:, 0].tolist() == [25, 10]


def test_a_formula_may_use_another_and_circles_are_refused():
    double = f"{{id: double, title: 两倍, weight: 1, formula: 2 * ratio / 4, rule: {RULE}}}"
    result = score(frame({"甲区": [219, 365]}, ["good", "valid"]), scheme(f"{double}\n{RATIO}", INPUTS), "2024")
    assert result.cells.value[0].tolist() == pytest.approx([30, 60])
    a, b = (f"{{id: {x}, title: {x}, weight: 1, formula: {y} + 1, rule: {RULE}}}" for x, y in ("ab", "ba"))
    with pytest.raises(InputRefused, match="绕成了圈"):
        scheme(f"{a}\n{b}")


@pytest.mark.parametrize("text", ["100 * godo / valid", "good /", "eval(good)", "(good"])
def test_a_wrong_formula_is_refused_with_its_line(text):
    with pytest.raises(InputRefused) as refused:
        scheme(RATIO.replace("100 * good / valid", text), INPUTS)
    assert {(f.key, f.code) for f in refused.value.findings} == {("formula", "bad_formula")}


def test_the_air_index_reproduces_the_sum_of_its_single_indices():
    inputs = (
        "inputs: [" + ", ".join(f"{{id: {p}, title: {p}}}" for p in ("so2", "no2", "pm10", "pm25", "co", "o3")) + "]"
    )
    index = "{id: air, title: 综合指数, weight: 1, direction: lower, formula: 'air_index_2013(so2, no2, pm10, pm25, co, o3)', rule: {kind: linear, bounds: {worst: 6, best: 3}}}"
    result = score(
        frame({"甲区": [60, 40, 70, 35, 4, 160]}, ["so2", "no2", "pm10", "pm25", "co", "o3"]),
        scheme(index, inputs),
        "2024",
    )
    assert result.cells.value[0, 0] == pytest.approx(6)
    assert result.scheme.indicators[0].basis
