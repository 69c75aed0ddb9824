"""Numbers as printed: scores by the scheme's decimals, values as they were entered, never a blank."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import plain
from ecoscore.model.scheme import Scheme
from ecoscore.reporting.view_parts import MISSING, NO_DATA, NO_FIGURE, NOT_APPLICABLE, Figure
from ecoscore.rules.rounding import format_decimal
from ecoscore.rules.wording import minus

_STATE_TEXTS = {
    Status.MISSING: MISSING,
    Status.NOT_APPLICABLE: NOT_APPLICABLE,
    Status.NO_DATA: NO_DATA,
    Status.NOT_CONCERNED: NOT_APPLICABLE,
}


def score_figure(value: float, scheme: Scheme, *, signed: bool = False) -> Figure:
    """A score at the scheme's decimals; `raw` keeps what was given, unrounded."""
    if math.isnan(value):
        return NO_FIGURE
    return Figure(value, fixed(value, scheme.decimals, scheme, signed=signed))


def fixed(value: float, decimals: int, scheme: Scheme, *, signed: bool = False) -> str:
    """`value` rounded once as the scheme says, with all its decimals; a zero never carries a sign."""
    text = minus(format_decimal(value, decimals, scheme.rounding))
    return f"+{text}" if signed and text[0].isdigit() and text.strip("0.") else text


def weight_figures(weights: Sequence[float], scheme: Scheme) -> tuple[Figure, ...]:
    """Full marks with equal decimals: none where all are whole, else up to the scheme's; 0 is a weight given away."""
    needed = max((decimals_of(round(w, max(scheme.decimals, 2))) for w in weights if not math.isnan(w)), default=0)
    return tuple(Figure(w, fixed(w, needed, scheme)) if w else NO_FIGURE for w in weights)


def decimals_of(value: float) -> int:
    """How many decimals a number is written with."""
    return len(plain(value).partition(".")[2])


def aligned(values: Iterable[float]) -> tuple[Figure, ...]:
    """Figures of one kind with the decimals of the longest, so that 92.6 stands beside 93.0."""
    values = list(values)
    texts = [plain(v) for v in values]
    places = max((len(t.partition(".")[2]) for t in texts if "e" not in t), default=0)
    return tuple(
        NO_FIGURE if math.isnan(v) else Figure(v, minus(t if "e" in t else f"{Decimal(t):.{places}f}"))
        for v, t in zip(values, texts, strict=True)
    )


def state_figure(status: Status) -> Figure:
    """What stands in place of a value that is not there."""
    return Figure(None, _STATE_TEXTS[status])


def difference(value: float, baseline: float) -> float:
    """What a person gets who subtracts the printed figures."""
    if math.isnan(value) or math.isnan(baseline):
        return math.nan
    return float(Decimal(plain(value)) - Decimal(plain(baseline)))


def number_ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers with runs drawn together: 「1—3、5」."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(r[0]) if len(r) == 1 else f"{r[0]}—{r[-1]}" if len(r) > 2 else f"{r[0]}、{r[1]}" for r in runs)


def rank_text(rank: int, *, tied: bool) -> str:
    return f"{'并列' if tied else ''}第{rank}名"


def paper_title(organisation: str, period: Period, subject: str, paper: str) -> str:
    return f"{organisation}{period.title}{subject}{paper}"


def sentence(*parts: str) -> str:
    """Clauses as one sentence with its full stop."""
    text = "；".join(p.rstrip("。；") for p in parts if p)
    return f"{text}。" if text else ""
