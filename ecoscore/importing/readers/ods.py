"""Reads .ods (LibreOffice, WPS) from its content.xml under the same guard as .xlsx."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.readers.limits import LIMITS, Limits
from ecoscore.importing.readers.parts import Parts, local
from ecoscore.importing.readers.refusals import damaged, too_many_cells, with_password

# ODS states the kind of each value itself; the format is kept only as far as it tells kinds apart.
_FORMATS = {"percentage": "0%", "float": "General", "currency": "General", "string": "@", "date": "yyyy/m/d"}

_HIDING, _SCALING = ";;;", "0,"
_FIGURE = re.compile(r"[^0-9]*([0-9][0-9,]*)(\.[0-9]+)?")
_EXPONENT = re.compile(r"[0-9]E[+-]?[0-9]")
_MANIFEST = "META-INF/manifest.xml"
_TRUTHS = {"TRUE", "FALSE", "真", "假"}


def read_ods(path: Path, limits: Limits = LIMITS, archive: zipfile.ZipFile | None = None) -> Book:
    """Every table; repeated cells and rows are laid out only as far as they hold something."""
    with Parts(path, limits, archive) as parts:
        if "content.xml" not in parts.names:
            raise damaged("缺少 content.xml")
        if _MANIFEST in parts.names and b"encryption-data" in (parts.content(_MANIFEST, 1 << 20) or b""):
            raise with_password()
        reading = _Pass(limits)
        parts.parse("content.xml", reading.start, reading.end, reading.text)
    return Book("ods", reading.sheets)


class _Pass:
    """One pass over content.xml. A row is buffered until its end, for it may stand for many equal ones."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[Sheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.row_repeat = 1
        self.row_cells: list[tuple[int, str, object, str]] = []
        self.attributes: dict[str, str] | None = None
        self.pieces: list[str] = []
        self.paragraphs = self.annotation = 0
        self.cells_left = limits.cells

    def start(self, name: str, given: dict[str, str]) -> None:
        tag = local(name)
        attributes = {local(key): value for key, value in given.items()}
        if tag == "table":
            self.sheets.append(
                Sheet(attributes.get("name", ""), hidden=attributes.get("style-name") in self.hidden_styles)
            )
            self.row = self.column = 0
        elif tag == "style":
            self.style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif not self.sheets:
            return
        elif tag == "table-column":
            self._column(attributes)
        elif tag == "table-row":
            self.row_repeat = _count(attributes, "number-rows-repeated")
            self.row_cells = []
            self.column = 0
            if attributes.get("visibility") in {"collapse", "filter"}:
                last = min(self.row + self.row_repeat, self.limits.rows)
                self.sheets[-1].hidden_rows.update(range(self.row + 1, last + 1))
        elif tag in {"table-cell", "covered-table-cell"}:
            self.attributes = attributes
            self.pieces = []
            self.paragraphs = 0
        elif tag == "annotation":
            self.annotation += 1
        elif tag == "p" and self.attributes is not None and not self.annotation:
            if self.paragraphs:
                self.pieces.append("\n")
            self.paragraphs += 1
        elif tag == "s" and self.paragraphs:
            self.pieces.append(" " * min(_count(attributes, "c"), 1000))

    def text(self, data: str) -> None:
        if self.paragraphs and not self.annotation:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "annotation":
            self.annotation -= 1
        elif tag in {"table-cell", "covered-table-cell"} and self.attributes is not None:
            self._cell(self.attributes)
            self.attributes = None
            self.paragraphs = 0
        elif tag == "table-row" and self.sheets:
            self._row_done()

    def _column(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in {"collapse", "filter"}:
            last = min(self.column + repeat, self.limits.columns)
            self.sheets[-1].hidden_columns.update(range(self.column + 1, last + 1))
        self.column += repeat

    def _cell(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes, "number-columns-repeated")
        first = self.column + 1
        self.column += repeat
        rows, columns = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if (rows > 1 or columns > 1) and len(self.sheets[-1].merges) < self.limits.merges:
            self.sheets[-1].merges.append((self.row + 1, first, self.row + rows, first + columns - 1))
        found = _value(attributes, "".join(self.pieces), is_shown=bool(self.paragraphs))
        if found is None:
            return
        last = min(self.column, self.limits.columns)
        self.sheets[-1].skipped += self.column - max(last, first - 1)
        for column in range(first, last + 1):
            self.row_cells.append((column, *found))

    def _row_done(self) -> None:
        sheet = self.sheets[-1]
        if self.row_cells:
            last = min(self.row + self.row_repeat, self.limits.rows)
            sheet.skipped += len(self.row_cells) * (self.row + self.row_repeat - max(last, self.row))
            self.cells_left -= len(self.row_cells) * max(0, last - self.row)
            if self.cells_left < 0:
                raise too_many_cells(self.limits.cells)
            for row in range(self.row + 1, last + 1):
                for column, kind, raw, code in self.row_cells:
                    sheet.cells[row, column] = kind, raw, code
        self.row += self.row_repeat


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1


def _value(attributes: dict[str, str], shown: str, *, is_shown: bool) -> tuple[str, object, str] | None:
    """Kind, raw value and format of a cell, None for an empty one.

    What is printed stands in for the format, which lies elsewhere in the file; `is_shown`: something is, be it nothing.
    """
    kind = attributes.get("value-type", "")
    code = _FORMATS.get(kind, "General")
    if "formula" in attributes and shown.startswith(("#", "Err:")):
        return "error", shown, code
    if kind == "boolean" or (kind == "float" and shown.upper() in _TRUTHS):
        return "bool", attributes.get("boolean-value", attributes.get("value")) in {"true", "1"}, code
    if kind == "date":
        return "date", attributes.get("date-value", shown), code
    if kind in {"float", "percentage", "currency"}:
        try:
            number = float(attributes.get("value", ""))
        except ValueError:
            return "error", shown, code
        if number != number or abs(number) == float("inf"):  # noqa: PLR0124  NaN differs from itself
            return "error", shown, code
        if is_shown and not shown:
            code = _HIDING
        elif kind != "percentage" and _is_scaled(number, shown):
            code = _SCALING
        printed = re.sub(r"^[^0-9]*[0-9][0-9,.\s]*(?:E[+-]?[0-9]+)?", "", shown).strip()
        if printed and kind != "percentage" and '"' not in printed and code != _SCALING:
            code = f'General"{printed}"'
        return ("percent" if kind == "percentage" else "number"), number, code
    if shown:
        return "text", shown, code
    return ("uncalculated", None, code) if "formula" in attributes and not kind else None


def _is_scaled(number: float, shown: str) -> bool:
    """Whether the figure printed is the number divided by thousands: 1,235 for 1234567."""
    found = _FIGURE.match(shown)
    if found is None or abs(number) < 1 or _EXPONENT.search(shown):
        return False
    decimals = found[2] or ""
    figure, within = float(found[1].replace(",", "") + decimals), 0.5000001 * 10.0 ** -max(0, len(decimals) - 1)
    return any(abs(abs(number) / power - figure) <= within for power in (1e3, 1e6, 1e9)) and (
        abs(abs(number) - figure) > within
    )
