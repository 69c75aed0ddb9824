"""What an Excel number format shows: a percentage, a date, a plain number, a text; and what it adds to the figure."""

from __future__ import annotations

import re
from functools import lru_cache

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|!(.)|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[yYdDhHsSeEgG]|[mM]|上午|下午")
_SECTION_ENDS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # outside quotes
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')

# The formats that files refer to by number alone, the Chinese ones included.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


class NumberFormat:
    """`kind` is `number`, `percent`, `date` or `text`; `suffix` the text that the format prints beside the figure
    (`0.0"%"` prints % but stores 86.4, not 0.864).

    `scaled`: the figure shown is the stored one divided by thousands, so what people see is not what is stored.
    """

    __slots__ = ("kind", "scaled", "suffix")

    def __init__(self, kind: str, suffix: str = "", *, scaled: bool = False) -> None:
        self.kind, self.suffix, self.scaled = kind, suffix, scaled


@lru_cache(maxsize=4096)
def read_format(code: str) -> NumberFormat:
    """Judge the first section of a format, literals taken out first: they are decoration, not meaning."""
    section = _SECTION.match(code)
    first = section.group() if section else ""
    bare = _LITERAL.sub("", first)
    suffix = "".join(a or b or c for a, b, c in _LITERAL.findall(first)).strip()
    if first.strip() == "@":
        return NumberFormat("text")
    if re.fullmatch(r"\s*General\s*|\s*", bare, re.IGNORECASE):
        return NumberFormat("number", suffix)
    if "%" in bare:
        return NumberFormat("percent", suffix)
    figures = re.sub(r"[eE][+-]|General", "", bare)
    if _DATE_LETTERS.search(figures) or re.search(r"\[[hms]+\]", first, re.IGNORECASE):
        return NumberFormat("date")
    # A comma after the last digit place divides by a thousand; `0!.0,"万"` shows 12.3万 for 123456.
    scaled = bool(re.search(r"[0#?],+(?![0#?,.])", bare)) or bool(re.search(r"[0#?][!\\]\.[0#?]", first))
    return NumberFormat("number", suffix, scaled=scaled)


def hides(code: str, value: float) -> bool:
    """Whether a number in this format shows nothing at all: `;;;` hides every number, `0;-0;` a zero."""
    blank = _blank_sections(code)
    if not blank:
        return False
    at = 0 if value > 0 else 1 if value < 0 else 2
    return blank[at] if at < len(blank) else blank[0]


@lru_cache(maxsize=4096)
def _blank_sections(code: str) -> tuple[bool, ...]:
    """Which of the sections for positive numbers, negative ones and zero show nothing; () where all show something."""
    if "[<" in code or "[>" in code or "[=" in code:  # sections by conditions of their own
        return ()
    sections = _SECTION_ENDS.split(code)[:3] if ";" in code or '""' in code else []
    blank = tuple(not re.sub(r'""|_.|\*.|\[[^\]]*\]|\s', "", section) for section in sections)
    return blank if any(blank) else ()


@lru_cache(maxsize=4096)
def is_bare(code: str) -> bool:
    """Whether any number in this format shows as itself: no percentage, no date, nothing beside it, not scaled nor
    hidden.
    """
    shown = read_format(code)
    return shown.kind == "number" and not shown.suffix and not shown.scaled and not _blank_sections(code)
