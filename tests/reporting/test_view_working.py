"""The working paper view: every figure recomputable from what is printed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ecoscore.model.observation import Status
from ecoscore.reporting.view import scorecard_view, working_paper_view
from tests.reporting.builders import TEN, jiangsu, scored, small


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
