"""Results beside one another: districts, years, methods; each as rows of texts and numbers ready to be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ecoscore.errors import InputRefused
from ecoscore.model.period import Period
from ecoscore.reporting.view_parts import NO_FIGURE, Figure

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.methods import RankingComparison
    from ecoscore.model.district import Level
    from ecoscore.model.result import Result
    from ecoscore.reporting.charts import Drawing
    from ecoscore.reporting.view import ScorecardView


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, the raw value it sorts and is exported by, and how it is meant.

    `better`: True for good news, False for bad, None for neither.
    """

    text: str
    raw: float | str | None = None
    better: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`numeric` says which columns are right-aligned; `notes` belong under the table; `keys` name the rows."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearTotal:
    """A district's total in one period; None of rank where it was not ranked."""

    period: Period
    total: Figure
    rank: int | None
    of: int
    grade: str


def history(assessment: Assessment, district: str, until: Period) -> tuple[YearTotal, ...]:
    """The totals of a district in every period of the same kind that can be scored, oldest first."""
    found = []
    for period in assessment.periods:
        if period.kind != until.kind or period > until:
            continue
        try:
            found.append(_year(assessment.result_of(period, district), district))
        except InputRefused:
            continue
    return tuple(found)


def history_chart(years: Sequence[YearTotal], district: str, width: float, height: float) -> Drawing | None:
    """The course of the total; None with fewer than two years."""
    from ecoscore.reporting.charts_change import Moment, trend

    if len(years) < 2:
        return None
    moments = [
        Moment(
            f"{y.period.title.removesuffix('度')}{f' 第{y.rank}名' if y.rank else ''}", y.total.raw or 0.0, y.total.text
        )
        for y in years
    ]
    return trend(moments, width, height, title=f"{district}总分")


def indicator_chart(
    assessment: Assessment, district: str, indicator: str, until: Period, width: float, height: float
) -> Drawing | None:
    """The course of an indicator's value; None with fewer than two values."""
    from ecoscore.reporting.view_charts import trend_chart

    held = assessment.scheme_of(until).by_id.get(indicator)
    periods = [p for p in assessment.periods if p.kind == until.kind and p <= until]
    values = [(p, o.value) for p in periods if (o := assessment.observation(district, indicator, p)) is not None]
    course = [(p, v) for p, v in values if v is not None]
    if held is None or len(course) < 2:
        return None
    own = {t.district: t.value for t in assessment.targets(until) if t.indicator == indicator}
    target = own.get(district, own.get(None, held.target))
    due = float("nan") if target is None else held.target_in(until.year, target)
    return trend_chart(held, course, width, height, target=due)


def scatter_chart(
    result: Result, width: float, height: float, districts: Sequence[str] | None = None
) -> Drawing | None:
    """Level against progress of the districts (all unless given); None where no rule looks at progress."""
    from ecoscore.reporting.charts_sample import level_progress
    from ecoscore.reporting.facts import level_and_progress

    points = [p for p in level_and_progress(result) if districts is None or p.label in districts]
    return level_progress(points, width, height) if points else None


def change_chart(
    assessment: Assessment, period: Period, result: Result, district: str
) -> Callable[[float, float], Drawing | None] | None:
    """What draws the way from last year's total to this one, group by group; None where the two cannot be compared."""
    from ecoscore.reporting.view_charts import contribution_steps, waterfall_chart

    try:
        previous = assessment.result_of(period.previous_year, district)
    except InputRefused:
        return None
    if not contribution_steps(result, previous, district):
        return None
    return lambda width, height: waterfall_chart(result, previous, district, width, height)


