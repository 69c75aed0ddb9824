"""How cells look: a style as a value, and the formats of one workbook made from styles, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

SONG, HEI, FANG = "宋体", "黑体", "仿宋"  # on every Chinese Windows
THIN, MEDIUM = 1, 2
_INPUT_FILL = "#FFF8E1"


@dataclass(frozen=True, slots=True)
class Style:
    """A cell's look. `unlocked` cells take input in a protected sheet and are tinted so that one sees it, but on paper.

    `fill` is a tint of another meaning.
    """

    font: str = SONG
    size: float = 10
    bold: bool = False
    align: str = "center"
    valign: str = "vcenter"
    wrap: bool = False
    shrink: bool = False
    num: str = ""
    left: int = THIN
    right: int = THIN
    top: int = THIN
    bottom: int = THIN
    color: str = ""
    unlocked: bool = False
    tinted: bool = True
    fill: str = ""

    def but(self, **changes: Any) -> Style:
        return _changed(self, tuple(changes.items()))

    def properties(self) -> dict[str, Any]:
        """What XlsxWriter asks for."""
        found: dict[str, Any] = {
            "font_name": self.font, "font_size": self.size, "bold": self.bold, "align": self.align,
            "valign": self.valign, "text_wrap": self.wrap, "shrink": self.shrink, "left": self.left,
            "right": self.right, "top": self.top, "bottom": self.bottom,
        }  # fmt: skip
        if self.num:
            found["num_format"] = self.num
        if self.color:
            found["font_color"] = self.color
        if self.fill:
            found["bg_color"] = self.fill
        if self.unlocked:
            found["locked"] = False
            if self.tinted:
                found["bg_color"] = _INPUT_FILL
        return found


@lru_cache(maxsize=4096)
def _changed(style: Style, changes: tuple[tuple[str, Any], ...]) -> Style:
    """Few looks are used many times."""
    return replace(style, **dict(changes))


_NO_BORDER: dict[str, Any] = {"left": 0, "right": 0, "top": 0, "bottom": 0}

TITLE = Style(font=HEI, size=18, wrap=True, **_NO_BORDER)
MARK = Style(font=HEI, size=16, align="left", **_NO_BORDER)
LINE = Style(font=FANG, size=12, align="left", shrink=True, **_NO_BORDER)
NOTE = Style(size=9, align="left", wrap=True, valign="top", **_NO_BORDER)
PLAIN_NOTE = Style(size=9, align="left", **_NO_BORDER)
CAPTION = Style(font=HEI, size=10.5, align="left", **_NO_BORDER)
HEAD = Style(font=HEI, wrap=True)
TEXT = Style(align="left", wrap=True)
CENTER = Style(wrap=True)
FIGURE = Style(align="right")
STRONG = Style(font=HEI, align="right")
GROUP = Style(font=HEI, align="left")
HELPER = Style(size=9, align="right", color="#7F7F7F", left=0, right=0, top=0, bottom=0)


def decimals(places: int, *, signed: bool = False, suffix: str = "") -> str:
    """A number format with so many places and a real minus sign, as on the PDF; a text in the cell is shown as it is."""
    body = "0" + ("." + "0" * places if places > 0 else "") + (f'"{suffix}"' if suffix else "")
    return f'+{body};"−"{body};{body}' if signed else f'{body};"−"{body}'


def in_formula(num: str) -> str:
    """A number format inside a formula's text."""
    return num.replace('"', '""')


class Formats:
    """The formats of one workbook, by style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[Style, Any] = {}

    def of(self, style: Style) -> Any:
        if style not in self._made:
            self._made[style] = self._book.add_format(style.properties())
        return self._made[style]
