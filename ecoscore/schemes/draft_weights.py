"""Weights of a draft: their sums, and making a sum right by scaling those that are not locked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from ecoscore.errors import InputRefused
from ecoscore.schemes.draft import Draft, Node

_DECIMALS = 2


def weight_of(node: Node) -> float:
    """What a node weighs among its siblings: its own weight, else the sum of those below it."""
    if node.weight is not None or node.kind == "indicator":
        return node.weight or 0.0
    return weight_sum(node.children)


def weight_sum(nodes: Collection[Node]) -> float:
    """The sum as a person adds it up: 0.1 + 0.2 is 0.3."""
    return float(sum(Decimal(repr(weight_of(n))) for n in nodes if n.kind in {"group", "indicator"}))


def shares(draft: Draft) -> dict[int, float]:
    """The part of the whole that each group and indicator has, 0-1, by key."""
    found: dict[int, float] = {}

    def visit(nodes: tuple[Node, ...], share: float) -> None:
        total = weight_sum(nodes) or 1.0
        for node in nodes:
            found[node.key] = share * weight_of(node) / total
            visit(node.children, found[node.key])

    visit(draft.of("group"), 1.0)
    return found


def to_full(draft: Draft, locked: Collection[int]) -> Draft:
    """The outermost weights scaled so that they make the full marks; what is locked stays as it is."""
    full = draft.root.values.get("full", 100.0)
    if isinstance(full, bool) or not isinstance(full, (int, float)):
        raise InputRefused(f"满分不是一个数：{full}", "请先在“规定”里改正满分")
    return _scaled(draft, draft.of("group"), float(full), frozenset(locked))


def keeping_sum(draft: Draft, key: int, weight: float, locked: Collection[int]) -> Draft:
    """A node's weight changed and its unlocked siblings scaled so that their sum stays."""
    parent = draft.parent_of(key)
    assert parent is not None
    wanted = weight_sum(parent.children)
    changed = draft.put(key, "weight", weight)
    parent = changed.find(parent.key)
    assert parent is not None
    return _scaled(changed, parent.children, wanted, frozenset(locked) | {key})


def _scaled(draft: Draft, nodes: tuple[Node, ...], wanted: float, locked: frozenset[int]) -> Draft:
    carriers = list(_carriers(nodes))
    fixed = sum((Decimal(repr(n.weight or 0.0)) for n in carriers if n.key in locked), Decimal(0))
    free = {n.key: Decimal(repr(n.weight or 0.0)) for n in carriers if n.key not in locked}
    rest = Decimal(repr(wanted)) - fixed
    total = sum(free.values(), Decimal(0))
    if rest < 0:
        raise InputRefused(
            f"锁定的权重合计 {_figure(fixed)}，已超过 {_figure(Decimal(repr(wanted)))}，其余无法分摊",
            "请解除一些锁定，或把权重改小",
        )
    if total == 0:
        if rest == 0:
            return draft
        raise InputRefused("没有可以调整的权重：其余都已锁定或为 0", "请解除一些锁定，或逐个填写权重")
    return draft.put_weights(_shared(free, rest, total))


def _carriers(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes whose own weights make the sum: a group without one hands on to those below it."""
    for node in nodes:
        if node.kind == "group" and node.weight is None:
            yield from _carriers(node.children)
        elif node.kind in {"group", "indicator"}:
            yield node


def _shared(free: Mapping[int, Decimal], rest: Decimal, total: Decimal) -> dict[int, float]:
    """Shares in proportion, rounded to the least unit that is fine enough; the largest takes what rounding left."""
    finest = max((-int(w.as_tuple().exponent) for w in [*free.values(), rest]), default=0)
    unit = Decimal(1).scaleb(-max(_DECIMALS, min(finest, 6)))
    found = {key: (rest * w / total).quantize(unit, ROUND_HALF_EVEN) for key, w in free.items()}
    largest = max(found, key=lambda key: found[key])
    found[largest] += rest - sum(found.values(), Decimal(0))
    return {key: float(value) for key, value in found.items()}


def _figure(value: Decimal) -> str:
    return f"{float(value):.12g}"
