"""Fields: how they are written, what they mean, which number they give, and what is proposed for a wrong one."""

from __future__ import annotations

import pytest

from ecoscore.model.adjustment import Event
from ecoscore.model.observation import Status
from ecoscore.reporting.templates import fields_of, general_fields
from ecoscore.reporting.templates.resolve import Context, Repeat, Unknown
from ecoscore.reporting.templates.syntax import fields_in, is_broken
from ecoscore.reporting.templates.value import of_count, of_figure, of_text, scales_percent
from ecoscore.reporting.view_parts import Figure
from tests.reporting.builders import BEFORE, NOW, TEN, scored, small
from tests.reporting.template_maker import resolver_of, source_of

AWARD = "adjustments:\n  - {id: award, title: 省级命名, kind: bonus, points: 2}\n"


@pytest.fixture(scope="module")
def result():
    scheme = small(extra=AWARD)
    events = [Event("甲区", NOW, "award", "命名示范区", office="省厅")]
    return scored(scheme, TEN, events=events, states={("乙区", "i1"): Status.MISSING}, peer_groups=("城区", "县域"))


def value(result, name, district="甲区", **given):
    return resolver_of(result).meaning(name).read(Context(source_of(result, **given), district))


def rows(result, of, name, district="甲区", sort=""):
    resolver, source = resolver_of(result), source_of(result)
    items = Repeat(of, sort).items(Context(source, district))
    return [resolver.meaning(name).read(Context(source, district, item)).text for item in items]


@pytest.mark.parametrize("text", ["{{区县}}", "{{ 区县 }}", "｛｛区县｝｝", "{｛区 县}｝", "前{{区县}}后"])
def test_braces_and_spaces_of_any_width_are_the_same(text):
    (field,) = fields_in(text)
    assert field.key == "区县"
    assert not is_broken(text)


@pytest.mark.parametrize("text", ["{{区县}", "{{区县", "区县}}", "{{区{{县}}", "{{}}"])
def test_braces_without_a_partner_are_noticed(text):
    assert is_broken(text)


def test_single_braces_are_nobodys_business():
    assert fields_in("{1,2}") == () and not is_broken("{1,2}")


def test_one_district(result):
    d = result.district_at["甲区"]
    assert value(result, "区县").text == "甲区"
    assert value(result, "总分").number == pytest.approx(result.layers.total[d])
    assert value(result, "名次").number == result.layers.rank[d]
    assert value(result, "等次").text == result.layers.grade[d]
    assert value(result, "考核期").text == "2024年度"
    assert value(result, "年份").number == 2024
    assert value(result, "加分").text == "2.00"
    assert value(result, "分类组").text == "城区"


def test_the_number_is_the_printed_one(result):
    """Sums over what is printed must come out as printed."""
    for name in ("指标得分小计", "分组:大气环境", "分组:大气环境:指数", "指标:i1:个体指数"):
        found = value(result, name)
        assert found.number == float(found.text)


def test_indicators_by_title_and_by_id(result):
    cell = result.cells.value[result.district_at["甲区"], 0]
    title = result.indicators[0].title
    assert value(result, f"指标:{title}:本年值").number == cell
    assert value(result, "指标:i1:本年值").number == cell
    assert value(result, "指标：i1").number == cell  # 本年值 is what one means without saying
    assert value(result, "指标:i1:得分").number == pytest.approx(result.points_rounded[result.district_at["甲区"], 0])
    assert value(result, "指标:i1:本年值", "乙区") == of_text("未报")


def test_another_districts_number(result):
    assert value(result, "区县:乙区:总分") == value(result, "总分", "乙区")
    assert value(result, "区县:乙区:指标:i2:得分") == value(result, "指标:i2:得分", "乙区")


def test_comparison_with_the_year_before(result):
    previous = scored(small(extra=AWARD), TEN, period=BEFORE, seed=3, peer_groups=("城区", "县域"))
    then = previous.layers.total[previous.district_at["甲区"]]
    assert value(result, "上年总分", previous=previous).number == pytest.approx(then)
    assert value(result, "位次进退", previous=previous).text[0] in "↑↓持"
    assert value(result, "上年总分").text == "—"


def test_lists(result):
    assert rows(result, "指标", "指标.序号") == ["1", "2", "3", "4"]
    assert rows(result, "指标", "指标.序号", sort="水环境") == ["1", "2"]
    assert rows(result, "指标", "指标.代号", sort="约束性") == ["i3"]
    assert rows(result, "加减分", "加减分.名称") == ["省级命名"]
    assert rows(result, "加减分", "加减分.依据") == ["命名示范区，省厅"]
    assert rows(result, "加减分", "加减分.分数") == ["+2.00"]
    assert rows(result, "分组", "分组.名称") == ["大气环境", "水环境"]
    assert len(rows(result, "附注", "附注.内容")) > 2


