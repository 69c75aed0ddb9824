"""The whole of scoring: weights, states, layers, ranks, grades, refusals."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore import score
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from tests.scheme_maker import scheme

P = Period.parse("2024")
PLAIN = "{kind: linear, bounds: {worst: 0, best: 100}}"
TWO = f"{{id: a, title: 甲项, weight: 60, rule: {PLAIN}}}\n{{id: b, title: 乙项, weight: 40, rule: {PLAIN}}}"


def frame(**columns):
    size = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=[f"区{n}" for n in range(size)])


def test_weighted_sum_and_points():
    result = score(frame(a=[80.0, 50.0], b=[90.0, 100.0]), scheme(TWO), "2024")
    assert result.totals.loc["区0", "total"] == pytest.approx(84)
    assert result.points.loc["区0"].tolist() == pytest.approx([48, 36])
    assert result.totals["rank"].to_dict() == {"区0": 1, "区1": 2}
    assert result.totals["grade"].to_dict() == {"区0": "良好", "区1": "良好"}


def test_weights_are_shares():
    text = TWO.replace("60", "3").replace("40", "2")
    result = score(frame(a=[80.0], b=[90.0]), scheme(text), "2024")
    assert result.totals.loc["区0", "total"] == pytest.approx(84)
    assert result.cells.weight[0].tolist() == pytest.approx([60, 40])


def test_nested_groups_with_weights_of_their_own():
    text = f"""
id: n
title: 嵌套
groups:
  - {{id: g1, title: 一, weight: 30, indicators: [{{id: a, title: a, weight: 1, rule: {PLAIN}}}]}}
  - id: g2
    title: 二
    weight: 70
    groups:
      - {{id: g21, title: 二一, weight: 1, indicators: [{{id: b, title: b, weight: 5, rule: {PLAIN}}}, {{id: c, title: c, weight: 15, rule: {PLAIN}}}]}}
      - {{id: g22, title: 二二, weight: 3, indicators: [{{id: d, title: d, weight: 9, rule: {PLAIN}}}]}}
