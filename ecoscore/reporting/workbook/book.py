"""The workbook file: written whole, formulas and cached values only as we mean them, looks and protection alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from ecoscore.atomic import write_whole
from ecoscore.reporting.view_parts import PaperMeta
from ecoscore.reporting.workbook.formats import SONG, Formats
from ecoscore.reporting.workbook.names import escape_footer
from ecoscore.reporting.workbook.sheet import Sheet

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": SONG, "font_size": 10},
}
_A4 = 9
# Everything a reader may want to do to a protected sheet but overwrite what is computed.
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True, "objects": True}


class Book:
    """One workbook being written."""

    def __init__(self, path: Path, title: str, meta: PaperMeta) -> None:
        self.raw = xlsxwriter.Workbook(str(path), dict(_OPTIONS))
        self.raw.set_properties({
            "title": title[:250], "author": (meta.issuer or meta.organisation)[:250],
            "comments": "EcoScore 绿色政绩考核" + (f" {meta.code}" if meta.code else ""),
        })  # fmt: skip
        self.raw.set_calc_mode("auto")
        self.formats = Formats(self.raw)
        self.meta = meta
        self.sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        sheet = Sheet(self.raw.add_worksheet(name), self.formats)
        self.sheets.append(sheet)
        return sheet

    def define(self, name: str, reference: str) -> None:
        self.raw.define_name(name, f"={reference}")

    def page(self, sheet: Sheet, *, landscape: bool = False, foot: str = "") -> None:
        """A4, one page wide, as many high as it takes; page numbers below, a draft's mark above."""
        raw = sheet.raw
        raw.set_paper(_A4)
        if landscape:
            raw.set_landscape()
        raw.fit_to_pages(1, 0)
        raw.center_horizontally()
        raw.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
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
