"""A Word document as a form: its parts with paragraphs and tables, and where each of them is, in words."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from ecoscore.reporting.templates.blocks import Found, blocks_of
from ecoscore.reporting.templates.docx_text import TBL, TC, TR, Node, P, in_box, text_of
from ecoscore.reporting.templates.guard import BROKEN_ZIP, damaged
from ecoscore.reporting.templates.rows import Block
from ecoscore.reporting.templates.scan import Scan
from ecoscore.reporting.templates.syntax import fields_in, has_braces

_BANDS = {RELATION.HEADER: "页眉", RELATION.FOOTER: "页脚"}
_OUT_OF_REACH = {
    "word/comments": "批注", "word/footnotes": "脚注", "word/endnotes": "尾注", "word/charts/": "图表", "word/diagrams/": "SmartArt 图形",
}  # fmt: skip
MANUAL = "【模板说明】"
_CALCULATED = re.compile(r"^\s*(=|SUM\b|FORMULA\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocxForm:
    """A document ready to be filled, any number of times."""

    path: Path
    data: bytes

    def load(self) -> Document:
        return load(self.path, self.data)


def load(path: Path, data: bytes) -> Document:
    try:
        document = docx.Document(BytesIO(data))
    except (*BROKEN_ZIP, OpcError, etree.XMLSyntaxError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path) from error
    _drop_manual(document.element.body)
    return document


def _drop_manual(body: Node) -> None:
    """The words to who makes the form, from the paragraph that says so to the end, are not part of it."""
    begun = False
    for node in list(body):
        begun |= node.tag == P and text_of(node).strip() == MANUAL
        if begun and node.tag != qn("w:sectPr"):
            body.remove(node)


def roots(document: Document) -> Iterator[tuple[str, Node]]:
    """The body, then every header and footer, each once."""
    yield "正文", document.element.body
    seen: set[int] = set()
    for relation in document.part.rels.values():
        name = _BANDS.get(relation.reltype)
        if name and not relation.is_external and id(part := relation.target_part) not in seen:
            seen.add(id(part))
            yield name, part.element


def rows_of(table: Node) -> list[Node]:
    """A table's own rows, also those that content controls wrap."""
    return [row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table]


def own_paragraphs(node: Node, inside: Any) -> list[Node]:
    """Paragraphs below a row or cell that do not belong to a table inside it."""
    return [p for p in node.iter(P) if next(p.iterancestors(inside)) is node and not in_box(p)]


def blocks_in(table: Node, scan: Scan, where: str, place: str) -> tuple[Block, ...]:
    """The rows of a table that repeat."""
    found = []
    for r, row in enumerate(rows_of(table), start=1):
        cells = [c for c in row.iter(TC) if next(c.iterancestors(TR)) is row]
        for c, cell in enumerate(cells, start=1):
            at = f"{place} 第 {r} 行第 {c} 格"
            for paragraph in own_paragraphs(cell, TC):
                found += [Found(r, r, one, where, at) for one in scan.read(text_of(paragraph), where, at)]
    return blocks_of(found, scan)


def scan_docx(path: Path, scan: Scan) -> DocxForm:
    """Everything about the form; findings go to `scan`."""
    data = path.read_bytes()
    document = load(path, data)
    for where, root in roots(document):
        for n, table in enumerate(root.iter(TBL), start=1):
            if not in_box(table):
                blocks_in(table, scan, where, f"表格 {n}")
        number = 0
        for paragraph in root.iter(P):
            if in_box(paragraph):
                _tell_box(paragraph, where, scan)
            elif next(paragraph.iterancestors(TR), None) is None:
                number += 1
                _scan_paragraph(paragraph, where, f"第 {number} 段", scan)
        if any(_CALCULATED.match(node.text or "") for node in root.iter(qn("w:instrText"))):
            scan.warn(
                "formulas_uncalculated", "文档里有计算域（如 =SUM(ABOVE)），填好后域里还是旧数",
                "请在 Word 或 WPS 中按 Ctrl+A 全选，再按 F9 更新域", where,
            )  # fmt: skip
    _tell_out_of_reach(path, scan)
    return DocxForm(path, data)


def _scan_paragraph(paragraph: Node, where: str, place: str, scan: Scan) -> None:
    """Outside tables a paragraph may repeat, over one list."""
    lists: set[str] = set()
    for one in scan.read(text_of(paragraph), where, place):
        if one.opens or one.closes:
            if one.closes or not (repeat := scan.repeat(one, where, place)):
                if one.closes:
                    scan.error(
                        "broken_block",
                        f"表格之外不用写结尾：{one.shown}",
                        "请删去它；段落里有重复的字段即自行重复",
                        where,
                        place,
                    )
                continue
            lists.add(repeat.of)
        elif (found := scan.meaning(one, where, place)) and found.of:
            lists.add(found.of)
    if len(lists) > 1:
        scan.error("mixed_row", f"一段里不能同时按{'、'.join(sorted(lists))}重复", "请分成几段", where, place)


def _tell_box(paragraph: Node, where: str, scan: Scan) -> None:
    text = text_of(paragraph)
    if has_braces(text):
        shown = "、".join(f.shown for f in fields_in(text)) or text.strip()[:30]
        scan.error("field_out_of_reach", f"文本框里的字段填不了：{shown}", "请把字段移到正文或表格里", where, "文本框")


def _tell_out_of_reach(path: Path, scan: Scan) -> None:
    """Fields in parts of the document that are not filled."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            what = next((title for start, title in _OUT_OF_REACH.items() if name.startswith(start)), None)
            if what and name.endswith(".xml"):
                text = "".join(ET.fromstring(archive.read(name)).itertext())
                if has_braces(text):
                    shown = "、".join(f.shown for f in fields_in(text)) or "{{"
                    scan.error("field_out_of_reach", f"{what}里的字段填不了：{shown}", "请把字段移到正文或表格里", what)
        if any(name.startswith("_xmlsignatures/") for name in archive.namelist()):
            scan.warn("lost_on_filling", "填表后会失效：数字签名", "请在填好的文件上重新签名")
