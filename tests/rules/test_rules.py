"""Each rule against published or hand-worked figures, and its three tongues against one another."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from ecoscore.schemes import load_scheme
from tests.scheme_maker import one


def individual(values, rule: str, **options) -> list[float]:
    """Individual scores of districts that report `values`."""
    frame = pd.DataFrame({"x": values}, index=[f"区{n}" for n in range(len(values))], dtype=float)
    result = score(frame, one(rule, **options), "2024")
    for n, name in enumerate(frame.index):
        explanation = result.explain(name)[0].explanation
        assert explanation is not None
        assert explanation.score == pytest.approx(result.cells.by_rule[n, 0], abs=1e-12), "the working paper disagrees"
    return list(result.individual["x"])


def change(before, now, rule: str, **options) -> list[float]:
    names = [f"区{n}" for n in range(len(now))]
    index = pd.MultiIndex.from_tuples([(n, p) for p in ("2023", "2024") for n in names])
    frame = pd.DataFrame({"x": [*before, *now]}, index=index, dtype=float)
    result = score(frame, one(rule, **options), "2024")
    for n, name in enumerate(names):
        explanation = result.explain(name)[0].explanation
        assert explanation is not None
        assert explanation.score == pytest.approx(result.cells.by_rule[n, 0], abs=1e-12), "the working paper disagrees"
    return list(result.individual["x"])


def test_efficacy_between_fixed_bounds():
    # 60 + 40 (60-42)/(60-25)
    got = individual(
        [42, 60, 25, 80, 10], "{kind: efficacy, floor: 60, bounds: {worst: 60, best: 25}}", direction="lower"
    )
    assert got == pytest.approx([60 + 40 * 18 / 35, 60, 100, 60, 100])


def test_efficacy_unclipped_runs_on():
    got = individual(
        [80, 10], "{kind: efficacy, floor: 60, bounds: {worst: 60, best: 25}, clip: false}", direction="lower"
    )
    assert got == pytest.approx([60 - 40 * 20 / 35, 60 + 40 * 50 / 35])


def test_efficacy_over_the_sample_runs_from_floor_to_full():
    assert individual([10, 20, 40], "{kind: efficacy, bounds: sample}") == pytest.approx([60, 60 + 40 / 3, 100])
    assert individual([10, 20, 40], "{kind: efficacy, bounds: sample}", direction="lower") == pytest.approx(
        [100, 60 + 80 / 3, 60]
    )


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        # Published: pymcdm test_normalizations.py (MIT), min-max normalisation of 6 alternatives, one cost criterion.
        ("lower", [0.85294118, 1.0, 0.88235294, 0.0, 0.94117647, 0.61764706]),
    ],
)
def test_minmax_reproduces_a_published_normalisation(direction, expected):
    got = individual([66, 61, 65, 95, 63, 74], "{kind: minmax, bounds: sample}", direction=direction)
    assert got == pytest.approx([100 * e for e in expected], abs=5.1e-7)


def test_minmax_fifty_to_hundred():
    assert individual([0, 5, 10], "{kind: minmax, bounds: sample, low: 50}") == pytest.approx([50, 75, 100])


def test_all_equal_or_alone_is_full_marks_and_says_so():
    assert individual([7, 7, 7], "{kind: minmax, bounds: sample}") == [100, 100, 100]
    assert individual([7], "{kind: efficacy, bounds: sample}", direction="lower") == [100]
    frame = pd.DataFrame({"x": [7.0]}, index=["甲区"])
    explanation = score(frame, one("{kind: minmax, bounds: sample}"), "2024").explain("甲区")[0].explanation
    assert "按满分计" in "".join(explanation.notes)


def test_linear_by_slope_reproduces_a_published_rule():
    # 交接断面水质达标率: 得分 = 70 × 实际达标率 - 63, 满分 7; 95 % → 3.5 points; under 90 % → 0; 100 % → 7.
    got = individual([0.95, 0.89, 1.0], "{kind: linear, slope: 70, intercept: -63}", weight=7, extra="full: 7")
    assert [7 * g / 100 for g in got] == pytest.approx([3.5, 0, 7])


def test_linear_between_bounds_is_closed_at_both_ends():
    got = individual([50, 73.5, 99], "{kind: linear, bounds: {worst: 55, best: 92}}")
    assert got == pytest.approx([0, 100 * 18.5 / 37, 100])


def test_target_ratio_both_readings_of_an_inverse_indicator():
    ratio = individual([60, 40], "{kind: target_ratio, cap: 1.2}", direction="lower", more="target: 50")
    assert ratio == pytest.approx([100 * 50 / 60, 120])
    mirror = individual(
        [60, 40], "{kind: target_ratio, inverse: mirror, cap: 1.1}", direction="lower", more="target: 50"
    )
    assert mirror == pytest.approx([80, 110])


def test_target_ratio_where_a_ratio_means_nothing():
    assert individual([-1, 1], "{kind: target_ratio}", more="target: 0") == [0, 100]
    assert individual([0, 5], "{kind: target_ratio}", direction="lower", more="target: 4") == pytest.approx([100, 80])
    assert individual([-3, 3], "{kind: target_ratio}", direction="lower", more="target: -2") == [100, 0]


def test_target_ratio_below_the_least_earns_nothing():
    assert individual([59, 60], "{kind: target_ratio, least: 0.6}", more="target: 100") == pytest.approx([0, 60])


def test_pass_fail_at_the_edge():
    assert individual([99.9, 100], "{kind: pass_fail}", more="target: 100") == [0, 100]
    assert individual([99.9, 100, 100.1], "{kind: pass_fail}", direction="lower", more="target: 100") == [100, 100, 0]


def test_gap_deduct_reproduces_a_published_rule():
    # PM10 3 分, 每差 1 微克/立方米扣 0.5 分: T 60, x 63 → 1.5. 城区优良天数 340 天, 每低 1 天扣 0.2, 满分 7, 低 35 天为 0.
    got = individual(
        [63, 60, 70],
        "{kind: gap_deduct, deduct: 0.5, step: 1}",
        direction="lower",
        weight=3,
        more="target: 60",
        extra="full: 3",
    )
    assert [3 * g / 100 for g in got] == pytest.approx([1.5, 3, 0])
    got = individual([305, 335], "{kind: gap_deduct, deduct: 0.2}", weight=7, more="target: 340", extra="full: 7")
    assert [7 * g / 100 for g in got] == pytest.approx([0, 6])


def test_bands_hold_their_lower_edge_unless_told_otherwise():
    rule = "{kind: bands, edges: [60, 80, 90], scores: [0, 60, 80, 100]"
    assert individual([59.9, 60, 80, 90], rule + "}") == [0, 60, 80, 100]
    assert individual([60, 80, 90, 90.1], rule + ", closed: upper}") == [0, 60, 80, 100]


def test_rank_step_shares_places_and_defers_the_next():
    assert individual([9, 8, 8, 7], "{kind: rank_step, step: 5, floor: 88}") == [100, 95, 95, 88]
    assert individual([9, 8], "{kind: rank_step, step: 5}", direction="lower") == [95, 100]


def test_versus_mean():
    got = individual([40, 50, 60], "{kind: versus_mean, base: 0.8, slope: 1}")
    assert got == pytest.approx([60, 80, 100])
    assert individual([-1, 0, 1], "{kind: versus_mean, base: 0.5}") == [0, 50, 100]


def test_baseline_step():
    # 达到目标得 80 % 标准分, 每 1 个百分点 ±0.5 分, 满分 5: 61 against 60 → 4.5 points.
    got = individual(
        [61, 60, 58, 99], "{kind: baseline_step, base: 0.8, per: 0.5}", weight=5, more="target: 60", extra="full: 5"
    )
    assert [5 * g / 100 for g in got] == pytest.approx([4.5, 4, 3, 5])
    got = change(
        [60], [62], "{kind: baseline_step, reference: baseline, per: 0.5, cap: 1.2}", weight=5, extra="full: 5"
    )
    assert got == pytest.approx([100])


LEVEL = "level: {kind: linear, bounds: {worst: 60, best: 25}}"


def test_level_and_progress_relative():
    # 徐州: PM2.5 from 64 to 42 is −34.375 %. Level 100·18/35, progress 100·(10+34.375)/20 clipped to 100.
    rule = f"{{kind: level_and_progress, share: 0.5, measure: relative, {LEVEL}, progress: {{kind: linear, bounds: {{worst: 10, best: -10}}}}}}"
    assert change([64], [42], rule, direction="lower") == pytest.approx([0.5 * 100 * 18 / 35 + 0.5 * 100])
    # +5 %: progress 25.
    assert change([40], [42], rule, direction="lower") == pytest.approx([0.5 * 100 * 18 / 35 + 0.5 * 25])


def test_level_and_progress_absolute_and_gap():
    level = "level: {kind: linear, bounds: {worst: 50, best: 100}}"
    absolute = f"{{kind: level_and_progress, share: 0.6, {level}, progress: {{kind: linear, bounds: {{worst: -10, best: 10}}}}}}"
    assert change([70.5], [86.4], absolute) == pytest.approx([0.6 * 72.8 + 0.4 * 100])
    gap = f"{{kind: level_and_progress, share: 0.6, measure: gap, {level}, progress: {{kind: linear, bounds: {{worst: 0, best: 50}}}}}}"
    # closed (86.4-70.5)/(100-70.5) = 53.898 % of the gap: beyond 50, full; 80 closes 32.2 %.
    assert change([70.5, 70.5], [86.4, 80], gap) == pytest.approx(
        [0.6 * 72.8 + 40, 0.6 * 60 + 0.4 * 100 * (9.5 / 29.5) * 2]
    )


def test_level_and_progress_exempt_and_without_baseline():
    rule = f"{{kind: level_and_progress, share: 0.5, measure: relative, {LEVEL}, progress: {{kind: linear, bounds: {{worst: 10, best: -10}}}}, exempt_below: 30}}"
    worse_but_good = change([28], [30], rule, direction="lower")
    assert worse_but_good == pytest.approx([0.5 * 100 * 30 / 35 + 50])
    assert change([math.nan], [42], rule, direction="lower") == pytest.approx([100 * 18 / 35])
    assert change([0], [42], rule, direction="lower") == pytest.approx([100 * 18 / 35])


def test_level_and_progress_over_the_sample_of_changes():
    rule = "{kind: level_and_progress, share: 0, level: {kind: minmax, bounds: sample}, progress: {kind: minmax, bounds: sample}}"
    assert change([10, 10, 10], [10, 15, 30], rule) == pytest.approx([0, 25, 100])


def test_range_indicator_follows_the_reference_ideal_method():
    # Cables, Lamata, Verdegay 2016: f = min(1, (x-A)/(c-A), (B-x)/(B-d)); first criterion: range 23-60, ideal 30-35.
    rule = "{kind: linear, bounds: {worst: [23, 60]}}"
    got = individual([30, 40, 25, 27, 45], rule, direction="range", more="ideal: [30, 35]")
    assert got == pytest.approx([100, 100 * 20 / 25, 100 * 2 / 7, 100 * 4 / 7, 100 * 15 / 25])


def test_logarithm_is_taken_of_values_and_bounds():
    got = individual([1, 10, 100], "{kind: minmax, bounds: sample}", more="transform: log")
    assert got == pytest.approx([0, 50, 100])
    with pytest.raises(InputRefused, match="不能取对数"):
        individual([0, 10], "{kind: minmax, bounds: sample}", more="transform: log")


def test_a_rule_without_its_target_is_refused_by_district():
    with pytest.raises(InputRefused) as refused:
        individual([1.0, 2.0], "{kind: pass_fail}")
    assert [f.district for f in refused.value.findings] == ["区0", "区1"]


def test_bundled_schemes_round_trip_through_their_rules():
    from ecoscore.schemes import bundled, dump_scheme, parse_scheme

    for scheme in bundled():
        assert parse_scheme(dump_scheme(scheme), "x.yaml") == scheme
        json.dumps([i.rule.spec() for i in scheme.indicators])
    assert len(load_scheme("jiangsu-green").indicators) == 30