"""
    result = score(frame(a=[10.0], b=[20.0], c=[40.0], d=[80.0]), parse_scheme(text, "n"), "2024")
    g21 = (5 * 20 + 15 * 40) / 20
    g2 = (1 * g21 + 3 * 80) / 4
    assert result.groups.loc["区0"].to_dict() == pytest.approx({"g1": 10, "g2": g2, "g21": g21, "g22": 80})
    assert result.totals.loc["区0", "total_exact"] == pytest.approx(0.3 * 10 + 0.7 * g2)
    assert result.cells.weight[0].sum() == pytest.approx(100)


def test_geometric_mean_by_weights():
    result = score(frame(a=[80.0, 0.0], b=[90.0, 90.0]), scheme(TWO, "aggregate: geometric"), "2024")
    assert result.totals.loc["区0", "total_exact"] == pytest.approx(80**0.6 * 90**0.4)
    assert result.totals.loc["区1", "total_exact"] == 0


def test_geometric_reproduces_a_published_weighted_product():
    # Wikipedia "Weighted product model" 3 × 4: column shares, weights 20/15/40/25; ranks 1, 2, 3.
    matrix = np.array([[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]], dtype=float)
    parts = 100 * matrix / matrix.sum(axis=0)
    items = "\n".join(f"{{id: c{n}, title: c{n}, weight: {w}, rule: {PLAIN}}}" for n, w in enumerate((20, 15, 40, 25)))
    table = pd.DataFrame(parts, index=["A", "B", "C"], columns=[f"c{n}" for n in range(4)])
    result = score(table, scheme(items, "aggregate: geometric"), "2024")
    published = [-0.50128589, -0.50448471, -0.52947246]
    totals = result.totals.loc[["A", "B", "C"], "total_exact"]
    assert [math.log10(t / 100) for t in totals] == pytest.approx(published, abs=5.1e-9)


def test_weighted_sum_reproduces_a_published_example():
    # Kracka, Brauers, Zavadskas 2010 (6 × 7): cost → 1/x, column shares, equal weights; ranks 6 1 3 4 5 2.
    matrix = np.array(
        [
            [33.95, 23.78, 11.45, 39.97, 29.44, 167.1, 3.852],
            [38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184],
            [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845],
            [30.44, 37.59, 13.91, 74.08, 45.1, 198.34, 2.186],
            [36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.61],
            [37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935],
        ]
    )
    cost = [0, 1, 2, 3, 5]
    matrix[:, cost] = 1 / matrix[:, cost]
    parts = 100 * matrix / matrix.sum(axis=0)
    items = "\n".join(f"{{id: c{n}, title: c{n}, weight: 20, rule: {PLAIN}}}" for n in range(7))
    table = pd.DataFrame(parts, index=list("ABCDEF"), columns=[f"c{n}" for n in range(7)])
    result = score(table, scheme(items, "decimals: 6"), "2024")
    totals = result.totals.loc[list("ABCDEF")]
    assert totals["total_exact"].tolist() == pytest.approx(
        [12.040426, 34.58235, 13.838192, 12.841246, 12.346084, 14.351701], abs=5.1e-6
    )
    assert totals["rank"].tolist() == [6, 1, 3, 4, 5, 2]


def test_missing_by_each_policy():
    table = frame(a=[80.0, math.nan], b=[90.0, 50.0])
    with pytest.raises(InputRefused) as refused:
        score(table, scheme(TWO), "2024")
    assert [(f.district, f.indicator) for f in refused.value.findings] == [("区1", "a")]
    assert score(table, scheme(TWO, "missing: zero"), "2024").totals.loc["区1", "total"] == pytest.approx(20)
    assert score(table, scheme(TWO, "missing: reweight"), "2024").totals.loc["区1", "total"] == pytest.approx(50)
    floor = scheme(TWO.replace(PLAIN, "{kind: efficacy, floor: 60, bounds: {worst: 0, best: 100}}"), "missing: floor")
    assert score(table, floor, "2024").totals.loc["区1", "total"] == pytest.approx(0.6 * 60 + 0.4 * 80)


def test_not_applicable_gives_its_weight_to_its_group():
    table = pd.DataFrame({"a": ["不适用", 80.0], "b": [50.0, 90.0]}, index=["甲区", "乙县"])
    result = score(table, scheme(TWO), "2024")
    assert result.totals.loc["甲区", "total"] == pytest.approx(50)
    assert result.cells.weight[0].tolist() == pytest.approx([0, 100])
    assert result.explain("甲区")[0].value == "不适用"


def test_a_group_with_nothing_left_passes_its_weight_to_its_siblings():
    text = f"""
id: n
title: n
groups:
  - {{id: g1, title: 一, weight: 30, indicators: [{{id: a, title: a, weight: 1, rule: {PLAIN}}}]}}
  - {{id: g2, title: 二, weight: 70, indicators: [{{id: b, title: b, weight: 1, rule: {PLAIN}}}]}}
"""
    table = pd.DataFrame({"a": [40.0, 10.0], "b": ["不适用", 20.0]}, index=["甲区", "乙县"])
    result = score(table, parse_scheme(text, "n"), "2024")
    assert result.totals.loc["甲区", "total"] == pytest.approx(40)
    assert result.groups.loc["甲区"].isna().tolist() == [False, True]


def test_a_district_alone_with_an_empty_group():
    text = f"""
id: n
title: n
groups:
  - {{id: g1, title: 一, weight: 30, indicators: [{{id: a, title: a, weight: 1, rule: {PLAIN}}}]}}
  - {{id: g2, title: 二, weight: 70, indicators: [{{id: b, title: b, weight: 1, rule: {PLAIN}}}]}}
