"""Units compared, never converted: two spellings of one unit are equal, two units are a finding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Spellings of one unit, each in the form `_plain` gives; the first is the key.
_SPELLINGS = (
    ("μg/m3", "ug/m3", "微克/立方米", "微克每立方米", "微克/m3", "微克/米3"),
    ("mg/m3", "毫克/立方米", "毫克每立方米"),
    ("mg/l", "毫克/升", "毫克每升"),
    ("%", "百分比", "百分数", "percent"),
    ("百分点", "个百分点"),
    ("‰", "千分比"),
    ("km2", "平方公里", "平方千米"),
    ("m2", "平方米"),
    ("m3", "立方米"),
    ("ha", "公顷", "hm2"),
    ("t", "吨"),
    ("kt", "千吨"),
    ("天", "d", "日"),
    ("吨标准煤", "吨标煤", "tce"),
    ("吨标准煤/万元", "吨标煤/万元", "tce/万元"),
    ("吨/(平方千米·月)", "吨/(平方公里·月)", "吨/平方千米·月", "吨/平方公里·月", "t/(km2·月)", "t/km2·月",
     "t/(km2·30d)"),
    ("kw", "千瓦"),
    ("万kw", "万千瓦"),
    ("kwh", "千瓦时", "度", "kw·h"),
    ("万kwh", "万千瓦时", "万kw·h"),
)  # fmt: skip
_NONE = {"", "-", "—", "/", "无", "无量纲", "1", "无单位", "——"}

# What one of the first is in the second: shown as advice only.
_FACTORS = {
    ("mg/m3", "μg/m3"): "1 mg/m³ = 1000 μg/m³",
    ("μg/m3", "mg/m3"): "1000 μg/m³ = 1 mg/m³",
    ("亩", "ha"): "15 亩 = 1 公顷",
    ("ha", "亩"): "1 公顷 = 15 亩",
    ("万亩", "ha"): "1 万亩 ≈ 666.67 公顷",
    ("亿元", "万元"): "1 亿元 = 10000 万元",
    ("万元", "亿元"): "10000 万元 = 1 亿元",
    ("元", "万元"): "10000 元 = 1 万元",
    ("t", "万t"): "10000 吨 = 1 万吨",
    ("t", "万吨"): "10000 吨 = 1 万吨",
    ("万吨", "t"): "1 万吨 = 10000 吨",
    ("kw", "万kw"): "10000 千瓦 = 1 万千瓦",
    ("km2", "ha"): "1 平方公里 = 100 公顷",
    ("ha", "km2"): "100 公顷 = 1 平方公里",
    ("‰", "%"): "10‰ = 1%",
    ("%", "‰"): "1% = 10‰",
}


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


_KNOWN = {spellings[0] for spellings in _SPELLINGS} | {unit for pair in _FACTORS for unit in pair}


def conversion_hint(given: str, wanted: str) -> str:
    """How the two relate, for the advice; "" where it is not known."""
    return _FACTORS.get((unit_key(given), unit_key(wanted)), "")
