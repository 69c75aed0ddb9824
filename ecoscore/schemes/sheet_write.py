"""A scheme written as the workbook in which people edit it: drop-downs, remarks on headers, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ecoscore.atomic import write_whole
from ecoscore.model.scheme import Scheme
from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_problems import in_words
from ecoscore.schemes.sheet_rows import Row, SchemeRows, scheme_rows
from ecoscore.schemes.sheet_rule import CellValue, figure, rule_guide

_INK, _LINE, _HEAD, _NEEDED, _MUTED = "#1F2A30", "#B9C4BF", "#E7EEEA", "#D3E3DA", "#5C6A70"
_SPARE_ROWS = 200
_PAGE_WIDTH = 128  # Characters across A4 landscape.
_FROZEN: Mapping[str, int] = {w.INDICATORS: 3, w.GROUPS: 2, w.ADJUSTMENTS: 2, w.INPUTS: 2, w.COMPENSATION: 2}
_GUIDE = (
    "1. 方案由“方案”“组”“指标”“加减分”“等次”“基础数据”“补偿”各表组成，改好后存为 .xlsx，在软件里选它作方案即可。",
    "2. 行的次序就是方案里的次序，可以调换；列也可以移动，但不要改列名。可以空行，可以加自己的工作表（不读）。",
    "3. 深色表头的列必填，其余留空即按说明里的通常规定。把鼠标停在表头上可看每列怎样填。",
    "4. 数值写数字，不带单位，不用百分比格式（“存量占比”除外）。全角数字可以。",
    "5. 不要改“标识”：历年数据按标识对应。新增的指标自拟一个不重复的标识。",
    "6. 填错的地方，软件会一次列出全部：在哪张表、哪个单元格、应怎样改；有错时不会读入半份方案。",
)


def write_scheme_workbook(path: Path, scheme: Scheme) -> None:
    """Write the workbook whole or not at all; `read_scheme_workbook` reads an equal scheme back from it."""
    rows = scheme_rows(scheme)
    with write_whole(path) as temporary:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        }
        book = xlsxwriter.Workbook(str(temporary), options)
        book.set_properties({"title": scheme.title, "comments": "EcoScore 绿色政绩考核 方案工作簿"})
        _Book(book, scheme).write(rows)
        book.close()


class _Book:
    """One workbook in the making."""

    def __init__(self, book: xlsxwriter.Workbook, scheme: Scheme) -> None:
        self.book, self.scheme = book, scheme
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self, rows: SchemeRows) -> None:
        self._about()
        self._settings(rows.settings)
        for sheet in w.SHEETS:
            if sheet in rows.tables:
                self._table(sheet, rows.tables[sheet])

    def _format(self, **properties: Any) -> Format:
        whole = {"font_name": "宋体", "font_size": 10, "font_color": _INK, "valign": "vcenter", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    def _framed(self, **properties: Any) -> Format:
        return self._format(border=1, border_color=_LINE, **properties)

    def _head(self, *, needed: bool = False) -> Format:
        colour = _NEEDED if needed else _HEAD
        return self._framed(font_name="黑体", bg_color=colour, align="center", text_wrap=True)

    def _sheet(self, name: str, *, landscape: bool) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        title = self.scheme.title.replace("&", "&&")
        sheet.set_header(f'&L&"宋体"&9{title}&R&"宋体"&9{name}'[:255])
        sheet.set_footer('&C&"宋体"&9第 &P 页，共 &N 页')
        return sheet

    def _about(self) -> None:
        sheet = self._sheet(w.ABOUT, landscape=True)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, 2, 96)
        edition = f"（{self.scheme.edition}版）" if self.scheme.edition else ""
        sheet.merge_range(0, 0, 0, 2, "", self._format(font_name="黑体", font_size=16))
        sheet.write_string(0, 0, f"{self.scheme.title}{edition}", self._format(font_name="黑体", font_size=16))
        sheet.set_row(0, 30)
        for n, line in enumerate(_GUIDE, start=1):
            sheet.merge_range(n, 0, n, 2, "", self._format(text_wrap=True))
            sheet.write_string(n, 0, line, self._format(text_wrap=True))
            sheet.set_row(n, 18)
        top = len(_GUIDE) + 2
        for column, title in enumerate(("计分法", "用到的列", "“其他参数”里可写的")):
            sheet.write_string(top, column, title, self._head())
        for n, (title, columns, others) in enumerate(rule_guide(), start=top + 1):
            for column, text in enumerate((title, columns, in_words(others))):
                sheet.write_string(n, column, text, self._framed(text_wrap=True, indent=1))
            sheet.set_row(n, 15 * max(1, _lines(others, 96)) + 4)
        sheet.fit_to_pages(1, 0)

    def _settings(self, values: Row) -> None:
        sheet = self._sheet(w.SETTINGS, landscape=False)
        for column, (title, width) in enumerate(((w.NAME, 24), (w.VALUE, 48), (w.REMARK, 46))):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self._head())
        sheet.set_row(0, 24)
        for row, setting in enumerate(w.SETTING_ROWS, start=1):
            if not setting.key:
                sheet.merge_range(row, 0, row, 2, "", self._framed(bg_color=_HEAD, font_name="黑体"))
                sheet.write_string(row, 0, setting.title, self._framed(bg_color=_HEAD, font_name="黑体"))
                sheet.set_row(row, 20)
                continue
            value = values.get(setting.title)
            sheet.write_string(row, 0, setting.title, self._framed(indent=1))
            self._value(sheet, row, 1, value, self._framed(text_wrap=True, align="left", indent=1))
            note = setting.note or ("从下拉表里选" if setting.choices or setting.kind == "flag" else "")
            sheet.write_string(row, 2, note, self._framed(text_wrap=True, font_color=_MUTED, indent=1))
            lines = max(_lines(str(value or ""), 44), _lines(note, 44))
            sheet.set_row(row, 14 * lines + 6)
            # The baseline may also be a period, so its list proposes without forbidding.
            self._choices(sheet, row, row, 1, setting.kind, setting.choices, strict=setting.key != "baseline")
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def _table(self, name: str, rows: list[Row]) -> None:
        columns = w.COLUMNS[name]
        sheet = self._sheet(name, landscape=True)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, self._head(needed=column.needed))
            if column.note:
                size = {"x_scale": 1.6, "y_scale": 0.55 + 0.25 * _lines(column.note, 36), "font_size": 9}
                sheet.write_comment(0, at, column.note, {"author": "EcoScore", "font_name": "宋体", **size})
        sheet.set_row(0, 34)
        last = len(rows) + _SPARE_ROWS
        for at, column in enumerate(columns):
            self._choices(sheet, 1, last, at, column.kind, column.choices)
            if column.kind == "group":
                source = f"={w.GROUPS}!$B$2:$B${last + 1}"
                options = {"validate": "list", "source": source, "error_type": "warning", "error_title": "所属组"}
                message = "“组”表里没有这个名称。名称重复的组可以写标识。"
                sheet.data_validation(1, at, last, at, {**options, "error_message": message})
        for number, row in enumerate(rows, start=1):
            self._row(sheet, number, columns, row)
        sheet.freeze_panes(1, _FROZEN.get(name, 1))
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.repeat_rows(0)
        if name == w.INDICATORS:
            # Too wide for one page: the names are repeated beside the rest.
            sheet.repeat_columns(0, 2)
            sheet.set_paper(8)
            sheet.fit_to_pages(2, 0)
        elif sum(c.width for c in columns) > _PAGE_WIDTH:  # Some programs would blow a narrow table up to the page.
            sheet.fit_to_pages(1, 0)

    def _row(self, sheet: Worksheet, number: int, columns: tuple[w.Column, ...], row: Row) -> None:
        lines = 1
        for at, column in enumerate(columns):
            value = row.get(column.title)
            if column.kind in {"number", "ratio"}:
                look = self._framed(align="right", indent=1, num_format="General")
            elif column.kind in {"flag", "choice", "bound"}:
                look = self._framed(align="center", text_wrap=True)
            else:
                look = self._framed(text_wrap=True, indent=1)
            self._value(sheet, number, at, value, look)
            if isinstance(value, str):
                lines = max(lines, _lines(value, column.width - 2))
        sheet.set_row(number, min(13.5 * lines + 6, 150))

    def _value(self, sheet: Worksheet, row: int, column: int, value: CellValue, look: Format) -> None:
        if value is None:
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, look)
        elif float(f"{value:.16G}") == value:
            sheet.write_number(row, column, value, look)
        else:
            # A cell keeps 16 digits, a float may need 17: as text it is read back exactly.
            sheet.write_string(row, column, figure(value), look)

    def _choices(
        self, sheet: Worksheet, first: int, last: int, column: int, kind: w.Kind, choices: Mapping[str, str],
        *, strict: bool = True,
    ) -> None:  # fmt: skip
        words = [w.YES, w.NO] if kind == "flag" else list(choices.values())
        if not words:
            return
        options: dict[str, Any] = {"validate": "list", "source": words, "error_type": "stop" if strict else "warning"}
        options |= {"error_title": "请从下拉表里选", "error_message": f"可选：{'、'.join(words)}"[:225]}
        sheet.data_validation(first, column, last, column, options)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: a Chinese character is two digits wide."""
    return sum(
        max(1, -(-sum(2 if ord(c) > 0x2E7F else 1 for c in line) // max(int(width), 1))) for line in text.split("\n")
    )
