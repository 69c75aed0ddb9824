"""Cases in which a formula means nothing: each is decided, and the working paper says so, without a division warning."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from ecoscore import score
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.schemes import parse_scheme
from tests.scheme_maker import one

pytestmark = pytest.mark.filterwarnings("error")
SAMPLE = [
    "{kind: efficacy, floor: 60, bounds: sample}",
    "{kind: minmax, bounds: sample}",
    "{kind: linear, bounds: sample}",
]


def progress(measure, rule="{kind: linear, bounds: {worst: -10, best: 10}}"):
    return (
        f"{{kind: level_and_progress, share: 0.5, measure: {measure}, level: {{kind: linear, bounds: {{worst: 0, best: 100}}}},"
        f" progress: {rule}}}"
    )


def scored(rule, values, before=None, *, more="", extra="", direction="higher", terms=()):
    """The individual score of each district, and the notes and figures of the first one's working paper."""
    names = [f"{'甲乙丙丁'[n]}区" for n in range(len(values))]
    table = pd.DataFrame({"x": values}, index=pd.MultiIndex.from_product([["2024"], names]).swaplevel())
    for year, column in (before or {}).items():
        past = pd.DataFrame({"x": column}, index=pd.MultiIndex.from_product([[year], names]).swaplevel())
        table = pd.concat([table, past])
    result = score(table, one(rule, direction=direction, more=more, extra=extra), "2024", terms=terms)
    row = result.explain(names[0])[0]
    return result, list(result.cells.individual[:, 0]), said(row.explanation) + "；".join(row.notes)


def said(explanation):
    own = "；".join((explanation.numbers, *explanation.notes))
    return own + "".join(said(step) for _, step in explanation.steps)


@pytest.mark.parametrize("rule", SAMPLE)
@pytest.mark.parametrize("values", [[40.0, 40.0, 40.0], [40.0]])
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_all_equal_or_one_alone_have_done_equally_well(rule, values, direction):
    _, scores, paper = scored(rule, values, direction=direction)
    assert scores == [100] * len(values)
    assert "数值相同或只有一个单位，最优与最差相等，按满分计" in paper


def test_all_equal_by_rank_and_by_mean():
    assert scored("{kind: rank_step, step: 5}", [40.0, 40.0])[1] == [100, 100]
    assert scored("{kind: versus_mean, base: 0.8}", [40.0, 40.0])[1] == [80, 80]


def test_a_mean_of_nothing():
    _, scores, paper = scored("{kind: versus_mean, base: 0.8, floor: 0.2}", [5.0, 0.0, -5.0])
    assert scores == pytest.approx([100, 80, 20])
    assert "平均值为 0，比值没有意义" in paper


@pytest.mark.parametrize(
    ("direction", "inverse", "target", "value", "expected"),
    [
        ("higher", "ratio", 0, 1, 100), ("higher", "ratio", 0, -1, 0), ("higher", "ratio", -3, -2, 100),
        ("lower", "ratio", 0, 0, 100), ("lower", "ratio", 0, 1, 0), ("lower", "ratio", -3, -4, 100), ("lower", "ratio", 3, 0, 100),
        ("lower", "mirror", 0, 0, 100), ("lower", "mirror", -3, -2, 0),
    ],
)  # fmt: skip
def test_a_ratio_to_a_target_that_is_not_positive_asks_whether_it_is_reached(
    direction, inverse, target, value, expected
):
    rule = f"{{kind: target_ratio, inverse: {inverse}}}"
    _, scores, paper = scored(rule, [float(value)], more=f"target: {target}", direction=direction)
    assert scores == [expected]
    assert "目标值或完成值不大于 0，比值没有意义，按是否达到目标计" in paper


@pytest.mark.parametrize(
    "rule",
    ["{kind: pass_fail}", "{kind: gap_deduct, deduct: 10, step: 1}", "{kind: baseline_step, per: 10, base: 0.8}"],
)
@pytest.mark.parametrize("target", [0, -2])
def test_rules_that_take_differences_take_any_target(rule, target):
    _, scores, _ = scored(rule, [float(target), target - 1.0], more=f"target: {target}")
    assert scores[0] > scores[1] >= 0


