"""Forms of departments: one workbook for all districts, and every value, state and ground comes back as it was."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ecoscore.assessment import Assessment
from ecoscore.assessment.forms import form_states, issue_forms
from ecoscore.importing.entries import Action
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from tests.libreoffice import convert, needs_soffice

YEAR = Period(2024)
SCHEME = parse_scheme(
    """
id: d
title: 测试
groups:
  - id: g
    title: 组
    indicators:
      - {id: pm25, title: PM2.5年均浓度, unit: μg/m³, direction: lower, weight: 6, department: 生态环境局, valid: [0, 500],
         rule: {kind: minmax, bounds: sample}}
      - {id: days, title: 优良天数比率, unit: "%", weight: 4, department: 生态环境局, valid: [0, 100], rule: {kind: minmax, bounds: sample}}
      - {id: forest, title: 林木覆盖率, unit: "%", weight: 4, department: 林业局/办, rule: {kind: minmax, bounds: sample}}
      - {id: other, title: 其他, weight: 4, rule: {kind: minmax, bounds: sample}}
""",
    "d.yaml",
)
NAMES = ("甲区", "乙县", "𬭚州区")


@pytest.fixture
def file(tmp_path):
    with Assessment.create(tmp_path / "某市.ecos", SCHEME, [District(n) for n in NAMES]) as file:
        file.set_values([
            Observation("甲区", "pm25", YEAR, 33.25),
            Observation("甲区", "pm25", Period(2023), 35.0),
            Observation("乙县", "pm25", YEAR, None, Status.NOT_APPLICABLE, note="没有监测站"),
            Observation("乙县", "days", YEAR, None, Status.NOT_CONCERNED, note="某局〔2024〕1号"),
            Observation("𬭚州区", "forest", YEAR, 41.0),
        ])  # fmt: skip
        yield file


def column_of(sheet, indicator):
    ids = next(row for row in sheet.iter_rows() if any(c.value == "指标代码" for c in row))
    return next(c.column for c in ids if c.value == indicator)


def row_of(sheet, district):
    return next(row[1].row for row in sheet.iter_rows() if row[1].value == district)


def test_one_workbook_a_department_with_its_indicators_only(file, tmp_path):
    paths = file.write_forms(YEAR, tmp_path / "部门", by="department")
    assert [p.name for p in paths] == [
        "生态环境局 2024年度填报表.xlsx", "林业局／办 2024年度填报表.xlsx", "未指定部门 2024年度填报表.xlsx",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(paths[0]).worksheets[0]
    texts = {c.value for row in sheet.iter_rows() for c in row}
    assert {"PM2.5年均浓度（μg/m³）", "优良天数比率（%）", *NAMES, "pm25", "days"} <= texts
    assert "forest" not in texts
    assert sheet.protection.sheet
    open_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    column = openpyxl.utils.get_column_letter(column_of(sheet, "pm25"))
    row = row_of(sheet, "甲区")
    assert f"{column}{row}" in open_cells and f"B{row}" not in open_cells
    assert sheet[f"{column}{row}"].value == 33.25
    assert sheet.cell(row, column_of(sheet, "pm25") - 1).value == 35


def test_what_was_filled_in_comes_back_unchanged(file, tmp_path):
    plan = file.plan_import(file.write_forms(YEAR, tmp_path / "部门", by="department"))
    assert not plan.errors
    assert {e.action for e in plan.entries} == {Action.UNCHANGED}
    assert len(plan.entries) == 4


def test_a_new_value_and_a_ground_are_read(file, tmp_path):
    path = file.write_forms(YEAR, tmp_path / "部门", by="department")[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(row_of(sheet, "甲区"), column_of(sheet, "days")).value = 81.5
    row = row_of(sheet, "𬭚州区")
    sheet.cell(row, column_of(sheet, "days")).value = "不适用"
    sheet.cell(row, column_of(sheet, "days") + 1).value = "新建区"
    book.save(path)
    plan = file.plan_import([path])
    new = {(e.new.district, e.new.indicator): e.new for e in plan.entries if e.action is Action.NEW}
    assert set(new) == {("甲区", "days"), ("𬭚州区", "days")}
    assert new["甲区", "days"].value == 81.5 and new["甲区", "days"].note is None
    assert (new["𬭚州区", "days"].status, new["𬭚州区", "days"].note) == (Status.NOT_APPLICABLE, "新建区")


def test_rows_sorted_and_a_row_inserted(file, tmp_path):
    path = file.write_forms(YEAR, tmp_path / "部门", by="department")[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    first, last = row_of(sheet, "甲区"), row_of(sheet, "乙县")
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(first, column), sheet.cell(last, column)
        one.value, other.value = other.value, one.value
    sheet.insert_rows(1, 2)
    book.save(path)
    plan = file.plan_import([path])
    assert not plan.errors
    assert {e.action for e in plan.entries} == {Action.UNCHANGED} and len(plan.entries) == 3


def test_a_torn_column_is_refused(file, tmp_path):
    path = file.write_forms(YEAR, tmp_path / "部门", by="department")[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    ids = next(row[0].row for row in sheet.iter_rows() if any(c.value == "指标代码" for c in row))
    one, other = column_of(sheet, "pm25"), column_of(sheet, "days")
    sheet.cell(ids, one).value, sheet.cell(ids, other).value = "days", "pm25"
    book.save(path)
    plan = file.plan_import([path])
    assert {f.code for f in plan.errors} == {"form_row_torn"} and plan.entries == ()


@needs_soffice
def test_through_libreoffice(file, tmp_path):
    paths = file.write_forms(YEAR, tmp_path / "部门", by="department")
    (tmp_path / "存").mkdir()
    for kind in ("xlsx", "ods"):
        plan = file.plan_import(convert(paths[:1], tmp_path / "存", kind))
        assert not plan.errors
        assert {e.action for e in plan.entries} == {Action.UNCHANGED} and len(plan.entries) == 3


VALUES = st.one_of(
    st.none(), st.floats(0, 100, allow_nan=False).map(lambda x: x + 0.0), st.sampled_from(["理由甲", "理由乙：一；二"])
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({(n, i): VALUES for n in NAMES for i in ("pm25", "days")}))
@example(
    {**dict.fromkeys((n, i) for n in NAMES for i in ("pm25", "days")), ("𬭚州区", "days"): 1.8991811996276552e-212}
)
def test_any_page_comes_back(tmp_path_factory, page):
    folder = tmp_path_factory.mktemp("往返")
    with Assessment.create(folder / "某市.ecos", SCHEME, [District(n) for n in NAMES]) as file:
        file.set_values([
            Observation(d, i, YEAR, v) if not isinstance(v, str)
            else Observation(d, i, YEAR, None, Status.NOT_APPLICABLE, note=v)
            for (d, i), v in page.items() if v is not None
        ])  # fmt: skip
        plan = file.plan_import(file.write_forms(YEAR, folder / "部门", by="department")[:1])
        assert not [f for f in plan.errors if f.code != "file_unrecognised"]
        assert all(e.action is Action.UNCHANGED for e in plan.entries)
        assert len(plan.entries) == sum(v is not None for v in page.values())


def test_districts_count_as_sent_to_when_every_department_has_its_form(file, tmp_path):
    written = issue_forms(file, YEAR, tmp_path / "部 门", ["甲区", "乙县"], by="department")
    states = {s.district: s for s in form_states(file, YEAR)}
    assert len(written) == 3
    assert states["甲区"].issued and states["甲区"].file == f"{written[0].name} 等 3 个"
    assert states["乙县"].issued and not states["𬭚州区"].issued
    assert not any(s.issued for s in form_states(file, Period(2025)))


def test_forms_cancelled_half_way_have_not_been_sent(file, tmp_path):
    done = []
    issue_forms(file, YEAR, tmp_path, list(NAMES), lambda n, *_: done.append(n), lambda: len(done) > 1, by="department")
    assert not any(s.issued for s in form_states(file, YEAR))
