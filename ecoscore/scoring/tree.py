"""Aggregation up the tree: shares of weight, group indices, full marks per indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecoscore.model.rule import Array
from ecoscore.model.scheme import Aggregate, Group, Indicator, Scheme, ShareOut, weight_of
from ecoscore.rules.aggregation import combine, shares, weighted
from ecoscore.rules.unknown import any_unknown


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A group, or the root (`group` -1): its children's columns among the indicators and among the groups.

    `leaves`, `groups`: where among the children each kind stands, and its columns; `share` [1, K] where all count.
    `leaf_block`, `group_block`: the children's columns, where all are of one kind and lie together.
    """

    group: int
    leaves: tuple[list[int], list[int]]
    groups: tuple[list[int], list[int]]
    weights: Array
    share: Array
    aggregate: Aggregate
    cap: float | None
    weightless: bool
    leaf_block: slice | None
    group_block: slice | None

    @property
    def size(self) -> int:
        return len(self.weights)

    def parts(self, individual: Array, index: Array) -> Array:
        if self.leaf_block is not None:
            return individual[:, self.leaf_block]
        if self.group_block is not None:
            return index[:, self.group_block]
        parts = np.empty((individual.shape[0], self.size))
        parts[:, self.leaves[0]] = individual[:, self.leaves[1]]
        parts[:, self.groups[0]] = index[:, self.groups[1]]
        return parts


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Nodes, children before parents, the root last; full marks in points where everything counts: [1, I] and [1, G]."""

    nodes: tuple[Node, ...]
    share_out: ShareOut
    full: float
    weight: Array
    group_weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Aggregated:
    """`root` [D] and `group_index` [D, G] 0-100; `weight` [D, I] and `group_weight` [D, G] full marks in points.

    The weights are None where everything counts for everybody, so that they are the tree's own.
    """

    root: Array
    group_index: Array
    weight: Array | None
    group_weight: Array | None


def tree_of(scheme: Scheme) -> Tree:
    """The nodes of a scheme, and what everything weighs where nothing is left out."""
    i_at = {id(i): n for n, i in enumerate(scheme.indicators)}
    g_at = {id(g): n for n, g in enumerate(scheme.all_groups)}
    nodes: list[Node] = []

    def visit(children: tuple[Group | Indicator, ...], group: Group | None) -> None:
        for child in children:
            if isinstance(child, Group):
                visit(child.children, child)
        leaves = [(k, i_at[id(c)]) for k, c in enumerate(children) if isinstance(c, Indicator)]
        groups = [(k, g_at[id(c)]) for k, c in enumerate(children) if isinstance(c, Group)]
        weights = np.array([weight_of(c) for c in children], dtype=np.float64)
        nodes.append(
            Node(
                -1 if group is None else g_at[id(group)],
                ([k for k, _ in leaves], [n for _, n in leaves]),
                ([k for k, _ in groups], [n for _, n in groups]),
                weights,
                shares(weights, np.ones((1, len(children)), dtype=np.bool_)),
                (group and group.aggregate) or scheme.aggregate,
                None if group is None else group.cap,
                not np.any(weights > 0),
                None if groups else _block([n for _, n in leaves]),
                None if leaves else _block([n for _, n in groups]),
            )
        )

    visit(scheme.groups, None)
    sizes = len(i_at), len(g_at)
    weight, group_weight = _spread(nodes, [n.share for n in nodes], scheme.full, 1, sizes)
    return Tree(tuple(nodes), scheme.share_out, scheme.full, weight, group_weight)


def _block(columns: list[int]) -> slice | None:
    together = columns and columns == list(range(columns[0], columns[-1] + 1))
    return slice(columns[0], columns[-1] + 1) if together else None


def aggregate(individual: Array, tree: Tree) -> Aggregated:
    """Combine individual scores [D, I]; NaN marks what is left out, and its weight goes to what remains beside it.

    Within each node weights are normalised over the children that count; a group with nothing left is itself left
    out, so that its weight passes to its siblings. NaN where a district has nothing at all.
    """
    districts = individual.shape[0]
    index = np.empty((districts, tree.group_weight.shape[1]))
    given: list[Array] = []
    for node in tree.nodes[:-1]:
        mine, share = combined(node, node.parts(individual, index), tree.share_out)
        given.append(share)
        index[:, node.group] = mine if node.cap is None else np.minimum(mine, node.cap)
    root, share = combined(tree.nodes[-1], tree.nodes[-1].parts(individual, index), tree.share_out)
    given.append(share)
    if all(share is node.share for node, share in zip(tree.nodes, given, strict=True)):
        return Aggregated(root, index, None, None)
    sizes = individual.shape[1], index.shape[1]
    return Aggregated(root, index, *_spread(tree.nodes, given, tree.full, districts, sizes))


def combined(node: Node, parts: Array, share_out: ShareOut) -> tuple[Array, Array]:
    """The node's index [D], and the shares its parts had: the very `node.share` where all of them counted."""
    if node.aggregate == "arithmetic":
        # NaN carries through the sum, so the sum tells whether anything is left out.
        mine = weighted(parts, node.share[0])
        if not any_unknown(mine):
            return mine, node.share
    counts = ~np.isnan(parts)
    share = node.share if counts.all() else shares(node.weights, counts, share_out)
    return combine(parts, share, node.aggregate), share


def _spread(
    nodes: tuple[Node, ...] | list[Node], given: list[Array], full: float, districts: int, sizes: tuple[int, int]
) -> tuple[Array, Array]:
    """Full marks in points of indicators [D, I] and groups [D, G]: each node's own, by the shares of its parts."""
    weight, group_weight = np.zeros((districts, sizes[0])), np.zeros((districts, sizes[1]))
    for node, share in zip(reversed(nodes), reversed(given), strict=True):
        if node.weightless:
            continue
        points = np.full(districts, full) if node.group < 0 else group_weight[:, node.group]
        mine = share * points[:, np.newaxis]
        if node.leaf_block is not None:
            weight[:, node.leaf_block] = mine
        else:
            weight[:, node.leaves[1]] = mine[:, node.leaves[0]]
            group_weight[:, node.groups[1]] = mine[:, node.groups[0]]
    return weight, group_weight
