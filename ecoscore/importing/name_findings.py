"""What there is to say of names and units that do not match: once each, with where they stand first and how often."""

from __future__ import annotations

from dataclasses import dataclass

from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import NEAR, Match, proposal
from ecoscore.importing.readers.book import Place
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import conversion_hint
from ecoscore.model.scheme import Reported


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
        self._units: dict[tuple[str, str], _Counted] = {}

    def count_unknown(self, name: str, place: Place) -> None:
        """A value of an indicator that the scheme does not have."""
        self._unknown.setdefault(name, _Counted(place)).count += 1

    def count_unit(self, indicator: Reported, unit: str, place: Place) -> None:
        """A value stated in a unit that is not the indicator's."""
        self._units.setdefault((indicator.id, unit), _Counted(place)).count += 1

    def unknown_district(self, name: str, near: tuple[tuple[str, float], ...], place: Place) -> None:
        self.report.error(
            "unknown_district",
            f"没有名为“{name.strip()}”的区县",
            f"是否为{proposal(near)}？请改正名称后重新导入"
            if near
            else "请改正名称；如果它是新的区县，导入时选择“新增区县”",
            place,
        )

    def ambiguous_indicator(self, match: Match[Reported], name: str, place: Place) -> None:
        titles = "、".join(f"“{i.title}”" for i in match.rivals)
        self.report.error("indicator_ambiguous", f"“{name}”可能是{titles}，无法确定", "请写指标全称", place)

    def remark(self, match: Match[Reported], name: str, place: Place) -> None:
        if match.remark and match.hit is not None and place not in self.report.problems:
            self.report.warn(
                "header_remark",
                f"“{' '.join(name.split())}”按指标“{match.hit.title}”读取，括注“{match.remark}”未予考虑",
                "请确认口径一致",
                place,
                indicator=match.hit.id,
            )

    def say_counted(self) -> None:
        for name, found in self._unknown.items():
            self.unknown_indicator(name, found.first, found.count)
        for (indicator_id, unit), found in self._units.items():
            indicator = self.known.scheme.reported_by_id[indicator_id]
            hint = conversion_hint(unit, indicator.unit)
            self.report.error(
                "unit_mismatch",
                f"表中“{indicator.title}”的单位是“{unit}”，方案规定为“{indicator.unit or '无'}”，{found.count} 个数值未读取",
                f"请换算成“{indicator.unit or '无'}”并改正单位后重新导入" + (f"（{hint}）" if hint else ""),
                found.first,
                indicator=indicator.id,
            )

    def unknown_indicator(self, name: str, place: Place, count: int) -> None:
        near = self.known.indicators.near(name)
        many = f"（共 {count} 个数值）" if count > 1 else ""
        name = " ".join(name.split())
        if near and near[0][1] >= NEAR:
            self.report.error(
                "unknown_indicator",
                f"方案中没有指标“{name}”，未读取{many}",
                f"是否为{proposal(near)}？请改正名称后重新导入",
                place,
            )
        else:
            advice = f"相近的指标有{proposal(near)}" if near else "如果它应当计分，请核对指标名称"
            self.report.warn("unknown_indicator", f"方案中没有指标“{name}”，未读取{many}", advice, place)
