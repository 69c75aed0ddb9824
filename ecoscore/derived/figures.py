"""How a working paper of a derived indicator writes its figures."""

from __future__ import annotations

import math

from ecoscore.model.rule import Number

UNKNOWN = "—"


def shown(value: float) -> str:
    """An intermediate: six decimals at most, six significant digits where it is small; a real minus sign.

    Concentrations of mercury run to 0.00001 mg/L, so a fixed number of decimals would print them as 0.
    """
    if not math.isfinite(value):
        return UNKNOWN
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if not -12 <= exponent < 15:
        mantissa = f"{value:.5e}".split("e", maxsplit=1)[0].rstrip("0").rstrip(".")
        text = f"{mantissa}×10^{int(f'{value:.5e}'.split('e')[1])}"
    else:
        text = f"{value:.{6 if exponent >= -3 else 5 - exponent}f}".rstrip("0").rstrip(".")
    return text.replace("-", "−", 1) if text.startswith("-") else text


def put(number: Number | None) -> str:
    """A number put into a formula: negative ones in brackets, a missing one as a dash."""
    if number is None or not math.isfinite(number.value):
        return UNKNOWN
    text = number.text.replace("-", "−", 1) if number.text.startswith("-") else number.text
    return f"（{text}）" if text.startswith("−") else text


def result(value: float) -> str:
    """An intermediate put into the next formula: as `shown`, negative ones in brackets."""
    text = shown(value)
    return f"（{text}）" if text.startswith("−") else text


def equation(numbers: str, value: float) -> str:
    """The figures and what they come to; a sentence where they come to nothing."""
    if not math.isfinite(value):
        return f"{numbers}，无法计算"
    return numbers if numbers == shown(value) else f"{numbers}＝{shown(value)}"


def plain(value: float) -> str:
    """A constant of a standard as Excel and a reader both take it: a plain decimal."""
    text = f"{value:.15f}".rstrip("0").rstrip(".")
    return f"({text})" if value < 0 else text
