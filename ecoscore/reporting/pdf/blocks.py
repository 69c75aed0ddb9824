"""Parts that several papers share: heading, layers above points, notes, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table
from ecoscore.reporting.view_parts import AdjustmentLine, PaperMeta, SignatureField

TITLE_SIZE = 22.0
NOTE_SIZE, NOTE_PITCH = 9.0, 13.2
SEAL = 44 * mm  # a party or government seal is 42 mm across
SIGNED_ROW = 13 * mm
DATE_BLANK = "年　　月　　日"


def heading(paper: Paper, title: str, meta: PaperMeta, left: str, right: str) -> None:
    """The mark of an annex, the title in one or two balanced lines, and the line below it."""
    if meta.attachment:
        paper.line(meta.attachment, Role.HEI, 16, 22)
    for line in _title_lines(paper, title):
        size = paper.type.fit(line, Role.TITLE, TITLE_SIZE, paper.width)
        paper.line(line, Role.TITLE, size, TITLE_SIZE * 1.3, "center")
    paper.y -= 6
    size = paper.type.fit(f"{left}　{right}", Role.FANGSONG, 12, paper.width)
    baseline = paper.y - 13
    paper.type.draw(paper.left, baseline, left, Role.FANGSONG, size)
    paper.type.draw(paper.right, baseline, right, Role.FANGSONG, size, "right")
    paper.y -= 19


def _title_lines(paper: Paper, title: str) -> list[str]:
    """A title too long for a line is cut near its middle, the first line the longer one."""
    if paper.type.width(title, Role.TITLE, TITLE_SIZE * 0.9) <= paper.width:
        return [title]
    lines = paper.type.wrap(title, Role.TITLE, TITLE_SIZE, paper.width)
    if len(lines) != 2:
        return lines
    whole = paper.type.width(title, Role.TITLE, TITLE_SIZE)
    even = paper.type.wrap(title, Role.TITLE, TITLE_SIZE, whole * 0.56)
    return even if len(even) == 2 else lines


def caption(paper: Paper, text: str, *, follow: float = 40) -> None:
    """The title of a part, kept with what follows it."""
    paper.skip(9)
    paper.need(18 + follow)
    paper.line(text, Role.HEI, 10.5, 18)


def adjustments(paper: Paper, lines: Sequence[AdjustmentLine], limits: str) -> None:
    """加分、扣分 with their grounds, then what binds the grade."""
    scored = [n for n in lines if n.points.raw is not None]
    caption(paper, "加分、扣分与等次限制")
    width = paper.width
    columns = (
        Column("类型", 40), Column("事项", 150, "left"), Column("次数", 32), Column("分值", 44, "figures"),
        Column("依据", width - 266, "left"),
    )  # fmt: skip
    rows = [Row((n.kind, n.title, str(n.count), n.points.text, n.ground)) for n in scored]
    if not rows:
        rows = [Row(span="加分、扣分：无", span_align="left")]
    rows.append(Row(span=f"一票否决、等次封顶：{limits}", span_align="left"))
    Table(columns, tuple(rows), size=9, header_size=9, row_height=17).draw(paper)


def notes(paper: Paper, texts: Sequence[str], title: str = "注：") -> None:
    """Numbered notes, each hung under its number."""
    if not texts:
        return
    paper.skip(7)
    hang = paper.type.width("10．", Role.SONG, NOTE_SIZE)
    paper.need(NOTE_PITCH * 2)
    paper.line(title, Role.HEI, NOTE_SIZE, NOTE_PITCH)
    for n, text in enumerate(texts, start=1):
        paper.need(NOTE_PITCH)
        y = paper.y
        page = paper.page
        lines = paper.type.wrap(text, Role.SONG, NOTE_SIZE, paper.width - hang)
        if paper.room < NOTE_PITCH * min(2, len(lines)):
            paper.start()
            y, page = paper.y, paper.page
        paper.type.draw(paper.left, y - (NOTE_PITCH + NOTE_SIZE * 0.76) / 2, f"{n}．", Role.SONG, NOTE_SIZE)
        assert page == paper.page
        paper.paragraph(text, Role.SONG, NOTE_SIZE, NOTE_PITCH, indent=hang)


def signatures_height(fields: Sequence[SignatureField]) -> float:
    plain = [f for f in fields if not f.sealed]
    sealed = [f for f in fields if f.sealed]
    return SIGNED_ROW * -(-len(plain) // 3) + SEAL * -(-len(sealed) // 2)


def signatures(paper: Paper, fields: Sequence[SignatureField], date: str = "") -> None:
    """A row of hands, then boxes with room for an opinion, a hand, a date and a seal; never torn apart."""
    if not fields:
        return
    paper.need(signatures_height(fields))
    top, canvas = paper.y, paper.canvas
    plain = [f for f in fields if not f.sealed]
    sealed = [f for f in fields if f.sealed]
    canvas.setStrokeGray(0)
    for start in range(0, len(plain), 3):
        _hands(paper, plain[start : start + 3])
    for start in range(0, len(sealed), 2):
        _boxes(paper, sealed[start : start + 2], date)
    canvas.setLineWidth(1.2)
    canvas.rect(paper.left, paper.y, paper.width, top - paper.y)


def _hands(paper: Paper, fields: Sequence[SignatureField]) -> None:
    """Label and blank side by side."""
    canvas = paper.canvas
    share = paper.width / len(fields)
    canvas.setLineWidth(0.4)
    for n, field in enumerate(fields):
        x = paper.left + n * share
        label = min(share * 0.48, max(52.0, paper.type.width(field.label, Role.SONG, 9) + 8))
        _centred(paper, field.label, x, label, paper.y, SIGNED_ROW)
        if field.name:
            _centred(paper, field.name, x + label, share - label, paper.y, SIGNED_ROW)
        canvas.line(x + label, paper.y, x + label, paper.y - SIGNED_ROW)
        if n:
            canvas.line(x, paper.y, x, paper.y - SIGNED_ROW)
    paper.y -= SIGNED_ROW
    canvas.line(paper.left, paper.y, paper.right, paper.y)


def _centred(paper: Paper, text: str, x: float, width: float, y: float, height: float) -> None:
    lines = paper.type.wrap(text, Role.SONG, 9, width - 5)
    y -= (height - len(lines) * 11.5) / 2
    for line in lines:
        paper.type.draw(x + width / 2, y - 9.2, line, Role.SONG, 9, "center")
        y -= 11.5


def _boxes(paper: Paper, fields: Sequence[SignatureField], date: str) -> None:
    canvas = paper.canvas
    share = paper.width / len(fields)
    canvas.setLineWidth(0.4)
    for n, field in enumerate(fields):
        x = paper.left + n * share
        if n:
            canvas.line(x, paper.y, x, paper.y - SEAL)
        paper.type.draw(x + 5, paper.y - 14, field.label + "：", Role.SONG, 9)
        if field.name:
            paper.type.draw(x + 5, paper.y - 30, field.name, Role.SONG, 9)
        day = date or DATE_BLANK
        paper.type.draw(x + share - (16 if date else 12), paper.y - SEAL + 10, day, Role.SONG, 9, "right")
    paper.y -= SEAL
    canvas.line(paper.left, paper.y, paper.right, paper.y)
