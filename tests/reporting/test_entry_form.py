"""The entry workbook: what it shows, what it lets be changed, and that it comes back exactly."""

from __future__ import annotations

import random
import re
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecoscore.importing.entries import Action
from ecoscore.importing.plan import Role
from ecoscore.model import entry_form as form
from ecoscore.model.observation import Observation, Status
from ecoscore.reporting.entry_form import write_entry_form
from tests.importing.sheets import DISTRICTS, SCHEME, Y2023, Y2024, codes, finding, plan_of, values
from tests.libreoffice import convert
from tests.needs import needs_soffice

DISTRICT = DISTRICTS[0]
LAST = {
    "pm25": Observation("甲区", "pm25", Y2023, 35.5),
    "water": Observation("甲区", "water", Y2023, None, Status.NOT_APPLICABLE),
}
NOW = {
    "pm25": Observation("甲区", "pm25", Y2024, 33.25, note="=监测&站"),
    "water": Observation("甲区", "water", Y2024, None, Status.NOT_APPLICABLE, note="本区无断面"),
}


@pytest.fixture
def blank(tmp_path):
    path = tmp_path / "甲 区填报表.xlsx"
    write_entry_form(path, SCHEME, DISTRICT, Y2024, LAST, {}, {"good_days": 80.0})
    return path


def sheet_of(path):
    book = openpyxl.load_workbook(path)
    sheet = book[form.FORM_SHEET]
    head = next(row for row in sheet.iter_rows() if any(cell.value == form.VALUE for cell in row))
    return book, sheet, {cell.value: cell.column for cell in head}, head[0].row


def fill(path, **typed):
    """Type values (and states or notes in a tuple) as an official would, by the title of the indicator."""
    book, sheet, column, head = sheet_of(path)
    for row in range(head + 1, sheet.max_row + 1):
        id_ = sheet.cell(row, column[form.INDICATOR_ID]).value
        if id_ in typed:
            given_ = typed[id_] if isinstance(typed[id_], tuple) else (typed[id_],)
            for name, value in zip((form.VALUE, form.STATE, form.NOTE), given_, strict=False):
                sheet.cell(row, column[name]).value = value
    book.save(path)


def test_what_it_shows(blank):
    _, sheet, column, head = sheet_of(blank)
    assert sheet["A1"].value == "甲区2024年度指标填报表"
    rows = {
        sheet.cell(r, column[form.INDICATOR_ID]).value: [sheet.cell(r, c).value for c in range(1, 11)]
        for r in range(head + 1, head + 6)
    }
    assert rows["pm25"] == [1, "大气环境", "PM2.5年均浓度", "μg/m³", "逆向", None, 35.5, None, None, None]
    assert rows["good_days"][5] == 80
    assert rows["water"][6] == "不适用"
    assert list(rows) == [i.id for i in SCHEME.indicators]
    text = " ".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    for word in ("填表人", "审核人", "单位负责人", "填报说明"):
        assert word in text


def test_only_the_entries_are_open(blank):
    book, sheet, column, head = sheet_of(blank)
    assert sheet.protection.sheet
    for name, number in column.items():
        is_open = name in {form.VALUE, form.STATE, form.NOTE}
        assert sheet.cell(head + 1, number).protection.locked is not is_open, name
    assert book[form.MARKER_SHEET].sheet_state == "veryHidden"
    assert sheet.column_dimensions["K"].hidden


def test_validation_in_the_cell(blank):
    _, sheet, _, head = sheet_of(blank)
    by_cell = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    pm25 = by_cell[f"H{head + 1}"]
    assert (pm25.type, float(pm25.formula1), float(pm25.formula2)) == ("decimal", 0, 500)
    assert "0 至 500" in pm25.error and "μg/m³" in pm25.promptTitle
    assert by_cell[f"I{head + 1}"].formula1 == '"已报,不适用,不涉及"'


def test_page_setup(blank):
    _, sheet, _, head = sheet_of(blank)
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) in {(9, 0), ("9", 0)}
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head}:${head}"


def test_nothing_in_it_is_a_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    write_entry_form(path, SCHEME, DISTRICT, Y2024, LAST, NOW, {})
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(rb"<f[ >]", archive.read(name))
    assert values(plan_of(path))["甲区", "pm25", "2024"] == 33.25
    assert plan_of(path).entries[0].new.note == "=监测&站"


def test_a_blank_form_says_what_is_missing_and_writes_nothing(blank):
    plan = plan_of(blank)
    assert plan.entries == plan.targets == ()
    assert "5 项没有填" in finding(plan, "blank").message
    assert not plan.errors


