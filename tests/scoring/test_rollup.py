"""Quarters into years, towns into counties, and what is said when a part is missing."""

from __future__ import annotations

import math

import pytest

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District, Level
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.scoring import score_dataset
from ecoscore.scoring.rollup import roll_up
from tests.scheme_maker import scheme

YEAR = Period(2024)
RULE = "{kind: linear, bounds: {worst: 0, best: 100}}"
TOWNS = [
    District("甲县"),
    District("乙县"),
    District("子镇", level=Level.TOWN, parent="甲县"),
    District("丑镇", level=Level.TOWN, parent="甲县"),
]


def dataset(districts, ids, values: dict[tuple[str, str, str], float]) -> Dataset:
    held = [Observation(d, i, Period.parse(p), v) for (d, i, p), v in values.items()]
    return Dataset.from_observations(districts, ids, held)


def observed(data: Dataset) -> list[Observation]:
    return [
        Observation(d.name, i, YEAR, float(v))
        for n, d in enumerate(data.districts)
        for i, v in zip(data.indicators, data.page(YEAR)[0][n], strict=True)
        if not math.isnan(v)
    ]


def value(data: Dataset, district: str, indicator: str, period: Period = YEAR) -> float:
    names = [d.name for d in data.districts]
    return data.page(period)[0][names.index(district), data.indicators.index(indicator)]


@pytest.mark.parametrize(("how", "expected"), [("mean", 25), ("last", 40), ("sum", 100)])
def test_quarters_make_a_year(how, expected):
    s = scheme(f"{{id: a, title: 甲项, weight: 1, over_periods: {how}, rule: {RULE}}}")
    data = dataset([District("甲区")], ["a"], {("甲区", "a", f"2024Q{q}"): 10.0 * q for q in range(1, 5)})
    rolled = roll_up(data, s, [YEAR])
    assert value(rolled.dataset, "甲区", "a") == expected
    assert "10，20，30，40" in rolled.remarks["甲区", "a", YEAR]


def test_months_make_a_year_and_a_missing_month_is_named():
    s = scheme(f"{{id: a, title: 甲项, weight: 1, over_periods: mean, rule: {RULE}}}")
    whole = {("甲区", "a", f"2024-{m:02d}"): float(m) for m in range(1, 13)}
    assert value(roll_up(dataset([District("甲区")], ["a"], whole), s, [YEAR]).dataset, "甲区", "a") == 6.5
    del whole["甲区", "a", "2024-07"]
    rolled = roll_up(dataset([District("甲区")], ["a"], whole), s, [YEAR])
    assert "2024年7月" in rolled.findings[0].message
    assert math.isnan(value(rolled.dataset, "甲区", "a"))


def test_an_annual_figure_that_differs_is_told():
    s = scheme(f"{{id: a, title: 甲项, weight: 1, over_periods: mean, rule: {RULE}}}")
    values = {("甲区", "a", f"2024Q{q}"): 10.0 for q in range(1, 5)} | {("甲区", "a", "2024"): 12.0}
    rolled = roll_up(dataset([District("甲区")], ["a"], values), s, [YEAR])
    assert (value(rolled.dataset, "甲区", "a"), rolled.findings[0].code) == (10, "rolled_up_differs")


@pytest.mark.parametrize(("how", "expected"), [("mean", 30), ("sum", 60), ("weighted, weigh_by: pop", 25)])
def test_towns_make_a_county(how, expected):
    s = scheme(
        f"{{id: a, title: 甲项, weight: 1, over_districts: {how}, rule: {RULE}}}",
        "inputs: [{id: pop, title: 人口, unit: 万人}]",
    )
    data = dataset(
        TOWNS,
        ["a", "pop"],
        {
            ("子镇", "a", "2024"): 20.0,
            ("丑镇", "a", "2024"): 40.0,
            ("子镇", "pop", "2024"): 3.0,
            ("丑镇", "pop", "2024"): 1.0,
        },
    )
    data = Dataset.from_observations(
        data.districts, data.indicators, [*observed(data), Observation("乙县", "a", YEAR, 1.0)]
    )
    result = score_dataset(data, s, YEAR)
    assert [d.name for d in result.districts] == ["甲县", "乙县"]
    assert result.layers.total.tolist() == [expected, 1]
    assert "子镇 20" in "".join(result.explain("甲县")[0].notes)
    towns = score_dataset(data, s, YEAR, level=Level.TOWN)
    assert towns.layers.rank.tolist() == [2, 1]


def test_a_town_without_a_figure_leaves_the_county_without_one():
    s = scheme(f"{{id: a, title: 甲项, weight: 1, over_districts: mean, rule: {RULE}}}", "missing: zero")
    result = score_dataset(dataset(TOWNS, ["a"], {("子镇", "a", "2024"): 20.0, ("乙县", "a", "2024"): 0.0}), s, YEAR)
    assert result.layers.total.tolist() == [0, 0]
    assert "丑镇" in next(f.message for f in result.findings if f.code == "incomplete")
