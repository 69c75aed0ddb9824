"""The scheme of derived indicators from a table to totals, the derived workbook and the money beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from ecoscore import load_scheme, score
from ecoscore.scoring.compensation import compensate

RAW = {
    # fictional: so2 no2 pm10 co good_days valid_days pollutant carbon petitions pm25 o3
    ("甲区", "2023"): (8, 30, 62, 1.1, 280, 365, 1000, 500, 200, 38, 165),
    ("甲区", "2024"): (7, 28, 58, 1.0, 300, 366, 960, 490, 170, 35, 160),
    ("乙县", "2023"): (9, 26, 66, 1.2, 270, 365, 800, 300, 100, 40, 158),
    ("乙县", "2024"): (9, 27, 68, 1.2, 262, 366, 810, 296, 108, 41, 162),
}
COLUMNS = [
    "so2",
    "no2",
    "pm10",
    "co",
    "good_days",
    "valid_days",
    "pollutant_emission",
    "carbon_emission",
    "petitions",
    "pm25",
    "o3",
]


def test_indicators_are_derived_and_the_money_adds_up():
    table = pd.DataFrame(list(RAW.values()), index=pd.MultiIndex.from_tuples(RAW), columns=COLUMNS, dtype=float)
    result = score(table, load_scheme("quality-derived"), "2024")
    value = dict(zip([i.id for i in result.indicators], result.cells.value[0], strict=True))
    single = 7 / 60 + 28 / 40 + 58 / 70 + 35 / 35 + 1.0 / 4 + 160 / 160
    assert value["air_index"] == pytest.approx(single)
    assert value["good_days_ratio"] == pytest.approx(100 * 300 / 366)
    assert value["synergy"] == pytest.approx(((4 / 3) * (2 / 2)) ** 0.5)
    assert value["petition_drop"] == pytest.approx(15)
    assert result.cells.value[1, 4] == 0  # pollutant rose: no synergy
    assert result.totals.loc["甲区", "bonus"] == 1
    row = next(r for r in result.explain("甲区") if r.indicator == "air_index")
    assert any("派生" in note for note in row.notes)
    money = compensate(result)
    # 甲区 is at its target and three better than last year; 乙县 six worse than the target and one worse than last year.
    assert {d.district: d.net for d in money.districts}["乙县"] < 0
    assert sum(d.net for d in money.districts) == pytest.approx(0)
