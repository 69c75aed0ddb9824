"""The scorecard on paper: summary, indicators, grounds, charts, strong and weak items, notes, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecoscore.reporting.charts import group_bars, group_radar, least_height
from ecoscore.reporting.pdf import blocks
from ecoscore.reporting.pdf.drawing import draw
from ecoscore.reporting.pdf.fonts import Role
from ecoscore.reporting.pdf.page import Paper
from ecoscore.reporting.pdf.table import PAD, Column, Row, Table
from ecoscore.reporting.view_parts import Highlight, ScorecardView, ScoreRow

_SUMMARY_ROWS = 18.0, 25.0
_ROW_HEIGHTS = (19.5, 18.5, 17.5, 16.5, 15.8, 15.2, 14.6)
_ITEM_ROW = 17.0
_CHINESE_NUMBERS = "一二三四五六七八九十"


def draw_scorecard(paper: Paper, view: ScorecardView) -> None:
    """All pages of one card, from a new page on."""
    paper.start()
    paper.bookmark(view.district, closed=True)
    left = f"被考核单位：{view.district}（{view.peer_group}）"
    blocks.heading(paper, view.title, view.meta, left, f"考核期：{view.period}　　单位：分")
    _summary(paper, view)
    paper.y -= 7
    _indicators(paper, view)
    paper.bookmark("加分、扣分与等次限制", 1)
    blocks.adjustments(paper, view.adjustments, view.limits_text)
    _rest(paper, view)


def _summary(paper: Paper, view: ScorecardView) -> None:
    """The answer first: total, rank, grade, last year."""
    place = view.standing
    rank = f"{place.rank_text}（共{place.of}个）" if place.rank else place.rank_text
    then = view.comparison
    cells = [("总分", view.chain.total.text), ("名次", rank), ("等次", place.grade)]
    if then:
        cells.append((f"{then.label}总分", then.total.text))
        cells.append((f"比{then.label}", _moved(view)))
    cells.append(("考核方案", view.scheme))
    shares = [1.0, 1.6, 1.0, 1.0, 1.5, 2.3] if then else [1.0, 1.7, 1.0, 3.0]
    _band(paper, cells, shares)


def _moved(view: ScorecardView) -> str:
    then = view.comparison
    assert then is not None
    rank = then.rank_change
    places = "" if rank is None else "，名次不变" if not rank else f"，{'升' if rank > 0 else '降'}{abs(rank)}位"
    return f"{then.total_change.text}{places}"


def _band(paper: Paper, cells: Sequence[tuple[str, str]], shares: Sequence[float]) -> None:
    canvas, (head, body) = paper.canvas, _SUMMARY_ROWS
    top, x = paper.y, paper.left
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.4)
    canvas.line(paper.left, top - head, paper.right, top - head)
    for n, ((label, value), share) in enumerate(zip(cells, shares, strict=True)):
        width = paper.width * share / sum(shares)
        if n:
            canvas.line(x, top, x, top - head - body)
        middle = x + width / 2
        paper.type.draw(middle, top - head + 5.4, label, Role.HEI, 9, "center")
        role, size = (Role.HEI, 13.0) if n < 3 else (Role.SONG, 10.0)
        fitted = paper.type.fit(value, role, size, width - 6)
        lines = [value] if fitted >= 8.5 else paper.type.wrap(value, role, 8.5, width - 6)[:2]
        fitted = min(fitted, 8.5) if len(lines) > 1 else fitted
        if len(lines) > 1:
            fitted = 8.5
        y = top - head - (body - len(lines) * fitted * 1.2) / 2 - fitted * 0.98
        for line in lines:
            paper.type.draw(middle, y, line, role, fitted, "center")
            y -= fitted * 1.2
        x += width
    paper.y = top - head - body
    canvas.setLineWidth(1.2)
    canvas.rect(paper.left, paper.y, paper.width, head + body)


# The table ------------------------------------------------------------------------------------------------------


def _indicators(paper: Paper, view: ScorecardView) -> None:
    """Rows as high as lets the whole table end with the page where it can; else it runs on with its header."""
    rows = _rows(view)
    table = Table(_columns(paper, view, rows), rows)
    fitting = (t for height in _ROW_HEIGHTS if (t := table.with_rows(height)).height(paper) <= paper.room)
    (next(fitting, None) or table.with_rows(16.5)).draw(paper)


# The widest a column may be: what holds a figure of six digits, a unit in two lines, a group's title two by two.
_WIDTHS = {"类别": 26.0, "计量\n单位": 40.0}
_FIGURES = 40.0


def _columns(paper: Paper, view: ScorecardView, rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns this scheme has use for, each as narrow as its own texts allow; the titles take what is left."""
    found = [Column("序\n号", 0), Column("类别", 0, merged=True), Column("指标", 0, "left"), Column("计量\n单位", 0)]
    figures = ["分值"]
    if _has_targets(view):
        figures.append("目标值")
    if view.baseline:
        figures.append(view.baseline_label)
    figures.append(view.value_label)
    if view.baseline:
        figures.append("变化")
    figures.append("水平分")
    if view.baseline:
        figures.append("改善分")
    found += [Column(title, 0, "figures", keep=True) for title in (*figures, "得分")]
    found = [replace(c, width=_width(paper, c, n, rows)) for n, c in enumerate(found)]
    titles = next(n for n, c in enumerate(found) if c.title == "指标")
    longest = max((paper.type.width(r.cells[titles], Role.SONG, Table.size) for r in rows if r.cells), default=0.0)
    rest = paper.width - sum(c.width for c in found)
    spare = min(max(0.0, rest - longest - 2 * PAD - 1) / (len(found) - 1), 8.0)
    return tuple(
        replace(c, width=rest - spare * (len(found) - 1) if n == titles else c.width + spare)
        for n, c in enumerate(found)
    )


