"""The bundled schemes hold what their documents say: how many indicators, which weights, which layers."""

from __future__ import annotations

from itertools import pairwise

import pytest

import ecoscore
from ecoscore.model.adjustment import Layer
from ecoscore.model.scheme import Direction
from ecoscore.paths import resource

INDICATORS = {
    "jiangsu-green": 30,
    "green-development-2016": 56,
    "green-development-bulletin-2016": 7,
    "eco-assessment-2016": 22,
    "beautiful-china-2026": 12,
    "beautiful-china-evaluation-2020": 22,
    "quality-derived": 6,
    "three-cities": 23,
}


@pytest.mark.parametrize("scheme_id", sorted(INDICATORS))
def test_loads_under_its_file_name(scheme_id):
    scheme = ecoscore.load_scheme(scheme_id)
    assert scheme.id == scheme_id
    assert len(scheme.indicators) == INDICATORS[scheme_id]
    assert scheme.source
    assert scheme.note
    assert all(i.clause for i in scheme.indicators)


def test_every_bundled_file_is_listed_here():
    assert {f.stem for f in resource("schemes").glob("*.yaml")} == set(INDICATORS)


@pytest.mark.parametrize("scheme_id", sorted(INDICATORS))
def test_clauses_number_their_indicators_without_gaps_or_repeats(scheme_id):
    clauses = [i.clause for i in ecoscore.load_scheme(scheme_id).indicators]
    if scheme_id != "three-cities":
        assert len(set(clauses)) == len(clauses)


def test_default_scheme_adds_up_to_100_points_with_all_layers():
    scheme = ecoscore.load_scheme("jiangsu-green")
    assert sum(i.weight for i in scheme.indicators) == 100
    assert [g.own_weight for g in scheme.groups] == [40, 20, 20, 10, 10]
    assert {a.layer for a in scheme.adjustments} == set(Layer)
    assert (scheme.bonus_cap, scheme.deduction_cap) == (5, 20)
    assert [i.id for i in scheme.indicators if i.binding] == [
        "good_days_ratio",
        "pm25",
        "surface_water",
        "water_source",
        "contaminated_land",
        "energy_intensity_cut",
        "carbon_intensity_cut",
        "inspection",
    ]
    assert "不是任何机关的文件" in scheme.note
    assert all(i.aliases and i.valid and i.department for i in scheme.indicators)


@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("国省断面水质Ⅲ类比例", "surface_water"),
        ("省考以上断面优Ⅲ比例", "surface_water"),
        ("林木覆盖率", "forest_cover"),
        ("自然湿地保护率", "wetland"),
        ("尾水生态化比例", "tailwater"),
        ("污染地块安全利用率", "contaminated_land"),
    ],
)
def test_names_in_the_essays_match_where_the_quantity_is_the_same(name, indicator):
    assert name in ecoscore.load_scheme("jiangsu-green").by_id[indicator].names


@pytest.mark.parametrize("name", ["国考断面水质Ⅲ类比例", "市区空气优良天数", "森林覆盖率", "湿地保护率"])
def test_names_of_other_quantities_do_not(name):
    assert not [i.id for i in ecoscore.load_scheme("jiangsu-green").indicators if name in i.names]


def test_green_development_weights_reproduce_the_printed_group_weights():
    scheme = ecoscore.load_scheme("green-development-2016")
    index = [g for g in scheme.groups if g.own_weight]
    assert [g.own_weight for g in index] == [32, 18, 21, 18, 10, 10]
    whole = sum(g.own_weight for g in index)
    assert whole == 109
    # The bulletin prints 29.3, 16.5, 19.3, 16.5, 9.2, 9.2; 32/109 is 29.36, which it cuts.
    for group, printed in zip(index, [29.3, 16.5, 19.3, 16.5, 9.2, 9.2], strict=True):
        assert 100 * group.own_weight / whole == pytest.approx(printed, abs=0.06)
    assert sum(i.binding for i in scheme.indicators) == 16
    assert [i.title for i in scheme.indicators if i.direction is Direction.LOWER] == [
        "能源消费总量",
        "用水总量",
        "新增建设用地规模",
        "地表水劣Ⅴ类水体比例",
        "单位耕地面积化肥使用量",
        "单位耕地面积农药使用量",
    ]
    assert scheme.review
    assert scheme.no_data_score == 60


def test_five_year_assessment_points():
    scheme = ecoscore.load_scheme("eco-assessment-2016")
    assert [g.own_weight for g in scheme.groups] == [30, 40, 20, 10]
    assert scheme.binding is not None
    assert (scheme.binding.deduct_from, scheme.binding.fail_from) == (2, 3)


def test_beautiful_china_frame_says_that_its_weights_are_placeholders():
    scheme = ecoscore.load_scheme("beautiful-china-2026")
    titles = ["责任落实情况", "年度主要目标完成情况", "年度重点任务完成情况", "资金使用绩效情况", "群众满意程度"]
    assert [g.title for g in scheme.groups] == titles
    assert all(a.own_weight == b.own_weight for a, b in pairwise(scheme.groups))
    assert all("权重由使用单位设定" in g.note for g in scheme.groups)
    assert scheme.review


def test_evaluation_2020_must_not_be_ranked():
    scheme = ecoscore.load_scheme("beautiful-china-evaluation-2020")
    assert "不进行地区排名" in scheme.unranked
    assert not scheme.grades
