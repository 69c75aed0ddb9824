"""The arithmetic of formulas on arrays: what cannot be computed is NaN, never a warning, and NaN is never lost.

Two numbers that differ by less than 2⁻⁴⁸ of themselves are the same number, as in LibreOffice and, to 15 digits, in
Excel: 0.1 + 0.2 equals 0.3, and their difference is 0. A result too large for a float is NaN, where Excel has #NUM!.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.rule import Array

Truth = NDArray[np.bool_]

_SAME = 2.0**-48


@np.errstate(all="ignore")
def finite(a: Array) -> Array:
    return np.where(np.isfinite(a), a, np.nan)


@np.errstate(all="ignore")
def same(a: Array, b: Array) -> Truth:
    """Whether two numbers agree, as booleans; false where either is NaN."""
    agree: Truth = (a == b) | (np.abs(a - b) < _SAME * np.minimum(np.abs(a), np.abs(b)))
    return agree


@np.errstate(all="ignore")
def add(a: Array, b: Array) -> Array:
    return finite(np.where(same(a, -b), 0.0, a + b))


@np.errstate(all="ignore")
def subtract(a: Array, b: Array) -> Array:
    return finite(np.where(same(a, b), 0.0, a - b))


@np.errstate(all="ignore")
def multiply(a: Array, b: Array) -> Array:
    return finite(a * b)


@np.errstate(all="ignore")
def divide(a: Array, b: Array) -> Array:
    """NaN where b is 0."""
    return finite(a / b)


@np.errstate(all="ignore")
def ratio(a: Array, b: Array) -> Array:
    """Quotient a / b for a quantity b that only makes sense above 0: NaN elsewhere."""
    return np.where(b > 0, divide(a, b), np.nan)


@np.errstate(all="ignore")
def power(a: Array, b: Array) -> Array:
    """NaN for a negative base with a fractional exponent, and for 0 to the power 0 or less."""
    meaningless = ((a == 0) & (b <= 0)) | ((a < 0) & (b != np.floor(b))) | np.isnan(a) | np.isnan(b)
    return finite(np.where(meaningless, np.nan, np.power(a, b)))


@np.errstate(all="ignore")
def root(a: Array) -> Array:
    return finite(np.sqrt(a))


def total(parts: Sequence[Array]) -> Array:
    """From left to right, as one adds with a calculator."""
    return reduce(add, parts)


def average(parts: Sequence[Array]) -> Array:
    return divide(total(parts), np.float64(len(parts)))  # type: ignore[arg-type]


def least(parts: Sequence[Array]) -> Array:
    return reduce(np.minimum, parts)


def greatest(parts: Sequence[Array]) -> Array:
    return reduce(np.maximum, parts)


_COMPARE: Mapping[str, Callable[[Array, Array], Truth]] = {
    "<": lambda a, b: (a < b) & ~same(a, b),
    "<=": lambda a, b: (a < b) | same(a, b),
    ">": lambda a, b: (a > b) & ~same(a, b),
    ">=": lambda a, b: (a > b) | same(a, b),
    "=": same,
    "<>": lambda a, b: ~same(a, b),
}


@np.errstate(all="ignore")
def compare(sign: str, a: Array, b: Array) -> Array:
    """1 where it holds, 0 where not, NaN where a side is NaN."""
    return np.where(np.isnan(a) | np.isnan(b), np.nan, _COMPARE[sign](a, b).astype(float))


def every(conditions: Sequence[Array]) -> Array:
    """All hold; NaN where any is unknown, as Excel's AND passes an error on."""
    return reduce(np.minimum, conditions)


def some(conditions: Sequence[Array]) -> Array:
    return reduce(np.maximum, conditions)


def choose(condition: Array, then: Array, other: Array) -> Array:
    """The branch the condition picks; what the other branch holds, NaN too, does not matter."""
    return np.where(np.isnan(condition), np.nan, np.where(condition != 0, then, other))


def rounded(a: Array, decimals: int, *, to_even: bool) -> Array:
    """Rounded in decimal from the 15 significant digits Excel knows a number by: half up, or half to even (GB/T 8170)."""
    mode, unit = ROUND_HALF_EVEN if to_even else ROUND_HALF_UP, Decimal(1).scaleb(-decimals)

    def one(x: float) -> float:
        if not np.isfinite(x) or abs(x) >= 1e15:
            return x
        return float(Decimal(f"{x:.15g}").quantize(unit, rounding=mode)) + 0.0

    return np.array([one(float(x)) for x in np.ravel(a)], dtype=float).reshape(np.shape(a))


@np.errstate(all="ignore")
def common_log(a: Array) -> Array:
    return finite(np.log10(a))
