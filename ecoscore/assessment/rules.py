"""A scheme's rules in words, for whoever reads the scheme before there is any value to score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ecoscore.model.result import plain
from ecoscore.model.rule import Explanation, Number, ProgressPart, Rule, RuleParameter, Terms
from ecoscore.model.scheme import Indicator

_WHOLE = "个体指数"
_NOTHING = Number(math.nan, "")


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`formulas` are what is computed and how, the whole last; `facts` the bounds and exemptions it works with."""

    title: str
    formulas: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


def rule_words(indicator: Indicator, names: Mapping[str, str] | None = None) -> RuleWords:
    """The rule of an indicator in words and symbols, with no value put in; `names` are of others it speaks of, by id."""
    rule = indicator.rule
    facts = _bound_facts(rule, indicator, "水平分上下限" if rule.progress is not None else "上下限")
    if rule.progress is not None:
        facts += _progress_facts(rule.progress, names or {})
    if indicator.transform == "log":
        facts.append(("变换", "先取自然对数"))
    return RuleWords(rule.title, tuple(_formulas(_explained(rule))), tuple(facts))


def _explained(rule: Rule) -> Explanation:
    # A value that is no number reaches no bound and no exemption: what remains are the formulas themselves.
    change = None
    if rule.progress is not None:
        zero = Number(0.0, "")
        change = Terms(zero, worst=_NOTHING, best=_NOTHING, mean=_NOTHING, rank=_NOTHING, count=_NOTHING)
    one = Number(1.0, "")
    return rule.explain(Terms(_NOTHING, one, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, one, change))


def _formulas(explanation: Explanation) -> list[tuple[str, str]]:
    found = []
    for label, part in explanation.steps:
        found += [(label if name == _WHOLE else name, formula) for name, formula in _formulas(part)]
    return [*found, (_WHOLE, explanation.formula)]


def _bound_facts(rule: Rule, indicator: Indicator, label: str) -> list[tuple[str, str]]:
    bounds = rule.bounds
    if bounds is None:
        return []
    if bounds.worst is None or bounds.best is None:
        return [(label, "取自本期参评单位的最差值与最优值")]
    unit = "" if indicator.unit in {"", "—"} else f" {indicator.unit}"
    if indicator.ideal is not None and indicator.direction == "range":
        low, high = (_number(v) for v in indicator.ideal)
        return [(label, f"过低限 {_number(bounds.worst)}，适宜 {low} 至 {high}，过高限 {_number(bounds.best)}{unit}")]
    return [(label, f"最差 {_number(bounds.worst)}，最优 {_number(bounds.best)}{unit}")]


def _progress_facts(part: ProgressPart, names: Mapping[str, str]) -> list[tuple[str, str]]:
    facts = []
    bounds = part.rule.bounds
    if bounds is not None:
        text = "取自本期参评单位"
        if bounds.worst is not None and bounds.best is not None:
            sign = "" if part.measure == "absolute" else "%"
            text = f"最差 {_number(bounds.worst)}{sign}，最优 {_number(bounds.best)}{sign}"
        facts.append(("改善分上下限", text))
    if part.exempt_above is not None:
        facts.append(("改善分豁免", f"水平不低于 {_number(part.exempt_above)} 的，改善分记满"))
    if part.exempt_below is not None:
        facts.append(("改善分豁免", f"水平不高于 {_number(part.exempt_below)} 的，改善分记满"))
    if part.together:
        others = "、".join(names.get(other, other) for other in part.together)
        facts.append(("同时改善", f"与 {others} 未同时改善的，改善分至多 {_number(part.alone)}"))
    return facts


def _number(value: float) -> str:
    return plain(value).replace("-", "−")


# What a form asks of a rule. -----------------------------------------------------------------------------------

RuleFieldKind = Literal["number", "flag", "choice", "numbers", "bounds", "part", "indicators"]


@dataclass(frozen=True, slots=True)
class RuleField:
    """One parameter of a rule kind. `choices` are file word → word on the screen; a default of None: must be given.

    A `part` is a rule inside the rule; `bounds` are a worst and a best value, or the sample's; `indicators` are ids of
    others of the scheme.
    """

    name: str
    title: str
    note: str
    kind: RuleFieldKind
    choices: Mapping[str, str]
    default: Any


@dataclass(frozen=True, slots=True)
class RuleForm:
    """A rule kind and its parameters in the order of its description."""

    kind: str
    title: str
    fields: tuple[RuleField, ...]


_TITLES = {
    "floor": "下限分", "bounds": "上下限", "share": "存量占比", "measure": "改善度量", "level": "水平分（存量）",
    "progress": "改善分（增量）", "exempt_above": "不低于则改善满分", "exempt_below": "不高于则改善满分",
    "together": "须同时改善的其他指标", "alone": "未同时改善时，改善分至多",
}  # fmt: skip
_PARTS = frozenset({"level", "progress"})
_PROGRESS_KINDS = ("linear", "minmax", "efficacy", "bands", "rank_step")


@cache
def rule_forms() -> Mapping[str, RuleForm]:
    """Every kind of rule by its word in a scheme file."""
    from ecoscore.rules import KINDS

    return {kind: RuleForm(kind, rule.title, tuple(_fields(kind, rule.parameters))) for kind, rule in KINDS.items()}


def part_kinds(part: str) -> tuple[str, ...]:
    """The kinds of rule that may stand for a part of 存量与增量."""
    return _PROGRESS_KINDS if part == "progress" else tuple(k for k in rule_forms() if k != "level_and_progress")


def rule_start(kind: str, old: Mapping[str, Any], direction: str) -> dict[str, Any]:
    """A mapping to begin with when a rule becomes one of another kind: what both know is kept, the rest is an example."""
    import yaml

    from ecoscore.rules import KINDS

    if kind == "level_and_progress":
        level = old if old.get("kind") not in {None, kind} else {"kind": "linear", "bounds": "sample"}
        progress = {"kind": "linear", "bounds": "sample"}
        return {"kind": kind, "share": 0.5, "measure": "absolute", "level": dict(level), "progress": progress}
    if old.get("kind") == "level_and_progress":
        old = old.get("level") or {}
    made: dict[str, Any] = yaml.safe_load(KINDS[kind].example)
    names = {f.name for f in rule_forms()[kind].fields}
    if "bounds" in names:
        made["bounds"] = old.get("bounds") or "sample"
    same_floor = {kind, old.get("kind")} <= {"efficacy", "rank_step"}
    kept = {k: v for k, v in old.items() if k in names and k in made and k not in {"kind", "bounds", "floor"}}
    if same_floor and "floor" in old:
        kept["floor"] = old["floor"]
    if direction == "range":
        made.pop("clip", None)
    return made | kept


def _fields(kind: str, parameters: Sequence[RuleParameter]) -> Iterator[RuleField]:
    from ecoscore.schemes import sheet_words as w

    for p in parameters:
        choices = w.PARAMETER_CHOICES.get(p.name, {})
        field_kind: RuleFieldKind = "number"
        if p.name == "bounds":
            field_kind = "bounds"
        elif p.name in _PARTS:
            field_kind = "part"
        elif p.name == "together":
            field_kind = "indicators"
        elif p.name in w.LISTS:
            field_kind = "numbers"
        elif p.choices:
            field_kind = "choice"
            choices = choices or w.MEASURES
        elif isinstance(p.default, bool):
            field_kind = "flag"
        title = w.PARAMETERS[kind].get(p.name) or _TITLES.get(p.name, p.name)
        yield RuleField(p.name, title, p.text, field_kind, choices, p.default)
