"""Text in a workbook's cells, plain or in several looks: read as one, filled where the fields stand."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles import Font

from ecoscore.reporting.templates.syntax import Field, fields_in, replaced
from ecoscore.reporting.templates.value import Value, scales_percent

_RISKY = ("=", "+", "-", "@", "\t", "−")
_LONGEST = 32_767


def text_of(value: object) -> str:
    """The text of a cell; empty for numbers and the like."""
    if isinstance(value, CellRichText):
        return "".join(str(part) for part in value)
    return value if isinstance(value, str) else ""


def put(cell: Cell, values: dict[Field, Value]) -> None:
    """Fill a cell. One that is exactly one field becomes a number where there is one; all else is text, never a formula."""
    text = text_of(cell.value)
    (only, *more) = values
    if not more and text.strip() == text[only.start : only.end]:
        value = values[only]
        if isinstance(cell.value, CellRichText):
            _take_look(cell, cell.value)
        if value.number is not None and cell.number_format != "@":
            _put_number(cell, value, value.number)
        else:
            _put_text(cell, value.text)
    elif isinstance(cell.value, CellRichText):
        _put_rich(cell, cell.value, {f: v.text for f, v in values.items()})
    else:
        _put_text(cell, replaced(text, {f: v.text for f, v in values.items()}))


def _put_number(cell: Cell, value: Value, number: float) -> None:
    if scales_percent(cell.number_format) and value.percent:
        cell.value = round(number / 100, 15)
        return
    cell.value = number
    if cell.number_format == "General" or scales_percent(cell.number_format):
        cell.number_format = value.own_format


def _put_text(cell: Cell, text: str) -> None:
    if not text:
        cell.value = None
        return
    cell.value = text[:_LONGEST]
    cell.data_type = "s"
    if text.startswith(_RISKY):
        cell.quotePrefix = True  # so that it stays text when a person edits the cell
    if "\n" in text and not cell.alignment.wrap_text:
        look: Any = copy(cell.alignment)
        look.wrap_text = True
        cell.alignment = look


def _take_look(cell: Cell, rich: CellRichText) -> None:
    """A cell whose one field is written in a look of its own keeps that look."""
    block = next((part for part in rich if isinstance(part, TextBlock)), None)
    if block is not None and block.font is not None:
        look: Any = block.font
        cell.font = Font(
            name=look.rFont, sz=look.sz, b=look.b, i=look.i, u=look.u, strike=look.strike, color=look.color,
            charset=look.charset, family=look.family, scheme=look.scheme, vertAlign=look.vertAlign,
        )  # fmt: skip


def _put_rich(cell: Cell, rich: CellRichText, texts: dict[Field, str]) -> None:
    """Each field takes the look of the part in which its name begins."""
    fonts: list[Any] = [part.font if isinstance(part, TextBlock) else None for part in rich]
    words = [str(part) for part in rich]
    starts, at = [], 0
    for text in words:
        starts.append(at)
        at += len(text)
    for field in sorted(texts, key=lambda f: -f.start):
        home = max(n for n, start in enumerate(starts) if start <= field.start + 2)
        for n, start in enumerate(starts):
            text = words[n]
            left, right = max(field.start - start, 0), min(field.end - start, len(text))
            if left < right:
                words[n] = text[:left] + (texts[field] if n == home else "") + text[right:]
    cell.value = CellRichText([TextBlock(f, t) if f is not None else t for f, t in zip(fonts, words, strict=True) if t])


def fields_of(cell: object) -> tuple[Field, ...]:
    return fields_in(text_of(getattr(cell, "value", None)))
