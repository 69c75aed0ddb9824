"""From a result to a department's list of shortfalls (部门短板清单): its indicators, who missed targets, who lost most."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ecoscore.model.result import Result
from ecoscore.model.scheme import Indicator
from ecoscore.reporting import facts, prose
from ecoscore.reporting.view_common import rounding_sentence, scheme_text, subject_of
from ecoscore.reporting.view_parts import MISSING, Figure, PaperMeta
from ecoscore.reporting.view_text import score_figure, sentence, weight_figures

UNASSIGNED = "未定责任部门"
_LOSING = 5  # so many districts are named for each indicator


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One indicator: targets missed and points lost, each district with its figures. `number` is the scheme's;
    `targeted`: somebody has a target to miss.
    """

    number: int
    indicator: str
    title: str
    unit: str
    weight: Figure
    lost: Figure
    targeted: bool
    missed: tuple[str, ...]
    losing: tuple[str, ...]
    binding: bool
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """The list of one department, the heaviest losses first."""

    title: str
    department: str
    period: str
    scheme: str
    rows: tuple[DepartmentRow, ...]
    summary: str
    notes: tuple[str, ...]
    meta: PaperMeta = field(default_factory=PaperMeta)


def departments_of(indicator: Indicator) -> list[str]:
    """Who answers for an indicator; several departments are written with 「、」 between."""
    named = [d.strip() for d in (indicator.department or "").replace("，", "、").split("、") if d.strip()]
    return named or [UNASSIGNED]


def departments(result: Result) -> tuple[str, ...]:
    """Every department that answers for a scored indicator, in the scheme's order; the unassigned last."""
    found = dict.fromkeys(
        name
        for i, indicator in enumerate(result.indicators)
        if result.cells.full[0, i]
        for name in departments_of(indicator)
    )
    return (*(d for d in found if d != UNASSIGNED), *(d for d in found if d == UNASSIGNED))


def department_view(result: Result, department: str, meta: PaperMeta | None = None) -> DepartmentView:
    """The list of `department`; KeyError where it answers for nothing."""
    meta = meta or PaperMeta()
    at = [
        i
        for i, indicator in enumerate(result.indicators)
        if result.cells.full[0, i] and department in departments_of(indicator)
    ]
    if not at:
        raise KeyError(department)
    missed = facts.missed_targets(result, binding=False)
    weights = weight_figures([float(result.cells.full[0, i]) for i in at], result.scheme)
    rows = [_row(result, i, weight, missed) for i, weight in zip(at, weights, strict=True)]
    rows.sort(key=lambda row: (-round(row.lost.raw or 0.0, 9), row.number))
    whole = score_figure(sum(row.lost.raw or 0.0 for row in rows), result.scheme)
    count = sum(len(row.missed) for row in rows)
    summary = sentence(
        f"{department}负责{len(rows)}项指标，{len(result.districts)}个单位合计失{whole.text}分，未完成目标{count}项次"
    )
    return DepartmentView(
        title=f"{meta.organisation}{result.period.title}{subject_of(result, meta)}部门短板清单",
        department=department,
        period=result.period.title,
        scheme=scheme_text(result.scheme),
        rows=tuple(rows),
        summary=summary,
        notes=_notes(result, rows, meta),
        meta=meta,
    )


def _row(result: Result, i: int, weight: Figure, missed: list[facts.Missed]) -> DepartmentRow:
    indicator, lost = result.indicators[i], facts.losses(result, i)
    mine = [m for m in missed if m.indicator.id == indicator.id]
    losing = [
        f"{loss.district}（{score_figure(loss.points, result.scheme).text}；{_value(result, loss.district, i)}）"
        for loss in lost[:_LOSING]
    ]
    if len(lost) > _LOSING:
        losing.append(f"另有{len(lost) - _LOSING}个")
    return DepartmentRow(
        number=i + 1,
        indicator=indicator.id,
        title=indicator.title,
        unit=indicator.unit or "—",
        weight=weight,
        lost=score_figure(sum(loss.points for loss in lost), result.scheme),
        targeted=bool((~np.isnan(result.cells.target[:, i])).any()),
        missed=tuple(_short(m) for m in mine),
        losing=tuple(losing),
        binding=indicator.binding,
        shared=tuple(departments_of(indicator)) if len(departments_of(indicator)) > 1 else (),
    )


def _value(result: Result, district: str, i: int) -> str:
    """What the district reached, where it reported anything."""
    value = float(result.cells.value[result.district_at[district], i])
    return MISSING if math.isnan(value) else prose.quantity(value, "")


def _short(m: facts.Missed) -> str:
    places = prose.places_of(m.value, m.target)
    return f"{m.district}（{prose.quantity(m.value, '', places)}／{prose.quantity(m.target, '', places)}）"


def _notes(result: Result, rows: list[DepartmentRow], meta: PaperMeta) -> tuple[str, ...]:
    marks = ["★为约束性指标"] if any(row.binding for row in rows) else []
    if any(row.shared for row in rows):
        shared = "；".join(f"第{row.number}项由{'、'.join(row.shared)}共同负责" for row in rows if row.shared)
        marks.append(shared)
    return (
        sentence(
            meta.sources, f"考核方案：{scheme_text(result.scheme)}", "失分为分值与得分之差，按失分合计由多到少排列"
        ),
        *([sentence(*marks)] if marks else []),
        rounding_sentence(result.scheme),
    )
