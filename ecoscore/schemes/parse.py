"""Scheme files: YAML text to a Scheme, or all its problems at once."""

from __future__ import annotations

from typing import cast

from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Adjustment, Layer
from ecoscore.model.period import Period
from ecoscore.model.scheme import (
    Aggregate,
    BindingRule,
    Direction,
    Grade,
    Group,
    Indicator,
    MissingPolicy,
    NoBaselinePolicy,
    Rounding,
    Scheme,
    weight_of,
)
from ecoscore.rules import KINDS, SpecError, SpecReader, build_rule
from ecoscore.schemes.reader import Problems, Section
from ecoscore.schemes.yaml_lines import Located, YamlProblem, read_yaml

_SCHEME_KEYS = (
    "id",
    "title",
    "edition",
    "decimals",
    "rounding",
    "aggregate",
    "missing",
    "no_baseline",
    "no_data",
    "full",
    "baseline",
    "source",
    "note",
    "review",
    "unranked",
    "groups",
    "adjustments",
    "limits",
    "binding",
    "grades",
)
_GROUP_KEYS = ("id", "title", "weight", "aggregate", "note", "indicators", "groups")
_INDICATOR_KEYS = (
    "id",
    "title",
    "aliases",
    "unit",
    "direction",
    "weight",
    "binding",
    "department",
    "valid",
    "target",
    "ideal",
    "transform",
    "basis",
    "note",
    "clause",
    "rule",
)
_ADJUSTMENT_KEYS = ("id", "title", "kind", "points", "cap", "grade", "when", "note")


def parse_scheme(text: str, name: str) -> Scheme:
    """Read a scheme file's text; `name` is what messages call the file.

    Raises InputRefused whose findings are all the problems found, each with line and key.
    """
    try:
        root = read_yaml(text, name)
    except YamlProblem as problem:
        raise InputRefused(
            f"考核方案 {name} 读不出来：{problem.finding.message}", problem.finding.advice, [problem.finding]
        ) from problem
    problems = Problems(name)
    scheme = _scheme(root, problems, text)
    if problems.errors:
        first, count = problems.errors[0], len(problems.errors)
        more = f"（共 {count} 处问题，以下为第一处）" if count > 1 else ""
        raise InputRefused(f"考核方案 {name} 有问题{more}：{first.message}", first.advice, problems.errors)
    return scheme


def _scheme(root: Located, problems: Problems, text: str) -> Scheme:
    s = Section(root, problems, "考核方案", _SCHEME_KEYS)
    groups = tuple(_group(node, problems) for node in s.items("groups"))
    if not groups:
        s.problem(
            "groups", "方案里没有指标组", "至少写一个组：- {id: …, title: …, indicators: […]}", code="missing_key"
        )
    grades = _grades(s, problems)
    limits = s.section("limits", "limits", ("bonus", "deduction"))
    scheme = Scheme(
        id=s.identifier(),
        title=s.text("title"),
        edition=s.text("edition", ""),
        groups=groups,
        decimals=s.whole("decimals", 2, most=9) or 0,
        rounding=cast("Rounding", s.choice("rounding", ("half_even", "half_up"), "half_even")),
        aggregate=cast("Aggregate", s.choice("aggregate", ("arithmetic", "geometric"), "arithmetic")),
        missing=cast("MissingPolicy", s.choice("missing", ("refuse", "floor", "zero", "reweight"), "refuse")),
        no_baseline=cast("NoBaselinePolicy", s.choice("no_baseline", ("level_only", "refuse"), "level_only")),
        no_data_score=_or(s.number("no_data", 60, least=0, most=100), 60),
        full=_or(s.number("full", 100, least=1e-6), 100),
        baseline=_baseline(s),
        adjustments=tuple(_adjustment(node, problems) for node in s.items("adjustments")),
        bonus_cap=limits.number("bonus", None, least=0) if limits else None,
        deduction_cap=limits.number("deduction", None, least=0) if limits else None,
        binding=_binding(s),
        grades=grades,
        source=s.text("source", ""),
        note=s.text("note", ""),
        review=s.flag("review"),
        unranked=s.text("unranked", ""),
        source_text=text,
    )
    _check_ids(root, scheme, problems)
    _check_weights(s, scheme)
    _check_references(s, scheme)
    return scheme


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _baseline(s: Section) -> str:
    text = s.text("baseline", "previous_year")
    if text == "previous_year":
        return text
    try:
        return str(Period.parse(text))
    except ValueError:
        s.problem("baseline", f"应为 previous_year 或一个考核期（如 2020），写的是 {text}")
        return "previous_year"


def _group(node: Located, problems: Problems) -> Group:
    s = Section(node, problems, "指标组", _GROUP_KEYS)
    groups, indicators = s.items("groups"), s.items("indicators")
    if groups and indicators:
        s.problem("groups", "一个组里要么是下级组，要么是指标，不能都有", "请把指标也放进一个下级组")
    if not groups and not indicators:
        s.problem("indicators", "这个组里没有指标", code="missing_key")
    children: list[Group | Indicator] = [_group(g, problems) for g in groups]
    children += [_indicator(i, problems) for i in indicators]
    aggregate = s.choice("aggregate", ("arithmetic", "geometric", ""), "")
    return Group(
        id=s.identifier(),
        title=s.text("title"),
        children=tuple(children),
        weight=s.number("weight", None, least=0),
        aggregate=cast("Aggregate", aggregate) if aggregate else None,
        note=s.text("note", ""),
    )


