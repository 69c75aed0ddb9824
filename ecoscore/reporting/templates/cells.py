"""The cells of an openpyxl sheet by row and column: it has no public way to move them with their looks."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

Cells = dict[tuple[int, int], Any]


def cells_of(sheet: Worksheet) -> Cells:
    """Every cell there is, merged ones too; the sheet's own dictionary."""
    found: Cells = sheet._cells  # noqa: SLF001
    return found


def set_cells(sheet: Worksheet, cells: Cells) -> None:
    sheet._cells = cells  # noqa: SLF001


def set_raw(cell: Any, value: object) -> None:
    """Replace a formula or number without openpyxl guessing anew what it is."""
    cell._value = value  # noqa: SLF001


def write_exactly(sheet: Worksheet) -> None:
    """Numbers in their shortest form: openpyxl would write 79.1 as 79.09999999999999."""
    for cell in cells_of(sheet).values():
        if cell.data_type == "n" and isinstance(cell.value, float):
            set_raw(cell, repr(cell.value))


def drawn_on(sheet: Worksheet) -> tuple[list[Any], list[Any]]:
    """Charts and pictures."""
    inside: Any = sheet
    return inside._charts, inside._images  # noqa: SLF001


def parts_of_chart(chart: Any) -> list[Any]:
    """A combined chart's single charts."""
    found: list[Any] = chart._charts  # noqa: SLF001
    return found


def look_of(node: Any) -> Any:
    """A copy of a cell's or row's look, as its twin takes it."""
    return copy(node._style)  # noqa: SLF001


def twin(sheet: Worksheet, cell: Cell | MergedCell, row: int, *, hollow: bool = False) -> Cell | MergedCell:
    """The same cell in another row of its column, with look and link; `hollow`: only the look, as within a merge."""
    made: Any
    if hollow or isinstance(cell, MergedCell):
        made = MergedCell(sheet, row=row, column=cell.column)
        made._style = look_of(cell)  # noqa: SLF001
        return made  # type: ignore[no-any-return]
    made = Cell(sheet, row=row, column=cell.column)
    made._style = look_of(cell)  # noqa: SLF001
    made._value, made.data_type = copy(cell.value), cell.data_type  # noqa: SLF001
    if cell.hyperlink is not None:
        made._hyperlink = copy(cell.hyperlink)  # noqa: SLF001
        made._hyperlink.ref = made.coordinate  # noqa: SLF001
    return made  # type: ignore[no-any-return]
