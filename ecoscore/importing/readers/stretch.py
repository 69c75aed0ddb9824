"""Rows of one shape lying one right below the other, kept by columns: a long table then costs a few numbers a row.

Cells of their own, each with its place, kind and format, take a hundred times the room of the figures in them. No cell
of a stretch is empty or blank, and none of its rows is hidden.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Sequence

TYPE_CHECKING = False  # see child.py: what the reading process loads is kept small
if TYPE_CHECKING:
    from typing import Any

RawCell = tuple[str, "Any", str]


class Words:
    """A column of few different cells, each kept once; `at` says which of them stands in each row."""

    __slots__ = ("at", "cells")

    def __init__(self, cells: list[RawCell], at: array[int]) -> None:
        self.cells, self.at = cells, at

    def raw(self, n: int) -> RawCell:
        return self.cells[self.at[n]]

    def packed(self) -> tuple[Any, ...]:
        return self.cells, self.at.tobytes()


class Figures:
    """A column of numbers of one kind (`number` or `percent`) and one format."""

    __slots__ = ("format", "kind", "values")

    def __init__(self, kind: str, format_: str, values: array[float]) -> None:
        self.kind, self.format, self.values = kind, format_, values

    def raw(self, n: int) -> RawCell:
        return self.kind, self.values[n], self.format

    def packed(self) -> tuple[Any, ...]:
        return self.kind, self.format, self.values.tobytes()


class Stretch:
    """The rows from `first` to `last`, both counted from 1; `columns` by number, from the left."""

    __slots__ = ("columns", "count", "first", "numbers")

    def __init__(self, first: int, count: int, columns: dict[int, Words | Figures]) -> None:
        self.first, self.count, self.columns = first, count, columns
        self.numbers = list(columns)

    @property
    def last(self) -> int:
        return self.first + self.count - 1

    def raw(self, row: int, column: int) -> RawCell | None:
        found = self.columns.get(column)
        return None if found is None else found.raw(row - self.first)

    def rows_within(self, low: float, high: float, hidden: Container[int]) -> Sequence[int] | None:
        """The rows in which no number of a column that is to be seen lies outside `low` to `high`; None where there is
        no such column of numbers. A percentage counts as outside.
        """
        columns = [c for number, c in self.columns.items() if isinstance(c, Figures) and number not in hidden]
        if not columns:
            return None
        if any(column.kind == "percent" for column in columns):
            return ()
        *others, last = columns
        left = [n for n, value in enumerate(last.values) if low <= value <= high]
        for column in others:
            left = [n for n in left if low <= column.values[n] <= high]
        return [self.first + n for n in left]

    def packed(self) -> tuple[Any, ...]:
        """Plain tuples and bytes, fit for marshal."""
        return self.first, self.count, [(number, column.packed()) for number, column in self.columns.items()]

    @classmethod
    def unpacked(cls, packed: tuple[Any, ...]) -> Stretch:
        first, count, columns = packed
        return cls(first, count, {number: _column(parts) for number, parts in columns})


def _column(packed: tuple[Any, ...]) -> Words | Figures:
    if len(packed) == 2:
        return Words(packed[0], array("I", packed[1]))
    return Figures(packed[0], packed[1], array("d", packed[2]))
