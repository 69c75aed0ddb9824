"""Tables that say row by row whether their figures are targets or values."""

from __future__ import annotations

import pytest

from ecoscore.importing.choices import Choices
from ecoscore.importing.plan import Role
from tests.importing.sheets import codes, finding, plan_of, values, write_xlsx

AIR, DAYS = "PM2.5年均浓度", "空气优良天数比率"


def read(tmp_path, *rows, merges=(), title="2024年度", **told):
    path = write_xlsx(tmp_path / "目标 表.xlsx", {"表": [[title], *map(list, rows)]}, {"表": list(merges)})
    plan = plan_of(path, **told)
    targets = {(t.new.district, t.new.indicator, str(t.new.period)): t.new.value for t in plan.targets}
    return plan, values(plan), targets


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["指标", None, "甲区", "乙县"], [AIR, "目标", 36, 37], [None, "完成", 35, 34]], ("A3:A4",)),
        ([["指标", "类别", "甲区", "乙县"], [AIR, "目标值", 36, 37], [AIR, "完成值", 35, 34]], ()),
        ([["区县", "项目", AIR], ["甲区", "目标", 36], ["甲区", "实际完成", 35], ["乙县", "目标", 37], ["乙县", "实际完成", 34]], ()),
        (
            [["区县", "指标", "项目", "数值"], ["甲区", AIR, "目标值", 36], ["甲区", AIR, "实际值", 35], ["乙县", AIR, "目标值", 37], ["乙县", AIR, "实际值", 34]],
            (),
        ),
    ],
)  # fmt: skip
def test_targets_and_values_in_rows_of_their_own(rows, merges, tmp_path):
    """Two figures for one value it was before, or, where the rows of values were blank, the target for the value."""
    plan, found, targets = read(tmp_path, *rows, merges=merges)
    assert found == {("甲区", "pm25", "2024"): 35, ("乙县", "pm25", "2024"): 34}
    assert targets == {("甲区", "pm25", "2024"): 36, ("乙县", "pm25", "2024"): 37}
    assert not plan.errors


def test_a_target_is_never_taken_for_the_value_that_is_not_there_yet(tmp_path):
    plan, found, targets = read(tmp_path, ["指标", None, "甲区"], [AIR, "目标", 36], [AIR, "完成", None])
    assert (found, targets) == ({}, {("甲区", "pm25", "2024"): 36})
    assert "blank" in codes(plan)


def test_what_is_neither_is_passed_over_and_said(tmp_path):
    rows = [
        ["指标", "项目", "甲区"],
        [AIR, "上年值", 40],
        [None, "目标值", 36],
        [None, "本年值", 35],
        [None, "得分", 5],
    ]
    plan, found, targets = read(tmp_path, *rows, merges=("A3:A6",))
    assert (found, targets) == ({("甲区", "pm25", "2024"): 35}, {("甲区", "pm25", "2024"): 36})
    preview = plan.files[0].sheets[0]
    assert any("上年值" in note for note in preview.notes) and any("得分" in note for note in preview.notes)
    assert preview.roles[3, 2] is Role.TARGET and preview.roles[4, 2] is Role.VALUE
    assert preview.columns[1] == "目标或完成"


def test_a_row_that_does_not_say_is_refused(tmp_path):
    rows = [["指标", None, "甲区"], [AIR, "目标", 36], [AIR, "完成", 35], [DAYS, None, 80]]
    plan, found, _ = read(tmp_path, *rows)
    assert found == {("甲区", "pm25", "2024"): 35}
    assert finding(plan, "measure_missing").cell == "B5"
    assert "“目标值”或“完成值”" in finding(plan, "measure_missing").advice


def test_years_beside_the_words(tmp_path):
    rows = [["区县", "项目", AIR], ["甲区", "2023年实际", 37], ["甲区", "2024年目标", 36], ["甲区", "2024年实际", 35]]
    plan, found, targets = read(tmp_path, *rows, title="甲区")
    assert found == {("甲区", "pm25", "2023"): 37, ("甲区", "pm25", "2024"): 35}
    assert targets == {("甲区", "pm25", "2024"): 36}
    assert not plan.errors
    plan, found, _ = read(
        tmp_path, ["区县", "项目", AIR], ["甲区", "目标", 36], ["甲区", "2023年实际", 35], title="2024年度"
    )
    assert found == {}
    assert finding(plan, "period_conflict").cell == "C4"


