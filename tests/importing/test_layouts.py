"""Tables as districts lay them out."""

from __future__ import annotations

import pytest

from ecoscore.importing.plan import FileState, Role
from ecoscore.model.period import Period
from tests.importing.sheets import Y2023, Y2024, codes, finding, plan_of, values, write_xlsx

QUIET = {"not_yet_reported"}


def loud(plan):
    return [c for c in codes(plan) if c not in QUIET]


def test_districts_down_with_titles_units_totals_and_notes(tmp_path):
    path = write_xlsx(
        tmp_path / "汇总 表.xlsx",
        {
            "指标": [
                ["某市2024年度生态环境指标汇总表"],
                ["填报单位：某市生态环境局", None, None, "填报日期：2025年1月15日"],
                ["序号", "区县", "PM2.5年均浓度", "空气优良天数比率", "排污权交易金额"],
                [None, None, "（μg/m³）", "%", "万元"],
                [1, "甲区", 33.5, 82.1, 1200],
                [2, "乙 县", 35, 80, 950.5],
                [3, "丙", 30.25, 85.6, 2001],
                [None, "合计", 98.75, 247.7, 4151.5],
                [None, "平均", 32.9, 82.6, 1383.8],
                ["注：数据来源于自动监测站，2023年口径。"],
                ["填表人：张三", None, "审核人：李四"],
            ]
        },
        {"指标": ["A1:E1"]},
    )
    plan = plan_of(path)
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33.5,
        ("甲区", "good_days", "2024"): 82.1,
        ("甲区", "trading", "2024"): 1200,
        ("乙县", "pm25", "2024"): 35,
        ("乙县", "good_days", "2024"): 80,
        ("乙县", "trading", "2024"): 950.5,
        ("丙区", "pm25", "2024"): 30.25,
        ("丙区", "good_days", "2024"): 85.6,
        ("丙区", "trading", "2024"): 2001,
    }
    assert loud(plan) == []
    sheet = plan.files[0].sheets[0]
    assert sheet.layout == "指标值：行为区县，列为指标"
    assert any("合计" in n for n in sheet.notes) and any("注：" in n for n in sheet.notes)
    assert sheet.roles[0, 0] is Role.TITLE
    assert sheet.roles[2, 2] is Role.HEADER
    assert sheet.roles[4, 1] is Role.DISTRICT
    assert sheet.roles[4, 2] is Role.VALUE
    assert sheet.roles[7, 2] is Role.IGNORED
    entry = plan.entries[0]
    assert (entry.file, entry.sheet, entry.cell) == ("汇总 表.xlsx", "指标", "C5")
    assert entry.new.source == "汇总 表.xlsx › 指标 › C5"


def test_two_level_header_with_groups_above(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "2024年": [
                ["区县", "大气环境", None, "水环境"],
                [None, "细颗粒物年均浓度（μg/m3）", "空气优良天数比率（％）", "国省考断面水质优III比例(%)"],
                ["甲区", 33, 82, 90],
                ["乙县", 34, 81, 91],
            ]
        },
        {"2024年": ["A1:A2", "B1:C1"]},
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan)["乙县", "water", "2024"] == 91
    assert len(plan.entries) == 6


def test_indicators_with_years_below(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "s": [
                ["区县", "PM₂.₅年均浓度", None, "空气优良天数比率", None],
                [None, 2023, 2024, "2023年", "2024年"],
                ["甲区", 33, 32, 82, 83],
            ]
        },
        {"s": ["A1:A2", "B1:C1", "D1:E1"]},
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {
        ("甲区", "pm25", "2023"): 33,
        ("甲区", "pm25", "2024"): 32,
        ("甲区", "good_days", "2023"): 82,
        ("甲区", "good_days", "2024"): 83,
    }