def test_an_empty_list_says_so(result):
    assert rows(result, "加减分", "加减分.名称", "乙区") == ["无"]
    assert rows(result, "加减分", "加减分.依据", "乙区") == ["—"]


def test_districts_in_rank_order_by_peer_group(result):
    names = rows(result, "区县", "区县.名称")
    assert names == [result.districts[d].name for d in result.order]
    assert rows(result, "区县", "区县.名称", sort="县域") == [n for n in names if n in TEN[1::2]]
    assert rows(result, "区县", "区县.指标:i1:本年值")[names.index("乙区")] == "未报"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("总份", "{{总分}}"),
        ("区具", "{{区县}}"),
        ("指标.得份", "{{指标.得分}}"),
        ("区县.总份", "{{区县.总分}}"),
        ("指标:第1项生态环境质量考核指标完成律:得分", "{{指标:第1项生态环境质量考核指标完成率:得分}}"),
        ("分组:大气环竟", "{{分组:大气环境}}"),
    ],
)
def test_the_nearest_known_field_is_proposed(result, name, nearest):
    with pytest.raises(Unknown) as refused:
        resolver_of(result).meaning(name)
    assert name in refused.value.message
    assert nearest in refused.value.advice


def test_a_wrong_attribute_names_the_right_ones(result):
    with pytest.raises(Unknown, match="指标没有“本年植”这一项") as refused:
        resolver_of(result).meaning("指标:i1:本年植")
    assert "是不是“本年值”" in refused.value.advice


def test_two_groups_of_one_name_ask_for_the_id():
    result = scored(small(groups=("大气环境", "大气环境")))
    with pytest.raises(Unknown, match="有两个分组叫“大气环境”") as refused:
        resolver_of(result).meaning("分组:大气环境")
    assert "{{分组:g0:得分}}" in refused.value.advice
    assert value(result, "分组:g1:得分").number is not None


def test_a_list_that_does_not_exist(result):
    with pytest.raises(Unknown, match="没有可以重复的") as refused:
        resolver_of(result).repeat("#部门")
    assert "指标" in refused.value.advice
    with pytest.raises(Unknown, match="里没有可以挑选的") as refused:
        resolver_of(result).repeat("#指标:大汽环境")
    assert "是不是“大气环境”" in refused.value.advice


def test_every_listed_field_of_a_file_is_one(result):
    resolver = resolver_of(result)
    found = fields_of(source_of(result), resolver)
    names = [f.field[2:-2] for f in found if "…" not in f.field and "#" not in f.field and "|" not in f.field]
    assert len(names) > 150
    for name in names:
        resolver.meaning(name)
    assert {f.field: f.example for f in found}["{{总分}}"] == value(
        result, "总分", result.districts[result.order[0]].name
    ).text
    assert all(f.meaning for f in found)


def test_the_general_list_needs_no_file():
    found = {f.field for f in general_fields()}
    assert {
        "{{区县}}",
        "{{指标.得分}}",
        "{{区县.名次}}",
        "{{指标:PM2.5年均浓度:本年值}}",
        "{{分组:环境质量改善:得分}}",
    } <= found


@pytest.mark.parametrize(
    ("figure", "number", "own"),
    [
        (Figure(8.6, "8.60"), 8.6, '0.00;"−"0.00'),
        (Figure(42.0, "42"), 42, '0;"−"0'),
        (Figure(-3.1, "−3.1"), -3.1, '0.0;"−"0.0'),
        (Figure(5.24, "+5.2%"), 5.2, '+0.0"%";"−"0.0"%";0.0"%"'),
        (Figure(2.0, "+2.00"), 2.0, '+0.00;"−"0.00;0.00'),
        (Figure(1e-12, "1e-12"), 1e-12, "General"),
    ],
)
def test_a_figure_as_number_and_as_format(figure, number, own):
    found = of_figure(figure)
    assert (found.number, found.own_format) == (number, own)


def test_no_number_where_there_is_none():
    assert of_figure(Figure(None, "未报")).number is None
    assert of_count(None, "不排名").text == "不排名"
    assert of_text("").text == "—"
    assert of_text("甲\x0b区").text == "甲区"


@pytest.mark.parametrize(
    ("number_format", "scales"),
    [("0.0%", True), ('0.0"%"', False), (r"0.0\%", False), ("0.00", False), ("[红色]0%", True)],
)
def test_which_formats_multiply_by_a_hundred(number_format, scales):
    assert scales_percent(number_format) is scales
