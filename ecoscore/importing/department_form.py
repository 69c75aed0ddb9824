"""Reads back the form of a department: by the hidden row of ids and the districts' names, wherever they have moved."""

from __future__ import annotations

from collections.abc import Mapping

from ecoscore.importing.claims import Claim
from ecoscore.importing.columns import is_figure
from ecoscore.importing.context import Knowledge
from ecoscore.importing.form import form_period, say_hidden_rows, warn_of_other_scheme
from ecoscore.importing.names import name_key, proposal
from ecoscore.importing.plan import Role
from ecoscore.importing.readers.book import Sheet
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.words import is_remark, is_total
from ecoscore.model import entry_form as form
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported


class DepartmentFormReader:
    """Reads the sheet of a form; the marker's period holds for all of it, the rows name the districts."""

    def __init__(self, report: SheetReport, known: Knowledge, marks: Mapping[str, str]) -> None:
        self.report = report
        self.sheet: Sheet = report.sheet
        self.known = known
        self.marks = marks

    def read(self) -> bool:
        """Whether the sheet is the form; False leaves it to be read as any other table."""
        found = self._ids()
        if found is None:
            return False
        row, indicators = found
        header = self._header_below(row)
        period = form_period(self.report, self.known, self.marks)
        if header is None or period is None:
            return True
        warn_of_other_scheme(self.report, self.known, self.marks)
        last, district_column, note_column = header
        for number in range(row, last + 1):
            for column in self.sheet.rows.get(number, ()):
                self.report.mark(Role.HEADER, number, column)
        sound = {c: i for c, i in indicators.items() if self._title_agrees(c, i, row, last)}
        for number in (r for r in self.sheet.rows if r > last):
            self._read_row(number, district_column, note_column, sound, period)
        say_hidden_rows(self.report)
        self.report.layouts.append("部门填报表（由本软件生成）")
        return True

    def _ids(self) -> tuple[int, dict[int, Reported]] | None:
        """The row of ids, and the indicator of each column that has one."""
        for row, columns in self.sheet.rows.items():
            texts = {column: self.sheet.at(row, column).text.strip() for column in columns}
            if form.INDICATOR_ID in texts.values():
                known = self.known.reported_by_id
                found = {column: known[text] for column, text in texts.items() if text in known}
                self._say_unknown(row, texts, found)
                return (row, found) if found else None
        return None

    def _say_unknown(self, row: int, texts: Mapping[int, str], found: Mapping[int, Reported]) -> None:
        for column, text in texts.items():
            if text and text != form.INDICATOR_ID and column not in found:
                self.report.error(
                    "unknown_indicator",
                    f"填报表中的指标代码“{text}”不在方案中，该列未读取",
                    "请核对是否使用了本方案的填报表",
                    (row, column),
                )

    def _header_below(self, row: int) -> tuple[int, int, int | None] | None:
        """The last row of the header, the column of districts and that of remarks."""
        words: dict[str, int] = {}
        for number in [r for r in self.sheet.rows if r > row][:6]:
            words |= {name_key(self.sheet.at(number, column).text): column for column in self.sheet.rows[number]}
            district = words.get(name_key(form.DISTRICT))
            if name_key(form.VALUE) in words and district is not None:
                return number, district, words.get(name_key(form.NOTE))
        self.report.error("sheet_unrecognised", "填报表的表头已损坏，未读取", "请重新下发填报表")
        return None

    def _title_agrees(self, column: int, indicator: Reported, first: int, last: int) -> bool:
        """The name over a column must be that of its id, else the column has been torn apart."""
        texts = [self.sheet.label(row, column).text for row in range(first + 1, last + 1)]
        named = next((hit for text in texts if (hit := self.known.indicators.find(text).hit) is not None), None)
        if named is None or named == indicator:
            return True
        self.report.error(
            "form_row_torn",
            f"这一列的指标是“{named.title}”，隐藏的指标代码却是“{indicator.title}”",
            "该列被部分移动过：请用原来的填报表重新填写",
            (last, column),
            indicator=indicator.id,
        )
        return False

    def _read_row(
        self,
        row: int,
        district_column: int,
        note_column: int | None,
        indicators: Mapping[int, Reported],
        period: Period,
    ) -> None:
        filled = any(is_figure(self.sheet.at(row, column)) for column in indicators)
        name = self.sheet.label(row, district_column)
        if name.is_empty and not filled:
            return
        district = self._district(row, district_column, name.text, is_filled=filled)
        if district is None:
            return
        self.report.mark(Role.DISTRICT, row, district_column)
        note = self.sheet.at(row, note_column).text.strip() if note_column is not None else ""
        for column, indicator in indicators.items():
            cell = self.sheet.at(row, column)
            self.report.mark(Role.VALUE, row, column)
            # The row has one remark for all: it is the ground of what is left out, and of nothing else.
            state = cell.text.strip() if cell.text.strip() in {form.NOT_APPLICABLE, form.NOT_CONCERNED} else ""
            ground = _ground_of(indicator, note) if state else ""
            self.report.claims.append(Claim((row, column), cell, district, indicator, period, note=ground, state=state))

    def _district(self, row: int, column: int, text: str, *, is_filled: bool) -> District | None:
        match = self.known.districts.find(text)
        if match.hit is not None or not is_filled or is_remark(text) or is_total(text):
            return match.hit
        near = self.known.districts.near(text)
        self.report.error(
            "unknown_district" if text.strip() else "district_missing",
            f"没有名为“{text.strip()}”的区县" if text.strip() else f"第 {row} 行有数值但没有区县名",
            f"是否为{proposal(near)}？" if near else "请改正名称后重新导入",
            (row, column),
        )
        if text.strip():
            self.report.ask_name(text.strip(), near, (row, column), is_district=True)
        return None


def _ground_of(indicator: Reported, note: str) -> str:
    """The indicator's own line of a remark that has such lines, else the whole of it."""
    lines = [line.strip() for line in note.splitlines()]
    start = indicator.title + form.GROUND_MARK
    own = [line.removeprefix(start) for line in lines if line.startswith(start)]
    if own:
        return own[0]
    return "" if len(lines) > 1 and all(form.GROUND_MARK in line for line in lines) else note
