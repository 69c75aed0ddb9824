"""Names as tables write them, matched to districts and indicators; near misses are proposed, never applied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from ecoscore.importing.periods import year_and_name
from ecoscore.importing.units import is_known_unit, is_measure, same_unit, unit_key
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported, Scheme

T = TypeVar("T")

_SUFFIX = re.compile(r"(?<=.)(?:自治区|自治州|自治县|地区|新区|街道|[省市区县州盟旗镇乡村])$")
_OPEN, _CLOSE = "(（[［【〔", ")）]］】〕"
_BRACKET = re.compile(
    rf"^(.*?)\s*[{re.escape(_OPEN)}]((?:[^{re.escape(_OPEN + _CLOSE)}]|[(（][^()（）]*[)）])*)[{re.escape(_CLOSE)}]\s*$",
    re.DOTALL,
)
# What lists write before a name: 1. （二） 三、 ① 其中：
_NUMBERED = re.compile(
    r"^\s*(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、](?!\d)|[①-⑳]|其中[:：])\s*"
)
_BEFORE_UNIT = " \t\n/／,，、:：;；"
_PROPOSE_FROM = 60.0
NEAR = 80.0
_MOST_PROPOSED = 3
_LONGEST_NAME, _LONGEST_UNIT = 80, 16


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """The letters, figures and characters of a name alone: PM₂.₅ and PM2.5, full and half width, · and spaces agree."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """`hit`, or None; then `rivals` if the name fits several.

    `remark` is what stood in brackets behind the name and is no unit; `other_unit` a unit that is not the indicator's;
    `period` the year that stood before or behind the name.
    """

    hit: T | None = None
    rivals: tuple[T, ...] = ()
    remark: str = ""
    other_unit: str = ""
    period: Period | None = None


class DistrictNames:
    """Finds districts by name, alias, GB/T 2260 code, with the parent's name before it, or without 市/区/县."""

    def __init__(self, districts: Sequence[District]) -> None:
        self.districts: tuple[District, ...] = ()
        self._exact: dict[str, set[District]] = {}
        self._bare: dict[str, set[District]] = {}
        self._known: dict[str, Match[District]] = {}
        self._within: dict[str, District | None] = {}
        self._longest_first: list[str] = []
        for district in districts:
            self.add(district)

    def add(self, district: District) -> None:
        """Know one more district from now on."""
        self.districts = (*self.districts, district)
        self._forget()
        for name in (district.name, *district.aliases):
            self._exact.setdefault(name_key(name), set()).add(district)
            if district.parent:
                self._exact.setdefault(name_key(district.parent + name), set()).add(district)
            bare = _SUFFIX.sub("", name_key(name))
            if bare != name_key(name):
                self._bare.setdefault(bare, set()).add(district)
        if district.code:
            # Statistics write the six figures of GB/T 2260 with zeros for the township and the village behind them.
            for zeros in ("", "000", "000000") if len(district.code) == 6 else ("",):
                self._exact.setdefault(district.code + zeros, set()).add(district)

    def let(self, written: str, district: District) -> None:
        """Let a name stand for a district, whatever it meant before."""
        self._exact[name_key(written)] = {district}
        self._forget()

    def _forget(self) -> None:
        self._known.clear()
        self._within.clear()
        self._longest_first.clear()

    def find(self, text: str) -> Match[District]:
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> Match[District]:
        found = self._as_written(text)
        if found.hit is None and not found.rivals and (bare := _NUMBERED.sub("", text)) != text:
            return self._as_written(bare)
        return found

    def _as_written(self, text: str) -> Match[District]:
        key = name_key(text)
        found = self._exact.get(key, set()) if key else set()
        if not found and key:
            # A suffix may be missing on either side, but 甲县 is never taken for 甲区.
            found = self._bare.get(key, set()) | self._exact.get(_SUFFIX.sub("", key), set())
        if len(found) == 1:
            return Match(hit=next(iter(found)))
        if found:
            return Match(rivals=tuple(sorted(found, key=lambda d: d.name)))
        return Match()

    def near(self, text: str) -> tuple[tuple[str, float], ...]:
        """Names alike with their likeness in percent, best first: to be proposed. 某市甲区 may well be 甲区."""
        found = _near(text, {n: d.name for d in self.districts for n in (d.name, *d.aliases)})
        inside = self.within(text)
        if inside is None or inside.name in {name for name, _ in found}:
            return found
        return ((inside.name, NEAR), *found)[:_MOST_PROPOSED]

    def within(self, text: str) -> District | None:
        """The one district a title, sheet or file name speaks of: the longest known name in it, if only one is."""
        if text not in self._within:
            self._within[text] = self._found_within(name_key(text))
        return self._within[text]

    def _found_within(self, key: str) -> District | None:
        if not self._longest_first:
            self._longest_first = sorted(
                (n for n in self._exact if len(n) > 1 and not n.isdigit()), key=len, reverse=True
            )
        names = [name for name in self._longest_first if name in key]
        outer = [n for at, n in enumerate(names) if not any(n in longer for longer in names[:at])]
        found = {district for name in outer for district in self._exact[name]}
        return next(iter(found)) if len(found) == 1 else None


