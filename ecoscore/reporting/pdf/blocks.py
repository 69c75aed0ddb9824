"""Parts that several papers share: heading, layers above points, notes, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table
from ecoscore.reporting.view_parts import AdjustmentLine, PaperMeta, SignatureField

TITLE_SIZE = 22.0
SEAL = 44 * mm  # a party or government seal is 42 mm across
SIGNED_ROW = 12.5 * mm
DATE_BLANK = "年　　月　　日"


def heading(paper: Paper, title: str, meta: PaperMeta, left: str, right: str) -> None:
    """The mark of an annex, the title in one or two balanced lines, and the line below it."""
    if meta.attachment:
        paper.line(meta.attachment, Role.HEI, 16, 22)
        paper.y -= 6
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
        Column("类型", 36), Column("事项", 118, "left"), Column("次数", 28), Column("分值", 38, "figures"),
        Column("依据", width - 220, "left"),
    )  # fmt: skip
    rows = [Row((n.kind, n.title, str(n.count), n.points.text, n.ground)) for n in scored]
    if not rows:
        rows = [Row(span="加分、扣分：无", span_align="left")]
    rows.append(Row(span=f"一票否决、等次封顶：{limits}", span_align="left"))
    Table(columns, tuple(rows), size=9, header_size=9, row_height=17, headed=bool(scored)).draw(paper)


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """The size and pitch of notes."""

    size: float = 9.0
    pitch: float = 13.2

    def hang(self, paper: Paper) -> float:
        return paper.type.width("10．", Role.SONG, self.size)

    def height(self, paper: Paper, texts: Sequence[str]) -> float:
        """What the notes take with their title and the space above."""
        if not texts:
            return 0.0
        width = paper.width - self.hang(paper)
        count = sum(len(paper.type.wrap(text, Role.SONG, self.size, width)) for text in texts)
        return 7 + self.pitch * (count + 1)


def notes(paper: Paper, texts: Sequence[str], title: str = "注：", style: NoteStyle | None = None) -> None:
    """Numbered notes, each hung under its number."""
    style = style or NoteStyle()
    size, pitch = style.size, style.pitch
    if not texts:
        return
    paper.skip(7)
    hang = style.hang(paper)
    paper.need(pitch * 2)
    paper.line(title, Role.HEI, size, pitch)
    for n, text in enumerate(texts, start=1):
        lines = paper.type.wrap(text, Role.SONG, size, paper.width - hang)
        paper.need(pitch * min(2, len(lines)))
        paper.type.draw(paper.left, paper.y - (pitch + size * 0.76) / 2, f"{n}．", Role.SONG, size)
        paper.paragraph(text, Role.SONG, size, pitch, indent=hang)


def signatures_height(fields: Sequence[SignatureField]) -> float:
    plain = [f for f in fields if not f.sealed]
    sealed = [f for f in fields if f.sealed]
    height: float = SIGNED_ROW * -(-len(plain) // 3) + SEAL * -(-len(sealed) // 2)
    return height


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
        text = field.label.replace("（", "\n（", 1)
        widest = max(paper.type.width(part, Role.SONG, 9) for part in text.split("\n"))
        label = min(share * 0.48, max(52.0, widest + 8))
        _centred(paper, text, x, label, paper.y, SIGNED_ROW)
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
