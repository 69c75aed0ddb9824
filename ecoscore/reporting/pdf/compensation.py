"""The table of area compensation on paper, landscape: the money, then how each amount came about."""

from __future__ import annotations

from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table
from ecoscore.reporting.view_compensation import CompensationRow, CompensationView

_SIZE = 10.0
_STEP_SIZE = 9.0


def draw_compensation(paper: Paper, view: CompensationView) -> None:
    """All pages: the table with its sums, notes, hands, then the computations."""
    paper.start()
    paper.bookmark(view.title)
    blocks.heading(
        paper, view.title, view.meta, f"考核方案：{view.scheme}", f"考核期：{view.period}　　单位：{view.unit}"
    )
    name = min(max(80.0, *(paper.type.width(r.district, Role.SONG, _SIZE) + 8 for r in view.rows)), 150.0)
    tail = 4 * 72.0 - 16
    each = (paper.width - 36 - name - tail) / max(1, len(view.items))
    columns = (
        Column("序号", 36), Column("单位", name, "left"),
        *(Column(title, each, "figures", keep=True) for title in view.items),
        Column("应得", 72, "figures", keep=True), Column("应缴", 72, "figures", keep=True),
        Column("净额", 72, "figures", keep=True), Column("结算", 56),
    )  # fmt: skip
    rows = [_row(str(n), r) for n, r in enumerate(view.rows, start=1)]
    Table(columns, (*rows, _row("", view.sums, bold=True)), size=_SIZE, header_size=_SIZE, row_height=20).draw(paper)
    blocks.notes(paper, view.notes)
    paper.skip(10)
    hands = tuple(f for f in view.meta.signatures if not f.opinion and not f.sealed)
    blocks.signatures(paper, hands, view.meta.date)
    blocks.caption(paper, "测算过程", follow=60)
    paper.bookmark("测算过程", 1)
    item = 170.0
    steps = (
        Column("单位", name, "left"), Column("项目", item, "left"),
        Column("测算（标准×差额÷步长）", paper.width - name - item - 90, "left"), Column("金额", 90, "figures", keep=True),
    )  # fmt: skip
    lines = tuple(Row((s.district, s.item, s.numbers, s.amount)) for s in view.steps)
    Table(steps, lines, size=_STEP_SIZE, header_size=_STEP_SIZE, row_height=17).draw(paper)


def _row(number: str, r: CompensationRow, *, bold: bool = False) -> Row:
    cells = (number or "—", r.district, *r.items, r.received, r.paid, r.net, r.settles)
    strong = range(1, len(cells) - 1) if bold else [len(cells) - 2]
    return Row(cells, bold=frozenset(strong))
