"""From a result to one district's working paper: every figure with the computation that gives it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ecoscore.model.result import Result, WorkingRow, plain
from ecoscore.model.rule import Explanation
from ecoscore.model.scheme import Group, Indicator, Scheme
from ecoscore.reporting.view_common import (
    adjustment_lines,
    baseline_text,
    finding_notes,
    limits_text,
    method_notes,
    peer_group_title,
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
    PaperMeta,
    Standing,
    WorkingItem,
    WorkingPaperView,
    WorkingSection,
    WorkingStep,
)
from ecoscore.reporting.view_scorecard import holders
from ecoscore.reporting.view_text import aligned, fixed, paper_title, score_figure, sentence, weight_figures

_INDEX_DECIMALS = 4
_WHOLE = "个体指数"


def working_paper_view(result: Result, district: str, meta: PaperMeta | None = None) -> WorkingPaperView:
    """The working paper of `district`; KeyError if unknown."""
    meta = meta or PaperMeta()
    d = result.district_at[district]
    rows = result.explain(district)
    weights = weight_figures([row.weight for row in rows], result.scheme)
    place, lines = standing(result, d), adjustment_lines(result, district)
    sections = tuple(
        WorkingSection(
            path[-1].id,
            tuple(g.title for g in path),
            tuple(_item(result, d, i, rows[i], weights[i]) for i in positions),
        )
        for path, positions in holders(result)
    )
    groups = tuple(_group_step(result, d, g, node) for g, node in _bottom_up(result))
    baseline = baseline_text(result, d)
    source = sentence(
        meta.sources,
        f"考核方案：{scheme_text(result.scheme)}",
        f"{value_label(result.period)}为{result.period.title}数据" + (f"，基期为{baseline}" if baseline else ""),
        f"个体指数、各类指数列示{_INDEX_DECIMALS}位小数",
    )
    told = {row.indicator for row in rows if row.notes}
    states = state_notes(result, {row.status for row in rows})
    return WorkingPaperView(
        title=paper_title(meta.organisation, result.period, subject_of(result, meta), "计分底稿"),
        district=district,
        peer_group=peer_group_title(result, d),
        period=result.period.title,
        baseline=baseline,
        value_label=value_label(result.period),
        scheme=scheme_text(result.scheme),
        sections=sections,
        groups=groups,
        total=_total_steps(result, d, place),
        adjustments=lines,
        limits_text=limits_text(lines, place.grade_reason),
        standing=place,
        notes=(source, *method_notes(result), sentence(*states), *finding_notes(result, district, told)),
        meta=meta,
    )


def _item(result: Result, d: int, i: int, row: WorkingRow, weight: Figure) -> WorkingItem:
    scheme = result.scheme
    points = Figure(row.points, fixed(row.points, scheme.decimals, scheme)) if row.weight else NO_FIGURE
    individual = _index(row.individual, scheme) if row.weight or not result.cells.full[0, i] else NO_FIGURE
    if row.weight and row.individual is not None:
        scoring = f"得分＝分值 {_weight(row.weight)} × 个体指数 {individual.text} ÷ 100 ＝ {points.text}"
    else:
        scoring = "不计分，权重分摊给同组其他指标" if result.cells.full[0, i] else "不计入总分"
    return WorkingItem(
        number=i + 1,
        indicator=row.indicator,
        title=row.title,
        unit=row.unit or "—",
        status=row.status,
        value=row.value or "—",
        baseline=row.baseline or "—",
        target=aligned((float(result.cells.target[d, i]),))[0].text,
        rule=row.rule,
        steps=tuple(_steps(row.explanation)) if row.explanation else (),
        scoring=scoring,
        weight=weight,
        individual=individual,
        points=points,
        clause=row.clause,
        notes=(*(n for n in row.notes if n), *_shared(result, i, row), *_capped(result, d, i)),
    )


def _shared(result: Result, i: int, row: WorkingRow) -> tuple[str, ...]:
    """Why full marks differ from the scheme's: others of the group were left out."""
    full = float(result.cells.full[0, i])
    if not row.weight or abs(full - row.weight) < 1e-9:
        return ()
    return (f"方案分值 {_weight(full)}，不计分指标的权重分摊后为 {_weight(row.weight)}",)


def _capped(result: Result, d: int, i: int) -> tuple[str, ...]:
    cap = result.indicators[i].cap
    if cap is None or not float(result.cells.by_rule[d, i]) > cap:
        return ()
    return (f"个体指数不超过 {plain(cap)}",)


def _index(value: float | None, scheme: Scheme) -> Figure:
    if value is None or math.isnan(value):
        return NO_FIGURE
    return Figure(value, fixed(value, _INDEX_DECIMALS, scheme))


def _steps(explanation: Explanation) -> list[WorkingStep]:
    """The parts of a composite rule in the order they are recomputed, then the whole."""
    steps = []
    for label, part in explanation.steps:
        for step in _steps(part):
            name = label if step.label == _WHOLE else f"{label}·{step.label}"
            steps.append(WorkingStep(name, step.formula, step.numbers, step.notes))
    steps.append(WorkingStep(_WHOLE, explanation.formula, explanation.numbers, explanation.notes))
    return steps


