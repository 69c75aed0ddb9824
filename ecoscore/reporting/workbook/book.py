"""The workbook file: written whole, formulas and cached values only as we mean them, looks and protection alike."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ecoscore.atomic import write_whole
from ecoscore.reporting.marks import properties
from ecoscore.reporting.view_parts import PaperMeta
from ecoscore.reporting.workbook.formats import SONG, Formats
from ecoscore.reporting.workbook.names import escape_footer
from ecoscore.reporting.workbook.sheet import Sheet

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_format_properties": {"font_name": SONG, "font_size": 10},
}
_A4, _A3 = 9, 8
# What the margins leave of an upright A4 page, in points; a little less, since programs differ.
_MARGINS = {"left": 0.6, "right": 0.6, "top": 0.7, "bottom": 0.7}
PAGE_WIDTH, PAGE_HEIGHT = 595.0 - 72 * 1.2, 842.0 - 72 * 1.4 - 12
_WIDE_ROOM = (1191.0 - 72 * 1.2) / 0.6  # of an A3 page lying down, at the smallest print one can read
# Everything a reader may want to do to a protected sheet but overwrite what is computed.
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True, "objects": True}


class _Worksheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A worksheet that takes our formulas as they are: we use none of the newer functions that need a prefix, and
    looking for them in every formula is a third of the time a workbook takes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - its signature
        return formula.removeprefix("=")


class Book:
    """One workbook being written."""

    def __init__(self, path: Path, title: str, meta: PaperMeta) -> None:
        self.raw = xlsxwriter.Workbook(str(path), dict(_OPTIONS))
        self.raw.set_properties({
            "title": title[:250], "author": (meta.issuer or meta.organisation)[:250],
            "comments": "EcoScore 绿色政绩考核" + (f" {meta.code}" if meta.code else ""),
        })  # fmt: skip
        for name, value in properties(meta):
            self.raw.set_custom_property(name, value, "text")
        self.raw.set_calc_mode("auto")
        self.formats = Formats(self.raw)
        self.meta = meta
        self.sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        sheet = Sheet(self.raw.add_worksheet(name, worksheet_class=_Worksheet), self.formats)
        self.sheets.append(sheet)
        return sheet

    def define(self, name: str, reference: str) -> None:
        self.raw.define_name(name, f"={reference}")

    def define_number(self, name: str, value: float) -> None:
        self.raw.define_name(name, f"={value:.15g}")

    def page(self, sheet: Sheet, *, landscape: bool = False, foot: str = "", columns: int = 0) -> None:
        """A4, one page wide, as many high as it takes; page numbers below, a draft's mark above.

        A calculation of many `columns` lies on A3, on as many pages side by side as keep it readable.
        """
        raw = sheet.raw
        raw.set_paper(_A3 if columns else _A4)
        if landscape:
            raw.set_landscape()
        raw.fit_to_pages(max(1, math.ceil(sheet.width_to(columns) / _WIDE_ROOM)), 0)
        raw.center_horizontally()
        raw.set_margins(**_MARGINS)
        left = "　".join(part for part in (foot, self.meta.issuer, self.meta.code) if part)
        raw.set_footer(f"&L&9{escape_footer(left)}&C&9第 &P 页，共 &N 页" if left else "&C&9第 &P 页，共 &N 页")
        if self.meta.watermark:
            raw.set_header(f"&C&16{escape_footer(self.meta.watermark)}")

    def close(self) -> None:
        for sheet in self.sheets:
            sheet.flush()
            sheet.raw.protect("", dict(_ALLOWED))
        self.raw.close()


@contextmanager
def workbook(path: Path, title: str, meta: PaperMeta) -> Iterator[Book]:
    """A book that replaces `path` once it is complete."""
    with write_whole(path) as temporary:
        book = Book(temporary, title, meta)
        yield book
        book.close()
