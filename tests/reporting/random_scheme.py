"""Schemes and data of every kind, drawn from a seed: what the workbook must follow the engine through."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np

from ecoscore.model.adjustment import Adjustment, Event, Layer
from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.model.scheme import BindingRule, Direction, Grade, Group, Indicator, Scheme
from ecoscore.rules import SpecReader, build_rule
from ecoscore.scoring import score_dataset

PERIOD = Period(2024)
GRADES = (Grade("优秀", 90), Grade("良好", 70), Grade("合格", 60), Grade("不合格", 0))
_PLAIN = ("efficacy", "minmax", "linear", "bands", "rank_step", "versus_mean", "target_ratio", "pass_fail", "gap_deduct",
          "baseline_step", "slope", "level_and_progress")  # fmt: skip


def spec_of(kind: str, r: random.Random, direction: Direction, *, inner: bool = False) -> dict[str, Any]:
    """A rule's mapping; bounds around 20 to 80, as the values are drawn."""
    worst, best = round(r.uniform(15, 40), 1), round(r.uniform(60, 85), 1)
    if direction is Direction.LOWER:
        worst, best = best, worst
    bounds: Any = "sample" if r.random() < 0.5 else {"worst": worst, "best": best}
    if direction is Direction.RANGE:
        bounds = "sample" if r.random() < 0.5 else {"worst": [10, 90]}
    clip = {} if inner or r.random() < 0.7 else {"clip": False}
    match kind:
        case "efficacy":
            return {"kind": kind, "floor": r.choice([0, 50, 60]), "bounds": bounds} | clip
        case "minmax":
            return {"kind": kind, "low": r.choice([0, 40]), "high": r.choice([90, 100]), "bounds": bounds} | clip
        case "linear":
            return {"kind": kind, "bounds": bounds} | clip
        case "slope":
            return {"kind": "linear", "slope": r.choice([0.1, -0.1, 0.3]), "intercept": r.choice([0, 3])}
        case "bands":
            return {
                "kind": kind,
                "edges": [30, 45, 60],
                "scores": [0, 60, 80, 100],
                "closed": r.choice(["lower", "upper"]),
            }
        case "rank_step":
            return {"kind": kind, "first": 100, "step": r.choice([3, 7]), "floor": r.choice([0, 60])}
        case "versus_mean":
            return {"kind": kind, "base": 0.8, "slope": r.choice([1, 0.5]), "floor": 0, "cap": r.choice([1, 1.2])}
        case "target_ratio":
            return {
                "kind": kind,
                "inverse": r.choice(["ratio", "mirror"]),
                "cap": r.choice([1, 1.1]),
                "least": r.choice([0, 0.5]),
            }
        case "pass_fail":
            return {"kind": kind, "fail": r.choice([0, 30])}
        case "gap_deduct":
            return {"kind": kind, "deduct": 0.5, "step": r.choice([1, 5])}
        case "baseline_step":
            return {"kind": kind, "reference": r.choice(["target", "baseline"]), "per": 0.2, "step": 2, "cap": 1.2}
        case _:
            measure = r.choice(["absolute", "relative", "gap"])
            toward = Direction.LOWER if direction is Direction.LOWER and measure != "gap" else Direction.HIGHER
            level = spec_of(r.choice(["linear", "minmax", "efficacy"]), r, direction, inner=True)
            progress = spec_of(r.choice(["linear", "rank_step", "bands", "efficacy"]), r, toward, inner=True)
            if isinstance(progress.get("bounds"), dict):
                progress["bounds"] = (
                    {"worst": -20, "best": 20} if toward is Direction.HIGHER else {"worst": 20, "best": -20}
                )
            exempt = (
                {}
                if r.random() < 0.6
                else {"exempt_above": 75}
                if direction is Direction.HIGHER
                else {"exempt_below": 25}
            )
            # i4 and i5 are in every scheme, and never of the kind that has a range.
            exempt |= r.choice([{}, {"together": ["i4", "i5"], "alone": 30}, {"together": ["i4"]}])
            return {"kind": "level_and_progress", "share": r.choice([0.5, 0.6]), "measure": measure, "level": level,
                    "progress": progress} | exempt  # fmt: skip


def indicator_of(n: int, r: random.Random) -> Indicator:
    kind = _PLAIN[n % len(_PLAIN)]
    direction = r.choice([Direction.HIGHER, Direction.LOWER])
    if kind in ("efficacy", "minmax", "linear") and r.random() < 0.25:
        direction = Direction.RANGE
    log = kind in ("efficacy", "minmax", "linear") and direction is not Direction.RANGE and r.random() < 0.3
    spec = spec_of(kind, r, direction)
    if log and spec.get("bounds") == "sample":
        spec.pop("clip", None)
    ideal = (40.0, 60.0) if direction is Direction.RANGE else None
    rule = build_rule(SpecReader(spec, direction, "log" if log else "none", ideal))
    weight = r.choice([1, 2, 3, 4.5]) if "full" in rule.uses or r.random() < 0.9 else 0
    return Indicator(
        f"i{n}", f"指标{n}", weight, rule, unit="%", direction=direction, binding=r.random() < 0.3, ideal=ideal,
        target=45.0, transform="log" if log else "none", cap=r.choice([None, None, None, 90.0]), clause=f"第{n}条",
    )  # fmt: skip


