"""Line breaking for Chinese: no line begins or ends with a mark that may not stand there (避头尾)."""

from __future__ import annotations

from collections.abc import Callable

NO_START = frozenset("，。、；：！？）〕】》〉」』”’％％℃‰·…—～／,.;:?!)]}%°²³㎡㎥₂₃↑↓")
NO_END = frozenset("（〔【《〈「『“‘([{￥$№＋－×÷＝−=+第")
# A number keeps what counts it: 5分, 42 μg/m³, 2024年, 第3名.
_AFTER_NUMBER = frozenset("年月日时分秒个位名项次起期度季元万亿吨米种类级倍点页号条款")
_SOLID = frozenset("／μµ₀₁₂₃₄₅₆₇₈₉²³⁰¹′″ⅠⅡⅢⅣⅤⅥΣ∏^−")

Measure = Callable[[str], float]


def units(text: str) -> list[str]:
    """The text cut at every place where a line may end. Joined, the units are the text."""
    found: list[str] = []
    at = 0
    while at < len(text):
        end = _unit_end(text, at)
        found.append(text[at:end])
        at = end
    return found


def _unit_end(text: str, at: int) -> int:
    """Where the unit that begins at `at` ends: opening marks, a core, closing marks."""
    end, size = at, len(text)
    while end < size and (text[end] in NO_END or (end > at and text[end] == " ")):
        end += 1
    if end < size and _is_solid(text[end]):
        end = _solid_end(text, end)
        if text[end - 1].isdigit() and end < size and text[end] in _AFTER_NUMBER:
            end += 1
    elif end < size:
        end += 1
    while end < size and (text[end] in NO_START or text[end] == " "):
        end += 1
    return end


def _solid_end(text: str, at: int) -> int:
    """The end of a word or number, with the unit after 42 in 「42 μg/m³」 and the number after GB in 「GB 3095-2012」."""
    end = at
    while True:
        while end < len(text) and _is_solid(text[end]):
            end += 1
        if 0 < end < len(text) - 1 and text[end] in "×÷^" and text[end - 1].isdigit() and text[end + 1].isdigit():
            end += 1  # 7×40.36 stays whole
            continue
        if 0 < end < len(text) and text[end - 1] == "^" and text[end] == "(" and ")" in text[end:]:
            end = text.index(")", end) + 1  # and so does 96.5^(3÷8)
            continue
        if end + 1 >= len(text) or text[end] != " " or not _is_solid(text[end + 1]):
            return end
        before, after = text[end - 1], text[end + 1]
        if not (before.isdigit() and not after.isdigit()) and not (before.isupper() and after.isdigit()):
            return end
        end += 1


def _is_solid(char: str) -> bool:
    """Part of a word or a number that is not broken inside."""
    return (char.isascii() and not char.isspace() and char not in NO_END) or char in _SOLID


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines of at most `width`. A unit wider than a line is broken inside, still not before or after a forbidden
    mark where any such place exists. Line feeds are kept as breaks; a line never begins with a space.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_one(paragraph, width, measure)
    return lines


def _wrap_one(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    room = width + 0.01
    for unit in units(text):
        solid = measure(unit.rstrip(" "))
        if used + solid > room:
            if line:
                lines.append(line.rstrip(" "))
            line, used = "", 0.0
            unit = unit.lstrip(" ")  # noqa: PLW2901 - a line never begins with a space
            while measure(unit.rstrip(" ")) > room:
                cut = _cut(unit, room, measure)
                lines.append(unit[:cut].rstrip(" "))
                unit = unit[cut:].lstrip(" ")  # noqa: PLW2901
        line += unit
        used += measure(unit)
    lines.append(line.rstrip(" "))
    return lines


def _cut(text: str, room: float, measure: Measure) -> int:
    """Where to break inside a unit too wide for a line: the last allowed place, or where the line is full."""
    full = 1
    while full < len(text) and measure(text[: full + 1]) <= room:
        full += 1
    for cut in range(full, 0, -1):
        if cut < len(text) and text[cut] not in NO_START and text[cut - 1] not in NO_END:
            return cut
    return full
