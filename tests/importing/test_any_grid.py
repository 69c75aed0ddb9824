"""Whatever stands in a grid, reading it ends without a crash, and no value comes from anywhere but its own cell."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore.importing.assembly import Assembly
from ecoscore.importing.cell_text import read_cell
from ecoscore.importing.context import Knowledge
from ecoscore.importing.preview import preview_of
from ecoscore.importing.readers.book import Book, Sheet, cell_name
from ecoscore.importing.workbook import read_workbook
from tests.importing.sheets import DISTRICTS, SCHEME, Y2024

WORDS = re.findall(
    r"\S+",
    """区县 指标 单位 值 本年值 目标值 上年值 序号 备注 考核期 年份 状态 甲区 乙县 丙 合计 平均 注：说明 丁区
    PM2.5年均浓度 空气优良天数比率 PM2.5年均浓度（mg/m³） 排污权交易金额（累计） 排污权交易额 μg/m³ % 2023 2024年
    2024年度指标表 2024年度目标 — / 缺 约42 33.5 86.4% 无 不适用 已报""",
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS).map(lambda w: ("text", w, "@")),
    st.floats(0, 1000, allow_nan=False).map(lambda x: ("number", x, "General")),
    st.integers(2020, 2025).map(lambda x: ("number", float(x), "General")),
    st.floats(0, 1).map(lambda x: ("percent", x, "0.0%")),
    st.sampled_from([("error", "#DIV/0!", "General"), ("uncalculated", None, "General"), ("bool", True, "General")]),
    st.just(("date", "2024-01-01", 'yyyy"年"')),
)
GRIDS = st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=10)
AREAS = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 6), st.integers(0, 2), st.integers(0, 2)).map(
        lambda a: (a[0], a[1], a[0] + a[2], a[1] + a[3])
    ),
    max_size=2,
)


@settings(max_examples=300, deadline=None)
@given(GRIDS, AREAS, st.sampled_from([None, Y2024]), st.booleans())
def test_any_grid(rows, merges, period, add):
    cells = {(r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell is not None}
    sheet = Sheet("表", cells, merges=merges)
    known = Knowledge.of(SCHEME, DISTRICTS, period, add_districts=add)
    reports = read_workbook(Book("xlsx", [sheet] if cells else []), "某表.xlsx", known)
    assembly = Assembly(known, {}, ())
    for report in reports:
        assembly.take(report)
        preview_of(report)
    assembly.finish()
    by_name = {cell_name(*at): at for at in cells}
    for entry in assembly.entries:
        at = by_name[entry.cell]
        reading = read_cell(sheet.at(*at), SCHEME.by_id[entry.new.indicator].unit)
        if entry.new.value is not None:
            assert reading.value == entry.new.value
    for report in reports:
        for found in report.findings:
            assert found.file == "某表.xlsx" and found.message and found.advice
