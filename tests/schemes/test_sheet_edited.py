"""A scheme's workbook as people leave it: what is taken, and what is refused with sheet, cell and advice."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from ecoscore.errors import InputRefused
from ecoscore.model.scheme import Direction
from ecoscore.schemes import read_scheme_workbook
from ecoscore.schemes.sheet_cells import number_in
from tests.schemes.sheet_maker import cells, find, read, scheme, setting, workbook


def problems(book) -> dict[tuple[str, str], str]:
    """(sheet, cell) → message and advice of every problem."""
    with pytest.raises(InputRefused) as refused:
        read(book)
    found = {}
    for f in refused.value.findings:
        assert f.file == "考核 方案（改）.xlsx" and f.sheet and f.cell and f.message
        assert "第 0 行" not in f.message
        found.setdefault((f.sheet, f.cell), f"{f.message}｜{f.advice}")
    return found


def test_rows_reordered_columns_moved_blank_rows_and_rows_above(tmp_path):
    book = workbook(tmp_path)
    sheet = book["指标"]
    sheet.move_range("A4:AL4", rows=20)
    sheet.insert_cols(1)
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).value = sheet.cell(row, 10).value
        sheet.cell(row, 10).value = None
    sheet.insert_rows(1, 2)
    sheet["B1"] = "某某市考核指标"
    found = read(book)
    assert {i.id for i in found.indicators} == {i.id for i in scheme().indicators}
    assert found.by_id["ph"] == scheme().by_id["ph"]
    assert [i.id for i in found.all_groups[2].children] == ["iii", "work", "ph"]


def test_full_width_words_and_numbers(tmp_path):
    book = workbook(tmp_path)
    sheet = book["指标"]
    find(sheet, "权重", "days").value = "４．５"
    find(sheet, "目标值", "pm25").value = "１，２３４.５"
    find(sheet, "方向", "pm25").value = " 逆 向"
    find(sheet, "约束性", "pm25").value = "√"
    find(sheet, "其他参数", "days").value = "分界值＝60、80；各档得分=0，50，100\n分界归属＝含上不含下"
    find(sheet, "存量占比", "pm25").value = 0.7
    find(sheet, "存量占比", "pm25").number_format = "0%"
    setting(book["方案"], "基期").value = 2020
    found = read(book)
    days, pm25 = found.by_id["days"], found.by_id["pm25"]
    assert (days.weight, pm25.target, pm25.direction, pm25.binding) == (4.5, 1234.5, Direction.LOWER, True)
    assert (days.rule.edges, days.rule.scores, days.rule.closed) == ((60, 80), (0, 50, 100), "upper")
    assert pm25.rule.share == 0.7
    assert found.baseline == "2020"


@pytest.mark.parametrize(
    ("sheet", "column", "row", "value", "words"),
    [
        ("指标", "权重", "days", "六", "权重：应为一个数，写的是“六”"),
        ("指标", "权重", "days", "6分", "只写数字，不带单位"),
        ("指标", "权重", "days", None, "指标缺少权重"),
        ("指标", "权重", "days", -1, "应不小于 0"),
        ("指标", "权重", "days", True, "是逻辑值"),
        ("指标", "权重", "days", "=1+1", "没有计算结果的公式"),
        ("指标", "权重", "days", dt.date(2024, 6, 1), "是日期"),
        ("指标", "方向", "days", "越大越好", "没有“越大越好”这一项｜请从下拉表里选：正向、逆向、适度"),
        ("指标", "约束性", "days", "1", "应写“是”或“否”"),
        ("指标", "计分法", "days", "功效系数", "没有“功效系数”这一项"),
        ("指标", "计分法", "days", None, "没有写计分法"),
        ("指标", "所属组", "days", "大汽环境", "没有叫“大汽环境”的组｜是不是“大气环境”？"),
        ("指标", "所属组", "days", None, "没有写属于哪个组"),
        ("指标", "最优值", "pm25", 65, "最优值应小于最差值"),
        ("指标", "最差值", "pm25", "约60", "应为一个数、两个数"),
        ("指标", "最差值", "pm25", "本期最差", "要么都写数"),
        ("指标", "最差值", "ph", "5", "要写两个数，用分号隔开"),
        ("指标", "下限分", "pm25", 160, "应在 0 与 100 之间"),
        ("指标", "其他参数", "days", "分界=60；各档得分=0、100", "“分界=60”读不懂"),
        ("指标", "其他参数", "days", "分界值=60；各档得分=零、100", "应为一列数，用顿号隔开，写的是“零、100”"),
        ("指标", "其他参数", "days", "分界值=60；各档得分=0、50、100", "要配 2 个分"),
        ("指标", "其他参数", "days", "分界值=60；分界值=70；各档得分=0、100", "写了两次"),
        ("指标", "其他参数", "work", "逆向算法=随便", "“逆向算法”应为 目标÷完成"),
        ("指标", "改善计分法", "pm25", None, "没有写计分法"),
        ("指标", "水平计分法", "days", "直线式", "分档计分没有参数水平计分法"),
        ("指标", "最差值", "days", 3, "分档计分没有参数最差值、最优值"),
        ("指标", "存量占比", "pm25", 60, "存量占比：应在 0 与 1 之间"),
        ("指标", "有效下限", "pm25", 900, "低值 900 大于高值 500"),
        ("指标", "年度进度", "pm25", "2023年=0.6；2024", "“2024”读不懂"),
        ("指标", "标识", "days", "pm25", "标识：pm25 重复，前一个在“指标”表"),
        ("指标", "指标", "days", "细颗粒物", "名称“细颗粒物”也是指标 pm25"),
        ("指标", "按何加权", "days", "户籍人口", "户籍人口不在指标和基础数据里"),
        ("指标", "派生公式", "days", "people +", "派生公式："),
        ("组", "上级组", "river", "陆地", "没有叫“陆地”的组"),
        ("组", "上级组", "water", "河流", "绕成了圈"),
        ("组", "权重", "air", "四十", "应为一个数"),
        ("组", "合成方法", "river", "相乘", "请从下拉表里选：加权算术平均"),
        ("加减分", "类别", "both", "奖励", "请从下拉表里选：加分、扣分"),
        ("加减分", "每次分值", "both", None, "每次分值"),
        ("加减分", "等次", "veto", "差", "等次“差”不在“等次”表里"),
        ("加减分", "同时改善的指标", "both", "PM10", "PM10 不在方案里"),
        ("等次", "最低分", "优秀", -5, "等次应从高到低排"),
        ("补偿", "指标", "c1", "PM10", "PM10 不在方案里"),
        ("补偿", "基准值", "c1", None, "“比照”是“基准值”的要写这一列"),
    ],
)
def test_each_mistake_is_told_with_its_cell(tmp_path, sheet, column, row, value, words):
    book = workbook(tmp_path)
    cell = find(book[sheet], column, row)
    cell.value = value
    found = problems(book)
    message = "\n".join(found.values())
    assert words in message
    if column not in {"最优值", "最差值", "基准值", "最低分"} and words != "绕成了圈":
        assert words in found.get((sheet, cell.coordinate), ""), found
    else:
        assert any(s == sheet for s, _ in found)
    # The words of a scheme file are no words of the workbook's.
    assert not re.search(
        r"(?<![\w.])(weight|rule|bounds|worst|best|floor|grades|weigh_by|at|against|kind)(?![\w.])", message
    )


def test_a_percent_weight_is_refused_because_it_may_mean_two_things(tmp_path):
    book = workbook(tmp_path)
    cell = find(book["指标"], "权重", "days")
    cell.value, cell.number_format = 0.06, "0%"
    assert "显示 6%，存的是 0.06" in problems(book)["指标", cell.coordinate]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("方案标识", "a b", "不能作标识"),
        ("方案标题", None, "缺少 方案标题"),
        ("小数位数", 2.5, "应为整数"),
        ("修约规则", "进一法", "请从下拉表里选"),
        ("基期", "前年", "上年同期"),
        ("设约束性后果", "否", None),
        ("降为等次", "很差", "等次“很差”不在"),
        ("满分", "一百", "应为一个数"),
        ("版本", dt.date(2024, 7, 1), "是日期"),
    ],
)
def test_settings_are_checked_in_their_cells(tmp_path, name, value, words):
    book = workbook(tmp_path)
    cell = setting(book["方案"], name)
    cell.value = value
    found = problems(book)
    if words is None:
        assert all("写了它，而“设约束性后果”不是“是”" in m for m in found.values())
    elif name == "降为等次":
        assert any(words in m for (s, _), m in found.items() if s == "方案")
    elif name == "方案标题":
        assert any("方案标题" in m or "名称" in m for m in found.values())
    else:
        assert words in found["方案", cell.coordinate]


def test_unknown_and_doubled_rows_and_columns(tmp_path):
    book = workbook(tmp_path)
    sheet = book["方案"]
    sheet["A40"], sheet["B40"] = "加分合计封頂", 5
    sheet["A41"], sheet["B41"] = "满分", 120
    sheet["B42"] = "没名字"
    table = book["指标"]
    end = table.max_column
    table.cell(1, end + 1).value = "权 重"
    table.cell(1, end + 2).value = "联系人"
    table.cell(3, end + 4).value = "散落的话"
    found = problems(book)
    assert "是不是“加分合计封顶”？" in found["方案", "A40"]
    assert "“满分”写了两次" in found["方案", "A41"]
    assert "没有名称" in found["方案", "B42"]
    assert "“权重”列重复" in found["指标", table.cell(1, end + 1).coordinate]
    assert "没有“联系人”这一列" in found["指标", table.cell(1, end + 2).coordinate]
    assert "没有表头" in found["指标", table.cell(3, end + 4).coordinate]


def test_all_problems_come_at_once_by_sheet_and_row(tmp_path):
    book = workbook(tmp_path)
    find(book["指标"], "权重", "days").value = "六"
    find(book["指标"], "方向", "iii").value = "好"
    setting(book["方案"], "修约规则").value = "进一法"
    find(book["加减分"], "类别", "both").value = "奖励"
    with pytest.raises(InputRefused) as refused:
        read(book)
    assert [f.sheet for f in refused.value.findings] == ["方案", "指标", "指标", "加减分"]
    assert "共 4 处问题" in refused.value.message and "“方案”表 B" in refused.value.message


def test_a_lacking_column_is_told_once(tmp_path):
    book = workbook(tmp_path)
    book["指标"].delete_cols(find(book["指标"], "权重", "days").column)
    found = problems(book)
    assert [m for m in found.values() if "权重" in m] == [found["指标", "A1"]]
    assert "缺少“权重”列" in found["指标", "A1"]


def test_sheets_of_ones_own_are_left_alone_with_a_word(tmp_path):
    book = workbook(tmp_path)
    book.create_sheet("草稿")["A1"] = "随手记"
    book.create_sheet("空白")
    for name in ("基础数据", "补偿", "加减分"):
        if name != "基础数据":
            del book[name]
    for row in range(32, 37):
        book["方案"].cell(row, 2).value = None
    found = read(book)
    assert [f.sheet for f in found.warnings if f.code == "unknown_sheet"] == ["草稿"]
    assert found.adjustments == () and found.compensation is None
    assert found == replace(scheme(), adjustments=(), compensation=None)


@pytest.mark.parametrize("lost", ["方案", "组", "指标"])
def test_another_workbook_is_not_taken_for_a_scheme(tmp_path, lost):
    book = workbook(tmp_path)
    del book[lost]
    with pytest.raises(InputRefused, match=f"不是考核方案工作簿：缺少“{lost}”表"):
        read(book)


def test_empty_and_hostile_sheets_are_refused_not_crashed_on():
    for sheets in (
        {"方案": {}, "组": {}, "指标": {}},
        {
            s: {(1, 1): ("text", "名称", "General"), (9, 16384): ("error", "#REF!", "General")}
            for s in ("方案", "组", "指标")
        },
        {s: {(n, n): ("text", "标识", "General") for n in range(1, 30)} for s in ("方案", "组", "指标")},
    ):
        with pytest.raises(InputRefused):
            read_scheme_workbook(sheets, "怪.xlsx")


def test_an_edit_changes_just_what_it_says(tmp_path):
    book = workbook(tmp_path)
    find(book["指标"], "权重", "days").value = 8
    before = cells(workbook(tmp_path))
    assert before != cells(book)
    found = read(book)
    assert found.by_id["days"] == replace(scheme().by_id["days"], weight=8)
    assert found.by_id["pm25"] == scheme().by_id["pm25"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("１２．５", 12.5), ("-3", -3), ("−3", -3), ("1,234", 1234), ("1.5e-3", 0.0015), (".5", 0.5)],
)
def test_numbers_as_text(text, value):
    assert number_in(text) == value


@pytest.mark.parametrize("text", ["", "12,34", "1 2", "五", "3%", "1.2.3", "nan", "inf", "1e999", "e5", "+", "①", "٣"])
def test_what_is_no_number(text):
    assert number_in(text) is None
