"""What a table says outside its cells: the period, district or indicator in its title, its sheet's or its file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecoscore.importing.names import DistrictNames, IndicatorNames
from ecoscore.importing.periods import periods_in
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported, Scheme

_RESULTS = re.compile(r"完成|责任|评价|实绩|达标|评分|得分|实现")


@dataclass(eq=False)
class Knowledge:
    """What the import knows beforehand, shared by all its files. `new` collects districts when they may be added."""

    scheme: Scheme
    districts: DistrictNames
    indicators: IndicatorNames
    period: Period | None
    add_districts: bool
    new: dict[str, District]

    @classmethod
    def of(
        cls, scheme: Scheme, districts: Sequence[District], period: Period | None, *, add_districts: bool
    ) -> Knowledge:
        return cls(scheme, DistrictNames(districts), IndicatorNames(scheme), period, add_districts, {})

    def add(self, name: str) -> District:
        """The new district of that name, known from now on."""
        if name not in self.new:
            self.new[name] = District(name)
            self.districts = DistrictNames((*self.districts.districts, self.new[name]))
        return self.new[name]


@dataclass(frozen=True, slots=True)
class Context:
    """The titles above a table, and the names of its sheet and file, asked for what the table itself does not say."""

    titles: tuple[str, ...]
    report: SheetReport
    known: Knowledge

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Where to look, the nearest first: what it is called, and its text."""
        return (
            ("标题", "\n".join(self.titles)),
            ("工作表名", self.report.sheet.name),
            ("文件名", Path(self.report.file).stem),
        )

    @property
    def holds_targets(self) -> bool:
        """Whether a title or the sheet's name calls the whole table one of targets."""
        said = [text for text in (*self.titles, self.report.sheet.name) if "目标" in text]
        return bool(said) and not any(_RESULTS.search(text) for text in said)

    def period(self) -> Period | None:
        """The period stated; an error finding and None where there is none, or two disagree."""
        stated = [(where, found[0]) for where, text in self.places if len(found := periods_in(text)) == 1]
        if self.known.period is not None:
            stated.insert(0, ("所选考核期", self.known.period))
        if not stated:
            self.report.error(
                "period_unknown",
                "看不出表中数据是哪个考核期的",
                "请在导入时指定考核期，或在标题中写明，如“2024年度”",
            )
            return None
        where, period = stated[0]
        for other, another in stated[1:]:
            if another != period and other == "文件名" and not self.report.alone:
                self.report.mention(f"文件名写的是 {another.title}，本表按{where}取 {period.title}")
            elif another != period:
                self.report.error(
                    "period_conflict",
                    f"考核期不一致：{where}是 {period.title}，{other}写的是 {another.title}",
                    "请核对这张表属于哪个考核期，改正后重新导入",
                    period=str(period),
                )
                return None
        return period

    def district(self) -> District | None:
        """The district stated; None where there is none, with an error finding where two disagree."""
        stated = [(where, d) for where, text in self.places if (d := self.known.districts.within(text)) is not None]
        for where, district in stated[1:]:
            if district != stated[0][1]:
                self.report.error(
                    "district_conflict",
                    f"区县不一致：{stated[0][0]}是“{stated[0][1].name}”，{where}是“{district.name}”",
                    "请核对这张表属于哪个区县，改正后重新导入",
                )
                return None
        return stated[0][1] if stated else None

    def indicator(self) -> Reported | None:
        """The indicator a title or the sheet's name is about, the nearest first."""
        return next((i for _, text in self.places[:2] if (i := self.known.indicators.within(text)) is not None), None)

    def unit(self) -> str:
        """The unit that a title states for the whole table, or ""."""
        found = re.search(r"单位\s*[:：]\s*([^\s）)]+)", "\n".join(self.titles))
        return found[1] if found else ""
