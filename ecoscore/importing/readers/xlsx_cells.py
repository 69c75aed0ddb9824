"""What a cell of a worksheet holds, from its type, its style and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecoscore.importing.readers.number_format import NumberFormat
from ecoscore.importing.readers.refusals import damaged
from ecoscore.importing.readers.stretch import RawCell

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_466
_PLAIN = NumberFormat("number")


class CellReader:
    """Knows the strings, the formats and the calendar that all sheets of a workbook share."""

    def __init__(
        self, strings: Sequence[str], formats: Sequence[tuple[str, NumberFormat]], *, since_1904: bool
    ) -> None:
        self.strings, self.formats, self.since_1904 = strings, formats, since_1904
        self.texts: dict[tuple[str, int], RawCell] = {}  # the names in a long table come again and again

    def read(self, kind: str, content: str, style: int) -> RawCell:
        """`kind` is the type as the file writes it; a cell without content holds a formula never calculated."""
        if kind == "s":
            return self.texts.get((content, style)) or self.text(content, style)
        code, shown = self.formats[style] if style < len(self.formats) else ("General", _PLAIN)
        if kind in {"str", "inlineStr"}:
            return "text", unescaped(content), code
        if not content:
            return "uncalculated", None, code
        if kind == "b":
            return "bool", content.strip() == "1", code
        if kind == "e":
            return "error", content, code
        if kind == "d":
            return "date", content, code
        # float() alone would take "nan", "inf" and "1_000" for numbers.
        number = float(content) if _NUMBER.fullmatch(content.strip()) else float("inf")
        if abs(number) == float("inf"):
            return "error", content[:40], code
        if shown.kind == "date":
            date = date_text(number, since_1904=self.since_1904)
            return ("date", date, code) if date else ("error", "########", code)
        return ("percent" if shown.kind == "percent" else "number"), number, code

    def plain_number(self, style: int) -> tuple[str, str] | None:
        """The kind and the format of a number in a style; None where such a number is a date."""
        code, shown = self.formats[style] if style < len(self.formats) else ("General", _PLAIN)
        return None if shown.kind == "date" else ("percent" if shown.kind == "percent" else "number", code)

    def text(self, content: str, style: int) -> RawCell:
        """The shared string of a number, kept in `texts`."""
        at = whole(content, -1)
        if not 0 <= at < len(self.strings):
            raise damaged("文字索引")
        code = self.formats[style][0] if style < len(self.formats) else "General"
        found = self.texts[content, style] = "text", self.strings[at], code
        return found


def date_text(serial: float, *, since_1904: bool = False) -> str | None:
    """A day number as ISO text, the time of day only where there is one; None outside Excel's calendar."""
    if not 0 <= serial < _LAST_DAY:
        return None
    from datetime import datetime, timedelta  # noqa: PLC0415  see child.py: few tables hold dates

    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  Excel's dates have no zone
    moment = first + timedelta(seconds=round(serial * 86400))
    return moment.date().isoformat() if serial == int(serial) else moment.isoformat(" ", "seconds")


def whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() else otherwise


def column_of(reference: str) -> int:
    """The column of "AB12"; anything but letters first ends it."""
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number


def unescaped(text: str) -> str:
    """Excel writes control characters as _x000D_; line ends stay, the rest goes."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if chr(int(m[1], 16)) in "\t\n\r _" else "", text)
