"""Aggregation up the tree: shares of weight, group indices, full marks per indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecoscore.model.rule import Array
from ecoscore.model.scheme import Group, Indicator, Scheme, weight_of
from ecoscore.rules.aggregation import combine, shares


@dataclass(frozen=True, slots=True, eq=False)
class Aggregated:
    """`root` [D] and `group_index` [D, G] 0-100; `weight` [D, I] and `group_weight` [D, G] full marks in points."""

    root: Array
    group_index: Array
    group_weight: Array
    weight: Array


def aggregate(individual: Array, scheme: Scheme) -> Aggregated:
    """Combine individual scores [D, I]; NaN marks what is left out, and its weight goes to what remains beside it.

    Within each node weights are normalised over the children that count; a group with nothing left is itself left
    out, so that its weight passes to its siblings. NaN where a district has nothing at all.
    """
    districts = individual.shape[0]
    i_at = {id(i): n for n, i in enumerate(scheme.indicators)}
    g_at = {id(g): n for n, g in enumerate(scheme.all_groups)}
    group_index = np.full((districts, len(g_at)), np.nan)
    node_shares: dict[int, Array] = {}

    def index_of(nodes: tuple[Group | Indicator, ...], how: str | None, key: int) -> Array:
        parts = np.empty((districts, len(nodes)))
        for n, node in enumerate(nodes):
            if isinstance(node, Group):
                index = index_of(node.children, node.aggregate, id(node))
                index = index if node.cap is None else np.minimum(index, node.cap)
                parts[:, n] = group_index[:, g_at[id(node)]] = index
            else:
                parts[:, n] = individual[:, i_at[id(node)]]
        share = shares(np.array([weight_of(node) for node in nodes]), ~np.isnan(parts), scheme.share_out)
        node_shares[key] = share
        return combine(parts, share, how or scheme.aggregate)  # type: ignore[arg-type]

    root = index_of(scheme.groups, None, 0)
    weight = np.zeros_like(individual)
    group_weight = np.zeros_like(group_index)

    def spread(nodes: tuple[Group | Indicator, ...], points: Array, key: int) -> None:
        mine = node_shares[key] * points[:, np.newaxis]
        if not any(weight_of(node) > 0 for node in nodes):
            mine = np.zeros_like(mine)
        for n, node in enumerate(nodes):
            if isinstance(node, Group):
                group_weight[:, g_at[id(node)]] = mine[:, n]
                spread(node.children, mine[:, n], id(node))
            else:
                weight[:, i_at[id(node)]] = mine[:, n]

    spread(scheme.groups, np.full(districts, scheme.full), 0)
    return Aggregated(root, group_index, group_weight, weight)


def nominal_full(scheme: Scheme) -> Array:
    """Full marks in points [1, I] when every indicator counts."""
    return aggregate(np.zeros((1, len(scheme.indicators))), scheme).weight
