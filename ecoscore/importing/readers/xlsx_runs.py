"""Runs of rows written alike: one pattern made from a row reads all that follow it in the very same form.

Long tables repeat one row a hundred thousand times, with other numbers and texts in it. What varies is cut out of one
row, and what is left is a regular expression for the whole row, down to the row number in each cell's reference. The
first row that differs in anything else ends the run; it is read cell by cell, like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ecoscore.importing.readers.book import Place, RawCell
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.readers.refusals import too_many_cells
from ecoscore.importing.readers.xlsx_cells import CellReader, column_of

_ROW = re.compile(r'<row r="([1-9][0-9]{0,6})"((?: (?!hidden=)[a-zA-Z:0-9]+="[^"<&]*")*)>')
_CELL = re.compile(
    r'(<c r=")([A-Z]{1,3})([1-9][0-9]{0,6})("(?: s="([0-9]{1,6})")?(?: t="(s|str|inlineStr|n)")?)'
    r'(?:(/>)|(><v>|><is><t(?: xml:space="preserve")?>)([^<]*)(</v></c>|</t></is></c>))'
)
_FIGURE = r"(-?[0-9]{1,17}(?:\.[0-9]{1,17})?)"
_CONTENTS = {"s": "([0-9]{1,7})", "str": "([^<&]*)", "inlineStr": "([^<&]*)", "n": _FIGURE}
_FIRST_TRY = 24
_MOST_KEPT = 4096

Maker = Callable[[str], RawCell]


class Runs:
    """Tries to follow a row when enough rows have been read one by one, and less often where that was in vain."""

    def __init__(self, reader: CellReader, limits: Limits, most: int) -> None:
        self._reader, self._limits, self._most = reader, limits, most
        self._wait = self._interval = _FIRST_TRY

    def is_due(self) -> bool:
        """Whether the row just read is to be followed."""
        self._wait -= 1
        return self._wait <= 0

    def follow(self, text: str, start: int, end: int, cells: dict[Place, RawCell]) -> tuple[int, int]:
        """Read into `cells` the rows after the one at `start` to `end` that are written like it.

        Gives where the next row begins and the number of the last row read (0 where there is none).
        """
        found = _pattern_of(text[start:end], self._reader, self._limits.columns)
        at, row = (end, 0) if found is None else self._read(text, end, *found, cells)
        self._interval = _FIRST_TRY if at - end > _FIRST_TRY * (end - start) else self._interval * 2
        self._wait = self._interval
        return at, row

    def _read(
        self, text: str, at: int, pattern: re.Pattern[str], makers: list[tuple[int, Maker]], cells: dict[Place, RawCell]
    ) -> tuple[int, int]:
        last = 0
        columns = [(column, make, dict[str, RawCell]()) for column, make in makers]
        most, rows = self._most, self._limits.rows
        for m in pattern.finditer(text, at):
            if m.start() != at:
                break
            said, *contents = m.groups()
            row = int(said)
            if row > rows:
                break
            for (column, make, kept), content in zip(columns, contents, strict=True):
                if not content:
                    continue
                cell = kept.get(content)
                if cell is None:
                    cell = make(content)
                    if len(kept) < _MOST_KEPT:  # names and years come again and again, figures do not
                        kept[content] = cell
                cells[row, column] = cell
            if len(cells) > most:
                raise too_many_cells(self._limits.cells)
            at, last = m.end(), row
        return at, last


def _pattern_of(
    row: str, reader: CellReader, most_columns: int
) -> tuple[re.Pattern[str], list[tuple[int, Maker]]] | None:
    """What reads a row written like this one: None where it holds anything but plain numbers and texts."""
    head = _ROW.match(row)
    if head is None or 'hidden="' in head[2]:
        return None
    pieces = [r'<row r="([1-9][0-9]{0,6})"', re.escape(head[2]), ">"]
    makers: list[tuple[int, Maker]] = []
    at = head.end()
    while cell := _CELL.match(row, at):
        opening, letters, number, attributes, style, kind, empty, before, _, after = cell.groups()
        if number != head[1] or column_of(letters) > most_columns:
            return None
        pieces += [re.escape(opening + letters), r"\1", re.escape(attributes)]
        if empty:
            pieces.append(re.escape(empty))
        else:
            if before.startswith("><is") != after.startswith("</t>"):
                return None
            pieces += [re.escape(before), _CONTENTS[kind or "n"], re.escape(after)]
            makers.append((column_of(letters), _maker(reader, kind or "n", int(style or 0))))
        at = cell.end()
    if row[at:] != "</row>":
        return None
    return re.compile("".join([*pieces, "</row>"])), makers


def _maker(reader: CellReader, kind: str, style: int) -> Maker:
    plain = reader.plain_number(style) if kind == "n" else None
    if plain is None:
        return partial(_made, reader, kind, style)
    shown, code = plain
    return lambda content: (shown, float(content), code)


def _made(reader: CellReader, kind: str, style: int, content: str) -> RawCell:
    return reader.read(kind, content, style)
