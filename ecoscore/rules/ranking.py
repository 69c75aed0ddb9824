"""Ranks: larger first, ties share a rank, the next is deferred (1, 2, 2, 4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.rule import Array


def rank_descending(values: Array) -> NDArray[np.int64]:
    """Competition ranks of a vector, 1 for the largest; NaN gets 0.

    Source: 绿色发展指数公报 and 山西公报表注: by the published two-decimal value, ties share, the next is deferred.
    """
    known = values[~np.isnan(values)]
    ranks = known.size - np.searchsorted(np.sort(known), values, side="right") + 1
    return np.where(np.isnan(values), 0, ranks).astype(np.int64)


def excel_rank(cell: str, cells: str) -> str:
    """The formula of a cell's rank among `cells` (rounded totals, so that ties are exact)."""
    return f"RANK({cell},{cells},0)"
