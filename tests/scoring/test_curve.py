"""The curve of a rule, against points computed by hand."""

from __future__ import annotations

import pytest

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.schemes import parse_scheme
from ecoscore.scoring.curve import curve_of, rule_curve

YEAR = Period(2024)


def scheme_with(rule: str, *, direction: str = "higher", extra: str = "") -> Scheme:
    return parse_scheme(
        f"""
id: one
title: 一项指标
edition: "2024"
groups:
  - id: g
    title: 组
    indicators:
      - {{id: a, title: 甲指标, unit: "%", direction: {direction}, weight: 4, rule: {rule}{extra}}}
grades: [{{title: 合格, min: 0}}]
""",
        "one.yaml",
    )


def at(points: list[tuple[float, float]], value: float) -> float:
    return min(points, key=lambda p: abs(p[0] - value))[1]


def test_efficacy_between_fixed_bounds() -> None:
    scheme = scheme_with("{kind: efficacy, floor: 60, bounds: {worst: 60, best: 20}}", direction="lower")
    points = rule_curve(scheme.by_id["a"], 0, 80)
    assert at(points, 40) == pytest.approx(80)
    assert at(points, 0) == 100
    assert at(points, 80) == 60


def test_sample_bounds_follow_the_direction() -> None:
    scheme = scheme_with("{kind: minmax, bounds: sample}", direction="lower")
    points = rule_curve(scheme.by_id["a"], 10, 30, sample=[10, 20, 30])
    assert at(points, 10) == 100
    assert at(points, 30) == 0


def test_gap_deduct_uses_the_full_marks() -> None:
    scheme = scheme_with("{kind: gap_deduct, deduct: 1, step: 1}", extra=", target: 60")
    dataset = Dataset.from_observations((District("甲区"),), ["a"], [Observation("甲区", "a", YEAR, 59.0)])
    curve = curve_of(dataset, scheme, scheme.by_id["a"], YEAR)
    assert curve is not None
    assert curve.dots[0].score == pytest.approx(99)  # one point of the whole scheme's hundred


def test_a_rank_has_no_curve() -> None:
    scheme = scheme_with("{kind: rank_step, step: 5}")
    assert rule_curve(scheme.by_id["a"], 0, 100) == []


def test_level_and_progress_shows_the_level() -> None:
    scheme = scheme_with(
        "{kind: level_and_progress, share: 0.6, measure: absolute, level: {kind: linear, bounds: {worst: 50, best: 100}},"
        " progress: {kind: linear, bounds: {worst: -5, best: 5}}}"
    )
    districts = (District("甲区"), District("乙县"))
    dataset = Dataset.from_observations(districts, ["a"], [Observation("乙县", "a", YEAR, 75.0)])
    curve = curve_of(dataset, scheme, scheme.by_id["a"], YEAR)
    assert curve is not None
    assert curve.part == "水平分"
    assert [(d.district, d.value, d.score) for d in curve.dots] == [("乙县", 75.0, pytest.approx(50))]
    assert curve.low < 50
    assert curve.high > 100


def test_no_sample_no_curve() -> None:
    scheme = scheme_with("{kind: minmax, bounds: sample}")
    dataset = Dataset.from_observations((District("甲区"),), ["a"], [])
    assert curve_of(dataset, scheme, scheme.by_id["a"], YEAR) is None
