"""A bulletin or notice as .docx: the same parts as on paper, written whole, with the mark in its properties."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, Twips
from docx.text.paragraph import Paragraph as Line

from ecoscore.atomic import write_whole
from ecoscore.reporting.document import (
    Annex,
    DocumentView,
    Enclosure,
    Grid,
    GridColumn,
    Heading,
    Notes,
    Paragraph,
    Part,
    Picture,
    Signature,
    title_lines,
)
from ecoscore.reporting.marks import properties
from ecoscore.reporting.pdf.picture import png
from ecoscore.reporting.view_parts import PaperMeta
from ecoscore.reporting.word.page import FANGSONG, HEI, KAI, PITCH, SONG, TITLE, number_pages, set_page, style
from ecoscore.reporting.word.watermark import add_watermark

_BODY, _TITLE_SIZE, _TABLE_SIZE, _NOTE_SIZE = 16.0, 22.0, 10.5, 9.0
_CHARACTERS = 28
_TITLE_CHARACTERS = 20  # of 22 pt on a line
_WIDTH = 8844  # twips between the margins
_BLANK_DATE = "　　　　年　　月　　日"
_UNITS_PER_POINT = 12700
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def write_document_docx(path: Path, view: DocumentView) -> None:
    """Write a bulletin or notice for Word, WPS and LibreOffice."""
    document = docx.Document()
    set_page(document)
    _describe(document, view)
    number_pages(document, view.meta.code)
    if view.meta.watermark:
        add_watermark(document, view.meta.watermark, HEI)
    if view.meta.attachment:
        _line(document, view.meta.attachment, HEI, _BODY)
        _line(document, "", FANGSONG, _BODY)
    _title(document, view.title)
    _line(document, "", FANGSONG, _BODY)
    if view.addressee:
        _line(document, view.addressee, FANGSONG, _BODY)
    for part in view.parts:
        _part(document, part)
    first = document.element.body[0]
    if first.tag == qn("w:p") and not "".join(first.itertext()):
        document.element.body.remove(first)
    with write_whole(path) as temporary:
        document.save(str(temporary))


def _describe(document: Document, view: DocumentView) -> None:
    core, meta = document.core_properties, view.meta
    core.title, core.subject = view.title[:255], view.scheme[:255]
    core.author = (meta.issuer or meta.organisation)[:255]
    core.keywords, core.comments = meta.code[:255], "EcoScore 绿色政绩考核"
    core.last_modified_by, core.revision = "EcoScore", 1
    for told in ("created", "modified"):  # of the template: equal results give equal files, and none lies about its day
        for element in core._element.findall(qn(f"dcterms:{told}")):
            core._element.remove(element)
    core.language = "zh-CN"
    _keep(document, meta)


def _keep(document: Document, meta: PaperMeta) -> None:
    """The mark as custom properties of the document."""
    kept = properties(meta)
    if not kept:
        return
    entries = "".join(
        f"<property fmtid={quoteattr(_FORMAT_ID)} pid={quoteattr(str(n))} name={quoteattr(name)}>"
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for n, (name, value) in enumerate(kept, start=2)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANT}">{entries}</Properties>'
    )
    package = document.part.package
    content = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = OpcPart(PackURI("/docProps/custom.xml"), content, xml.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


# Lines ----------------------------------------------------------------------------------------------------------


def _line(
    document: Document, text: str, font: str, size: float, *, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    pitch: float = PITCH / 20, indent: int = 0, kept: bool = False,
) -> Line:  # fmt: skip
    """A paragraph on the grid; `indent` are characters before its first line."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    shape.keep_with_next = kept
    if size != _BODY:
        _off_grid(paragraph)
    if indent:
        _indent(paragraph, indent, size)
    if text:
        style(paragraph.add_run(text), font, size)
    return paragraph


def _off_grid(paragraph: Line) -> None:
    """Titles, tables and small print keep their own pitch: the grid is for the body's 22 lines of 28 characters."""
    found = paragraph._p.get_or_add_pPr()
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    spacing = found.find(qn("w:spacing"))  # the schema wants it there
    if spacing is None:
        found.append(snap)
    else:
        spacing.addprevious(snap)


def _indent(paragraph: Line, characters: int, size: float) -> None:
    """By characters, as Word and WPS do it, with the same in points for others."""
    paragraph.paragraph_format.first_line_indent = Pt(characters * size)
    found = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    found.set(qn("w:firstLineChars"), str(characters * 100))


