"""A scheme's workbook as cells that a test may edit the way a person does."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from ecoscore.schemes import parse_scheme, read_scheme_workbook
from ecoscore.schemes.sheet_write import write_scheme_workbook

SCHEME = """\
id: demo
title: 示例方案
edition: "2024"
limits: {bonus: 5}
binding: {deduct_from: 2, fail_from: 3, fail_grade: 不合格}
inputs:
  - {id: people, title: 常住人口, unit: 万人, valid: [0, null], over_districts: sum}
groups:
  - id: air
    title: 大气环境
    weight: 40
    indicators:
      - id: pm25
        title: PM2.5年均浓度
        aliases: [细颗粒物, PM2.5]
        unit: μg/m³
        direction: lower
        weight: 6
        binding: true
        valid: [0, 500]
        target: 35
        milestones: {2023: 0.6, 2024: 0.8}
        rule: {kind: level_and_progress, share: 0.6, measure: relative, level: {kind: efficacy, floor: 60, bounds: {worst: 60, best: 25}}, progress: {kind: minmax, bounds: sample, low: 50, clip: false}, exempt_below: 30}
      - id: days
        title: 优良天数比率
        weight: 4
        over_districts: weighted
        cumulative: true
        weigh_by: people
        rule: {kind: bands, edges: [60, 80.5, 90], scores: [0, 60, 80, 100], closed: upper}
  - id: water
    title: 水环境
    weight: 60
    groups:
      - id: river
        title: 河流
        aggregate: geometric
        indicators:
          - {id: ph, title: 酸碱度, direction: range, ideal: [6.5, 7.5], weight: 3, rule: {kind: linear, bounds: {worst: [5, 9]}}}
          - {id: iii, title: 优Ⅲ比例, weight: 6, rule: {kind: minmax, bounds: sample}}
          - {id: work, title: 整治剩余量, direction: lower, weight: 2, rule: {kind: target_ratio, inverse: mirror, cap: 1.2}}
adjustments:
  - {id: both, title: 双降, kind: bonus, points: 1.5, when: {all_improved: [pm25, days]}}
  - {id: veto, title: 数据造假, kind: veto, grade: 不合格}
compensation:
  zero_sum: true
  items: [{id: c1, title: 空气, indicator: pm25, against: value, at: 35, rate: 20, pays: false}]
grades: [{title: 优秀, min: 90}, {title: 不合格, min: 0}]
"""


def scheme():
    return parse_scheme(SCHEME, "方案.yaml")


def workbook(tmp_path: Path, of=None):
    """The workbook as openpyxl opens it, to be edited."""
    path = tmp_path / "考核 方案（改）.xlsx"
    write_scheme_workbook(path, of or scheme())
    return openpyxl.load_workbook(path)


def cells(book) -> dict[str, dict[tuple[int, int], tuple[str, object, str]]]:
    """The cells by kind, as the guarded reader hands them over."""
    found = {}
    for sheet in book.worksheets:
        one = found[sheet.title] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    one[cell.row, cell.column] = (_kind(cell), _raw(cell), cell.number_format)
    return found


def _kind(cell) -> str:
    if cell.data_type == "d":
        return "date"
    if cell.data_type == "f":
        return "uncalculated"
    if cell.data_type == "n":
        return "percent" if "%" in cell.number_format else "number"
    return {"b": "bool", "e": "error"}.get(cell.data_type, "text")


def _raw(cell):
    if cell.data_type == "n":
        return float(cell.value)
    return cell.value.isoformat() if cell.data_type == "d" else cell.value


def read(book):
    return read_scheme_workbook(cells(book), "考核 方案（改）.xlsx")


def find(sheet, title: str, row_id: str):
    """The cell of a column in the row of an id."""
    header = {c.value: c.column for c in sheet[1]}
    key = header.get("标识", header.get("名称"))
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, key).value == row_id)
    return sheet.cell(row, header[title])


def setting(sheet, name: str):
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == name)
    return sheet.cell(row, 2)
