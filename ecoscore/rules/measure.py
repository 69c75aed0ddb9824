"""The change since the baseline, in three measures and three tongues."""

from __future__ import annotations

import numpy as np

from ecoscore.model.rule import MEASURE_TITLES, Array, Explanation, MeasureKind, Number
from ecoscore.rules.wording import minus, put, shown


def compute(measure: MeasureKind, x: Array, baseline: Array, best: Array) -> Array:
    """Absolute x - b; relative 100 (x - b)/|b|; gap 100 (x - b)/(best - b). NaN where there is nothing to compare.

    Decided where a ratio means nothing: relative with b = 0 is 0 if nothing changed, else NaN (the level alone
    counts); gap with b already at best is 100 if x still is, else 0.
    """
    change = x - baseline
    if measure == "absolute":
        return change
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "relative":
            return np.where(baseline == 0, np.where(change == 0, 0.0, np.nan), 100.0 * change / np.abs(baseline))
        way = best - baseline
        at_best = np.where(np.isnan(change), np.nan, np.where(change == 0, 100.0, 0.0))
        return np.where(way == 0, at_best, 100.0 * change / way)


def excel(measure: MeasureKind, x: str, baseline: str, best: str) -> str:
    """The same as a formula; "" where there is nothing to compare."""
    change = f"({x}-{baseline})"
    if measure == "absolute":
        body = f"{x}-{baseline}"
    elif measure == "relative":
        body = f'IF({baseline}=0,IF({x}=0,0,""),100*{change}/ABS({baseline}))'
    else:
        body = f"IF({best}={baseline},IF({x}={baseline},100,0),100*{change}/({best}-{baseline}))"
    return f'IF(AND(ISNUMBER({x}),ISNUMBER({baseline})),{body},"")'


def explain(measure: MeasureKind, x: Number, baseline: Number, best: Number | None, change: float) -> Explanation:
    """The change in words with the numbers put in; `change` is its value."""
    title = MEASURE_TITLES[measure]
    value = minus(shown(change))
    if measure == "absolute":
        return Explanation(f"{title}＝完成值−基期值", f"{put(x)}−{put(baseline)}＝{value}", change)
    if measure == "relative":
        if baseline.value == 0:
            return Explanation(title, "基期值为 0，完成值未变，变化率按 0 计", change)
        text = f"100×（{put(x)}−{put(baseline)}）÷{_size(baseline)}＝{value}"
        return Explanation(f"{title}＝100×（完成值−基期值）÷｜基期值｜", text, change)
    if best is None or best.value == baseline.value:
        return Explanation(title, f"基期已达最优值，按 {value} 计", change)
    text = f"100×（{put(x)}−{put(baseline)}）÷（{put(best)}−{put(baseline)}）＝{value}"
    return Explanation(f"{title}＝100×（完成值−基期值）÷（最优值−基期值）", text, change)


def _size(number: Number) -> str:
    return number.text.removeprefix("-")
