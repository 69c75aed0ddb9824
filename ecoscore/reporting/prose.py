"""Sentences of official papers made from the data: what moved from where to where, and no word that they do not carry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from ecoscore.model.result import plain
from ecoscore.model.scheme import Rounding
from ecoscore.rules.wording import minus

_UNITS = {
    "μg/m³": "微克/立方米", "µg/m³": "微克/立方米", "ug/m3": "微克/立方米", "mg/m³": "毫克/立方米", "mg/L": "毫克/升",
    "km²": "平方千米", "hm²": "公顷", "m³": "立方米", "m²": "平方米", "t": "吨", "kg": "千克", "dB(A)": "分贝",
    "dB": "分贝", "tce": "吨标准煤", "kWh": "千瓦时", "—": "",
}  # fmt: skip
_PERCENT = frozenset({"%", "％", "‰"})
# What is counted one by one: the change is told as a number, not as a rate.
_COUNTED = frozenset("个项件家起次处条例户人辆台座天日所村镇街宗批位名")
# Sums and stocks grow and shrink (增至), while concentrations and ratios rise and fall (升至).
_AMOUNTS = ("元", "吨", "千瓦", "瓦时", "亩", "公顷", "平方千米", "平方公里", "立方米", "平方米", "标准煤", "公里")
_MODES = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP}
_DIGITS = "零一二三四五六七八九"


def spoken_unit(unit: str) -> str:
    """A unit as a sentence says it: 微克/立方米 for μg/m³."""
    unit = unit.strip()
    return _UNITS.get(unit, unit)


def quantity(value: float, unit: str, places: int | None = None) -> str:
    """A value with its unit: 「42微克/立方米」, 「86.4%」; `places` are its decimals where they are to be those of another."""
    number = plain(value) if places is None or "e" in plain(value) else f"{Decimal(plain(value)):.{places}f}"
    return f"{minus(number)}{spoken_unit(unit)}"


def places_of(*values: float) -> int:
    """The decimals that show each of several values in full."""
    return max((len(plain(v).partition(".")[2]) for v in values if not math.isnan(v)), default=0)


def movement(
    title: str, unit: str, then: float, now: float, *, since: str = "上年", rounding: Rounding = "half_even"
) -> str:
    """What became of an indicator, as a clause without its full stop; "" where there is no value now.

    「PM2.5年均浓度由64微克/立方米降至42微克/立方米，下降34.4%」; ratios move by percentage points, counts by their
    number; from zero or below there is no rate, so the difference is told; without an earlier value only the value is.
    """
    if math.isnan(now):
        return ""
    if math.isnan(then):
        return f"{title}为{quantity(now, unit)}"
    places = places_of(then, now)
    before, after = quantity(then, unit, places), quantity(now, unit, places)
    delta = Decimal(plain(now)) - Decimal(plain(then))
    if not delta:
        return f"{title}为{after}，与{since}持平"
    to, word = _verbs(unit, delta)
    return f"{title}由{before}{to}{after}，{word}{_size(delta, then, unit, rounding)}"


def change(unit: str, then: float, now: float, *, rounding: Rounding = "half_even") -> str:
    """The change alone: 「下降34.4%」, 「上升15.9个百分点」, 「持平」; "" where there is nothing to compare."""
    if math.isnan(now) or math.isnan(then):
        return ""
    delta = Decimal(plain(now)) - Decimal(plain(then))
    if not delta:
        return "持平"
    return _verbs(unit, delta)[1] + _size(delta, then, unit, rounding)


def _verbs(unit: str, delta: Decimal) -> tuple[str, str]:
    spoken = spoken_unit(unit)
    if _is_counted(spoken):
        return ("增至", "增加") if delta > 0 else ("减至", "减少")
    if spoken.endswith(_AMOUNTS) and "/" not in spoken:
        return ("增至", "增长") if delta > 0 else ("降至", "下降")
    return ("升至", "上升") if delta > 0 else ("降至", "下降")


def _is_counted(spoken: str) -> bool:
    return len(spoken) == 1 and spoken in _COUNTED


def _size(delta: Decimal, then: float, unit: str, rounding: Rounding) -> str:
    """How much, in the measure the unit is spoken of in."""
    spoken, size = spoken_unit(unit), abs(delta)
    if spoken in _PERCENT:
        return f"{_numeral(size)}个{'百分点' if spoken != '‰' else '千分点'}"
    if _is_counted(spoken):
        return f"{_numeral(size)}{spoken}"
    if then <= 0:
        return f"{_numeral(size)}{spoken}"
    rate = (size * 100 / Decimal(plain(then))).quantize(Decimal("0.1"), rounding=_MODES[rounding])
    return f"{rate}%" if rate else "不足0.1%"


def _numeral(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shortfall(title: str, unit: str, value: float, target: float) -> str:
    """A target not met: 「PM2.5年均浓度36微克/立方米，目标为35微克/立方米」."""
    places = places_of(value, target)
    return f"{title}{quantity(value, unit, places)}，目标为{quantity(target, unit, places)}"


def listed(items: Sequence[str], most: int = 0, unit: str = "个") -> str:
    """「甲区、乙县」; of more than `most` the first and how many there are: 「甲区、乙县等5个」."""
    if most and len(items) > most:
        return f"{'、'.join(items[:most])}等{len(items)}{unit}"
    return "、".join(items)


def numeral(n: int) -> str:
    """一, 二 … 十, 十一 … 九十九: the numbers of headings."""
    if n < 10:
        return _DIGITS[n]
    tens, ones = divmod(n, 10)
    if n >= 100:
        return str(n)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def joined(*clauses: str) -> str:
    """Clauses with 「，」 between and a full stop after; empty ones are left out."""
    text = "，".join(c.strip("，。") for c in clauses if c)
    return f"{text}。" if text else ""
