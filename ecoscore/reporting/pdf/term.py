"""A term's report on paper: the years, each indicator before the term and at its end, the courses of the heaviest."""

from __future__ import annotations

from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.drawing import draw
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table
from ecoscore.reporting.view_term import TermView

_SIZE = 9.5
_GAP = 14.0


def draw_term(paper: Paper, view: TermView) -> None:
    """All pages of one term's report."""
    paper.start()
    paper.bookmark(f"{view.district}{view.post} {view.span}")
    blocks.heading(paper, view.title, view.meta, f"职务：{view.post}", f"任期：{view.span}")
    for text in view.summary:
        paper.paragraph("　　" + text, Role.FANGSONG, 12, 20)
    blocks.caption(paper, "年度成绩", follow=60)
    _years(paper, view)
    if view.course:
        blocks.caption(paper, "总分变化的构成（灰色为增加，空心为减少）", follow=view.course.height)
        draw(paper.type, view.course, paper.left + (paper.width - view.course.width) / 2, paper.y - view.course.height)
        paper.y -= view.course.height
    if view.rows:
        blocks.caption(paper, "任期前与任期末指标对比", follow=60)
        paper.bookmark("任期前与任期末指标对比", 1)
        _indicators(paper, view)
    hands = tuple(f for f in view.meta.signatures if not f.opinion and not f.sealed)
    below = blocks.NoteStyle().height(paper, view.notes) + 10 + blocks.signatures_height(hands)
    if view.trends:
        _trends(paper, view, below)
    paper.need(below)
    blocks.notes(paper, view.notes)
    paper.skip(10)
    blocks.signatures(paper, hands, view.meta.date)


def _years(paper: Paper, view: TermView) -> None:
    share = paper.width / 6
    columns = (
        Column("年度", share * 1.2), Column("任职月数", share), Column("总分", share, "figures", keep=True),
        Column("名次", share * 1.8), Column("等次", share),
    )  # fmt: skip
    rows = [Row((y.year, y.months, y.total, y.rank, y.grade)) for y in view.years]
    numbers = f"任期得分：{view.numbers}，计{view.total}分" if view.numbers else "任期内没有年度结果，未计任期得分"
    rows.append(Row(span=numbers, role=Role.HEI, span_size=9.5))
    Table(columns, tuple(rows), size=_SIZE, header_size=_SIZE, row_height=19).draw(paper)


def _indicators(paper: Paper, view: TermView) -> None:
    columns = [
        Column("序号", 22), Column("指标", 0, "left"), Column("计量\n单位", 48),
        Column(f"任期前\n（{view.baseline}）", 64, "figures", keep=True),
        Column(f"任期末\n（{view.last}）", 64, "figures", keep=True), Column("变化", 88, keep=True), Column("评价", 34),
    ]  # fmt: skip
    rest = paper.width - sum(c.width for c in columns)
    columns[1] = Column("指标", rest, "left")
    rows = tuple(
        Row((str(r.number), r.title, r.unit, r.before.text, r.after.text, r.change, r.verdict)) for r in view.rows
    )
    Table(tuple(columns), rows, size=9, header_size=9, row_height=16.5).draw(paper)


def _trends(paper: Paper, view: TermView, below: float) -> None:
    """Two charts a row, rows not torn apart; a row less where that lets notes and hands stay on the page."""
    height = max(d.height for d in view.trends)
    blocks.caption(paper, "主要指标变化（虚线为目标值）", follow=height)
    paper.bookmark("主要指标变化", 1)
    rows = -(-len(view.trends) // 2)
    fitting = int((paper.room - below) // (height + _GAP))
    if 1 <= fitting < rows:
        rows = fitting
    width = view.trends[0].width
    for row in range(rows):
        paper.need(height)
        for n, drawing in enumerate(view.trends[2 * row : 2 * row + 2]):
            x = paper.left if n == 0 else paper.right - width
            draw(paper.type, drawing, x, paper.y - height)
        paper.y -= height
        paper.skip(_GAP)