def test_a_title_that_speaks_of_targets_gives_way_to_the_rows(tmp_path):
    _, found, targets = read(
        tmp_path, ["区县", "项目", AIR], ["甲区", "目标值", 36], ["甲区", "完成值", 35], title="2024年度目标表"
    )
    assert (found, targets) == ({("甲区", "pm25", "2024"): 35}, {("甲区", "pm25", "2024"): 36})


def test_names_left_blank_below_go_together_with_it(tmp_path):
    rows = [["指标", None, "甲区"], [AIR, "目标", 36], [None, "完成", 35], [DAYS, "目标", 80], [None, "完成", 82]]
    plan, found, _ = read(tmp_path, *rows)
    assert found == {} and "indicator_missing" in codes(plan)
    _, found, targets = read(tmp_path, *rows, choices=Choices(all_blanks=True))
    assert found == {("甲区", "pm25", "2024"): 35, ("甲区", "good_days", "2024"): 82}
    assert targets == {("甲区", "pm25", "2024"): 36, ("甲区", "good_days", "2024"): 80}


@pytest.mark.parametrize("said", [("完成", "完成"), ("完成", "未完成"), ("完成", None)])
def test_a_column_that_says_whether_something_is_done_is_none(said, tmp_path):
    plan, found, targets = read(tmp_path, ["区县", AIR, "是否达标"], ["甲区", 33, said[0]], ["乙县", 34, said[1]])
    assert found == {("甲区", "pm25", "2024"): 33, ("乙县", "pm25", "2024"): 34}
    assert targets == {} and not plan.errors


def test_far_down_in_a_long_table_too(tmp_path):
    rows, known, aims = [["区县", "指标", "年份", "项目", "值"]], {}, {}
    for n, district in enumerate(["甲区", "乙县", "丙区", "𬭚州区"]):
        for year in range(1950, 2025):
            key = district, "pm25", str(year)
            aims[key], known[key] = n * 10 + 1 + (year - 1950) / 8, n * 10 + (year - 1950) / 8
            rows += [[district, AIR, year, "目标值", aims[key]], [district, AIR, year, "实际值", known[key]]]
    _, found, targets = read(tmp_path, *rows, title="各区县历年")
    assert (found, targets) == (known, aims)


@pytest.mark.parametrize(
    ("first", "second"), [("目标", "实际"), ("目标值", "完成值"), ("年度目标", "本年值"), ("目标", "完成情况")]
)
def test_the_words_in_brackets_behind_an_indicator(first, second, tmp_path):
    across = read(tmp_path, ["区县", f"{AIR}（{first}）", f"{AIR}（{second}）"], ["甲区", 36, 35])
    down = read(tmp_path, ["指标", "甲区"], [f"{AIR}（{first}）", 36], [f"{AIR}（{second}）", 35])
    for plan, found, targets in (across, down):
        assert (found, targets) == ({("甲区", "pm25", "2024"): 35}, {("甲区", "pm25", "2024"): 36})
        assert not plan.errors and "header_remark" not in codes(plan)


@pytest.mark.parametrize("said", ["上年", "上年同期", "去年", "得分", "排名", "同比", "增速", "完成率", "较上年变化"])
def test_what_is_no_value_of_the_indicator_is_not_read_for_one(said, tmp_path):
    """A rank or a score was read as the concentration, with a mere warning that the brackets were passed over."""
    across = read(tmp_path, ["区县", f"{AIR}（{said}）", AIR], ["甲区", 5, 35])
    down = read(tmp_path, ["指标", "甲区"], [f"{AIR}（{said}）", 5], [AIR, 35])
    for plan, found, targets in (across, down):
        assert (found, targets) == ({("甲区", "pm25", "2024"): 35}, {})
        assert any(said in note and "未读取" in note for note in plan.files[0].sheets[0].notes)
        assert not plan.errors


@pytest.mark.parametrize("said", ["均值", "标况", "全市", "自动站"])
def test_any_other_remark_is_passed_over_and_said(said, tmp_path):
    plan, found, _ = read(tmp_path, ["区县", f"{AIR}（{said}）"], ["甲区", 35])
    assert found == {("甲区", "pm25", "2024"): 35}
    assert f"“{said}”" in finding(plan, "header_remark").message


def test_words_in_brackets_far_down_in_a_long_table(tmp_path):
    rows = [["区县", "指标", "年份", "值"]]
    for n, district in enumerate(["甲区", "乙县", "丙区", "𬭚州区"]):
        for year in range(1950, 2025):
            rows += [[district, f"{AIR}（目标）", year, n * 10 + 1], [district, AIR, year, n * 10]]
    _, found, targets = read(tmp_path, *rows, title="各区县历年")
    assert len(found) == len(targets) == 300
    assert all(targets[key] == value + 1 for key, value in found.items())
