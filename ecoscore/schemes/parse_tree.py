"""The tree of a scheme file: groups, indicators with their rules, and the quantities they are derived from."""

from __future__ import annotations

from typing import Any, cast

from ecoscore.model.rule import Rule
from ecoscore.model.scheme import (
    DISTRICT_ROLL_UP_TITLES,
    PERIOD_ROLL_UP_TITLES,
    Aggregate,
    Direction,
    Group,
    Indicator,
    Quantity,
)
from ecoscore.rules import KINDS, SpecError, SpecReader, build_rule
from ecoscore.schemes.reader import Problems, Section
from ecoscore.schemes.yaml_lines import Located

GROUP_KEYS = ("id", "title", "weight", "aggregate", "cap", "note", "indicators", "groups")
INDICATOR_KEYS = (
    *("id", "title", "aliases", "unit", "direction", "weight", "binding", "department", "valid", "target", "ideal"),
    *("transform", "basis", "note", "clause", "rule", "cap", "milestones", "formula"),
    *("over_periods", "over_districts", "weigh_by", "cumulative"),
)
QUANTITY_KEYS = (
    *("id", "title", "aliases", "unit", "valid", "department", "note"),
    *("over_periods", "over_districts", "weigh_by"),
)


def read_group(node: Located, problems: Problems) -> Group:
    s = Section(node, problems, "指标组", GROUP_KEYS)
    groups, indicators = s.items("groups"), s.items("indicators")
    if groups and indicators:
        s.problem("groups", "一个组里要么是下级组，要么是指标，不能都有", "请把指标也放进一个下级组")
    if not groups and not indicators:
        s.problem("indicators", "这个组里没有指标", code="missing_key")
    children: list[Group | Indicator] = [read_group(g, problems) for g in groups]
    children += [read_indicator(i, problems) for i in indicators]
    aggregate = s.choice("aggregate", ("arithmetic", "geometric", "minimum", ""), "")
    return Group(
        id=s.identifier(),
        title=s.text("title"),
        children=tuple(children),
        weight=s.number("weight", None, least=0),
        aggregate=cast("Aggregate", aggregate) if aggregate else None,
        note=s.text("note", ""),
        cap=s.number("cap", None, least=0),
    )


def read_indicator(node: Located, problems: Problems) -> Indicator:
    s = Section(node, problems, "指标", INDICATOR_KEYS)
    direction = Direction(s.choice("direction", ("higher", "lower", "range"), "higher"))
    transform = s.choice("transform", ("none", "log"), "none")
    pair = s.pair("ideal", open_ends=False)
    ideal = (pair[0], pair[1]) if pair and pair[0] is not None and pair[1] is not None else None
    weight = s.number("weight", None, least=0)
    if weight is None:
        if "weight" not in s.values:
            s.problem("weight", "指标缺少 weight", code="missing_key")
        weight = 1.0
    target = s.number("target", None)
    rule = _rule(s, problems, direction, transform, ideal)
    if weight == 0 and "full" in rule.uses:
        s.problem("weight", "分值为 0 的指标不能用按分值加减的计分法", code="bad_rule")
    return Indicator(
        id=s.identifier(),
        title=s.text("title"),
        weight=weight,
        rule=rule,
        unit=s.text("unit", ""),
        direction=direction,
        aliases=s.texts("aliases"),
        binding=s.flag("binding"),
        department=s.text("department", "") or None,
        valid=s.pair("valid", open_ends=True),
        target=target,
        ideal=ideal,
        transform="log" if transform == "log" else "none",
        basis=s.text("basis", "") or None,
        note=s.text("note", ""),
        clause=s.text("clause", ""),
        cap=s.number("cap", None, least=0),
        milestones=_milestones(s, target),
        cumulative=s.flag("cumulative"),
        **_roll_up(s),
    )


def read_quantity(node: Located, problems: Problems) -> Quantity:
    """A quantity that is reported but not scored."""
    s = Section(node, problems, "基础数据", QUANTITY_KEYS)
    return Quantity(
        id=s.identifier(),
        title=s.text("title"),
        unit=s.text("unit", ""),
        aliases=s.texts("aliases"),
        valid=s.pair("valid", open_ends=True),
        department=s.text("department", "") or None,
        note=s.text("note", ""),
        **_roll_up(s),
    )


def _roll_up(s: Section) -> dict[str, Any]:
    """How a year is made of its quarters or months, and a district of those below it."""
    over = s.choice("over_districts", tuple(DISTRICT_ROLL_UP_TITLES), "own")
    by = s.text("weigh_by", "") or None
    if (over == "weighted") != (by is not None):
        s.problem("weigh_by", "over_districts: weighted 要写 weigh_by（按哪个数量加权），其他写法不写")
    return {
        "over_periods": s.choice("over_periods", tuple(PERIOD_ROLL_UP_TITLES), "annual"),
        "over_districts": over,
        "weigh_by": by,
    }


def _milestones(s: Section, target: float | None) -> tuple[tuple[int, float], ...]:
    """`milestones: {2021: 0.2, 2022: 0.4}`: the share of a five-year target due by each year."""
    node = s.values.get("milestones")
    if node is None or node.value is None:
        return ()
    found: list[tuple[int, float]] = []
    for key, value in (node.plain() if isinstance(node.value, dict) else {}).items():
        if (
            not str(key).isdigit()
            or isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not 0 <= value <= 1
        ):
            s.problem("milestones", f"应写作 年份: 进度（0—1），如 2024: 0.8，写的是 {key}: {value}")
            return ()
        found.append((int(key), float(value)))
    if not found:
        s.problem("milestones", "应写作 {年份: 进度}，如 {2023: 0.6, 2024: 0.8}")
    if [share for _, share in sorted(found)] != sorted(share for _, share in found):
        s.problem("milestones", "累计进度应逐年不减")
    if target is None:
        s.problem("milestones", "没有写 target，各区县的目标值将被当作五年目标", warning=True)
    return tuple(sorted(found))


def _rule(
    s: Section, problems: Problems, direction: Direction, transform: str, ideal: tuple[float, float] | None
) -> Rule:
    rule_node = s.values.get("rule")
    if rule_node is None or not isinstance(rule_node.value, dict):
        s.problem(
            "rule", "指标缺少计分规则 rule", "如 rule: {kind: efficacy, floor: 60, bounds: sample}", code="missing_key"
        )
    else:
        try:
            return build_rule(SpecReader(rule_node.plain(), direction, transform, ideal))
        except SpecError as error:
            line = rule_node.line_of(error.key)
            key = f"rule.{error.key}" if error.key else "rule"
            problems.add(line, key, error.message, code="bad_rule")
    # Only so that reading can go on to the next problem: a scheme with a problem is never returned.
    fallback: Rule = KINDS["pass_fail"](higher=True)
    return fallback
