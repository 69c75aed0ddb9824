"""A Scheme written as the YAML it would be read from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import yaml

from ecoscore.model.adjustment import Adjustment
from ecoscore.model.scheme import Group, Indicator, Quantity, Scheme


def dump_scheme(scheme: Scheme) -> str:
    """YAML text that reads back as an equal scheme."""
    return yaml.safe_dump(scheme_mapping(scheme), allow_unicode=True, sort_keys=False, width=110)


def scheme_mapping(s: Scheme) -> dict[str, Any]:
    """The keys and values of a scheme file, those that say nothing left out."""
    found: dict[str, Any] = {
        "id": s.id,
        "title": s.title,
        "edition": s.edition,
        "source": s.source,
        "note": s.note,
        "review": s.review,
        "decimals": s.decimals,
        "rounding": s.rounding,
        "aggregate": s.aggregate,
        "missing": s.missing,
        "no_baseline": s.no_baseline,
        "no_data": s.no_data_score,
        "full": s.full,
        "baseline": s.baseline,
        "unranked": s.unranked,
        "share_out": None if s.share_out == "proportional" else s.share_out,
        "inputs": [_quantity(q) for q in s.inputs],
        "limits": _given(bonus=s.bonus_cap, deduction=s.deduction_cap, total=s.total_cap, least=s.total_least),
        "binding": None
        if s.binding is None
        else _given(
            zero_item=s.binding.zero_item,
            deduct_from=s.binding.deduct_from,
            fail_from=s.binding.fail_from,
            fail_grade=s.binding.fail_grade,
        ),
        "compensation": None
        if s.compensation is None
        else _given(
            unit=s.compensation.unit,
            decimals=s.compensation.decimals,
            zero_sum=s.compensation.zero_sum,
            note=s.compensation.note or None,
            items=[_given(**asdict(item)) for item in s.compensation.items],
        ),
        "groups": [_group(g) for g in s.groups],
        "adjustments": [_adjustment(a) for a in s.adjustments],
        "grades": [{"title": g.title, "min": g.min} for g in s.grades],
    }
    return {k: v for k, v in found.items() if v not in (None, "", {}, [])}


def _group(g: Group) -> dict[str, Any]:
    key = "groups" if any(isinstance(c, Group) for c in g.children) else "indicators"
    return _given(
        id=g.id,
        title=g.title,
        weight=g.weight,
        aggregate=g.aggregate,
        note=g.note or None,
        cap=g.cap,
        **{key: [_group(c) if isinstance(c, Group) else _indicator(c) for c in g.children]},
    )


def _indicator(i: Indicator) -> dict[str, Any]:
    return _given(
        id=i.id,
        title=i.title,
        aliases=list(i.aliases) or None,
        unit=i.unit or None,
        direction=str(i.direction),
        weight=i.weight,
        binding=i.binding or None,
        department=i.department,
        valid=None if i.valid is None else list(i.valid),
        target=i.target,
        ideal=None if i.ideal is None else list(i.ideal),
        transform=None if i.transform == "none" else i.transform,
        basis=i.basis,
        note=i.note or None,
        clause=i.clause or None,
        rule=i.rule.spec(),
        cap=i.cap,
        milestones=dict(i.milestones) or None,
        formula=i.formula.text if i.formula else None,
        cumulative=i.cumulative or None,
        **_roll_up(i),
    )


def _quantity(q: Quantity) -> dict[str, Any]:
    return _given(
        id=q.id,
        title=q.title,
        aliases=list(q.aliases) or None,
        unit=q.unit or None,
        valid=None if q.valid is None else list(q.valid),
        department=q.department,
        note=q.note or None,
        **_roll_up(q),
    )


def _roll_up(q: Indicator | Quantity) -> dict[str, Any]:
    return {
        "over_periods": None if q.over_periods == "annual" else q.over_periods,
        "over_districts": None if q.over_districts == "own" else q.over_districts,
        "weigh_by": q.weigh_by,
    }


def _adjustment(a: Adjustment) -> dict[str, Any]:
    when = {"all_improved": list(a.all_improved)} if a.all_improved else None
    return _given(
        id=a.id,
        title=a.title,
        kind=str(a.layer),
        points=a.points,
        cap=a.cap,
        grade=a.grade,
        when=when,
        note=a.note or None,
    )


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
