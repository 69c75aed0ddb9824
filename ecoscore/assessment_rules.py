"""A scheme's rules in words, for whoever reads the scheme before there is any value to score."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ecoscore.model.result import plain
from ecoscore.model.rule import Explanation, Number, ProgressPart, Rule, Terms
from ecoscore.model.scheme import Indicator

_WHOLE = "个体指数"
_NOTHING = Number(math.nan, "")


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`formulas` are what is computed and how, the whole last; `facts` the bounds and exemptions it works with."""

    title: str
    formulas: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


def rule_words(indicator: Indicator) -> RuleWords:
    """The rule of an indicator in words and symbols, with no value put in."""
    rule = indicator.rule
    facts = _bound_facts(rule, indicator, "水平分上下限" if rule.progress is not None else "上下限")
    if rule.progress is not None:
        facts += _progress_facts(rule.progress)
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


def _progress_facts(part: ProgressPart) -> list[tuple[str, str]]:
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
    return facts


def _number(value: float) -> str:
    return plain(value).replace("-", "−")
