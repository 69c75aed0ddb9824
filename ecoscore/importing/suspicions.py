"""Values that can be read and yet look wrong: each a warning with the rule that raised it; none stops the import.

1.  Far from last year: nothing where there was something (unless single things are counted), or 10 times (for a percentage 50 times) last year's value or more, or as small a part of it; where
    the factor is close to 10, 100, 1000 or 10000 the sentence says that a point or a unit may have slipped.
2.  A jump beyond the district's own history: with at least four earlier years, a change from last year greater than
    three times the greatest change between two years following one another, and greater than a tenth of last year's.
3.  A cumulated figure below last year's, for indicators the scheme calls cumulative.
4.  A total (合计、总计 for a column, 平均 for its mean) that is not the sum or the mean of the rows above it.
5.  Shares of one whole that add up to more than 100 % for a district: indicators in % whose titles end alike, in two
    characters and 占比, 比重 or 比例 (煤炭消费占比, 天然气消费占比). Half a percent is left to rounding.
6.  A percentage up to 1 where the districts' median is 30 or more: 0.864 among 86.4 and 91.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ecoscore.importing.claims import Claim, ClaimBlock
from ecoscore.importing.entries import Action, EntryBlock, PlanEntry
from ecoscore.importing.names import bare_name
from ecoscore.importing.observed import about, subject
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import unit_key
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.scheme import Indicator, Reported

Key = tuple[str, str, Period]
Known = dict[Period, dict[tuple[str, str], float]]
_FAR = 10.0
_FAR_PERCENT = 50.0
_SLIP = 0.15
_YEARS = 4
_JUMP = 3.0
_SMALL = 0.1
_COUNTED = re.compile(r"^[个家项件位户人起宗次套辆台座条处株例天]")
_SHARE = re.compile(r"..(?:占比|比重|比例)$")
_WHOLE = 100.5
_FEWEST, _FAR_ABOVE = 3, 30.0


Source = tuple[Claim, SheetReport]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Some entries of a plan with what they were read from: the claim and report of each, or the report of a block."""

    entries: Sequence[PlanEntry] | EntryBlock
    read: Sequence[Source] | SheetReport

    @property
    def block(self) -> tuple[EntryBlock, SheetReport] | None:
        """The block with its report; None where these are single entries."""
        if isinstance(self.entries, EntryBlock) and isinstance(self.read, SheetReport):
            return self.entries, self.read
        return None

    def singles(self) -> Iterator[tuple[PlanEntry, Source]]:
        """Each that is in no block."""
        if not isinstance(self.entries, EntryBlock) and not isinstance(self.read, SheetReport):
            yield from zip(self.entries, self.read, strict=True)


def suspect(parts: Sequence[Judged], current: Mapping[Key, Observation], indicators: Sequence[Reported]) -> None:
    """Warn in the reports of what would change and looks wrong beside what is held or comes with it."""
    known: Known = {}
    for (district, indicator, period), o in current.items():
        if o.value is not None:
            known.setdefault(period, {})[district, indicator] = o.value
    pages = _Pages(known)
    for part in parts:
        if part.block is not None:
            _note_block(part.block[0], known)
        for entry, _ in part.singles():
            new = entry.new
            if new.value is not None:
                pages.of(new.period)[new.district, new.indicator] = new.value
    last_years = _Pages(known, by=lambda period: period.previous_year)
    for part in parts:
        if part.block is not None:
            _suspect_block(*part.block, known)
        for entry, (claim, report) in part.singles():
            new = entry.new
            if new.value is None or entry.action is Action.UNCHANGED:
                continue
            before = last_years.of(new.period).get((new.district, new.indicator))
            if before is not None and before != new.value:
                _warn(claim, report, new.value, before, known)
    _warn_of_shares(parts, known, indicators)
    _warn_of_lone_ratios(parts, known, indicators)


def _by_period(block: ClaimBlock) -> Iterator[tuple[Period, NDArray[np.intp], Iterator[tuple[str, str]]]]:
    """Each period with the numbers of its values, and their districts and indicators."""
    names = [district.name for district in block.districts]
    ids = [indicator.id for indicator in block.indicators]
    for n, period in enumerate(block.periods):
        at = np.flatnonzero(block.period == n)
        if at.size:
            districts = map(names.__getitem__, block.district[at].tolist())
            yield period, at, zip(districts, map(ids.__getitem__, block.indicator[at].tolist()), strict=True)


def _note_block(block: EntryBlock, known: Known) -> None:
    for period, at, keys in _by_period(block.claims):
        known.setdefault(period, {}).update(zip(keys, (block.claims.values[at] + 0.0).tolist(), strict=True))


