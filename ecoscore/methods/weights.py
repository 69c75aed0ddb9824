"""Checks of a weight vector, shared by whatever takes one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.model.rule import Array


def shares(weights: Array | Sequence[float], count: int, what: str = "权重") -> Array:
    """Weights as shares that sum to 1; refused unless there are `count`, finite, not negative, and not all 0."""
    found = np.asarray(weights, dtype=np.float64)
    if found.shape != (count,):
        raise InputRefused(f"{what}有 {found.size} 个，指标有 {count} 个，对不上", "每个指标要有一个权重，次序一致")
    if not np.isfinite(found).all() or (found < 0).any():
        n = int(np.flatnonzero(~np.isfinite(found) | (found < 0))[0])
        raise InputRefused(f"第 {n + 1} 个{what}是 {found[n]:g}，应为不小于 0 的数", "请改正后再算")
    total = float(found.sum())
    if total == 0:
        raise InputRefused(f"{what}全是 0，无从分配", "请至少给一个指标大于 0 的权重")
    return found / total
