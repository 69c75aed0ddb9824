"""Writes grids of cells as the programs of officials write them: Excel, WPS, old WPS (.et), openpyxl, plain text.

Excel's way is XlsxWriter's (shared strings, styles, calculated formulas); WPS's are xlwt's BIFF and XML of our own with
the oddities that WPS is known for; LibreOffice makes its files itself. Every file is the same in each run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.utils import get_column_letter, range_boundaries

Grid = Sequence[Sequence[Any]]
_DATE = (2025, 1, 15, 9, 0, 0)
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")


class Shown(NamedTuple):
    """A stored number (or text) and the number format it is shown in."""

    value: Any
    format: str


class Formula(NamedTuple):
    """A formula and the result stored beside it; None where nobody calculated it."""

    text: str
    cached: Any = None


@dataclass(frozen=True)
class Page:
    """One sheet: its rows, and what is merged ("A1:C1"), hidden (rows, column letters, all of it) or commented."""

    rows: Grid
    merges: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    hidden: bool = False
    comments: Mapping[str, str] = field(default_factory=dict)


Pages = Mapping[str, Page | Grid]


def _pages(sheets: Pages) -> dict[str, Page]:
    return {name: page if isinstance(page, Page) else Page(page) for name, page in sheets.items()}


def excel(path: Path, sheets: Pages) -> None:
    """As Excel writes it."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
        formats = {"": book.add_format({"border": 1})}
        for name, page in _pages(sheets).items():
            sheet = book.add_worksheet(name)
            for area in page.merges:
                sheet.merge_range(area, "", head)
            for r, row in enumerate(page.rows):
                for c, cell in enumerate(row):
                    _write_excel(book, sheet, formats, r, c, cell)
            for row in page.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for letter in page.hidden_columns:
                sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
            for at, text in page.comments.items():
                sheet.write_comment(at, text)
            if page.hidden:
                sheet.hide()
    settle(path)


def _write_excel(book: Any, sheet: Any, formats: dict[str, Any], r: int, c: int, cell: Any) -> None:
    code = cell.format if isinstance(cell, Shown) else ""
    if code not in formats:
        formats[code] = book.add_format({"num_format": code, "border": 1})
    look = formats[code]
    value = cell.value if isinstance(cell, Shown) else cell
    if isinstance(value, Formula):
        sheet.write_formula(r, c, value.text, look, "" if value.cached is None else value.cached)
    elif isinstance(value, str):
        sheet.write_string(r, c, value, look)
    elif value is not None:
        sheet.write(r, c, value, look)


