"""Finds the tables of a sheet: where the titles end, which rows are headers, where data lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from ecoscore.importing.columns import COLUMN_MARKS, ColumnJudge, Table, is_figure
from ecoscore.importing.context import Knowledge
from ecoscore.importing.periods import part_of_text, period_of_cell
from ecoscore.importing.readers.book import NOTHING, Cell, Sheet
from ecoscore.importing.units import is_known_unit
from ecoscore.importing.words import Field, field_of

_STRONG = {Field.DISTRICT, Field.INDICATOR, Field.PERIOD, Field.CODE}
_MAX_HEADER_ROWS = 5
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def find_tables(sheet: Sheet, known: Knowledge, header: tuple[int, ...] = ()) -> list[Table]:
    """The tables of a sheet from above, hidden rows and columns left out; with a `header` given, the one below it."""
    finder = _Finder(sheet, known)
    if header:
        return finder.table_below(header)
    tables: list[Table] = []
    at, start = 0, 0
    rows = finder.rows
    while at < len(rows):
        if not finder.is_header(rows[at]):
            at += 1
            continue
        body = finder.header_end(at)
        end = body
        end = finder.next_header(end)
        if end == body:
            at = body
            continue
        table = Table(rows[start:at], rows[at:body], rows[body:end])
        tables += finder.judge.judged(table)
        start = finder.titles_before(body, end)
        at = end
    return tables


class _Finder:
    def __init__(self, sheet: Sheet, known: Knowledge) -> None:
        self.sheet = sheet
        self.known = known
        self.columns: Mapping[int, list[int]] = sheet.rows
        if sheet.hidden_rows or sheet.hidden_columns or sheet.has_blanks:
            shown = [[c for c in s.numbers if c not in sheet.hidden_columns] for s in sheet.stretches]
            of_stretch = {id(s.numbers): columns for s, columns in zip(sheet.stretches, shown, strict=True)}
            self.columns = {
                row: of_stretch.get(id(columns))
                or [c for c in columns if c not in sheet.hidden_columns and sheet.has(row, c)]
                for row, columns in sheet.rows.items()
                if row not in sheet.hidden_rows
            }
        self.rows = [row for row, columns in self.columns.items() if columns]
        self.judge = ColumnJudge(sheet, known, self.columns)

    def cells(self, row: int) -> list[tuple[int, Cell]]:
        return [(column, self.sheet.at(row, column)) for column in self.columns.get(row, ())]

    def is_header(self, row: int) -> bool:
        """No figures, and either two names of one kind, or a word for a column of names beside other texts.

        `填报单位 | 甲区 | 考核期 | 2024` is no header but a title in cells: a word followed by the one thing it names.
        """
        for column in reversed(self.columns[row]):  # most rows of a long table, told without making cells of them
            kind, raw, _ = self.sheet.raw(row, column) or NOTHING
            if kind == "percent" or (kind == "number" and not _FIRST_YEAR <= raw <= _LAST_YEAR):
                return False
        words: list[Field | None] = []
        names: tuple[set[object], set[object], set[object]] = set(), set(), set()
        is_title = False
        for column in self.columns[row]:
            cell = self.sheet.at(row, column)
            if is_figure(cell):
                return False
            period = period_of_cell(cell)
            before = words[-1] if words else None
            word = field_of(cell.text) if period is None else None
            if period is not None:
                names[2].add(period)
                is_title |= before is Field.PERIOD
            elif (part := part_of_text(cell.text)) is not None:
                names[2].add(part)
            elif (indicator := self.known.indicators.find(cell.text).hit) is not None:
                names[0].add(indicator.id)
            elif word is None and (district := self.known.districts.find(cell.text).hit) is not None:
                names[1].add(district.name)
                is_title |= before is Field.DISTRICT
            words.append(word)
        if len(names[0]) >= 2 or len(names[1]) >= 2:
            return True
        if len(names[2]) >= 2:
            # Two figures that could be years do not make a header of 甲区's row.
            return not names[0] and not names[1]
        strong = [word for word in words if word in _STRONG]
        return bool(strong) and len(words) >= 2 and not is_title

    def next_header(self, at: int) -> int:
        """The index of the first header row from an index on; the number of rows where there is none."""
        for stretch in self.sheet.stretches:
            first, after = bisect_left(self.rows, stretch.first), bisect_right(self.rows, stretch.last)
            if after <= at or first == after:
                continue
            if (found := self._header_among(range(at, first))) is not None:
                return found
            rows = stretch.rows_within(_FIRST_YEAR, _LAST_YEAR, self.sheet.hidden_columns)
            within = range(max(at, first), after) if rows is None else [first + row - stretch.first for row in rows]
            if (found := self._header_among([n for n in within if n >= at])) is not None:
                return found
            at = max(at, after)
        found = self._header_among(range(at, len(self.rows)))
        return len(self.rows) if found is None else found

    def _header_among(self, indexes: Iterable[int]) -> int | None:
        return next((n for n in indexes if self.is_header(self.rows[n])), None)

    def header_end(self, at: int) -> int:
        """The index of the first row that is data: further header rows name things, and label nothing at the left."""
        end = at + 1
        labels = {c for c, cell in self.cells(self.rows[at]) if field_of(cell.text) in _STRONG}
        while end < len(self.rows) and end - at < _MAX_HEADER_ROWS:
            cells = self.cells(self.rows[end])
            if _is_column_count(cells):
                end += 1
                break
            if any(is_figure(cell) for _, cell in cells):
                break
            if any(c in labels and field_of(cell.text) is None and not is_known_unit(cell.text) for c, cell in cells):
                break
            good = [c for c, cell in cells if self._says_something(cell)]
            if not good or 2 * len(good) < len(cells) or self._starts_data(at, cells):
                break
            labels |= {c for c, cell in cells if field_of(cell.text) in _STRONG}
            end += 1
        return end

    def _says_something(self, cell: Cell) -> bool:
        return self.judge.is_name(cell) or field_of(cell.text) is not None or is_known_unit(cell.text)

    def _starts_data(self, at: int, cells: list[tuple[int, Cell]]) -> bool:
        """Whether the row's first cell names a thing of another kind than the header's: a label, so a row of data.

        A label stands left of the header's own names; what stands below them (years over indicators) is header too.
        """
        column, first = cells[0]
        head = self.cells(self.rows[at])
        named = [c for c, cell in head if self.judge.is_name(cell)]
        if named and column >= named[0]:
            return False
        if self.known.districts.find(first.text).hit is not None:
            return not any(self.known.districts.find(cell.text).hit for _, cell in head)
        if self.known.indicators.find(first.text).hit is not None:
            across = any(self.known.districts.find(c.text).hit or period_of_cell(c) is not None for _, c in head)
            return across and not any(self.known.indicators.find(c.text).hit for _, c in head)
        return False

    def titles_before(self, body: int, end: int) -> int:
        """Where the titles of the next table begin: the rows right above its header that hold no figures."""
        start = end
        while start > body and not any(is_figure(cell) for _, cell in self.cells(self.rows[start - 1])):
            if start < end and self.rows[start] - self.rows[start - 1] > 1:
                break
            if any(self.known.districts.find(cell.text).hit for _, cell in self.cells(self.rows[start - 1])[:2]):
                break
            start -= 1
        return start

    def table_below(self, header: tuple[int, ...]) -> list[Table]:
        table = Table(
            [row for row in self.rows if row < min(header)],
            [row for row in self.rows if row in header],
            [row for row in self.rows if row > max(header)],
        )
        return self.judge.judged(table) if table.header and table.body else []


def _is_column_count(cells: list[tuple[int, Cell]]) -> bool:
    """The row 甲 乙 1 2 3 that statistical tables have below their header."""
    figures = [cell.text for _, cell in cells if cell.text not in COLUMN_MARKS]
    if len(figures) < 2 or not all(text.isdigit() for text in figures):
        return False
    counts = [int(text) for text in figures]
    return counts[0] in {1, 2} and counts == list(range(counts[0], counts[0] + len(counts)))
