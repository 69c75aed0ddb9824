"""The three cities' printed figures: imported as they stand, the gaps reported, the improvements as printed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import ecoscore
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from tests.real.tables import REAL, rows, three_cities

Y2021 = Period.parse("2021")

# city, indicator, baseline, improvement, as printed in the text
PRINTED = [
    ("徐州", "pm25", "2017", -34.375, "34.3"),
    ("徐州", "good_days", "2017", 82, "82"),
    ("徐州", "national_sections", "2020", 15.9, "15.9"),
    ("常州", "pm25", "2015", -100 * 21 / 57, "36.8"),
    ("常州", "national_provincial_sections", "2015", 49.8, "49.8"),
    ("常州", "forest_cover", "2017", 1.0, "1"),
    ("常州", "wetland", "2017", 17.4, "17.4"),
]


@pytest.fixture(scope="module")
def scheme():
    return ecoscore.load_scheme("three-cities")


def change(result, city, indicator):
    return float(result.cells.change[result.district_at[city], result.indicator_at[indicator]])


@pytest.mark.parametrize(("city", "indicator", "baseline", "expected", "_printed"), PRINTED)
def test_improvement_against_its_own_baseline(scheme, city, indicator, baseline, expected, _printed):
    against = dataclasses.replace(scheme, baseline=baseline)
    result = ecoscore.score(three_cities(scheme), against, period="2021")
    assert change(result, city, indicator) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("_city", "_indicator", "_baseline", "expected", "printed"), PRINTED)
def test_printed_figure_is_the_exact_one_cut_or_rounded(_city, _indicator, _baseline, expected, printed):
    places = len(printed.partition(".")[2])
    assert abs(abs(expected) - float(printed)) < 10.0**-places


def test_one_figure_was_printed_truncated():
    from ecoscore.rules.rounding import round_decimal

    exact = 100 * (64 - 42) / 64
    assert exact == 34.375
    assert round_decimal(exact, 1, "half_even") == round_decimal(exact, 1, "half_up") == 34.4  # the text says 34.3
    assert round_decimal(100 * (57 - 36) / 57, 1, "half_even") == 36.8


def test_every_printed_figure_is_there_and_the_rest_is_missing(scheme):
    table = three_cities(scheme)
    assert int(table.notna().sum().sum()) == 33 == len(rows(REAL / "three_cities.csv"))
    result = ecoscore.score(table, scheme, period="2021")
    reported = result.cells.status == Status.REPORTED
    printed = {(r["city"], r["indicator"]) for r in rows(REAL / "three_cities.csv") if r["year"] == "2021"}
    found = {
        (d.name, i.title)
        for n, d in enumerate(result.districts)
        for m, i in enumerate(scheme.indicators)
        if reported[n, m]
    }
    assert found == printed
    assert np.isnan(result.cells.value[~reported]).all()


def test_no_baseline_leaves_the_level_alone(scheme):
    """Against 2017 常州's PM2.5 has no earlier figure: no invented improvement, and a finding says so."""
    result = ecoscore.score(three_cities(scheme), scheme, period="2021")
    assert np.isnan(change(result, "常州", "pm25"))
    assert result.individual.loc["常州", "pm25"] == pytest.approx(100 * (70 - 36) / 45)
    assert any(f.district == "常州" and f.indicator == "pm25" for f in result.findings)


@pytest.mark.parametrize("baseline", ["2017", "2015", "2020"])
def test_through_an_assessment_file(tmp_path, scheme, baseline):
    from ecoscore.assessment import Assessment
    from ecoscore.assessment.districts import read_districts
    from ecoscore.schemes import parse_scheme

    text = scheme.source_text.replace('baseline: "2017"', f'baseline: "{baseline}"')
    against = parse_scheme(text, "three-cities")
    assert against.baseline == baseline
    with Assessment.create(tmp_path / "三市.ecos", against, read_districts(REAL / "cities.csv")) as book:
        plan = book.plan_import([REAL / "three_cities.csv"])
        assert not plan.errors, [f.message for f in plan.errors]
        assert book.apply_import(plan).accepted == 33
        result = book.score(Y2021)
        for city, indicator, since, expected, _ in PRINTED:
            if since == baseline:
                assert change(result, city, indicator) == pytest.approx(expected, abs=1e-9)
