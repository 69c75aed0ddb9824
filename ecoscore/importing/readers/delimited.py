"""Reads .csv and .tsv in the encodings that Excel, WPS and statistics software write; every cell is text."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.readers.limits import LIMITS, Limits
from ecoscore.importing.readers.refusals import SAVE_AS, too_many_cells

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TABBED = {".tsv", ".tab"}
_ODD = "文字编码无法识别（既不是 UTF-8，也不是 GB18030）"


def read_delimited(path: Path, limits: Limits = LIMITS) -> Book:
    """One sheet without a name. Quoted fields, tabs, commas and semicolons are told apart by the first lines."""
    text = decode(path.read_bytes())
    if not text.strip():
        raise InputRefused("文件中没有内容", "请向填报单位重新索取该文件")
    sheet = Sheet("")
    csv.field_size_limit(1 << 20)
    try:
        mark = "\t" if path.suffix.lower() in _TABBED and "\t" in text else _delimiter(text)
        for row, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
            for column, field in enumerate(fields, start=1):
                if not field.strip():
                    continue
                if row > limits.rows or column > limits.columns:
                    sheet.skipped += 1
                elif len(sheet.cells) >= limits.cells:
                    raise too_many_cells(limits.cells)
                else:
                    sheet.cells[row, column] = "text", field, "@"
    except csv.Error as error:
        raise InputRefused("文件不是可以识别的表格文本", SAVE_AS) from error
    return Book("csv", [sheet])


def decode(content: bytes) -> str:
    """By its mark if it has one, else strict UTF-8, else GB18030 (GBK would lose 㙦, 䶮 and 𬭚)."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    if b"\x00" in content[:4096]:
        return _decoded(content, _utf16_order(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _utf16_order(content: bytes) -> str:
    """UTF-16 without a mark has its zero bytes on one side only; anything else is no text."""
    head = content[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 8 * even:
        return "utf-16-le"
    if even > 8 * odd:
        return "utf-16-be"
    raise InputRefused("文件不是可以识别的表格", SAVE_AS)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        is_binary = any(byte < 9 for byte in content[:4096])
        raise InputRefused("文件不是可以识别的表格" if is_binary else _ODD, SAVE_AS) from error
    if any(ord(letter) < 32 and letter not in "\t\n\r\x0b\x0c" for letter in text[:4096]):
        raise InputRefused("文件不是可以识别的表格", SAVE_AS)
    return text


def _delimiter(text: str) -> str:
    """The separator most frequent in the first lines; a comma where there is none (a single column)."""
    sample = "\n".join(text.splitlines()[:20])
    counts = {mark: sample.count(mark) for mark in ("\t", ",", ";")}
    if counts["\t"] and counts["\t"] * 2 >= counts[","]:
        return "\t"
    return max((",", ";"), key=lambda mark: counts[mark])