def test_transposed_districts_across(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "s": [
                ["2024年各区县指标"],
                ["类别", "指标", "计量单位", "甲区", "乙县", "平均"],
                ["大气环境", "PM2.5年均浓度", "微克/立方米", 33, 34, 33.5],
                [None, "空气优良天数比率", "％", 82, "—", 82],
                ["水环境", "国省考断面水质优Ⅲ比例", "%", 90, "缺", 90],
            ]
        },
        {"s": ["A3:A4"]},
    )
    plan = plan_of(path)
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33,
        ("乙县", "pm25", "2024"): 34,
        ("甲区", "good_days", "2024"): 82,
        ("乙县", "good_days", "2024"): "not_applicable",
        ("甲区", "water", "2024"): 90,
    }
    assert loud(plan) == ["not_reported"]
    assert finding(plan, "not_reported").cell == "E5"


def test_yearbook_of_one_district(tmp_path):
    path = write_xlsx(
        tmp_path / "甲区.xlsx",
        {
            "年鉴": [
                ["甲区历年生态环境指标"],
                ["指标", "单位", 2022, 2023, 2024],
                ["PM2.5年均浓度", "μg/m³", 40, 38, 36],
            ]
        },
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {("甲区", "pm25", y): v for y, v in (("2022", 40), ("2023", 38), ("2024", 36))}


def test_years_down_for_one_district(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx", {"甲区": [["年份", "PM2.5年均浓度", "空气优良天数比率"], [2023, 40, 80], [2024, 38, 81]]}
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan)["甲区", "good_days", "2024"] == 81


def test_years_across_for_one_indicator(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {
            "s": [
                ["各区县PM2.5年均浓度（单位：μg/m³）"],
                ["区县", "2023年", "2024年"],
                ["甲区", 40, 38],
                ["乙县", 41, 39],
            ]
        },
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan)["乙县", "pm25", "2024"] == 39


def test_a_sheet_per_year(tmp_path):
    rows = lambda v: [["区县", "PM2.5年均浓度"], ["甲区", v]]  # noqa: E731
    path = write_xlsx(tmp_path / "2024年汇总.xlsx", {"2022": rows(41), "2023年": rows(40), "2024年度": rows(39)})
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {("甲区", "pm25", y): v for y, v in (("2022", 41), ("2023", 40), ("2024", 39))}


def test_a_sheet_per_district(tmp_path):
    rows = lambda v: [["2024年度指标"], ["指标", "本年值"], ["PM2.5年均浓度", v], ["空气优良天数比率", 80]]  # noqa: E731
    path = write_xlsx(tmp_path / "x.xlsx", {"甲区": rows(40), "乙县": rows(41)})
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan)["乙县", "pm25", "2024"] == 41


