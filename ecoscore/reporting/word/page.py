"""The page of an official document in Word: GB/T 9704 margins and grid, page numbers, fonts by name with substitutes."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

TITLE, FANGSONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
# Where a machine lacks the face, Word takes the first of these it has (fontTable altName).
_SUBSTITUTES = {
    TITLE: "方正小标宋_GBK,华文中宋,宋体", FANGSONG: "仿宋,FangSong,华文仿宋", KAI: "楷体,KaiTi,华文楷体",
    HEI: "SimHei,微软雅黑", SONG: "SimSun,新宋体",
}  # fmt: skip
PITCH = 579  # twips: 22 lines on 225 mm
_CLOSER = "-5"  # 1/20 pt: 28 characters of 16 pt on 156 mm; a grid of characters is read differently by every program
_FOOT = 1332  # twips from the paper's edge: the dashes lie 7 mm below the text block
_NUMBER_SIZE = 14
_BODY = 16


def set_page(document: Document) -> None:
    """A4, 37 mm above, 28 mm at the binding edge, a grid of 22 lines."""
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Twips(11906), Twips(16838)
    section.top_margin, section.bottom_margin = Twips(2098), Twips(1984)
    section.left_margin, section.right_margin = Twips(1588), Twips(1474)
    section.footer_distance = Twips(_FOOT)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH))
    normal = document.styles["Normal"]
    normal.font.size = Pt(_BODY)
    normal.font.name = LATIN
    normal.element.get_or_add_rPr().find(qn("w:rFonts")).set(qn("w:eastAsia"), FANGSONG)
    name_substitutes(document)


def number_pages(document: Document, foot: str) -> None:
    """「— 1 —」 on the outer edge, one character clear of it; the check code opposite, in small print."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.footer.is_linked_to_previous = False
    section.even_page_footer.is_linked_to_previous = False
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _indent(paragraph, left=side is WD_ALIGN_PARAGRAPH.LEFT)
        run = paragraph.add_run("— ")
        style(run, SONG, _NUMBER_SIZE)
        _field(paragraph, "PAGE")
        style(paragraph.add_run(" —"), SONG, _NUMBER_SIZE)
        if foot:
            below = footer.add_paragraph()
            below.alignment = side
            _indent(below, left=side is WD_ALIGN_PARAGRAPH.LEFT)
            style(below.add_run(foot), KAI, 9)


def _indent(paragraph: Paragraph, *, left: bool) -> None:
    if left:
        paragraph.paragraph_format.left_indent = Pt(_NUMBER_SIZE)
    else:
        paragraph.paragraph_format.right_indent = Pt(_NUMBER_SIZE)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field with a first result, for readers that do not compute it."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        style(run, SONG, _NUMBER_SIZE)
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)


def style(run: Any, font: str, size: float, *, bold: bool = False) -> None:
    """The Chinese face by name, figures and Latin letters in Times New Roman, black."""
    run.font.size = Pt(size)
    run.bold = bold
    run.font.name = LATIN if font not in {HEI, TITLE} else font
    properties = run._r.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hAnsi"), run.font.name)
    fonts.set(qn("w:cs"), LATIN)
    fonts.set(qn("w:hint"), "eastAsia")
    if size == _BODY:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), _CLOSER)
        properties.find(qn("w:sz")).addprevious(spacing)


def name_substitutes(document: Document) -> None:
    """Tell Word what to take where a face is not installed."""
    part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable")), None)
    if part is None:
        return
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{names}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        f'<w:pitch w:val="variable"/></w:font>'
        for name, names in _SUBSTITUTES.items()
    )
    blob = part.blob.decode("utf-8")
    part._blob = blob.replace("</w:fonts>", f"{entries}</w:fonts>").encode()
