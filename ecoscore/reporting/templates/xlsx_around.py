"""What hangs on a sheet's rows besides cells: print set-up, conditional formats, validations, tables, names, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from openpyxl.chart._chart import ChartBase
from openpyxl.chart.data_source import MultiLevelStrRef, NumRef, StrRef
from openpyxl.chart.series import Series
from openpyxl.descriptors.serialisable import Serialisable
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from ecoscore.reporting.templates.cells import drawn_on, parts_of_chart
from ecoscore.reporting.templates.formula import Place, moved
from ecoscore.reporting.templates.rows import RowMap
from ecoscore.reporting.templates.xlsx_rows import stretched


def shift_names(book: Workbook, maps: Mapping[str, RowMap]) -> None:
    """Defined names follow their cells, those of the whole book and those of one sheet."""
    holders = [(book.defined_names, ""), *((s.defined_names, s.title) for s in book.worksheets)]
    for names, sheet in holders:
        for name in names.values():
            if name.value and not name.value.startswith("#"):
                name.value = moved(f"={name.value}", Place(sheet), maps, gathers=True).text[1:]


def shift_around(sheet: Worksheet, maps: Mapping[str, RowMap]) -> None:
    """Everything of a sheet that names rows."""
    rowmap = maps[sheet.title]
    _print_setup(sheet, rowmap)
    _conditional_formats(sheet, maps)
    for validation in sheet.data_validations.dataValidation:
        place = _place(sheet, validation.sqref, rowmap)
        validation.sqref = _several(validation.sqref, rowmap)
        validation.formula1 = _condition(validation.formula1, place, maps)
        validation.formula2 = _condition(validation.formula2, place, maps)
    for ref in _filters(sheet):
        ref.ref = next(iter(stretched(CellRange(ref.ref), rowmap))).coord
    for mark in sheet.row_breaks.brk:
        mark.id = rowmap.last(mark.id)
    if (pane := sheet.sheet_view.pane) is not None and pane.topLeftCell:
        pane.topLeftCell = _cell(pane.topLeftCell, rowmap)
        if pane.ySplit and pane.state != "split":
            pane.ySplit = float(rowmap.last(int(pane.ySplit)))
    charts, images = drawn_on(sheet)
    for drawn in (*charts, *images):
        _anchor(drawn.anchor, rowmap)


def shift_charts(book: Workbook, maps: Mapping[str, RowMap]) -> None:
    """Series follow their cells; what was drawn of the form's own cells is forgotten."""
    for sheet in book.worksheets:
        for chart in drawn_on(sheet)[0]:
            for ref in _references(chart):
                if ref.f:
                    ref.f = moved(f"={ref.f}", Place(sheet.title), maps, gathers=True).text[1:]
                for cache in ("numCache", "strCache", "multiLvlStrCache"):
                    if hasattr(ref, cache):
                        setattr(ref, cache, None)


def _print_setup(sheet: Worksheet, rowmap: RowMap) -> None:
    if areas := sheet.print_area:
        parts = [p.rpartition("!")[2].replace("$", "") for p in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", areas)]
        sheet.print_area = [r.coord for part in parts for r in stretched(CellRange(part), rowmap)]
    if rows := sheet.print_title_rows:
        first, _, last = rows.replace("$", "").partition(":")
        sheet.print_title_rows = f"{rowmap.first(int(first))}:{rowmap.last(int(last or first))}"


def _conditional_formats(sheet: Worksheet, maps: Mapping[str, RowMap]) -> None:
    rowmap = maps[sheet.title]
    old = list(sheet.conditional_formatting)
    sheet.conditional_formatting = ConditionalFormattingList()
    for area in old:
        place = _place(sheet, area.sqref, rowmap)
        made = copy(area)
        made.sqref = _several(area.sqref, rowmap)
        for rule in area.rules:
            rule.formula = [_condition(f, place, maps) for f in rule.formula]
            scales = [getattr(rule, kind, None) for kind in ("colorScale", "dataBar", "iconSet")]
            for bound in (b for scale in scales if scale is not None for b in scale.cfvo):
                if bound.type == "formula" and bound.val is not None:
                    bound.val = _condition(str(bound.val), place, maps)
            sheet.conditional_formatting.add(made, rule)


def _place(sheet: Worksheet, areas: MultiCellRange, rowmap: RowMap) -> Place:
    """Conditions are written for the top left cell of their area."""
    top = min((r.min_row for r in areas.ranges), default=1)
    return Place(sheet.title, rowmap.block_of(top))


def _condition(formula: str | None, place: Place, maps: Mapping[str, RowMap]) -> str | None:
    if not formula or formula.startswith('"'):
        return formula
    return moved(f"={formula}", place, maps).text[1:]


def _several(areas: MultiCellRange, rowmap: RowMap) -> MultiCellRange:
    return MultiCellRange([r for area in areas.ranges for r in stretched(area, rowmap)])


def _filters(sheet: Worksheet) -> Iterator[Any]:
    if sheet.auto_filter.ref:
        yield sheet.auto_filter
    for table in sheet.tables.values():
        yield table
        if table.autoFilter is not None and table.autoFilter.ref:
            yield table.autoFilter


def _cell(text: str, rowmap: RowMap) -> str:
    found = re.fullmatch(r"([A-Z]+)(\d+)", text)
    return f"{found[1]}{rowmap.first(int(found[2]))}" if found else text


def _anchor(anchor: Any, rowmap: RowMap) -> None:
    """A picture stays with its row; one that stands over the repeated row keeps its size."""
    start: AnchorMarker | None = getattr(anchor, "_from", None)
    if start is None:
        return
    down = rowmap.first(start.row + 1) - start.row - 1
    end: AnchorMarker | None = getattr(anchor, "to", None)
    start.row += down
    if end is not None:
        end.row += down


def _references(node: object) -> Iterator[Any]:
    """Every reference to cells in a chart."""
    if isinstance(node, (NumRef, StrRef, MultiLevelStrRef)):
        yield node
    elif isinstance(node, ChartBase):
        for chart in parts_of_chart(node):
            yield from (r for name in _elements(chart) for r in _references(getattr(chart, name, None)))
        yield from _references(node.title)
    elif isinstance(node, Serialisable):
        yield from (r for name in _elements(node) for r in _references(getattr(node, name, None)))
    elif isinstance(node, (list, tuple)):
        yield from (r for item in node for r in _references(item))


def _elements(node: object) -> Iterable[str]:
    if isinstance(node, Series):  # it names its elements only while it is written
        return ("tx", "cat", "val", "xVal", "yVal", "bubbleSize", "errBars", "dLbls")
    return tuple(getattr(node, "__elements__", ()))
