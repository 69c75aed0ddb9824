"""What the columns of a table hold: told by the header, and where that is silent or vague, by what lies below it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import Match
from ecoscore.importing.periods import Part, part_of_text, period_of_cell, periods_in
from ecoscore.importing.readers.book import Cell, Sheet
from ecoscore.importing.units import is_known_unit, unit_key
from ecoscore.importing.words import MEASURES, Field, field_of, measure_of
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

_FIGURE = re.compile(r"\s*[+-]?[0-9][0-9,]*(\.[0-9]+)?\s*[%％]?\s*")
_NAMES = {Field.DISTRICT, Field.INDICATOR, Field.PERIOD}
COLUMN_MARKS = {"甲", "乙", "丙", "丁", "栏次", "A", "B", "C"}
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


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure, typed or stored, and no year."""
    if cell.kind == "text":
        return bool(_FIGURE.fullmatch(str(cell.raw))) and period_of_cell(cell) is None
    return cell.kind in {"percent", "error", "uncalculated"} or (cell.kind == "number" and period_of_cell(cell) is None)


@dataclass(eq=False, slots=True)
class ColumnJudge:
    """Judges the columns of a sheet's tables; `columns` are those in use in each row that is shown."""

    sheet: Sheet
    known: Knowledge
    columns: Mapping[int, list[int]]

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
        return sum(finder.find(cell.text).hit is not None for cell in self._upper(column, table.body))

    def _upper(self, column: Column, body: list[int]) -> list[Cell]:
        """What stands in the upper rows of a column, blanks left out."""
        cells = (self.sheet.label(row, column.number) for row in body[:_SAMPLE])
        return [cell for cell in cells if not cell.is_empty]

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
            if column.field in {None, Field.OTHER, Field.INDICATOR} and not column.has_values:
                self._judge_measures(column, table.body)
        self._turn_corners(table)

    def _turn_corners(self, table: Table) -> None:
        """A word in the corner may name what stands beside it (区县 | 甲区 | 乙县) and not what lies below it."""
        columns = table.columns.values()
        across = {
            Field.DISTRICT: sum(c.district is not None for c in columns),
            Field.INDICATOR: sum(c.indicator is not None for c in columns),
            Field.PERIOD: sum(c.period is not None or c.part is not None for c in columns),
        }
        for column in columns:
            word = column.field
            if word is not None and across.get(word, 0) >= 2:
                column.field, column.unknown = None, ""
                self._judge_by_content(column, table.body)
                column.field = column.field or word

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
        kinds = {self.kind(cell) for cell in under}
        is_one_name = (
            bool(start)
            and (row, number) not in self.sheet.masters
            and self.is_name(self.sheet.at(row, start))
            and len(kinds) == 1
            and None not in kinds
            and len({cell.text.strip() for cell in under}) == len(under)
        )
        return (row, start) if is_one_name else (row, number)

    def kind(self, cell: Cell) -> str | None:
        """What kind of thing a header's label names."""
        if period_of_cell(cell) is not None or part_of_text(cell.text) is not None:
            return "period"
        if self.known.indicators.find(cell.text).hit is not None:
            return "indicator"
        if (word := field_of(cell.text)) is not None:
            return "measure" if word in MEASURES else None
        return "district" if self.known.districts.find(cell.text).hit is not None else None

    def is_name(self, cell: Cell) -> bool:
        """Whether a header's label names a district, an indicator or a period."""
        return self.kind(cell) in {"period", "indicator", "district"}

    def _take(self, column: Column, cell: Cell) -> None:
        """Let one header label, read from above, add to what the column is."""
        if is_figure(cell):
            return
        text = cell.text
        word = field_of(text)
        match = self.known.indicators.find(text)
        period = period_of_cell(cell)
        if match.hit is not None or match.rivals:
            if (measure := measure_of(match.remark)) is not None:
                column.field, match = measure, replace(match, remark="")
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
        elif text.strip() not in COLUMN_MARKS:
            column.text = text
            column.unknown = "" if _is_corner(text) else text

    def _judge_by_content(self, column: Column, body: list[int]) -> None:
        cells = self._upper(column, body)
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

    def _judge_measures(self, column: Column, body: list[int]) -> None:
        """A column whose cells say what the figures of their rows are: 目标值, 完成值, 得分, each in its turn."""
        words = {field_of(cell.text) for cell in self._upper(column, body)}
        if words <= {*MEASURES, Field.OTHER} and words & {Field.TARGET, Field.PREVIOUS}:
            column.field, column.unknown = Field.MEASURE, ""

    def _keep_best(self, table: Table, kind: Field) -> None:
        """Of several columns of names (市 and 区县, 一级 to 三级指标) keep the one that matches most, the right one on a tie."""
        rivals = [c for c in table.columns.values() if c.field is kind]
        if len(rivals) < 2:
            return
        best = max(rivals, key=lambda column: (self._hits(table, column), column.number))
        for column in rivals:
            if column is not best:
                column.field = Field.OTHER


def _is_corner(text: str) -> bool:
    """Whether a label names what lies below it and what stands beside it at once: 年份/区县."""
    parts = re.split(r"[/／\\＼|｜、]", text)
    return len(parts) > 1 and all(field_of(part) in _NAMES for part in parts)