def test_a_baseline_of_zero_has_no_rate_and_the_level_counts_alone():
    _, scores, paper = scored(progress("relative"), [40.0], {"2023": [0.0]})
    assert scores == [40]
    assert "基期值为 0，变化率没有意义，只计水平分" in paper


def test_from_zero_to_zero_nothing_has_changed():
    _, scores, paper = scored(progress("relative"), [0.0], {"2023": [0.0]})
    assert scores == [0.5 * 0 + 0.5 * 50]
    assert "基期值为 0，完成值未变，变化率按 0 计" in paper


def test_a_baseline_at_the_best_leaves_no_gap_to_close():
    assert scored(progress("gap"), [100.0], {"2023": [100.0]})[1] == [100]
    _, scores, paper = scored(progress("gap"), [90.0], {"2023": [100.0]})
    assert scores == [0.5 * 90 + 0.5 * 50]
    assert "基期已达最优值，按 0 计" in paper


def test_no_baseline_at_all():
    _, scores, paper = scored(progress("absolute"), [40.0])
    assert scores == [40]
    assert "没有基期值，只计水平分" in paper


TERMS = (
    Term("甲区", "区长", Period.parse("2021-03")),
    Term("乙区", "区长", Period.parse("2023-03")),
)


@pytest.mark.parametrize("rule", ["{kind: linear, bounds: sample}", "{kind: rank_step, step: 10}"])
def test_changes_since_different_years_are_compared_and_that_is_said(rule):
    """任期基期不同: the sample is of changes over different spans; allowed, told in a finding and in the paper."""
    before = {"2020": [10.0, math.nan], "2022": [math.nan, 30.0]}
    result, _, paper = scored(
        progress("absolute", rule), [40.0, 40.0], before, extra="baseline: term_start", terms=TERMS
    )
    assert [str(p) for p in result.baselines] == ["2020", "2022"]
    assert result.cells.change[:, 0].tolist() == [30, 10]
    assert "mixed_baselines" in [f.code for f in result.findings]
    assert "各单位基期不同（2020、2022），改善的比较跨度不一" in paper


def test_fixed_bounds_are_the_same_for_all_whatever_the_baseline():
    before = {"2020": [10.0, math.nan], "2022": [math.nan, 30.0]}
    result, _, paper = scored(progress("absolute"), [40.0, 40.0], before, extra="baseline: term_start", terms=TERMS)
    assert "mixed_baselines" not in [f.code for f in result.findings]
    assert "基期不同" not in paper


def test_no_score_is_a_negative_zero():
    scheme = parse_scheme(
        """
id: z
title: 零分
groups:
  - id: g
    title: 组
    indicators:
      - {id: o3, title: 臭氧, direction: lower, transform: log, weight: 1, rule: {kind: minmax, bounds: sample}}
""",
        "z.yaml",
    )
    values = pd.DataFrame({"o3": [88.1, 61.0, 35.5, 70.2, 94.9]}, index=list("甲乙丙丁戊"))
    result = score(values, scheme, "2024")
    assert not np.signbit(result.individual.to_numpy()).any()


def test_a_year_that_a_five_year_target_does_not_speak_of_is_said():
    scheme = parse_scheme(
        """
id: m
title: 进度
groups:
  - id: g
    title: 组
    indicators:
      - {id: cut, title: 减排量, direction: higher, weight: 1, target: 10, milestones: {2023: 0.6, 2024: 0.8}, rule: {kind: target_ratio}}
""",
        "m.yaml",
    )
    values = pd.DataFrame({"cut": [8.0]}, index=["甲"])
    planned, beyond = score(values, scheme, "2024"), score(values, scheme, "2026")
    assert planned.individual.loc["甲", "cut"] == 100 and not planned.findings
    assert beyond.individual.loc["甲", "cut"] == 80
    assert [f.code for f in beyond.findings] == ["no_milestone"] and "2026 年" in beyond.findings[0].message
