"""A scheme being edited: the tree that a scheme file would hold, right or wrong; every step makes a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ecoscore.model.scheme import Scheme
from ecoscore.schemes.dump import scheme_mapping

NodeKind = Literal["settings", "group", "indicator", "adjustment", "grade", "input", "payment"]
ROOT = 0
_LISTS: Mapping[str, NodeKind] = {"groups": "group", "adjustments": "adjustment", "grades": "grade", "inputs": "input"}
_PREFIX: Mapping[NodeKind, str] = {"group": "g", "indicator": "i", "adjustment": "a", "input": "q", "payment": "c"}


@dataclass(frozen=True, slots=True)
class Node:
    """`key` names it for as long as it lives, whatever its id becomes; `values` are as in a file, children apart."""

    key: int
    kind: NodeKind
    values: Mapping[str, Any] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    @property
    def label(self) -> str:
        """What people call it: its title, else its id."""
        return str(self.values.get("title") or self.values.get("id") or "未命名")

    def get(self, path: str) -> Any:
        """The value at a dotted path, None where there is none; digits are places in a pair."""
        held: Any = self.values
        for name in path.split("."):
            if isinstance(held, Mapping):
                held = held.get(name)
            elif isinstance(held, (list, tuple)) and name.isdigit() and int(name) < len(held):
                held = held[int(name)]
            else:
                return None
        return held

    @property
    def weight(self) -> float | None:
        """Its own weight; None where it has none or it is not a number."""
        held = self.values.get("weight")
        return float(held) if isinstance(held, (int, float)) and not isinstance(held, bool) else None


@dataclass(frozen=True, slots=True)
class Draft:
    """The root holds the settings; below it groups, adjustments, grades, inputs and lines of compensation."""

    root: Node
    next_key: int

    def of(self, kind: NodeKind) -> tuple[Node, ...]:
        """The outermost nodes of a kind, in order."""
        return tuple(child for child in self.root.children if child.kind == kind)

    def walk(self) -> Iterator[Node]:
        """Every node, parents first."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    def find(self, key: int) -> Node | None:
        return next((node for node in self.walk() if node.key == key), None)

    def parent_of(self, key: int) -> Node | None:
        return next((node for node in self.walk() if any(c.key == key for c in node.children)), None)

    def indicator(self, indicator_id: str) -> Node | None:
        return next((n for n in self.walk() if n.kind == "indicator" and n.values.get("id") == indicator_id), None)

    # Steps. --------------------------------------------------------------------------------------------------------

    def put(self, key: int, path: str, value: Any) -> Draft:
        """Set the value at a dotted path; None takes it away."""
        node = self.find(key)
        if node is None or node.get(path) == value:
            return self
        return self._with(replace(node, values=_put(node.values, path.split("."), value)))

    def put_weights(self, weights: Mapping[int, float]) -> Draft:
        draft = self
        for key, weight in weights.items():
            draft = draft.put(key, "weight", weight)
        return draft

    def add(self, parent: int, kind: NodeKind, values: Mapping[str, Any], at: int | None = None) -> tuple[Draft, int]:
        """A new node under `parent`, last among its like unless `at` gives its place; the draft and its key."""
        return self._insert(parent, Node(self.next_key, kind, dict(values)), at), self.next_key

    def remove(self, key: int) -> Draft:
        parent = self.parent_of(key)
        if parent is None:
            return self
        return self._with(replace(parent, children=tuple(c for c in parent.children if c.key != key)))

    def move(self, key: int, parent: int, at: int) -> Draft:
        """Put a node at a place among the children of `parent`; nothing changes where that is inside itself."""
        node, target = self.find(key), self.find(parent)
        if node is None or target is None or any(n.key == parent for n in _below(node)):
            return self
        without = self.remove(key)
        return Draft._insert(without, parent, node, at)

    def duplicate(self, key: int) -> tuple[Draft, int]:
        """A copy right behind the original, with ids and titles of its own."""
        node, parent = self.find(key), self.parent_of(key)
        if node is None or parent is None:
            return self, key
        taken = {str(n.values.get(name)) for n in self.walk() for name in ("id", "title")}
        copy, after = _renamed(node, self.next_key, taken)
        at = [c.key for c in parent.children if c.kind == node.kind].index(key) + 1
        return replace(self._insert(parent.key, copy, at), next_key=after), copy.key

    def new_id(self, kind: NodeKind) -> str:
        """An id that nothing bears yet."""
        taken = {str(n.values.get("id")) for n in self.walk()}
        prefix = _PREFIX.get(kind, "n")
        return next(name for n in range(1, len(taken) + 2) if (name := f"{prefix}{n}") not in taken)

    def _insert(self, parent: int, node: Node, at: int | None) -> Draft:
        """`at` counts among the children of the node's own kind (for groups and indicators: of either)."""
        target = self.find(parent)
        assert target is not None
        like = {"group", "indicator"} if node.kind in {"group", "indicator"} else {node.kind}
        same = [c for c in target.children if c.kind in like]
        others = [c for c in target.children if c.kind not in like]
        same.insert(len(same) if at is None else max(0, min(at, len(same))), node)
        after = max(self.next_key, 1 + max(n.key for n in _below(node)))
        return replace(self._with(replace(target, children=(*same, *others))), next_key=after)

    def _with(self, node: Node) -> Draft:
        return replace(self, root=_replaced(self.root, node))

    # As a file holds it. ---------------------------------------------------------------------------------------------

    def mapping(self) -> dict[str, Any]:
        """The keys and values of a scheme file."""
        return _mapping(self.root)


