"""Checks of a scheme as a whole: ids, names, weights, and what one part says of another."""

from __future__ import annotations

from ecoscore.model.scheme import Direction, Scheme, weight_of
from ecoscore.schemes.reader import Problems, Section
from ecoscore.schemes.yaml_lines import Located


def check_ids(root: Located, scheme: Scheme, problems: Problems) -> None:
    """Ids are unique across groups and indicators, adjustments among themselves; titles unique among indicators."""
    lines = _lines(root, "id")
    seen: dict[str, int] = {}
    for node_id, line in lines:
        if node_id in seen:
            problems.add(
                line,
                "id",
                f"标识 {node_id} 重复，前一个在{problems.place(seen[node_id])}",
                "每个组和指标的标识都要不同",
                code="duplicate_id",
            )
        seen.setdefault(node_id, line)
    titles: dict[str, str] = {}
    title_lines = _lines(root, "title")
    for indicator in scheme.reported:
        for name in indicator.names:
            if titles.setdefault(name, indicator.id) != indicator.id:
                line = next((at for node_id, at in title_lines if node_id == indicator.id), 1)
                problems.add(
                    line,
                    "title",
                    f"名称“{name}”也是指标 {titles[name]} 的名称或别名",
                    "导入时会分不清，请改一个",
                    code="duplicate_title",
                )


def _lines(node: Located, of: str) -> list[tuple[str, int]]:
    """The id of each group, indicator and quantity, with the line of one of its keys."""
    found: list[tuple[str, int]] = []
    for key in ("groups", "indicators", "inputs"):
        for child in (node.value.get(key, Located([], 1)).value or []) if isinstance(node.value, dict) else []:
            if isinstance(child.value, dict) and "id" in child.value:
                found.append((str(child.value["id"].value), child.line_of(of)))
            found += _lines(child, of)
    return found


def check_weights(s: Section, scheme: Scheme) -> None:
    if scheme.groups and not any(weight_of(g) > 0 for g in scheme.groups):
        s.problem("groups", "所有组的权重都是 0，算不出总分", code="no_weight")
    total = sum(weight_of(g) for g in scheme.groups)
    if scheme.groups and abs(total - scheme.full) > 1e-9 * scheme.full:
        s.problem(
            "groups", f"权重合计 {total:.12g}，不是满分 {scheme.full:g}，按比例归一", warning=True, code="weights_sum"
        )
    for group in scheme.all_groups:
        if (group.aggregate or scheme.aggregate) == "minimum" and any(weight_of(c) == 0 for c in group.children):
            s.problem("groups", f"“{group.title}”取最低者，组内不能有权重为 0 的", code="no_weight")


def check_references(s: Section, scheme: Scheme) -> None:
    grades = {g.title for g in scheme.grades}
    ids = [a.id for a in scheme.adjustments]
    if len(set(ids)) != len(ids):
        s.problem("adjustments", "加减分项的标识重复", code="duplicate_id")
    for a, node in zip(scheme.adjustments, s.items("adjustments"), strict=True):
        if a.grade is not None and a.grade not in grades:
            s.problem("adjustments", f"{a.title} 的等次“{a.grade}”不在 grades 里", line=node.line_of("grade"))
        for indicator in a.all_improved:
            if indicator not in scheme.by_id:
                message = f"{a.title} 所说的指标 {indicator} 不在方案里"
                s.problem("adjustments", message, line=node.line_of("when.all_improved"))
    if scheme.binding and scheme.binding.fail_grade and scheme.binding.fail_grade not in grades:
        s.problem("binding", f"等次“{scheme.binding.fail_grade}”不在 grades 里")
    if scheme.compensation and scheme.compensation.items:
        nodes = s.values["compensation"].value["items"].value
        for item, node in zip(scheme.compensation.items, nodes, strict=True):
            if item.indicator not in scheme.by_id:
                message = f"{item.title}所说的指标 {item.indicator} 不在方案里"
                s.problem("compensation", message, line=node.line_of("indicator"))
    _check_together(s, scheme)
    known = {q.id for q in scheme.reported}
    lines = dict(_lines(s.node, "weigh_by"))
    for quantity in scheme.reported:
        if quantity.weigh_by is not None and quantity.weigh_by not in known:
            message = f"{quantity.title}的 weigh_by：{quantity.weigh_by} 不在指标和基础数据里"
            s.problem("groups", message, line=lines.get(quantity.id))


def _check_together(s: Section, scheme: Scheme) -> None:
    """What must improve together is another indicator of the scheme, of which better and worse can be said."""
    lines = dict(_lines(s.node, "rule.together"))
    for indicator in scheme.indicators:
        for other in indicator.rule.progress.together if indicator.rule.progress else ():
            named = scheme.by_id.get(other)
            if named is None or other == indicator.id:
                message = f"{indicator.title}的 together：{other} 应是方案里的另一个指标"
            elif named.direction is Direction.RANGE:
                message = f"{indicator.title}的 together：“{named.title}”是适度指标，说不上改善"
            else:
                continue
            s.problem("groups", message, line=lines.get(indicator.id))
