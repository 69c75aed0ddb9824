"""组合赋权: subjective and objective weights made into one vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ecoscore.errors import InputRefused
from ecoscore.methods.weights import shares
from ecoscore.model.rule import Array

Combination = Literal["multiplicative", "linear"]
COMBINATION_TITLES = {"multiplicative": "乘法合成", "linear": "线性加权"}


@dataclass(frozen=True, slots=True, eq=False)
class CombinedWeights:
    """subjective, objective, weights [I], each summing to 1; `alpha` the share of the subjective (linear only)."""

    subjective: Array
    objective: Array
    how: Combination
    alpha: float | None
    weights: Array
    notes: tuple[str, ...] = ()


def combine_weights(
    subjective: Array | Sequence[float],
    objective: Array | Sequence[float],
    how: Combination = "multiplicative",
    alpha: float = 0.5,
) -> CombinedWeights:
    """multiplicative: w = s o / Σ s o; linear: w = α s + (1 - α) o, with s and o each made to sum to 1.

    Multiplying lets either side veto: a weight of 0 stays 0. Where every product is 0 it is refused.
    Source: 乘法合成归一法与线性加权法 (组合赋权的两种通行做法; recalled).
    """
    if how not in COMBINATION_TITLES:
        raise InputRefused(f"没有这种组合方法：{how}", "可用：multiplicative（乘法合成）、linear（线性加权）")
    if not 0 <= alpha <= 1:
        raise InputRefused(f"主观权重的占比应在 0 与 1 之间，写的是 {alpha:g}", "如 0.5 表示主客观各半")
    s = shares(subjective, len(subjective), "主观权重")
    o = shares(objective, len(s), "客观权重")
    if how == "linear":
        return CombinedWeights(s, o, how, alpha, alpha * s + (1 - alpha) * o)
    product = s * o
    if product.sum() == 0:
        raise InputRefused("主观与客观权重没有同时大于 0 的指标，乘法合成全是 0", "请改用线性加权")
    return CombinedWeights(s, o, how, None, product / product.sum())