def scheme_of(seed: int) -> Scheme:
    r = random.Random(seed)
    indicators = [indicator_of(n + seed % 5, r) for n in range(r.randint(6, 14))]
    kinds = [None, None, "arithmetic", "geometric", "minimum"]

    def group(name: str, children: tuple[Any, ...]) -> Group:
        own = r.choice([None, None, 20.0, 35.0])
        return Group(name, f"类别{name}", children, own, r.choice(kinds), cap=r.choice([None, None, 80.0]))

    cuts = sorted(r.sample(range(1, len(indicators)), 3))
    a, b, c, d = (tuple(indicators[x:y]) for x, y in zip([0, *cuts], [*cuts, len(indicators)], strict=True))
    if r.random() < 0.4:
        d = tuple(replace(i, weight=0) for i in d if "full" not in i.rule.uses) or d
    groups = (group("a", (group("aa", a), group("ab", b))), group("c", c), group("d", d))
    adjustments = (
        Adjustment("honour", "命名", Layer.BONUS, points=2, cap=3),
        Adjustment("drop", "双降", Layer.BONUS, points=1, all_improved=(indicators[0].id, indicators[1].id)),
        Adjustment("incident", "事件", Layer.DEDUCTION, points=1.5),
        Adjustment("major", "重大事件", Layer.CEILING, grade="良好"),
        Adjustment("fraud", "造假", Layer.VETO, grade="不合格"),
    )
    return Scheme(
        f"s{seed}", f"方案{seed}", "试行", groups, decimals=r.choice([1, 2, 3]), rounding=r.choice(["half_even", "half_up"]),
        aggregate=r.choice(["arithmetic", "arithmetic", "geometric"]), missing=r.choice(["zero", "floor", "reweight"]),
        share_out=r.choice(["proportional", "even"]), full=r.choice([100.0, 120.0]), adjustments=adjustments,
        bonus_cap=r.choice([None, 3.5]), deduction_cap=r.choice([None, 2.0]), total_cap=r.choice([None, 70.0]),
        total_least=r.choice([None, 40.0]), binding=r.choice([None, BindingRule(), BindingRule(False, 1, 2)]),
        grades=r.choice([GRADES, (*GRADES[:3], Grade("不合格", 45)), ()]), unranked=r.choice(["", "", "", "口径不同"]),
    )  # fmt: skip


def dataset_of(scheme: Scheme, seed: int) -> tuple[Dataset, list[Event]]:
    """Nine districts in two peer groups, values between 5 and 95 with ties, gaps in every state."""
    r = random.Random(1000 + seed)
    names = [f"{c}区" if n % 2 else f"{c}县" for n, c in enumerate("甲乙丙丁戊己庚辛壬")]
    districts = tuple(District(n, peer_group="城区" if n.endswith("区") else None) for n in names)
    shape = (2, len(names), len(scheme.indicators))
    values = np.array([round(r.uniform(5, 95), 1) for _ in range(int(np.prod(shape)))]).reshape(shape)
    status = np.full(shape, Status.REPORTED, dtype=np.uint8)
    values[:, 3] = values[:, 1]  # two districts alike: a tie
    values[1, 2, 0] = values[0, 2, 0]  # unchanged since the baseline
    for _ in range(10):
        p, d, i = r.randrange(2), r.choice([0, 2, 4, 5, 6, 7, 8]), r.randrange(shape[2])
        status[p, d, i] = r.choice([Status.MISSING, Status.NOT_APPLICABLE, Status.NOT_CONCERNED, Status.NO_DATA])
    status[1, 5, : len(scheme.groups[1].children) + 2] = Status.NOT_APPLICABLE
    values[status != Status.REPORTED] = np.nan
    targets = np.full(shape, np.nan)
    targets[1] = np.array([round(r.uniform(20, 70), 1) for _ in range(shape[1] * shape[2])]).reshape(shape[1:])
    ids = tuple(i.id for i in scheme.indicators)
    events = [
        Event(
            names[r.randrange(len(names))],
            PERIOD,
            r.choice(scheme.adjustments).id,
            f"事由{n}",
            r.choice([1, 2]),
            f"文号{n}",
        )
        for n in range(7)
    ]
    return Dataset(districts, ids, (Period(2023), PERIOD), values, status, targets), events


def result_of(seed: int) -> Result:
    scheme = scheme_of(seed)
    dataset, events = dataset_of(scheme, seed)
    return score_dataset(dataset, scheme, PERIOD, events)