def test_the_word_reported_beside_a_number_changes_nothing(blank):
    fill(blank, pm25=(33.5, None, "说明"), good_days=(0, "已报"))
    bare = plan_of(blank).entries
    fill(blank, pm25=(33.5, "已报", "说明"), good_days=(0, "已报"))
    assert plan_of(blank).entries == bare
    assert [entry.new.note for entry in bare] == ["说明", None]
    fill(blank, pm25=(501, "已报", "说明"))
    assert "out_of_range" in codes(plan_of(blank))


def test_the_window_is_told_what_its_cells_were_taken_for(blank):
    preview = plan_of(blank).files[0].sheets[0]
    _, _, column, head = sheet_of(blank)
    last = head + len(SCHEME.reported) - 1  # counted from 0, the last row of an indicator

    def role(row, name):
        return preview.roles[row, column[name] - 1]

    assert preview.roles[0, 0] is Role.TITLE
    assert role(head - 1, form.VALUE) is role(head - 1, form.INDICATOR_ID) is Role.HEADER
    for row in (head, last):
        assert (role(row, form.INDICATOR), role(row, form.UNIT)) == (Role.INDICATOR, Role.UNIT)
        assert (role(row, form.VALUE), role(row, form.NOTE)) == (Role.VALUE, Role.NOTE)
        assert role(row, form.INDICATOR_ID) is role(row, form.LAST_YEAR) is Role.IGNORED
    assert role(last + 2, form.VALUE) is Role.IGNORED  # the row for signatures
    assert dict(preview.roles) == {place: preview.roles[place] for place in preview.roles}
    assert len(preview.roles) == len(set(preview.roles))
    for outside in ((head, 50), (500, 0), (preview.total_rows, column[form.VALUE] - 1), (-1, 0)):
        assert outside not in preview.roles


def test_filled_in_it_comes_back(blank):
    fill(blank, pm25=33.5, good_days="82.5%", water=(None, "不适用", "无断面"), trading=1200, air_index=4.02)
    plan = plan_of(blank)
    assert not plan.errors
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33.5,
        ("甲区", "good_days", "2024"): 82.5,
        ("甲区", "water", "2024"): "not_applicable",
        ("甲区", "trading", "2024"): 1200,
        ("甲区", "air_index", "2024"): 4.02,
    }
    assert {e.new.note for e in plan.entries if e.new.indicator == "water"} == {"无断面"}
    assert plan.files[0].sheets[0].layout == "填报表（由本软件生成）"
    assert "blank" not in codes(plan)


def test_what_was_known_comes_back_unchanged(tmp_path):
    path = tmp_path / "a.xlsx"
    write_entry_form(path, SCHEME, DISTRICT, Y2024, LAST, NOW, {})
    plan = plan_of(path, current=list(NOW.values()))
    assert {e.new.indicator: e.action for e in plan.entries} == {
        "pm25": Action.UNCHANGED,
        "water": Action.UNCHANGED,
    }


def rearranged(path, seed):
    """Rows shuffled, one inserted above, columns moved: what people do to forms."""
    fill(path, pm25=33.5, good_days=82.5, water=(None, "不适用"), trading=1200, air_index=4.02)
    book, sheet, _, head = sheet_of(path)
    shuffle = random.Random(seed)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(head, head + 5, 1, 11)]
    body = rows[1:]
    shuffle.shuffle(body)
    order = list(range(11))
    shuffle.shuffle(order)
    body.insert(shuffle.randrange(len(body)), [None] * 11)
    target = openpyxl.Workbook()
    out = target.active
    out.title = form.FORM_SHEET
    out.append(["甲区2024年度指标填报表"])
    for row in [rows[0], *body]:
        out.append([row[n] for n in order])
    marker = target.create_sheet(form.MARKER_SHEET)
    for row in book[form.MARKER_SHEET].iter_rows(values_only=True):
        marker.append(row)
    marker.sheet_state = "veryHidden"
    target.save(path)


@pytest.mark.parametrize("seed", range(5))
def test_sorted_moved_and_with_a_row_inserted_it_comes_back_the_same(blank, seed):
    rearranged(blank, seed)
    plan = plan_of(blank)
    assert not plan.errors
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33.5,
        ("甲区", "good_days", "2024"): 82.5,
        ("甲区", "water", "2024"): "not_applicable",
        ("甲区", "trading", "2024"): 1200,
        ("甲区", "air_index", "2024"): 4.02,
    }


