"""The sample's figures per indicator: bounds, mean, count, ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.rule import Array, Bounds
from ecoscore.rules.ranking import rank_descending
from ecoscore.rules.unknown import all_finite, any_unknown


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """worst, best, mean, count: [1, I]; rank [D, I], 1 best, NaN where there is no value or no rule asks for it.

    low, high: [I] the extremes as they are. `whole`: every value is a finite number.
    """

    worst: Array
    best: Array
    mean: Array
    count: Array
    rank: Array
    low: Array
    high: Array
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class SampleSpec:
    """Which figures to take, a column each: `worst`, `best` where they are `fixed` (NaN where a rule has no bounds);
    `upward` where larger is better; `ranged` columns and their `ideals` [2, K]; `ranks`: columns and which way is up.
    """

    worst: Array
    best: Array
    fixed: NDArray[np.bool_] | None
    upward: NDArray[np.bool_]
    ranged: list[int]
    ideals: Array
    ranks: tuple[tuple[int, int], ...]

    @classmethod
    def of(
        cls,
        bounds: Sequence[Bounds | None],
        toward: Sequence[int],
        ideals: Sequence[tuple[float, float] | None],
        needs_rank: Sequence[bool],
    ) -> SampleSpec:
        pairs = [(b.worst, b.best) if b is not None else (None, None) for b in bounds]
        fixed = np.array([b is None or b.worst is not None for b in bounds], dtype=np.bool_)
        ranged = [n for n, ideal in enumerate(ideals) if ideal is not None and not fixed[n]]
        return cls(
            np.array([np.nan if worst is None else worst for worst, _ in pairs]),
            np.array([np.nan if best is None else best for _, best in pairs]),
            fixed if fixed.any() else None,
            np.array([t > 0 for t in toward], dtype=np.bool_),
            ranged,
            np.array([ideals[n] for n in ranged], dtype=np.float64).reshape(-1, 2).T,
            tuple((n, toward[n]) for n, asked in enumerate(needs_rank) if asked),
        )


def extremes(values: Array) -> tuple[Array, Array]:
    """The least and the greatest of each column [I], NaN passed over; NaN where a column has nothing else."""
    if not values.shape[0]:
        return np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    low, high = values.min(axis=0), values.max(axis=0)
    if any_unknown(low):
        gaps = np.isnan(low)
        some = values[:, gaps]
        low[gaps], high[gaps] = np.fmin.reduce(some, axis=0), np.fmax.reduce(some, axis=0)
    return low, high


def turned(spec: SampleSpec, low: Array, high: Array) -> tuple[Array, Array]:
    """The extremes [I] as worst and best: by direction, fixed ones in their place.

    For a range indicator worst and best are the lower and upper limit of sample and ideal.
    """
    worst, best = np.where(spec.upward, low, high), np.where(spec.upward, high, low)
    if spec.ranged:
        worst[spec.ranged] = np.fmin(low[spec.ranged], spec.ideals[0])
        best[spec.ranged] = np.fmax(high[spec.ranged], spec.ideals[1])
    if spec.fixed is not None:
        np.copyto(worst, spec.worst, where=spec.fixed)
        np.copyto(best, spec.best, where=spec.fixed)
    return worst, best


def _mean(values: Array) -> tuple[Array, Array, bool]:
    """The mean and the number of what is known in each column [I], and whether all is known and finite."""
    total = values.sum(axis=0)
    count = np.full(values.shape[1], float(values.shape[0]))
    if values.shape[0] and all_finite(total):
        total /= count
        return total, count, True
    if (gaps := np.isnan(total)).any():
        known = ~np.isnan(values[:, gaps])
        count[gaps] = known.sum(axis=0)
        total[gaps] = np.where(known, values[:, gaps], 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0), count, False


def describe(values: Array, spec: SampleSpec, nothing: Array) -> Sample:
    """Figures of `values` [D, I], NaN left out. `nothing`: a page [D, I] of NaN, for what no rule asks for."""
    mean, count, whole = _mean(values)
    low, high = extremes(values)
    worst, best = turned(spec, low, high)
    rank = nothing
    if spec.ranks:
        rank = np.full(values.shape, np.nan)
        for i, toward in spec.ranks:
            ranks = rank_descending(values[:, i] * toward)
            rank[:, i] = np.where(ranks > 0, ranks, np.nan)
    row = np.newaxis
    return Sample(worst[row], best[row], mean[row], count[row], rank, low, high, whole)


def nothing_of(nothing: Array) -> Sample:
    """The figures of values that do not exist."""
    none = nothing[:1] if nothing.shape[0] else np.full((1, nothing.shape[1]), np.nan)
    return Sample(none, none, none, none, nothing, none[0], none[0], whole=False)
