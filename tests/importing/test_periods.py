"""Periods as titles, names and cells state them."""

from __future__ import annotations

import pytest

from ecoscore.importing.periods import period_of_cell, periods_in
from ecoscore.importing.readers.book import Cell
from tests.importing.sheets import codes, finding, plan_of, values, write_xlsx


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("某市2024年度绿色考核表", ["2024"]),
        ("2024年第三季度", ["2024Q3"]),
        ("2024Q3 填报", ["2024Q3"]),
        ("2024年7月", ["2024-07"]),
        ("甲区2023", ["2023"]),
        ("２０２４年度", ["2024"]),
        ("苏环办〔2025〕12号 2024年度", ["2024"]),
        ("2025年1月15日汇总2024年度", ["2024"]),
        ("填报日期：2025年1月", []),
        ("2021-2023年", []),
        ("2024年1-6月", []),
        ("20250115", []),
        ("2023、2024", ["2023", "2024"]),
        ("ISO 14001", []),
    ],
)
def test_in_titles(text, found):
    assert [str(period) for period in periods_in(text)] == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (Cell("number", 2024.0), "2024"),
        (Cell("text", "2024年"), "2024"),
        (Cell("text", "2024-07"), "2024-07"),
        (Cell("date", "2024-01-01", 'yyyy"年"'), "2024"),
        (Cell("date", "2024-07-01", 'yyyy"年"m"月"'), "2024-07"),
        (Cell("date", "2024-07-01", "yyyy/m/d"), "None"),
        (Cell("number", 2024.5), "None"),
        (Cell("number", 42.0), "None"),
        (Cell("percent", 20.24, "0%"), "None"),
        (Cell("text", "甲区"), "None"),
    ],
)
def test_in_cells(cell, found):
    assert str(period_of_cell(cell)) == found


PARTS = ["1-9月", "上半年", "前三季度", "一季度", "1月", "截至9月底", "2024年1-9月", "9月末"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_year_behind_an_indicator_in_a_header_is_refused(part, tmp_path):
    """It was read as the whole year's, with a mere warning that the brackets were passed over."""
    rows = [["2024年度"], ["区县", f"PM2.5年均浓度（{part}）", "空气优良天数比率"], ["甲区", 34, 80], ["乙县", 35, 81]]
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert values(plan) == {("甲区", "good_days", "2024"): 80, ("乙县", "good_days", "2024"): 81}
    told = finding(plan, "part_of_year")  # once for the column
    assert (told.cell, told.is_error) == ("B2", True)
    assert f"“{part}”" in told.message and "2024年度" in told.advice
    assert "header_remark" not in codes(plan)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_year_behind_an_indicator_in_a_row_is_refused(part, tmp_path):
    rows = [["2024年度"], ["指标", "甲区"], [f"PM2.5年均浓度（{part}）", 34], ["空气优良天数比率", 80]]
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert values(plan) == {("甲区", "good_days", "2024"): 80}
    assert finding(plan, "part_of_year").cell == "A3"


@pytest.mark.parametrize(
    ("title", "said", "period"),
    [
        ("2024年1月", "1月", "2024-01"),
        ("2024年第一季度", "一季度", "2024Q1"),
        ("2024年度", "全年", "2024"),
        ("2024年度", "1-12月", "2024"),
    ],
)
def test_what_the_brackets_say_may_be_the_period_itself(title, said, period, tmp_path):
    rows = [[title], ["区县", f"PM2.5年均浓度（{said}）"], ["甲区", 34]]
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert values(plan) == {("甲区", "pm25", period): 34}
    assert not plan.errors


def test_a_part_before_the_name_is_never_proposed_for_the_whole_year(tmp_path):
    plan = plan_of(
        write_xlsx(tmp_path / "a.xlsx", {"表": [["2024年度"], ["指标", "甲区"], ["1-9月PM2.5年均浓度", 34]]})
    )
    assert plan.entries == () and plan.questions == ()
    assert finding(plan, "part_of_year").cell == "A3"
    assert "“PM2.5年均浓度”" in finding(plan, "part_of_year").advice


def test_in_a_long_table_far_down_too(tmp_path):
    rows = [["区县", "指标", "年份", "值"]]
    rows += [
        [d, "PM2.5年均浓度（1-9月）", y, 30]
        for _ in range(3)
        for d in ("甲区", "乙县", "丙区")
        for y in range(1950, 2025)
    ]
    assert plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows})).entries == ()
