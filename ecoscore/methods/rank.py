"""Ranks of scores, and how alike two rankings are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.rule import Array
from ecoscore.rules.ranking import rank_descending

_DIGITS = 12


def ranks_of(scores: Array) -> NDArray[np.int64]:
    """Competition ranks (1, 2, 2, 4), larger first; scores that differ by less than 1e-12 are a tie."""
    return rank_descending(np.round(scores, _DIGITS) + 0.0)


def average_ranks(values: Array) -> Array:
    """Ranks from the smallest, ties sharing the mean of their places: what Spearman's coefficient is made from."""
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left")
    last = np.searchsorted(ordered, values, side="right")
    mean: Array = (first + last + 1) / 2.0
    return mean


def spearman(a: Array, b: Array) -> float | None:
    """Pearson's coefficient of the average ranks (Spearman 1904); None where one ranking is all ties."""
    x, y = average_ranks(np.asarray(a, dtype=np.float64)), average_ranks(np.asarray(b, dtype=np.float64))
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return None if size == 0 else float(np.clip((x * y).sum() / size, -1.0, 1.0))


def kendall(a: Array, b: Array) -> float | None:
    """Kendall's τ-b, ties allowed for (Kendall 1945); None where one ranking is all ties.

    Row by row, so that a ranking of thousands needs no matrix of millions.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    agree = tied_a = tied_b = 0.0
    for n in range(len(a) - 1):
        x, y = np.sign(a[n] - a[n + 1 :]), np.sign(b[n] - b[n + 1 :])
        agree += float((x * y).sum())
        tied_a += float((x == 0).sum())
        tied_b += float((y == 0).sum())
    pairs = len(a) * (len(a) - 1) / 2
    size = float(np.sqrt((pairs - tied_a) * (pairs - tied_b)))
    return None if size == 0 else float(np.clip(agree / size, -1.0, 1.0))
