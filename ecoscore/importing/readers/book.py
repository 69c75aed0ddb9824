"""A workbook as read: sheets of cells, each with its kind, its raw content and its number format."""

from __future__ import annotations

from bisect import bisect_right
from collections import namedtuple
from collections.abc import Mapping
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter

from ecoscore.importing.readers.stretch import RawCell, Stretch

TYPE_CHECKING = False  # see child.py: what the reading process loads is kept small
if TYPE_CHECKING:
    from typing import Any

Place = tuple[int, int]


class Cell(namedtuple("Cell", ("kind", "raw", "format"), defaults=("General",))):  # noqa: PYI024  without typing
    """`kind` is number, percent, text, date, bool, error, uncalculated or empty; `raw` a float (number, percent), a str
    (text, an error's code, a date in ISO form), a bool or None; `format` the number format.
    """

    __slots__ = ()

    @property
    def is_empty(self) -> bool:
        return self.kind == "empty" or (self.kind == "text" and not str(self.raw).strip())

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "percent"}

    @property
    def text(self) -> str:
        """The cell in words, for people and for matching names; a whole number without a decimal point."""
        if self.kind == "percent":
            return f"{float(f'{self.raw * 100:.15g}'):.15g}%"
        if self.kind == "number":
            return f"{self.raw:.15g}"
        if self.kind == "bool":
            return "TRUE" if self.raw else "FALSE"
        if self.kind == "uncalculated":
            return "（公式未计算）"
        return "" if self.raw is None else str(self.raw)


EMPTY = Cell("empty", None)
NOTHING: RawCell = ("empty", None, "")
_first = attrgetter("first")


class Sheet:
    """One sheet. Rows and columns count from 1. `skipped` cells lay too far out to be part of any table.

    Cells are kept as plain tuples: they come over from the reading process in one piece, by the hundred thousand.
    `stretches` hold the lower rows of a long table, in their order, in place of cells; no row is in both.
    `merges` are (first row, first column, last row, last column).
    """

    def __init__(
        self,
        name: str,
        cells: dict[Place, RawCell] | None = None,
        *,
        hidden: bool = False,
        merges: list[tuple[int, int, int, int]] | None = None,
    ) -> None:
        self.name = name
        self.cells: dict[Place, RawCell] = {} if cells is None else cells
        self.hidden = hidden
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[tuple[int, int, int, int]] = [] if merges is None else merges
        self.skipped = 0
        self.stretches: list[Stretch] = []

    def raw(self, row: int, column: int) -> RawCell | None:
        """The cell as it was read; None for one that holds nothing."""
        found = self.cells.get((row, column))
        if found is None and self.stretches:
            stretch = self.stretch_of(row)
            return None if stretch is None else stretch.raw(row, column)
        return found

    def stretch_of(self, row: int) -> Stretch | None:
        """The stretch that a row is in."""
        at = bisect_right(self.stretches, row, key=_first) - 1
        return self.stretches[at] if at >= 0 and row <= self.stretches[at].last else None

    def at(self, row: int, column: int) -> Cell:
        raw = self.cells.get((row, column))
        if raw is None:
            if not self.stretches or (raw := self.raw(row, column)) is None:
                return EMPTY
            return tuple.__new__(Cell, raw)
        if raw.__class__ is not Cell:
            # Kept as a Cell from now on: tables ask for most cells more than once.
            raw = self.cells[row, column] = tuple.__new__(Cell, raw)
        return raw

    def text(self, row: int, column: int) -> str:
        """The cell in words."""
        raw = self.cells.get((row, column))
        return raw[1] if raw is not None and raw[0] == "text" else self.at(row, column).text

    def has(self, row: int, column: int) -> bool:
        """Whether anything stands in a cell; asked of every cell, so without making a Cell of it."""
        raw = self.raw(row, column)
        return (
            raw is not None and raw[0] != "empty" and (raw[0] != "text" or not str(raw[1]).isspace()) and raw[1] != ""
        )

    @cached_property
    def has_blanks(self) -> bool:
        """Whether any cell is there and yet shows nothing: never one of a stretch."""
        return any(
            raw[0] == "empty" or (raw[0] == "text" and (not raw[1] or raw[1].isspace())) for raw in self.cells.values()
        )

    @cached_property
    def rows(self) -> Mapping[int, list[int]]:
        """The columns in use in each row in use, both in order."""
        found: dict[int, list[int]] = {}
        at, columns = 0, list[int]()
        for row, column in sorted(self.cells):
            if row != at:
                at, columns = row, []
                found[row] = columns
            columns.append(column)
        return self._with_stretches(found) if self.stretches else found

    def _with_stretches(self, rows: dict[int, list[int]]) -> dict[int, list[int]]:
        """All rows in their order; those of a stretch share one list of columns."""
        found: dict[int, list[int]] = {}
        loose = iter(rows.items())
        after = next(loose, None)
        for stretch in self.stretches:
            while after is not None and after[0] < stretch.first:
                found[after[0]] = after[1]
                after = next(loose, None)
            found.update(dict.fromkeys(range(stretch.first, stretch.last + 1), stretch.numbers))
        if after is not None:
            found[after[0]] = after[1]
            found.update(loose)
        return found

    @cached_property
    def size(self) -> Place:
        """The last row and the last column in use, 0 for an empty sheet."""
        places = [(stretch.last, stretch.numbers[-1]) for stretch in self.stretches]
        rows = max((*map(itemgetter(0), self.cells), *map(itemgetter(0), places)), default=0)
        return rows, max((*map(itemgetter(1), self.cells), *map(itemgetter(1), places)), default=0)

    @cached_property
    def masters(self) -> Mapping[Place, Place]:
        """For each covered cell of a merged area, the cell that holds its content (areas of sane size only)."""
        found: dict[Place, Place] = {}
        rows, columns = self.size
        for r1, c1, r2, c2 in self.merges:
            for row in range(r1, min(r2, rows + 1) + 1):
                for column in range(c1, min(c2, columns + 1) + 1):
                    if (row, column) != (r1, c1):
                        found[row, column] = r1, c1
        return found

    def label(self, row: int, column: int) -> Cell:
        """The cell, or what the merged area over it says: for headers and names, never for values."""
        return self.at(*self.masters.get((row, column), (row, column)))


class Book:
    """A file as read. `kind` is what the bytes say it is: xlsx, xls, ods or csv."""

    def __init__(self, kind: str, sheets: list[Sheet] | None = None) -> None:
        self.kind = kind
        self.sheets: list[Sheet] = [] if sheets is None else sheets

    def packed(self) -> tuple[Any, ...]:
        """Plain tuples and containers, fit for marshal."""
        sheets = [{**vars(s), "stretches": [stretch.packed() for stretch in s.stretches]} for s in self.sheets]
        return self.kind, sheets

    @classmethod
    def unpacked(cls, packed: tuple[Any, ...]) -> Book:
        kind, sheets = packed
        book = cls(kind)
        for fields in sheets:
            sheet = Sheet(fields["name"])
            vars(sheet).update(fields, stretches=[Stretch.unpacked(stretch) for stretch in fields["stretches"]])
            book.sheets.append(sheet)
        return book


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
