"""What a paper shows, read back from its file, and where that differs from the same paper made anew."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ecoscore.errors import InputRefused
from ecoscore.reporting.digest import CODE_TITLE
from ecoscore.reporting.workbook.names import CARD, DATA, cell

_LARGEST = 150_000_000  # of an Office file, unpacked
_TOLERANCE = 1e-9
_HEAD_ROWS = 4  # of a card: the mark of an annex, the title, the line with the district
_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")
_MINUS = str.maketrans("−－", "--")

Value = float | int | str | bool | None
Cells = Mapping[str, Mapping[tuple[int, int], Value]]


@dataclass(frozen=True, slots=True)
class Altered:
    """A place of a paper that shows something else than the file gives."""

    place: str
    shown: str
    held: str

    @property
    def text(self) -> str:
        return f"{self.place}：报表为{self.shown or '空'}，考核文件为{self.held or '空'}"


def altered(paper: Path, anew: Path) -> tuple[Altered, ...]:
    """Where `paper` differs from the same paper made `anew`, in reading order. Words that officials add to a Word
    document, or put beside the tables of a workbook, are no difference: only what the file gives is compared.
    """
    suffix = anew.suffix.lower()
    if suffix == ".xlsx":
        return tuple(_differing_cells(cells(anew), cells(paper)))
    if suffix == ".docx":
        return tuple(_differing_figures(document_lines(anew), document_lines(paper)))
    return tuple(_differing_lines(pdf_lines(anew), pdf_lines(paper)))


# Workbooks ------------------------------------------------------------------------------------------------------


def cells(path: Path) -> Cells:
    """The stored value of every cell, by sheet."""
    import openpyxl  # noqa: PLC0415 - only to look at a paper

    _assert_sane(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of formats that it cannot keep: nothing is written
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
            raise _damaged(path) from error
        try:
            return {sheet.title: _values(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
        finally:
            book.close()


def _values(rows: Iterable[Sequence[Any]]) -> dict[tuple[int, int], Value]:
    return {
        (n, m): value for n, row in enumerate(rows) for m, value in enumerate(row) if value is not None and value != ""
    }


def _differing_cells(held: Cells, shown: Cells) -> Iterable[Altered]:
    for sheet, expected in held.items():
        found = shown.get(sheet)
        if found is None:
            yield Altered(f"“{sheet}”表", "没有这张表", "有")
            continue
        if sheet == CARD and _other_district(held, found):
            continue  # the reader has chosen another district: this sheet follows the others
        for at in sorted(expected.keys() | found.keys()):
            value, now = expected.get(at), found.get(at)
            if (value is not None or _within(at, expected)) and not _same(value, now):
                yield Altered(f"“{sheet}”表 {cell(*at)}{_label(expected, at)}", _said(now), _said(value))


def _other_district(held: Cells, found: Mapping[tuple[int, int], Value]) -> bool:
    """Whether the card's drop-down stands on another of the districts of 数据 than it did."""
    names = {value for (_, column), value in held.get(DATA, {}).items() if column == 1 and isinstance(value, str)}
    chosen = [(at, value) for at, value in held[CARD].items() if at[0] < _HEAD_ROWS and value in names]
    return any(found.get(at) != value and found.get(at) in names for at, value in chosen)


def _within(at: tuple[int, int], expected: Mapping[tuple[int, int], Value]) -> bool:
    """Whether an empty cell lies between others of its row: something written there would be taken for ours."""
    columns = [column for row, column in expected if row == at[0]]
    return bool(columns) and min(columns) < at[1] < max(columns)


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= _TOLERANCE * max(1.0, abs(a))
    return str(a if a is not None else "").strip() == str(b if b is not None else "").strip()


def _said(value: Value) -> str:
    return f"{value:.10g}" if isinstance(value, float) else "" if value is None else str(value)


