"""What there is to say of names and units that do not match: once each, with where they stand first and how often."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import NEAR, Match, bare_name, name_key, proposal, stated_unit
from ecoscore.importing.periods import part_within, says_part
from ecoscore.importing.readers.book import Place
from ecoscore.importing.sheet_report import OtherUnit, SheetReport
from ecoscore.importing.units import same_unit
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

_HEAD = 2
_NEARLY_ALL = 90.0
_LONG = 6


@dataclass(eq=False)
class _Counted:
    """Where something stood first, and how many values it cost."""

    first: Place
    count: int = 0


class NameFindings:
    """Puts findings about names into a sheet's report; those of rows are counted first and said at the end."""

    def __init__(self, report: SheetReport, known: Knowledge) -> None:
        self.report = report
        self.known = known
        self._unknown: dict[str, _Counted] = {}

    def count_unknown(self, name: str, place: Place) -> None:
        """A value of an indicator that the scheme does not have."""
        self._unknown.setdefault(name, _Counted(place)).count += 1

    def unknown_district(self, name: str, near: tuple[tuple[str, float], ...], place: Place) -> None:
        self.report.error(
            "unknown_district",
            f"没有名为“{name.strip()}”的区县",
            f"是否为{proposal(near)}？请确认对应关系，或改正名称后重新导入"
            if near
            else "请改正名称；如果它是新的区县，导入时选择“新增区县”",
            place,
        )
        self.report.ask_name(name.strip(), near, place, is_district=True)

    def ambiguous_indicator(self, match: Match[Reported], name: str, place: Place) -> None:
        titles = "、".join(f"“{i.title}”" for i in match.rivals)
        self.report.error("indicator_ambiguous", f"“{name}”可能是{titles}，无法确定", "请写指标全称", place)

    def remark(self, match: Match[Reported], name: str, place: Place) -> None:
        if not match.remark or says_part(match.remark):  # a part of the year is not passed over: see is_of_part
            return
        if match.hit is not None and place not in self.report.problems:
            self.report.warn(
                "header_remark",
                f"“{' '.join(name.split())}”按指标“{match.hit.title}”读取，括注“{match.remark}”未予考虑",
                "请确认口径一致",
                place,
                indicator=match.hit.id,
            )

    def is_of_part(self, remark: str, period: Period, indicator: Reported, place: Place) -> bool:
        """Whether the remark behind a name speaks of a part of the year that is not the period: then its figures would
        pass for the whole year's, and an error says so.
        """
        part = part_within(remark)
        if not says_part(remark) or (part is not None and part.of(Period(period.year)) == period):
            return False
        if place not in self.report.problems:
            self.report.error(
                "part_of_year",
                f"“{indicator.title}”后面写的是“{remark}”，不是{period.title}的数，未读取",
                f"请换用{period.title}的数，或改正括号里的说明后重新导入",
                place,
                indicator=indicator.id,
                period=str(period),
            )
        return True

    def say_counted(self) -> None:
        for name, found in self._unknown.items():
            self.unknown_indicator(name, found.first, found.count)
        for other in self.report.units.values():
            if not other.told and not (self.known.choices.converts(other.indicator.id, other.given) and other.hint):
                self._refuse_unit(other)
            other.told = True

    def _refuse_unit(self, found: OtherUnit) -> None:
        own = found.indicator.unit or "无"
        advice = f"请换算成“{own}”并改正单位后重新导入"
        if found.examples:
            said, result = found.examples[0]
            advice = f"可以接受换算（{found.hint}，如 {said} 按 {result} 读取），或改正单位后重新导入"
        self.report.error(
            "unit_mismatch",
            f"表中“{found.indicator.title}”的单位是“{found.given}”，方案规定为“{own}”，{found.count} 个数值未读取",
            advice,
            found.first,
            indicator=found.indicator.id,
        )

    def unknown_indicator(self, name: str, place: Place, count: int) -> None:
        near = self.known.indicators.near(name)
        written = bare_name(name)
        many = f"（共 {count} 个数值）" if count > 1 else ""
        name = " ".join(name.split())
        if near and says_part(written):  # never to be let stand for the whole year's, nor remembered so
            self.report.error(
                "part_of_year",
                f"“{name}”不是整年的数，未读取{many}",
                f"请换用整年的数，指标名写作{proposal(near[:1])}",
                place,
            )
            return
        if near and self._is_slip(name, near[0]):
            self.report.error(
                "unknown_indicator",
                f"方案中没有指标“{name}”，未读取{many}",
                f"是否为{proposal(near)}？请确认对应关系，或改正名称后重新导入",
                place,
            )
        else:
            advice = f"相近的指标有{proposal(near)}" if near else "如果它应当计分，请核对指标名称"
            self.report.warn("unknown_indicator", f"方案中没有指标“{name}”，未读取{many}", advice, place)
        self.report.ask_name(written, near, place, is_district=False)

    def _is_slip(self, name: str, nearest: tuple[str, float]) -> bool:
        """Whether a name is likely the nearest one misspelt: 装机容量 is no slip of 装机容量增长率, it measures another
        thing. What is measured stands at the end; where the ends differ, nearly all else must agree, the unit too.
        """
        title, likeness = nearest
        if likeness < NEAR:
            return False
        head, unit = bare_name(name), stated_unit(name)
        if name_key(head)[-_HEAD:] == name_key(title)[-_HEAD:]:
            return True
        if len(name_key(title)) >= _LONG and Levenshtein.distance(name_key(head), name_key(title)) == 1:
            return True  # 比列 for 比率
        indicator = self.known.indicators.find(title).hit
        same = not unit or (indicator is not None and same_unit(unit, indicator.unit))
        return likeness >= _NEARLY_ALL and same
