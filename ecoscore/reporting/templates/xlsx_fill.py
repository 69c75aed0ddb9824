"""Fills a workbook: rows repeated, fields put in, equal neighbours merged, rows made high enough, headers kept as they were."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import Element

from ecoscore.atomic import write_whole
from ecoscore.reporting.marks import properties
from ecoscore.reporting.templates.cells import cells_of, write_exactly
from ecoscore.reporting.templates.package import SheetExtras
from ecoscore.reporting.templates.resolve import Context, Resolver
from ecoscore.reporting.templates.rows import Block, RowMap
from ecoscore.reporting.templates.syntax import Field, fields_in, replaced
from ecoscore.reporting.templates.value import Value
from ecoscore.reporting.templates.xlsx_around import shift_around, shift_charts, shift_names
from ecoscore.reporting.templates.xlsx_rows import Home, rewrite_formulas, spread
from ecoscore.reporting.templates.xlsx_scan import XlsxForm
from ecoscore.reporting.templates.xlsx_text import fields_of, put, text_of
from ecoscore.reporting.workbook.paper import height_of, pixels

_HIGHEST = 409.0
_DEFAULT_WIDTH, _DEFAULT_HEIGHT, _DEFAULT_SIZE = 8.43, 15.0, 11.0


def fill_xlsx(form: XlsxForm, context: Context, resolver: Resolver, out: Path) -> None:
    """Write a filled copy of the form, whole or not at all."""
    book = form.load()
    items: dict[str, dict[Block, Any]] = {
        title: {block: block.repeat.items(context) for block in found} for title, found in form.blocks.items()
    }
    maps = {
        title: RowMap(found, tuple(len(items[title][b]) for b in found)) for title, found in form.blocks.items()
    }  # fmt: skip
    for sheet in book.worksheets:
        extras = form.extras.sheets.get(sheet.title, SheetExtras())
        homes = spread(sheet, maps[sheet.title])
        rewrite_formulas(sheet, homes, maps)
        shift_around(sheet, maps)
        filled = _fill_cells(sheet, homes, items[sheet.title], context, resolver)
        _settle_heights(sheet, homes, filled, extras)
        _fill_bands(sheet, extras, context, resolver)
        write_exactly(sheet)
    shift_names(book, maps)
    shift_charts(book, maps)
    own: Any = book  # its stubs do not know the document's own properties
    for name, value in properties(context.source.meta):
        if name in own.custom_doc_props.names:
            del own.custom_doc_props[name]
        own.custom_doc_props.append(StringProperty(name=name, value=value))
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    with write_whole(out) as path:
        book.save(path)


def _fill_cells(
    sheet: Worksheet, homes: dict[int, Home], items: dict[Block, Any], context: Context, resolver: Resolver
) -> list[Cell]:
    """Put every value in; gives the cells that were filled."""
    filled: list[Cell] = []
    runs: dict[tuple[Block, int, int], list[tuple[int, Value]]] = {}
    for (row, column), cell in sorted(cells_of(sheet).items()):
        if isinstance(cell, MergedCell) or cell.data_type == "f" or not (fields := fields_of(cell)):
            continue
        home = homes[row]
        item = items[home.block][home.copy] if home.block else None
        values = {one: _value(one, Context(context.source, context.district, item), resolver) for one in fields}
        merges = next((one for one in fields if one.merges), None)
        put(cell, values)
        filled.append(cell)
        if merges and home.block:
            runs.setdefault((home.block, home.row, column), []).append((row, values[merges]))
    for (block, _, column), run in runs.items():
        if block.height == 1:
            _merge_equal(sheet, column, run)
    return filled


def _value(field: Field, context: Context, resolver: Resolver) -> Value:
    return Value("") if field.opens or field.closes else resolver.meaning(field.name).read(context)


def _merge_equal(sheet: Worksheet, column: int, run: list[tuple[int, Value]]) -> None:
    """Equal neighbours down a column become one cell; with them what is merged sideways in each row."""
    across = {r.min_row: r.max_col for r in sheet.merged_cells.ranges if r.min_col == column and r.size["rows"] == 1}
    start = 0
    for n in range(1, len(run) + 1):
        if n < len(run) and run[n][1] == run[start][1]:
            continue
        if n - start > 1:
            top, bottom = run[start][0], run[n - 1][0]
            right = across.get(top, column)
            kept = [r for r in sheet.merged_cells.ranges if not (r.min_col == column and top <= r.min_row <= bottom)]
            sheet.merged_cells = MultiCellRange(kept)
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=right)
        start = n


def _settle_heights(sheet: Worksheet, homes: dict[int, Home], filled: list[Cell], extras: SheetExtras) -> None:
    """Rows whose height Excel found itself are left to it again; fixed ones grow where a wrapped text needs more."""
    merged = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    cells = cells_of(sheet)
    for cell in filled:
        if cells.get((cell.row, cell.column)) is not cell:
            continue  # merged away with its equals
        area = merged.get((cell.row, cell.column)) or CellRange(cell.coordinate)
        rows = range(area.min_row, area.max_row + 1)
        dimension = sheet.row_dimensions[cell.row]
        if not cell.alignment.wrap_text or cell.alignment.textRotation:
            continue
        alone = area.size == {"rows": 1, "columns": 1}
        if alone and homes[cell.row].row in extras.loose_rows:
            dimension.ht = None
            continue
        default = sheet.sheet_format.defaultRowHeight or _DEFAULT_HEIGHT
        own = [sheet.row_dimensions[r].ht if r in sheet.row_dimensions else None for r in rows]
        if alone and own == [None]:
            continue
        width = sum(_width(sheet, c) for c in range(area.min_col, area.max_col + 1))
        needed = height_of(text_of(cell.value), width, float(cell.font.sz or _DEFAULT_SIZE))
        short = needed - sum(h or default for h in own)
        if short > 0:
            last = sheet.row_dimensions[rows[-1]]
            last.ht = min(_HIGHEST, (last.ht or default) + short)


def _width(sheet: Worksheet, column: int) -> float:
    """Pixels; a column may be described together with its neighbours."""
    letter = get_column_letter(column)
    if letter in sheet.column_dimensions and sheet.column_dimensions[letter].width:
        return pixels(sheet.column_dimensions[letter].width)
    for one in sheet.column_dimensions.values():
        if one.min and one.max and one.min <= column <= one.max:
            return pixels(one.width)
    return pixels(sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH)


class _Band(HeaderFooterItem):
    """A header or footer in the very letters of the form: openpyxl's own keeps only one look a part."""

    raw: str = ""

    def to_tree(self, tagname: str) -> Any:
        node = Element(tagname)
        node.text = self.raw
        return node

    def __bool__(self) -> bool:
        return bool(self.raw)


def _fill_bands(sheet: Worksheet, extras: SheetExtras, context: Context, resolver: Resolver) -> None:
    for name, text in extras.bands.items():
        values = {}
        for one in fields_in(text):
            value = _value(one, context, resolver).text.replace("&", "&&")
            sized = re.search(r"&\d+$", text[: one.start]) is not None and value[:1].isdigit()
            values[one] = f" {value}" if sized else value  # 「&10」 and 「2024」 must not run together
        band = _Band()
        band.raw = replaced(text, values)
        setattr(sheet.HeaderFooter, name, band)
