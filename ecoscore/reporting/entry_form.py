"""The entry workbook sent to one district: locked but for what is to be filled in, and read back exactly by the import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ecoscore.atomic import write_whole
from ecoscore.model import entry_form as form
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import DIRECTION_TITLES, Indicator, Reported, Scheme

_WIDTHS = {
    form.NUMBER: 5, form.GROUP: 15, form.INDICATOR: 34, form.UNIT: 13, form.NATURE: 11, form.TARGET: 9,
    form.LAST_YEAR: 9, form.VALUE: 11, form.STATE: 9, form.NOTE: 26, form.INDICATOR_ID: 12,
}  # fmt: skip
_HEADER_ROW = 3
INK, LINE, HEAD, INPUT = "#1F2A30", "#8A9792", "#E7EEEA", "#FFFBEA"
_NOTES = (
    "1. 只填浅黄色的单元格：本年值、状态、说明；其余内容已锁定。",
    "2. 本年值填数字，不带单位；百分数填 86.4，不填 0.864。约数、“≥95”、“无”等不能读取。",
    "3. 确实不适用的，状态选“不适用”并在说明中写明理由；没有数据的留空，按未报处理。",
    "4. 请勿改名、删除或另建工作表；可以调整行序和列宽。填好后直接退回本文件（.xlsx）。",
)
LARGEST = 1e15


def write_entry_form(
    path: Path,
    scheme: Scheme,
    district: District,
    period: Period,
    last_year: Mapping[str, Observation],
    current: Mapping[str, Observation],
    targets: Mapping[str, float],
) -> None:
    """Write the form of one district and period; the mappings are by indicator id.

    What is known for the period already (`current`) is filled in, so that a second round corrects the first.
    """
    with write_whole(path) as temporary:
        book = xlsxwriter.Workbook(
            str(temporary),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True},
        )
        book.set_properties({"title": f"{district.name}{period.title}指标填报表", "comments": "EcoScore 绿色政绩考核"})
        _Form(book, scheme, district, period).write(last_year, current, targets)
        book.close()


class _Form:
    """One workbook in the making."""

    def __init__(self, book: xlsxwriter.Workbook, scheme: Scheme, district: District, period: Period) -> None:
        self.book = book
        self.scheme = scheme
        self.district = district
        self.period = period
        self.sheet: Worksheet = book.add_worksheet(form.FORM_SHEET)
        self.column = {name: number for number, name in enumerate(form.COLUMNS)}
        self.last_visible = self.column[form.NOTE]
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(
        self, last_year: Mapping[str, Observation], current: Mapping[str, Observation], targets: Mapping[str, float]
    ) -> None:
        self._write_titles()
        row = _HEADER_ROW + 1
        for number, indicator in enumerate(self.scheme.reported, start=1):
            own_target = indicator.target if isinstance(indicator, Indicator) else None
            target = targets.get(indicator.id, own_target)
            self._write_row(row, number, indicator, last_year.get(indicator.id), current.get(indicator.id), target)
            row += 1
        self._write_foot(row + 1)
        self._set_page(row)
        self._write_marker()

    def _format(self, **properties: Any) -> Format:
        """One format per look; every cell says itself whether it is locked."""
        whole = {"font_name": "宋体", "font_size": 10, "font_color": INK, "valign": "vcenter", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    def _framed(self, **properties: Any) -> Format:
        return self._format(border=1, border_color=LINE, **properties)

    def _write_titles(self) -> None:
        title = f"{self.district.name}{self.period.title}指标填报表"
        big = self._format(font_name="黑体", font_size=18, align="center")
        self.sheet.merge_range(0, 0, 0, self.last_visible, "", big)
        self.sheet.write_string(0, 0, title, big)
        self.sheet.set_row(0, 34)
        edition = f"（{self.scheme.edition}版）" if self.scheme.edition else ""
        self._line(1, f"填报单位：{self.district.name}", f"考核期：{self.period.title}")
        self._line(2, f"考核方案：《{self.scheme.title}》{edition}", "")
        head = self._framed(font_name="黑体", bg_color=HEAD, align="center", text_wrap=True)
        for name, column in self.column.items():
            self.sheet.write_string(_HEADER_ROW, column, name, head)
            options = {"hidden": True} if name == form.INDICATOR_ID else {}
            self.sheet.set_column(column, column, _WIDTHS[name], None, options)
        self.sheet.set_row(_HEADER_ROW, 24)

    def _line(self, row: int, left: str, right: str) -> None:
        """A line above or below the table, its right part flush right."""
        middle = self.column[form.NATURE]
        for first, last, text, align in ((0, middle, left, "left"), (middle + 1, self.last_visible, right, "right")):
            look = self._format(align=align)
            self.sheet.merge_range(row, first, row, last, "", look)
            self.sheet.write_string(row, first, text, look)
        self.sheet.set_row(row, 18)

    def _write_row(
        self,
        row: int,
        number: int,
        indicator: Reported,
        last_year: Observation | None,
        current: Observation | None,
        target: float | None,
    ) -> None:
        group, nature = self._kind(indicator)
        centred, left = self._framed(align="center"), self._framed(text_wrap=True, indent=1)
        figure = self._framed(align="right", indent=1, num_format="General")
        self._number(row, form.NUMBER, float(number), centred)
        self._text(row, form.GROUP, group, left)
        self._text(row, form.INDICATOR, indicator.title, left)
        self._text(row, form.UNIT, indicator.unit or "—", self._framed(align="center", text_wrap=True))
        self._text(row, form.NATURE, nature, centred)
        self._number(row, form.TARGET, target, figure)
        self._observed(row, form.LAST_YEAR, last_year, figure)
        entry = self._framed(align="right", indent=1, bg_color=INPUT, locked=False, num_format="General")
        self._observed(row, form.VALUE, current, entry)
        state = _state_of(current)
        self._text(row, form.STATE, state, self._framed(align="center", bg_color=INPUT, locked=False))
        note = (current.note if current is not None else "") or ""
        self._text(row, form.NOTE, note, self._framed(indent=1, bg_color=INPUT, locked=False, text_wrap=True))
        self._text(row, form.INDICATOR_ID, indicator.id, self._framed())
        self._validate(row, indicator)
        self.sheet.set_row(row, 24 if len(indicator.title) <= 17 and len(note) <= 13 else 30)

    def _kind(self, indicator: Reported) -> tuple[str, str]:
        """Which group a row belongs to, and what a district should know of it."""
        if not isinstance(indicator, Indicator):
            return "基础数据", "不计分"
        nature = DIRECTION_TITLES[indicator.direction] + ("、约束性" if indicator.binding else "")
        if indicator.formula is not None:
            nature += "、可由基础数据算出"
        return self.scheme.group_of(indicator.id).title, nature

    def _observed(self, row: int, name: str, observation: Observation | None, look: Format) -> None:
        """A value, or blank; that last year's was not applicable is said where its value would stand."""
        if observation is not None and observation.status.is_left_out and name == form.LAST_YEAR:
            self._text(row, name, observation.status.title, look)
        else:
            self._number(row, name, observation.value if observation is not None else None, look)

    def _text(self, row: int, name: str, text: str, look: Format) -> None:
        if text:
            self.sheet.write_string(row, self.column[name], text[:32767], look)
        else:
            self.sheet.write_blank(row, self.column[name], None, look)

    def _number(self, row: int, name: str, value: float | None, look: Format) -> None:
        if value is None:
            self.sheet.write_blank(row, self.column[name], None, look)
        else:
            self.sheet.write_number(row, self.column[name], value, look)

    def _validate(self, row: int, indicator: Reported) -> None:
        """The valid range in the cell itself, with words for what to type; the import checks it again."""
        low, high = indicator.valid or (None, None)
        unit = indicator.unit or "无量纲"
        if low is None and high is None:
            span, bounds = "数值", {"criteria": "between", "minimum": -LARGEST, "maximum": LARGEST}
        elif high is None:
            span, bounds = f"不小于 {low:g} 的数值", {"criteria": ">=", "value": low}
        elif low is None:
            span, bounds = f"不大于 {high:g} 的数值", {"criteria": "<=", "value": high}
        else:
            span, bounds = f"{low:g} 至 {high:g} 之间的数值", {"criteria": "between", "minimum": low, "maximum": high}
        cell = (row, self.column[form.VALUE])
        self.sheet.data_validation(
            *cell,
            *cell,
            {
                "validate": "decimal",
                **bounds,
                "ignore_blank": True,
                "input_title": f"单位：{unit}"[:32],
                "input_message": f"请填{span}，不带单位。没有数据的留空。",
                "error_title": "数值不符合要求",
                "error_message": f"请填{span}（单位：{unit}）。不适用的请留空，并在“状态”中选“不适用”。"[:255],
            },
        )
        state = (row, self.column[form.STATE])
        self.sheet.data_validation(
            *state,
            *state,
            {
                "validate": "list",
                "source": [form.REPORTED, form.NOT_APPLICABLE, form.NOT_CONCERNED],
                "error_title": "状态不符合要求",
                "error_message": "请从下拉列表中选择。选“不涉及”的，请在“说明”中写明认定部门、文号、日期。",
            },
        )

    def _write_foot(self, row: int) -> None:
        """The signature line, open for typing, and the rules of filling in."""
        look = self._format(locked=False)
        at = self.column
        spans = ((0, at[form.GROUP], "填表人："), (at[form.INDICATOR], at[form.INDICATOR], "审核人："),
                 (at[form.UNIT], at[form.LAST_YEAR], "单位负责人（盖章）："), (at[form.VALUE], at[form.NOTE], "填报日期："))  # fmt: skip
        for first, last, text in spans:
            if first != last:
                self.sheet.merge_range(row, first, row, last, "", look)
            self.sheet.write_string(row, first, text, look)
        self.sheet.set_row(row, 24)
        small = self._format(font_size=9, text_wrap=True)
        for offset, text in enumerate(("填报说明：", *_NOTES), start=1):
            self.sheet.merge_range(row + offset, 0, row + offset, self.last_visible, "", small)
            self.sheet.write_string(row + offset, 0, text, small)
            self.sheet.set_row(row + offset, 15)
        self.last_row = row + len(_NOTES) + 1

    def _set_page(self, after: int) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.repeat_rows(_HEADER_ROW)
        sheet.print_area(0, 0, self.last_row, self.last_visible)
        # In page fields & is doubled: a name must not turn into a code.
        name = self.district.name.replace("&", "&&")
        sheet.set_footer(f'&L&"宋体"&9{name}  {self.period.title}&R&"宋体"&9第 &P 页 共 &N 页')
        sheet.freeze_panes(_HEADER_ROW + 1, self.column[form.UNIT])
        sheet.hide_gridlines(2)
        sheet.set_selection(_HEADER_ROW + 1, self.column[form.VALUE], _HEADER_ROW + 1, self.column[form.VALUE])
        sheet.ignore_errors({"number_stored_as_text": f"A1:K{after}"})
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def _write_marker(self) -> None:
        marker = self.book.add_worksheet(form.MARKER_SHEET)
        values = (form.MARKER_VERSION, self.scheme.id, self.scheme.edition, self.district.name, str(self.period))
        marker.write_string(0, 0, form.MARKER)
        for row, (key, value) in enumerate(zip(form.MARKER_KEYS, values, strict=True), start=1):
            marker.write_string(row, 0, key)
            marker.write_string(row, 1, value)
        marker.very_hidden()
        self.sheet.activate()


def _state_of(observation: Observation | None) -> str:
    if observation is None or observation.status is Status.MISSING:
        return ""
    words = {
        Status.REPORTED: form.REPORTED,
        Status.NOT_APPLICABLE: form.NOT_APPLICABLE,
        Status.NOT_CONCERNED: form.NOT_CONCERNED,
    }
    return words.get(observation.status, "")
