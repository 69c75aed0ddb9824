"""The working paper view: every figure recomputable from what is printed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ecoscore.model.observation import Status, Target
from ecoscore.reporting.view import scorecard_view, working_paper_view
from ecoscore.schemes import load_scheme, parse_scheme
from tests.reporting.builders import NOW, TEN, jiangsu, scored, small


def items(view):
    return [item for section in view.sections for item in section.items]


def test_points_follow_by_hand_from_the_printed_weight_and_index():
    result = jiangsu(states={("甲区", "eco_shoreline"): Status.NOT_APPLICABLE})
    for item in items(working_paper_view(result, "甲区")):
        if item.status is Status.REPORTED:
            weight, index, points = re.fullmatch(
                r"得分＝分值 ([\d.]+) × 个体指数 ([\d.]+) ÷ 100 ＝ ([\d.]+)", item.scoring
            ).groups()
            assert float(weight) * float(index) / 100 == pytest.approx(float(points), abs=0.00501)


def test_group_indices_follow_by_hand():
    result = jiangsu()
    for step in working_paper_view(result, "甲区").groups:
        body, total, index = re.fullmatch(r"（(.*)）÷ ([\d.]+) ＝ ([\d.]+)", step.numbers).groups()
        summed = sum(float(w) * float(x) for w, x in (part.split("×") for part in body.split(" ＋ ")))
        assert summed / float(total) == pytest.approx(float(index), abs=2e-4)


def test_a_geometric_group_is_written_as_a_product():
    result = scored(replace(small(), aggregate="geometric"))
    step = working_paper_view(result, "甲区").groups[0]
    product = 1.0
    for base, w, total in re.findall(r"([\d.]+)\^\(([\d.]+)÷([\d.]+)\)", step.numbers):
        product *= float(base) ** (float(w) / float(total))
    assert product == pytest.approx(float(step.numbers.split("＝")[-1]), abs=1e-3)


def test_a_group_outside_the_total_is_shown_with_its_index():
    scheme = replace(load_scheme("green-development-2016"), missing="zero")
    result = scored(scheme, TEN[:3], targets=[Target(None, i.id, NOW, 50.0) for i in scheme.indicators])
    view = working_paper_view(result, "甲区")
    outside = [step for step in view.groups if "本类不计入总分" in step.notes]
    assert [step.label for step in outside] == ["公众满意程度"]
    assert outside[0].numbers.endswith(f"{result.group_cells.index[0, -1]:.4f}")
    item = items(view)[-1]
    assert item.scoring == "不计入总分"
    assert item.individual.raw == result.cells.individual[0, -1]


def test_inner_groups_are_computed_before_the_outer_one():
    text = """
id: nest
title: 嵌套方案
edition: "2024"
groups:
- id: quality
  title: 环境质量
  groups:
  - id: air
    title: 大气环境
    indicators: [{id: a, title: 甲, weight: 2, rule: {kind: linear, bounds: {worst: 0, best: 100}}}]
  - id: water
    title: 水环境
    indicators: [{id: b, title: 乙, weight: 1, rule: {kind: linear, bounds: {worst: 0, best: 100}}}]
- id: life
  title: 绿色生活
  indicators: [{id: c, title: 丙, weight: 1, rule: {kind: linear, bounds: {worst: 0, best: 100}}}]
"""
    view = working_paper_view(scored(parse_scheme(text, "嵌套.yaml")), "甲区")
    assert [step.label for step in view.groups] == ["大气环境", "水环境", "环境质量", "绿色生活"]
    assert [section.titles for section in view.sections] == [
        ("环境质量", "大气环境"),
        ("环境质量", "水环境"),
        ("绿色生活",),
    ]


def test_the_lowest_of_a_group_is_named_as_such():
    result = scored(replace(small(), aggregate="minimum"))
    step = working_paper_view(result, "甲区").groups[0]
    lowest = min(float(x) for x in step.numbers.split(" 中最低者")[0].split("、"))
    assert lowest == pytest.approx(float(step.numbers.split("＝")[-1]))


def test_caps_are_told():
    scheme = small()
    first = scheme.groups[0]
    capped = replace(first, cap=50.0, children=(replace(first.children[0], cap=40.0), *first.children[1:]))
    view = working_paper_view(
        scored(
            replace(scheme, groups=(capped, *scheme.groups[1:]), total_cap=60.0, bonus_cap=5.0),
            values={("甲区", "i1"): 90.0},
        ),
        "甲区",
    )
    assert "个体指数不超过 40" in items(view)[0].notes
    assert "本类指数不超过 50" in view.groups[0].notes
    assert view.total[1].notes == ("加分合计不超过5分，总分不超过60分",)


def test_it_agrees_with_the_scorecard_item_by_item():
    result = jiangsu(states={("甲区", "pm25"): Status.MISSING})
    card, paper = scorecard_view(result, "甲区"), working_paper_view(result, "甲区")
    assert [(r.indicator, r.points.text) for r in card.rows] == [(i.indicator, i.points.text) for i in items(paper)]
    assert card.standing == paper.standing
    assert card.chain.total.text in paper.total[1].numbers


def test_a_missing_value_says_what_was_done():
    item = next(
        i
        for i in items(working_paper_view(jiangsu(states={("甲区", "pm25"): Status.MISSING}), "甲区"))
        if i.indicator == "pm25"
    )
    assert item.value == "应报未报"
    assert item.steps == ()
    assert any("记 0 分" in note for note in item.notes)


def test_a_weight_given_to_others_is_explained():
    found = items(working_paper_view(jiangsu(states={("甲区", "eco_shoreline"): Status.NOT_APPLICABLE}), "甲区"))
    forest = next(i for i in found if i.indicator == "forest_cover")
    assert "方案分值 4，不计分指标的权重分摊后为 4.4444" in forest.notes


def test_an_unranked_scheme_has_no_rank_step():
    steps = working_paper_view(scored(replace(small(), unranked="不排名"), TEN), "甲区").total
    assert [step.label for step in steps] == ["指标得分小计", "总分", "等次"]
