"""What the printed sheets share: headings, notes, places to sign, and how high a row must be for its text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ecoscore.model.scheme import Scheme
from ecoscore.reporting.view_parts import PaperMeta, SignatureField
from ecoscore.reporting.workbook.formats import LINE, MARK, NOTE, TEXT, TITLE, Style
from ecoscore.reporting.workbook.sheet import Sheet, Value
from ecoscore.rules.rounding import excel_round, round_decimal

_DATE_BLANK = "年　　月　　日"
_SIGNED = 34.0
_SEALED = 100.0


def pixels(width: float) -> float:
    """A column's width on screen, from its width in characters."""
    return math.floor(width * 7 + 5)


def text_width(text: str, size: float) -> float:
    """About how wide a text is in pixels: a Chinese character is square, a Latin one half of that."""
    units = sum(1.0 if ord(c) > 0x2E7F or c in "—…“”‘’×÷→↑↓≥≤、。·（）" else 0.55 for c in text)
    return units * size * 96 / 72


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in so many pixels; a little pessimistic, since programs differ."""
    room = max(width - 8, 10)
    return sum(max(1, math.ceil(text_width(part, size) * 1.06 / room)) for part in text.split("\n"))


def height_of(text: str, width: float, size: float, least: float = 15.0) -> float:
    return max(least, lines_of(text, width, size) * size * 1.32 + 3)


def spans(widths: Sequence[float], parts: int) -> list[tuple[int, int]]:
    """Columns cut into so many runs of about equal width, each of one column at least."""
    found, first = [], 0
    for n in range(parts):
        rest = parts - n - 1
        target = sum(widths[first:]) / (rest + 1)
        last, wide = first, widths[first]
        while last + 1 < len(widths) - rest and (not rest or wide + widths[last + 1] / 2 <= target):
            last += 1
            wide += widths[last]
        found.append((first, last))
        first = last + 1
    return found


def heading(sheet: Sheet, row: int, last: int, title: str, meta: PaperMeta, left: str, right: str) -> int:
    """The mark of an annex, the title, the line below it; gives the next row."""
    if meta.attachment:
        sheet.text(row, 0, meta.attachment, MARK)
        sheet.height(row, 24)
        row += 1
    sheet.text(row, 0, title, TITLE)
    sheet.merge(row, 0, row, last)
    sheet.height(row, 34)
    sheet.text(row + 1, 0, left, LINE)
    middle = last * 2 // 3
    sheet.merge(row + 1, 0, row + 1, middle)
    sheet.text(row + 1, middle + 1, right, LINE.but(align="right"))
    sheet.merge(row + 1, middle + 1, row + 1, last)
    sheet.height(row + 1, 22)
    return row + 2


def notes(sheet: Sheet, row: int, last: int, texts: Sequence[str], width: float, title: str = "注：") -> int:
    """Numbered notes over the whole width; gives the next row. The title opens the first line."""
    for n, text in enumerate(texts, start=1):
        line = f"{title if n == 1 else ''}{n}．{text}"
        sheet.text(row, 0, line, NOTE)
        sheet.merge(row, 0, row, last)
        sheet.height(row, height_of(line, width, NOTE.size, 13))
        row += 1
    return row


def signatures(
    sheet: Sheet, row: int, spans: Sequence[tuple[int, int]], fields: Sequence[SignatureField], date: str
) -> int:
    """Places for hands, three a line, then boxes with room for a seal, two a line; gives the next row.

    `spans` cut the width into six parts of columns.
    """
    top = row
    hands = [f for f in fields if not f.sealed]
    boxes = [f for f in fields if f.sealed]
    for start in range(0, len(hands), 3):
        line = hands[start : start + 3]
        share = 6 // len(line)
        for n, field in enumerate(line):
            first, last = spans[n * share], spans[(n + 1) * share - 1]
            _joined(sheet, row, first, last, f"{field.label}：{field.name}", TEXT)
        sheet.height(row, _SIGNED)
        row += 1
    for start in range(0, len(boxes), 2):
        line = boxes[start : start + 2]
        share = 6 // len(line)
        for n, field in enumerate(line):
            first, last = spans[n * share], spans[(n + 1) * share - 1]
            label = f"{field.label}：" + (f"\n{field.name}" if field.name else "")
            _joined(sheet, row, first, last, label, TEXT.but(valign="top", bottom=0))
            right = TEXT.but(align="right", top=0)
            _joined(sheet, row + 1, first, last, (date or _DATE_BLANK) + "　", right)
        sheet.height(row, _SEALED)
        sheet.height(row + 1, 22)
        row += 2
    if row > top:
        sheet.frame(top, spans[0][0], row - 1, spans[-1][1])
    return row


def _joined(sheet: Sheet, row: int, first: tuple[int, int], last: tuple[int, int], text: str, style: Style) -> None:
    sheet.text(row, first[0], text, style)
    sheet.merge(row, first[0], row, last[1])


def shown(expression: str, scheme: Scheme) -> str:
    """The formula of a score as printed: rounded once as the scheme says, "—" where there is none."""
    return f'IF(ISNUMBER({expression}),{excel_round(expression, scheme.decimals, scheme.rounding)},"—")'


def shown_value(value: float, scheme: Scheme) -> Value:
    return "—" if math.isnan(value) else round_decimal(value, scheme.decimals, scheme.rounding)
