"""灰色关联分析: how closely a district follows the best of everything."""

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
class GreyRanking:
    """normalised, difference, coefficient [D, I]; reference, weights [I]; score (关联度), rank [D]; rho."""

    normalised: Array
    reference: Array
    difference: Array
    rho: float
    coefficient: Array
    weights: Array
    score: Array
    rank: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def grey_relation(matrix: DecisionMatrix, weights: Array | Sequence[float], rho: float = 0.5) -> GreyRanking:
    """Δ = |y⁰ - y| on min-max columns, y⁰ the best of each; ξ = (Δmin + ρ Δmax)/(Δ + ρ Δmax); γ = Σ w ξ.

    Δmin and Δmax are over the whole table. In a constant column everyone is at the reference, ξ = 1.
    Source: Deng 1982 (Systems & Control Letters 1(5) 288-294), 1989 (J. Grey System 1(1) 1-24); ρ = 0.5 by custom.
    """
    if not 0 < rho <= 1:
        raise InputRefused(f"分辨系数应大于 0、不大于 1，写的是 {rho:g}", "通常取 0.5")
    matrix.refuse_all_constant()
    w = shares(weights, len(matrix.indicators))
    y = normalise(matrix, "minmax")
    reference = y.max(axis=0)
    difference = np.abs(reference - y)
    least, most = float(difference.min()), float(difference.max())
    coefficient = (least + rho * most) / (difference + rho * most)
    score = coefficient @ w
    notes = matrix.notes
    if matrix.constant_titles:
        notes += (f"各区县数值相同、关联系数都是 1 的指标：{'、'.join(matrix.constant_titles)}",)
    return GreyRanking(y, reference, difference, rho, coefficient, w, score, ranks_of(score), notes)
