"""Ranks: larger first, ties share a rank, the next is deferred (1, 2, 2, 4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.rule import Array
from ecoscore.rules.unknown import any_unknown


def rank_descending(values: Array) -> NDArray[np.int64]:
    """Competition ranks of a vector, 1 for the largest; NaN gets 0.

    Source: 绿色发展指数公报 and 山西公报表注: by the published two-decimal value, ties share, the next is deferred.
    """
    known = values[~np.isnan(values)] if any_unknown(values) else values
    ranks: NDArray[np.int64] = known.size + 1 - np.sort(known).searchsorted(values, side="right")
    if known is not values:
        ranks[np.isnan(values)] = 0
    return ranks


def excel_rank(cell: str, cells: str) -> str:
    """The formula of a cell's rank among `cells` (rounded totals, so that ties are exact)."""
    return f"RANK({cell},{cells},0)"
