"""A department's list of shortfalls on paper, landscape."""

from __future__ import annotations

from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import Column, Row, Table
from ecoscore.reporting.view_department import DepartmentRow, DepartmentView

_SIZE = 9.5
_NONE = "无"
_LISTED = 16  # so many names stand in a cell; longer lists follow below the table in full


def draw_department(paper: Paper, view: DepartmentView) -> None:
    """All pages of one department's list."""
    paper.start()
    paper.bookmark(view.department)
    blocks.heading(
        paper, view.title, view.meta, f"责任部门：{view.department}", f"考核期：{view.period}　　失分单位：分"
    )
    paper.paragraph(view.summary, Role.FANGSONG, 11, 18)
    paper.skip(4)
    fixed = 28 + 132 + 54 + 34 + 56
    rest = paper.width - fixed
    columns = (
        Column("序号", 28), Column("指标", 132, "left"), Column("计量\n单位", 54), Column("分值", 34, "figures", keep=True),
        Column("失分\n合计", 56, "figures", keep=True), Column("未完成目标的单位（完成值／目标值）", rest * 0.36, "left"),
        Column("失分较多的单位（失分；完成值）", rest * 0.64, "left"),
    )  # fmt: skip
    rows = tuple(
        Row((
            str(r.number), ("★" if r.binding else "") + r.title, r.unit, r.weight.text, r.lost.text,
            _missed(r), "、".join(r.losing) or _NONE,
        ))
        for r in view.rows
    )  # fmt: skip
    Table(columns, rows, size=_SIZE, header_size=_SIZE, row_height=20).draw(paper)
    _lists(paper, view)
    blocks.notes(paper, view.notes)
    paper.skip(10)
    hands = tuple(f for f in view.meta.signatures if not f.opinion and not f.sealed)
    blocks.signatures(paper, hands, view.meta.date)


def _missed(row: DepartmentRow) -> str:
    if not row.missed:
        return _NONE if row.targeted else "—"
    if len(row.missed) > _LISTED:
        return f"{len(row.missed)}个，名单见表后"
    return "、".join(row.missed)


def _lists(paper: Paper, view: DepartmentView) -> None:
    """The districts that missed a target, where they are too many for a cell."""
    long = [row for row in view.rows if len(row.missed) > _LISTED]
    if long:
        blocks.caption(paper, "未完成目标的单位名单（完成值／目标值）")
    for row in long:
        paper.paragraph(f"{row.title}（{len(row.missed)}个）：{'、'.join(row.missed)}。", Role.SONG, _SIZE, 14)
        paper.skip(4)
