"""Quantities that are reported but not scored: imported, on the form, and an indicator derived from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from tests.scheme_maker import scheme

YEAR = Period(2024)
SCHEME = scheme(
    "{id: ratio, title: 优良天数比率, unit: '%', weight: 1, formula: 100 * good / valid,"
    " rule: {kind: linear, bounds: {worst: 0, best: 100}}}",
    "inputs: [{id: good, title: 优良天数, unit: 天, valid: [0, 366]}, {id: valid, title: 有效监测天数, unit: 天, valid: [1, 366]}]",
)


def test_inputs_come_from_a_table_and_the_indicator_is_derived(tmp_path: Path):
    table = tmp_path / "上报 2024年度.csv"
    table.write_text("区县,优良天数（天）,有效监测天数\n甲区,219,365\n乙县,300,360\n", encoding="utf-8")
    with Assessment.create(tmp_path / "某市.ecos", SCHEME, [District("甲区"), District("乙县")]) as file:
        plan = file.plan_import([table])
        assert plan.errors == ()
        assert file.apply_import(plan).added == 4
        result = file.score(YEAR)
        assert result.cells.value[:, 0].tolist() == pytest.approx([60, 100 * 300 / 360])


def test_the_form_asks_for_inputs_and_brings_them_back(tmp_path: Path):
    with Assessment.create(tmp_path / "某市.ecos", SCHEME, [District("甲区")]) as file:
        (form,) = file.write_forms(YEAR, tmp_path / "填报")
        from openpyxl import load_workbook

        book = load_workbook(form)
        sheet = book.worksheets[0]
        titles = {sheet.cell(row, column).value: row for row in range(1, 30) for column in range(1, 6)}
        assert {"优良天数", "有效监测天数"} <= set(titles)
        header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "序号")
        column = next(c for c in range(1, 20) if sheet.cell(header, c).value == "本年值")
        sheet.cell(titles["优良天数"], column).value = 219
        sheet.cell(titles["有效监测天数"], column).value = 365
        book.save(form)
        plan = file.plan_import([form])
        assert {(e.new.indicator, e.new.value) for e in plan.entries} == {("good", 219), ("valid", 365)}


def test_not_concerned_holds_with_its_ground_and_is_told_without(tmp_path: Path):
    plain = scheme(
        "{id: a, title: 甲项, weight: 1, rule: {kind: linear, bounds: {worst: 0, best: 100}}}\n"
        "{id: b, title: 乙项, weight: 1, rule: {kind: linear, bounds: {worst: 0, best: 100}}}"
    )
    table = tmp_path / "上报.csv"
    table.write_text(
        "区县,考核期,指标,值,备注\n甲区,2024,甲项,不涉及,市生态环境局，示例〔2024〕3号，2024-03-01\n"
        "甲区,2024,乙项,40,\n乙县,2024,甲项,不涉及,\n乙县,2024,乙项,60,\n",
        encoding="utf-8",
    )
    with Assessment.create(tmp_path / "某市.ecos", plain, [District("甲区"), District("乙县")]) as file:
        plan = file.plan_import([table])
        assert [(f.code, f.district) for f in plan.findings] == [("no_approval", "乙县")]
        file.apply_import(plan)
        assert file.observation("甲区", "a", YEAR).status is Status.NOT_CONCERNED
        assert "示例〔2024〕3号" in file.observation("甲区", "a", YEAR).note
        assert file.observation("乙县", "a", YEAR).status is Status.NOT_APPLICABLE
        assert file.score(YEAR).layers.total.tolist() == [40, 60]
