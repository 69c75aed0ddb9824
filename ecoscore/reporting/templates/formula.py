"""A bureau's formula after rows were repeated: references move down with their cells, sums over the row grow with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from ecoscore.reporting.templates.rows import Block, RowMap

_SHEET = r"(?P<sheet>'(?:[^']|'')+'!|[^'!\[\]]+!)?"
_CELLS = re.compile(
    _SHEET + r"(?P<a>\$?[A-Z]{1,3})(?P<m>\$?\d+)(?::(?P<b>\$?[A-Z]{1,3})(?P<n>\$?\d+))?(?P<spill>#?)", re.IGNORECASE
)
_ROWS = re.compile(_SHEET + r"(?P<m>\$?\d+):(?P<n>\$?\d+)")
# Functions in which one cell of the repeated row, given as a whole argument, means the whole column of it.
_GATHERING = frozenset(
    [
        "SUM",
        "SUMSQ",
        "AVERAGE",
        "AVERAGEA",
        "MAX",
        "MAXA",
        "MIN",
        "MINA",
        "COUNT",
        "COUNTA",
        "COUNTBLANK",
        "PRODUCT",
        "MEDIAN",
        "MODE",
        "GEOMEAN",
        "STDEV",
        "STDEV.S",
        "STDEV.P",
        "STDEVP",
        "VAR",
        "VAR.S",
        "VAR.P",
        "VARP",
        "SUBTOTAL",
        "AGGREGATE",
        "SUMPRODUCT",
        "SUMIF",
        "SUMIFS",
        "COUNTIF",
        "COUNTIFS",
        "AVERAGEIF",
        "AVERAGEIFS",
        "MAXIFS",
        "MINIFS",
        "LARGE",
        "SMALL",
        "TEXTJOIN",
        "CONCAT",
    ]
)


@dataclass(slots=True)
class Moved:
    """A formula rewritten. `only_first`: single cells of a repeated row that now mean its first copy; `across`: 3D ones."""

    text: str
    only_first: list[str] = field(default_factory=list)
    across: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands: its sheet, and in a repeated row which copy."""

    sheet: str
    block: Block | None = None
    copy: int = 0


def moved(formula: str, place: Place, maps: Mapping[str, RowMap], *, gathers: bool = False) -> Moved:
    """The formula for its place; `gathers`: single cells of a repeated row mean all of its copies (a chart's series)."""
    tokens = Tokenizer(formula)
    found = Moved(formula)
    calls: list[str] = []
    parts = ["="]
    items = [t for t in tokens.items if t.type != Token.WSPACE]
    position = {id(t): n for n, t in enumerate(items)}
    for token in tokens.items:
        if token.type == Token.FUNC:
            if token.subtype == Token.OPEN:
                calls.append(token.value.rstrip("(").upper().removeprefix("_XLFN."))
            elif calls:
                calls.pop()
        elif token.type == Token.PAREN:
            if token.subtype == Token.OPEN:
                calls.append("")
            elif calls:
                calls.pop()
        text = token.value
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            whole = gathers or (bool(calls) and calls[-1] in _GATHERING and _is_argument(items, position[id(token)]))
            bare = text.strip(":")  # E5:INDEX(…) comes in pieces with the colon on one of them
            text = text.replace(bare, _reference(bare, place, maps, found, whole=whole))
        parts.append(text)
    found.text = "".join(parts)
    return found


def _is_argument(items: list[Token], n: int) -> bool:
    """Whether the reference is an argument by itself, not part of a computation."""
    before, after = items[n - 1] if n else None, items[n + 1] if n + 1 < len(items) else None
    opens = before is not None and (before.type == Token.SEP or before.subtype == Token.OPEN)
    closes = after is not None and (after.type == Token.SEP or after.subtype == Token.CLOSE)
    return opens and closes


def _reference(text: str, place: Place, maps: Mapping[str, RowMap], found: Moved, *, whole: bool) -> str:
    if rows := _ROWS.fullmatch(text):
        sheet = _sheet(rows["sheet"], place)
        start, end = _span(rows["m"], rows["n"], place, sheet, maps.get(sheet, RowMap()))
        return f"{rows['sheet'] or ''}{start}:{end}"
    match = _CELLS.fullmatch(text)
    if not match:
        return text
    sheet = _sheet(match["sheet"], place)
    rowmap = maps.get(sheet)
    if rowmap is None:
        if ":" in sheet and any(m.moves for m in maps.values()):
            found.across.append(text)
        return text
    head = match["sheet"] or ""
    if match["n"]:
        alone = (match["a"], match["m"]) == (match["b"], match["n"])  # E5:E5 says that it is to grow
        start, end = _span(match["m"], match["n"], Place(place.sheet) if alone else place, sheet, rowmap)
        return f"{head}{match['a']}{start}:{match['b']}{end}"
    row, fixed = int(match["m"].lstrip("$")), match["m"].startswith("$")
    block = rowmap.block_of(row)
    dollar = "$" if fixed else ""
    if block is None:
        return f"{head}{match['a']}{dollar}{rowmap.first(row)}{match['spill']}"
    own = place.block is block and place.sheet == sheet
    if own and not (fixed and whole):
        return f"{head}{match['a']}{dollar}{rowmap.at(row, 0 if fixed else place.copy)}{match['spill']}"
    if whole and rowmap.count_of(block) > 1:
        return f"{head}{match['a']}{dollar}{rowmap.first(row)}:{match['a']}{dollar}{rowmap.last(row)}"
    if not whole:
        found.only_first.append(text)
    return f"{head}{match['a']}{dollar}{rowmap.first(row)}{match['spill']}"


def _span(start: str, end: str, place: Place, sheet: str, rowmap: RowMap) -> tuple[str, str]:
    """Both ends of a range. Within its own repeated row, ends without $ stay in the row, as when filling down."""
    top, bottom = int(start.lstrip("$")), int(end.lstrip("$"))
    own = place.block is not None and place.sheet == sheet

    def to(row: int, text: str, *, first: bool) -> str:
        fixed = text.startswith("$")
        if own and place.block is not None and row in place.block and not fixed:
            return str(rowmap.at(row, place.copy))
        return ("$" if fixed else "") + str(rowmap.first(row) if first else rowmap.last(row))

    return to(top, start, first=True), to(bottom, end, first=False)


def _sheet(prefix: str | None, place: Place) -> str:
    if not prefix:
        return place.sheet
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
