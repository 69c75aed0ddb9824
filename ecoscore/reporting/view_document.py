"""What bulletin and notice have in common: how they open, the table of results, its notes and pictures."""

from __future__ import annotations

import math

from ecoscore.model.district import Level
from ecoscore.model.result import Result
from ecoscore.reporting import facts
from ecoscore.reporting.charts import Drawing
from ecoscore.reporting.charts_sample import Bar, level_progress, ranking_bars
from ecoscore.reporting.document import Grid, GridColumn, Picture
from ecoscore.reporting.view_common import method_notes, scheme_text
from ecoscore.reporting.view_parts import PaperMeta, RankingRow, RankingSection
from ecoscore.reporting.view_ranking import ranking_view
from ecoscore.reporting.view_text import sentence

_NOUNS = {
    Level.PROVINCE: "省（区、市）", Level.CITY: "设区市", Level.COUNTY: "区县", Level.TOWN: "乡镇（街道）",
    Level.VILLAGE: "村（社区）",
}  # fmt: skip
PICTURE_WIDTH = 442.0  # the measure of a GB/T 9704 page in points
_MOST_BARS = 42  # what a page holds
_MOST_REASONS = 12
_MOST_NAMED = 20  # of more districts the points carry their ranks


def unit_noun(result: Result) -> str:
    """What those assessed are called: 区县; 单位 where levels are mixed."""
    levels = {d.level for d in result.districts}
    return _NOUNS[levels.pop()] if len(levels) == 1 else "单位"


def addressee(meta: PaperMeta) -> str:
    return (meta.addressee.rstrip("：:") or "各被考核单位") + "："


def opening(result: Result, meta: PaperMeta, end: str) -> str:
    """Under which scheme who was assessed for when."""
    subject = meta.subject or "绿色政绩考核"
    scheme = f"《{result.scheme.title}》" + (f"（{result.scheme.edition}）" if result.scheme.edition else "")
    count = f"{len(result.districts)}个{unit_noun(result)}"
    return f"按照{scheme}，对{count}开展了{result.period.title}{subject}。{end}"


def result_grids(result: Result, previous: Result | None) -> list[Grid]:
    """The table of results, one for each peer group."""
    view = ranking_view(result, previous=previous)
    several = len(view.sections) > 1
    columns = [GridColumn("序号" if view.unranked else "名次", 1.1), GridColumn("被考核单位", 2.6, "left")]
    columns += [
        GridColumn("指标得分", 1.4, "figures"),
        GridColumn("加分", 1.1, "figures"),
        GridColumn("扣分", 1.1, "figures"),
    ]
    columns.append(GridColumn("总分", 1.3, "figures"))
    if result.scheme.grades:
        columns.append(GridColumn("等次", 1.2))
    if view.compared and not view.unranked:
        columns += [GridColumn("上年名次", 1.3), GridColumn("名次变化", 1.3)]
    return [
        Grid(_caption(section) if several else "", tuple(columns), tuple(_cells(n, r, len(columns), result) for n, r in enumerate(section.rows, 1)))
        for section in view.sections
    ]  # fmt: skip


def _caption(section: RankingSection) -> str:
    return f"{section.peer_group}（{len(section.rows)}个）"


def _cells(n: int, row: RankingRow, count: int, result: Result) -> tuple[str, ...]:
    first = str(n) if result.scheme.unranked else row.rank_text
    cells = [first, row.district, row.base.text, row.bonus.text, row.deduction.text, row.total.text]
    if result.scheme.grades:
        cells.append(row.grade or "—")
    cells += [str(row.previous_rank or "—"), row.change_text]
    return tuple(cells[:count])


def result_notes(result: Result, meta: PaperMeta) -> tuple[str, ...]:
    """How it was computed; and why a grade is not what the total alone would give."""
    view = ranking_view(result)
    reasons = [f"{r.district}：{r.grade_reason.rstrip('。')}" for s in view.sections for r in s.rows if r.grade_reason]
    if len(reasons) > _MOST_REASONS:
        reasons = [*reasons[:_MOST_REASONS], f"其余{len(reasons) - _MOST_REASONS}个单位见各单位成绩单"]
    source = sentence(meta.sources, f"考核方案：{scheme_text(result.scheme)}", "单位：分")
    return (source, *([sentence("等次说明——" + "；".join(reasons))] if reasons else []), *method_notes(result))


def ranking_picture(result: Result) -> Picture | None:
    """Bars of the totals in order; None where there are too few to compare or too many for a page."""
    totals = result.layers.total
    order = [d for d in result.order if not math.isnan(totals[d])]
    order.sort(key=lambda d: -float(totals[d]))
    if not 2 < len(order) <= _MOST_BARS:
        return None
    texts = {r.district: r.total.text for s in ranking_view(result).sections for r in s.rows}
    grades = bool(result.scheme.grades)
    bars = [
        Bar(
            result.districts[d].name, float(totals[d]), texts[result.districts[d].name],
            f"（{result.layers.grade[d]}）" if grades and result.layers.grade[d] else "",
        )
        for d in order
    ]  # fmt: skip
    return Picture(ranking_chart(bars), "总分由高到低")


def ranking_chart(bars: list[Bar], width: float = PICTURE_WIDTH) -> Drawing:
    values = [b.value for b in bars if not math.isnan(b.value)]
    return ranking_bars(bars, width, mean=sum(values) / len(values) if values else None, title="总分由高到低")


def scatter_picture(result: Result) -> Picture | None:
    """存量—增量; None where too few districts are scored by both."""
    drawing = scatter_chart(result)
    return None if drawing is None else Picture(drawing, "存量（水平分）与增量（改善分）")


def scatter_chart(result: Result, width: float = PICTURE_WIDTH, height: float = 0.0) -> Drawing | None:
    points = facts.level_and_progress(result)
    if len(points) < 3:
        return None
    if len(points) > _MOST_NAMED:
        place = {result.districts[d].name: str(n) for n, d in enumerate(result.order, start=1)}
        points = [type(p)(place[p.label], p.x, p.y) for p in points]
        height = height or 330.0
    return level_progress(points, width, height or 270.0)
