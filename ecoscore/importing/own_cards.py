"""Reads this year's values back from the scorecard and the working paper of one district that the tool wrote."""

from __future__ import annotations

import re

from ecoscore.importing.claims import Claim
from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import name_key, proposal
from ecoscore.importing.periods import periods_in
from ecoscore.importing.plan import Role
from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.model.district import District
from ecoscore.model.period import Period

_PAPERS = ("成绩单", "计分底稿")
_VALUE, _INDICATOR = name_key("本年值"), name_key("指标")
_HEAD_ROWS = 12
_END = "指标得分小计"
_PERIOD = re.compile(r"考核期：(\S+)")
NOT_READ = {"不涉及", "不适用", "未报", "无数据", "—"}


def paper_of(book: Book) -> str:
    """成绩单 or 计分底稿 if the file is one that the tool wrote, else ""."""
    first = next((sheet for sheet in book.sheets if sheet.cells), None)
    if first is None or first.name not in _PAPERS or not first.at(1, 1).text.endswith(first.name):
        return ""
    head = _head(first)
    return first.name if "考核期" in head and ("考核方案" in head or "单位：分" in head) else ""


class CardReader:
    """The rows below the header; everything else on the paper was computed or came from elsewhere."""

    def __init__(self, report: SheetReport, known: Knowledge, paper: str) -> None:
        self.report, self.known, self.paper = report, known, paper
        self.sheet = report.sheet

    def read(self) -> None:
        header, district, period = self._header(), self._district(), self._period()
        if header is None:
            self.report.error("sheet_unrecognised", f"{self.paper}的表头已改动，未读取", "请重新导出后再导入")
        if header is None or district is None or period is None:
            return
        row, name_column, value_column = header
        for column in self.sheet.rows[row]:
            self.report.mark(Role.HEADER, row, column)
        for number in (r for r in self.sheet.rows if r > row):
            if self.sheet.at(number, 1).text.startswith(_END):
                break
            self._read_row(number, name_column, value_column, district, period)
        self.report.mention("只读取“本年值”；上年值、目标值、派生的指标和分数由软件算出或另有来源，未读取")
        self.report.layouts.append(f"{self.paper}（由本软件生成）")

    def _read_row(self, row: int, name_column: int, value_column: int, district: District, period: Period) -> None:
        cell, name = self.sheet.at(row, value_column), self.sheet.at(row, name_column).text.removeprefix("★")
        indicator = self.known.indicators.find(name).hit
        is_numbered = self.sheet.at(row, 1).is_number
        if indicator is None or not is_numbered or cell.is_empty or cell.text.strip() in NOT_READ:
            return
        self.report.mark(Role.INDICATOR, row, name_column)
        self.report.mark(Role.VALUE, row, value_column)
        self.report.claims.append(Claim((row, value_column), cell, district, indicator, period))

    def _header(self) -> tuple[int, int, int] | None:
        """The row of the header, the column of the indicators and that of this year's values."""
        for row in [r for r in self.sheet.rows if r <= _HEAD_ROWS]:
            keys = {column: name_key(self.sheet.at(row, column).text) for column in self.sheet.rows[row]}
            name = next((column for column, key in keys.items() if key.startswith(_INDICATOR)), None)
            value = next((column for column, key in keys.items() if key == _VALUE), None)
            if name is not None and value is not None:
                return row, name, value
        return None

    def _district(self) -> District | None:
        """Stands in a cell of its own, or behind 被考核单位 with its group in brackets."""
        texts = [self.sheet.at(2, column).text for column in self.sheet.rows.get(2, ())]
        said = [re.sub(r"（[^（）]*）$", "", text.removeprefix("被考核单位：")) for text in texts]
        found = next((hit for text in said if (hit := self.known.districts.find(text).hit) is not None), None)
        if found is None:
            named = next((text for text in said if text and not text.startswith(("单位：", "考核期"))), "")
            near = self.known.districts.near(named)
            self.report.error(
                "unknown_district",
                f"{self.paper}属于“{named}”，本文件中没有这个区县",
                f"是否为{proposal(near)}？" if near else "请核对是否选对了考核文件",
            )
        return found

    def _period(self) -> Period | None:
        said = _PERIOD.search(_head(self.sheet))
        periods = periods_in(said[1]) if said else ()
        if len(periods) == 1 and self.known.period in {None, periods[0]}:
            return periods[0]
        self.report.error(
            "period_conflict",
            f"{self.paper}写的考核期是“{said[1] if said else ''}”，与所选考核期不同",
            "请选择正确的考核期，或不选",
        )
        return None


def _head(sheet: Sheet) -> str:
    return "\n".join(sheet.at(row, column).text for row in (2, 3) for column in sheet.rows.get(row, ()))
