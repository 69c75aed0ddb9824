"""熵权法: an indicator weighs more, the more unevenly its values are spread over the districts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ecoscore.methods.matrix import DecisionMatrix
from ecoscore.methods.normalise import normalise
from ecoscore.model.rule import Array


@dataclass(frozen=True, slots=True, eq=False)
class EntropyWeights:
    """normalised, proportion [D, I]; entropy, divergence = 1 - entropy, weights [I], which sum to 1."""

    normalised: Array
    proportion: Array
    entropy: Array
    divergence: Array
    weights: Array
    notes: tuple[str, ...] = ()


def entropy_weights(matrix: DecisionMatrix, normalisation: Literal["minmax", "sum"] = "minmax") -> EntropyWeights:
    """Proportions p = y/Σy; E = -Σ p ln p / ln n, with 0 ln 0 = 0; w = (1 - E)/Σ(1 - E).

    `minmax` turns every column by its direction first, so zeros and negative values are at home and no small constant
    is added to them; `sum` takes the values' own shares (lower-is-better: shares of 1/x) and refuses values for which
    these mean nothing. A constant column tells the districts apart in nothing: E = 1, weight 0, and a note names it.
    Sources: Shannon 1948; Elsayed, Dawood & Karthikeyan 2017 (Int. J. Eng. Trends Technol. 46(2) 60-66).
    """
    matrix.refuse_all_constant()
    y = normalise(matrix, normalisation)
    y = np.where(matrix.constant, 1.0, y)
    p = y / y.sum(axis=0)
    terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1.0)), 0.0)
    entropy = np.where(matrix.constant, 1.0, -terms.sum(axis=0) / np.log(len(matrix.districts)))
    divergence = np.where(matrix.constant, 0.0, np.maximum(1.0 - entropy, 0.0))
    notes = matrix.notes
    if matrix.constant_titles:
        notes += (f"各区县数值相同、信息熵为 1 而权重为 0 的指标：{'、'.join(matrix.constant_titles)}",)
    return EntropyWeights(y, p, entropy, divergence, divergence / divergence.sum(), notes)