def by_openpyxl(path: Path, sheets: Pages) -> None:
    """As scripts write it: inline-free, formulas never calculated."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, page in _pages(sheets).items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(page.rows, 1):
            for c, cell in enumerate(row, 1):
                value = cell.value if isinstance(cell, Shown) else cell
                if value is None:
                    continue
                target = sheet.cell(r, c, value.text if isinstance(value, Formula) else value)
                if isinstance(cell, Shown):
                    target.number_format = cell.format
        for area in page.merges:
            sheet.merge_cells(area)
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for letter in page.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    book.save(path)
    settle(path)


def old_wps(path: Path, sheets: Pages) -> None:
    """BIFF8, as old Excel and WPS .et hold it."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, page in _pages(sheets).items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for r, row in enumerate(page.rows):
            for c, cell in enumerate(row):
                value = cell.value if isinstance(cell, Shown) else cell
                style = xlwt.easyxf(num_format_str=cell.format) if isinstance(cell, Shown) else xlwt.easyxf()
                if isinstance(value, Formula):
                    sheet.write(r, c, xlwt.Formula(value.text.lstrip("=")), style)
                elif value is not None:
                    sheet.write(r, c, value, style)
        for area in page.merges:
            c1, r1, c2, r2 = range_boundaries(area)
            held = page.rows[r1 - 1][c1 - 1] if c1 <= len(page.rows[r1 - 1]) else None
            sheet.write_merge(r1 - 1, r2 - 1, c1 - 1, c2 - 1, held)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        for letter in page.hidden_columns:
            sheet.col(ord(letter) - 65).hidden = True
        sheet.visibility = int(page.hidden)
    book.save(str(path))


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HIDDEN_SHEET = ' state="hidden"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def new_wps(path: Path, sheets: Pages) -> None:
    """Workbook XML as WPS writes it: a dimension of A1, blank cells with styles, absolute targets, rich texts."""
    pages = _pages(sheets)
    strings: list[str] = []
    codes = ["General"]
    parts = {}
    for number, page in enumerate(pages.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _wps_sheet(page, strings, codes)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}"{_HIDDEN_SHEET if page.hidden else ""} r:id="rId{n}"/>'
        for n, (name, page) in enumerate(pages.items(), 1)
    )
    count = len(pages)
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELS}/worksheet" Target="/xl/worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    rels += f'<Relationship Id="rId{count + 1}" Type="{_RELS}/styles" Target="/xl/styles.xml"/>'
    rels += f'<Relationship Id="rId{count + 2}" Type="{_RELS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    custom = "".join(f'<numFmt numFmtId="{176 + n}" formatCode={quoteattr(c)}/>' for n, c in enumerate(codes[1:]))
    used = "".join(f'<xf numFmtId="{0 if n == 0 else 175 + n}" applyNumberFormat="1"/>' for n in range(len(codes)))
    parts |= {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations(f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="/xl/workbook.xml"/>'),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><fileVersion appName="et"/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(rels),
        "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts>{custom}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}" count="{len(strings)}">{"".join(strings)}</sst>',
    }
    packed(path, parts)


def _wps_sheet(page: Page, strings: list[str], codes: list[str]) -> str:
    rows = []
    for r, row in enumerate(page.rows, 1):
        cells = "".join(_wps_cell(r, c, cell, strings, codes) for c, cell in enumerate(row, 1))
        hidden = ' hidden="1"' if r in page.hidden_rows else ""
        rows.append(f'<row r="{r}" spans="1:{len(row)}" ht="18" customHeight="1"{hidden}>{cells}</row>')
    columns = "".join(
        f'<col min="{ord(x) - 64}" max="{ord(x) - 64}" width="0" hidden="1"/>' for x in page.hidden_columns
    )
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in page.merges)
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheetPr/><dimension ref="A1"/>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{''.join(rows)}</sheetData>"
        f"{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>"
    )


def _wps_cell(r: int, c: int, cell: Any, strings: list[str], codes: list[str]) -> str:
    at, style, value = f"{get_column_letter(c)}{r}", 0, cell
    if isinstance(cell, Shown):
        value = cell.value
        if cell.format not in codes:
            codes.append(cell.format)
        style = codes.index(cell.format)
    if value is None:
        return f'<c r="{at}" s="{style}"/>'
    if isinstance(value, Formula):
        result = f"<v>{escape(str(value.cached))}</v>" if value.cached is not None else ""
        kind = ' t="str"' if isinstance(value.cached, str) else ""
        return f'<c r="{at}" s="{style}"{kind}><f>{escape(value.text.lstrip("="))}</f>{result}</c>'
    if isinstance(value, str):
        half = len(value) // 2  # WPS keeps differently coloured pieces of a text as runs
        if half and value.isalpha():
            runs = f"<r><rPr><b/></rPr><t>{escape(value[:half])}</t></r><r><t>{escape(value[half:])}</t></r>"
            strings.append(f'<si>{runs}<rPh sb="0" eb="1"><t>pinyin</t></rPh></si>')
        else:
            strings.append(f'<si><t xml:space="preserve">{escape(value)}</t></si>')
        return f'<c r="{at}" s="{style}" t="s"><v>{len(strings) - 1}</v></c>'
    return f'<c r="{at}" s="{style}"><v>{value!r}</v></c>'


def _relations(inner: str) -> str:
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def text(path: Path, rows: Grid, encoding: str = "utf-8", mark: str = ",") -> None:
    """Delimited text as Excel, WPS and statistics programs save it."""
    lines = [mark.join(_quoted("" if cell is None else str(cell), mark) for cell in row) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))


def _quoted(field_: str, mark: str) -> str:
    return f'"{field_}"' if mark in field_ or "\n" in field_ else field_


def packed(path: Path, parts: Mapping[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> None:
    """A zip of these parts, with a fixed date."""
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = kind
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def settle(path: Path) -> None:
    """Take the time of writing out of a workbook: its parts' dates, and what its properties say."""
    parts = {
        name: _STAMP.sub(b"2025-01-15T09:00:00Z", data) if name.startswith(("docProps/", "meta.xml")) else data
        for name, data in parts_of(path).items()
        if not name.startswith("Thumbnails/") and not name.endswith("/")
    }
    packed(path, parts)