def _width(paper: Paper, column: Column, n: int, rows: Sequence[Row]) -> float:
    """What a column's header and cells take, as far as it may have it; the titles' is what the others leave."""
    if column.title == "指标":
        return 0.0
    if column.merged:
        return _WIDTHS["类别"]
    most = _WIDTHS.get(column.title, _FIGURES)
    size, role = Table.size, Role.HEI if column.title == "得分" else Role.SONG
    widest = max((paper.type.width(r.cells[n], role, size) for r in rows if r.cells), default=0.0)
    head = max(paper.type.width(part, Role.HEI, size) for part in column.title.split("\n"))
    return min(max(widest, head) + 2 * PAD + 0.6, most)


def _has_targets(view: ScorecardView) -> bool:
    return any(row.target.raw is not None for row in view.rows)


def _rows(view: ScorecardView) -> tuple[Row, ...]:
    rows: list[Row] = []
    nested = any(len(section.titles) > 1 for section in view.sections)
    top = ""
    count = 0
    for section in view.sections:
        if nested and section.titles[0] != top:
            top = section.titles[0]
            mark = _CHINESE_NUMBERS[count] + "、" if count < len(_CHINESE_NUMBERS) else ""
            count += 1
            rows.append(Row(span=mark + top, role=Role.HEI, span_align="left"))
        rows += [_row(row, view, section.title) for row in section.rows]
    rows.append(Row(span=view.chain.text, role=Role.HEI, span_size=10))
    return tuple(rows)


def _row(r: ScoreRow, view: ScorecardView, group: str) -> Row:
    cells = [str(r.number), "", ("★" if r.binding else "") + r.title, r.unit, r.weight.text]
    if _has_targets(view):
        cells.append(r.target.text)
    if view.baseline:
        cells += [r.baseline.text, r.value.text, r.change.text, r.level.text, r.progress.text]
    else:
        cells += [r.value.text, r.level.text]
    cells.append(r.points.text)
    return Row(tuple(cells), group=group, bold=frozenset({len(cells) - 1}))


# Below the table ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Density:
    """How closely the parts below the table are set."""

    chart: float
    items: int
    note: blocks.NoteStyle


