"""加权求和: the plain composite of normalised columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.methods.matrix import DecisionMatrix
from ecoscore.methods.normalise import Normalisation, normalise
from ecoscore.methods.rank import ranks_of
from ecoscore.methods.weights import shares
from ecoscore.model.rule import Array


@dataclass(frozen=True, slots=True, eq=False)
class WeightedSum:
    """normalised, weighted [D, I]; weights [I]; score, rank [D]."""

    normalised: Array
    weights: Array
    weighted: Array
    score: Array
    rank: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def weighted_sum(
    matrix: DecisionMatrix, weights: Array | Sequence[float], normalisation: Normalisation = "minmax"
) -> WeightedSum:
    """S = Σ w y, w made to sum to 1.

    Sources: Fishburn 1967; Kracka, Brauers & Zavadskas 2010 (Engineering Economics 21(4) 352-359).
    """
    w = shares(weights, len(matrix.indicators))
    y = normalise(matrix, normalisation)
    v = y * w
    score = v.sum(axis=1)
    return WeightedSum(y, w, v, score, ranks_of(score), matrix.notes)
