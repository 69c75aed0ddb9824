"""Area compensation, recomputed by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from ecoscore.scoring.compensation import compensate
from tests.scheme_maker import scheme

ITEMS = """{id: pm25, title: PM2.5, unit: μg/m³, direction: lower, weight: 1, target: 35, rule: {kind: linear, bounds: {worst: 60, best: 25}}}
{id: water, title: 优Ⅲ比例, unit: "%", weight: 1, rule: {kind: linear, bounds: {worst: 50, best: 100}}}"""


def table(rows: dict[str, tuple[float, float, float, float]]) -> pd.DataFrame:
    """district=(pm25 last year, this year, water last year, this year)."""
    data = {(d, p): (r[n], r[2 + n]) for d, r in rows.items() for n, p in enumerate(("2023", "2024"))}
    return pd.DataFrame(data.values(), index=pd.MultiIndex.from_tuples(data), columns=["pm25", "water"], dtype=float)


def plan(extra: str = "", items: str = "") -> str:
    items = items or "{id: level, title: PM2.5与目标, indicator: pm25, against: target, rate: 50}"
    return f"compensation: {{{extra}items: [{items}]}}"


THREE = {"甲区": (40, 38, 80, 85), "乙县": (36, 33, 90, 88), "丙县": (35, 35, 90, 90)}


def test_each_step_worse_than_the_target_is_paid_each_better_received():
    got = compensate(score(table(THREE), scheme(ITEMS, plan()), "2024"))
    assert {d.district: d.net for d in got.districts} == {"甲区": -150, "乙县": 100, "丙县": 0}
    assert got.districts[0].lines[0].numbers == "50×（35−38）÷1＝−150"
    assert got.balance == -50


def test_zero_sum_scales_what_is_received_and_says_by_how_much():
    got = compensate(score(table(THREE), scheme(ITEMS, plan("zero_sum: true, ")), "2024"))
    assert {d.district: d.net for d in got.districts} == {"甲区": -150, "乙县": 150, "丙县": 0}
    assert (got.scale, got.balance) == (1.5, 0)
    assert "150÷100" in got.notes[0]


def test_zero_sum_adds_up_to_the_last_digit():
    rows = {"甲区": (40, 38, 80, 80), "乙县": (40, 34, 80, 80), "丙县": (40, 34, 80, 80), "丁县": (40, 34, 80, 80)}
    item = "{id: level, title: 与目标, indicator: pm25, against: target, rate: 33.335}"
    got = compensate(score(table(rows), scheme(ITEMS, plan("zero_sum: true, ", item)), "2024"))
    assert got.balance == 0
    assert round(sum(d.net for d in got.districts), 9) == 0
    assert max(d.net for d in got.districts[1:]) - min(d.net for d in got.districts[1:]) <= 0.0101


def test_level_and_change_together_with_caps_and_one_sided_items():
    items = (
        "{id: level, title: 与基准, indicator: pm25, against: value, at: 35, rate: 50, receives: false, cap: 100},"
        " {id: change, title: 与上年, indicator: pm25, against: baseline, rate: 20},"
        " {id: water, title: 水质与上年, indicator: water, against: baseline, rate: 10, step: 5}"
    )
    got = compensate(score(table(THREE), scheme(ITEMS, plan(items=items)), "2024"))
    # 甲区: level −150 capped −100; change +40; water +10. 乙县: level +100 not received; +60; −4.
    assert [d.net for d in got.districts] == [-50, 56, 0]
    assert "封顶 100" in got.districts[0].lines[0].numbers


def test_a_scheme_without_rates_has_no_table_and_a_wrong_one_is_refused():
    assert compensate(score(table(THREE), scheme(ITEMS), "2024")) is None
    with pytest.raises(InputRefused, match="pm10"):
        scheme(ITEMS, plan(items="{id: a, title: a, indicator: pm10, against: target, rate: 1}"))
    with pytest.raises(InputRefused, match="at"):
        scheme(ITEMS, plan(items="{id: a, title: a, indicator: pm25, against: value, rate: 1}"))