_DENSITIES = (
    _Density(190, 5, blocks.NoteStyle()),
    _Density(172, 5, blocks.NoteStyle(9, 12.8)),
    _Density(158, 5, blocks.NoteStyle(8.8, 12.4)),
    _Density(148, 4, blocks.NoteStyle(8.5, 12)),
    _Density(140, 3, blocks.NoteStyle(8.5, 11.6)),
    _Density(130, 3, blocks.NoteStyle(8.2, 11)),
    _Density(120, 3, blocks.NoteStyle(8, 10.6)),
    _Density(108, 3, blocks.NoteStyle(8, 10.4)),
)


def _rest(paper: Paper, view: ScorecardView) -> None:
    """Set as loosely as lets everything end on this page; where nothing does, notes and signatures go to the next."""
    fits = (d for d in _DENSITIES if _rest_height(paper, view, d) <= paper.room)
    chosen = next(fits, None)
    density = chosen or _DENSITIES[0]
    if len(view.top_groups) > 1:
        height = min(max(density.chart, least_height(view.top_groups)), paper.form.depth - 40)
        blocks.caption(paper, "各类指数与平均水平", follow=height)
        paper.bookmark("各类指数与平均水平", 1)
        _charts(paper, view, height)
    _highlights(paper, view, density.items)
    if chosen is None:
        last = _notes_height(paper, view, density)
        if last <= paper.form.depth:
            paper.need(last)
    blocks.notes(paper, _all_notes(view), style=density.note)
    paper.skip(10)
    paper.need(blocks.signatures_height(view.meta.signatures))
    paper.bookmark("签字盖章", 1)
    blocks.signatures(paper, view.meta.signatures, view.meta.date)


def _rest_height(paper: Paper, view: ScorecardView, d: _Density) -> float:
    charts = 27 + max(d.chart, least_height(view.top_groups)) if len(view.top_groups) > 1 else 0.0
    items = min(d.items, max(len(view.strong), len(view.weak), 1))
    return charts + 27 + _ITEM_ROW * (1 + items) + _notes_height(paper, view, d)


def _notes_height(paper: Paper, view: ScorecardView, d: _Density) -> float:
    return d.note.height(paper, _all_notes(view)) + 10 + blocks.signatures_height(view.meta.signatures)


def _all_notes(view: ScorecardView) -> tuple[str, ...]:
    """What happened to single items comes first: it decides about points."""
    remarks = "；".join(remark.rstrip("。") for remark in view.remarks)
    return (f"逐项说明：{remarks}。", *view.notes) if remarks else view.notes


def _charts(paper: Paper, view: ScorecardView, height: float) -> None:
    own, peers = view.district, f"{view.peer_group}平均"
    groups = view.top_groups
    radar = group_radar(groups, paper.width * 0.46, height, own=own, peers=peers)
    bars = group_bars(groups, paper.width * (0.52 if radar else 1.0), height, own=own, peers=peers)
    draw(paper.type, bars, paper.left, paper.y - height)
    if radar:
        draw(paper.type, radar, paper.left + paper.width * 0.54, paper.y - height)
    paper.y -= height


def _highlights(paper: Paper, view: ScorecardView, most: int) -> None:
    blocks.caption(paper, "优势指标与主要失分指标", follow=50)
    half = (paper.width - 40) / 2
    columns = (
        Column("", 20),
        Column("优势指标（个体指数）", half, "left"),
        Column("", 20),
        Column("主要失分指标（失分）", half, "left"),
    )
    count = min(most, max(len(view.strong), len(view.weak), 1))
    rows = []
    for n in range(count):
        strong, weak = _item(view.strong, n, "个体指数"), _item(view.weak, n, "失分")
        rows.append(Row((strong[0], strong[1], weak[0], weak[1])))
    Table(columns, tuple(rows), size=9, header_size=9, row_height=_ITEM_ROW).draw(paper)


def _item(items: Sequence[Highlight], n: int, kind: str) -> tuple[str, str]:
    if n >= len(items):
        return "—", "—" if n or items else "无"
    item = items[n]
    figure = item.individual if kind == "个体指数" else item.lost
    return str(n + 1), f"{item.title}（{figure.text}）"