def _label(expected: Mapping[tuple[int, int], Value], at: tuple[int, int]) -> str:
    """The row's and the column's title: the longest text left of a cell, and the nearest text above it."""
    row, column = at
    left = [v for (r, c), v in expected.items() if r == row and c < column and isinstance(v, str) and _is_word(v)]
    above = next(
        (v for r in range(row - 1, -1, -1) if isinstance(v := expected.get((r, column)), str) and _is_word(v)), ""
    )
    told = [max(left, key=len)] if left else []
    told += [above] if above else []
    return f"（{'，'.join(text.replace(chr(10), '') for text in told)}）" if told else ""


def _is_word(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text) and len(text) < 40


# Lines of text --------------------------------------------------------------------------------------------------


def pdf_lines(path: Path) -> list[str]:
    """Every line of every page, in the order it was set; spaces do not count."""
    import pypdfium2  # noqa: PLC0415 - only to look at a paper

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _damaged(path) from error
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    lines = (" ".join(line.split()) for text in texts for line in text.splitlines())
    return [line for line in lines if line and CODE_TITLE not in line]


def document_lines(path: Path) -> list[str]:
    """Every paragraph, and every row of a table as one line."""
    import docx  # noqa: PLC0415 - only to look at a paper
    from docx.table import Table  # noqa: PLC0415

    _assert_sane(path)
    try:
        document = docx.Document(str(path))
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise _damaged(path) from error
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["｜".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text.strip())
    return [line for line in lines if line]


def _differing_lines(held: Sequence[str], shown: Sequence[str]) -> Iterable[Altered]:
    """Lines that are not as they were set; what somebody put on the page besides is not ours to judge."""
    for expected, found in _pairs(held, shown):
        yield _in_line(expected, found)


def _differing_figures(held: Sequence[str], shown: Sequence[str]) -> Iterable[Altered]:
    """Lines whose numbers are others; wording is for officials to change, and so is what they leave out."""
    for expected, found in _pairs(held, shown):
        wanted, there = _numbers(expected), _numbers(found)
        if wanted != there and (found or "｜" in expected):
            yield _in_line(expected, found)


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text.translate(_MINUS))


def _pairs(held: Sequence[str], shown: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Lines that differ, each with the most similar one that stands in its place, "" where there is none."""
    for kind, a, b, c, d in SequenceMatcher(None, held, shown, autojunk=False).get_opcodes():
        if kind in ("equal", "insert"):
            continue
        rest = list(shown[c:d])
        for expected in held[a:b]:
            best = max(rest, key=lambda line: SequenceMatcher(None, expected, line).ratio(), default="")
            if best and SequenceMatcher(None, expected, best).ratio() > 0.5:
                rest.remove(best)
                yield expected, best
            else:
                yield expected, ""


def _in_line(expected: str, found: str) -> Altered:
    """Where in a line the difference lies, told by what the line begins with."""
    if not found:
        return Altered(f"“{_short(expected)}”", "没有", "有")
    one, two = re.split(r"([ ｜，；。])", expected), re.split(r"([ ｜，；。])", found)
    for _, a, b, c, d in (o for o in SequenceMatcher(None, one, two, autojunk=False).get_opcodes() if o[0] != "equal"):
        return Altered(f"“{_short(expected)}”", _short("".join(two[c:d]).strip()), _short("".join(one[a:b]).strip()))
    return Altered(f"“{_short(expected)}”", _short(found), _short(expected))


def _short(text: str) -> str:
    return text if len(text) <= 36 else text[:34] + "……"


def _assert_sane(path: Path) -> None:
    """An Office file that unpacks to no more than one of ours would."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(path) from error
    if unpacked > _LARGEST:
        raise InputRefused(f"文件解开后过大，不像本软件出具的报表：{path}", "请用原来出具的文件核对")


def _damaged(path: Path) -> InputRefused:
    return InputRefused(f"文件已损坏，无法核对：{path}", "请用原来出具的文件核对")
