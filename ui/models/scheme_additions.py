"""New parts of a scheme as one gets them before anything is filled in, and where they go."""

from __future__ import annotations

from typing import Any

from ecoscore.schemes.draft import ROOT, Draft, Node, NodeKind

_RULE = {"kind": "linear", "bounds": "sample"}
_TITLES: dict[NodeKind, str] = {
    "group": "新指标组", "indicator": "新指标", "adjustment": "新加分项", "grade": "新等次", "input": "新数量",
    "payment": "新补偿项",
}  # fmt: skip


def with_new(draft: Draft, kind: NodeKind, beside: int | None) -> tuple[Draft, int]:
    """The draft with a new node near the one selected, and its key; it weighs nothing yet."""
    if kind == "indicator":
        parent, at = _place_of_indicator(draft, beside)
        if parent is None:
            return with_new(draft, "group", beside)
        return draft.add(parent, "indicator", _indicator(draft), at)
    if kind == "group":
        parent, at = _place_of_group(draft, beside)
        made, key = draft.add(parent, "group", {"id": draft.new_id("group"), "title": _title(draft, "group")}, at)
        return made.add(key, "indicator", _indicator(made))[0], key
    rows = draft.of(kind)
    at = next((n + 1 for n, node in enumerate(rows) if node.key == beside), None)
    if kind == "grade":
        at = None
    return draft.add(ROOT, kind, _row(draft, kind, rows), at)


def moved_by(draft: Draft, key: int, by: int) -> Draft:
    """A node one place up or down; past the end of its group into the next one."""
    parent, node = draft.parent_of(key), draft.find(key)
    if parent is None or node is None:
        return draft
    like = [c for c in parent.children if c.kind == node.kind]
    at = [c.key for c in like].index(key) + by
    if 0 <= at < len(like):
        return draft.move(key, parent.key, at)
    if node.kind != "indicator":
        return draft
    groups = [g for g in draft.walk() if g.kind == "group" and holds_indicators(g)]
    place = [g.key for g in groups].index(parent.key) + by
    if not 0 <= place < len(groups):
        return draft
    target = groups[place]
    return draft.move(key, target.key, 0 if by > 0 else len(target.children))


def holds_indicators(group: Node) -> bool:
    return not any(c.kind == "group" for c in group.children)


def _place_of_indicator(draft: Draft, beside: int | None) -> tuple[int | None, int | None]:
    node = draft.find(beside) if beside else None
    if node is not None and node.kind == "indicator":
        parent = draft.parent_of(node.key)
        assert parent is not None
        return parent.key, [c.key for c in parent.children].index(node.key) + 1
    candidates = list(draft.walk()) if node is None or node.kind != "group" else _below(node)
    return next((g.key for g in candidates if g.kind == "group" and holds_indicators(g)), None), None


def _place_of_group(draft: Draft, beside: int | None) -> tuple[int, int | None]:
    node = draft.find(beside) if beside else None
    while node is not None and node.kind != "group":
        node = draft.parent_of(node.key)
    if node is None:
        return ROOT, None
    parent = draft.parent_of(node.key)
    assert parent is not None
    return parent.key, [c.key for c in parent.children if c.kind == "group"].index(node.key) + 1


def _below(node: Node) -> list[Node]:
    return [node, *(n for child in node.children for n in _below(child))]


def _indicator(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.new_id("indicator"), "title": _title(draft, "indicator"), "direction": "higher", "weight": 0.0,
        "rule": dict(_RULE),
    }  # fmt: skip


def _row(draft: Draft, kind: NodeKind, rows: tuple[Node, ...]) -> dict[str, Any]:
    title = _title(draft, kind)
    if kind == "grade":
        least = min((m for n in rows if isinstance(m := n.values.get("min"), (int, float))), default=100.0)
        return {"title": title, "min": float(least) - 10.0}
    made: dict[str, Any] = {"id": draft.new_id(kind), "title": title}
    if kind == "adjustment":
        return {**made, "kind": "bonus", "points": 1.0}
    if kind == "payment":
        first = next((n.values.get("id") for n in draft.walk() if n.kind == "indicator"), "")
        return {**made, "indicator": first, "against": "target", "rate": 1.0}
    return made


def _title(draft: Draft, kind: NodeKind) -> str:
    taken = {str(n.values.get("title")) for n in draft.walk()}
    name = _TITLES[kind]
    return next(t for n in range(1, len(taken) + 2) if (t := name if n == 1 else f"{name}（{n}）") not in taken)
