"""CRITIC: an indicator weighs more, the more it varies and the less the others already say what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecoscore.methods.matrix import DecisionMatrix
from ecoscore.methods.normalise import normalise
from ecoscore.methods.rank import average_ranks
from ecoscore.model.rule import Array

Correlation = Literal["pearson", "spearman"]


@dataclass(frozen=True, slots=True, eq=False)
class CriticWeights:
    """normalised [D, I]; deviation (sample standard deviation), conflict = Σ(1 - r), information, weights [I];
    correlation [I, I].
    """

    normalised: Array
    deviation: Array
    correlation: Array
    conflict: Array
    information: Array
    weights: Array
    notes: tuple[str, ...] = ()


def critic_weights(
    matrix: DecisionMatrix, *, scale: Literal["minmax", "none"] = "minmax", correlation: Correlation = "pearson"
) -> CriticWeights:
    """C_j = s_j Σ_k (1 - r_jk); w_j = C_j/ΣC, on columns turned by their direction.

    A constant column has no spread and no correlation: its weight is 0, it adds nothing to the others' conflict, and
    a note names it. Columns that all say the very same (every r = 1) share the weight by their spread.
    Sources: Diakoulaki, Mavrotas & Papayannakis 1995 (Comput. Oper. Res. 22(7) 763-770); Tuş & Aytaç Adalı 2019
    (Opsearch 56(2) 528-538).
    """
    matrix.refuse_all_constant()
    y = normalise(matrix, "minmax") if scale == "minmax" else matrix.oriented
    varied = ~matrix.constant
    deviation = np.where(varied, y.std(axis=0, ddof=1), 0.0)
    r = _correlation(np.apply_along_axis(average_ranks, 0, y) if correlation == "spearman" else y, varied)
    conflict = np.where(varied, np.where(varied, 1.0 - r, 0.0).sum(axis=1), 0.0)
    conflict = np.where(conflict < 1e-12, 0.0, conflict)
    information = deviation * conflict
    notes = matrix.notes
    if matrix.constant_titles:
        notes += (f"各区县数值相同、标准差为 0 而权重为 0 的指标：{'、'.join(matrix.constant_titles)}",)
    if information.sum() == 0:
        information = deviation
        notes += ("各指标完全相关（或只有一个有差别），冲突性都是 0，按标准差分配",)
    return CriticWeights(y, deviation, r, conflict, information, information / information.sum(), notes)


def _correlation(y: Array, varied: NDArray[np.bool_]) -> Array:
    centred = y - y.mean(axis=0)
    norm = np.where(varied, np.sqrt((centred * centred).sum(axis=0)), 1.0)
    unit = np.where(varied, centred / norm, 0.0)
    r: Array = np.clip(unit.T @ unit, -1.0, 1.0)
    np.fill_diagonal(r, 1.0)
    return r
