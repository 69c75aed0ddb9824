"""Reads .xls and WPS .et (BIFF) through xlrd with formats, so that percentages, errors and hidden parts survive."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code

from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.readers.limits import LIMITS, Limits
from ecoscore.importing.readers.number_format import read_format
from ecoscore.importing.readers.ole import SIGNATURE, Container
from ecoscore.importing.readers.refusals import damaged, too_many_cells, with_password
from ecoscore.importing.readers.xlsx_cells import date_text

# What xlrd raises on a truncated or mutated file: it has no error of its own for most of them.
_BROKEN = (
    IndexError, KeyError, ValueError, TypeError, AttributeError, AssertionError, struct.error,
    UnicodeDecodeError, OverflowError, ZeroDivisionError, EOFError,
)  # fmt: skip

_BEGINS, _ENDS, _FORMULAS = {0x809, 0x409, 0x209, 0x009}, 0x00A, {0x006, 0x206, 0x406}


def read_xls(path: Path, limits: Limits = LIMITS) -> Book:
    """Every worksheet. A formula whose stored result is 0 counts as uncalculated: several programs (LibreOffice for
    texts, POI for all) write 0 where they did not calculate, and nothing tells that 0 from a true one. xlwt writes an
    empty text instead, which reads as not reported.
    """
    content = path.read_bytes()
    if content.startswith(SIGNATURE):
        container = Container(content)
        content = container.stream("Workbook" if "Workbook" in container.names else "Book")
    try:
        # Its log goes nowhere: what matters is said in findings.
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            left = limits.cells
            sheets = []
            for index in range(min(book.nsheets, limits.sheets)):
                sheet = _read_sheet(book, index, limits, left)
                left -= len(sheet.cells)
                sheets.append(sheet)
                book.unload_sheet(index)
            return Book("xls", sheets)
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise with_password() from error
        raise damaged("旧版 Excel 结构") from error
    except _BROKEN as error:
        raise damaged("旧版 Excel 结构") from error


def _read_sheet(book: xlrd.book.Book, index: int, limits: Limits, left: int) -> Sheet:
    source = book.sheet_by_index(index)
    sheet = Sheet(source.name, hidden=source.visibility != 0)
    sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {c + 1 for c, info in source.colinfo_map.items() if info.hidden and c < limits.columns}
    sheet.merges = [(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in source.merged_cells[: limits.merges]]
    suspect = _doubtful_formulas(book, index)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = source.cell(row, column)
            if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                continue
            if column >= limits.columns or row >= limits.rows:
                sheet.skipped += 1
                continue
            if len(sheet.cells) >= left:
                raise too_many_cells(limits.cells)
            code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            is_suspect = (row, column) in suspect and cell.value == 0
            kind, raw = ("uncalculated", None) if is_suspect else _value(cell, code, since_1904=book.datemode == 1)
            sheet.cells[row + 1, column + 1] = kind, raw, code
    return sheet


def _doubtful_formulas(book: xlrd.book.Book, index: int) -> set[tuple[int, int]]:
    """Where formulas lie that may never have been calculated; xlrd drops formulas, so their records are read here."""
    found: set[tuple[int, int]] = set()
    at, depth = book._sh_abs_posn[index], 0  # noqa: SLF001  xlrd's only note of where a sheet begins
    while at + 4 <= len(book.mem):
        record, length = struct.unpack_from("<HH", book.mem, at)
        if record in _BEGINS:
            depth += 1
        elif record == _ENDS:
            depth -= 1
            if depth <= 0:
                break
        elif record in _FORMULAS and depth == 1 and length >= 14:
            row, column, _, result = struct.unpack_from("<HHHd", book.mem, at + 4)
            if result == 0:
                found.add((row, column))
        at += 4 + length
    return found


def _value(cell: xlrd.sheet.Cell, code: str, *, since_1904: bool) -> tuple[str, object]:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return "text", cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "bool", bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "error", error_text_from_code.get(cell.value, "#错误")
    number = float(cell.value)
    if number != number or abs(number) == float("inf"):  # noqa: PLR0124  NaN differs from itself
        return "error", str(number)
    shown = read_format(code)
    if shown.kind == "date":
        date = date_text(number, since_1904=since_1904)
        return ("date", date) if date else ("error", "########")
    return ("percent" if shown.kind == "percent" else "number"), number
