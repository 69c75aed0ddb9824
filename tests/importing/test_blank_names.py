"""Names written once with unmerged blanks below: asked about where nothing speaks against it, never filled unasked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecoscore.importing.choices import Choices
from ecoscore.importing.questions import BlankNamesQuestion
from ecoscore.importing.readers.book import Sheet
from tests.importing.sheets import codes, plan_of, values, write_xlsx

AIR, DAYS, WATER = "PM2.5年均浓度", "空气优良天数比率", "国省考断面水质优Ⅲ比例"
ALL = Choices(all_blanks=True)
LONG = ["区县", "指标", "值"]


def sheet(tmp_path, *rows, merges=(), name="表 一"):
    return write_xlsx(tmp_path / "报 送.xlsx", {name: [["2024年度指标"], *map(list, rows)]}, {name: list(merges)})


def every(plan, code):
    return [found for found in plan.findings if found.code == code]


def asked(plan):
    return [q for q in plan.questions if isinstance(q, BlankNamesQuestion)]


def test_unasked_nothing_is_filled_and_the_way_out_is_told(tmp_path):
    path = sheet(tmp_path, LONG, ["甲区", AIR, 35], [None, DAYS, 80], ["乙县", AIR, 33], ["  ", DAYS, 81])
    plan = plan_of(path)
    assert values(plan) == {("甲区", "pm25", "2024"): 35, ("乙县", "pm25", "2024"): 33}
    told = every(plan, "district_missing")[0]
    assert (told.cell, told.is_error) == ("A4", True)
    assert "同属“甲区”" in told.advice and "沿用上面的名称" in told.advice
    (question,) = asked(plan)
    assert (question.what, question.count, question.accepted) == ("district", 2, False)
    assert question.examples == (("A4", "甲区"), ("A6", "乙县"))
    assert (question.file, question.sheet, question.cell) == ("报 送.xlsx", "表 一", "A4")


def test_told_so_they_are_and_it_can_be_taken_back(tmp_path):
    path = sheet(tmp_path, LONG, ["甲区", AIR, 35], [None, DAYS, 80], ["乙县", AIR, 33], [None, DAYS, 81])
    choices = Choices().with_blanks("报 送.xlsx", "表 一", "district")
    plan = plan_of(path, choices=choices)
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 35,
        ("甲区", "good_days", "2024"): 80,
        ("乙县", "pm25", "2024"): 33,
        ("乙县", "good_days", "2024"): 81,
    }
    assert not plan.errors
    assert asked(plan)[0].accepted
    assert choices.with_blanks("报 送.xlsx", "表 一", "district", accept=False) == Choices()
    for other in (
        ("另.xlsx", "表 一", "district"),
        ("报 送.xlsx", "表", "district"),
        ("报 送.xlsx", "表 一", "indicator"),
    ):
        assert "district_missing" in codes(plan_of(path, choices=Choices().with_blanks(*other)))


def test_indicators_written_once(tmp_path):
    path = sheet(
        tmp_path, ["指标", "区县", "值"], [f"{AIR}（mg/m³）", "甲区", 0.035], [None, "乙县", 0.033], [DAYS, "甲区", 80], [None, "乙县", 81]
    )  # fmt: skip
    assert asked(plan_of(path))[0].what == "indicator"
    plan = plan_of(path, choices=Choices(all_blanks=True, all_conversions=True))
    assert values(plan)["乙县", "pm25", "2024"] == 33  # the unit behind the name goes with it
    assert values(plan)["乙县", "good_days", "2024"] == 81
    assert not plan.errors


def test_years_written_once(tmp_path):
    rows = [["年份", "区县", AIR], [2023, "甲区", 36], [None, "乙县", 37], [2024, "甲区", 35], [None, "乙县", 33]]
    path = write_xlsx(tmp_path / "a.xlsx", {"s": rows})
    assert asked(plan_of(path))[0].what == "period"
    assert all("沿用" in told.advice for told in every(plan_of(path), "bad_period"))
    assert values(plan_of(path, choices=ALL)) == {
        ("甲区", "pm25", "2023"): 36,
        ("乙县", "pm25", "2023"): 37,
        ("甲区", "pm25", "2024"): 35,
        ("乙县", "pm25", "2024"): 33,
    }


def test_two_levels_of_blanks(tmp_path):
    rows = [["区县", "指标", "年份", "值"], ["甲区", AIR, 2023, 36], [None, None, 2024, 35], [None, DAYS, 2023, 80], [None, None, 2024, 81], ["乙县", AIR, 2023, 37]]  # fmt: skip
    plan = plan_of(write_xlsx(tmp_path / "a.xlsx", {"s": rows}), choices=ALL)
    assert values(plan) == {
        ("甲区", "pm25", "2023"): 36,
        ("甲区", "pm25", "2024"): 35,
        ("甲区", "good_days", "2023"): 80,
        ("甲区", "good_days", "2024"): 81,
        ("乙县", "pm25", "2023"): 37,
    }
    assert {q.what for q in asked(plan)} == {"district", "indicator"}


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        # Nothing beside the blank name: a district is simply missing.
        ([["区县", AIR, DAYS], ["甲区", 35, 80], [None, 33, 81]], ()),
        # The same indicator again: another district's, whose name was forgotten.
        ([LONG, ["甲区", AIR, 35], [None, AIR, 33], [None, DAYS, 81]], ()),
        # A row between that is empty, hidden by nobody, or a total.
        ([LONG, ["甲区", AIR, 35], [], [None, DAYS, 81]], ()),
        ([LONG, ["甲区", AIR, 35], [None, "小计", 35], [None, DAYS, 81]], ()),
        ([LONG, ["甲区", AIR, 35], [None, "大气小计", 35], [None, DAYS, 81]], ()),
        ([LONG, ["合计", AIR, 35], [None, DAYS, 81]], ()),
        # A name nobody bears: whatever is under it is not the district's above that.
        ([LONG, ["甲区", AIR, 35], ["丁镇", AIR, 35], [None, DAYS, 81]], ()),
        # Merged cells say themselves how far the name reaches.
        ([LONG, ["甲区", AIR, 35], [None, DAYS, 80], [None, WATER, 90]], ("A3:A4",)),
        # Nothing above but the header.
        ([LONG, [None, AIR, 35], ["甲区", DAYS, 80]], ()),
    ],
)
def test_where_something_speaks_against_it_nothing_is_asked_nor_filled(rows, merges, tmp_path):
    path = sheet(tmp_path, *rows, merges=merges)
    plain, told = plan_of(path), plan_of(path, choices=ALL)
    assert asked(plain) == asked(told) == []
    assert values(plain) == values(told)
    assert "district_missing" in codes(told)
    assert not any("沿用" in found.advice for found in every(told, "district_missing"))


def test_a_chain_that_is_broken_stays_broken(tmp_path):
    path = sheet(tmp_path, LONG, ["甲区", AIR, 35], [None, DAYS, 80], [None, AIR, 33], [None, WATER, 90], ["乙县", AIR, 1], [None, DAYS, 2])  # fmt: skip
    plan = plan_of(path, choices=ALL)
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 35,
        ("甲区", "good_days", "2024"): 80,
        ("乙县", "pm25", "2024"): 1,
        ("乙县", "good_days", "2024"): 2,
    }
    assert sum(code == "district_missing" for code in codes(plan)) == 2


def test_hidden_rows_are_no_bridge(tmp_path):
    import openpyxl

    path = sheet(tmp_path, LONG, ["甲区", AIR, 35], ["乙县", AIR, 33], [None, DAYS, 80])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[4].hidden = True
    book.save(path)
    plan = plan_of(path, choices=ALL)
    assert values(plan) == {("甲区", "pm25", "2024"): 35}
    assert asked(plan) == []


def test_blanks_far_down_in_a_long_table(tmp_path):
    """Beyond the rows that are looked at one by one; cells of spaces are blank as well, and no name to be remembered."""
    rows, known = [["区县", "指标", "年份", "值"]], {}
    for n, district in enumerate(["甲区", "乙县", "丙区", "𬭚州区"]):
        for title, id_ in ((AIR, "pm25"), (DAYS, "good_days"), (WATER, "water")):
            for year in range(1950, 2025):
                is_first = title == AIR and year == 1950
                value = known[district, id_, str(year)] = n * 10 + (year - 1950) / 8
                rows.append([district if is_first else "  ", title, year, value])
    assert values(plan_of(write_xlsx(tmp_path / "长.xlsx", {"s": rows}), choices=Choices(all_blanks=True))) == known


def test_the_words_of_the_plan(tmp_path):
    path = sheet(tmp_path, LONG, ["甲区", AIR, 35], [None, DAYS, 80])
    (question,) = plan_of(path).to_json()["questions"]
    assert question["kind"] == "blank_names"
    assert (question["what"], question["cell"], question["examples"]) == ("district", "A4", (("A4", "甲区"),))


GROUPS = st.lists(
    st.tuples(st.sampled_from(["甲区", "乙县", "丙区", "丁镇", "合计"]), st.lists(st.sampled_from([AIR, DAYS, WATER, "小计"]), min_size=1, max_size=4)),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=GROUPS, luck=st.randoms(use_true_random=False))
def test_what_is_filled_is_what_stood_there_before_somebody_left_it_out(groups, luck, tmp_path):
    """Whatever is blanked, what is read with the blanks filled is what the whole table says, or refused with its cell."""
    whole, blanked, number = [LONG], [LONG], 10.0
    for district, indicators in groups:
        for n, indicator in enumerate(indicators):
            number += 0.25
            whole.append([district, indicator, number])
            blanked.append([None if n and luck.random() < 0.8 else district, indicator, number])
    (tmp_path / "whole").mkdir(exist_ok=True)
    full = plan_of(sheet(tmp_path / "whole", *whole))
    claimed = {(e.new.district, e.new.indicator): e.new.value for e in full.entries}
    disputed = {(f.district, f.indicator) for f in full.findings if f.code == "conflicting_values"}
    plan = plan_of(sheet(tmp_path, *blanked), choices=ALL)
    for entry in plan.entries:
        key = entry.new.district, entry.new.indicator
        assert claimed.get(key) == entry.new.value or key in disputed
    for entry in full.entries:  # nothing lost without a word
        place = f"A{entry.cell[1:]}"
        assert any(e.cell == entry.cell for e in plan.entries) or any(
            f.code == "district_missing" and f.cell == place for f in plan.findings
        )


def test_a_long_table_is_not_walked_up_from_each_of_its_rows(tmp_path, monkeypatch):
    looked = []
    label = Sheet.label
    monkeypatch.setattr(Sheet, "label", lambda *a: looked.append(1) or label(*a))
    rows = [
        ["区县", "指标", "年份", "值"],
        ["甲区", AIR, 2000, 1.0],
        *([None, None, 2001 + n % 24, 1.0] for n in range(3000)),
    ]
    plan = plan_of(write_xlsx(tmp_path / "长.xlsx", {"s": rows}), choices=ALL)
    assert len(looked) < 40 * len(rows)
    assert len(plan.entries) == 25  # each year once; where one comes again nothing tells whose it is
