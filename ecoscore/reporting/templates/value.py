"""What a field puts in: the text as printed, and where there is one the number that a bureau's own formulas take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ecoscore.reporting.view_parts import NOT_APPLICABLE, Figure

_PERCENT = ("%", "％")
# Quoted words, escaped and padding signs, conditions in brackets: a percent sign among them scales nothing.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|!.|\[[^\]]*\]')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Value:
    """`text` is never empty. `number` is the printed one, rounded as the scheme says; `percent`: it is in per cent."""

    text: str
    number: float | int | None = None
    percent: bool = False

    @property
    def own_format(self) -> str:
        """The number format that shows the number as it is printed: sign, decimals, per cent."""
        digits = self.text.lstrip("+-−")
        places = len(digits.rstrip("%").partition(".")[2])
        body = "0" + ("." + "0" * places if places and "e" not in digits else "")
        if "e" in digits:
            return "General"
        if digits.endswith("%"):
            body += '"%"'
        return f'+{body};"−"{body};{body}' if self.text.startswith("+") or digits.endswith("%") else f'{body};"−"{body}'


def of_text(text: str | None) -> Value:
    """A text as it stands, without the signs that no document can hold; a dash for none."""
    return Value(_CONTROL.sub("", text or "").strip() or NOT_APPLICABLE)


def of_count(number: int | None, otherwise: str = NOT_APPLICABLE) -> Value:
    return Value(otherwise) if number is None else Value(str(number), number)


def of_figure(figure: Figure, unit: str = "") -> Value:
    """A figure of a view; the number is what its text says, so that sums over printed figures come out as printed."""
    if figure.raw is None:
        return of_text(figure.text)
    digits = figure.text.replace("−", "-").rstrip("%").lstrip("+")
    number = int(digits) if re.fullmatch(r"-?\d+", digits) else float(digits)
    return Value(figure.text, number, unit in _PERCENT or figure.text.endswith("%"))


def scales_percent(number_format: str) -> bool:
    r"""Whether a format multiplies by a hundred: `0.0%` does, `0.0"%"` and `0.0\\%` do not."""
    return "%" in _LITERAL.sub("", number_format)
