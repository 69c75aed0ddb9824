"""The upper left part of a sheet as texts with roles, for the window to show what was understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from ecoscore.importing.overrides import signature_of
from ecoscore.importing.plan import Role, SheetPreview
from ecoscore.importing.readers.book import Sheet
from ecoscore.importing.sheet_report import PREVIEW_ROWS, SheetReport
from ecoscore.model.finding import Finding

ROWS, COLUMNS = PREVIEW_ROWS, 120


def preview_of(report: SheetReport) -> SheetPreview:
    """Counted from 0; cells that were not understood as anything are IGNORED where the sheet holds a table."""
    sheet = report.sheet
    rows, columns = sheet.size
    shown_rows, shown_columns = min(rows, ROWS), min(columns, COLUMNS)
    return SheetPreview(
        name=sheet.name,
        texts=_Texts(sheet, shown_rows, shown_columns),
        roles=_Roles(report, shown_rows, shown_columns),
        problems=_problems(report, shown_rows, shown_columns),
        hidden_rows=frozenset(row - 1 for row in sheet.hidden_rows if row <= shown_rows),
        hidden_columns=frozenset(column - 1 for column in sheet.hidden_columns if column <= shown_columns),
        merges=_merges(sheet, shown_rows, shown_columns),
        total_rows=rows,
        total_columns=columns,
        hidden=sheet.hidden,
        layout="；".join(dict.fromkeys(report.layouts)),
        notes=tuple(report.notes),
        header=report.headers[0] if report.headers else (),
        signature=signature_of(sheet, report.headers[0]) if report.headers else "",
        columns={column - 1: words for column, words in report.columns.items() if column <= shown_columns},
        hint=report.hint,
    )


class _Texts(Sequence[tuple[str, ...]]):
    """The texts of a sheet's upper left part, made for those rows that are asked for: of a hundred forms few are."""

    def __init__(self, sheet: Sheet, rows: int, columns: int) -> None:
        self._sheet, self._rows, self._columns = sheet, rows, columns
        self._made: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, ...] | list[tuple[str, ...]]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(self._rows))]
        if not 0 <= at < self._rows:
            raise IndexError(at)
        if at not in self._made:
            self._made[at] = tuple(self._sheet.at(at + 1, column).text for column in range(1, self._columns + 1))
        return self._made[at]


class _Roles(Mapping[tuple[int, int], Role]):
    """What the cells of a sheet's upper left part were taken for, looked up when one of them is shown."""

    def __init__(self, report: SheetReport, rows: int, columns: int) -> None:
        self._report, self._rows, self._columns = report, rows, columns

    def __getitem__(self, at: tuple[int, int]) -> Role:
        row, column = at[0] + 1, at[1] + 1
        if row > self._rows or column > self._columns:
            raise KeyError(at)
        single = self._report.roles.get((row, column))
        return self._report.row_roles[row][column] if single is None else single

    def __iter__(self) -> Iterator[tuple[int, int]]:
        rows = ((row, column) for row, roles in self._report.row_roles.items() for column in roles)
        for row, column in dict.fromkeys((*self._report.roles, *rows)):
            if row <= self._rows and column <= self._columns:
                yield row - 1, column - 1

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _problems(report: SheetReport, rows: int, columns: int) -> dict[tuple[int, int], Finding]:
    return {(r - 1, c - 1): f for (r, c), f in report.problems.items() if r <= rows and c <= columns}


def _merges(sheet: Sheet, rows: int, columns: int) -> tuple[tuple[int, int, int, int], ...]:
    """First row, first column, last row, last column, counted from 0; those that begin within what is shown."""
    return tuple(
        (r1 - 1, c1 - 1, min(r2, rows) - 1, min(c2, columns) - 1)
        for r1, c1, r2, c2 in sheet.merges
        if r1 <= rows and c1 <= columns
    )