def contribution(card: ScorecardView) -> Table:
    """Where a total comes from: what each indicator gave and lost of its marks, dearest loss first."""
    rows: list[tuple[float, str, tuple[Cell, ...]]] = []
    for section in card.sections:
        for row in section.rows:
            lost = _printed_gap(row.weight, row.points)
            name = f"{'★ ' if row.binding else ''}{row.title}"
            rows.append(
                (
                    row.lost,
                    row.indicator,
                    (
                        Cell(name),
                        Cell(row.value.text, row.value.raw),
                        Cell(row.weight.text, row.weight.raw),
                        Cell(row.points.text, row.points.raw),
                        Cell(lost.text.lstrip("+"), lost.raw, False if lost.raw else None),
                        Cell(row.individual.text, row.individual.raw),
                        Cell(section.titles[0]),
                    ),
                )
            )
    rows.sort(key=lambda r: -r[0])
    return Table(
        ("指标", "本期值", "分值", "得分", "失分", "个体指数", "类别"),
        tuple(cells for _, _, cells in rows),
        (False, True, True, True, True, True, False),
        keys=tuple(key for _, key, _ in rows),
    )


def side_by_side(first: ScorecardView, second: ScorecardView) -> Table:
    """Two cards, of two districts or of two years: values, points and who is ahead by how much, by indicator."""
    others = {row.indicator: row for row in second.rows}
    names = _names(first, second)
    rows: list[tuple[Cell, ...]] = [_total_row(first, second)]
    keys = [""]
    for row in first.rows:
        other = others.get(row.indicator)
        if other is None:
            continue
        gap = _printed_gap(row.points, other.points)
        rows.append(
            (
                Cell(
                    ("★ " if row.binding else "") + row.title + (f"（{row.unit}）" if row.unit not in {"", "—"} else "")
                ),
                Cell(row.value.text, row.value.raw),
                Cell(other.value.text, other.value.raw),
                Cell(row.weight.text, row.weight.raw),
                Cell(row.points.text, row.points.raw),
                Cell(other.points.text, other.points.raw),
                Cell(gap.text, gap.raw, None if not gap.raw else gap.raw > 0),
            )
        )
        keys.append(row.indicator)
    headers = ("指标", f"{names[0]}值", f"{names[1]}值", "分值", f"{names[0]}得分", f"{names[1]}得分", "相差")
    return Table(headers, tuple(rows), (False, True, True, True, True, True, True), keys=tuple(keys))


def methods(assessment: Assessment, period: Period, districts: Sequence[str], level: Level | None = None) -> Table:
    """The scheme's ranks beside those of other methods, for one peer group of a level.

    The other methods take no gaps: an indicator that not all of them have reported is left out, and named.
    """
    import numpy as np

    result = assessment.score(period, level)
    rows_at = [result.district_at[name] for name in districts]
    weighed = [(n, i) for n, i in enumerate(result.indicators) if result.cells.full[0, n] > 0]
    whole = [i for n, i in weighed if not np.isnan(result.cells.value[rows_at, n]).any()]
    left = [i.title for _, i in weighed if i not in whole]
    if not whole:
        raise InputRefused("没有一项指标是各区县都有数值的，不能用其他方法排序", "请先补齐数据")
    groups = assessment.compare_rankings(period, level, districts=districts, indicators=[i.id for i in whole])
    without = (f"有缺数而略去 {len(left)} 项：{'、'.join(left)}。",) if left else ()
    return _methods_table(groups[0], without)


def _methods_table(group: RankingComparison, without: tuple[str, ...]) -> Table:
    headers = ["区县"]
    for ranking in group.rankings:
        headers += [f"{ranking.title}名次", "得分" if ranking.method == "scheme" else "接近度"]
    headers.append("名次跨度")
    rows = []
    for n, district in enumerate(group.districts):
        ranks = [int(r.rank[n]) for r in group.rankings]
        cells = [Cell(district)]
        for ranking, rank in zip(group.rankings, ranks, strict=True):
            moved = ranks[0] - rank
            score = float(ranking.score[n])
            cells += [Cell(str(rank), rank, moved > 0 if moved else None), Cell(f"{score:.4g}", score)]
        spread = max(ranks) - min(ranks)
        rows.append((*cells, Cell(str(spread) if spread else "—", spread)))
    agreed = []
    for ranking in group.rankings[1:]:
        agreement = group.agreement_with_own(ranking.method)
        if agreement.spearman is not None:
            agreed.append(f"与{ranking.title}的名次相关 {agreement.spearman:.3f}")
    notes = ("；".join(agreed) + "（1 为完全一致）。" if agreed else "", *group.notes, *without)
    numeric = (False, *(True for _ in headers[1:]))
    return Table(tuple(headers), tuple(rows), numeric, tuple(n for n in notes if n), group.districts)


