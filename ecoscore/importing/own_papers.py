"""Knows the workbooks that the tool itself wrote: of that of results the sheet 数据 is read, of some nothing can be."""

from __future__ import annotations

import re

from ecoscore.importing.claims import Claim
from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import name_key
from ecoscore.importing.own_cards import NOT_READ
from ecoscore.importing.periods import periods_in
from ecoscore.importing.plan import Role
from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

DATA = "数据"
_COMPANIONS = {DATA, "得分", "方案"}
JOURNAL = "修改日志"
_BLOCK = re.compile(r"[一二三]、(本年值|基期值|目标值)(?:（(.*)）)?")
_HEAD_ROWS = 5


def is_results_workbook(book: Book) -> bool:
    """Whether the file is the workbook of results, whose 数据 sheet holds the values it was computed from."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    return (
        set(sheets) >= _COMPANIONS and sheets[DATA].at(1, 1).text.endswith("指标数据") and bool(_blocks(sheets[DATA]))
    )


def refused_paper(book: Book) -> str:
    """What the tool wrote and holds no values: 修改日志 or 考核方案; "" for anything else."""
    first = next((sheet for sheet in book.sheets if sheet.cells), None)
    if first is None:
        return ""
    if first.name == JOURNAL and {"操作", "原值", "新值"} <= _texts(first, 3):
        return JOURNAL
    scheme = {sheet.name: sheet for sheet in book.sheets}.get("方案")
    names_itself = scheme is not None and any(scheme.at(row, 1).text == "方案标识" for row in range(1, _HEAD_ROWS + 1))
    return "考核方案表" if names_itself else ""


def _texts(sheet: Sheet, row: int) -> set[str]:
    return {sheet.at(row, column).text for column in sheet.rows.get(row, ())}


def _blocks(sheet: Sheet) -> dict[int, tuple[str, str]]:
    """The rows that begin a block, with what it holds and of which period."""
    found = {row: _BLOCK.fullmatch(sheet.at(row, 1).text.strip()) for row in sheet.rows}
    return {row: (m[1], m[2] or "") for row, m in found.items() if m}


class DataSheetReader:
    """Reads this year's values and the targets; baselines, derived columns and states without a ground are left."""

    def __init__(self, report: SheetReport, known: Knowledge) -> None:
        self.report, self.known, self.sheet = report, known, report.sheet

    def read(self) -> None:
        blocks = _blocks(self.sheet)
        said = next((title for kind, title in blocks.values() if kind == "本年值"), "")
        periods = periods_in(said)
        if len(periods) != 1 or self.known.period not in {None, periods[0]}:
            self.report.error(
                "period_conflict", f"数据表写的考核期是“{said}”，与所选考核期不同", "请选择正确的考核期，或不选"
            )
            return
        columns = self._columns()
        starts = sorted(blocks)
        for start, end in zip(starts, [*starts[1:], self.sheet.size[0] + 1], strict=True):
            self.report.mark(Role.TITLE, start, 1)
            if blocks[start][0] != "基期值":
                self._read_block(range(start + 1, end), columns, periods[0], is_target=blocks[start][0] == "目标值")
        self.report.mention("基期值、派生的指标和分数由软件算出，未读取；填“不涉及”“未报”“无数据”的不改动")
        self.report.layouts.append("数据表（由本软件生成）")

    def _columns(self) -> dict[int, Reported]:
        """The indicator of each column whose values were reported, by its title in the header."""
        found: dict[int, Reported] = {}
        for row in range(1, _HEAD_ROWS + 1):
            for column in self.sheet.rows.get(row, ()):
                text = self.sheet.at(row, column).text.removeprefix("★")
                hit = self.known.indicators.find(text).hit
                self.report.mark(Role.HEADER, row, column)
                if hit is not None and not self._is_derived(column):
                    found.setdefault(column, hit)
        return found

    def _is_derived(self, column: int) -> bool:
        return any("（派生）" in self.sheet.at(row, column).text for row in range(1, _HEAD_ROWS + 1))

    def _read_block(self, rows: range, columns: dict[int, Reported], period: Period, *, is_target: bool) -> None:
        for row in rows:
            name = self.sheet.at(row, 2)
            if name.is_empty:
                continue
            district = self.known.districts.find(name.text).hit
            if district is None:
                self.report.error(
                    "unknown_district", f"没有名为“{name.text.strip()}”的区县", "请核对是否是本考核文件的表", (row, 2)
                )
                continue
            self.report.mark(Role.DISTRICT, row, 2)
            for column, indicator in columns.items():
                cell = self.sheet.at(row, column)
                if cell.is_empty or name_key(cell.text) in _SKIPPED or cell.text.strip() in NOT_READ:
                    continue
                self.report.mark(Role.TARGET if is_target else Role.VALUE, row, column)
                self.report.claims.append(Claim((row, column), cell, district, indicator, period, is_target))


_SKIPPED = {name_key(word) for word in NOT_READ} | {""}
