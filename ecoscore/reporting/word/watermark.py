"""A draft's mark across every page of a Word document, as Word's own watermark is kept: a text path in the headers."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Pt

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
# Word's kind 136, plain text on a path; Word and WPS find a watermark by the shape's name.
_KIND = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
_COLOUR = "#d9d9d9"
_HEIGHT = 88.0  # points; a character is as wide
_LONGEST = 470.0


def add_watermark(document: Document, text: str, font: str) -> None:
    """Across the middle of odd and even pages, behind the words."""
    section = document.sections[0]
    for n, header in enumerate((section.header, section.even_page_header), start=1):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run()._r.append(parse_xml(_picture(text, font, n)))


def _picture(text: str, font: str, number: int) -> str:
    width = min(_HEIGHT * len(text), _LONGEST)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{min(_HEIGHT, width / len(text)):.0f}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    path = f"font-family:&quot;{font}&quot;;font-size:1pt"
    return (
        f"<w:pict {_NAMESPACES}>{_KIND}"
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt={quoteattr(text)} style="{style}" o:allowincell="f" fillcolor="{_COLOUR}" stroked="f">'
        f'<v:textpath style="{path}" string={quoteattr(text)}/><w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict>'
    )
