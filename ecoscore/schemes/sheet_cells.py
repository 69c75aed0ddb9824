"""Reading one cell of a scheme's workbook: what it holds, or a problem with its place; nothing is guessed.

The rules. Text is taken as written, spaces around it removed; a number in a column of text is its digits. Numbers may
be number cells, or text that is a number in full- or half-width digits, with commas only where they group thousands.
A percent format is refused for numbers, since 6 % of what is not said, and read as the ratio it stores where the
column holds a ratio. Choices are the Chinese words of the drop-down, whatever their width and spacing, or the words of
a scheme file. Yes and no: 是、否、√、×, TRUE, FALSE. Dates, error values and formulas without a result are refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_problems import Place, SheetProblems

# One sheet as the guarded reader leaves it: (row, column) from 1 → kind, raw content, number format. The kinds are
# number, percent, text, date, bool, error, uncalculated, empty.
RawCell = tuple[str, Any, str]
SheetCells = Mapping[tuple[int, int], RawCell]

_EMPTY: RawCell = ("empty", None, "General")
_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
# Full-width forms only: NFKC would also make a number of ① and ².
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x2212: "-"}
_YES = {"是", "√", "✓", "true", "y", "yes"}
_NO = {"否", "×", "✗", "x", "false", "n", "no"}
_SEPARATOR = re.compile(r"[;；]")


class Unreadable:
    """Stands for a cell that was refused: its problem has been told."""


UNREADABLE = Unreadable()


def word(text: str) -> str:
    """A word for matching: half-width, without spaces or case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


