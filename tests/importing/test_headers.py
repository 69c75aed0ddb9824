"""Headers as clerks write them: unmerged, years over names, years in names, units behind names, parts of a year."""

from __future__ import annotations

import pytest

from ecoscore.model.period import Period
from tests.importing.sheets import Y2023, codes, finding, plan_of, values, write_xlsx

PM, DAYS = "PM2.5年均浓度", "空气优良天数比率"
QUIET = {"not_yet_reported"}


def loud(plan):
    return [code for code in codes(plan) if code not in QUIET]


def plan_for(tmp_path, rows, merges=(), name="表.xlsx", **options):
    return plan_of(write_xlsx(tmp_path / name, {"Sheet1": rows}, {"Sheet1": merges}), **options)


def test_a_name_over_several_columns_need_not_be_merged(tmp_path):
    """Without this the second year of each indicator was dropped without a word."""
    plan = plan_for(
        tmp_path, [["地区", PM, None, DAYS, None], [None, 2023, 2024, 2023, 2024], ["甲区", 36, 33, 80, 82]]
    )
    assert values(plan) == {
        ("甲区", "pm25", "2023"): 36,
        ("甲区", "pm25", "2024"): 33,
        ("甲区", "good_days", "2023"): 80,
        ("甲区", "good_days", "2024"): 82,
    }
    assert loud(plan) == []


@pytest.mark.parametrize("merges", [(), ("A1:A2", "B1:C1", "D1:E1")])
def test_years_may_stand_over_the_names(tmp_path, merges):
    rows = [["地区", "2023年", None, "2024年", None], [None, PM, DAYS, PM, DAYS], ["甲区", 36, 80, 33, 82]]
    plan = plan_for(tmp_path, rows, merges, period=None)
    assert values(plan)["甲区", "good_days", "2023"] == 80
    assert values(plan)["甲区", "pm25", "2024"] == 33
    assert loud(plan) == []


def test_a_blank_header_is_not_filled_where_the_labels_below_do_not_tell(tmp_path):
    rows = [["地区", PM, None], [None, "2024年", "2024年"], ["甲区", 33, 82]]
    plan = plan_for(tmp_path, rows)
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    said = finding(plan, "column_incomplete")
    assert (said.sheet, said.cell) == ("Sheet1", "C2")
    assert "C 列" in said.message and "指标" in said.message


def test_a_column_without_a_year_beside_columns_with_one_is_said(tmp_path):
    plan = plan_for(tmp_path, [["2024年"], ["区县", PM, DAYS], [None, "2023年", None], ["甲区", 36, 80]])
    assert finding(plan, "column_incomplete").cell == "C2"


def test_growth_beside_the_years_is_mentioned_and_no_error(tmp_path):
    rows = [["地区", PM, None, None], [None, "2023年", "2024年", "增长%"], ["甲区", 36, 33, -8.3]]
    plan = plan_for(tmp_path, rows, ("B1:D1",))
    assert loud(plan) == []
    assert "“增长%”列（D 列）不是指标值，未读取" in plan.files[0].sheets[0].notes


@pytest.mark.parametrize("header", ["2023年" + PM, PM + "（2023年）", PM + " 2023", PM + "2023年"])
def test_a_year_in_the_name_is_the_columns_year(tmp_path, header):
    plan = plan_for(tmp_path, [["2024年各区县"], ["区县", header], ["甲区", 36]])
    assert values(plan) == {("甲区", "pm25", "2023"): 36}
    assert loud(plan) == []


def test_a_year_in_a_rows_name_must_be_that_of_the_table(tmp_path):
    rows = [["2024年甲区指标"], ["指标", "数值"], ["2024年" + PM, 33], ["2023年" + DAYS, 80]]
    plan = plan_for(tmp_path, rows)
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    assert finding(plan, "period_conflict").cell == "B4"


