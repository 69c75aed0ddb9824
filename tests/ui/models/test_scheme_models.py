"""The lists, problems, effects, targets and differences of the scheme page as models."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ecoscore.assessment.preview import EffectRow
from ecoscore.reporting.view_parts import Figure
from ecoscore.schemes import compare_schemes, load_scheme
from ecoscore.schemes.draft import draft_of
from ecoscore.schemes.draft_check import check_draft
from ui.models import effect_table
from ui.models.change_table import ChangeTable
from ui.models.effect_table import EffectTable, summary
from ui.models.roles import ObjectRole
from ui.models.scheme_additions import moved_by, with_new
from ui.models.scheme_list import SHOWN, SchemeList
from ui.models.scheme_problems import SchemeProblems
from ui.models.target_table import TargetTable
from ui.theme import Theme


@pytest.fixture
def theme(qapp):
    return Theme("light")


@pytest.fixture
def scheme():
    return load_scheme("jiangsu-green")


@pytest.mark.parametrize("kind", list(SHOWN))
def test_every_list_is_a_sound_model(kind, theme, scheme, qtmodeltester, qtbot):
    draft = draft_of(scheme)
    draft, key = with_new(draft, kind, None)
    model = SchemeList(kind, theme)
    model.editable = True
    model.show(draft, {key: "出错"})
    qtmodeltester.check(model)
    row = model.row_of(key)
    assert model.index(row, 0).data().startswith("！")
    assert model.index(row, 0).data(ObjectRole).key == key
    with qtbot.waitSignal(model.edited) as told:
        model.setData(model.index(row, 0), "改名")
    assert told.args == [key, "title", "改名"]


def test_the_lists_speak_chinese(theme, scheme):
    model = SchemeList("adjustment", theme)
    model.show(draft_of(scheme))
    rows = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]
    assert ["PM2.5与臭氧双降", "加分", "1", "—", "", "PM2.5年均浓度、臭氧日最大8小时第90百分位浓度"] in rows


def test_new_parts_are_sound(scheme):
    draft = draft_of(scheme)
    for kind in ("group", "indicator", "adjustment", "grade", "input", "payment"):
        made, key = with_new(draft, kind, None)
        again, _ = with_new(made, kind, key)
        assert not check_draft(again).errors, kind
    pm25 = draft.indicator("pm25").key
    made, key = with_new(draft, "indicator", pm25)
    siblings = [c.key for c in made.parent_of(pm25).children]
    assert siblings.index(key) == siblings.index(pm25) + 1
    made, key = with_new(draft, "group", pm25)
    assert [g.key for g in made.of("group")].index(key) == 1


def test_moving_past_the_end_goes_into_the_next_group(scheme):
    draft = draft_of(scheme)
    first, second = draft.of("group")[:2]
    last = first.children[-1].key
    moved = moved_by(draft, last, 1)
    assert moved.find(second.key).children[0].key == last
    assert moved_by(moved, last, -1) == draft
    top = first.children[0].key
    assert moved_by(draft, top, -1) is draft
    assert moved_by(draft, first.key, -1) is draft
    assert moved_by(moved_by(draft, first.key, 1), first.key, -1) == draft


def test_problems_errors_first_with_their_words(theme, scheme, qtmodeltester):
    draft = draft_of(scheme)
    draft = draft.put(draft.indicator("pm25").key, "weight", "八")
    model = SchemeProblems(theme)
    model.show(check_draft(draft).problems)
    qtmodeltester.check(model)
    first = model.index(0, 0)
    assert first.data() == "PM2.5年均浓度 · 权重：应为一个数，写的是 '八'"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole).startswith("错误：")
    assert not model.index(model.rowCount() - 1, 0).data(ObjectRole).is_error


def row(district="甲区", before=80.0, after=82.5, ranks=(3, 1), grades=("良好", "优秀")):
    change = after - before
    return EffectRow(
        district, "城区", Figure(before, f"{before:.2f}"), Figure(after, f"{after:.2f}"), Figure(change, f"{change:+.2f}"),
        *ranks, ranks[0] - ranks[1], *grades,
    )  # fmt: skip


def test_the_effect_is_shown_before_and_after(theme, qtmodeltester):
    model = EffectTable(theme)
    same = replace(row("乙区", 70.0, 70.0, (2, 2), ("合格", "合格")))
    model.show((row(), same))
    qtmodeltester.check(model)
    texts = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(2)]
    assert texts[0] == ["甲区", "城区", "80.00 → 82.50", "+2.50", "3 → 1", "▲2", "良好 → 优秀"]
    assert texts[1] == ["乙区", "城区", "70.00", "—", "2", "—", "合格"]
    assert summary((row(), same)) == "1 个区县总分变化，1 个名次变化，1 个等次变化"
    assert summary((same,)) == "总分、名次、等次都不变"
    assert model.index(0, effect_table.MOVED).data(Qt.ItemDataRole.ForegroundRole) == theme.color("pine")


def test_a_district_without_a_target_shows_the_common_one(theme, scheme, qtmodeltester, qtbot):
    model = TargetTable(theme)
    indicators = (
        [scheme.by_id["pm25"], scheme.by_id["good_days"]] if "good_days" in scheme.by_id else scheme.indicators[:2]
    )
    pm25 = indicators[0].id
    model.show(["甲区", "乙区"], indicators, {(None, pm25): 35.0, ("乙区", pm25): 30.0})
    model.editable = True
    qtmodeltester.check(model)
    own, common = model.place_of("乙区", pm25), model.place_of("甲区", pm25)
    assert (own.data(), common.data()) == ("30", "35")
    assert common.data(Qt.ItemDataRole.ForegroundRole) == theme.color("mist")
    assert common.data(Qt.ItemDataRole.EditRole) == ""
    with qtbot.waitSignal(model.edited) as told:
        model.setData(common, "33")
    assert told.args == ["甲区", pm25, 33.0]
    with qtbot.waitSignal(model.refused) as told:
        assert not model.setData(common, "三十")
    assert "三十" in told.args[0]


def test_differences_stand_side_by_side(theme, scheme, qtmodeltester):
    draft = draft_of(scheme)
    changed = check_draft(draft.put(draft.indicator("pm25").key, "weight", 9.0)).scheme
    model = ChangeTable(theme)
    model.show(compare_schemes(scheme, changed), "旧版", "草稿")
    qtmodeltester.check(model)
    assert [model.index(0, c).data() for c in range(5)] == ["指标", "PM2.5年均浓度", "权重", "8", "9"]
    assert model.headerData(4, Qt.Orientation.Horizontal) == "草稿"