def _bottom_up(result: Result) -> list[tuple[int, Group]]:
    """Groups with their positions, each after the groups inside it: the order they are recomputed in."""
    position = {node.id: g for g, node in enumerate(result.groups_in_order)}

    def visit(node: Group) -> list[tuple[int, Group]]:
        inner = [found for child in node.children if isinstance(child, Group) for found in visit(child)]
        return [*inner, (position[node.id], node)]

    return [found for node in result.scheme.groups for found in visit(node)]


def _group_step(result: Result, d: int, g: int, node: Group) -> WorkingStep:
    """How a group's index follows from its children's."""
    scheme = result.scheme
    kind = node.aggregate or scheme.aggregate
    parts = _counted([_child(result, d, child) for child in node.children])
    index = _index(float(result.group_cells.index[d, g]), scheme)
    weight = float(result.group_cells.weight[d, g])
    if not parts:
        return WorkingStep(node.title, "组内没有可计算的指标", "—", ("权重转给同级其他类别",), computed=False)
    numbers = f"{_mean(parts, kind, scheme)} ＝ {index.text}"
    cap = (f"本类指数不超过 {plain(node.cap)}",) if node.cap is not None else ()
    points = score_figure(weight * (index.raw or 0) / 100, scheme).text
    notes = (*cap, f"本类分值 {_weight(weight)}，得分 {points}" if weight else "本类不计入总分")
    return WorkingStep(node.title, _MEANS[kind], numbers, notes)


_MEANS = {
    "arithmetic": "Σ（分值×指数）÷Σ分值",
    "geometric": "∏ 指数^（分值÷Σ分值）",
    "minimum": "组内指数取最低者",
}


def _child(result: Result, d: int, child: Group | Indicator) -> tuple[float, float]:
    if isinstance(child, Group):
        g = next(n for n, node in enumerate(result.groups_in_order) if node.id == child.id)
        return float(result.group_cells.weight[d, g]), float(result.group_cells.index[d, g])
    i = result.indicator_at[child.id]
    return float(result.cells.weight[d, i]), float(result.cells.individual[d, i])


def _counted(parts: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The parts that count; in a group without weight, which is shown but not summed, all count alike."""
    known = [(w, index) for w, index in parts if not math.isnan(index)]
    return [(w, index) for w, index in known if w] or [(1.0, index) for _, index in known]


def _mean(parts: Sequence[tuple[float, float]], kind: str, scheme: Scheme) -> str:
    total = _weight(sum(w for w, _ in parts))
    if kind == "minimum":
        return "、".join(_index(x, scheme).text for _, x in parts) + " 中最低者"
    if kind == "geometric":
        return " × ".join(f"{_index(x, scheme).text}^({_weight(w)}÷{total})" for w, x in parts)
    return "（" + " ＋ ".join(f"{_weight(w)}×{_index(x, scheme).text}" for w, x in parts) + f"）÷ {total}"


def _weight(value: float) -> str:
    return plain(round(value, 4))


def _total_steps(result: Result, d: int, place: Standing) -> tuple[WorkingStep, ...]:
    scheme, layers = result.scheme, result.layers
    parts = _counted([_child(result, d, group) for group in scheme.groups])
    chain = total_chain(result, d)
    full = "" if scheme.full == 100 else f" × {chain.full.text} ÷ 100"
    small, whole = (_index(float(array[d]), scheme).text for array in (layers.base, layers.total_exact))
    base = f"{_mean(parts, scheme.aggregate, scheme)}{full} ＝ {small}" if parts else "—"
    exact = f"{small} ＋ {chain.bonus.text} － {chain.deduction.text} ＝ {whole}"
    steps = [
        WorkingStep("指标得分小计", _MEANS[scheme.aggregate], base),
        WorkingStep(
            "总分", "指标得分小计＋加分－扣分，一次修约", f"{exact}，修约为 {chain.total.text}",
            tuple(n for n in (_caps(scheme),) if n), computed=False,
        ),
    ]  # fmt: skip
    if not scheme.unranked:
        order = f"{peer_group_title(result, d)}内按总分由高到低"
        steps.append(WorkingStep("名次", order, f"{place.rank_text}（共{place.of}个）", computed=False))
    if scheme.grades:
        bands = "，".join(f"{g.title}≥{plain(g.min)}" for g in scheme.grades)
        notes = (place.grade_reason,) if place.grade_reason else ()
        steps.append(WorkingStep("等次", bands, f"总分 {chain.total.text}，等次为{place.grade}", notes, computed=False))
    return tuple(steps)


def _caps(scheme: Scheme) -> str:
    parts = []
    if scheme.bonus_cap is not None:
        parts.append(f"加分合计不超过{plain(scheme.bonus_cap)}分")
    if scheme.deduction_cap is not None:
        parts.append(f"扣分合计不超过{plain(scheme.deduction_cap)}分")
    if scheme.total_cap is not None:
        parts.append(f"总分不超过{plain(scheme.total_cap)}分")
    if scheme.total_least is not None:
        parts.append(f"总分不低于{plain(scheme.total_least)}分")
    return "，".join(parts)
