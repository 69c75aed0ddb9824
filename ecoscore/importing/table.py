"""Finds the tables of a sheet: where the titles end, which rows are headers, what each column holds, where data lie."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import Match
from ecoscore.importing.periods import Part, part_of_text, period_of_cell, periods_in
from ecoscore.importing.readers.book import NOTHING, Cell, Sheet
from ecoscore.importing.units import is_known_unit, unit_key
from ecoscore.importing.words import MEASURES, Field, field_of
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

_FIGURE = re.compile(r"\s*[+-]?[0-9][0-9,]*(\.[0-9]+)?\s*[%％]?\s*")
_LABEL_FIELDS = {Field.DISTRICT, Field.INDICATOR, Field.PERIOD}
_STRONG = {*_LABEL_FIELDS, Field.CODE}
_COLUMN_MARKS = {"甲", "乙", "丙", "丁", "栏次", "A", "B", "C"}
_MAX_HEADER_ROWS = 5
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SAMPLE = 60


@dataclass(eq=False)
class Column:
    """What the header says of a column. `text` is its deepest label, `unknown` that label if it says nothing known."""

    number: int
    top: int
    text: str = ""
    unknown: str = ""
    field: Field | None = None
    indicator: Match[Reported] | None = None
    district: District | None = None
    period: Period | None = None
    part: Part | None = None
    unit: str = ""

    @property
    def has_values(self) -> bool:
        names = (self.indicator, self.district, self.period, self.part)
        return (any(name is not None for name in names) or self.field in MEASURES) and self.field in {None, *MEASURES}


@dataclass(eq=False)
class Table:
    """Rows of one table: its titles, its header, its body; and its columns by number."""

    titles: list[int]
    header: list[int]
    body: list[int]
    columns: dict[int, Column] = field(default_factory=dict)


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
        tables += finder.judged(table)
        start = finder.titles_before(body, end)
        at = end
    return tables


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure, typed or stored, and no year."""
    if cell.kind == "text":
        return bool(_FIGURE.fullmatch(str(cell.raw))) and period_of_cell(cell) is None
    return cell.kind in {"percent", "error", "uncalculated"} or (cell.kind == "number" and period_of_cell(cell) is None)


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
        return self._is_name(cell) or field_of(cell.text) is not None or is_known_unit(cell.text)

    def _starts_data(self, at: int, cells: list[tuple[int, Cell]]) -> bool:
        """Whether the row's first cell names a thing of another kind than the header's: a label, so a row of data.

        A label stands left of the header's own names; what stands below them (years over indicators) is header too.
        """
        column, first = cells[0]
        head = self.cells(self.rows[at])
        named = [c for c, cell in head if self._is_name(cell)]
        if named and column >= named[0]:
            return False
        if self.known.districts.find(first.text).hit is not None:
            return not any(self.known.districts.find(cell.text).hit for _, cell in head)
        if self.known.indicators.find(first.text).hit is not None:
            across = any(self.known.districts.find(c.text).hit or period_of_cell(c) is not None for _, c in head)
            return across and not any(self.known.indicators.find(c.text).hit for _, c in head)
        return False

    def _is_name(self, cell: Cell) -> bool:
        return self._kind(cell) in {"period", "indicator", "district"}

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
        return self.judged(table) if table.header and table.body else []

    def judged(self, table: Table) -> list[Table]:
        """The table with its columns judged; several, where tables stand side by side under one header."""
        self._judge_columns(table)
        starts = self._starts_of_tables(table)
        parts = []
        for start, end in zip([0, *starts], [*starts, max(table.columns, default=0) + 1], strict=True):
            columns = {number: column for number, column in table.columns.items() if start <= number < end}
            part = Table(table.titles, table.header, table.body, columns)
            for kind in (Field.DISTRICT, Field.INDICATOR):
                self._keep_best(part, kind)
            parts.append(part)
        return parts

    def _starts_of_tables(self, table: Table) -> list[int]:
        """Where a column of names begins another table: values stand between it and the names before it, and after it.

        Without this the values on the right would be given to the names on the left.
        """
        starts: list[int] = []
        names = values = False
        last = max((c.number for c in table.columns.values() if c.has_values), default=0)
        for number, column in sorted(table.columns.items()):
            is_named = column.field in {Field.DISTRICT, Field.INDICATOR} and self._hits(table, column) > 0
            if is_named and names and values and number < last:
                starts.append(number)
                values = False
            names |= is_named
            values |= names and column.has_values
        return starts

    def _hits(self, table: Table, column: Column) -> int:
        """How many of a column's upper labels are known names of its kind."""
        finder = self.known.districts if column.field is Field.DISTRICT else self.known.indicators
        labels = (self.sheet.label(row, column.number).text for row in table.body[:_SAMPLE])
        return sum(finder.find(text).hit is not None for text in labels)

    def _judge_columns(self, table: Table) -> None:
        """What each column holds: by its header, and where that is silent or vague by what lies below it."""
        lists = {id(columns): columns for row in (*table.header, *table.body) if (columns := self.columns[row])}
        used = {c for columns in lists.values() for c in columns}
        covered = {c for row in table.header for (r, c) in self.sheet.masters if r == row}
        for number in sorted(used | (covered & used)):
            column = self._column(number, table.header)
            table.columns[number] = column
            if column.field in {None, Field.UNIT, Field.CODE, Field.OTHER} and column.indicator is None:
                self._judge_by_content(column, table.body)

    def _column(self, number: int, header: list[int]) -> Column:
        column = Column(number, header[0])
        seen = set()
        for row in header:
            place = self.sheet.masters.get((row, number), (row, number))
            if not self.sheet.has(*place) and row != header[-1]:
                place = self._spread_over(row, number, header[-1])
            cell = self.sheet.at(*place)
            if place in seen or cell.is_empty:
                continue
            seen.add(place)
            column.top = row
            self._take(column, cell)
        return column

    def _spread_over(self, row: int, number: int, below: int) -> tuple[int, int]:
        """The name at the left that a blank header cell belongs to, where nobody merged the two: the labels below
        name things of one kind, none of them twice, as `PM2.5 | ` over `2023 | 2024` does.
        """
        start = max((c for c in self.columns[row] if c < number), default=0)
        under = [self.sheet.at(below, column) for column in range(start, number + 1)]
        kinds = {self._kind(cell) for cell in under}
        is_one_name = (
            bool(start)
            and (row, number) not in self.sheet.masters
            and self._is_name(self.sheet.at(row, start))
            and len(kinds) == 1
            and None not in kinds
            and len({cell.text.strip() for cell in under}) == len(under)
        )
        return (row, start) if is_one_name else (row, number)

    def _kind(self, cell: Cell) -> str | None:
        """What kind of thing a header's label names."""
        if period_of_cell(cell) is not None or part_of_text(cell.text) is not None:
            return "period"
        if self.known.indicators.find(cell.text).hit is not None:
            return "indicator"
        if (word := field_of(cell.text)) is not None:
            return "measure" if word in MEASURES else None
        return "district" if self.known.districts.find(cell.text).hit is not None else None

    def _take(self, column: Column, cell: Cell) -> None:
        """Let one header label, read from above, add to what the column is."""
        if is_figure(cell):
            return
        text = cell.text
        word = field_of(text)
        match = self.known.indicators.find(text)
        period = period_of_cell(cell)
        if match.hit is not None or match.rivals:
            column.indicator, column.text, column.unknown = match, text, ""
            if match.period is not None:
                column.unknown = text if column.period not in {None, match.period} else ""
                column.period = match.period
        elif period is not None:
            column.period, column.text, column.unknown = period, text, ""
        elif (part := part_of_text(text)) is not None:
            column.part, column.text, column.unknown = part, text, ""
        elif word is not None:
            column.field, column.text, column.unknown = word, text, ""
            stated = periods_in(text)
            if len(stated) == 1 and word in MEASURES:
                column.period = stated[0]
        elif (district := self.known.districts.find(text).hit) is not None:
            column.district, column.text, column.unknown = district, text, ""
        elif is_known_unit(text) or not unit_key(text):  # 「—」 in a row of units is a quantity without one
            column.unit = column.unit or text.strip()
        elif text.strip() not in _COLUMN_MARKS:
            column.text = column.unknown = text

    def _judge_by_content(self, column: Column, body: list[int]) -> None:
        cells = [self.sheet.label(row, column.number) for row in body[:_SAMPLE]]
        cells = [cell for cell in cells if not cell.is_empty]
        if not cells or any(cell.kind == "percent" for cell in cells):
            return
        texts = [cell.text for cell in cells if cell.kind == "text" or column.field is Field.CODE]
        half = len(cells) / 2
        districts = sum(self.known.districts.find(text).hit is not None for text in texts)
        indicators = sum(self.known.indicators.find(text).hit is not None for text in texts)
        if max(districts, indicators) and max(districts, indicators) >= half:
            column.field = Field.DISTRICT if districts >= indicators else Field.INDICATOR
            column.unknown = ""
            column.district = column.period = column.part = None
        elif not column.has_values and column.field is None and not column.unknown:
            if all(period_of_cell(cell) is not None for cell in cells):
                column.field = Field.PERIOD
            elif [cell.raw for cell in cells] == list(range(1, len(cells) + 1)):
                column.field = Field.SERIAL
            elif len(texts) == len(cells) and all(is_known_unit(text) for text in texts):
                column.field = Field.UNIT

    def _keep_best(self, table: Table, kind: Field) -> None:
        """Of several columns of names (市 and 区县, 一级 to 三级指标) keep the one that matches most, the right one on a tie."""
        rivals = [c for c in table.columns.values() if c.field is kind]
        if len(rivals) < 2:
            return
        best = max(rivals, key=lambda column: (self._hits(table, column), column.number))
        for column in rivals:
            if column is not best:
                column.field = Field.OTHER


def _is_column_count(cells: list[tuple[int, Cell]]) -> bool:
    """The row 甲 乙 1 2 3 that statistical tables have below their header."""
    figures = [cell.text for _, cell in cells if cell.text not in _COLUMN_MARKS]
    if len(figures) < 2 or not all(text.isdigit() for text in figures):
        return False
    counts = [int(text) for text in figures]
    return counts[0] in {1, 2} and counts == list(range(counts[0], counts[0] + len(counts)))