def _suspect_block(block: EntryBlock, report: SheetReport, known: Known) -> None:
    """The same as for single values, asked only of those that lie far enough from last year's."""
    doubtful: list[tuple[int, float]] = []
    claims = block.claims
    cumulative = np.array([isinstance(i, Indicator) and i.cumulative for i in claims.indicators])
    for period, at, keys in _by_period(claims):
        last = known.get(period.previous_year)
        if not last:
            continue
        before = np.fromiter((last.get(key, np.nan) for key in keys), float, len(at))
        values = claims.values[at]
        far = np.abs(values - before) > _SMALL * np.abs(before)  # false where there is no value of last year
        far |= cumulative[claims.indicator[at]] & (values < before)
        doubtful += zip(at[far].tolist(), before[far].tolist(), strict=True)
    for n, before_it in sorted(doubtful):
        if block.action(n) is not Action.UNCHANGED:
            claim = claims.claim(n)
            _warn(claim, report, claim.cell.raw + 0.0, before_it, known)


class _Pages:
    """The values of periods, found again by the period's identity: tables name few periods, very many times."""

    def __init__(self, known: Known, by: Callable[[Period], Period] = lambda period: period) -> None:
        self._known, self._by = known, by
        self._met: dict[int, tuple[Period, dict[tuple[str, str], float]]] = {}

    def of(self, period: Period) -> dict[tuple[str, str], float]:
        met = self._met.get(id(period))
        if met is None:  # the period is kept, so that its identity stays its own
            met = self._met[id(period)] = period, self._known.setdefault(self._by(period), {})
        return met[1]


def _warn_of_shares(parts: Sequence[Judged], known: Known, indicators: Sequence[Reported]) -> None:
    """Rule 5, said once for each district and whole, at the last of its shares that would change."""
    wholes: dict[tuple[str, Period, str], dict[str, Reported]] = {}
    last: dict[tuple[str, Period, str], Source] = {}
    endings = {indicator.id: whole for indicator in indicators if (whole := _whole_of(indicator))}
    for claim, report, _ in _changing(parts, endings):
        last[claim.district.name, claim.period, endings[claim.indicator.id]] = claim, report
    for indicator in indicators:
        if whole := _whole_of(indicator):
            for place in last:
                if place[2] == whole:
                    wholes.setdefault(place, {})[indicator.id] = indicator
    for place, (claim, report) in last.items():
        district, period, _ = place
        held = {i: v for i in wholes[place] if (v := known[period].get((district, i))) is not None}
        total = math.fsum(held.values())
        if len(held) < 2 or total <= _WHOLE:
            continue
        summands = " + ".join(f"{wholes[place][i].title} {value:.15g}" for i, value in held.items())
        report.warn(
            "shares_over_whole",
            f"{district}{period.title}的占比相加是 {total:.10g}%，超过 100%：{summands}",
            "请核对各项占比；如果它们不是同一总量的组成部分，可以不理会",
            claim.place,
            **about(claim),
        )


def _warn_of_lone_ratios(parts: Sequence[Judged], known: Known, indicators: Sequence[Reported]) -> None:
    """Rule 6, for what no rule has spoken of yet; whole columns of ratios are asked about elsewhere."""
    shares = {indicator.id for indicator in indicators if is_share(indicator)}
    usual: dict[tuple[str, Period], float] = {}
    for claim, report, value in _changing(parts, shares, above=0.0, to=1.0):
        key = claim.indicator.id, claim.period
        if key not in usual:
            held = [v for (_, indicator), v in known.get(claim.period, {}).items() if indicator == key[0]]
            usual[key] = median(held) if len(held) >= _FEWEST else 0.0
        if usual[key] >= _FAR_ABOVE and claim.place not in report.problems and not _says_percent(claim):
            report.warn(
                "maybe_ratio",
                f"{subject(claim)}为 {value:.15g}，而各区县多在 {usual[key]:.4g} 上下，单位是 %，疑似把百分比写成了比例",
                "请核对：86.4% 应填 86.4",
                claim.place,
                **about(claim),
            )


def _says_percent(claim: Claim) -> bool:
    """Whether the sheet itself says that this is a percentage, or that it is something else."""
    return bool(claim.unit) or claim.cell.kind == "percent" or claim.cell.text.rstrip().endswith(("%", "％"))