class IndicatorNames:
    """Finds indicators by title, alias or id, with the unit behind the name in brackets or without."""

    def __init__(self, scheme: Scheme, earlier: Sequence[Reported] = ()) -> None:
        """`earlier`: as other editions of the scheme called them; such a name counts where this one has no such name."""
        self.indicators = scheme.reported
        self._exact: dict[str, dict[str, Reported]] = {}
        self._known: dict[str, Match[Reported]] = {}
        for indicator in scheme.reported:
            for name in indicator.names:
                self._exact.setdefault(name_key(name), {})[indicator.id] = indicator
        for indicator in scheme.reported:
            for name in (indicator.title, *indicator.aliases):
                with_unit = name_key(name + indicator.unit)
                if with_unit not in self._exact:
                    self._exact[with_unit] = {indicator.id: indicator}
        own = {indicator.id: indicator for indicator in scheme.reported}
        for indicator in earlier:
            for name in (*indicator.names, *(n + indicator.unit for n in (indicator.title, *indicator.aliases))):
                self._exact.setdefault(name_key(name), {indicator.id: own.get(indicator.id, indicator)})
        self.indicators = (*scheme.reported, *(i for i in earlier if i.id not in own))

    def let(self, written: str, indicator: Reported) -> None:
        """Let a name stand for an indicator, whatever it meant before."""
        self._exact[name_key(bare_name(written))] = {indicator.id: indicator}
        self._known.clear()

    def find(self, text: str) -> Match[Reported]:
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> Match[Reported]:
        found = self._as_written(text)
        if found.hit is None and not found.rivals and (bare := _NUMBERED.sub("", text)) != text:
            found = self._as_written(bare)
        is_known = found.hit is not None or bool(found.rivals)
        if (not is_known or found.remark) and (parted := year_and_name(text)) is not None:
            dated = self._as_written(parted[1])
            if dated.hit is not None or dated.rivals:
                return replace(dated, period=parted[0])
        return found

    def _as_written(self, text: str) -> Match[Reported]:
        whole = text.strip()
        parted = _BRACKET.match(whole)
        name, bracket = (parted[1], parted[2].strip()) if parted else (whole, "")
        found = self._exact.get(name_key(whole)) or self._exact.get(name_key(name)) or {}
        if not found and (behind := self._unit_behind(whole)) is not None:
            name, bracket = behind
            found = self._exact[name_key(name)]
        if not name_key(whole) or not found:
            return Match()
        if len(found) > 1:
            return Match(rivals=tuple(found.values()))
        indicator = next(iter(found.values()))
        if not bracket and whole.endswith(("%", "％")):
            bracket = "%"
        own_brackets = any(name_key(whole) == name_key(n) and _BRACKET.match(n) for n in indicator.names)
        if not bracket or own_brackets or same_unit(bracket, indicator.unit):
            return Match(hit=indicator)
        if (is_known_unit(bracket) and unit_key(bracket) != "比例") or (
            unit_key(bracket) in {unit_key(i.unit) for i in self.indicators}
        ):
            return Match(hit=indicator, other_unit=bracket)
        return Match(hit=indicator, remark=bracket)

    def _unit_behind(self, text: str) -> tuple[str, str] | None:
        """A known name and the unit written behind it without brackets: 名称/兆瓦, 名称 mg/m³, 名称：亿元."""
        key = name_key(text)
        if not any(key[:end] in self._exact for end in range(2, min(len(key), _LONGEST_NAME))):
            return None
        for at in range(len(text) - 1, max(1, len(text) - _LONGEST_UNIT), -1):
            unit = text[at:].lstrip(_BEFORE_UNIT)
            is_parted = len(unit) < len(text) - at
            if (is_known_unit(unit) if is_parted else is_measure(unit)) and name_key(text[:at]) in self._exact:
                return text[:at], unit
        return None

    def near(self, text: str) -> tuple[tuple[str, float], ...]:
        """Titles alike with their likeness in percent, best first: to be proposed."""
        return _near(bare_name(text), {n: i.title for i in self.indicators for n in (i.title, *i.aliases)})

    def within(self, text: str) -> Reported | None:
        """The one indicator a title or sheet name speaks of."""
        key = name_key(text)
        names = sorted((n for n in self._exact if len(n) > 3 and n in key), key=len, reverse=True)
        outer = [n for at, n in enumerate(names) if not any(n in longer for longer in names[:at])]
        found = {i for name in outer for i in self._exact[name]}
        return next((i for i in self.indicators if i.id in found), None) if len(found) == 1 else None


def bare_name(text: str) -> str:
    """A name without the unit or remark in brackets behind it."""
    parted = _BRACKET.match(text.strip())
    return parted[1] if parted and parted[1] else text.strip()


def stated_unit(text: str) -> str:
    """The unit in brackets behind a name, or ""."""
    parted = _BRACKET.match(text.strip())
    return parted[2].strip() if parted and is_known_unit(parted[2].strip()) else ""


def _near(text: str, names: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    """Up to three things whose name or alias is alike, by their proper names, best first."""
    hits = process.extract(text, list(names), scorer=fuzz.ratio, processor=name_key, limit=8)
    best: dict[str, float] = {}
    for name, score, _ in hits:
        if score >= _PROPOSE_FROM:
            best.setdefault(names[name], score)
    return tuple(best.items())[:_MOST_PROPOSED]


def proposal(near: tuple[tuple[str, float], ...]) -> str:
    """The near names in words, or ""."""
    return "、".join(f"“{name}”" for name, _ in near)