class CellReader:
    """The cells of one sheet, with the problems they give rise to."""

    def __init__(self, sheet: str, cells: SheetCells, problems: SheetProblems) -> None:
        self.sheet, self.cells, self.problems = sheet, cells, problems

    def at(self, row: int, column: int) -> RawCell:
        return self.cells.get((row, column), _EMPTY)

    def is_blank(self, row: int, column: int) -> bool:
        kind, raw, _ = self.at(row, column)
        return kind == "empty" or (kind == "text" and not str(raw).strip())

    def refuse(self, place: Place, message: str, advice: str = "", code: str = "bad_cell") -> Unreadable:
        self.problems.report(place, message, advice, code=code)
        return UNREADABLE

    def text(self, place: Place) -> str | Unreadable | None:
        kind, raw, _ = self.at(place.row, place.column)
        if self.is_blank(place.row, place.column):
            return None
        if kind in {"text", "number", "percent"}:
            return cell_text(kind, raw)
        return self._wrong_kind(place, kind, raw, "文字")

    def number(self, place: Place, *, ratio: bool = False) -> float | Unreadable | None:
        kind, raw, _ = self.at(place.row, place.column)
        if self.is_blank(place.row, place.column):
            return None
        if kind == "number" or (kind == "percent" and ratio):
            return float(raw)
        if kind == "percent":
            return self.refuse(
                place,
                f"是百分比格式（显示 {cell_text(kind, raw)}，存的是 {raw:.15g}），不知道要的是哪个数",
                "请把单元格格式改为“数值”或“常规”后重填",
                "percent_format",
            )
        if kind == "text":
            found = number_in(str(raw), ratio=ratio)
            if found is not None:
                return found
            return self.refuse(place, f"应为一个数，写的是“{_short(raw)}”", "只写数字，不带单位", "not_a_number")
        return self._wrong_kind(place, kind, raw, "数")

    def flag(self, place: Place) -> bool | Unreadable | None:
        kind, raw, _ = self.at(place.row, place.column)
        if self.is_blank(place.row, place.column):
            return None
        if kind == "bool":
            return bool(raw)
        said = word(cell_text(kind, raw))
        if kind == "text" and said in _YES | _NO:
            return said in _YES
        return self.refuse(place, f"应写“是”或“否”，写的是“{_short(cell_text(kind, raw))}”", code="not_a_choice")

    def choice(self, place: Place, choices: Mapping[str, str]) -> str | Unreadable | None:
        """The scheme file's word for what the cell says."""
        said = self.text(place)
        if said is None or isinstance(said, Unreadable):
            return said
        for key, title in choices.items():
            if word(said) in {word(title), word(key)}:
                return key
        return self.refuse(
            place, f"没有“{_short(said)}”这一项", f"请从下拉表里选：{'、'.join(choices.values())}", "not_a_choice"
        )

    def texts(self, place: Place) -> list[str] | Unreadable | None:
        """Several texts in one cell: a line each if it has lines, else between semicolons."""
        kind, raw, _ = self.at(place.row, place.column)
        if kind != "text":
            said = self.text(place)
            return [said] if isinstance(said, str) else said
        parts = str(raw).splitlines() if "\n" in str(raw) else _SEPARATOR.split(str(raw))
        return [p.strip() for p in parts if p.strip()] or None

    def bound(self, place: Place) -> float | str | list[float] | Unreadable | None:
        """A bound: a number, two numbers, or the sample's worst or best."""
        kind, raw, _ = self.at(place.row, place.column)
        if kind != "text" or self.is_blank(place.row, place.column):
            return self.number(place)
        if word(str(raw)) in {word(w.SAMPLE_WORST), word(w.SAMPLE_BEST), "sample"}:
            return "sample"
        parts = [number_in(p) for p in _SEPARATOR.split(str(raw))]
        if len(parts) == 2 and parts[0] is not None and parts[1] is not None:
            return [parts[0], parts[1]]
        if len(parts) == 1 and parts[0] is not None:
            return parts[0]
        return self.refuse(
            place,
            f"应为一个数、两个数（用分号隔开），或“{w.SAMPLE_WORST}”“{w.SAMPLE_BEST}”，写的是“{_short(raw)}”",
            code="not_a_number",
        )

    def limit(self, place: Place) -> float | str | Unreadable | None:
        """A number, or 不限."""
        kind, raw, _ = self.at(place.row, place.column)
        return w.NO_LIMIT if kind == "text" and word(str(raw)) == word(w.NO_LIMIT) else self.number(place)

    def shares(self, place: Place) -> dict[str, float] | Unreadable | None:
        """Years with the share due by then: 2023=0.6；2024=80%."""
        said = self.text(place)
        if said is None or isinstance(said, Unreadable):
            return said
        found: dict[str, float] = {}
        for part in filter(str.strip, re.split(r"[;；\n]", said)):
            year, _, share = part.translate(_HALF_WIDTH).partition("=")
            year, value = year.strip().removesuffix("年"), number_in(share, ratio=True)
            if not re.fullmatch(r"[0-9]{4}", year) or value is None:
                return self.refuse(place, f"“{_short(part)}”读不懂", "写作 年份=累计进度，如 2023=0.6；2024=0.8")
            if year in found:
                return self.refuse(place, f"{year} 年写了两次", "请删去一个")
            found[year] = value
        return found

    def _wrong_kind(self, place: Place, kind: str, raw: Any, wanted: str) -> Unreadable:
        if kind == "date":
            return self.refuse(
                place, f"是日期（{raw}），不是{wanted}", "多半被自动改成了日期：请把格式设为“文本”后重填", "date"
            )
        if kind == "error":
            return self.refuse(place, f"显示错误值 {raw}", "请改正公式，或直接写出来", "cell_error")
        if kind == "uncalculated":
            return self.refuse(place, "是没有计算结果的公式", "请打开后保存一次，或改成数值", "uncalculated")
        return self.refuse(place, f"是逻辑值 {raw}，不是{wanted}", "请重填")


def cell_text(kind: str, raw: Any) -> str:
    """A cell in words."""
    if kind == "percent":
        return f"{float(f'{raw * 100:.15g}'):.15g}%"
    if kind == "number":
        return f"{raw:.15g}"
    return "" if raw is None else str(raw).strip()


def number_in(text: str, *, ratio: bool = False) -> float | None:
    """The number a text is, or None; with `ratio` it may end in a percent sign."""
    plain = text.translate(_HALF_WIDTH).strip()
    scale = 1.0
    if ratio and plain.endswith("%"):
        plain, scale = plain[:-1].strip(), 100.0
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain.replace(",", "")) / scale
    return value if abs(value) != float("inf") else None


def _short(text: Any) -> str:
    said = " ".join(str(text).split())
    return said if len(said) <= 30 else said[:30] + "…"
