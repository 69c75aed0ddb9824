"""A draft says what its scheme says, every step makes a new one, and every problem names node and field."""

from __future__ import annotations

import pytest
import yaml

from ecoscore.errors import InputRefused
from ecoscore.schemes import bundled, load_scheme, parse_scheme
from ecoscore.schemes.draft import ROOT, draft_of
from ecoscore.schemes.draft_check import check_draft
from ecoscore.schemes.draft_weights import keeping_sum, shares, to_full, weight_of, weight_sum
from ecoscore.schemes.fields import fields_of, title_of
from tests.ui.builders import SCHEME


@pytest.fixture
def draft():
    return draft_of(parse_scheme(SCHEME, "小方案.yaml"))


@pytest.mark.parametrize("scheme", [s.id for s in bundled()])
def test_the_draft_of_a_bundled_scheme_is_that_scheme(scheme):
    loaded = load_scheme(scheme)
    checked = check_draft(draft_of(loaded))
    assert checked.scheme == loaded
    assert not checked.errors
    assert parse_scheme(checked.scheme.source_text, "草稿.yaml") == loaded
    text = yaml.safe_dump(draft_of(loaded).mapping(), allow_unicode=True, sort_keys=False)
    assert parse_scheme(text, "草稿.yaml") == loaded


def test_a_step_leaves_the_old_draft_as_it_was(draft):
    pm25 = draft.indicator("pm25")
    after = draft.put(pm25.key, "rule.bounds.best", 15.0)
    assert draft.indicator("pm25").get("rule.bounds.best") == 20
    assert check_draft(after).scheme.by_id["pm25"].rule.bounds.best == 15
    assert after.put(pm25.key, "rule.bounds.best", 20) == draft
    assert draft.put(pm25.key, "weight", 40) is draft


def test_pairs_and_nested_values_come_and_go(draft):
    pm25 = draft.indicator("pm25").key
    half = draft.put(pm25, "valid.0", None)
    assert check_draft(half).scheme.by_id["pm25"].valid == (None, 500)
    assert check_draft(half.put(pm25, "valid.1", None)).scheme.by_id["pm25"].valid is None
    ruled = draft.put(ROOT, "binding", {"zero_item": True}).put(ROOT, "limits.bonus", 3.0)
    scheme = check_draft(ruled).scheme
    assert scheme.binding.zero_item
    assert scheme.bonus_cap == 3
    assert (
        check_draft(ruled.put(ROOT, "limits.bonus", None).put(ROOT, "binding", None)).scheme
        == check_draft(draft).scheme
    )


def test_nodes_are_added_moved_copied_and_removed(draft):
    air, land = draft.of("group")
    pm25 = draft.indicator("pm25").key
    moved = draft.move(pm25, land.key, 0)
    assert [c.values["id"] for c in moved.find(land.key).children] == ["pm25", "forest"]
    assert moved.move(pm25, air.key, 0) == draft
    assert draft.move(air.key, air.key, 0) is draft
    copied, key = draft.duplicate(pm25)
    copy = copied.find(key)
    assert (copy.values["id"], copy.values["title"]) == ("pm25_2", "PM2.5年均浓度（2）")
    assert [c.key for c in copied.find(air.key).children][1] == key
    assert not check_draft(copied).errors
    assert copied.remove(key).root == draft.root
    group, group_key = draft.duplicate(air.key)
    assert len({n.key for n in group.walk()}) == len(list(group.walk()))
    assert len(check_draft(group).scheme.indicators) == 5
    assert group.find(group_key).values["title"] == "大气环境（2）"
    added, new = draft.add(ROOT, "grade", {"title": "差", "min": -1.0})
    assert check_draft(added).scheme.grades[-1].title == "差"
    assert added.find(new).kind == "grade"


@pytest.mark.parametrize(
    ("path", "value", "field", "words"),
    [
        ("weight", "四十", "权重", "应为一个数"),
        ("weight", -1.0, "权重", "应不小于 0"),
        ("title", None, "指标", "缺少"),
        ("id", "days", "标识", "重复"),
        ("rule.floor", 300.0, "下限分", "应在 0 与 100 之间"),
        ("rule.bounds.best", 90.0, "最优值", "最优值应小于最差值"),
        ("rule.kind", "nothing", "计分法", "没有这种计分法"),
        ("valid.0", 900.0, "有效范围", "大于高值"),
        ("formula", "没有的量 + 1", "派生公式", "没有的量"),
    ],
)
def test_a_problem_names_the_node_and_the_field(draft, path, value, field, words):
    pm25 = draft.indicator("pm25").key
    checked = check_draft(draft.put(pm25, path, value))
    assert checked.scheme is None
    problem = next(p for p in checked.errors if words in p.message)
    other = draft.indicator("days").key
    assert problem.node == (other if path == "id" else pm25)
    assert path.startswith(problem.path) or problem.path.startswith(path.split(".")[0])
    assert problem.field in {field, "最差值", "上下限", "计分法"}


def test_problems_of_the_whole_lead_to_the_settings(draft):
    checked = check_draft(draft.put(draft.indicator("pm25").key, "weight", 30.0))
    assert checked.scheme is not None
    assert [(p.node, p.is_error) for p in checked.problems] == [(ROOT, False)]
    assert "权重合计 90" in checked.problems[0].sentence
    first = draft.of("grade")[0].key
    assert check_draft(draft.put(first, "min", 10.0)).errors[0].path == "grades"


def test_weights_add_up_as_on_paper(draft):
    assert weight_sum(draft.of("group")) == 100
    pm25, days = draft.indicator("pm25").key, draft.indicator("days").key
    assert shares(draft)[pm25] == pytest.approx(0.4)
    thirds = draft.put(pm25, "weight", 0.1).put(days, "weight", 0.2)
    assert weight_of(thirds.of("group")[0]) == 0.3


def test_scaling_keeps_what_is_locked(draft):
    pm25, days, forest = (draft.indicator(i).key for i in ("pm25", "days", "forest"))
    short = draft.put(pm25, "weight", 20.0)
    full = to_full(short, {days})
    assert weight_sum(full.of("group")) == 100
    assert full.find(days).weight == 30
    assert (full.find(pm25).weight, full.find(forest).weight) == (28, 42)
    with pytest.raises(InputRefused, match="已超过"):
        to_full(draft.put(days, "weight", 130.0), {days})
    with pytest.raises(InputRefused, match="没有可以调整的权重"):
        to_full(short, {pm25, days, forest})
    with pytest.raises(InputRefused, match="满分不是一个数"):
        to_full(draft.put(ROOT, "full", "一百"), ())


def test_a_changed_weight_is_made_up_for_by_its_siblings(draft):
    pm25, days = draft.indicator("pm25").key, draft.indicator("days").key
    after = keeping_sum(draft, pm25, 45.0, ())
    assert (after.find(pm25).weight, after.find(days).weight) == (45, 25)
    three, third = draft.add(draft.of("group")[0].key, "indicator", {"id": "x", "title": "某项", "weight": 10.0})
    odd = keeping_sum(three, third, 11.0, ())
    assert weight_sum(odd.of("group")[0].children) == 80


def test_every_field_has_a_title_and_a_kind():
    for kind in ("settings", "group", "indicator", "adjustment", "grade", "input", "payment"):
        for field in fields_of(kind):
            assert field.title
            assert title_of(kind, field.path) == field.title
    assert title_of("indicator", "rule.level.bounds.best") == "水平计分法" or title_of(
        "indicator", "rule.level.bounds.best"
    )
    assert title_of("indicator", "rule.unknown") == "计分法"