def _indicator(node: Located, problems: Problems) -> Indicator:
    s = Section(node, problems, "指标", _INDICATOR_KEYS)
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
    rule_node = s.values.get("rule")
    rule = KINDS["pass_fail"](higher=True)
    if rule_node is None or not isinstance(rule_node.value, dict):
        s.problem(
            "rule", "指标缺少计分规则 rule", "如 rule: {kind: efficacy, floor: 60, bounds: sample}", code="missing_key"
        )
    else:
        try:
            rule = build_rule(SpecReader(rule_node.plain(), direction, transform, ideal, target is not None))
        except SpecError as error:
            line = rule_node.line_of(error.key)
            key = f"rule.{error.key}" if error.key else "rule"
            problems.add(line, key, error.message, code="bad_rule")
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
    )


def _grades(s: Section, problems: Problems) -> tuple[Grade, ...]:
    found: list[Grade] = []
    for node in s.items("grades"):
        g = Section(node, problems, "等次", ("title", "min"))
        least = g.number("min", None)
        if least is None:
            if "min" not in g.values:
                g.problem("min", "等次缺少分数线 min", code="missing_key")
            least = 0.0
        found.append(Grade(g.text("title"), least))
    if [g.min for g in found] != sorted({g.min for g in found}, reverse=True):
        s.problem("grades", "等次应从高到低排，分数线各不相同")
    if len({g.title for g in found}) != len(found):
        s.problem("grades", "等次名称重复")
    return tuple(found)


def _adjustment(node: Located, problems: Problems) -> Adjustment:
    s = Section(node, problems, "加减分项", _ADJUSTMENT_KEYS)
    layer = Layer(s.choice("kind", tuple(layer.value for layer in Layer), "bonus"))
    points = s.number("points", 0.0, least=0) or 0.0
    if layer in (Layer.BONUS, Layer.DEDUCTION) and points == 0 and "points" not in s.values:
        s.problem("points", "加分、扣分项要写 points（每次几分，正数）", code="missing_key")
    grade = s.text("grade", "") or None
    if layer in (Layer.CEILING, Layer.VETO) and grade is None:
        s.problem("grade", "封顶、否决项要写 grade（等次）", code="missing_key")
    when = s.section("when", "when", ("all_improved",))
    return Adjustment(
        id=s.identifier(),
        title=s.text("title"),
        layer=layer,
        points=points,
        cap=s.number("cap", None, least=0),
        grade=grade,
        all_improved=when.texts("all_improved") if when else (),
        note=s.text("note", ""),
    )


def _binding(s: Section) -> BindingRule | None:
    b = s.section("binding", "binding", ("zero_item", "deduct_from", "fail_from", "fail_grade"))
    if b is None:
        return None
    return BindingRule(
        b.flag("zero_item", default=True),
        b.whole("deduct_from", None, least=1),
        b.whole("fail_from", None, least=1),
        b.text("fail_grade", "") or None,
    )


def _check_ids(root: Located, scheme: Scheme, problems: Problems) -> None:
    """Ids are unique across groups and indicators, adjustments among themselves; titles unique among indicators."""
    lines = _id_lines(root)
    seen: dict[str, int] = {}
    for node_id, line in lines:
        if node_id in seen:
            problems.add(
                line,
                "id",
                f"标识 {node_id} 重复，前一个在第 {seen[node_id]} 行",
                "每个组和指标的标识都要不同",
                code="duplicate_id",
            )
        seen.setdefault(node_id, line)
    titles: dict[str, str] = {}
    for indicator in scheme.indicators:
        for name in indicator.names:
            if titles.setdefault(name, indicator.id) != indicator.id:
                line = next((at for node_id, at in lines if node_id == indicator.id), 1)
                problems.add(
                    line,
                    "title",
                    f"名称“{name}”也是指标 {titles[name]} 的名称或别名",
                    "导入时会分不清，请改一个",
                    code="duplicate_title",
                )


def _id_lines(node: Located) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for key in ("groups", "indicators"):
        for child in (node.value.get(key, Located([], 1)).value or []) if isinstance(node.value, dict) else []:
            if isinstance(child.value, dict) and "id" in child.value:
                found.append((str(child.value["id"].value), child.key_lines["id"]))
            found += _id_lines(child)
    return found


def _check_weights(s: Section, scheme: Scheme) -> None:
    if scheme.groups and not any(weight_of(g) > 0 for g in scheme.groups):
        s.problem("groups", "所有组的权重都是 0，算不出总分", code="no_weight")


def _check_references(s: Section, scheme: Scheme) -> None:
    grades = {g.title for g in scheme.grades}
    ids = [a.id for a in scheme.adjustments]
    if len(set(ids)) != len(ids):
        s.problem("adjustments", "加减分项的标识重复", code="duplicate_id")
    for a in scheme.adjustments:
        if a.grade is not None and a.grade not in grades:
            s.problem("adjustments", f"{a.title} 的等次“{a.grade}”不在 grades 里")
        for indicator in a.all_improved:
            if indicator not in scheme.by_id:
                s.problem("adjustments", f"{a.title} 所说的指标 {indicator} 不在方案里")
    if scheme.binding and scheme.binding.fail_grade and scheme.binding.fail_grade not in grades:
        s.problem("binding", f"等次“{scheme.binding.fail_grade}”不在 grades 里")
