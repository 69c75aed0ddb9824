"""加权乘积: the geometric composite; a district that is nothing in one column is nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.errors import InputRefused
from ecoscore.methods.matrix import DecisionMatrix
from ecoscore.methods.normalise import normalise
from ecoscore.methods.rank import ranks_of
from ecoscore.methods.weights import shares
from ecoscore.model.rule import Array


@dataclass(frozen=True, slots=True, eq=False)
class WeightedProduct:
    """normalised [D, I]; weights [I]; log_score (log10), score, rank [D]."""

    normalised: Array
    weights: Array
    log_score: Array
    score: Array
    rank: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def weighted_product(matrix: DecisionMatrix, weights: Array | Sequence[float]) -> WeightedProduct:
    """P = Π y^w over columns as shares of their sum, w made to sum to 1; a share of 0 is refused, not moved.

    Sources: Bridgman 1922; Miller & Starr 1969.
    """
    w = shares(weights, len(matrix.indicators))
    y = normalise(matrix, "sum")
    if (y <= 0).any():
        d, i = (int(n) for n in np.argwhere(y <= 0)[0])
        raise InputRefused(
            f"加权乘积不能有 0，而{matrix.districts[d]}的“{matrix.titles[i]}”是 0", "请改用加权求和或 TOPSIS"
        )
    log_score = np.log10(y) @ w
    return WeightedProduct(y, w, log_score, np.power(10.0, log_score), ranks_of(log_score), matrix.notes)
