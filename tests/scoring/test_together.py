"""双控双降: the progress of one indicator counts in full only where the other has improved as well."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from ecoscore.model.scheme import Direction
from ecoscore.rules import SpecReader, build_rule
from ecoscore.schemes import dump_scheme, parse_scheme
from tests.scheme_maker import scheme
from tests.schemes.sheet_maker import read, workbook


def rule(more=""):
    return (
        "{kind: level_and_progress, share: 0.5, measure: absolute, level: {kind: linear, bounds: {worst: 60, best: 20}},"
        f" progress: {{kind: linear, bounds: {{worst: 10, best: -10}}}}{more}}}"
    )


def both(more=", together: [o3], alone: 60", extra=""):
    return scheme(
        f"{{id: pm25, title: PM2.5, direction: lower, weight: 50, rule: {rule(more)}}}\n"
        "{id: o3, title: 臭氧, direction: lower, weight: 50, rule: {kind: linear, bounds: {worst: 200, best: 100}}}",
        extra,
    )


def result(under, pm25, o3):
    """Each a pair: the year before and the year scored."""
    index = pd.MultiIndex.from_tuples([("甲区", "2023"), ("甲区", "2024")])
    return score(pd.DataFrame({"pm25": pm25, "o3": o3}, index=index, dtype=float), under, "2024")


@pytest.mark.parametrize(
    ("pm25", "o3", "progress"),
    [
        ((40, 30), (160, 150), 100),  # both improved: in full
        ((40, 30), (160, 160), 60),  # ozone did not
        ((40, 30), (160, 170), 60),
        ((40, 38), (160, 170), 60),  # exactly what it earned
        ((40, 42), (160, 150), 40),  # no better itself: less than the limit, left as it is
        ((40, 30), (math.nan, 150), 60),  # not shown to have improved
        ((math.nan, 30), (160, 150), math.nan),  # no baseline of its own: the level alone
    ],
)
def test_progress_in_full_only_together(pm25, o3, progress):
    got = result(both(), pm25, o3)
    np.testing.assert_allclose(got.cells.progress[0, 0], progress)
    level = 100 * (60 - pm25[1]) / 40
    assert got.cells.individual[0, 0] == pytest.approx(
        0.5 * level + 0.5 * (level if math.isnan(progress) else progress)
    )
    row = got.explain("甲区")[0]
    assert row.explanation.score == pytest.approx(got.cells.individual[0, 0])


def test_the_paper_says_what_each_did():
    steps = dict(result(both(), (40, 30), (160, 165)).explain("甲区")[0].explanation.steps)
    assert steps["同时改善"].formula == "须同时改善，否则改善分至多 60"
    assert steps["同时改善"].numbers == "PM2.5由 40 到 30，臭氧由 160 到 165，未同时改善，min（100，60）＝60"
    steps = dict(result(both(), (40, 30), (160, 150)).explain("甲区")[0].explanation.steps)
    assert steps["同时改善"].numbers == "PM2.5由 40 到 30，臭氧由 160 到 150，都已改善，改善分 100"


def test_an_exemption_goes_first():
    exempt = both(", together: [o3], alone: 0, exempt_below: 30")
    assert result(exempt, (40, 30), (160, 170)).cells.progress[0, 0] == 100
    assert result(exempt, (40, 31), (160, 170)).cells.progress[0, 0] == 0


@pytest.mark.parametrize("more", ["", ", together: [o3]", ", together: [o3], alone: 12.5"])
def test_it_comes_back_from_yaml_and_excel(more, tmp_path):
    one = both(more)
    assert parse_scheme(dump_scheme(one), "x.yaml") == one
    assert read(workbook(tmp_path, one)) == one


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (", together: [nox]", "另一个指标"),
        (", together: [pm25]", "另一个指标"),
        (", together: o3", "一列指标标识"),
        (", alone: 60", "与 together 同用"),
        (", together: [o3], alone: 101", "0 与 100 之间"),
    ],
)
def test_what_cannot_be_meant_is_refused(more, words):
    with pytest.raises(InputRefused) as refused:
        both(more)
    assert words in "".join(f.message for f in refused.value.findings)


def test_the_floor_is_no_higher_than_what_one_alone_may_earn():
    spec = {
        "kind": "level_and_progress", "share": 0.5, "level": {"kind": "efficacy", "floor": 60, "bounds": "sample"},
        "progress": {"kind": "efficacy", "floor": 60, "bounds": "sample"}, "together": ["o3"], "alone": 40,
    }  # fmt: skip
    assert build_rule(SpecReader(spec, Direction.HIGHER)).lowest == 50