def test_two_tables_in_a_sheet(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {
            "s": [
                ["2023年度"],
                ["区县", "PM2.5年均浓度"],
                ["甲区", 40],
                [],
                ["2024年度"],
                ["区县", "PM2.5年均浓度", "空气优良天数比率"],
                ["甲区", 39, 80],
            ]
        },
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {
        ("甲区", "pm25", "2023"): 40,
        ("甲区", "pm25", "2024"): 39,
        ("甲区", "good_days", "2024"): 80,
    }


def test_long_form_in_any_column_order(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {
            "s": [
                ["备注", "数值", "年度", "单位", "指标名称", "地区"],
                ["监测", 33, 2024, "μg/m³", "PM2.5年均浓度", "甲区"],
                [None, 82, "2024年第三季度", "%", "空气优良天数比率", "320102"],
                [None, 83, ("=DATE(2024,7,1)", 45474), "%", "空气优良天数比率", "乙市"],
            ]
        },
    )
    plan = plan_of(path)
    assert values(plan) == {("甲区", "pm25", "2024"): 33, ("乙县", "good_days", "2024Q3"): 82}
    assert plan.entries[0].new.note == "监测"
    assert loud(plan) == ["bad_period"]


def test_target_table_and_target_column(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {
            "a": [["2024年度目标分解表"], ["区县", "PM2.5年均浓度"], ["甲区", 35], ["乙县", 36]],
            "b": [
                ["2024年度"],
                ["区县", "空气优良天数比率", None],
                [None, "目标值", "完成值"],
                ["甲区", 80, 82],
                ["乙县", 81, 83],
            ],
        },
        {"b": ["A2:A3", "B2:C2"]},
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert {(t.new.district, t.new.indicator, t.new.value) for t in plan.targets} == {
        ("甲区", "pm25", 35),
        ("乙县", "pm25", 36),
        ("甲区", "good_days", 80),
        ("乙县", "good_days", 81),
    }
    assert values(plan) == {("甲区", "good_days", "2024"): 82, ("乙县", "good_days", "2024"): 83}


def test_last_years_column_is_not_taken_for_this_years(tmp_path):
    path = write_xlsx(
        tmp_path / "甲区2024.xlsx",
        {
            "s": [
                ["指标", "权重", "上年值", "本年值", "排名"],
                ["PM2.5年均浓度", 6, 40, 39, 3],
                ["空气优良天数比率", 4, 79, 80, 1],
            ]
        },
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {("甲区", "pm25", "2024"): 39, ("甲区", "good_days", "2024"): 80}
    assert any("上年值" in note for note in plan.files[0].sheets[0].notes)


def test_values_that_look_like_years_are_values(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {
            "2024": [
                ["区县", "排污权交易金额", "PM2.5年均浓度"],
                ["甲区", 2001, 33],
                ["乙县", 1999, 2],
                ["丙区", 2010, 3],
            ]
        },
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan)["乙县", "trading", "2024"] == 1999


def test_hidden_rows_columns_and_sheets_are_said_and_not_read(tmp_path):
    import xlsxwriter

    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("2024", "旧2023"):
            sheet = book.add_worksheet(name)
            for r, row in enumerate(
                [["区县", "PM2.5年均浓度", "空气优良天数比率"], ["甲区", 33, 80], ["乙县", 34, 81]]
            ):
                sheet.write_row(r, 0, row)
            if name == "2024":
                sheet.set_row(2, None, None, {"hidden": True})
                sheet.set_column(2, 2, None, None, {"hidden": True})
            else:
                sheet.hide()
    plan = plan_of(path)
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    assert loud(plan) == ["hidden_columns", "hidden_rows", "hidden_sheet"]


def test_the_column_numbers_row_of_statistical_tables_is_passed_over(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {"2024": [["区县", "PM2.5年均浓度", "空气优良天数比率"], ["甲", 1, 2], ["甲区", 33, 80]]},
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {("甲区", "pm25", "2024"): 33, ("甲区", "good_days", "2024"): 80}


def test_unknown_period_is_an_error_and_the_users_word_settles_it(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"s": [["区县", "PM2.5年均浓度"], ["甲区", 33]]})
    plan = plan_of(path)
    assert plan.entries == ()
    assert finding(plan, "period_unknown").sheet == "s"
    assert values(plan_of(path, period=Y2024)) == {("甲区", "pm25", "2024"): 33}


def test_a_title_of_another_year_than_asked_for_is_an_error(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"s": [["2023年度"], ["区县", "PM2.5年均浓度"], ["甲区", 33]]})
    plan = plan_of(path, period=Y2024)
    assert plan.entries == ()
    assert "2023年度" in finding(plan, "period_conflict").message
    assert values(plan_of(path, period=Y2023)) == {("甲区", "pm25", "2023"): 33}


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2024年第三季度", Period(2024, 9, 3)),
        ("2024年7月", Period(2024, 7, 1)),
        ("苏环办〔2025〕12号 2024年度指标", Y2024),
        ("2025年1月15日填报 2024年度指标", Y2024),
    ],
)
def test_periods_in_titles(tmp_path, title, period):
    path = write_xlsx(tmp_path / "x.xlsx", {"s": [[title], ["区县", "PM2.5年均浓度"], ["甲区", 33]]})
    assert [e.new.period for e in plan_of(path).entries] == [period]


def test_a_sheet_that_is_no_table_says_so(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx", {"封面": [["关于报送的函"], ["此致"]], "2024": [["区县", "PM2.5年均浓度"], ["甲区", 33]]}
    )
    plan = plan_of(path)
    assert finding(plan, "sheet_unrecognised").sheet == "封面"
    assert not plan.errors
    path = write_xlsx(tmp_path / "y.xlsx", {"封面": [["关于报送的函"], ["此致"]]})
    plan = plan_of(path)
    assert finding(plan, "file_unrecognised").is_error
    assert plan.files[0].state is FileState.UNRECOGNISED


