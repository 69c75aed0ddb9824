"""How a working paper writes its arithmetic, so that every rule's explanation reads alike."""

from __future__ import annotations

from ecoscore.model.rule import Number


def shown(value: float, places: int = 6) -> str:
    """An intermediate, to six places at most: enough to recompute, short enough to read."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return minus("0" if text == "-0" else text)


def minus(text: str) -> str:
    """A real minus sign, which cannot be taken for a dash or a range."""
    return text.replace("-", "−", 1) if text.startswith("-") else text


def put(number: Number | None) -> str:
    """A number put into a formula: negative ones in brackets."""
    if number is None:
        return "—"
    text = minus(number.text)
    return f"（{text}）" if text.startswith("−") else text


def constant(value: float) -> str:
    """A parameter put into a formula."""
    return put(Number(value, f"{value:.15g}"))


def literal(value: float) -> str:
    """A parameter as Excel reads it: a plain decimal, negative ones in brackets."""
    text = f"{value:.15g}"
    return f"({text})" if value < 0 else text
