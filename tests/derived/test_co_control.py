"""The co-control degree: both fell, one fell, none fell, and where it means nothing."""

from __future__ import annotations

import numpy as np
import pytest

from ecoscore.derived import parse
from ecoscore.model.rule import Number

E = parse("co_control(nox, co2, 3, 4)", ("nox", "co2"))


def degree(nox, co2, nox_before=100, co2_before=200, expression=E):
    now, before = (
        {"nox": np.float64(nox), "co2": np.float64(co2)},
        {"nox": np.float64(nox_before), "co2": np.float64(co2_before)},
    )
    return float(expression.compute(now, before))


def test_it_reads_both_periods():
    assert E.names == E.previous == {"nox", "co2"}


@pytest.mark.parametrize(("nox", "co2", "expected"), [
    (97, 192, 1.0),               # each exactly as asked: 3 % and 4 %
    (94, 196, 1.0),               # 6 % and 2 %: √(2 × 0.5)
    (88, 168, 4.0),               # 12 % and 16 %: four times over, no cap
    (94, 198, 0.5**0.5),          # 6 % and 1 %: √(2 × 0.25)
    (97, 200, 0), (97, 201, 0), (103, 192, 0), (103, 210, 0),
])  # fmt: skip
def test_the_geometric_mean_of_two_falls_against_their_targets(nox, co2, expected):
    assert degree(nox, co2) == pytest.approx(expected, abs=1e-12)


def test_with_equal_targets_it_is_the_geometric_mean_over_the_target():
    equal = parse("co_control(nox, co2, 4, 4)", ("nox", "co2"))
    assert degree(92, 196, expression=equal) == pytest.approx((8 * 2) ** 0.5 / 4)


def test_a_baseline_or_target_of_nothing_gives_no_degree():
    assert np.isnan(degree(90, 190, nox_before=0))
    assert np.isnan(degree(90, 190, co2_before=-5))
    assert np.isnan(degree(90, 190, expression=parse("co_control(nox, co2, 0, 4)", ("nox", "co2"))))
    assert np.isnan(degree(np.nan, 190))


def test_the_working_paper_shows_both_falls_and_why_there_is_none():
    before = {"nox": Number(100, "100"), "co2": Number(200, "200")}
    titles = {"nox": "氮氧化物排放量", "co2": "二氧化碳排放量"}
    paper = E.explain({"nox": Number(94, "94"), "co2": Number(196, "196")}, before, titles)
    assert paper.numbers == "√［（6÷3）×（2÷4）］＝1"
    assert paper.steps[0][1].formula == "100×（基期氮氧化物排放量−氮氧化物排放量）÷基期氮氧化物排放量"
    assert paper.steps[1][1].numbers == "100×（200−196）÷200＝2"
    none = E.explain({"nox": Number(94, "94"), "co2": Number(201, "201")}, before, titles)
    assert (none.score, none.numbers) == (0, "碳排放未下降，得 0")
    empty = E.explain({"nox": Number(94, "94"), "co2": Number(201, "201")}, {**before, "nox": Number(0, "0")}, titles)
    assert np.isnan(empty.score)
    assert "基期氮氧化物排放量 不大于 0，不计算" in empty.notes
