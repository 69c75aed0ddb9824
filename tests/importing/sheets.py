"""Small tables as districts send them, and the plan that importing them gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from ecoscore.importing.plan import ImportPlan
from ecoscore.importing.planning import make_plan
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme

SCHEME_TEXT = """
id: t
title: 测试方案
edition: "2024"
groups:
  - id: air
    title: 大气环境
    indicators:
      - {id: pm25, title: PM2.5年均浓度, aliases: [细颗粒物年均浓度], unit: μg/m³, direction: lower, weight: 6,
         valid: [0, 500], rule: {kind: minmax, bounds: sample}}
      - {id: good_days, title: 空气优良天数比率, unit: "%", direction: higher, weight: 4, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
  - id: waters
    title: 水环境
    indicators:
      - {id: water, title: 国省考断面水质优Ⅲ比例, unit: "%", direction: higher, weight: 5, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
  - id: value
    title: 两山转化
    indicators:
      - {id: trading, title: 排污权交易金额, unit: 万元, direction: higher, weight: 3, rule: {kind: minmax, bounds: sample}}
      - {id: air_index, title: 环境空气质量综合指数, direction: lower, weight: 2, rule: {kind: minmax, bounds: sample}}
"""
SCHEME = parse_scheme(SCHEME_TEXT, "测试方案.yaml")
DISTRICTS = (
    District("甲区", code="320101"),
    District("乙县", code="320102", aliases=("乙市",)),
    District("丙区", code="320103"),
    District("𬭚州区", code="320104"),
)
Y2023, Y2024 = Period(2023), Period(2024)

Rows = Sequence[Sequence[Any]]


def write_xlsx(path: Path, sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> Path:
    """Rows of values; a tuple is (value, number format) or, beginning with "=", (formula, cached value)."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    _write(book, sheet, r, c, value)
            for area in (merges or {}).get(name, ()):
                row, column = xl_cell_to_rowcol(area.split(":")[0])
                sheet.merge_range(area, "")
                _write(book, sheet, row, column, rows[row][column])
    return path


def _write(book, sheet, r, c, value) -> None:
    if isinstance(value, tuple) and isinstance(value[0], str) and value[0].startswith("="):
        sheet.write_formula(r, c, value[0], None, value[1])
    elif isinstance(value, tuple):
        sheet.write(r, c, value[0], book.add_format({"num_format": value[1]}))
    elif isinstance(value, str):
        sheet.write_string(r, c, value)
    elif value is not None:
        sheet.write(r, c, value)


def plan_of(
    *sources: Path, current: Sequence[Observation] = (), districts=DISTRICTS, scheme=SCHEME, **options
) -> ImportPlan:
    held = {(o.district, o.indicator, o.period): o for o in current}
    return make_plan(sources, scheme, districts, held, **options)


def values(plan: ImportPlan) -> dict[tuple[str, str, str], float | str]:
    """What the plan would hold: (district, indicator, period) → number, or the status word."""
    return {
        (e.new.district, e.new.indicator, str(e.new.period)): e.new.value
        if e.new.status is Status.REPORTED
        else e.new.status.key
        for e in plan.entries
    }


def codes(plan: ImportPlan) -> list[str]:
    return sorted(f.code for f in plan.findings)


def finding(plan: ImportPlan, code: str):
    """The only finding of that code."""
    (found,) = [f for f in plan.findings if f.code == code]
    return found
