"""The bulletin's sentences agree with the result, whatever it holds, and say no more than it does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ecoscore.model.adjustment import Event
from ecoscore.model.observation import Status, Target
from ecoscore.reporting import facts
from ecoscore.reporting.document import Annex, Grid, Heading, Notes, Picture, Signature, title_lines, title_pieces
from ecoscore.reporting.view_bulletin import bulletin_view
from ecoscore.reporting.view_document import ranking_picture, scatter_picture, unit_noun
from ecoscore.reporting.view_notice import notice_view
from ecoscore.reporting.view_parts import PaperMeta
from tests.reporting.builders import BEFORE, NOW, TEN, jiangsu, scored, small

EXTRA = """
binding: {zero_item: true, deduct_from: 2}
adjustments:
- {id: b, title: 获命名, kind: bonus, points: 2}
- {id: d, title: 突发环境事件, kind: deduction, points: 5}
- {id: v, title: 破坏红线, kind: veto, grade: 不合格}
"""
PRAISE = ("显著", "明显", "突出", "优异", "喜人", "较好", "成效", "大幅", "有力", "圆满")


@pytest.fixture(scope="module")
def scheme():
    return small(extra=EXTRA)


def said(view) -> str:
    return "\n".join(view.sentences)


def test_totals_grades_and_ranks_are_those_of_the_result(scheme):
    result, before = scored(scheme, TEN), scored(scheme, TEN, period=BEFORE, seed=2)
    text = said(bulletin_view(result, previous=before))
    totals = result.layers.total
    assert f"参评区县10个，总分平均{totals.mean():.2f}分，最高{totals.max():.2f}分" in text
    for d, district in enumerate(result.districts):
        own = next(
            s for s in bulletin_view(result, previous=before).sentences if s.startswith(f"{district.name}。总分")
        )
        assert f"总分{totals[d]:.2f}分，居" in own
        assert f"第{result.layers.rank[d]}名（共10个）" in own
        delta = totals[d] - before.layers.total[d]
        assert f"总分比上年{'提高' if delta > 0 else '下降'}{abs(round(delta, 2)):.2f}分" in own
    for grade in set(result.layers.grade):
        assert f"{grade}{result.layers.grade.count(grade)}个" in text


def test_movements_name_who_moved_furthest(scheme):
    names = TEN[:3]
    values = {("甲区", "i3"): 42, ("乙区", "i3"): 60, ("丙区", "i3"): 70}
    baselines = {("甲区", "i3"): 64, ("乙区", "i3"): 59, ("丙区", "i3"): 70}
    result = scored(scheme, names, values=values, baselines=baselines)
    text = said(bulletin_view(result))
    title = result.indicators[2].title
    assert f"{title}。与上年相比，上升的1个、下降的1个、持平的1个。" in text
    assert "上升最多的是乙区，由59%升至60%，上升1个百分点。" in text
    assert "下降最多的是甲区，由64%降至42%，下降22个百分点。" in text


def test_equal_movements_are_told_together_and_none_as_none(scheme):
    names = TEN[:3]
    up = {(n, "i3"): 60 for n in names}
    text = said(bulletin_view(scored(scheme, names, values=up, baselines={(n, "i3"): 55 for n in names})))
    assert "3个单位均上升。上升最多的是甲区、乙区、丙区，均上升5个百分点。" in text
    text = said(bulletin_view(scored(scheme, names, values=up, baselines=up)))
    assert "有可比数据的3个单位均与上年持平。" in text


def test_missed_binding_targets_are_told_with_both_figures(scheme):
    goals = [Target(n, "i3", NOW, 80.0) for n in TEN[:3]]
    values = {("甲区", "i3"): 79.5, ("乙区", "i3"): 80, ("丙区", "i3"): 95}
    result = scored(scheme, TEN[:3], values=values, targets=goals)
    assert [m.district for m in facts.missed_targets(result)] == ["甲区"]
    assert [m.district for m in facts.missed_targets(result)] == [
        d.name for d, n in zip(result.districts, result.layers.binding_missed, strict=True) if n
    ]
    text = said(bulletin_view(result))
    assert f"约束性目标未完成。甲区1项：{result.indicators[2].title}79.5%，目标为80.0%。" in text
    reached = said(bulletin_view(scored(scheme, TEN[:3], values={**values, ("甲区", "i3"): 81}, targets=goals)))
    assert "约束性目标。3项次目标均已完成。" in reached


def test_events_are_told_with_their_ground_and_grades_with_their_reason(scheme):
    events = [
        Event("甲区", NOW, "d", "某厂泄漏", document="示例〔2024〕1号"),
        Event("乙区", NOW, "v", "违规开矿", document="示例〔2024〕2号"),
    ]
    text = said(bulletin_view(scored(scheme, TEN[:3], events=events)))
    assert "扣分。甲区突发环境事件，扣5.00分（依据：某厂泄漏，示例〔2024〕1号）" in text
    assert "一票否决。乙区破坏红线，等次定为不合格（依据：违规开矿，示例〔2024〕2号）" in text
    assert re.search(r"乙区。总分[\d.]+分.*等次为不合格（按总分为.+，因破坏红线（一票否决））", text)


def test_what_was_not_reported_is_said_and_does_not_count_as_lost_twice(scheme):
    result = scored(scheme, TEN[:3], states={("丙区", "i1"): Status.MISSING})
    text = said(bulletin_view(result))
    assert f"应报未报。丙区1项（{result.indicators[0].title}）。" in text
    assert not any(m.district == "丙区" for m in facts.movements(result, 0))


def test_without_an_earlier_result_nothing_is_compared(scheme):
    text = said(bulletin_view(scored(scheme, TEN[:3])))
    assert "总分比上年" not in text
    assert "名次不变" not in text


@pytest.mark.parametrize("count", [1, 2, 31, 100])
def test_any_number_of_districts(scheme, count):
    names = [f"第{n}号某某自治县" for n in range(count)]
    view = bulletin_view(scored(scheme, names), previous=scored(scheme, names, period=BEFORE))
    text = said(view)
    assert ("各单位情况" in str([p.text for p in view.parts if isinstance(p, Heading)])) == (count <= 30)
    assert not re.search(r"，。|。。|；。|：。|nan|None|\{|\}", text)
    rows = [row for part in view.parts if isinstance(part, Grid) for row in part.rows]
    assert len(rows) == count
    assert all(cell for row in rows for cell in row)
    pictures = [p.caption for p in view.parts if isinstance(p, Picture)]
    assert ("总分由高到低" in pictures) == (2 < count <= 42)


def test_no_praise_and_no_names_of_people(scheme):
    result = jiangsu()
    for view in (bulletin_view(result), notice_view(result)):
        text = view.title + said(view)
        assert not [word for word in PRAISE if word in text]


def test_headings_count_through_what_there_is(scheme):
    headings = [p.text for p in bulletin_view(scored(scheme, TEN[:3])).parts if isinstance(p, Heading)]
    assert headings == ["一、总体情况", "二、主要指标变化", "三、主要短板", "四、各单位情况"]


def test_an_unranked_scheme_has_no_ranks_in_words_or_table(scheme):
    view = bulletin_view(scored(replace(scheme, unranked="评价结果不排名"), TEN[:3]))
    text = said(view)
    assert "名次" not in text
    assert not re.search(r"第\d+名", text)
    assert next(p for p in view.parts if isinstance(p, Grid)).columns[0].title == "序号"


def test_the_notice_says_where_to_object_and_ends_with_its_author(scheme):
    view = notice_view(
        scored(scheme), PaperMeta(issuer="某市考核办", date="2025年3月1日", contact="某市考核办，电话 0000")
    )
    assert view.addressee == ""
    assert "异议受理：" in said(view)
    assert "联系方式：某市考核办，电话 0000" in said(view)
    assert view.parts[-1] == Signature("某市考核办", "2025年3月1日")
    assert any(isinstance(p, Notes) for p in view.parts)


def test_bulletins_name_their_addressee_and_annex(scheme):
    view = bulletin_view(scored(scheme), PaperMeta(addressee="各区县人民政府"))
    assert view.addressee == "各区县人民政府："
    assert next(p for p in view.parts if isinstance(p, Annex)).title == "某市2024年度区县绿色政绩考核结果一览表"


def test_titles_are_cut_between_words():
    title = "关于某市2024年度区县绿色政绩考核情况的通报"
    assert "".join(title_pieces(title)) == title
    assert title_lines(title, 2) == ["关于某市2024年度区县", "绿色政绩考核情况的通报"]
    assert title_lines("某市公示", 2) == ["某市公示"]
    assert "".join(title_lines(title * 2, 3)) == title * 2


def test_pictures_and_nouns_of_a_result(scheme):
    result = scored(scheme, TEN)
    assert unit_noun(result) == "区县"
    assert ranking_picture(scored(scheme, TEN[:2])) is None
    assert scatter_picture(result) is not None
    for point in facts.level_and_progress(result):
        assert 0 <= point.x <= 100 and 0 <= point.y <= 100


def test_of_many_districts_misses_are_told_by_indicator(scheme):
    names = [f"第{n}号县" for n in range(40)]
    values = {(n, "i3"): 50.0 + k / 10 for k, n in enumerate(names)}
    result = scored(scheme, names, values=values, targets=[Target(None, "i3", NOW, 80.0)])
    text = said(bulletin_view(result))
    title = result.indicators[2].title
    assert f"共40个单位，按指标分：{title}40个，差距最大的是第0号县50%，目标为80%。" in text


def test_what_the_figures_decide_for_many_is_told_by_number():
    scheme = jiangsu().scheme
    text = said(bulletin_view(jiangsu([f"第{n}号县" for n in range(100)])))
    assert scheme.binding is not None
    assert re.search(r"等\d+个约束性目标 2 项未完成，再扣其分值（按指标数据判定）", text)
    assert len(text) < 9000
