"""Four ways to make columns comparable, each larger-is-better afterwards whatever the direction was."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.methods.matrix import DecisionMatrix
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Direction

Normalisation = Literal["minmax", "vector", "max", "sum"]
NORMALISATION_TITLES = {"minmax": "极差标准化", "vector": "向量规范化", "max": "最大值法", "sum": "比重法"}


def normalise(matrix: DecisionMatrix, how: Normalisation) -> Array:
    """[D, I], larger is better.

    minmax: (x - min)/(max - min), lower-is-better (max - x)/(max - min); a constant column is 1 for everyone.
    vector: x/√Σx², lower-is-better 1 - x/√Σx². max: x/max, lower-is-better 1 - x/max.
    sum: x/Σx, lower-is-better (1/x)/Σ(1/x).
    A range column enters as its degree of satisfaction (see `DecisionMatrix.oriented`), then like a higher-is-better
    one; under minmax it is that degree itself, since its 0 and 1 already mean something.
    `max` and `sum` refuse values for which a share means nothing. An all-zero column stays 0 under vector, max, sum.
    Sources: Hwang & Yoon 1981 (vector); Opricovic & Tzeng 2004 (minmax); Kracka, Brauers & Zavadskas 2010 (sum).
    """
    if how not in get_args(Normalisation):
        raise InputRefused(f"没有这种标准化：{how}", f"可用：{'、'.join(NORMALISATION_TITLES.values())}")
    lower = np.array([d is Direction.LOWER for d in matrix.directions])
    ranged = np.array([d is Direction.RANGE for d in matrix.directions])
    if how == "minmax":
        return _minmax(matrix.oriented, ranged)
    if how in {"max", "sum"}:
        matrix.refuse_below(0.0, ~ranged, NORMALISATION_TITLES[how])
    x = np.where(ranged, matrix.oriented, matrix.values)
    if how == "sum":
        matrix.refuse_below(0.0, lower, "逆向指标取倒数", strict=True)
        x = np.where(lower, 1.0 / np.where(lower, x, 1.0), x)
        return _over(x, x.sum(axis=0))
    share = _over(x, np.sqrt((x * x).sum(axis=0)) if how == "vector" else x.max(axis=0))
    return np.where(lower, 1.0 - share, share)


def _minmax(oriented: Array, ranged: Array) -> Array:
    low, span = oriented.min(axis=0), np.ptp(oriented, axis=0)
    share = np.where(span == 0, 1.0, (oriented - low) / np.where(span == 0, 1.0, span))
    return np.where(ranged, oriented, share)


def _over(x: Array, whole: Array) -> Array:
    return np.where(whole == 0, 0.0, x / np.where(whole == 0, 1.0, whole))


def reciprocal(matrix: DecisionMatrix) -> DecisionMatrix:
    """Lower-is-better columns turned into higher-is-better ones by 1/x (低优指标取倒数); refuses values not above 0.

    Source: the Chinese textbook form of TOPSIS (医学统计学, 五煤矿粉尘危害例).
    """
    lower = np.array([d is Direction.LOWER for d in matrix.directions])
    matrix.refuse_below(0.0, lower, "逆向指标取倒数", strict=True)
    values = np.where(lower, 1.0 / np.where(lower, matrix.values, 1.0), matrix.values)
    turned = tuple(Direction.HIGHER if d is Direction.LOWER else d for d in matrix.directions)
    return DecisionMatrix(
        values, matrix.districts, matrix.indicators, matrix.titles, turned, matrix.ideals, matrix.limits, matrix.notes
    )
