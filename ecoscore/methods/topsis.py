"""TOPSIS: nearest to the best of everything and farthest from the worst of everything."""

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
class TopsisRanking:
    """normalised, weighted [D, I]; weights, ideal, anti_ideal [I]; distance_best, distance_worst, score, rank [D]."""

    normalised: Array
    weights: Array
    weighted: Array
    ideal: Array
    anti_ideal: Array
    distance_best: Array
    distance_worst: Array
    score: Array
    rank: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def topsis(
    matrix: DecisionMatrix,
    weights: Array | Sequence[float],
    normalisation: Normalisation = "vector",
    *,
    fixed: bool = False,
) -> TopsisRanking:
    """Weighted v = w y; D⁺ = √Σ(v - v⁺)², D⁻ = √Σ(v - v⁻)², v⁺ and v⁻ the best and worst v of each column; C = D⁻/(D⁺ + D⁻).

    With `fixed` the ideal is y = 1 and its opposite y = 0 rather than the sample's best and worst: over columns of
    satisfaction with an interval this is the reference ideal method (RIM).
    A constant column moves nobody. Refused where nothing tells the districts apart.
    Sources: Hwang & Yoon 1981; Opricovic & Tzeng 2004 (EJOR 156(2) 445-455) for minmax; Cables, Lamata & Verdegay
    2016 (Information Sciences 337) for RIM; reciprocals before it, as Chinese textbooks do: `normalise.reciprocal`.
    """
    matrix.refuse_all_constant()
    w = shares(weights, len(matrix.indicators))
    y = normalise(matrix, normalisation)
    v = y * w
    ideal, anti = (w, np.zeros_like(w)) if fixed else (v.max(axis=0), v.min(axis=0))
    best = np.sqrt(((v - ideal) ** 2).sum(axis=1))
    worst = np.sqrt(((v - anti) ** 2).sum(axis=1))
    whole = best + worst
    # Both distances are 0 only where all weight lies on constant columns: everybody is best and worst at once.
    score = np.where(whole == 0, 0.5, worst / np.where(whole == 0, 1.0, whole))
    notes = matrix.notes
    if matrix.constant_titles:
        notes += (f"各区县数值相同、不影响名次的指标：{'、'.join(matrix.constant_titles)}",)
    return TopsisRanking(y, w, v, ideal, anti, best, worst, score, ranks_of(score), notes)
