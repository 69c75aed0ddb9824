"""Reads .xlsx and .xlsm in one guarded pass: values, kinds, number formats, hidden parts, merges. Nothing is executed.

Own, because the common readers lose what scores need: that 0.864 was a percentage, that a cell held an error, that a
formula was never calculated; and because some hang or abort on a hostile file of a few kilobytes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from functools import partial
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.readers.limits import LIMITS, Limits
from ecoscore.importing.readers.number_format import BUILTIN, NumberFormat, read_format
from ecoscore.importing.readers.parts import Parts, local
from ecoscore.importing.readers.refusals import damaged, too_many_cells
from ecoscore.importing.readers.xlsx_cells import CellReader, column_of, unescaped, whole
from ecoscore.importing.readers.xlsx_rows import MOST, read_rows, shared_strings, split

# The two tags around the rows that matter, as programs write them; and the same in any other way.
_TAG = re.compile(rb'<(col|mergeCell)((?: [a-zA-Z]+="[^"<&\x80-\xff]*")*) ?/>')
_ANY_TAG = re.compile(rb"<(?:[^<>\s/]*:)?(?:col|mergeCell)[\s/>]")
# What is printed below the pages, mostly the district's name; nothing in it that a parser could refuse.
_FOOTER = re.compile(rb"<oddFooter>((?:[^<>&\x00-\x1f]++|&(?:amp|lt|gt|quot|apos);)*+)</oddFooter>")
_SAID = re.compile(r'([a-zA-Z]+)="([^"]*)"')
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


def read_xlsx(path: Path, limits: Limits = LIMITS, archive: zipfile.ZipFile | None = None) -> Book:
    """Every worksheet of the file; chart and macro sheets hold no cells and are passed over."""
    with Parts(path, limits, archive) as parts:
        return _Workbook(parts).read()


class _Workbook:
    """The parts that all sheets share: their list, the strings and the formats."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.since_1904 = False
        self.strings: list[str] = []
        self.formats: list[tuple[str, NumberFormat]] = []
        self.cells_left = parts.limits.cells

    def read(self) -> Book:
        main = self._target_of("", "_rels/.rels", "/officeDocument")
        if main is None or main not in self.parts.names:
            raise damaged("缺少工作簿部件")
        folder = posixpath.dirname(main)
        rels = self._relations(folder, f"{folder}/_rels/{posixpath.basename(main)}.rels".lstrip("/"))
        listed, self.since_1904 = self.parts.once("sheets", main, self._listed)
        if len(listed) > self.parts.limits.sheets:
            raise InputRefused(f"工作簿有 {len(listed)} 张工作表，不是正常的报表", "请只留指标数据所在的工作表后重试")
        for kind, target in rels.values():
            if target in self.parts.names and kind.endswith("/sharedStrings"):
                self._read_strings(target)
            elif target in self.parts.names and kind.endswith("/styles"):
                self.formats = self.parts.once("formats", target, self._read_formats)
        sheets = []
        for name, state, rel in listed:
            kind, target = rels.get(rel, ("", ""))
            if kind.endswith("/worksheet") and target in self.parts.names:
                sheets.append(_SheetPass(self, Sheet(name, hidden=state != "visible")).read(target))
        return Book("xlsx", sheets)

    def _listed(self, part: str, content: bytes | None) -> tuple[list[tuple[str, str, str]], bool]:
        """The sheets with their names, states and relationships; and whether days count from 1904."""
        listed: list[tuple[str, str, str]] = []
        since_1904 = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal since_1904
            tag = local(name)
            if tag == "sheet":
                rel = next((v for k, v in attributes.items() if local(k) == "id"), "")
                listed.append((attributes.get("name", ""), attributes.get("state", "visible"), rel))
            elif tag == "workbookPr":
                since_1904 = attributes.get("date1904") in {"1", "true"}

        self.parts.parse(part, start, content=content)
        return listed, since_1904

    def _relations(self, folder: str, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → type and the part meant; targets outside the file are never followed."""
        if part not in self.parts.names:
            return {}
        return self.parts.once(f"relations of {folder}", part, partial(self._read_relations, folder))

    def _read_relations(self, folder: str, part: str, content: bytes | None) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = attributes.get("Type", ""), whole

        self.parts.parse(part, start, content=content)
        return found

    def _target_of(self, folder: str, part: str, kind: str) -> str | None:
        targets = [target for type_, target in self._relations(folder, part).values() if type_.endswith(kind)]
        return targets[0] if targets else next((n for n in self.parts.names if n == "xl/workbook.xml"), None)

    def _read_strings(self, part: str) -> None:
        content = self.parts.content(part, MOST)
        found = shared_strings(content, self.parts.limits.text) if content is not None else None
        if found is not None:
            self.strings = found
        else:
            self._parse_strings(part, content)

    def _parse_strings(self, part: str, content: bytes | None) -> None:
        pieces: list[str] = []
        open_text = phonetic = False
        left = self.parts.limits.text

        def start(name: str, _: dict[str, str]) -> None:
            nonlocal open_text, phonetic
            tag = local(name)
            if tag == "si":
                pieces.clear()
            elif tag == "rPh":
                phonetic = True
            elif tag == "t":
                open_text = not phonetic

        def end(name: str) -> None:
            nonlocal open_text, phonetic
            tag = local(name)
            if tag == "si":
                self.strings.append(unescaped("".join(pieces)))
            elif tag == "rPh":
                phonetic = False
            elif tag == "t":
                open_text = False

        def text(data: str) -> None:
            nonlocal left
            if open_text:
                pieces.append(data)
                left -= len(data)
                if left < 0:
                    raise InputRefused("文件中的文字过多，不是正常的报表，已停止读取", "请只留指标数据后重试")

        self.parts.parse(part, start, end, text, content)

    def _read_formats(self, part: str, content: bytes | None) -> list[tuple[str, NumberFormat]]:
        custom: dict[int, str] = {}
        used: list[int] = []
        inside = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            tag = local(name)
            if tag == "numFmt":
                custom[whole(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "General")
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                used.append(whole(attributes.get("numFmtId", "0")))

        def end(name: str) -> None:
            nonlocal inside
            if local(name) == "cellXfs":
                inside = False

        self.parts.parse(part, start, end, content=content)
        codes = [custom.get(number, BUILTIN.get(number, "General")) for number in used]
        return [(code, read_format(code)) for code in codes]


class _SheetPass:
    """One pass over one sheet. Positions come from the cells themselves; the stored dimension is often wrong (WPS)."""

    def __init__(self, book: _Workbook, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        self.limits = book.parts.limits
        self.reader = CellReader(book.strings, book.formats, since_1904=book.since_1904)
        self.row = self.column = 0
        self.type = "n"
        self.style = 0
        self.formula = self.open_text = self.phonetic = False
        self.pieces: list[str] = []

    def read(self, part: str) -> Sheet:
        parts = self.book.parts
        content = parts.content(part, MOST)
        split_up = split(content) if content is not None else None
        if content is None or split_up is None:
            parts.parse(part, self._start, self._end, self._text, content)
            return self.sheet
        before, text, after = split_up
        rows = read_rows(text, self.reader, self.limits, self.book.cells_left)
        if rows is None:
            parts.parse(part, self._start, self._end, self._text, content)
            return self.sheet
        # The parser judges what stands around the rows: document types, hidden columns, merges, the end of it all.
        hidden_columns, merges = parts.remember("sheet", part, before + _without_footer(after), self._around)
        self.sheet.hidden_columns, self.sheet.merges = set(hidden_columns), list(merges)
        self.book.cells_left -= rows.held
        self.sheet.cells, self.sheet.hidden_rows, self.sheet.skipped = rows.cells, rows.hidden, rows.skipped
        self.sheet.stretches = rows.stretches
        return self.sheet

    def _around(self, part: str, content: bytes) -> tuple[set[int], list[tuple[int, int, int, int]]]:
        """What stands around the rows, with no comment in it. The parser judges all of it, but need not call back for
        each of hundreds of tags, drop-downs and colours mostly.
        """
        tags = _TAG.findall(content)
        if len(tags) != len(_ANY_TAG.findall(content)):
            self.book.parts.parse(part, self._start, self._end, self._text, content)
            return self.sheet.hidden_columns, self.sheet.merges
        self.book.parts.parse(part, content=content)
        for tag, said in tags:
            attributes = dict(_SAID.findall(said.decode("ascii")))
            if tag == b"col":
                self._column_settings(attributes)
            else:
                self._merge(attributes.get("ref", ""))
        return self.sheet.hidden_columns, self.sheet.merges

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name if ":" not in name else local(name)
        if tag == "c":
            reference = attributes.get("r")
            self.column = column_of(reference) if reference else self.column + 1
            self.type = attributes.get("t", "n")
            self.style = whole(attributes.get("s", "0"))
            self.formula = False
            self.pieces = []
        elif tag == "v" or (tag == "t" and not self.phonetic):
            self.open_text = True
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self.row = whole(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
            if attributes.get("hidden") in {"1", "true"} and self.row <= self.limits.rows:
                self.sheet.hidden_rows.add(self.row)
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "col":
            self._column_settings(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _text(self, data: str) -> None:
        if self.open_text:
            self.pieces.append(data)

    def _end(self, name: str) -> None:
        tag = name if ":" not in name else local(name)
        if tag in {"v", "t"}:
            self.open_text = False
        elif tag == "c":
            self._cell("".join(self.pieces))
        elif tag == "rPh":
            self.phonetic = False

    def _cell(self, content: str) -> None:
        if not content and not self.formula:
            return
        if self.row > self.limits.rows or self.column > self.limits.columns:
            self.sheet.skipped += 1
            return
        self.book.cells_left -= 1
        if self.book.cells_left < 0:
            raise too_many_cells(self.limits.cells)
        self.sheet.cells[self.row, self.column] = self.reader.read(self.type, content, self.style)

    def _column_settings(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            last = min(whole(attributes.get("max", "0")), self.limits.columns)
            self.sheet.hidden_columns.update(range(whole(attributes.get("min", "1")), last + 1))

    def _merge(self, reference: str) -> None:
        if len(self.sheet.merges) < self.limits.merges and (m := _AREA.fullmatch(reference)):
            self.sheet.merges.append((int(m[2]), column_of(m[1]), int(m[4]), column_of(m[3])))


def _without_footer(content: bytes) -> bytes:
    """The same to any parser that asks for no text, where no comment is: forms of one making differ in their footers."""
    start = content.find(b"<oddFooter>")
    found = _FOOTER.match(content, start) if start >= 0 else None
    if found is None:
        return content
    try:
        found[1].decode("utf-8")
    except UnicodeDecodeError:
        return content
    if b"\xef\xbf" in found[1]:  # letters that XML may not hold among them
        return content
    return content[: found.start(1)] + content[found.end(1) :]
