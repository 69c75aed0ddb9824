"""Rounding as the scheme says, in decimal arithmetic, once: GB/T 8170-2008 (half to even) or half up."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np

from ecoscore.model.rule import Array
from ecoscore.model.scheme import Rounding

_MODES = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP}


def round_text(text: str, decimals: int, rounding: Rounding) -> Decimal:
    """Round a decimal numeral to `decimals` places (negative: to tens, hundreds ...)."""
    return Decimal(text).quantize(Decimal(1).scaleb(-decimals), rounding=_MODES[rounding])


def round_decimal(x: float, decimals: int, rounding: Rounding) -> float:
    """Round a float by the 15 significant digits it is known to, as Excel does; NaN stays NaN.

    The nearest binary number to 0.285 lies below it; the 15 digits say 0.285, and that is what people see.
    """
    if not np.isfinite(x):
        return x
    return float(round_text(f"{x:.15g}", decimals, rounding))


def round_array(values: Array, decimals: int, rounding: Rounding) -> Array:
    """Element-wise `round_decimal`: fast where the digit after the last is clearly not a tie, decimal where it may be."""
    scaled = np.abs(values) * 10.0**decimals
    with np.errstate(invalid="ignore"):
        near_tie = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6 * np.maximum(scaled, 1.0)
    rounded = np.round(values, decimals)
    for at in zip(*np.nonzero(near_tie | (scaled > 1e9)), strict=True):
        rounded[at] = round_decimal(float(values[at]), decimals, rounding)
    return rounded + 0.0


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
