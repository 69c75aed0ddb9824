"""Repeats rows of a loaded sheet: cells with their looks, heights, merges and links move; what is below moves down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ecoscore.reporting.templates.cells import Cells, cells_of, look_of, set_cells, set_raw, twin
from ecoscore.reporting.templates.formula import Place, moved
from ecoscore.reporting.templates.rows import Block, RowMap

_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Home:
    """Where a cell of the filled sheet comes from: its row in the form, its block and which copy."""

    row: int
    block: Block | None
    copy: int


def spread(sheet: Worksheet, rowmap: RowMap) -> dict[int, Home]:
    """Repeat the rows; gives for every row of the new sheet where it comes from. Formulas are not yet rewritten."""
    homes: dict[int, Home] = {}
    top = max([sheet.max_row, *(int(r) for r in sheet.row_dimensions), *(b.last for b in rowmap.blocks)], default=1)
    for row in range(1, top + 1):
        for n, new in enumerate(rowmap.copies(row)):
            homes[new] = Home(row, rowmap.block_of(row), n)
    if not rowmap.moves:
        return homes
    _spread_cells(sheet, rowmap)
    _spread_heights(sheet, rowmap)
    merged = [r for one in sheet.merged_cells for r in ranges(one, rowmap)]
    for area in merged:
        _hollow(sheet, area)
    sheet.merged_cells = MultiCellRange(merged)
    return homes


def _hollow(sheet: Worksheet, area: CellRange) -> None:
    """A merge holds one cell: others that came into it with the copies keep their look only."""
    cells = cells_of(sheet)
    for row, column in area.cells:
        cell = cells.get((row, column))
        if (row, column) != (area.min_row, area.min_col) and isinstance(cell, Cell):
            cells[row, column] = twin(sheet, cell, row, hollow=True)


def _spread_cells(sheet: Worksheet, rowmap: RowMap) -> None:
    cells: Cells = {}
    for (row, column), cell in sorted(cells_of(sheet).items()):
        first, *others = rowmap.copies(row)
        for new in others:
            cells[new, column] = twin(sheet, cell, new)
        cell.row = first
        if isinstance(cell, Cell) and cell.hyperlink is not None:
            cell.hyperlink.ref = cell.coordinate
        cells[first, column] = cell
    set_cells(sheet, cells)


def _spread_heights(sheet: Worksheet, rowmap: RowMap) -> None:
    dimensions = sheet.row_dimensions
    old = dict(dimensions.items())
    dimensions.clear()
    for row, one in sorted(old.items()):
        for new in rowmap.copies(int(row)):
            dimensions[new] = RowDimension(
                sheet, index=new, ht=one.ht, hidden=one.hidden, outlineLevel=one.outlineLevel,
                collapsed=one.collapsed, thickBot=one.thickBot, thickTop=one.thickTop,
                s=look_of(one),
            )  # fmt: skip


def ranges(area: CellRange, rowmap: RowMap) -> Iterable[CellRange]:
    """What an area becomes: repeated where it lies within a repeated block, stretched where it only touches one."""
    top, bottom = area.min_row, area.max_row
    block = rowmap.block_of(top)
    if bottom >= _LAST_ROW:
        return [_area(area, rowmap.first(top), _LAST_ROW)]
    if block is not None and bottom in block:
        return [_area(area, rowmap.at(top, n), rowmap.at(bottom, n)) for n in range(rowmap.count_of(block))]
    return [_area(area, rowmap.first(top), rowmap.last(bottom))]


def stretched(area: CellRange, rowmap: RowMap) -> Iterable[CellRange]:
    """The same, with the copies of a whole block as one area."""
    found = list(ranges(area, rowmap))
    block = rowmap.block_of(area.min_row)
    if len(found) > 1 and block is not None and (area.min_row, area.max_row) == (block.first, block.last):
        return [_area(area, found[0].min_row, found[-1].max_row)]
    return found


def _area(area: CellRange, top: int, bottom: int) -> CellRange:
    return CellRange(min_col=area.min_col, max_col=area.max_col, min_row=top, max_row=bottom)


def rewrite_formulas(sheet: Worksheet, homes: Mapping[int, Home], maps: Mapping[str, RowMap]) -> None:
    """Every formula of the sheet for the place it has now."""
    rowmap = maps[sheet.title]
    for (row, _), cell in cells_of(sheet).items():
        home = homes[row]
        place = Place(sheet.title, home.block, home.copy)
        value = cell.value
        if isinstance(value, ArrayFormula):
            top = CellRange(value.ref)
            height = top.max_row - top.min_row
            last = row if home.block and height < home.block.height else rowmap.last(top.max_row)
            area = _area(top, row, max(last, row + (height if home.block else 0)))
            set_raw(cell, ArrayFormula(area.coord, moved(value.text or "=", place, maps).text))
        elif isinstance(value, DataTableFormula):
            value.ref = next(iter(ranges(CellRange(value.ref), rowmap))).coord
            value.r1, value.r2 = (r and moved(f"={r}", place, maps).text[1:] for r in (value.r1, value.r2))
        elif cell.data_type == "f" and isinstance(value, str):
            set_raw(cell, moved(value, place, maps).text)
        link = getattr(cell, "hyperlink", None)
        if isinstance(link, Hyperlink) and link.location and "!" in link.location:
            link.location = moved(f"={link.location}", place, maps).text[1:]
