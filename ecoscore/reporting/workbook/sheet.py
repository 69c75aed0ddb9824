"""One sheet being laid out: cells are collected first, so that frames can be drawn round what is there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ecoscore.reporting.workbook.formats import HEAD, MEDIUM, Formats, Style

Value = float | int | str
_CELL_TEXT = 32767
_ROW, _COLUMN = 15.0, 8.43


@dataclass(slots=True)
class _Cell:
    style: Style
    value: Value
    formula: str = ""


class Sheet:
    """A worksheet. Text is only ever written as text; a formula always carries its value for viewers that do not calculate."""

    def __init__(self, worksheet: Any, formats: Formats) -> None:
        self.raw = worksheet
        self.name: str = worksheet.get_name()
        self._formats = formats
        self._cells: dict[tuple[int, int], _Cell] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._heights: dict[int, float] = {}
        self._widths: dict[int, float] = {}

    def text(self, row: int, col: int, text: str, style: Style) -> None:
        self._cells[row, col] = _Cell(style, text[:_CELL_TEXT])

    def comment(self, row: int, col: int, text: str) -> None:
        """A note beside a cell, shown when one points at it."""
        self.raw.write_comment(row, col, text[:_CELL_TEXT], {"author": "EcoScore", "x_scale": 1.6})

    def number(self, row: int, col: int, value: float, style: Style, otherwise: str = "—") -> None:
        """A number, or `otherwise` where there is none."""
        value = float(value)
        self._cells[row, col] = _Cell(style, value if math.isfinite(value) else otherwise)

    def formula(self, row: int, col: int, expression: str, value: Value, style: Style) -> None:
        """A live formula (without `=`) and the value it has now; NaN is the empty text that such formulas give."""
        if not isinstance(value, str):
            value = float(value)
            if not math.isfinite(value):
                value = ""
        self._cells[row, col] = _Cell(style, value, expression)

    def value(self, row: int, col: int) -> Value:
        """What a cell shows now."""
        return self._cells[row, col].value

    def heads(self, row: int, col: int, titles: list[str], style: Style = HEAD) -> None:
        for n, title in enumerate(titles):
            self.text(row, col + n, title, style)

    def merge(self, row: int, col: int, last_row: int, last_col: int) -> None:
        """Join cells under the one at the top left, whose style all take. For headings and text, never for data."""
        if (row, col) == (last_row, last_col):
            return
        style = self._cells[row, col].style
        for r in range(row, last_row + 1):
            for c in range(col, last_col + 1):
                if (r, c) != (row, col):
                    self._cells[r, c] = _Cell(style, "")
        self._merged.append((row, col, last_row, last_col))

    def frame(self, row: int, col: int, last_row: int, last_col: int) -> None:
        """A heavier line round a table, as official tables have it."""
        for r in range(row, last_row + 1):
            for c in range(col, last_col + 1):
                edges = {
                    name: MEDIUM
                    for name, on in (
                        ("top", r == row), ("bottom", r == last_row), ("left", c == col), ("right", c == last_col),
                    )
                    if on
                }  # fmt: skip
                if edges and (at := self._cells.get((r, c))):
                    at.style = at.style.but(**edges)

    def heights(self, first: int, last: int, height: float) -> None:
        for row in range(first, last + 1):
            self.height(row, height)

    def height(self, row: int, height: float) -> None:
        self._heights[row] = height
        self.raw.set_row(row, height)

    def height_to(self, row: int) -> float:
        """How high everything above a row is, in points."""
        return sum(self._heights.get(r, _ROW) for r in range(row))

    def widths(self, widths: list[float], first: int = 0) -> None:
        for n, width in enumerate(widths):
            self._widths[first + n] = width
            self.raw.set_column(first + n, first + n, width)

    def width_to(self, col: int) -> float:
        """How wide everything left of a column is, in points."""
        return sum((self._widths.get(c, _COLUMN) * 7 + 5) * 0.75 for c in range(col))

    def flush(self) -> None:
        """Hand every cell to XlsxWriter, row by row."""
        raw, formats = self.raw, self._formats
        for row, col, last_row, last_col in self._merged:
            raw.merge_range(row, col, last_row, last_col, "", formats.of(self._cells[row, col].style))
        for (row, col), at in sorted(self._cells.items()):
            form = formats.of(at.style)
            if at.formula:
                raw.write_formula(row, col, "=" + at.formula, form, at.value)
            elif isinstance(at.value, str):
                if at.value:
                    raw.write_string(row, col, at.value, form)
                else:
                    raw.write_blank(row, col, None, form)
            else:
                raw.write_number(row, col, at.value, form)
        self._cells.clear()
