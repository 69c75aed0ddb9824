"""The sample's figures per indicator: bounds, mean, count, ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecoscore.model.rule import Array, Bounds
from ecoscore.rules.ranking import rank_descending


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """worst, best, mean, count: [1, I]; rank [D, I], 1 best, NaN where there is no value or no rule asks for it."""

    worst: Array
    best: Array
    mean: Array
    count: Array
    rank: Array


def extremes(values: Array) -> tuple[Array, Array]:
    """The least and the greatest of each column [I], NaN passed over; NaN where a column has nothing else."""
    if not values.shape[0]:
        return np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    low, high = values.min(axis=0), values.max(axis=0)
    if np.isnan(low).any():
        low, high = np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    return low, high


def _mean(values: Array) -> tuple[Array, Array]:
    """The mean and the number of what is known in each column [I]."""
    total = values.sum(axis=0)
    count = np.full(values.shape[1], float(values.shape[0]))
    if (gaps := np.isnan(total)).any():
        known = ~np.isnan(values[:, gaps])
        count[gaps] = known.sum(axis=0)
        total[gaps] = np.where(known, values[:, gaps], 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0), count


def describe(
    values: Array,
    bounds: list[Bounds | None],
    toward: list[int],
    ideals: list[tuple[float, float] | None],
    needs_rank: list[bool],
) -> Sample:
    """Figures of `values` [D, I], NaN left out. Sample bounds are turned by `toward` (+1: larger is better).

    For a range indicator (an ideal is given) worst and best become the lower and upper limit of sample and ideal.
    """
    low, high = extremes(values)
    mean, count = _mean(values)
    worst, best = np.full_like(low, np.nan), np.full_like(low, np.nan)
    rank = np.full_like(values, np.nan) if any(needs_rank) else np.broadcast_to(np.nan, values.shape)
    for i, bound in enumerate(bounds):
        if bound is not None and bound.worst is not None and bound.best is not None:
            worst[i], best[i] = bound.worst, bound.best
        elif bound is not None and (ideal := ideals[i]) is not None:
            worst[i], best[i] = np.fmin(low[i], ideal[0]), np.fmax(high[i], ideal[1])
        elif bound is not None:
            worst[i], best[i] = (low[i], high[i]) if toward[i] > 0 else (high[i], low[i])
        if needs_rank[i]:
            ranks = rank_descending(values[:, i] * toward[i])
            rank[:, i] = np.where(ranks > 0, ranks, np.nan)
    row = np.newaxis
    return Sample(worst[row], best[row], mean[row], count[row], rank)


def nothing(shape: tuple[int, ...]) -> Sample:
    """The figures of values that do not exist."""
    none = np.full((1, shape[1]), np.nan)
    return Sample(none, none, none, none, np.broadcast_to(np.nan, shape))