"""
    for missing in ("a", "b"):
        table = pd.DataFrame({"a": [40.0], "b": [40.0]}, index=["甲区"], dtype=object)
        table[missing] = "不适用"
        result = score(table, parse_scheme(text, "n"), "2024")
        assert result.layers.total.tolist() == [40]
        assert result.groups.isna().sum(axis=1).tolist() == [1]


def test_nobody_has_it_scores_sixty_with_its_weight_kept():
    # 绿色发展指数公报附注二: 全体无数据, 个体指数 60, 权数不变.
    result = score(frame(a=[math.nan, math.nan], b=[90.0, 50.0]), scheme(TWO), "2024")
    assert result.individual["a"].tolist() == [60, 60]
    assert result.totals.loc["区0", "total"] == pytest.approx(0.6 * 60 + 0.4 * 90)
    assert [f.code for f in result.findings] == ["no_data"]


def test_ties_by_rounded_total_share_a_rank_and_defer_the_next():
    result = score(frame(a=[80.0, 70.001, 70.0, 60.0], b=[80.0, 70.0, 70.0, 60.0]), scheme(TWO), "2024")
    assert result.totals["rank"].tolist() == [1, 2, 2, 4]


def test_ranked_inside_the_peer_group():
    districts = [
        District("区0", peer_group="城区"),
        District("区1", peer_group="县域"),
        District("区2", peer_group="城区"),
    ]
    result = score(frame(a=[70.0, 60.0, 80.0], b=[70.0, 60.0, 80.0]), scheme(TWO), "2024", districts=districts)
    assert result.totals["rank"].to_dict() == {"区2": 1, "区0": 2, "区1": 1}
    assert result.totals.index.tolist() == ["区2", "区0", "区1"]


def test_rounded_once_half_to_even_or_up():
    table = frame(a=[84.125], b=[84.125])
    assert score(table, scheme(TWO), "2024").totals.loc["区0", "total"] == 84.12
    assert score(table, scheme(TWO, "rounding: half_up"), "2024").totals.loc["区0", "total"] == 84.13


ADJUSTED = """limits: {bonus: 5, deduction: 20}
adjustments:
  - {id: honour, title: 国家级命名, kind: bonus, points: 2}
  - {id: praise, title: 经验推广, kind: bonus, points: 2, cap: 2}
  - {id: both, title: 双降, kind: bonus, points: 1, when: {all_improved: [a, b]}}
  - {id: incident, title: 突发事件, kind: deduction, points: 5, cap: 10}
  - {id: major, title: 重大事件, kind: ceiling, grade: 良好}
  - {id: fraud, title: 数据造假, kind: veto, grade: 不合格}"""


def event(item, matter, district="区0", count=1):
    return Event(district, P, item, matter, count, "示例〔2024〕1号", "2024-06-01", "示例部门")


def test_bonus_and_deduction_with_their_caps():
    s = scheme(TWO, ADJUSTED)
    table = frame(a=[80.0], b=[80.0])
    result = score(table, s, "2024", events=[event("honour", "甲", count=2), event("praise", "乙", count=3)])
    assert result.totals.loc["区0", ["bonus", "total"]].tolist() == pytest.approx([5, 85])
    result = score(table, s, "2024", events=[event("incident", "丙", count=3)])
    assert result.totals.loc["区0", ["deduction", "total"]].tolist() == pytest.approx([10, 70])
    assert "示例〔2024〕1号" in result.grounds("区0")[0].ground


def test_the_same_matter_counts_once():
    result = score(
        frame(a=[80.0], b=[80.0]),
        scheme(TWO, ADJUSTED),
        "2024",
        events=[event("honour", "同一事项"), event("praise", "同一事项")],
    )
    assert result.totals.loc["区0", "bonus"] == 2
    assert "same_matter" in [f.code for f in result.findings]


def test_ceiling_and_veto_bound_the_grade_and_say_why():
    s, table = scheme(TWO, ADJUSTED), frame(a=[95.0], b=[95.0])
    plain = score(table, s, "2024").totals.loc["区0"]
    assert (plain.grade, plain.grade_reason) == ("优秀", None)
    capped = score(table, s, "2024", events=[event("major", "某事件")]).totals.loc["区0"]
    assert capped.grade == "良好" and "重大事件" in capped.grade_reason and capped.total == 95
    failed = score(table, s, "2024", events=[event("fraud", "某案"), event("major", "某事件")]).totals.loc["区0"]
    assert failed.grade == "不合格" and "数据造假" in failed.grade_reason


def test_both_improved_earns_its_bonus_by_itself():
    index = pd.MultiIndex.from_product([["甲区", "乙县"], ["2023", "2024"]])
    table = pd.DataFrame({"a": [50.0, 60, 50, 60], "b": [50.0, 60, 50, 40]}, index=index)
    result = score(table, scheme(TWO, ADJUSTED), "2024")
    assert result.totals["bonus"].to_dict() == {"甲区": 1.0, "乙县": 0.0}
    assert result.grounds("甲区")[0].automatic


BOUND = "\n".join(
    f"{{id: {i}, title: {i}, weight: 25, binding: true, target: 50, rule: {PLAIN}}}" for i in ("a", "b", "c", "d")
)
BINDING = "binding: {zero_item: true, deduct_from: 2, fail_from: 3, fail_grade: 不合格}"


@pytest.mark.parametrize(
    ("values", "total", "grade"),
    [
        ((100, 100, 100, 100), 100, "优秀"),
        ((40, 100, 100, 100), 75, "良好"),  # one missed: the item scores nothing
        ((40, 40, 100, 100), 50 - 50, "不合格"),  # two missed: and their points are taken off
        ((40, 40, 40, 100), 25 - 75, "不合格"),  # three missed: the grade falls as well
    ],
)
def test_missed_binding_targets(values, total, grade):
    table = pd.DataFrame([values], index=["甲区"], columns=list("abcd"), dtype=float)
    result = score(table, scheme(BOUND, BINDING), "2024")
    assert result.totals.loc["甲区", "total"] == pytest.approx(total)
    assert result.totals.loc["甲区", "grade"] == grade or (grade == "不合格" and total < 0)
    assert result.layers.binding_missed[0] == sum(v < 50 for v in values)


def test_a_scheme_that_forbids_ranking_is_scored_without_ranks():
    result = score(frame(a=[80.0], b=[90.0]), scheme(TWO, "unranked: 文件规定不排名"), "2024")
    assert result.totals.loc["区0", ["total", "rank"]].tolist() == [84, 0]


def test_what_is_wrong_with_a_table_is_said():
    for table, words in [
        (frame(a=[80.0], bb=[90.0]), "bb"),
        (pd.DataFrame({"a": ["约42"], "b": [1.0]}, index=["甲区"]), "约42"),
        (pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 2.0]}, index=["甲区", "甲区"]), "不止一行"),
        (frame(a=[math.inf], b=[1.0]), "有限"),
    ]:
        with pytest.raises(InputRefused, match=words):
            score(table, scheme(TWO), "2024")


def test_targets_by_district():
    s = scheme("{id: a, title: a, weight: 1, rule: {kind: target_ratio}}")
    goals = pd.DataFrame({"a": [40.0, 160.0]}, index=["区0", "区1"])
    assert score(frame(a=[40.0, 80.0]), s, "2024", targets=goals).individual["a"].tolist() == [100, 50]


# Properties. ---------------------------------------------------------------------------------------------------

KINDS = [
    "{kind: efficacy, floor: 60, bounds: sample}",
    "{kind: minmax, bounds: sample}",
    "{kind: linear, bounds: {worst: 20, best: 80}}",
    "{kind: target_ratio, cap: 1}",
    "{kind: pass_fail}",
    "{kind: rank_step, step: 3, floor: 10}",
    "{kind: bands, edges: [30, 60], scores: [10, 50, 100]}",
    "{kind: versus_mean, base: 0.5}",
    "{kind: gap_deduct, deduct: 1, step: 2}",
    "{kind: baseline_step, per: 0.5}",
]
tables = st.integers(2, 6).flatmap(
    lambda d: st.lists(st.lists(st.floats(0.5, 100), min_size=len(KINDS), max_size=len(KINDS)), min_size=d, max_size=d)
)


def everything():
    return scheme(
        "\n".join(f"{{id: k{n}, title: k{n}, weight: 10, target: 50, rule: {k}}}" for n, k in enumerate(KINDS))
    )


def as_frame(rows):
    return pd.DataFrame(rows, index=[f"区{n}" for n in range(len(rows))], columns=[f"k{n}" for n in range(len(KINDS))])


@given(tables)
@settings(max_examples=60, deadline=None)
def test_scores_stay_within_bounds(rows):
    result = score(as_frame(rows), everything(), "2024")
    assert ((result.cells.individual >= 0) & (result.cells.individual <= 100 + 1e-9)).all()
    assert ((result.layers.total >= 0) & (result.layers.total <= 100)).all()


@given(tables, st.integers(0, len(KINDS) - 1), st.floats(0.01, 50))
@settings(max_examples=60, deadline=None)
def test_a_better_value_never_lowers_its_own_score(rows, column, more):
    table = as_frame(rows)
    before = score(table, everything(), "2024").cells.individual[0, column]
    table.iloc[0, column] += more
    after = score(table, everything(), "2024").cells.individual[0, column]
    assert after >= before - 1e-9


@given(tables, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_districts_changes_nothing(rows, random):
    table = as_frame(rows)
    shuffled = list(table.index)
    random.shuffle(shuffled)
    first = score(table, everything(), "2024").totals.sort_index()
    second = score(table.loc[shuffled], everything(), "2024").totals.sort_index()
    pd.testing.assert_frame_equal(first, second)


# Caps, the lowest of two, even sharing, milestones. ---------------------------------------------------------------


def test_caps_of_an_item_a_group_and_the_total():
    free = "{kind: linear, bounds: {worst: 0, best: 100}, clip: false}"
    text = f"""