def test_a_value_inside_a_merged_area_is_refused(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {"2024": [["区县", "PM2.5年均浓度"], ["甲区", 33], ["乙县", None]]},
        {"2024": ["B2:B3"]},
    )
    plan = plan_of(path)
    assert finding(plan, "merged_value").cell == "B3"
    assert values(plan) == {("甲区", "pm25", "2024"): 33}


def test_titles_written_in_cells_beside_their_words(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {
            "s": [
                ["填报单位", "甲区", None, "考核期", "2024年"],
                ["序号", "指标", "单位", "完成值"],
                [1, "PM2.5年均浓度", "μg/m³", 33],
            ]
        },
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {("甲区", "pm25", "2024"): 33}


def test_totals_in_the_long_form_are_passed_over(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        {"2024": [["区县", "指标", "值"], ["甲区", "PM2.5年均浓度", 33], ["合计", "PM2.5年均浓度", 66]]},
    )
    plan = plan_of(path)
    assert loud(plan) == []
    assert values(plan) == {("甲区", "pm25", "2024"): 33}
    assert plan.files[0].sheets[0].notes == ("第 3 行“合计”是汇总行，未读取",)


AIR, DAYS = "PM2.5年均浓度", "空气优良天数比率"
TWO_YEARS = [["PM2.5年均浓度", 36, 35, 34, 33], ["空气优良天数比率", 80, 81, 82, 83]]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["区县", "甲区", None, "乙县", None], ["年份", 2023, 2024, 2023, 2024], *TWO_YEARS], ("B1:C1", "D1:E1")),
        ([["区县", "甲区", None, "乙县", None], ["年份", 2023, 2024, 2023, 2024], *TWO_YEARS], ()),
        ([["指标名称", "甲区", None, "乙县", None], ["年份", "2023年", "2024年", "2023年", "2024年"], *TWO_YEARS], ()),
        ([["指标", "甲区", None, "乙县", None], [None, 2023, 2024, 2023, 2024], *TWO_YEARS], ()),
    ],
)
def test_a_word_in_the_corner_that_names_the_row_beside_it(rows, merges, tmp_path):
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}, {"表": list(merges)}))
    assert loud(plan) == []
    assert values(plan) == {
        (district, indicator, year): row[n]
        for indicator, row in (("pm25", TWO_YEARS[0]), ("good_days", TWO_YEARS[1]))
        for n, (district, year) in enumerate(
            [("甲区", "2023"), ("甲区", "2024"), ("乙县", "2023"), ("乙县", "2024")], 1
        )
    }


@pytest.mark.parametrize("corner", ["区县", "县区", "区县/指标", "指标＼区县", "指标"])
def test_districts_across_under_any_corner(corner, tmp_path):
    rows = [["2024年度"], [corner, "甲区", "乙县"], [AIR, 35, 33], [DAYS, 80, 81]]
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert loud(plan) == []
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 35,
        ("乙县", "pm25", "2024"): 33,
        ("甲区", "good_days", "2024"): 80,
        ("乙县", "good_days", "2024"): 81,
    }


@pytest.mark.parametrize("corner", ["年份/区县", "年度\\区县", "区县、年份", "区县", "年份"])
def test_years_down_and_districts_across_under_any_corner(corner, tmp_path):
    rows = [[AIR], [corner, "甲区", "乙县"], [2023, 36, 34], [2024, 35, 33]]
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert values(plan) == {
        ("甲区", "pm25", "2023"): 36,
        ("乙县", "pm25", "2023"): 34,
        ("甲区", "pm25", "2024"): 35,
        ("乙县", "pm25", "2024"): 33,
    }


def test_a_corner_that_names_what_lies_below_stays(tmp_path):
    rows = [["2024年度"], ["区县", AIR, DAYS], ["甲区", 35, 80], ["丁镇", 33, 81]]
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert values(plan) == {("甲区", "pm25", "2024"): 35, ("甲区", "good_days", "2024"): 80}
    assert "unknown_district" in codes(plan)
