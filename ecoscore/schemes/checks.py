"""Checks of a scheme as a whole: ids, names, weights, and what one part says of another."""

from __future__ import annotations

from ecoscore.model.scheme import Scheme, weight_of
from ecoscore.schemes.reader import Problems, Section
from ecoscore.schemes.yaml_lines import Located


def check_ids(root: Located, scheme: Scheme, problems: Problems) -> None:
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
    for indicator in scheme.reported:
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
    for key in ("groups", "indicators", "inputs"):
        for child in (node.value.get(key, Located([], 1)).value or []) if isinstance(node.value, dict) else []:
            if isinstance(child.value, dict) and "id" in child.value:
                found.append((str(child.value["id"].value), child.key_lines["id"]))
            found += _id_lines(child)
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
    for a in scheme.adjustments:
        if a.grade is not None and a.grade not in grades:
            s.problem("adjustments", f"{a.title} 的等次“{a.grade}”不在 grades 里")
        for indicator in a.all_improved:
            if indicator not in scheme.by_id:
                s.problem("adjustments", f"{a.title} 所说的指标 {indicator} 不在方案里")
    if scheme.binding and scheme.binding.fail_grade and scheme.binding.fail_grade not in grades:
        s.problem("binding", f"等次“{scheme.binding.fail_grade}”不在 grades 里")
    for item in scheme.compensation.items if scheme.compensation else ():
        if item.indicator not in scheme.by_id:
            s.problem("compensation", f"{item.title}所说的指标 {item.indicator} 不在方案里")
    known = {q.id for q in scheme.reported}
    for quantity in scheme.reported:
        if quantity.weigh_by is not None and quantity.weigh_by not in known:
            s.problem("groups", f"{quantity.title}的 weigh_by：{quantity.weigh_by} 不在指标和基础数据里")
