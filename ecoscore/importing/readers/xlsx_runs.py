"""Runs of rows written alike: one pattern made from a row reads all that follow it in the very same form.

Long tables repeat one row a hundred thousand times, with other numbers and texts in it. What varies is cut out of one
row, and what is left is a regular expression for the whole row, down to the row number in each cell's reference. The
first row that differs in anything else ends the run; it is read cell by cell, like any other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from ecoscore.importing.readers.book import Place
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.readers.refusals import too_many_cells
from ecoscore.importing.readers.stretch import Figures, RawCell, Stretch, Words
from ecoscore.importing.readers.xlsx_cells import CellReader, column_of

_ROW = re.compile(r'<row r="([1-9][0-9]{0,6})"((?: (?!hidden=)[a-zA-Z:0-9]+="[^"<&]*")*)>')
_CELL = re.compile(
    r'(<c r=")([A-Z]{1,3})([1-9][0-9]{0,6})("(?: s="([0-9]{1,6})")?(?: t="(s|str|inlineStr|n)")?)'
    r'(?:(/>)|(><v>|><is><t(?: xml:space="preserve")?>)([^<]*)(</v></c>|</t></is></c>))'
)
FIGURE = r"-?[0-9]{1,17}(?:\.[0-9]{1,17})?"
_CONTENTS = {"s": "([0-9]{1,7})", "str": "([^<&]*)", "inlineStr": "([^<&]*)", "n": f"({FIGURE})"}
_FIRST_TRY = 24
_FIRST_WINDOW, _LAST_WINDOW = 1 << 16, 1 << 21
# Whoever judges a layout, and the window, look at the upper rows one by one: those stay cells.
LOOSE_ROWS = 600
FEWEST_ROWS = 64

Maker = Callable[[str], RawCell]


class Runs:
    """Tries to follow a row when enough rows have been read one by one, and less often where that was in vain."""

    def __init__(self, reader: CellReader, limits: Limits, most: int) -> None:
        self._reader, self._limits, self._most = reader, limits, most
        self.due_in = _FIRST_TRY  # rows to be read one by one before the next try
        self.stretches: list[Stretch] = []
        self.held = 0  # cells in stretches

    def follow(self, text: str, start: int, end: int, cells: dict[Place, RawCell]) -> tuple[int, int]:
        """Read the rows after the one at `start` to `end` that are written like it, into `cells` or stretches.

        Gives where the next row begins and the number of the last row read (0 where there is none).
        """
        is_long = len(text) - end > _FIRST_TRY * (end - start)  # else making the pattern takes longer than it saves
        found = _pattern_of(text[start:end], self._reader, self._limits.columns) if is_long else None
        at, row = (end, 0) if found is None else self._read(text, end, *found, cells)
        self.due_in = _FIRST_TRY if at - end > _FIRST_TRY * (end - start) else self.due_in * 2
        return at, row

    def _read(
        self, text: str, at: int, pattern: re.Pattern[str], makers: list[tuple[int, Maker]], cells: dict[Place, RawCell]
    ) -> tuple[int, int]:
        last, window = 0, _FIRST_WINDOW
        growing: _Growing | None = None
        while rows := pattern.findall(text, at, at + window):
            rest = len(rows[-1][-1])  # what is not of the pattern, up to the end of the window
            if rest:
                rows.pop()
            taken = self._in_order(rows, last)
            if not taken:
                break
            first, last = int(rows[0][0]), int(rows[taken - 1][0])
            contents = list(zip(*rows[:taken], strict=True))[1:-1]
            if growing is None:
                growing = _Growing(makers, first)
            if first <= LOOSE_ROWS or not growing.takes(contents):
                self._end(growing, cells)
                growing = None
                _scatter(makers, first, contents, cells)
            if len(cells) + self.held + (growing.held if growing else 0) > self._most:
                raise too_many_cells(self._limits.cells)
            if taken < len(rows):
                at = next(islice(pattern.finditer(text, at), taken - 1, None)).end()
                break
            at = min(at + window, len(text)) - rest
            window = min(2 * window, _LAST_WINDOW)
        if growing is not None:
            self._end(growing, cells)
        return at, last

    def _in_order(self, rows: Sequence[tuple[str, ...]], last: int) -> int:
        """How many of the rows, within the limits, come each right below the one before, from row `last` on."""
        if not rows:
            return 0
        first = last + 1 if last else int(rows[0][0])
        fitting = max(0, min(len(rows), self._limits.rows - first + 1))
        said = [row[0] for row in rows[:fitting]]
        if said == list(map(str, range(first, first + fitting))):
            return fitting
        return next(n for n, number in enumerate(said) if number != str(first + n))

    def _end(self, growing: _Growing, cells: dict[Place, RawCell]) -> None:
        """Keep what has grown: as a stretch, or as cells where it is short."""
        if growing.count >= FEWEST_ROWS and growing.columns:
            self.stretches.append(Stretch(growing.first, growing.count, growing.columns))
            self.held += growing.held
        else:
            for number, column in growing.columns.items():
                cells.update(((growing.first + n, number), column.raw(n)) for n in range(growing.count))


class _Growing:
    """The rows of a run so far, by columns."""

    def __init__(self, makers: list[tuple[int, Maker]], first: int) -> None:
        self.first, self.count = first, 0
        self._met: dict[int, tuple[Maker, dict[str, int]]] = {}
        self.columns: dict[int, Words | Figures] = {}
        for number, make in makers:
            if isinstance(make, PlainNumber):
                self.columns[number] = Figures(make.kind, make.format, array("d"))
            else:
                self.columns[number] = Words([], array("I"))
                self._met[number] = make, {}

    @property
    def held(self) -> int:
        return self.count * len(self.columns)

    def takes(self, contents: Sequence[tuple[str, ...]]) -> bool:
        """Add the contents of rows, column by column; False, having added none, where any of them is blank."""
        for number, content in zip(self.columns, contents, strict=True):
            if number in self._met and not self._knows(number, content):
                return False
        for (number, column), content in zip(self.columns.items(), contents, strict=True):
            if isinstance(column, Figures):
                column.values.extend(map(float, content))
            else:
                column.at.extend(map(self._met[number][1].__getitem__, content))
        self.count += len(contents[0]) if contents else 0
        return True

    def _knows(self, number: int, contents: tuple[str, ...]) -> bool:
        """Whether each of the contents has a cell in the column, made where it has not come before."""
        make, met = self._met[number]
        cells = self.columns[number].cells  # type: ignore[union-attr]
        for content in dict.fromkeys(contents):
            if content not in met:
                cell = make(content)
                if cell[0] == "text" and not str(cell[1]).strip():
                    return False
                met[content] = len(cells)
                cells.append(cell)
        return True


def _scatter(
    makers: list[tuple[int, Maker]], first: int, contents: Sequence[tuple[str, ...]], cells: dict[Place, RawCell]
) -> None:
    """Put the contents of rows among the cells, each by itself."""
    for (number, make), column in zip(makers, contents, strict=True):
        met: dict[str, RawCell] = {}
        for row, content in enumerate(column, first):
            if not content:
                continue
            cell = met.get(content)
            if cell is None:
                cell = met[content] = make(content)
            cells[row, number] = cell


class PlainNumber:
    """Makes cells of numbers that are no dates."""

    def __init__(self, kind: str, format_: str) -> None:
        self.kind, self.format = kind, format_

    def __call__(self, content: str) -> RawCell:
        return self.kind, float(content), self.format


def _pattern_of(
    row: str, reader: CellReader, most_columns: int
) -> tuple[re.Pattern[str], list[tuple[int, Maker]]] | None:
    """What reads a row written like this one: None where it holds anything but plain numbers and texts."""
    head = _ROW.match(row)
    if head is None or 'hidden="' in head[2]:
        return None
    pieces = [r'<row r="([1-9][0-9]{0,6})"', re.escape(head[2]), ">"]
    makers: list[tuple[int, Maker]] = []
    at, column = head.end(), 0
    while cell := _CELL.match(row, at):
        opening, letters, number, attributes, style, kind, empty, before, _, after = cell.groups()
        column, before_it = column_of(letters), column
        if number != head[1] or not before_it < column <= most_columns:
            return None
        pieces += [re.escape(opening + letters), r"\1", re.escape(attributes)]
        if empty:
            pieces.append(re.escape(empty))
        else:
            if before.startswith("><is") != after.startswith("</t>"):
                return None
            pieces += [re.escape(before), _CONTENTS[kind or "n"], re.escape(after)]
            makers.append((column, _maker(reader, kind or "n", int(style or 0))))
        at = cell.end()
    if row[at:] != "</row>":
        return None
    return re.compile("".join([*pieces, r"</row>|([\s\S]+)"])), makers


def _maker(reader: CellReader, kind: str, style: int) -> Maker:
    plain = reader.plain_number(style) if kind == "n" else None
    return partial(reader.read, kind, style=style) if plain is None else PlainNumber(*plain)
