"""The formulas of a scheme file, read once everything they may speak of is known."""

from __future__ import annotations

from dataclasses import replace

from ecoscore.derived import Expression, ExpressionError, parse
from ecoscore.model.scheme import Group, Indicator, Scheme
from ecoscore.schemes.reader import Problems
from ecoscore.schemes.yaml_lines import Located


def with_formulas(root: Located, scheme: Scheme, problems: Problems) -> Scheme:
    """The scheme with the `formula` of each indicator compiled; circles and unknown names are problems."""
    written = _written(root)
    if not written:
        return scheme
    known = {q.id for q in scheme.reported}
    compiled: dict[str, Expression] = {}
    for name, (text, line) in written.items():
        try:
            compiled[name] = parse(text, known - {name})
        except ExpressionError as error:
            problems.add(line, "formula", error.message, error.advice, code="bad_formula")
    for name in compiled:
        if circle := _circle(name, compiled):
            problems.add(written[name][1], "formula", f"公式互相引用，绕成了圈：{' → '.join(circle)}", code="circular")
    return replace(scheme, groups=tuple(_group(g, compiled) for g in scheme.groups))


def _written(node: Located) -> dict[str, tuple[str, int]]:
    """Indicator id → formula text and its line."""
    found: dict[str, tuple[str, int]] = {}
    if not isinstance(node.value, dict):
        return found
    if "formula" in node.value and "id" in node.value and node.value["formula"].value not in (None, ""):
        found[str(node.value["id"].value)] = str(node.value["formula"].value), node.key_lines["formula"]
    for key in ("groups", "indicators"):
        children = node.value[key].value if key in node.value else None
        for child in children if isinstance(children, list) else ():
            found |= _written(child)
    return found


def _circle(start: str, compiled: dict[str, Expression]) -> list[str]:
    """The way from a formula back to itself, or nothing."""
    ways = [[start]]
    while ways:
        way = ways.pop()
        for name in sorted(compiled[way[-1]].names):
            if name == start:
                return [*way, start]
            if name in compiled and name not in way:
                ways.append([*way, name])
    return []


def _group(group: Group, compiled: dict[str, Expression]) -> Group:
    children = tuple(
        _group(c, compiled) if isinstance(c, Group) else _indicator(c, compiled.get(c.id)) for c in group.children
    )
    return replace(group, children=children)


def _indicator(indicator: Indicator, formula: Expression | None) -> Indicator:
    if formula is None:
        return indicator
    return replace(indicator, formula=formula, basis=indicator.basis or formula.basis)
