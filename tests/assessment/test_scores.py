"""What the facade computes beside a result: money, proposed weights, other rankings, one level, curves by edition."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.model.district import District, Level
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme

P24, P25 = Period(2024), Period(2025)
TEXT = """
id: small
title: 小方案
edition: "2024"
groups:
  - id: air
    title: 大气
    indicators:
      - {id: pm25, title: PM2.5年均浓度, direction: lower, weight: 60, rule: {kind: minmax, bounds: {worst: 60, best: 20}}}
      - {id: days, title: 优良天数比例, weight: 40, rule: {kind: minmax, bounds: {worst: 50, best: 100}}}
"""
MONEY = """
compensation:
  items: [{id: pm, title: PM2.5, indicator: pm25, against: value, at: 30, step: 1, rate: 10}]
"""
ALL = [("甲区", 40.0, 75.0), ("乙县", 20.0, 100.0), ("丙县", 30.0, 80.0)]


def filled(path, text=TEXT):
    file = Assessment.create(path, parse_scheme(text, "小.yaml"), [District(d) for d, _, _ in ALL])
    file.set_values([Observation(d, i, P24, v) for d, pm, days in ALL for i, v in (("pm25", pm), ("days", days))])
    return file


@pytest.fixture
def file(tmp_path):
    with filled(tmp_path / "考核 2024.ecos") as made:
        yield made


def test_money_where_the_periods_edition_has_rates(file):
    assert file.compensation(P24) is None
    file.adopt_scheme(parse_scheme(TEXT.replace('"2024"', '"2025"') + MONEY, "新.yaml"), P25)
    assert file.compensation(P24) is None
    file.set_values([Observation(d, "pm25", P25, v) for d, v, _ in ALL])
    file.set_values([Observation(d, "days", P25, v) for d, _, v in ALL])
    found = file.compensation(P25)
    assert [(d.district, d.net) for d in found.districts] == [("甲区", -100), ("乙县", 100), ("丙县", 0)]


def test_weights_and_rankings_change_nothing(file):
    version, lines = file.version, len(file.journal())
    equal = file.weights(P24, "equal")
    assert equal.by_id == {"pm25": 50, "days": 50}
    judged = file.weights(P24, "ahp", judgements={"air": [[1, 4], [0.25, 1]]})
    assert judged.by_id == pytest.approx({"pm25": 80, "days": 20})
    (comparison,) = file.compare_rankings(P24, methods=("topsis", "grey"))
    assert comparison.districts == ("乙县", "丙县", "甲区")
    assert [r.method for r in comparison.rankings] == ["scheme", "topsis", "grey"]
    assert (file.version, len(file.journal())) == (version, lines)


def test_one_level_at_a_time_each_remembered(file):
    file.add_districts([District(n, level=Level.TOWN, parent="甲区") for n in ("子镇", "丑镇")])
    file.set_values([Observation(d, i, P24, 50.0) for d in ("子镇", "丑镇") for i in ("pm25", "days")])
    towns, counties = file.score(P24, Level.TOWN), file.score(P24)
    assert [d.name for d in towns.districts] == ["子镇", "丑镇"]
    assert [d.name for d in counties.districts] == ["甲区", "乙县", "丙县"]
    assert file.score(P24, Level.TOWN) is towns
    assert file.score(P24) is counties
    with pytest.raises(InputRefused, match="没有村级的单位"):
        file.score(P24, Level.VILLAGE)


def test_a_curve_follows_the_periods_edition(file):
    file.adopt_scheme(parse_scheme(TEXT.replace("worst: 60", "worst: 100"), "新.yaml"), P25)
    file.set_values([Observation(d, i, P25, 60.0) for d, _, _ in ALL for i in ("pm25", "days")])
    old, new = file.curve(P24, "pm25"), file.curve(P25, "pm25")
    assert old is not None
    assert new is not None
    assert old != new