def compensation(assessment: Assessment, period: Period, level: Level | None = None) -> Table | None:
    """The money table; None where the scheme has no rates."""
    from ecoscore.reporting.view_compensation import compensation_view

    result = assessment.score(period, level)
    computed = assessment.compensation(period, level)
    if computed is None:
        return None
    view = compensation_view(result, computed)
    headers = ("区县", *view.items, "应得合计", "应缴合计", "净额", "结算")
    rows = []
    for row in (*view.rows, view.sums):
        money = [Cell(text, _money(text)) for text in (*row.items, row.received, row.paid)]
        net = _money(row.net)
        rows.append((Cell(row.district), *money, Cell(row.net, net, None if not net else net > 0), Cell(row.settles)))
    numeric = (False, *(True for _ in headers[1:-1]), False)
    keys = (*(row.district for row in view.rows), "")
    return Table(headers, tuple(rows), numeric, (f"单位：{view.unit}", *view.notes), keys)


def to_next_grade(result: Result, district: str) -> str:
    """How far a district is from the grade above its own, in a sentence; "" where there is none above."""
    from ecoscore.reporting.view_text import difference, score_figure

    n = result.district_at[district]
    earned, total = result.layers.earned_grade[n], float(result.layers.total[n])
    titles = [g.title for g in result.scheme.grades]
    if earned not in titles or not titles.index(earned):
        return ""
    above = result.scheme.grades[titles.index(earned) - 1]
    gap = score_figure(difference(above.min, total), result.scheme)
    held = result.layers.grade[n] != earned
    return f"距“{above.title}”还差 {gap.text} 分" + ("，但等次另有限制" if held else "")


def _year(result: Result, district: str) -> YearTotal:
    from ecoscore.reporting.view_text import score_figure

    n = result.district_at[district]
    own = result.districts[n]
    peers = sum((d.level, d.peer_group) == (own.level, own.peer_group) for d in result.districts)
    total = score_figure(float(result.layers.total[n]), result.scheme)
    return YearTotal(result.period, total, int(result.layers.rank[n]) or None, peers, result.layers.grade[n])


def _names(first: ScorecardView, second: ScorecardView) -> tuple[str, str]:
    if first.district != second.district:
        return first.district, second.district
    return first.period, second.period


def _total_row(first: ScorecardView, second: ScorecardView) -> tuple[Cell, ...]:
    a, b = (card.chain.total for card in (first, second))
    gap = _printed_gap(a, b)
    return (
        Cell("总分"), Cell(""), Cell(""), Cell(first.chain.full.text, first.chain.full.raw), Cell(a.text, a.raw),
        Cell(b.text, b.raw), Cell(gap.text, gap.raw, None if not gap.raw else gap.raw > 0),
    )  # fmt: skip


def _printed_gap(first: Figure, second: Figure) -> Figure:
    """What a person gets who subtracts the printed figures, signed, with their decimals."""
    texts = [f.text.replace("−", "-") for f in (first, second)]
    if first.raw is None or second.raw is None:
        return NO_FIGURE
    try:
        gap = Decimal(texts[0]) - Decimal(texts[1])
    except InvalidOperation:
        return NO_FIGURE
    return Figure(float(gap), f"{gap:+}".replace("-", "−") if gap else "—")


def _money(text: str) -> float | None:
    try:
        return float(text.replace("−", "-").replace(",", ""))
    except ValueError:
        return None
