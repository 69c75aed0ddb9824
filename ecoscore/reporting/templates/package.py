"""What lies in a workbook's zip beside what openpyxl reads: raw headers, automatic row heights, things that get lost."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from ecoscore.reporting.templates.syntax import fields_in, has_braces, is_broken

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BANDS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")

# What is seen in a sheet's XML, and what people call it.
_IN_SHEETS = (
    (r"sparklineGroup", "迷你图"),
    ("x14:dataBar", "2010 版数据条"),
    (r'x14:cfRule type="(?!dataBar)', "2010 版条件格式"),
    ("x14:dataValidation ", "引用其他工作表的下拉列表（数据验证）"),
    ("legacyDrawingHF", "页眉页脚中的图片"),
    ("<picture ", "工作表背景图片"),
    ("<oleObject", "嵌入的对象"),
    ("<control ", "窗体控件"),
    ("slicerList", "切片器"),
)
_IN_DRAWINGS = (
    (r"<xdr:(sp|cxnSp)[ >]", "文本框或图形"),
    (r"<xdr:grpSp[ >]", "组合图形"),
    (r"dgm:relIds", "SmartArt 图形"),
    (r"cx:chart|chartex", "2016 版图表（瀑布图、树状图等）"),
    (r"\.(emf|wmf|svg|tiff?)\b", "矢量图片（EMF、WMF、SVG）"),
)
_PARTS = (
    ("xl/cellimages.xml", "WPS 的单元格内图片（DISPIMG）"),
    ("xl/richdata/", "单元格内图片"),
    ("xl/threadedcomments/", "对话式批注"),
    ("xl/slicers/", "切片器"),
    ("xl/timelines/", "日程表"),
    ("xl/connections.xml", "外部数据连接"),
    ("_xmlsignatures/", "数字签名"),
    ("xl/activex/", "ActiveX 控件"),
)


@dataclass(slots=True)
class SheetExtras:
    """What is kept by us, since openpyxl does not. `loose_rows`: rows whose height Excel is to find itself."""

    bands: dict[str, str] = field(default_factory=dict)
    loose_rows: frozenset[int] = frozenset()
    lost: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(slots=True)
class Extras:
    """By sheet title; `lost` and `texts` (fields where none can be filled) of the workbook as a whole."""

    sheets: dict[str, SheetExtras]
    lost: tuple[str, ...] = ()


def extras_of(path: Path) -> Extras:
    """Look through the zip once."""
    with zipfile.ZipFile(path) as archive:
        names = {n.lower(): n for n in archive.namelist()}
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        rels = _relations(archive, "xl/workbook.xml")
        sheets = {}
        for node in book.iter(f"{_MAIN}sheet"):
            _, part = rels.get(node.get(f"{_REL}id", ""), ("", ""))
            if part in archive.namelist():
                sheets[node.get("name", "")] = _sheet(archive, part)
        lost = [what for part, what in _PARTS if any(n.startswith(part) for n in names)]
        return Extras(sheets, tuple(dict.fromkeys(lost)))


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, part)."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    return {
        node.get("Id", ""): (
            node.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/"),
        )
        for node in ET.fromstring(archive.read(path))
        if node.get("TargetMode") != "External"
    }


def _sheet(archive: zipfile.ZipFile, part: str) -> SheetExtras:
    raw = archive.read(part)
    tree = ET.fromstring(raw)
    text = raw.decode("utf-8", errors="replace")
    bands = {n: node.text or "" for n in _BANDS if (node := tree.find(f"{_MAIN}headerFooter/{_MAIN}{n}")) is not None}
    loose = frozenset(
        int(row.get("r", "0"))
        for row in tree.iter(f"{_MAIN}row")
        if row.get("ht") and row.get("customHeight") not in {"1", "true"}
    )
    lost = [what for sign, what in _IN_SHEETS if re.search(sign, text)]
    kept, texts = [], []
    for kind, target in _relations(archive, part).values():
        if target not in archive.namelist():
            continue
        if kind == "drawing":
            more, also, held = _drawing(archive, target)
            lost += more
            kept += also
            texts += held
        elif kind in {"comments", "threadedComment"}:
            texts += _fields_of("批注", ET.fromstring(archive.read(target)))
        elif kind == "pivotTable":
            kept.append("数据透视表")
    return SheetExtras(bands, loose, tuple(dict.fromkeys(lost)), tuple(dict.fromkeys(kept)), tuple(texts))


def _drawing(archive: zipfile.ZipFile, part: str) -> tuple[list[str], list[str], list[str]]:
    """Lost, kept with a doubt, and fields out of reach, of one drawing."""
    raw = archive.read(part)
    relations = _relations(archive, part)
    seen = raw.decode("utf-8", errors="replace") + " ".join(f"{k} {t}" for k, t in relations.values())
    lost = [what for sign, what in _IN_DRAWINGS if re.search(sign, seen, re.IGNORECASE)]
    kept = ["图表"] if any(kind == "chart" for kind, _ in relations.values()) else []
    texts = list(_fields_of("文本框", ET.fromstring(raw)))
    for kind, target in relations.values():
        if kind == "chart" and target in archive.namelist():
            texts += _fields_of("图表", ET.fromstring(archive.read(target)))
            if any(k == "chartUserShapes" for k, _ in _relations(archive, target).values()):
                lost.append("图表里的文本框或图形")
    return lost, kept, texts


def _fields_of(where: str, tree: ET.Element) -> Iterator[str]:
    """Fields in words of drawings and comments, a paragraph at a time, since runs cut them up."""
    for node in tree.iter():
        if node.tag.rpartition("}")[2] not in {"p", "text"}:  # not the values that a chart remembers of its cells
            continue
        text = "".join(node.itertext())
        if has_braces(text):
            named = [f.shown for f in fields_in(text)] if not is_broken(text) else [text.strip()[:30]]
            yield from (f"{where}\t{name}" for name in named)