@pytest.mark.parametrize("header", [PM + "/mg/m3", PM + " mg/m³", PM + "：毫克/立方米", PM + "mg/m3"])
def test_a_unit_behind_the_name_needs_no_brackets(tmp_path, header):
    plan = plan_for(tmp_path, [["2024年"], ["区县", header], ["甲区", 0.033]])
    assert values(plan) == {}
    assert "33 μg/m³" in finding(plan, "unit_mismatch").advice


@pytest.mark.parametrize(
    "title",
    ["2024年上半年各区县指标", "2024年1-6月指标", "2024年前三季度指标", "2024年一至三季度指标", "2024年半年报",
     "2024年前11个月指标", "截至2024年6月底指标", "2024年第三季度累计"],
)  # fmt: skip
@pytest.mark.parametrize("period", [None, Period(2024)])
def test_a_part_of_a_year_is_never_read_as_the_year(tmp_path, title, period):
    plan = plan_for(tmp_path, [[title], ["区县", PM], ["甲区", 33]], period=period, name="2024年度.xlsx")
    assert values(plan) == {}
    said = finding(plan, "part_of_year")
    assert said.is_error and said.sheet == "Sheet1" and said.advice


def test_a_part_of_a_year_in_the_files_name_counts_too(tmp_path):
    plan = plan_for(tmp_path, [["2024年指标"], ["区县", PM], ["甲区", 33]], name="2024年上半年 甲区.xlsx")
    assert "文件名" in finding(plan, "part_of_year").message


@pytest.mark.parametrize(
    "title", ["二〇二三年度指标", "2023年1-12月指标", "截至2023年12月底", "2023年指标（报送时间：2024年上半年）"]
)
def test_ways_to_write_the_year(tmp_path, title):
    assert values(plan_for(tmp_path, [[title], ["区县", PM], ["甲区", 36]])) == {("甲区", "pm25", str(Y2023)): 36}


@pytest.mark.parametrize("header", ["2024年末", "2024年底", "2024年1-12月", "2024年完成", "2024年核定值"])
def test_ways_to_head_a_column_of_a_year(tmp_path, header):
    assert values(plan_for(tmp_path, [["甲区"], ["指标", header], [PM, 33]])) == {("甲区", "pm25", "2024"): 33}


@pytest.mark.parametrize("header", ["2024年预计", "2024年上半年", "2024年（快报）", "2024年平均"])
def test_a_header_that_is_not_quite_a_year_is_refused_as_one(tmp_path, header):
    plan = plan_for(tmp_path, [["甲区"], ["指标", header], [PM, 33]])
    assert values(plan) == {}
    said = finding(plan, "unknown_period")
    assert said.cell == "B2" and header in said.message
    assert not plan.questions  # it is no district's name


@pytest.mark.parametrize("header", ["2024年同比", "较2023年变化", "2024年增长率(%)", "比上年增减"])
def test_comparisons_are_no_values(tmp_path, header):
    plan = plan_for(tmp_path, [["甲区"], ["指标", "2024年", header], [PM, 33, -3]])
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    assert loud(plan) == []


@pytest.mark.parametrize("unit", ["毫克/升", "万元", "吨"])
def test_a_unit_in_the_title_that_fits_no_indicator_is_said(tmp_path, unit):
    plan = plan_for(tmp_path, [[f"2024年各区县（单位：{unit}）"], ["区县", PM, DAYS], ["甲区", 33, 82]])
    said = finding(plan, "title_unit_unfit")
    assert (said.sheet, said.cell) == ("Sheet1", "B3")
    assert unit in said.message and "μg/m³" in said.message
    assert values(plan)["甲区", "pm25", "2024"] == 33


@pytest.mark.parametrize(
    ("title", "header"),
    [("单位：微克/立方米", PM), ("单位：微克/立方米、%", PM), ("单位：见表", PM), ("单位：%", DAYS)],
)
def test_a_unit_in_the_title_that_fits_is_not_said(tmp_path, title, header):
    assert loud(plan_for(tmp_path, [["2024年各区县"], [title], ["区县", header], ["甲区", 33]])) == []


