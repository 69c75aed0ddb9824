"""The layers above points: bonus and deduction with caps, binding targets, grade ceilings, vetoes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.adjustment import LAYER_TITLES, Adjustment, AppliedAdjustment, Event, Layer
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Direction, Scheme
from ecoscore.scoring.cells import Scored
from ecoscore.scoring.inputs import Inputs

BINDING = "binding"


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """bonus, deduction: [D], not negative, after caps. Applied adjustments and what is wrong with recorded events."""

    bonus: Array
    deduction: Array
    binding_missed: NDArray[np.int64]
    applied: tuple[AppliedAdjustment, ...]
    findings: tuple[Finding, ...]


def adjust(
    inputs: Inputs, scored: Scored, weight: Array, scheme: Scheme, period: Period, events: Sequence[Event]
) -> Adjusted:
    """Apply recorded events and automatic items. `weight` [D, I]: full marks in points."""
    count = len(inputs.districts)
    automatic = any(item.all_improved for item in scheme.adjustments)
    if not events and not automatic and scored.missed is None:
        return Adjusted(np.zeros(count), np.zeros(count), np.zeros(count, dtype=np.int64), (), ())
    findings: list[Finding] = []
    by_item = _by_item(scheme, period, events, {d.name for d in inputs.districts}, findings)
    applied: list[AppliedAdjustment] = []
    bonus, deduction = np.zeros(count), np.zeros(count)
    touched = {name for name, _ in by_item}
    improved = {item.id: _improved(inputs, scheme, item) for item in scheme.adjustments if item.all_improved}
    busy = np.array([d.name in touched for d in inputs.districts]) if touched else np.zeros(count, dtype=np.bool_)
    for where in improved.values():
        busy |= where
    for d in np.flatnonzero(busy).tolist():
        district = inputs.districts[d]
        sums = {Layer.BONUS: 0.0, Layer.DEDUCTION: 0.0}
        caps = {Layer.BONUS: scheme.bonus_cap, Layer.DEDUCTION: scheme.deduction_cap}
        for item in scheme.adjustments:
            mine = by_item.get((district.name, item.id), [])
            if item.all_improved and not mine and improved[item.id][d]:
                mine = [_automatic(inputs, scheme, d, item, period)]
            if mine:
                applied.append(_apply(item, district.name, mine, sums, caps, automatic=bool(item.all_improved)))
        bonus[d], deduction[d] = sums[Layer.BONUS], sums[Layer.DEDUCTION]
    missed = np.zeros(count, dtype=np.int64) if scored.missed is None else scored.missed.sum(axis=1)
    for d in map(int, np.flatnonzero(missed)):
        for one in _binding(inputs, scored, weight, scheme, d):
            applied.append(one)
            deduction[d] -= min(one.points, 0.0)
    return Adjusted(bonus, deduction, missed, tuple(applied), tuple(findings))


def _by_item(
    scheme: Scheme, period: Period, events: Sequence[Event], districts: set[str], findings: list[Finding]
) -> dict[tuple[str, str], list[Event]]:
    """Events of the period by district and item; the same matter is counted once, whatever item it is entered under."""
    known = {a.id: a for a in scheme.adjustments}
    found: dict[tuple[str, str], list[Event]] = {}
    seen: dict[tuple[str, Layer, str], str] = {}
    for event in events:
        if event.period != period or event.district not in districts:
            continue
        if event.adjustment not in known:
            findings.append(
                Finding(
                    Severity.WARNING,
                    "unknown_adjustment",
                    f"{event.district}的一条加减分（{event.matter}）不在方案里，未计",
                    "请改用方案里的加减分项",
                    district=event.district,
                    period=str(period),
                )
            )
            continue
        item = known[event.adjustment]
        key = (event.district, item.layer, event.matter.strip())
        if event.matter.strip() and key in seen:
            findings.append(
                Finding(
                    Severity.WARNING,
                    "same_matter",
                    f"{event.district}同一事项“{event.matter}”在{LAYER_TITLES[item.layer]}里重复，只计一次（{seen[key]}）",
                    "同一事项不重复加减分",
                    district=event.district,
                    period=str(period),
                )
            )
            continue
        seen[key] = item.title
        if not (event.document or event.office):
            findings.append(
                Finding(
                    Severity.WARNING,
                    "no_ground",
                    f"{event.district}“{item.title}”没有写依据（文号或认定部门）",
                    "请补上文号、日期、认定部门",
                    district=event.district,
                    period=str(period),
                )
            )
        found.setdefault((event.district, item.id), []).append(event)
    return found


def _improved(inputs: Inputs, scheme: Scheme, item: Adjustment) -> NDArray[np.bool_]:
    """Where [D] every indicator that an item names is better than its baseline."""
    at = [n for n, i in enumerate(scheme.indicators) if i.id in item.all_improved]
    lower = np.array([scheme.indicators[n].direction is Direction.LOWER for n in at])
    change = inputs.value[:, at] - inputs.baseline[:, at]
    better: NDArray[np.bool_] = np.logical_and.reduce(np.where(lower, change < 0, change > 0), axis=1)
    return better


def _automatic(inputs: Inputs, scheme: Scheme, d: int, item: Adjustment, period: Period) -> Event:
    """The occurrence that follows from the values, with what they were and are."""
    at = [n for n, i in enumerate(scheme.indicators) if i.id in item.all_improved]
    words = "、".join(
        f"{scheme.indicators[n].title}由{inputs.baseline[d, n]:.15g}到{inputs.value[d, n]:.15g}" for n in at
    )
    return Event(inputs.districts[d].name, period, item.id, words)


def _apply(
    item: Adjustment,
    district: str,
    events: list[Event],
    sums: dict[Layer, float],
    caps: dict[Layer, float | None],
    *,
    automatic: bool,
) -> AppliedAdjustment:
    """One item's effect after its own cap and what its layer still allows."""
    times = sum(e.count for e in events)
    points, ground = 0.0, "；".join(e.ground for e in events)
    if item.layer in sums:
        points = item.points * times
        if item.cap is not None:
            points = min(points, item.cap)
        layer_cap = caps[item.layer]
        if layer_cap is not None:
            left = max(0.0, layer_cap - sums[item.layer])
            if points > left:
                ground += f"（{LAYER_TITLES[item.layer]}合计限 {layer_cap:g} 分，本项计 {left:g} 分）"
                points = left
        sums[item.layer] += points
    signed = points if item.layer is Layer.BONUS else -points
    return AppliedAdjustment(
        district, item.id, item.title, item.layer, signed + 0.0, ground, times, item.grade, automatic
    )