id: n
title: n
limits: {{bonus: 9, total: 100, least: 0}}
groups:
  - {{id: g1, title: 一, weight: 50, cap: 105, indicators: [{{id: a, title: a, weight: 1, cap: 110, rule: {free}}}]}}
  - {{id: g2, title: 二, weight: 50, indicators: [{{id: b, title: b, weight: 1, rule: {free}}}]}}
"""
    result = score(frame(a=[130.0, -500.0], b=[90.0, 100.0]), parse_scheme(text, "n"), "2024")
    assert result.individual["a"].tolist() == [110, -500]
    assert result.groups["g1"].tolist() == [105, -500]
    assert result.layers.total.tolist() == [97.5, 0]


def test_the_lowest_of_two():
    result = score(frame(a=[80.0, 50.0], b=[60.0, 90.0]), scheme(TWO, "aggregate: minimum"), "2024")
    assert result.layers.total.tolist() == [60, 50]


def test_what_is_left_out_may_be_shared_evenly():
    three = TWO + f"\n{{id: c, title: 丙项, weight: 20, rule: {PLAIN}}}"
    table = pd.DataFrame({"a": [100.0, 1], "b": [0.0, 1], "c": ["不适用", 1]}, index=["甲区", "乙县"])
    assert score(table, scheme(three), "2024").totals.loc["甲区", "total"] == 60  # 60 : 40
    assert score(table, scheme(three, "share_out: even"), "2024").cells.weight[0].tolist() == pytest.approx(
        [100 * 70 / 120, 100 * 50 / 120, 0]
    )


def test_a_years_target_is_the_five_year_one_times_its_milestone():
    # 大气十条 2014/2015/2016: 10 %/35 %/65 % of the target due; here a five-year cut of 20 %.
    s = scheme(
        "{id: a, title: a, weight: 1, target: 20, milestones: {2014: 0.1, 2015: 0.35, 2016: 0.65, 2017: 1}, rule: {kind: target_ratio}}"
    )
    got = [score(frame(a=[6.5]), s, year).individual.loc["区0", "a"] for year in (2014, 2015, 2016, 2017)]
    assert got == pytest.approx([100, 650 / 7, 50, 32.5])
