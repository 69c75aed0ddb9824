"""The surface water index against its worked example, by item and as a whole; lakes, cities, pH."""

from __future__ import annotations

import numpy as np
import pytest

from ecoscore.derived import parse
from ecoscore.derived.water_limits import ITEMS
from ecoscore.model.rule import Number

NAMES = tuple(i.name for i in ITEMS)
MEASURED = [
    "7.8",
    "7.5",
    "3.6",
    "15",
    "2.4",
    "0.40",
    "0.10",
    "0.004",
    "0.02",
    "0.50",
    "0.0004",
    "0.0020",
    "0.00002",
    "0.0001",
    "0.004",
    "0.002",
    "0.002",
    "0.0006",
    "0.02",
    "0.05",
    "0.01",
]
RIVER, LAKE = (f"cwqi_{kind}({', '.join(NAMES)})" for kind in ("river", "lake"))


def compute(text, names=NAMES, **values):
    return float(parse(text, names).compute({k: np.float64(v) for k, v in values.items()}))


def river(**changed):
    return compute(RIVER, **{**dict(zip(NAMES, MEASURED, strict=True)), **changed})


def test_the_worked_river():
    assert round(river(), 4) == 5.6907
    assert compute(f"round_even({RIVER}, 4)", **dict(zip(NAMES, MEASURED, strict=True))) == 5.6907


def test_water_exactly_at_class_three_scores_one_for_each_item():
    at_limits = {i.name: i.limit for i in ITEMS}
    assert len(ITEMS) == 21
    assert compute(RIVER, **at_limits) == pytest.approx(21, abs=1e-12)
    assert compute(LAKE, **{**at_limits, "tp": 0.05}) == pytest.approx(21, abs=1e-12)


def test_acid_and_alkaline_water_are_measured_from_seven():
    neutral = river(ph=7)
    assert river(ph=6) - neutral == pytest.approx(1)
    assert river(ph=9) - neutral == pytest.approx(1)
    assert river(ph=6.5) - neutral == pytest.approx(0.5)
    assert river(ph=7.8) - neutral == pytest.approx(0.4)


def test_of_dissolved_oxygen_more_is_better_and_none_gives_no_index():
    assert river(do=10) < river(do=5)
    assert river(do=2.5) - river(do=5) == pytest.approx(1)
    assert np.isnan(river(do=0))


def test_lakes_have_a_stricter_limit_of_phosphorus():
    given = dict(zip(NAMES, MEASURED, strict=True))
    assert compute(LAKE, **given) - compute(RIVER, **given) == pytest.approx(0.10 / 0.05 - 0.10 / 0.2)


def test_the_working_paper_prints_small_concentrations_in_full():
    numbers = {k: Number(float(v), v) for k, v in zip(NAMES, MEASURED, strict=True)}
    paper = parse(RIVER, NAMES).explain(numbers, titles={"hg": "汞浓度"})
    steps = dict(paper.steps)
    assert (steps["汞单项指数"].formula, steps["汞单项指数"].numbers) == ("汞浓度÷0.0001", "0.00002÷0.0001＝0.2")
    assert steps["pH单项指数"].numbers == "（7.8−7）÷2＝0.4"
    assert steps["溶解氧单项指数"].numbers == "5÷7.5＝0.666667"
    assert len(steps) == 21
    assert paper.numbers.endswith("＝5.690667")
    assert sum(round(s.score, 6) for s in steps.values()) == pytest.approx(paper.score, abs=2e-5), (
        "a calculator gets there"
    )


def test_a_city_weighs_rivers_and_lakes_by_their_points():
    names = ("r", "m", "l", "n")
    assert compute("cwqi_city(r, m, l, n)", names, r=5.6907, m=8, l=4.2, n=2) == pytest.approx(5.39256)
    assert np.isnan(compute("cwqi_city(r, m, l, n)", names, r=5, m=0, l=4, n=0))
    without_lakes = "if(n = 0, r, cwqi_city(r, m, l, n))"
    assert compute(without_lakes, names, r=5.6907, m=8, n=0) == 5.6907


@pytest.mark.parametrize(("now", "before", "expected"), [(3.5, 7.0, -50.0), (7.1454, 14.63, -51.16)])
def test_its_change_is_negative_where_water_got_better(now, before, expected):
    # 吉林 2020H1: 辽源市 7.1454, change −51.16 %; the earlier index is recomputed from the two.
    e = parse("water_change(w)", ("w",))
    assert round(float(e.compute({"w": np.float64(now)}, {"w": np.float64(before)})), 2) == expected


def test_the_mean_of_ph_is_that_of_the_ions():
    assert compute("ph_mean(a, b)", ("a", "b"), a=6, b=8) == pytest.approx(6.29671, abs=1e-5)
    assert compute("ph_mean(a)", ("a",), a=7.4) == pytest.approx(7.4)
    assert np.isnan(compute("ph_mean(a, b)", ("a", "b"), a=7, b=15))
    paper = parse("ph_mean(a, b)", ("a", "b")).explain({"a": Number(6, "6"), "b": Number(8, "8")})
    assert paper.numbers == "−lg［（0.000001＋0.00000001）÷2］＝6.296709"