def draft_of(scheme: Scheme) -> Draft:
    """A draft that says what a scheme says."""
    held = scheme_mapping(scheme)
    keys = _Keys()
    root_key = keys.take()
    children: list[Node] = []
    for name, kind in _LISTS.items():
        children += [_node(item, kind, keys) for item in held.pop(name, ())]
    money = held.get("compensation")
    if money is not None:
        children += [_node(item, "payment", keys) for item in money.pop("items", ())]
    return Draft(Node(root_key, "settings", held, tuple(children)), keys.taken)


class _Keys:
    def __init__(self) -> None:
        self.taken = ROOT

    def take(self) -> int:
        self.taken += 1
        return self.taken - 1


def _node(held: Mapping[str, Any], kind: NodeKind, keys: _Keys) -> Node:
    key = keys.take()
    values = dict(held)
    groups, indicators = values.pop("groups", ()), values.pop("indicators", ())
    children = [_node(g, "group", keys) for g in groups] + [_node(i, "indicator", keys) for i in indicators]
    return Node(key, kind, values, tuple(children))


def _mapping(node: Node) -> dict[str, Any]:
    held = dict(node.values)
    if node.kind == "settings":
        for name, kind in _LISTS.items():
            if found := [_mapping(c) for c in node.children if c.kind == kind]:
                held[name] = found
        if payments := [_mapping(c) for c in node.children if c.kind == "payment"]:
            held["compensation"] = {**(held.get("compensation") or {}), "items": payments}
        return held
    for name, kind in (("groups", "group"), ("indicators", "indicator")):
        if found := [_mapping(c) for c in node.children if c.kind == kind]:
            held[name] = found
    return held


def _put(held: Mapping[str, Any], path: list[str], value: Any) -> dict[str, Any]:
    name, rest = path[0], path[1:]
    made = dict(held)
    inner = made.get(name)
    if rest and rest[0].isdigit():
        pair = [*inner] if isinstance(inner, (list, tuple)) else []
        pair += [None] * (2 - len(pair))
        pair[int(rest[0])] = value
        value = pair if any(v is not None for v in pair) else None
    elif rest:
        value = _put(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    if value is None:
        made.pop(name, None)
    else:
        made[name] = value
    return made


def _replaced(tree: Node, node: Node) -> Node:
    if tree.key == node.key:
        return node
    if not tree.children:
        return tree
    children = tuple(_replaced(c, node) for c in tree.children)
    same = all(a is b for a, b in zip(children, tree.children, strict=True))
    return tree if same else replace(tree, children=children)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _below(child)


def _renamed(node: Node, key: int, taken: set[str]) -> tuple[Node, int]:
    values = dict(node.values)
    values.pop("aliases", None)  # a table could no longer tell the two apart
    for name, form in (("id", "{}_{}"), ("title", "{}（{}）")):
        if name in values:
            old = str(values[name])
            new = next(t for n in range(2, len(taken) + 3) if (t := form.format(old, n)) not in taken)
            values[name] = new
            taken.add(new)
    after, children = key + 1, []
    for child in node.children:
        copy, after = _renamed(child, after, taken)
        children.append(copy)
    return Node(key, node.kind, values, tuple(children)), after