def _binding(inputs: Inputs, scored: Scored, weight: Array, scheme: Scheme, d: int) -> list[AppliedAdjustment]:
    """What the missed binding targets of one district cost beyond the items themselves."""
    rule = scheme.binding
    assert rule is not None
    assert scored.missed is not None
    at = np.flatnonzero(scored.missed[d])
    name = inputs.districts[d].name
    facts = "、".join(
        f"{scheme.indicators[i].title}（目标 {inputs.target[d, i]:.15g}，完成 {inputs.value[d, i]:.15g}）" for i in at
    )
    found: list[AppliedAdjustment] = []
    if rule.deduct_from is not None and len(at) >= rule.deduct_from:
        lost = float(weight[d, at].sum())
        found.append(
            AppliedAdjustment(
                name,
                BINDING,
                f"约束性目标 {len(at)} 项未完成，再扣其分值",
                Layer.DEDUCTION,
                -lost,
                facts,
                len(at),
                None,
                True,
            )
        )
    if rule.fail_from is not None and len(at) >= rule.fail_from:
        grade = rule.fail_grade or (scheme.grades[-1].title if scheme.grades else None)
        found.append(
            AppliedAdjustment(
                name,
                BINDING,
                f"约束性目标 {len(at)} 项未完成，等次定为{grade or '最低等次'}",
                Layer.VETO,
                0.0,
                facts,
                len(at),
                grade,
                True,
            )
        )
    return found
