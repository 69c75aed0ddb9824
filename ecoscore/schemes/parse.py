"""Scheme files: YAML text to a Scheme, or all its problems at once."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Adjustment, Layer
from ecoscore.model.period import Period
from ecoscore.model.scheme import (
    Aggregate,
    BindingRule,
    Grade,
    MissingPolicy,
    NoBaselinePolicy,
    Rounding,
    Scheme,
    ShareOut,
)
from ecoscore.schemes.checks import check_ids, check_references, check_weights
from ecoscore.schemes.parse_formulas import with_formulas
from ecoscore.schemes.parse_money import read_compensation
from ecoscore.schemes.parse_tree import read_group, read_quantity
from ecoscore.schemes.reader import Problems, Section
from ecoscore.schemes.yaml_lines import Located, YamlProblem, read_yaml

_SCHEME_KEYS = (
    *("id", "title", "edition", "decimals", "rounding", "aggregate", "missing", "no_baseline", "no_data", "share_out"),
    *("full", "baseline", "source", "note", "review", "unranked", "inputs", "groups", "adjustments", "limits"),
    *("compensation",),
    *("binding", "grades"),
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
    return build_scheme(root, Problems(name), text)


def build_scheme(root: Located, problems: Problems, text: str) -> Scheme:
    """The scheme of a tree of values, whatever file it was read from; InputRefused with all its problems."""
    scheme = _scheme(root, problems, text)
    if problems.errors:
        first, count = problems.errors[0], len(problems.errors)
        more = f"（共 {count} 处问题，以下为第一处）" if count > 1 else ""
        raise InputRefused(
            f"考核方案 {problems.name} 有问题{more}：{problems.told(first)}", first.advice, problems.errors
        )
    return scheme


def _scheme(root: Located, problems: Problems, text: str) -> Scheme:
    s = Section(root, problems, "考核方案", _SCHEME_KEYS)
    groups = tuple(read_group(node, problems) for node in s.items("groups"))
    if not groups:
        s.problem(
            "groups", "方案里没有指标组", "至少写一个组：- {id: …, title: …, indicators: […]}", code="missing_key"
        )
    grades = _grades(s, problems)
    limits = s.section("limits", "limits", ("bonus", "deduction", "total", "least"))
    scheme = Scheme(
        id=s.identifier(),
        title=s.text("title"),
        edition=s.text("edition", ""),
        groups=groups,
        decimals=s.whole("decimals", 2, most=9) or 0,
        rounding=cast("Rounding", s.choice("rounding", ("half_even", "half_up"), "half_even")),
        aggregate=cast("Aggregate", s.choice("aggregate", ("arithmetic", "geometric", "minimum"), "arithmetic")),
        missing=cast("MissingPolicy", s.choice("missing", ("refuse", "floor", "zero", "reweight"), "refuse")),
        no_baseline=cast("NoBaselinePolicy", s.choice("no_baseline", ("level_only", "refuse"), "level_only")),
        share_out=cast("ShareOut", s.choice("share_out", ("proportional", "even"), "proportional")),
        no_data_score=_or(s.number("no_data", 60, least=0, most=100), 60),
        full=_or(s.number("full", 100, least=1e-6), 100),
        baseline=_baseline(s),
        adjustments=tuple(_adjustment(node, problems) for node in s.items("adjustments")),
        bonus_cap=limits.number("bonus", None, least=0) if limits else None,
        deduction_cap=limits.number("deduction", None, least=0) if limits else None,
        total_cap=limits.number("total", None, least=0) if limits else None,
        total_least=limits.number("least", None) if limits else None,
        inputs=tuple(read_quantity(node, problems) for node in s.items("inputs")),
        compensation=read_compensation(s, problems),
        binding=_binding(s),
        grades=grades,
        source=s.text("source", ""),
        note=s.text("note", ""),
        review=s.flag("review"),
        unranked=s.text("unranked", ""),
        source_text=text,
    )
    scheme = with_formulas(root, scheme, problems)
    check_ids(root, scheme, problems)
    check_weights(s, scheme)
    check_references(s, scheme)
    return replace(scheme, warnings=tuple(problems.warnings))


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _baseline(s: Section) -> str:
    text = s.text("baseline", "previous_year")
    if text in ("previous_year", "plan_start", "term_start"):
        return text
    try:
        return str(Period.parse(text))
    except ValueError:
        s.problem("baseline", f"应为 previous_year、plan_start、term_start 或一个考核期（如 2020），写的是 {text}")
        return "previous_year"


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
