"""What the user says of a layout is done, remembered by the header, and never carries a year over."""

from __future__ import annotations

from ecoscore.importing import hints
from ecoscore.importing.choices import Choices
from ecoscore.importing.context import Memory
from ecoscore.importing.hints import LayoutHint, of_district, of_indicator
from ecoscore.importing.overrides import signature_of
from ecoscore.importing.plan import FileState
from ecoscore.importing.readers.book import Sheet
from ecoscore.model.period import Period
from tests.importing.sheets import plan_of, values, write_xlsx

ODD = [
    ["附表三"],
    ["名", "细颗粒（微克）", "好天气", "随便"],
    ["甲区", 33, 81, 5],
    ["乙县", 34, 82, 6],
]


def told(hint, sheet="2024年度", file="x.xlsx"):
    return Choices().with_layout(file, sheet, hint)


def test_a_header_pointed_at_and_columns_named(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"2024年度": ODD})
    assert plan_of(path).files[0].state is FileState.UNRECOGNISED
    hint = LayoutHint(
        (2,), ((1, hints.DISTRICTS), (2, of_indicator("pm25")), (3, of_indicator("good_days")), (4, hints.IGNORED))
    )
    plan = plan_of(path, choices=told(hint))
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33,
        ("甲区", "good_days", "2024"): 81,
        ("乙县", "pm25", "2024"): 34,
        ("乙县", "good_days", "2024"): 82,
    }
    assert not plan.errors
    sheet = plan.files[0].sheets[0]
    assert sheet.header == (2,)
    assert sheet.columns[1] == "PM2.5年均浓度（μg/m³）"
    assert sheet.columns[0] == "区县"


def test_a_column_taken_away(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx", {"2024年度": [["区县", "PM2.5年均浓度", "空气优良天数比率"], ["甲区", 33, 80]]}
    )
    plan = plan_of(path, choices=told(LayoutHint(columns=((2, hints.IGNORED),))))
    assert values(plan) == {("甲区", "good_days", "2024"): 80}


def test_the_period_and_the_district_of_a_sheet(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"s": [["指标", "数值"], ["PM2.5年均浓度", 33]]})
    assert plan_of(path).errors
    plan = plan_of(path, choices=told(LayoutHint(period=Period(2023), district="乙县"), sheet="s"))
    assert values(plan) == {("乙县", "pm25", "2023"): 33}
    assert not plan.errors


def test_a_column_of_a_district(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"2024年度": [["指标", "一号", "乙县"], ["PM2.5年均浓度", 33, 34]]})
    plan = plan_of(path, choices=told(LayoutHint(columns=((2, of_district("甲区")),))))
    assert values(plan) == {("甲区", "pm25", "2024"): 33, ("乙县", "pm25", "2024"): 34}


def test_the_next_file_with_this_header_is_read_alike_even_lower_and_a_year_later(tmp_path):
    first = write_xlsx(tmp_path / "x.xlsx", {"2024年度": ODD})
    hint = LayoutHint((2,), ((1, hints.DISTRICTS), (2, of_indicator("pm25")), (3, of_indicator("good_days"))))
    sheet = plan_of(first, choices=told(hint)).files[0].sheets[0]
    memory = Memory(layouts={sheet.signature: LayoutHint.from_json(hint.to_json())})
    later = write_xlsx(tmp_path / "y.xlsx", {"2025年度": [["附表三（新）"], ["又一行"], *ODD[1:]]})
    plan = plan_of(later, memory=memory)
    assert values(plan)["甲区", "pm25", "2025"] == 33
    assert len(plan.entries) == 4
    assert any("上次" in note for note in plan.files[0].sheets[0].notes)


def test_what_is_remembered_can_be_taken_back(tmp_path):
    first = write_xlsx(tmp_path / "x.xlsx", {"2024年度": ODD})
    hint = LayoutHint((2,), ((1, hints.DISTRICTS), (2, of_indicator("pm25"))))
    mark = plan_of(first, choices=told(hint)).files[0].sheets[0].signature
    plan = plan_of(first, memory=Memory(layouts={mark: hint}), choices=told(LayoutHint()))
    assert plan.entries == ()


def test_a_signature_does_not_know_years():
    def sheet(year):
        return Sheet("s", {(1, 1): ("text", "区县", "@"), (1, 2): ("text", f"{year}年完成值", "@")})

    assert signature_of(sheet(2023), (1,)) == signature_of(sheet(2024), (1,)) != ""
    other = Sheet("s", {(1, 1): ("text", "区县", "@"), (1, 2): ("text", "完成率", "@")})
    assert signature_of(sheet(2023), (1,)) != signature_of(other, (1,))


def test_hints_go_through_text_without_period_and_district():
    hint = LayoutHint((2, 3), ((1, "districts"),), Period(2023), "甲区")
    assert LayoutHint.from_json(hint.to_json()) == hint.lasting
    assert hint.with_column(1, None).columns == ()
