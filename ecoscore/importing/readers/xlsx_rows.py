"""The rows of a worksheet and the list of shared strings read by pattern, where they are written as programs write them.

Calling back into Python for every element is what an XML parser's time goes into. Excel, WPS, LibreOffice and the
usual libraries all write cells in one form; where every byte between the rows' begin and end is of that form, a regular
expression reads it several times faster. Whatever is not of that form, to the last byte, is left to the parser: the
functions here then give None, having changed nothing. What lies around the rows always goes through the parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from ecoscore.importing.readers.book import Place
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.readers.refusals import too_many_cells
from ecoscore.importing.readers.stretch import RawCell, Stretch
from ecoscore.importing.readers.xlsx_cells import CellReader, column_of, unescaped
from ecoscore.importing.readers.xlsx_runs import FIGURE, Runs

BEGIN, END = b"<sheetData>", b"</sheetData>"
_ROW_END = "</row>"
MOST = 96 << 20  # a part larger than this is read in pieces by the parser

_TEXT = r'<t(?: xml:space="preserve")?>([^<]*)</t>'
_EMPTIES = r'(?:<c r="[A-Z]{1,3}+[1-9][0-9]{0,6}+"(?: s="[0-9]{1,6}+")?+/>)*+'
_FORMULA = r'(<f(?: [a-zA-Z:0-9]+="[^"<&]*")*(?:/>|>(?:[^<&]++|&(?:amp|lt|gt|quot|apos);)*+</f>))?'
_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3}+)[1-9][0-9]{0,6}+"(?: s="([0-9]{1,6}+)")?+(?: t="([a-zA-Z]{1,9}+)")?+'
    # A cell, and with it the empty ones that follow: forms are full of cells that only have a style.
    rf"(?:><v>([^<]*+)</v></c>{_EMPTIES}|/>{_EMPTIES}|>{_FORMULA}(?:<v>([^<]*+)</v>|<is>{_TEXT}</is>)?</c>)"
    r'|<row(?: r="([0-9]{1,9})")?((?: [a-zA-Z:0-9]+="[^"<&]*")*)(/?)>|(</row>)'
    r"|([\s\S]+)"  # whatever is not of the usual form, with all that follows
)
_PLAIN_FIGURE = re.compile(FIGURE)
_MOST_AT_ONCE = 1 << 20
_STRING = re.compile(rf"<si>(?:{_TEXT}|<t/>)(?:<phoneticPr[^<>&]*/>)?</si>|([\s\S]+)")
_HEAD = re.compile(
    rb'\s*(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>\s*)?'
)
_SST = re.compile(r'<sst(?: [a-zA-Z:0-9]+="[^"<&]*")*>')
_CONTROLS = bytes(code for code in range(32) if code not in {9, 10})
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_ENTITY = re.compile(r"&(amp|lt|gt|quot|apos);")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ATTRIBUTE = re.compile(r'([a-zA-Z:0-9]+)="([^"]*)"')


class Rows:
    """What stood between the rows' begin and end."""

    def __init__(self) -> None:
        self.cells: dict[Place, RawCell] = {}
        self.hidden: set[int] = set()
        self.skipped = 0
        self.stretches: list[Stretch] = []

    @property
    def held(self) -> int:
        """How many cells there are in all."""
        return len(self.cells) + sum(stretch.count * len(stretch.columns) for stretch in self.stretches)

    @property
    def in_order(self) -> bool:
        """Whether the stretches come one after the other, and no row lies both in one and outside."""
        starts = [stretch.first for stretch in self.stretches]
        ends = [0, *(stretch.last for stretch in self.stretches)]
        if not all(start > end for start, end in zip(starts, ends, strict=False)):
            return False
        return not starts or all(row > ends[bisect_right(starts, row)] for row, _ in self.cells)


def split(content: bytes) -> tuple[bytes, str, bytes] | None:
    """What stands before the rows, the rows, what stands after; None where the part is not of the usual form."""
    head = _HEAD.match(content)
    if head is None or content.count(BEGIN) != 1 or content.count(END) != 1:
        return None
    start, end = content.index(BEGIN) + len(BEGIN), content.index(END)
    before, after = content[:start], content[end:]
    # A comment or the like could hold any tag, those of the rows as well, and it would be none.
    if end < start or b"<?" in before[head.end() :] or b"<?" in after or b"<!" in before or b"<!" in after:
        return None
    rows = _decoded(content[start:end])
    return None if rows is None else (before, rows, after)


