"""等权: every indicator weighs the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.model.rule import Array


@dataclass(frozen=True, slots=True, eq=False)
class EqualWeights:
    """`weights` [I] sum to 1."""

    weights: Array
    notes: tuple[str, ...] = ()


def equal_weights(count: int) -> EqualWeights:
    """Weights w = 1/n. The yardstick of any other weighting (OECD/JRC, Handbook on Constructing Composite Indicators, 2008)."""
    if count < 1:
        raise InputRefused("没有选指标", "请至少选一个指标")
    return EqualWeights(np.full(count, 1.0 / count))