def test_rows_torn_apart_are_noticed(blank):
    book, sheet, column, head = sheet_of(blank)
    id_ = column[form.INDICATOR_ID]
    first, second = sheet.cell(head + 1, id_), sheet.cell(head + 2, id_)
    first.value, second.value = second.value, first.value
    sheet.cell(head + 1, column[form.VALUE]).value = 33
    book.save(blank)
    plan = plan_of(blank)
    assert codes(plan).count("form_row_torn") == 2
    assert plan.entries == ()


def test_without_its_column_of_values_nothing_passes_for_them(blank):
    """What is left, last year's values and targets, was passed over without a word."""
    book, sheet, column, _ = sheet_of(blank)
    sheet.delete_cols(column[form.VALUE])
    book.save(blank)
    plan = plan_of(blank)
    said = finding(plan, "form_column_lost")
    assert said.is_error and said.sheet == form.FORM_SHEET and form.VALUE in said.message
    assert plan.entries == ()


def test_a_unit_changed_in_the_form_is_noticed(blank):
    fill(blank, pm25=0.033, good_days=82)
    book, sheet, column, head = sheet_of(blank)
    sheet.cell(head + 1, column[form.UNIT]).value = "mg/m³"
    book.save(blank)
    plan = plan_of(blank)
    assert values(plan) == {("甲区", "good_days", "2024"): 82}
    assert "mg/m³" in finding(plan, "unit_mismatch").message


def test_rows_that_somebody_filtered_out_are_read_and_said(blank):
    fill(blank, pm25=33.5, good_days=82)
    book, sheet, _, head = sheet_of(blank)
    sheet.row_dimensions[head + 2].hidden = True
    book.save(blank)
    plan = plan_of(blank)
    assert len(values(plan)) == 2
    said = finding(plan, "hidden_rows")
    assert not said.is_error and said.cell == f"A{head + 2}"


def test_without_the_hidden_column_titles_serve(blank):
    fill(blank, pm25=33.5)
    book, sheet, column, _ = sheet_of(blank)
    sheet.delete_cols(column[form.INDICATOR_ID])
    book.save(blank)
    assert values(plan_of(blank)) == {("甲区", "pm25", "2024"): 33.5}


def test_without_its_marks_it_is_read_as_a_table(blank):
    fill(blank, pm25=33.5, good_days=82.5, water=(None, "不适用", "无断面"))
    book, *_ = sheet_of(blank)
    del book[form.MARKER_SHEET]
    book.save(blank)
    plan = plan_of(blank)
    assert not plan.errors
    assert values(plan) == {
        ("甲区", "pm25", "2024"): 33.5,
        ("甲区", "good_days", "2024"): 82.5,
        ("甲区", "water", "2024"): "not_applicable",
    }


def test_a_form_of_another_district_or_period_is_refused(blank):
    fill(blank, pm25=33.5)
    assert finding(plan_of(blank, period=Y2023), "period_conflict").is_error
    assert finding(plan_of(blank, districts=DISTRICTS[1:]), "unknown_district").is_error
    book, sheet, *_ = sheet_of(blank)
    sheet["A1"].value = "乙县2024年度指标填报表"
    book.save(blank)
    plan = plan_of(blank)
    assert finding(plan, "district_conflict").cell == "A1"
    assert plan.entries == ()


def test_state_and_value_that_contradict(blank):
    fill(blank, pm25=(33.5, "不适用"), good_days=(None, "已报"))
    plan = plan_of(blank)
    assert finding(plan, "state_conflict").indicator == "pm25"
    assert finding(plan, "not_reported").indicator == "good_days"
    assert plan.entries == ()


@needs_soffice
def test_back_from_libreoffice_as_old_excel(blank, tmp_path):
    fill(blank, pm25=33.5, water=(None, "不适用", "无断面"))
    convert([blank], tmp_path, "xls")
    plan = plan_of(tmp_path / "甲 区填报表.xls")
    assert not plan.errors
    assert values(plan) == {("甲区", "pm25", "2024"): 33.5, ("甲区", "water", "2024"): "not_applicable"}
    assert plan.files[0].sheets[0].layout == "填报表（由本软件生成）"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["trading", "air_index"]),
        st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-9),
        min_size=1,
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")), max_size=20),
)
def test_round_trip_of_anything(tmp_path, numbers, note):
    now = {i: Observation("甲区", i, Y2024, x, note=note or None) for i, x in numbers.items()}
    path = tmp_path / "r.xlsx"
    write_entry_form(path, SCHEME, DISTRICT, Y2024, {}, now, {})
    plan = plan_of(path, current=list(now.values()))
    assert [e.action for e in plan.entries] == [Action.UNCHANGED] * len(now)
