"""The entry workbook sent to one department: a row a district, a column an indicator; read back exactly by the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ecoscore.atomic import write_whole
from ecoscore.model import entry_form as form
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported, Scheme
from ecoscore.reporting.entry_form import HEAD, INK, INPUT, LARGEST, LINE

_IDS, _TITLES, _PARTS = 3, 4, 5  # the hidden row of ids, the indicators, 上年值 and 本年值 below them
_FIRST = 6
_ON_A_PAGE = 6  # indicators
_NUMBER, _DISTRICT, _VALUES = 0, 1, 2
_NOTES = (
    "1. 只填浅黄色的单元格：本年值、说明；其余内容已锁定。",
    "2. 本年值填数字，不带单位；百分数填 86.4，不填 0.864。约数、“≥95”、“无”等不能读取。",
    "3. 确实不适用的，填“不适用”并在该区县的说明栏写明理由；经认定不涉及的，填“不涉及”并写明认定部门、文号和日期。",
    "　 没有数据的留空，按未报处理。同一区县几项理由不同的，每项一行，写作“指标名：理由”。",
    "4. 请勿改名、删除或另建工作表。填好后直接退回本文件（.xlsx）。",
)

_LEFT_OUT = {Status.NOT_APPLICABLE: form.NOT_APPLICABLE, Status.NOT_CONCERNED: form.NOT_CONCERNED}
Page = Mapping[tuple[str, str], Observation]


def write_department_form(
    path: Path,
    scheme: Scheme,
    department: str,
    indicators: Sequence[Reported],
    districts: Sequence[District],
    period: Period,
    last_year: Page,
    current: Page,
) -> None:
    """Write the form; the pages are by district and indicator. What is known for the period already is filled in."""
    with write_whole(path) as temporary:
        book = xlsxwriter.Workbook(
            str(temporary),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True},
        )
        book.set_properties({"title": f"{department}{period.title}指标填报表", "comments": "EcoScore 绿色政绩考核"})
        _Form(book, scheme, department, indicators, period).write(districts, last_year, current)
        book.close()


def _remark(grounds: Mapping[str, str]) -> str:
    """The one remark of a row: the ground of all that is left out, or each behind the name of its indicator."""
    if len(set(grounds.values())) <= 1:
        return next(iter(grounds.values()), "")
    return "\n".join(f"{title}{form.GROUND_MARK}{ground}" for title, ground in grounds.items() if ground)


class _Form:
    """One workbook in the making."""

    def __init__(
        self, book: xlsxwriter.Workbook, scheme: Scheme, department: str, indicators: Sequence[Reported], period: Period
    ) -> None:
        self.book, self.scheme, self.department = book, scheme, department
        self.indicators, self.period = indicators, period
        self.sheet: Worksheet = book.add_worksheet(form.FORM_SHEET)
        self.note_column = _VALUES + 2 * len(indicators)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self, districts: Sequence[District], last_year: Page, current: Page) -> None:
        self._write_titles()
        self._write_header()
        for n, district in enumerate(districts):
            self._write_row(_FIRST + n, n + 1, district, last_year, current)
        self._write_foot(_FIRST + len(districts) + 1)
        self._set_page()
        self._write_marker()

    def _format(self, **properties: Any) -> Format:
        whole = {"font_name": "宋体", "font_size": 10, "font_color": INK, "valign": "vcenter", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    def _framed(self, **properties: Any) -> Format:
        return self._format(border=1, border_color=LINE, **properties)

    def _write_titles(self) -> None:
        big = self._format(font_name="黑体", font_size=18)
        self.sheet.write_string(0, 0, f"{self.department}{self.period.title}指标填报表", big)
        self.sheet.set_row(0, 34)
        edition = f"（{self.scheme.edition}版）" if self.scheme.edition else ""
        plain = self._format()
        self.sheet.write_string(1, 0, f"填报部门：{self.department}　　考核期：{self.period.title}", plain)
        self.sheet.write_string(2, 0, f"考核方案：《{self.scheme.title}》{edition}", plain)

    def _write_header(self) -> None:
        head = self._framed(font_name="黑体", bg_color=HEAD, align="center", text_wrap=True)
        for column, word, width in ((_NUMBER, form.NUMBER, 5), (_DISTRICT, form.DISTRICT, 16)):
            self.sheet.merge_range(_TITLES, column, _PARTS, column, word, head)
            self.sheet.set_column(column, column, width)
        self.sheet.write_string(_IDS, _DISTRICT, form.INDICATOR_ID, self._framed())
        for indicator, column in self._columns():
            self.sheet.write_string(_IDS, column + 1, indicator.id, self._framed())
            self.sheet.merge_range(_TITLES, column, _TITLES, column + 1, indicator.title_with_unit, head)
            self.sheet.write_string(_PARTS, column, form.LAST_YEAR, head)
            self.sheet.write_string(_PARTS, column + 1, form.VALUE, head)
            self.sheet.set_column(column, column + 1, max(9, len(indicator.title_with_unit) * 0.6))
        self.sheet.merge_range(_TITLES, self.note_column, _PARTS, self.note_column, form.NOTE, head)
        self.sheet.set_column(self.note_column, self.note_column, 28)
        self.sheet.set_row(_IDS, None, None, {"hidden": True})
        self.sheet.set_row(_TITLES, 34)

    def _columns(self) -> list[tuple[Reported, int]]:
        return [(indicator, _VALUES + 2 * n) for n, indicator in enumerate(self.indicators)]

    def _write_row(self, row: int, number: int, district: District, last_year: Page, current: Page) -> None:
        self.sheet.write_number(row, _NUMBER, number, self._framed(align="center"))
        self.sheet.write_string(row, _DISTRICT, district.name, self._framed(indent=1))
        known = self._framed(align="right", indent=1)
        entry = self._framed(align="right", indent=1, bg_color=INPUT, locked=False)
        grounds: dict[str, str] = {}
        for indicator, column in self._columns():
            self._observed(row, column, last_year.get((district.name, indicator.id)), known)
            held = current.get((district.name, indicator.id))
            self._observed(row, column + 1, held, entry)
            self._validate(row, column + 1, indicator)
            if held is not None and held.status in _LEFT_OUT:
                grounds[indicator.title] = held.note or ""
        note = self._framed(indent=1, bg_color=INPUT, locked=False, text_wrap=True)
        self.sheet.write_string(row, self.note_column, _remark(grounds), note)
        self.sheet.set_row(row, 22)

    def _observed(self, row: int, column: int, observation: Observation | None, look: Format) -> None:
        if observation is not None and observation.status in _LEFT_OUT:
            self.sheet.write_string(row, column, _LEFT_OUT[observation.status], look)
        elif observation is not None and observation.value is not None:
            self.sheet.write_number(row, column, observation.value, look)
        else:
            self.sheet.write_blank(row, column, None, look)

    def _validate(self, row: int, column: int, indicator: Reported) -> None:
        """A number in the valid range, or the word for what does not apply."""
        low, high = indicator.valid or (None, None)
        least, most = (-LARGEST if low is None else low), (LARGEST if high is None else high)
        cell = xl_rowcol_to_cell(row, column)
        unit = indicator.unit or "无量纲"
        span = f"{'不限' if low is None else f'{low:g}'} 至 {'不限' if high is None else f'{high:g}'}"
        self.sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "custom",
                "value": f"=OR(AND(ISNUMBER({cell}),{cell}>={least:.15g},{cell}<={most:.15g}),"
                f'{cell}="{form.NOT_APPLICABLE}",{cell}="{form.NOT_CONCERNED}")',
                "ignore_blank": True,
                "input_title": f"单位：{unit}"[:32],
                "input_message": f"{indicator.title}：填数值（{span}），不带单位；不适用的填“不适用”。"[:255],
                "error_title": "数值不符合要求",
                "error_message": f"请填 {span} 之间的数值（单位：{unit}），或填“不适用”。"[:255],
            },
        )

    def _write_foot(self, row: int) -> None:
        signature = "填表人：　　　　　　审核人：　　　　　　部门负责人（盖章）：　　　　　　填报日期："
        self.sheet.write_string(row, 0, signature, self._format(locked=False))
        small = self._format(font_size=9)
        for offset, text in enumerate(("填报说明：", *_NOTES), start=1):
            self.sheet.write_string(row + offset, 0, text, small)

    def _set_page(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(-(-len(self.indicators) // _ON_A_PAGE), 0)
        sheet.repeat_columns(_NUMBER, _DISTRICT)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.repeat_rows(_TITLES, _PARTS)
        name = self.department.replace("&", "&&")
        sheet.set_footer(f'&L&"宋体"&9{name}  {self.period.title}&R&"宋体"&9第 &P 页 共 &N 页')
        sheet.freeze_panes(_FIRST, _VALUES)
        sheet.hide_gridlines(2)
        sheet.set_selection(_FIRST, _VALUES + 1, _FIRST, _VALUES + 1)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def _write_marker(self) -> None:
        marks = (form.MARKER_VERSION, self.scheme.id, self.scheme.edition, self.department, str(self.period))
        sheet = self.book.add_worksheet(form.MARKER_SHEET)
        sheet.write_string(0, 0, form.MARKER)
        for row, (key, value) in enumerate(zip(form.DEPARTMENT_KEYS, marks, strict=True), start=1):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        sheet.very_hidden()
