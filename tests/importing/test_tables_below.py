"""A second table further down in a sheet: whose year and district it is of when it does not say."""

from __future__ import annotations

import pytest

from tests.importing.sheets import codes, finding, plan_of, values, write_xlsx

AIR, DAYS = "PM2.5年均浓度", "空气优良天数比率"


def two(tmp_path, title, *between, first=("甲区", 35), second=("甲区", 80), name="区县"):
    """A sheet with a table under a title, some rows, and another table."""
    rows = [
        [title],
        [name, AIR],
        list(first),
        *([text] if text else [] for text in between),
        [name, DAYS],
        list(second),
    ]
    return write_xlsx(tmp_path / "两 张表.xlsx", {"表": rows})


@pytest.mark.parametrize("between", [[""], ["", "水环境"], ["", "", "二、水环境"]])
def test_it_goes_under_the_title_above_and_that_is_told(between, tmp_path):
    plan = plan_of(two(tmp_path, "某市2024年度大气环境", *between))
    assert values(plan) == {("甲区", "pm25", "2024"): 35, ("甲区", "good_days", "2024"): 80}
    told = finding(plan, "period_from_above")
    assert (told.sheet, told.cell, told.is_error) == ("表", f"A{4 + len(between)}", False)
    assert "“2024年度”" in told.message and "请核对" in told.advice
    assert not plan.errors


def test_its_own_title_goes_first(tmp_path):
    plan = plan_of(two(tmp_path, "2024年度大气环境", "", "2023年度水环境"))
    assert values(plan)["甲区", "good_days", "2023"] == 80
    assert "period_from_above" not in codes(plan)


def test_the_district_above_too(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx", {"表": [["甲区2024年度"], ["指标", "值"], [AIR, 35], [], ["指标", "值"], [DAYS, 80]]}
    )
    plan = plan_of(path)
    assert values(plan) == {("甲区", "pm25", "2024"): 35, ("甲区", "good_days", "2024"): 80}
    assert "“甲区”" in finding(plan, "district_from_above").message
    assert finding(plan, "district_from_above").cell == "A5"


def test_titles_that_disagree_settle_nothing(tmp_path):
    rows = [["2023年度"], ["区县", AIR], ["甲区", 35], [], ["2024年度"], ["区县", AIR], ["甲区", 36], [], ["区县", DAYS], ["甲区", 80]]  # fmt: skip
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"表": rows}))
    assert values(plan) == {("甲区", "pm25", "2023"): 35, ("甲区", "pm25", "2024"): 36}
    assert finding(plan, "period_unknown").cell == "A9"


@pytest.mark.parametrize("title", ["2024年上半年大气环境", "2024年1—9月大气环境"])
def test_a_title_of_part_of_a_year_is_not_handed_down(title, tmp_path):
    plan = plan_of(two(tmp_path, title, ""))
    assert plan.entries == ()
    assert {"part_of_year", "period_unknown"} <= set(codes(plan))


def test_a_month_under_a_year_is_that_month(tmp_path):
    plan = plan_of(two(tmp_path, "2024年度大气环境", "", "1月水环境"))
    assert values(plan)["甲区", "good_days", "2024-01"] == 80
    assert "2024年1月" in finding(plan, "period_from_above").message


@pytest.mark.parametrize(
    "notes",
    [
        ["注：2023年为快报数。", ""],
        ["注：2023年为快报数。"],
        ["注：1.2023年为快报数。", "2.2022年已审定。", ""],
        ["填表日期：2023年1月10日", ""],
    ],
)
def test_a_note_below_the_upper_table_is_no_title_of_the_lower(notes, tmp_path):
    """It gave the lower table the note's year, without a word."""
    plan = plan_of(two(tmp_path, "2024年度大气环境", *notes))
    assert values(plan) == {("甲区", "pm25", "2024"): 35, ("甲区", "good_days", "2024"): 80}


def test_a_numbered_title_below_a_note_is_a_title(tmp_path):
    plan = plan_of(two(tmp_path, "2024年度大气环境", "注：快报数。", "2、2023年度水环境"))
    assert values(plan)["甲区", "good_days", "2023"] == 80


def test_a_note_above_the_first_table_counts(tmp_path):
    assert values(plan_of(two(tmp_path, "说明：本表为2024年度数据", "")))["甲区", "pm25", "2024"] == 35