def _changing(
    parts: Sequence[Judged], indicators: Container[str], *, above: float = -math.inf, to: float = math.inf
) -> Iterator[tuple[Claim, SheetReport, float]]:
    """The values of some indicators, above one bound and up to the other, that would change what is held."""
    for part in parts:
        if part.block is not None:
            block, report = part.block
            claims = block.claims
            at = np.isin(claims.indicator, [n for n, i in enumerate(claims.indicators) if i.id in indicators])
            for n in np.flatnonzero(at & (claims.values > above) & (claims.values <= to)).tolist():
                if block.action(n) is not Action.UNCHANGED:
                    yield claims.claim(n), report, float(claims.values[n])
        for entry, (claim, report) in part.singles():
            value = entry.new.value
            if value is None or entry.new.indicator not in indicators or entry.action is Action.UNCHANGED:
                continue
            if above < value <= to:
                yield claim, report, value


def _whole_of(indicator: Reported) -> str:
    """What whole an indicator is a share of, by the end of its title; "" for all others."""
    found = _SHARE.search(bare_name(indicator.title)) if unit_key(indicator.unit) == "%" else None
    return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a value looks wrong beside the district's own history, and what to do."""

    code: str
    said: str
    advice: str


def _warn(claim: Claim, report: SheetReport, value: float, before: float, known: Known) -> None:
    doubt = doubt_about(claim.indicator, value, before, lambda: _earlier(claim, known))
    if doubt is not None:
        report.warn(doubt.code, f"{subject(claim)}{doubt.said}", doubt.advice, claim.place, **about(claim))


def doubt_about(
    indicator: Reported, value: float, before: float, earlier: Callable[[], Sequence[float]]
) -> Doubt | None:
    """The rules 1-3 for one value; `earlier` gives the years before it, last year first, without a gap."""
    change = abs(value - before)
    if isinstance(indicator, Indicator) and indicator.cumulative and value < before:
        said = _said(value, before)
        return Doubt("below_last_year", f"{said}，而它是累计数，不应减少", "请核对：是否只填了当年数，或上年数有误")
    if change <= _SMALL * abs(before):
        return None
    if value == 0 < before and not _COUNTED.search(unit_key(indicator.unit)):
        return Doubt(
            "far_from_last_year",
            _said(value, before),
            "请核对是否没有填、或没有此项：没有数据的应留空，不适用的填“不适用”",
        )
    if times := _times(indicator, value, before):
        slip = _slip(times)
        return Doubt(
            "far_from_last_year",
            f"{_said(value, before)}，相差 {times:.3g} 倍" + (f"，接近 {slip} 倍" if slip else ""),
            "请核对单位和小数点" + ("：疑似小数点错位或单位不同" if slip else ""),
        )
    if (usual := _usual_change(earlier())) and change > _JUMP * usual:
        return Doubt(
            "beyond_history",
            f"{_said(value, before)}，变化 {change:.4g}，超过该区县历年最大变化 {usual:.4g} 的 {_JUMP:g} 倍",
            "请核实数据；如果属实，请在说明中写明原因",
        )
    return None


def _said(value: float, before: float) -> str:
    return f"为 {value:.15g}，上年为 {before:.15g}"


def _times(indicator: Reported, value: float, before: float) -> float | None:
    """How many times one is the other, where that is too much for a real change."""
    if before <= 0 or value <= 0:
        return None
    times = max(value / before, before / value)
    return times if times >= (_FAR_PERCENT if unit_key(indicator.unit) == "%" else _FAR) else None


def _slip(times: float) -> int | None:
    """The power of ten a factor is close to: what a point or a unit makes that has slipped."""
    power = round(math.log10(times))
    return 10**power if 1 <= power <= 6 and abs(times / 10**power - 1) <= _SLIP else None


def _earlier(claim: Claim, known: Known) -> list[float]:
    values: list[float] = []
    period, key = claim.period.previous_year, (claim.district.name, claim.indicator.id)
    while (value := known.get(period, {}).get(key)) is not None:
        values.append(value)
        period = period.previous_year
    return values


def _usual_change(values: Sequence[float]) -> float | None:
    """The greatest change between two earlier years following one another; None where too few are known."""
    if len(values) < _YEARS:
        return None
    return max(abs(a - b) for a, b in pairwise(values)) or None


def look_like_ratios(indicator: Reported, values: list[float]) -> bool:
    """Several values of a percentage indicator, all within 0 to 1: perhaps 0.864 stands for 86.4 %."""
    return is_share(indicator) and len(values) >= 3 and any(values) and all(0 <= value <= 1 for value in values)


def is_share(indicator: Reported) -> bool:
    """Whether its values are percentages that would mostly lie above 1."""
    low, high = indicator.valid or (None, None)
    return unit_key(indicator.unit) == "%" and (low or 0.0) >= 0 and high is not None and high >= 50
