"""Units compared: two spellings of one unit are equal; what one unit is in another, where both measure the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

# Spellings of one unit, each in the form `_plain` gives; the first is the key.
_SPELLINGS = (
    ("μg/m3", "ug/m3", "微克/立方米", "微克每立方米", "微克/m3", "微克/米3"),
    ("mg/m3", "毫克/立方米", "毫克每立方米"),
    ("mg/l", "毫克/升", "毫克每升"),
    ("μg/l", "ug/l", "微克/升", "微克每升"),
    ("%", "百分比", "百分数", "percent"),
    ("百分点", "个百分点"),
    ("‰", "千分比"),
    ("比例", "比值", "小数"),
    ("km2", "平方公里", "平方千米"),
    ("m2", "平方米"),
    ("m3", "立方米"),
    ("ha", "公顷", "hm2"),
    ("万ha", "万公顷", "万hm2"),
    ("kg", "公斤", "千克"),
    ("t", "吨"),
    ("kt", "千吨"),
    ("万t", "万吨"),
    ("亿t", "亿吨"),
    ("公里", "km", "千米"),
    ("万公里", "万km", "万千米"),
    ("天", "d", "日"),
    ("吨标准煤", "吨标煤", "tce"),
    ("万吨标准煤", "万吨标煤", "万tce"),
    ("万m3", "万立方米"),
    ("亿m3", "亿立方米"),
    ("吨标准煤/万元", "吨标煤/万元", "tce/万元"),
    ("吨/(平方千米·月)", "吨/(平方公里·月)", "吨/平方千米·月", "吨/平方公里·月", "t/(km2·月)", "t/km2·月",
     "t/(km2·30d)"),
    ("kw", "千瓦"),
    ("mw", "兆瓦"),
    ("万kw", "万千瓦"),
    ("gw", "吉瓦"),
    ("kwh", "千瓦时", "度", "kw·h"),
    ("万kwh", "万千瓦时", "万kw·h", "万度"),
    ("亿kwh", "亿千瓦时", "亿kw·h", "亿度"),
)  # fmt: skip
RATIO = "比例"
_NONE = {"", "-", "—", "/", "无", "无量纲", "1", "无单位", "——"}

# Units of one kind, each with how much of the kind's base it is; exact, so that a converted figure is too.
_SIZES: tuple[Mapping[str, int | Fraction], ...] = (
    {"μg/m3": 1, "mg/m3": 1000},
    {"μg/l": 1, "mg/l": 1000},
    {"m2": 1, "亩": Fraction(10000, 15), "万亩": Fraction(10**8, 15), "ha": 10**4, "万ha": 10**8, "km2": 10**6},
    {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8},
    {"kg": Fraction(1, 1000), "t": 1, "kt": 1000, "万t": 10**4, "亿t": 10**8},
    {"吨标准煤": 1, "万吨标准煤": 10**4},
    {"m3": 1, "万m3": 10**4, "亿m3": 10**8},
    {"kw": 1, "mw": 1000, "万kw": 10**4, "gw": 10**6},
    {"kwh": 1, "万kwh": 10**4, "亿kwh": 10**8},
    {"人": 1, "万人": 10**4},
    {"‰": 1, "%": 10, "比例": 1000},
    {"公里": 1, "万公里": 10**4},
)
_KINDS = tuple({unit: Fraction(size) for unit, size in kind.items()} for kind in _SIZES)


def _plain(text: str) -> str:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return plain.replace("•", "·").replace("∙", "·").replace("⋅", "·").replace("*", "·").replace("^", "")


_KEYS = {spelling: spellings[0] for spellings in _SPELLINGS for spelling in map(_plain, spellings)}


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """Equal for spellings of one unit; "" for none at all."""
    plain = re.sub(r"^单位[:：]", "", _plain(text))
    while len(plain) > 2 and plain[0] + plain[-1] in {"()", "[]", "【】", "〔〕"}:
        plain = plain[1:-1]
    return "" if plain in _NONE else _KEYS.get(plain, plain)


def same_unit(one: str, other: str) -> bool:
    return unit_key(one) == unit_key(other)


@lru_cache(maxsize=4096)
def is_known_unit(text: str) -> bool:
    """Whether a text is a unit on its own, so that a row of such texts is a row of units."""
    key = unit_key(text)
    counted = re.fullmatch(
        r"[十百千万亿]*(个|家|项|件|位|户|人|人次|套|辆|台|座|公里|米|元|吨|亩|分|次|条|处|岁|倍|株|克|升)", key
    )
    ratio = re.fullmatch(r"[^/\s]{1,6}/[^/]{1,10}", key)
    return bool(key) and (key in _KNOWN or bool(counted) or bool(ratio))


_KNOWN = {spellings[0] for spellings in _SPELLINGS} | {unit for kind in _KINDS for unit in kind}


def is_measure(text: str) -> bool:
    """Whether a text is a unit that can be nothing else: μg/m³, 兆瓦, 亿元, but not 个 or 分."""
    return unit_key(text) in _KNOWN


@lru_cache(maxsize=4096)
def factor(given: str, wanted: str) -> Fraction | None:
    """What a figure in `given` is multiplied by to be one in `wanted`; None where the two measure different things."""
    one, other = unit_key(given), unit_key(wanted)
    return next((kind[one] / kind[other] for kind in _KINDS if one in kind and other in kind), None)


def converted(figure: float, given: str, wanted: str) -> float | None:
    """The figure in another unit, exact in the digits people see (0.035 mg/m³ is 35 μg/m³, not 35.00000000000001)."""
    times = factor(given, wanted)
    return None if times is None else float(Fraction(f"{figure:.15g}") * times)


def conversion_hint(given: str, wanted: str) -> str:
    """How the two relate, for the advice; "" where it is not known."""
    times = factor(given, wanted)
    if times is None or times == 1:
        return ""
    if times > 1:
        return f"1 {given} = {_figure(times)} {wanted}"
    return f"{_figure(1 / times)} {given} = 1 {wanted}"


def _figure(times: Fraction) -> str:
    return str(times.numerator) if times.denominator == 1 else f"{float(times):.6g}"