def test_a_bare_comma_in_a_text_file_does_not_shift_the_row(tmp_path):
    path = tmp_path / "2024年.csv"
    lines = ["区县,排污权交易金额,PM2.5年均浓度", "甲区,980,33", "乙县,1,035,35", "丙区,870,36"]
    path.write_text("\n".join(lines), encoding="gb18030")
    plan = plan_of(path)
    assert {district for district, *_ in values(plan)} == {"甲区", "丙区"}
    said = finding(plan, "torn_row")
    assert said.is_error and said.cell == "D3" and "第 3 行" in said.message


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["2024年甲区"], ["指标", "1月", "2月", "全年"], [PM, 50, 45, 36]], {"2024-01": 50, "2024-02": 45, "2024": 36}),
        ([["2024年甲区"], ["指标", "一季度", "第二季度"], [PM, 50, 45]], {"2024Q1": 50, "2024Q2": 45}),
        ([["2024年甲区"], ["月份", PM], ["1月", 50], ["2月份", 45]], {"2024-01": 50, "2024-02": 45}),
        ([["2024年甲区"], ["月份", PM], [1, 50], [12, 45]], {"2024-01": 50, "2024-12": 45}),
        ([["甲区"], ["年份", "季度", PM], [2024, 1, 50], [2024, "二季度", 45]], {"2024Q1": 50, "2024Q2": 45}),
        ([["甲区"], ["月", "年", PM], [3, 2024, 50], [4, 2024, 45]], {"2024-03": 50, "2024-04": 45}),
        ([["甲区PM2.5年均浓度"], ["年份", "1月", "2月"], [2023, 50, 45]], {"2023-01": 50, "2023-02": 45}),
        ([["甲区"], ["指标", "2024年", None], [None, "1月", "2月"], [PM, 50, 45]], {"2024-01": 50, "2024-02": 45}),
    ],
)  # fmt: skip
def test_quarters_and_months_find_their_year(tmp_path, rows, expected):
    plan = plan_for(tmp_path, rows)
    assert {period: value for (_, _, period), value in values(plan).items()} == expected
    assert not plan.errors


@pytest.mark.parametrize(("sheet", "period"), [("1月", "2024-01"), ("3月份", "2024-03"), ("第二季度", "2024Q2")])
def test_a_sheet_called_by_its_month_is_of_that_month(tmp_path, sheet, period):
    """A file of 2024 with a sheet 1月 was read as the whole year's."""
    path = write_xlsx(tmp_path / "2024年月报.xlsx", {sheet: [["区县", PM], ["甲区", 50]]})
    assert values(plan_of(path)) == {("甲区", "pm25", period): 50}
    assert finding(plan_of(path, period=Period(2024)), "period_conflict").sheet == sheet


@pytest.mark.parametrize("title", ["2024年度指标（7月31日前报送）", "2024年指标，12月底完成", "2024年度1-12月指标"])
def test_a_month_of_a_date_is_no_period(tmp_path, title):
    plan = plan_for(tmp_path, [[title], ["区县", PM], ["甲区", 33]])
    assert values(plan) == {("甲区", "pm25", "2024"): 33}


def test_a_row_without_its_quarter_is_not_the_years(tmp_path):
    plan = plan_for(tmp_path, [["甲区"], ["年份", "季度", PM], [2024, "一季度", 50], [2024, None, 45]])
    assert values(plan) == {("甲区", "pm25", "2024Q1"): 50}
    assert finding(plan, "bad_period").is_error


def test_a_subtotal_of_some_districts_is_passed_over(tmp_path):
    plan = plan_for(tmp_path, [["2024年"], ["区县", PM], ["东片小计", 30], ["甲区", 33], ["西片平均", 36]])
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    assert loud(plan) == []
