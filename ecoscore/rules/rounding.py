"""Rounding as the scheme says, in decimal arithmetic, once: GB/T 8170-2008 (half to even) or half up."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

import numpy as np

from ecoscore.model.rule import Array
from ecoscore.model.scheme import Rounding

_MODES = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP}
_WIDE = Context(prec=400)  # any float, written out
_BLOCK = 16_384  # values: 128 kB
_DOUBT = 1e-13


def round_text(text: str, decimals: int, rounding: Rounding) -> Decimal:
    """Round a decimal numeral to `decimals` places (negative: to tens, hundreds ...)."""
    return Decimal(text).quantize(Decimal(1).scaleb(-decimals), _MODES[rounding], _WIDE)


def round_decimal(x: float, decimals: int, rounding: Rounding) -> float:
    """Round a float by the 15 significant digits it is known to, as Excel does; NaN stays NaN.

    The nearest binary number to 0.285 lies below it; the 15 digits say 0.285, and that is what people see.
    """
    if not np.isfinite(x):
        return x
    return float(round_text(f"{x:.15g}", decimals, rounding))


def round_array(values: Array, decimals: int, rounding: Rounding) -> Array:
    """Element-wise `round_decimal`: in binary where that is clearly no tie, in decimal arithmetic where it may be one."""
    if not values.size:
        return values.copy()
    if values.size <= _BLOCK:
        return _round_block(values, decimals, rounding)
    rounded = np.empty(values.shape)
    rows = max(1, _BLOCK * values.shape[0] // values.size)
    for start in range(0, values.shape[0], rows):  # by blocks that stay in the processor's cache
        rounded[start : start + rows] = _round_block(values[start : start + rows], decimals, rounding)
    return rounded


def _round_block(values: Array, decimals: int, rounding: Rounding) -> Array:
    """Scaled by a power of ten, a value is off by at most some 1e-15 of itself, and its fifteen digits by 5e-15: only
    what lies within 1e-13 of a half (twenty times that) may round otherwise than it does in binary.
    """
    power = 10.0 ** abs(decimals)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = values * power if decimals >= 0 else values / power
        rounded = np.rint(scaled)
        beside = np.abs(scaled - rounded)
        size = np.abs(rounded)
        # NaN and infinity make the comparison false, so that they too go the careful way.
        careful = not beside.max() <= 0.5 - _DOUBT * max(size.max(), 1.0)
        near = ~(beside <= 0.5 - _DOUBT * np.maximum(size, 1.0)) & np.isfinite(values) if careful else None
        rounded = rounded / power if decimals >= 0 else rounded * power
    rounded += 0.0  # no negative zero
    if near is not None:
        rounded[near] = [round_decimal(x, decimals, rounding) for x in values[near].tolist()]
    return rounded


def format_decimal(x: float, decimals: int, rounding: Rounding) -> str:
    """Rounded and printed with exactly `decimals` places; "" for NaN. Zero has no sign."""
    if not np.isfinite(x):
        return ""
    text = f"{round_text(f'{x:.15g}', decimals, rounding):.{max(decimals, 0)}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def excel_round(expression: str, decimals: int, rounding: Rounding) -> str:
    """The same as an Excel formula. ROUND is half up; half to even sends an exact tie to twice its rounded half.

    The detour over 15 digits of text makes every program see the tie that people see: ROUND alone decides by the
    binary number, each program in its own way.
    """
    known = _fifteen_digits(expression)
    if rounding == "half_up":
        return f"ROUND({known},{decimals})"
    scaled = _fifteen_digits(f"{known}*10^{decimals}")
    return f"IF(MOD({scaled},1)=0.5,2*ROUND({scaled}/2,0)/10^{decimals},ROUND({known},{decimals}))"


def _fifteen_digits(expression: str) -> str:
    return f'VALUE(TEXT({expression},"0.00000000000000E+00"))'
