"""From a result to one district's scorecard."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ecoscore.model.observation import Status
from ecoscore.model.result import Override, Result
from ecoscore.model.rule import MEASURE_TITLES
from ecoscore.model.scheme import Direction, Group, Indicator
from ecoscore.reporting.view_common import (
    adjustment_lines,
    baseline_label,
    baseline_text,
    comparison,
    finding_notes,
    limits_text,
    method_notes,
    peer_group_title,
    peer_mean,
    peers,
    scheme_text,
    standing,
    state_notes,
    subject_of,
    total_chain,
    value_label,
)
from ecoscore.reporting.view_parts import (
    NO_FIGURE,
    Figure,
    GroupIndex,
    Highlight,
    PaperMeta,
    ScorecardView,
    ScoreRow,
    Section,
)
from ecoscore.reporting.view_text import (
    aligned,
    difference,
    fixed,
    number_ranges,
    paper_title,
    score_figure,
    sentence,
    state_figure,
    weight_figures,
)

_HIGHLIGHTS = 5


def scorecard_view(
    result: Result, district: str, meta: PaperMeta | None = None, *, previous: Result | None = None
) -> ScorecardView:
    """The scorecard of `district` (KeyError if unknown); `previous` is last year's result, for comparison."""
    meta = meta or PaperMeta()
    d = result.district_at[district]
    place = standing(result, d)
    lines = adjustment_lines(result, district)
    sections = _sections(result, d)
    rows = [row for section in sections for row in section.rows]
    baseline = baseline_text(result, d)
    return ScorecardView(
        title=paper_title(meta.organisation, result.period, subject_of(result, meta), "成绩单"),
        district=district,
        peer_group=peer_group_title(result, d),
        period=result.period.title,
        baseline=baseline,
        baseline_label=baseline_label(result.period, result.baselines[d] if d < len(result.baselines) else None),
        value_label=value_label(result.period),
        scheme=scheme_text(result.scheme),
        sections=sections,
        groups=group_indices(result, d),
        chain=total_chain(result, d),
        adjustments=lines,
        limits_text=limits_text(lines, place.grade_reason),
        standing=place,
        comparison=comparison(result, district, previous),
        strong=_strong(rows),
        weak=_weak(rows, result),
        remarks=_remarks(rows),
        notes=_notes(result, d, rows, meta),
        unranked=result.scheme.unranked,
        meta=meta,
    )


def holders(result: Result) -> list[tuple[tuple[Group, ...], list[int]]]:
    """Each run of indicators that share their groups: the path of groups and the indicators' positions."""
    found: list[tuple[tuple[Group, ...], list[int]]] = []
    position = 0
    for path, node in result.scheme.walk():
        if isinstance(node, Indicator):
            if not found or found[-1][0] != path:
                found.append((path, []))
            found[-1][1].append(position)
            position += 1
    return found


def _sections(result: Result, d: int) -> tuple[Section, ...]:
    weights = weight_figures([float(w) for w in result.cells.weight[d]], result.scheme)
    groups = group_indices(result, d)
    by_id = {g.group: g for g in groups}
    sections = []
    for path, positions in holders(result):
        group = by_id[path[-1].id]
        category = "·".join(g.title for g in path)
        rows = tuple(_row(result, d, i, category, weights[i]) for i in positions)
        titles = tuple(g.title for g in path)
        sections.append(Section(path[-1].id, titles, rows, group.weight, group.index, group.points))
    return tuple(sections)


def group_indices(result: Result, d: int) -> tuple[GroupIndex, ...]:
    """Every group with its index, points and the peers' mean, parents first."""
    scheme, cells, group = result.scheme, result.group_cells, peers(result, d)
    depth = {node.id: len(path) for path, node in scheme.walk() if isinstance(node, Group)}
    weights = weight_figures([float(w) for w in cells.weight[d]], scheme)
    found = []
    for g, node in enumerate(result.groups_in_order):
        index = float(cells.index[d, g])
        points = float(cells.weight[d, g]) * index / 100
        found.append(
            GroupIndex(
                group=node.id,
                title=node.title,
                depth=depth[node.id],
                weight=weights[g],
                index=score_figure(index, scheme),
                peer_mean=score_figure(peer_mean(result, group, g), scheme),
                points=score_figure(points, scheme),
            )
        )
    return tuple(found)


def _row(result: Result, d: int, i: int, category: str, weight: Figure) -> ScoreRow:
    c, scheme, indicator = result.cells, result.scheme, result.indicators[i]
    status, override = Status(int(c.status[d, i])), Override(int(c.override[d, i]))
    uncounted = not c.full[0, i] and not c.weight[d, i]
    left_out = not c.weight[d, i] and not uncounted
    reported = status is Status.REPORTED
    value, baseline = aligned((float(c.value[d, i]), float(c.baseline[d, i])))
    change, kind, better = _change(result, d, i)
    points = float(result.points_rounded[d, i])
    nothing = left_out or uncounted or math.isnan(points)
    return ScoreRow(
        number=i + 1,
        indicator=indicator.id,
        title=indicator.title,
        unit=indicator.unit or "—",
        category=category,
        nature="约束性" if indicator.binding else "—",
        binding=indicator.binding,
        status=status,
        weight=weight,
        target=aligned((float(c.target[d, i]),))[0],
        baseline=baseline,
        value=value if reported else state_figure(status),
        change=change,
        change_kind=kind,
        change_better=better,
        level=score_figure(float(c.level[d, i]), scheme),
        progress=score_figure(float(c.progress[d, i]), scheme),
        individual=NO_FIGURE if left_out else score_figure(float(c.individual[d, i]), scheme),
        points=NO_FIGURE if nothing else Figure(points, fixed(points, scheme.decimals, scheme)),
        lost=0.0 if nothing else max(0.0, float(c.weight[d, i]) - float(c.points[d, i])),
        note=sentence("不计入总分" if uncounted else "", _fate(status, override), *_grounds(result, d, i, status)),
        department=indicator.department or "—",
    )