def read_rows(text: str, reader: CellReader, limits: Limits, most: int) -> Rows | None:
    """The cells of the rows, at most `most`; None where anything at all is not of the usual form."""
    found = Rows()
    runs = Runs(reader, limits, most)
    at = row = 0
    while at < len(text):
        end = _after_rows(text, at, runs.due_in)
        read = _read_some(text, at, end, row, found, reader, limits, most - runs.held)
        if read is None:
            return None
        row, at = read, end
        if end < len(text):
            at, last = runs.follow(text, text.rfind("<row", 0, end), end, found.cells)
            row = last or row
    found.stretches = runs.stretches
    return found if found.in_order else None


def _after_rows(text: str, at: int, rows: int) -> int:
    """Where so many rows end; the end of the text if there are fewer."""
    for _ in range(rows):
        end = text.find(_ROW_END, at)
        if end < 0:
            return len(text)
        at = end + len(_ROW_END)
    return at


def _tokens(text: str, at: int, end: int) -> Iterable[tuple[str, ...]]:
    """All at once is faster, but one hostile row may be as long as the part."""
    if end - at <= _MOST_AT_ONCE:
        return _TOKEN.findall(text, at, end)
    return (m.groups("") for m in _TOKEN.finditer(text, at, end))


def _read_some(
    text: str, at: int, end: int, row: int, found: Rows, reader: CellReader, limits: Limits, most: int
) -> int | None:
    """Read whole rows cell by cell: the number of the last one; None where they are not of the usual form."""
    cells, columns, texts, figures = found.cells, dict[str, int](), reader.texts, dict[int, tuple[str, str] | None]()
    is_open, is_far = False, row > limits.rows
    for letters, style, kind, usual, formula, other, inline, number, attributes, empty, closed, odd in _tokens(
        text, at, end
    ):
        if not letters:
            if odd or is_open != bool(closed):
                return None
            is_open = not closed and not empty
            if not closed:
                next_row = _begun(number or None, attributes, row, found, limits)
                if next_row is None:
                    return None
                row, is_far = next_row, next_row > limits.rows
            if len(cells) > most:
                raise too_many_cells(limits.cells)
            continue
        if not is_open:
            return None
        content = usual or other or inline
        if not content and not formula:
            continue
        if "&" in content:
            plain_text = _plain(content)
            if plain_text is None:
                return None
            content = plain_text
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_of(letters)
        if is_far or column > limits.columns:
            found.skipped += 1
            continue
        at_style = int(style) if style else 0
        if kind == "s":
            cells[row, column] = texts.get((content, at_style)) or reader.text(content, at_style)
            continue
        if not kind and _PLAIN_FIGURE.fullmatch(content):
            if at_style not in figures:
                figures[at_style] = reader.plain_number(at_style)
            if shown := figures[at_style]:
                cells[row, column] = shown[0], float(content), shown[1]
                continue
        cells[row, column] = reader.read(kind or "n", content, at_style)
    if len(cells) > most:
        raise too_many_cells(limits.cells)
    return None if is_open else row


def _begun(said: str | None, attributes: str, before: int, found: Rows, limits: Limits) -> int | None:
    """The number of a row that begins; None where it is none."""
    given = dict(_ATTRIBUTE.findall(attributes)) if "r=" in attributes or "hidden" in attributes else {}
    if said is None:
        said = given.get("r")
        if said is not None and not (said.isascii() and said.isdigit()):
            return None
    elif "r" in given:
        return None  # twice
    number = before + 1 if said is None else int(said)
    if given.get("hidden") in {"1", "true"} and number <= limits.rows:
        found.hidden.add(number)
    return number


def shared_strings(content: bytes, most: int) -> list[str] | None:
    """The strings of a workbook, `most` letters of them; None where the part is not of the usual form or too long."""
    head = _HEAD.match(content)
    text = _decoded(content[head.end() :]) if head is not None else None
    start = _SST.match(text) if text is not None else None
    if text is None or start is None or len(text) > most:  # another declaration than ours does not begin with <sst
        return None
    found = _STRING.findall(text, start.end())
    if not found or found.pop()[1].strip() != "</sst>":  # the end, or whatever is not of the usual form
        return None
    strings = [string for string, _ in found]
    if "&" not in text and "_x" not in text:
        return strings
    for n, written in enumerate(strings):
        if "&" in written or "_x" in written:
            string = _plain(written)
            if string is None:
                return None
            strings[n] = unescaped(string)
    return strings


def _plain(text: str) -> str | None:
    """A text with the five entities that XML knows by itself replaced; None where there are others."""
    if "&" not in text:
        return text
    if "&" in _ENTITY.sub("", text):
        return None
    return _ENTITY.sub(lambda m: _SIGNS[m[1]], text)


def _decoded(content: bytes) -> str | None:
    """Strict UTF-8 without what XML forbids; a carriage return is left to the parser, which makes it a line end."""
    if len(content.translate(None, _CONTROLS)) != len(content) or any(odd in content for odd in _NONCHARACTERS):
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
