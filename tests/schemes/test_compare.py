"""Editions side by side: every difference once, in words."""

from __future__ import annotations

import pytest

from ecoscore.schemes import bundled, compare_schemes, parse_scheme
from tests.schemes.sheet_maker import SCHEME


def changes(*edits: tuple[str, str]) -> list[str]:
    text = SCHEME
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    old, new = parse_scheme(SCHEME, "旧.yaml"), parse_scheme(text, "新.yaml")
    return [c.sentence for c in compare_schemes(old, new)]


@pytest.mark.parametrize("one", bundled(), ids=lambda s: s.id)
def test_a_scheme_does_not_differ_from_itself(one):
    assert compare_schemes(one, one) == ()


def test_a_weight_a_setting_and_a_rule():
    assert changes(("weight: 6\n        binding", "weight: 8\n        binding")) == ["指标“PM2.5年均浓度”：权重 6 → 8"]
    assert changes(('edition: "2024"', 'edition: "2025"\nmissing: zero')) == [
        "方案：版本 2024 → 2025",
        "方案：应报未报的 不予评分 → 记 0 分",
    ]
    assert changes(("floor: 60, bounds: {worst: 60", "floor: 50, bounds: {worst: 70")) == [
        "指标“PM2.5年均浓度”：最差值 60 → 70",
        "指标“PM2.5年均浓度”：下限分 60 → 50",
    ]
    assert changes(("{kind: target_ratio, inverse: mirror, cap: 1.2}", "{kind: pass_fail}")) == [
        "指标“整治剩余量”：计分法 目标完成率法 → 达标制",
        "指标“整治剩余量”：其他参数 逆向算法=（2×目标−完成）÷目标；完成率下限=0；完成率上限=1.2；起算完成率=0 → 未达标得分=0",
    ]


def test_added_removed_and_renamed():
    line = "          - {id: iii, title: 优Ⅲ比例, weight: 6, rule: {kind: minmax, bounds: sample}}\n"
    assert changes((line, "")) == ["删去指标“优Ⅲ比例”（所属组 河流，权重 6，计分法 极差法）"]
    more = line.replace("iii", "iv").replace("优Ⅲ比例", "劣Ⅴ消除")
    assert changes((line, line + more)) == ["增加指标“劣Ⅴ消除”（所属组 河流，权重 6，计分法 极差法）"]
    # A renamed group or indicator is the same one: those that speak of it have not changed.
    assert changes(("title: 河流", "title: 河湖")) == ["组“河湖”：名称 河流 → 河湖"]
    assert changes(("title: 优良天数比率", "title: 空气优良率")) == ["指标“空气优良率”：指标 优良天数比率 → 空气优良率"]


def test_moved_and_reordered():
    first = "          - {id: iii, title: 优Ⅲ比例, weight: 6, rule: {kind: minmax, bounds: sample}}\n"
    second = "          - {id: work, title: 整治剩余量, direction: lower, weight: 2, rule: {kind: target_ratio, inverse: mirror, cap: 1.2}}\n"
    assert changes((first + second, second + first)) == ["指标的次序有变"]
    assert changes(("title: 不合格, min: 0", "title: 不合格, min: 10"), ("min: 90", "min: 85")) == [
        "等次“优秀”：最低分 90 → 85",
        "等次“不合格”：最低分 0 → 10",
    ]