def _fate(status: Status, override: Override) -> str:
    """What was done to the score, and for which state of the value."""
    if override is Override.NONE or status is Status.REPORTED or status.title in override.title:
        return override.title
    return f"{status.title}，{override.title}"


def _grounds(result: Result, d: int, i: int, status: Status) -> tuple[str, ...]:
    """Why it was left out, where that is known."""
    if not status.is_left_out:
        return ()
    return result.remarks.get((result.districts[d].name, result.indicators[i].id), ())


def _change(result: Result, d: int, i: int) -> tuple[Figure, str, bool | None]:
    """The measure the rule scores; for rules that look at the level alone, the plain difference."""
    c, indicator = result.cells, result.indicators[i]
    part = indicator.rule.progress
    change = float(c.change[d, i])
    if part is not None and not math.isnan(change):
        kind = MEASURE_TITLES[part.measure]
        toward = part.toward
        if part.measure != "absolute":
            text = fixed(change, 1, result.scheme, signed=True) + "%"
            return Figure(change, text), kind, _better(change, toward)
    else:
        kind = MEASURE_TITLES["absolute"]
        toward = {Direction.HIGHER: 1, Direction.LOWER: -1, Direction.RANGE: 0}[indicator.direction]
    exact = difference(float(c.value[d, i]), float(c.baseline[d, i]))
    if math.isnan(exact):
        return NO_FIGURE, kind, None
    text = aligned((exact, float(c.value[d, i]), float(c.baseline[d, i])))[0].text
    return Figure(exact, f"+{text}" if exact > 0 else text), kind, _better(exact, toward)


def _better(change: float, toward: int) -> bool | None:
    return None if not change * toward else change * toward > 0


def _strong(rows: Sequence[ScoreRow]) -> tuple[Highlight, ...]:
    """The best individual scores of 90 and more, heaviest first among equals."""
    best = [r for r in rows if r.status is Status.REPORTED and (r.individual.raw or 0) >= 90]
    best.sort(key=lambda r: (-round(r.individual.raw or 0, 9), -round(r.weight.raw or 0, 9), r.number))
    return tuple(_highlight(r, NO_FIGURE, f"{r.title}（个体指数{r.individual.text}）") for r in best[:_HIGHLIGHTS])


def _weak(rows: Sequence[ScoreRow], result: Result) -> tuple[Highlight, ...]:
    """Where most points were lost."""
    worst = sorted((r for r in rows if round(r.lost, 9) > 0), key=lambda r: (-round(r.lost, 9), r.number))
    found = []
    for r in worst[:_HIGHLIGHTS]:
        lost = score_figure(r.lost, result.scheme)
        found.append(_highlight(r, lost, f"{r.title}（失{lost.text}分）"))
    return tuple(found)


def _highlight(r: ScoreRow, lost: Figure, text: str) -> Highlight:
    return Highlight(r.number, r.indicator, r.title, r.individual, lost, text)


_NAMED = 3  # so many items are named; more are told by number


def _remarks(rows: Sequence[ScoreRow]) -> tuple[str, ...]:
    """What happened to single items, those with the same fate in one sentence."""
    fates: dict[str, list[ScoreRow]] = {}
    for row in rows:
        if row.note:
            fates.setdefault(row.note, []).append(row)
    found = []
    for note, same in fates.items():
        if len(same) <= _NAMED:
            items = "、".join(f"第{r.number}项{r.title}" for r in same)
        else:
            items = f"第{number_ranges([r.number for r in same])}项"
        found.append(f"{items}：{note}")
    return tuple(found)


def _notes(result: Result, d: int, rows: Sequence[ScoreRow], meta: PaperMeta) -> tuple[str, ...]:
    district = result.districts[d].name
    baseline = baseline_text(result, d)
    bases = dict.fromkeys(i.basis for i in result.indicators if i.basis)
    source = sentence(
        meta.sources,
        f"考核方案：{scheme_text(result.scheme)}",
        f"{value_label(result.period)}为{result.period.title}数据" + (f"，基期为{baseline}" if baseline else ""),
        f"口径按{'、'.join(bases)}" if bases else "",
    )
    marks = ["★为约束性指标"] if any(r.binding for r in rows) else []
    if any(r.change_kind != MEASURE_TITLES["absolute"] for r in rows):
        marks.append("“变化”带%的为变化率或缩差率，其余为与基期值之差")
    told = {r.indicator for r in rows if r.note}
    states = state_notes(result, {r.status for r in rows})
    return (
        source, *method_notes(result), sentence(*marks, *states), *finding_notes(result, district, told)
    )  # fmt: skip
