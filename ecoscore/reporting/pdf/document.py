"""A bulletin or notice on a GB/T 9704 page: 22 lines of 28 characters, headings by their faces, annexes on new pages."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from ecoscore.reporting.document import (
    Annex,
    DocumentView,
    Enclosure,
    Grid,
    Heading,
    Notes,
    Paragraph,
    Part,
    Picture,
    Signature,
    title_lines,
)
from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.drawing import draw
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table

# GB/T 9704-2012: 22 lines of 28 characters in the block.
_SIZE = 156 * mm / 28  # 三号 (16 pt) would set 27 characters; a hair narrower sets the 28 of the standard
_PITCH = 28.95
_TITLE_SIZE, _TITLE_PITCH = 22.0, 31.0
_INDENT = "　　"
_TABLE_SIZE = 10.5
_NOTE = blocks.NoteStyle(9.0, 13.2)


def draw_document(paper: Paper, view: DocumentView) -> None:
    """All pages of the document."""
    paper.start()
    paper.bookmark(view.title)
    if view.meta.attachment:
        paper.line(view.meta.attachment, Role.HEI, _SIZE, _PITCH)
        paper.y -= _PITCH
    _title(paper, view.title)
    paper.y -= _PITCH
    if view.addressee:
        paper.paragraph(view.addressee, Role.FANGSONG, _SIZE, _PITCH)
    for n, part in enumerate(view.parts):
        if isinstance(part, Paragraph):
            _paragraph(paper, part, _closing_height(view.parts[n + 1 :]))
        else:
            _part(paper, part, view.parts[n + 1] if n + 1 < len(view.parts) else None)


def _closing_height(following: Sequence[Part]) -> float:
    """What name and date take with the line of annexes, where these come next: they never stand on a page alone."""
    height = 0.0
    for part in following:
        if not isinstance(part, Enclosure | Signature):
            return height if isinstance(part, Annex) else 0.0
        height += _PITCH * (2 if isinstance(part, Enclosure) else 4)
    return height


def _title(paper: Paper, text: str) -> None:
    """In 小标宋, 二号, in lines of nearly equal length, cut between words."""
    count = len(paper.type.wrap(text, Role.TITLE, _TITLE_SIZE, paper.width * 0.97))
    for line in title_lines(text, count):
        size = paper.type.fit(line, Role.TITLE, _TITLE_SIZE, paper.width)
        paper.line(line, Role.TITLE, size, _TITLE_PITCH, "center")


def _part(paper: Paper, part: Part, following: Part | None) -> None:
    match part:
        case Heading(text, level):
            paper.need(_PITCH * 3)  # with the two lines that a paragraph begins with
            paper.bookmark(text, level)
            paper.paragraph(_INDENT + text, Role.HEI if level == 1 else Role.KAI, _SIZE, _PITCH)
        case Grid():
            _grid(paper, part)
        case Picture():
            _picture(paper, part)
        case Notes(texts):
            kept = 0.0 if not isinstance(following, Signature) else _PITCH
            paper.need(min(_NOTE.height(paper, texts) + kept, 120))
            blocks.notes(paper, texts, style=_NOTE)
        case Signature():
            _signature(paper, part)
        case Enclosure(text):
            paper.skip(_PITCH)
            paper.paragraph(_INDENT + text, Role.FANGSONG, _SIZE, _PITCH)
        case Annex(mark, title):
            paper.start()
            paper.bookmark(mark, 1)
            paper.line(mark, Role.HEI, _SIZE, _PITCH)
            paper.y -= _PITCH
            _title(paper, title)
            paper.y -= 8


def _paragraph(paper: Paper, part: Paragraph, follow: float) -> None:
    """The first line indented by two characters; a lead opens it in 黑体."""
    lead, text = _INDENT + part.lead, part.text
    if not part.lead:
        paper.paragraph(lead + text, Role.FANGSONG, _SIZE, _PITCH, follow=follow)
        return
    room = paper.width - paper.type.width(lead, Role.KAI, _SIZE)
    first = paper.type.wrap(text, Role.FANGSONG, _SIZE, room)[0] if room > 3 * _SIZE else ""
    rest = text[len(first) :].lstrip(" ")
    paper.need(_PITCH * (2 if rest else 1))
    baseline = paper.y - (_PITCH + _SIZE * 0.76) / 2
    paper.type.draw(paper.left, baseline, lead, Role.KAI, _SIZE)
    slack = room - paper.type.width(first, Role.FANGSONG, _SIZE)
    spread = slack / (len(first) - 1) if rest and len(first) > 1 and 0 < slack < 2.2 * _SIZE else 0.0
    start = paper.right - room
    paper.type.draw(start, baseline, first, Role.FANGSONG, _SIZE, spacing=spread)
    paper.y -= _PITCH
    if rest:
        paper.paragraph(rest, Role.FANGSONG, _SIZE, _PITCH, follow=follow)


def _grid(paper: Paper, part: Grid) -> None:
    if part.caption:
        blocks.caption(paper, part.caption, follow=60)
    else:
        paper.skip(6)
    whole = sum(c.share for c in part.columns)
    columns = tuple(
        Column(c.title, paper.width * c.share / whole, c.align, keep=c.align == "figures") for c in part.columns
    )
    rows = tuple(Row(cells) for cells in part.rows)
    Table(columns, rows, size=_TABLE_SIZE, header_size=_TABLE_SIZE, row_height=19.5).draw(paper)


def _picture(paper: Paper, part: Picture) -> None:
    drawing = part.drawing
    blocks.caption(paper, part.caption, follow=drawing.height)
    draw(paper.type, drawing, paper.left + (paper.width - drawing.width) / 2, paper.y - drawing.height)
    paper.y -= drawing.height


def _signature(paper: Paper, part: Signature) -> None:
    """Room for a seal, then the name above the date, four characters clear of the edge (clause 7.3.5)."""
    date = part.date or blocks.DATE_BLANK
    paper.need(_PITCH * 4)
    paper.y -= _PITCH * 2 if paper.room >= _PITCH * 4 else 0
    right = paper.right - 4 * _SIZE
    width = paper.type.width(date, Role.FANGSONG, _SIZE)
    if part.issuer:
        middle = min(right - width / 2, paper.right - paper.type.width(part.issuer, Role.FANGSONG, _SIZE) / 2)
        baseline = paper.y - (_PITCH + _SIZE * 0.76) / 2
        paper.type.draw(middle, baseline, part.issuer, Role.FANGSONG, _SIZE, "center")
    paper.y -= _PITCH
    paper.type.draw(right, paper.y - (_PITCH + _SIZE * 0.76) / 2, date, Role.FANGSONG, _SIZE, "right")
    paper.y -= _PITCH