def _title(document: Document, text: str) -> None:
    count = -(-len(text) // _TITLE_CHARACTERS)
    for line in title_lines(text, count):
        _line(document, line, TITLE, _TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=31, kept=True)


def _part(document: Document, part: Part) -> None:
    match part:
        case Heading(text, level):
            _line(document, text, HEI if level == 1 else KAI, _BODY, indent=2, kept=True)
        case Paragraph(text, lead):
            line = _line(document, "", FANGSONG, _BODY, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=2)
            if lead:
                style(line.add_run(lead), KAI, _BODY)
            style(line.add_run(text), FANGSONG, _BODY)
        case Enclosure(text):
            _line(document, "", FANGSONG, _BODY)
            _line(document, text, FANGSONG, _BODY, indent=2)
        case Grid():
            _grid(document, part)
        case Picture():
            _picture(document, part)
        case Notes(texts):
            for n, text in enumerate(texts, start=1):
                lead = "注：" if n == 1 else ""
                _line(document, f"{lead}{n}．{text}", SONG, _NOTE_SIZE, pitch=13.5, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        case Signature():
            _signature(document, part)
        case Annex(mark, title):
            line = _line(document, mark, HEI, _BODY)
            line.paragraph_format.page_break_before = True
            _line(document, "", FANGSONG, _BODY)
            _title(document, title)


def _signature(document: Document, part: Signature) -> None:
    """Two empty lines for the seal, the name above the date; the date four characters clear of the edge."""
    date = part.date or _BLANK_DATE
    for _ in range(2):
        _line(document, "", FANGSONG, _BODY, kept=True)
    if part.issuer:
        line = _line(document, part.issuer, FANGSONG, _BODY, align=WD_ALIGN_PARAGRAPH.RIGHT, kept=True)
        inset = max(0.0, 4 * _BODY + (_em(date) - _em(part.issuer)) * _BODY / 2)
        line.paragraph_format.right_indent = Pt(inset)
    line = _line(document, date, FANGSONG, _BODY, align=WD_ALIGN_PARAGRAPH.RIGHT)
    line.paragraph_format.right_indent = Pt(4 * _BODY)


def _em(text: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in text)


# Tables and pictures ----------------------------------------------------------------------------------------------


def _grid(document: Document, part: Grid) -> None:
    """A table across the block: thick outside, thin inside, its header on every page, no row torn."""
    caption = _line(document, part.caption, HEI, _TABLE_SIZE, pitch=20 if part.caption else 8, kept=True)
    caption.paragraph_format.space_before = Pt(4)
    table = document.add_table(rows=1 + len(part.rows), cols=len(part.columns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _borders(table._tbl)
    whole = sum(c.share for c in part.columns)
    widths = [round(_WIDTH * c.share / whole) for c in part.columns]
    for n, width in enumerate(widths):
        table.columns[n].width = Twips(width)
    titles = tuple(c.title for c in part.columns)
    for row, cells in zip(table.rows, (titles, *part.rows), strict=True):
        head = cells is titles
        _row_properties(row._tr, head=head)
        for cell, text, column, width in zip(row.cells, cells, part.columns, widths, strict=True):
            cell.width = Twips(width)
            _cell(cell.paragraphs[0], text, column, head=head)


def _cell(paragraph: Line, text: str, column: GridColumn, *, head: bool) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(15)
    _off_grid(paragraph)
    left = column.align == "left" and not head
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    style(paragraph.add_run(text), HEI if head else SONG, _TABLE_SIZE)


def _row_properties(row, *, head: bool) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    found = row.get_or_add_trPr()
    names = ["w:cantSplit", *(["w:tblHeader"] if head else [])]
    for name in names:
        found.append(OxmlElement(name))
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), "390")
    height.set(qn("w:hRule"), "atLeast")
    found.append(height)


def _borders(table) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    borders = OxmlElement("w:tblBorders")
    for side, width in (("top", 10), ("left", 10), ("bottom", 10), ("right", 10), ("insideH", 4), ("insideV", 4)):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(width)), ("space", "0"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "40")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table.tblPr.append(margins)


def _picture(document: Document, part: Picture) -> None:
    """Its caption above, the drawing as a picture with its title for those who cannot see it."""
    _line(document, part.caption, HEI, _TABLE_SIZE, pitch=22, kept=True)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    drawing = part.drawing
    shape = paragraph.add_run().add_picture(io.BytesIO(png(drawing)), width=Emu(int(drawing.width * _UNITS_PER_POINT)))
    shape._inline.docPr.set("descr", drawing.title or part.caption)
