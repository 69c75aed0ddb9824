"""The computing columns of a card: unrounded parts and points, places among strong and weak items, what is remarked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.observation import Status
from ecoscore.model.result import Override
from ecoscore.model.scheme import Indicator
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.card_source import Entry, Source, put
from ecoscore.reporting.workbook.formats import HELPER, Style
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.sheet import Sheet
from ecoscore.reporting.workbook.terms import missed


def write_computed(sheet: Sheet, places: CardPlaces, source: Source) -> None:
    """Those of every indicator."""
    computed = _Computed(sheet, places, source)
    for i, indicator in enumerate(places.layout.scheme.indicators):
        computed.write(i, indicator)


@dataclass(frozen=True)
class _Computed:
    sheet: Sheet
    places: CardPlaces
    source: Source

    @property
    def layout(self) -> Layout:
        return self.places.layout

    def put(self, row: int, col: int, entry: Entry, style: Style) -> None:
        put(self.sheet, row, col, entry, style)

    def write(self, i: int, indicator: Indicator) -> None:
        places, row, c, d = self.places, self.places.row(i), self.layout.result.cells, self.source.d
        x, t = places.at("value", indicator.id), self.source.terms(i)
        level, progress = indicator.rule.excel_parts(t)
        six = HELPER.but(num="0.000000")
        self.put(row, places.helper("level"), Entry(float(c.level[d, i]), f'IF(ISNUMBER({x}),{level},"")'), six)
        if indicator.rule.progress is not None:
            formula = f'IF(ISNUMBER({x}),{progress},"")'
            self.put(row, places.helper("progress"), Entry(float(c.progress[d, i]), formula), six)
        self.put(row, places.helper("individual"), self.source.individual(i), six)
        at, points, weight = (
            places.raw("individual", indicator.id),
            places.raw("points", indicator.id),
            places.at("weight", indicator.id),
        )
        self.put(
            row, places.helper("points"), Entry(float(c.points[d, i]), f"IF(ISNUMBER({at}),{weight}*{at}/100,0)"), six
        )
        counted = not math.isnan(c.individual[d, i])
        lost = max(0.0, float(c.weight[d, i]) - float(c.points[d, i])) if counted else 0.0
        self.put(
            row,
            places.helper("lost"),
            Entry(round(lost, 9), f"IF(ISNUMBER({at}),ROUND(MAX(0,{weight}-{points}),9),0)"),
            six,
        )
        self._places_of(i, indicator)
        if self.layout.is_binding(indicator):
            target = places.at("target", indicator.id)
            value = int(c.override[d, i] == Override.BINDING_MISSED or self._is_missed(i, indicator))
            self.put(row, places.helper("missed"), Entry(value, missed(indicator, x, target)), HELPER)
            self.put(row, places.helper("fact"), self._fact(i, indicator, bool(value)), HELPER.but(align="left"))
        self.put(row, places.helper("remark"), self._remark(i, indicator), HELPER.but(align="left"))
        if ground := self._ground(i):
            self.sheet.text(row, places.helper("ground"), ground, HELPER.but(align="left"))

    def _is_missed(self, i: int, indicator: Indicator) -> bool:
        c, d = self.layout.result.cells, self.source.d
        gap = float(c.value[d, i]) - float(c.target[d, i])
        return gap > 0 if indicator.direction == "lower" else gap < 0

    def _places_of(self, i: int, indicator: Indicator) -> None:
        """The place among the strong and among the weak items, by figures rounded so that equal ones are equal."""
        places, row, c, d = self.places, self.places.row(i), self.layout.result.cells, self.source.d
        scores, shares, lost = (self._helper_column(kind) for kind in ("rounded", "share", "lost"))
        numbers = names.area(places.tree_top, 0, places.tree_end - 1, 0, "both")
        x, own = places.at("value", indicator.id), places.raw("individual", indicator.id)
        reported = c.status[d, i] == Status.REPORTED and not math.isnan(c.individual[d, i])
        value = round(float(c.individual[d, i]), 9) if reported else -1
        six = HELPER.but(num="General")
        self.put(
            row,
            places.helper("rounded"),
            Entry(value, f"IF(AND(ISNUMBER({x}),ISNUMBER({own})),ROUND({own},9),-1)"),
            six,
        )
        weight = round(float(c.weight[d, i]), 9)
        self.put(row, places.helper("share"), Entry(weight, f"ROUND({places.at('weight', indicator.id)},9)"), six)
        score, share, mine = (places.raw(kind, indicator.id) for kind in ("rounded", "share", "lost"))
        number = cell(row, 0, "col")
        strong, weak = self._strong_and_weak
        above = f"({scores}>{score})+({scores}={score})*(({shares}>{share})+({shares}={share})*({numbers}<{number}))"
        formula = f'IF({score}>=90,1+SUMPRODUCT({above}),"")'
        self.put(row, places.helper("strong"), Entry(strong.get(i, ""), formula), HELPER.but(num="0"))
        above = f"({lost}>{mine})+({lost}={mine})*ISNUMBER({lost})*({numbers}<{number})"
        formula = f'IF({mine}>0,1+SUMPRODUCT({above}),"")'
        self.put(row, places.helper("weak"), Entry(weak.get(i, ""), formula), HELPER.but(num="0"))

    def _helper_column(self, kind: str) -> str:
        places = self.places
        return names.area(places.tree_top, places.helper(kind), places.tree_end - 1, places.helper(kind), "both")

    @cached_property
    def _strong_and_weak(self) -> tuple[dict[int, int], dict[int, int]]:
        c, d = self.layout.result.cells, self.source.d
        scores, weights, lost = c.individual[d], c.weight[d], c.weight[d] - c.points[d]
        strong = [
            i for i in range(len(scores)) if c.status[d, i] == Status.REPORTED and round(float(scores[i]), 9) >= 90
        ]
        strong.sort(key=lambda i: (-round(float(scores[i]), 9), -round(float(weights[i]), 9), i))
        weak = [i for i in range(len(scores)) if not math.isnan(scores[i]) and round(float(lost[i]), 9) > 0]
        weak.sort(key=lambda i: (-round(float(lost[i]), 9), i))
        return {i: n for n, i in enumerate(strong, 1)}, {i: n for n, i in enumerate(weak, 1)}

    def _ground(self, i: int) -> str:
        """Why a value was left out, on a card of one district: a card with a choice of them has no place for each."""
        status = Status(int(self.layout.result.cells.status[self.source.d, i]))
        if self.source.name().unlocked or not status.is_left_out:
            return ""
        district, indicator = self.layout.result.districts[self.source.d], self.layout.scheme.indicators[i]
        return "，".join(self.layout.result.remarks.get((district.name, indicator.id), ()))

    def _remark(self, i: int, indicator: Indicator) -> Entry:
        """What happened to the score besides its rule, in a sentence; "" for most."""
        places, scheme = self.places, self.layout.scheme
        x = places.at("value", indicator.id)
        label = f'"第{i + 1}项"&{cell(places.row(i), places.columns["title"], "col")}&"：'
        outside = not self.layout.result.cells.full[0, i]
        fates = _fates(scheme.missing, outside=outside)
        formula = '""'
        if self.layout.is_binding(indicator) and scheme.binding and scheme.binding.zero_item:
            formula = f'IF({places.raw("missed", indicator.id)}=1,{label}{Override.BINDING_MISSED.title}。",{formula})'
        for state, fate in reversed(fates.items()):
            test = f'{x}="{state}"' if state != "—" else f'OR({x}="—",{x}="不适用")'
            ground = (
                f'{fate}，"&{places.raw("ground", indicator.id)}&"' if self._ground(i) and state in _LEFT_OUT else fate
            )
            formula = f'IF({test},{label}{ground}。",{formula})'
        return Entry(self._remark_text(i, indicator, fates), formula)

    def _remark_text(self, i: int, indicator: Indicator, fates: dict[str, str]) -> str:
        c, d = self.layout.result.cells, self.source.d
        status, override = Status(int(c.status[d, i])), Override(int(c.override[d, i]))
        states = {
            Status.MISSING: "未报",
            Status.NO_DATA: "无数据",
            Status.NOT_APPLICABLE: "—",
            Status.NOT_CONCERNED: "不涉及",
        }
        fate = fates.get(states.get(status, ""), "")
        if not fate and override is Override.BINDING_MISSED:
            fate = override.title
        if fate and (ground := self._ground(i)):
            fate = f"{fate}，{ground}"
        return f"第{i + 1}项{'★' if indicator.binding else ''}{indicator.title}：{fate}。" if fate else ""

    def _fact(self, i: int, indicator: Indicator, is_missed: bool) -> Entry:
        places, c, d = self.places, self.layout.result.cells, self.source.d
        x, target = places.at("value", indicator.id), places.at("target", indicator.id)
        title = cell(places.row(i), places.columns["title"], "col")
        formula = f'IF({places.raw("missed", indicator.id)}=1,"、"&{title}&"（目标 "&{target}&"，完成 "&{x}&"）","")'
        text = f"、★{indicator.title}（目标 {c.target[d, i]:.15g}，完成 {c.value[d, i]:.15g}）" if is_missed else ""
        return Entry(text, formula)


_LEFT_OUT = ("—", "不涉及")  # the words of states that need a ground


def _fates(missing: str, *, outside: bool) -> dict[str, str]:
    """What is said of a value that is not there, by the word printed in its place."""
    override = {"zero": Override.MISSING_ZERO, "floor": Override.MISSING_FLOOR}.get(missing, Override.LEFT_OUT)
    if outside:
        return {"未报": "应报未报", "无数据": Override.NO_DATA.title, "—": "不适用", "不涉及": "不涉及"}
    fate = override.title if override is not Override.LEFT_OUT else f"应报未报，{override.title}"
    left_out = {word: f"{said}，{Override.LEFT_OUT.title}" for word, said in (("—", "不适用"), ("不涉及", "不涉及"))}
    return {"未报": fate, "无数据": Override.NO_DATA.title} | left_out
