"""The ranking sheet on paper, landscape."""

from __future__ import annotations

from dataclasses import replace

from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table
from ecoscore.reporting.view_parts import RankingRow, RankingSection, RankingView

_SIZE = 10.0
_NARROW = 54.0
_DENSITIES = (
    (21.0, blocks.NoteStyle()),
    (19.0, blocks.NoteStyle(9, 12.4)),
    (17.5, blocks.NoteStyle(8.5, 11.8)),
    (16.5, blocks.NoteStyle(8, 11)),
)


def draw_ranking(paper: Paper, view: RankingView) -> None:
    """All pages of the sheet: a table for each peer group, then the notes and hands; on one page where that can be."""
    paper.start()
    paper.bookmark(view.title)
    blocks.heading(paper, view.title, view.meta, f"考核方案：{view.scheme}", f"考核期：{view.period}　　单位：分")
    reasons = [f"{r.district}：{r.grade_reason}。" for s in view.sections for r in s.rows if r.grade_reason]
    hands = tuple(f for f in view.meta.signatures if not f.opinion and not f.sealed)
    columns = _columns(paper, view)
    for height, style in _DENSITIES:
        tables = [_table(columns, section, view, height) for section in view.sections]
        below = style.height(paper, reasons) + style.height(paper, view.notes) + 10 + blocks.signatures_height(hands)
        if sum(t.height(paper) for t in tables) + _caption_height(view) + below <= paper.room:
            break
    else:
        height, style = _DENSITIES[0]
        tables = [_table(columns, section, view, height) for section in view.sections]
        below = style.height(paper, reasons) + style.height(paper, view.notes) + 10 + blocks.signatures_height(hands)
    for n, (section, table) in enumerate(zip(view.sections, tables, strict=True)):
        several = len(tables) > 1
        if n == len(tables) - 1 and _leaves_notes_alone(paper, table, below, several=several):
            table = _keep_with_notes(paper, table, below, several=several)  # noqa: PLW2901 - what is left of it
        _draw_section(paper, section, table, several=several)
    blocks.notes(paper, reasons, "等次说明：", style)
    blocks.notes(paper, view.notes, style=style)
    paper.skip(10)
    blocks.signatures(paper, hands, view.meta.date)


_TITLE = 27.0  # a peer group's name above its table
_LEAST_ROWS = 4  # that go on with the notes


def _leaves_notes_alone(paper: Paper, table: Table, below: float, *, several: bool) -> bool:
    """Whether the table would end a page that the notes no longer fit on."""
    height = table.height(paper) + (_TITLE if several else 0.0)
    return height <= paper.room < height + below


def _keep_with_notes(paper: Paper, table: Table, below: float, *, several: bool) -> Table:
    """Begin the next page with the table, or of a long one with its last rows, so that no page holds notes alone."""
    whole = table.height(paper) + (_TITLE if several else 0.0)
    if several and whole + below <= paper.form.depth:
        paper.start()
        return table
    if len(table.rows) < 3 * _LEAST_ROWS:
        return table
    replace(table, rows=table.rows[:-_LEAST_ROWS]).draw(paper)
    paper.start()
    return replace(table, rows=table.rows[-_LEAST_ROWS:])


def _caption_height(view: RankingView) -> float:
    return _TITLE * len(view.sections) if len(view.sections) > 1 else 0.0


def _table(columns: tuple[Column, ...], section: RankingSection, view: RankingView, row_height: float) -> Table:
    rows = tuple(_row(n, row, view) for n, row in enumerate(section.rows, start=1))
    narrow = min((c.width for c in columns[2 : 2 + len(view.columns)]), default=_NARROW) < _NARROW
    return Table(columns, rows, size=_SIZE, header_size=8.5 if narrow else _SIZE, row_height=row_height)


def _draw_section(paper: Paper, section: RankingSection, table: Table, *, several: bool) -> None:
    """A peer group's table under its name, not torn apart where a page can hold it."""
    if several:
        height = table.height(paper)
        follow = height if height < paper.form.depth - 40 else 90
        blocks.caption(paper, f"{section.peer_group}（{len(section.rows)}个）", follow=follow)
        paper.bookmark(section.peer_group, 1)
    table.draw(paper)


def _columns(paper: Paper, view: RankingView) -> tuple[Column, ...]:
    head = [Column("序号" if view.unranked else "名次", 44, keep=True)]
    tail = [
        Column("指标得分\n小计", 48, "figures", keep=True), Column("加分", 36, "figures", keep=True),
        Column("扣分", 36, "figures", keep=True), Column("总分", 44, "figures", keep=True), Column("等次", 38),
    ]  # fmt: skip
    if view.compared:
        tail += [Column("上年\n名次", 32), Column("名次\n变化", 36, keep=True)]
    rest = paper.width - sum(c.width for c in (*head, *tail))
    longest = max((paper.type.width(r.district, Role.SONG, _SIZE) for s in view.sections for r in s.rows), default=0)
    name = min(max(60.0, longest + 8), 130.0, rest * 0.32)
    each = (rest - name) / max(1, len(view.columns))
    groups = [Column(f"{c.title}\n{_marks(c.weight.text, each)}", each, "figures", keep=True) for c in view.columns]
    return (*head, Column("被考核单位", name, "left"), *groups, *tail)


def _marks(weight: str, width: float) -> str:
    """A group's full marks under its title, without brackets where the column is narrow."""
    return weight if width < _NARROW else f"（{weight}）"


def _row(n: int, r: RankingRow, view: RankingView) -> Row:
    cells = [str(n) if view.unranked else r.rank_text, r.district, *(f.text for f in r.groups)]
    cells += [r.base.text, r.bonus.text, r.deduction.text, r.total.text, r.grade]
    bold = {len(cells) - 2}
    if view.compared:
        cells += [str(r.previous_rank or "—"), r.change_text]
    return Row(tuple(cells), bold=frozenset(bold))
