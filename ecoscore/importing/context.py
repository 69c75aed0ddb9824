"""What a table says outside its cells: the period, district or indicator in its title, its sheet's or its file's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.choices import NO_CHOICES, Choices
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.names import DistrictNames, IndicatorNames
from ecoscore.importing.periods import part_of_year, part_within, periods_in
from ecoscore.importing.readers.book import Place, Sheet
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.sources import INSIDE
from ecoscore.importing.units import is_known_unit
from ecoscore.importing.words import is_remark
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported, Scheme

_CHOSEN = "所选考核期"
_ABOVE = "上面的标题"
_UNIT = re.compile(r"(?:^|[^\u4e00-\u9fff]|计量)单位\s*[:：]\s*([^\s）)，,；;]+)", re.MULTILINE)
_FIRST_NOTE = re.compile(r"^[^:：]{1,6}[:：]\s*[（(]?1\s*[)）.．、]")
_NEXT_NOTE = re.compile(r"^\s*[（(]?\d{1,2}\s*[)）.．、]")
_RESULTS = re.compile(r"完成|责任|评价|实绩|达标|评分|得分|实现")


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier imports taught: `names` as written → indicator id, `layouts` header signature → how to read it."""

    names: Mapping[str, str] = field(default_factory=dict)
    layouts: Mapping[str, LayoutHint] = field(default_factory=dict)


NO_MEMORY = Memory()


@dataclass(frozen=True, slots=True)
class Editions:
    """`of`: the edition that a period is scored by; `earlier`: how editions beside the one matched first call things."""

    of: Callable[[Period], Scheme]
    earlier: tuple[Reported, ...] = ()


@dataclass(eq=False)
class Knowledge:
    """What the import knows beforehand, shared by all its files. `new` collects districts when they may be added."""

    scheme: Scheme
    editions: Editions
    districts: DistrictNames
    indicators: IndicatorNames
    period: Period | None
    add_districts: bool
    new: dict[str, District]
    choices: Choices = NO_CHOICES
    memory: Memory = NO_MEMORY

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        districts: Sequence[District],
        period: Period | None,
        *,
        add_districts: bool,
        choices: Choices = NO_CHOICES,
        memory: Memory = NO_MEMORY,
        editions: Editions | None = None,
    ) -> Knowledge:
        """`choices.names` may name a district or an indicator; InputRefused where they name neither."""
        editions = editions or Editions(lambda _: scheme)
        known = cls(
            scheme,
            editions,
            DistrictNames(districts),
            IndicatorNames(scheme, editions.earlier),
            period,
            add_districts,
            {},
            choices,
            memory,
        )
        for written, id_ in memory.names.items():
            if id_ in known.reported_by_id:
                known.indicators.let(written, known.reported_by_id[id_])
        for written, name in choices.names:
            known._let(written, name)
        return known

    def _let(self, written: str, name: str) -> None:
        if (district := self.districts.find(name).hit) is not None:
            self.districts.let(written, district)
        elif (indicator := self.indicators.find(name).hit) is not None:
            self.indicators.let(written, indicator)
        else:
            raise InputRefused(f"“{written}”不能对应到“{name}”：没有这个区县或指标", "请写区县或指标的全称")

    @cached_property
    def reported_by_id(self) -> Mapping[str, Reported]:
        """Whatever any edition speaks of, as the one matched first calls it, or else the newest that does."""
        return {i.id: i for i in reversed((*self.scheme.reported, *self.editions.earlier))}

    @property
    def accepted_names(self) -> tuple[tuple[str, District | Reported], ...]:
        """What the user's choices of names stand for."""
        found = ((w, self.districts.find(n).hit or self.indicators.find(n).hit) for w, n in self.choices.names)
        return tuple((written, thing) for written, thing in found if thing is not None)

    def add(self, name: str) -> District:
        """The new district of that name, known from now on."""
        if name not in self.new:
            self.new[name] = District(name)
            self.districts.add(self.new[name])
        return self.new[name]


@dataclass(frozen=True, slots=True)
class Context:
    """The titles above a table, and the names of its sheet and file, asked for what the table itself does not say.

    `at` is where its header begins; `above` are the titles of the tables further up in the sheet.
    """

    titles: tuple[str, ...]
    report: SheetReport
    known: Knowledge
    at: Place | None = None
    above: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Where to look, the nearest first: what it is called, and its text."""
        return (
            ("标题", "\n".join(self.titles)),
            ("工作表名", self.report.sheet.name),
            ("文件名", Path(self.report.file.rpartition(INSIDE)[2]).stem),
        )

    @property
    def archive(self) -> str:
        """The name of the archive the file came in: asked only where nothing nearer says anything."""
        return Path(self.report.file.partition(INSIDE)[0]).stem if INSIDE in self.report.file else ""

    @property
    def holds_targets(self) -> bool:
        """Whether a title or the sheet's name calls the whole table one of targets."""
        said = [text for text in (*self.titles, self.report.sheet.name) if "目标" in text]
        return bool(said) and not any(_RESULTS.search(text) for text in said)

    def is_of_part_of_year(self) -> bool:
        """Whether the table is said to be of half a year or of so many months: then, with an error, nothing is read
        of it, for the figures would pass for the whole year's. What the user says of the sheet stands above it.
        """
        if self.report.hint is not None and self.report.hint.period is not None:
            return False
        titles = "\n".join(title for title in self.titles if not is_remark(title))
        places = [("标题", titles), *self.places[1 : 3 if self.report.alone else 2]]
        where, said = next(((where, said) for where, text in places if (said := part_of_year(text))), ("", ""))
        if said:
            self.report.error(
                "part_of_year",
                f"{where}写的是“{said}”，既不是整年，也不是一个季度或月份，整张表未读取",
                "请核对这是哪个考核期的数据：是全年的，请改正标题；不是的，请换用全年（或当季、当月）的表",
            )
        return bool(said)

    def period(self) -> Period | None:
        """The period stated; an error finding and None where there is none, or two disagree."""
        stated = [(where, found[0]) for where, text in self.places if len(found := periods_in(text)) == 1]
        hint = self.report.hint
        if hint is not None and hint.period is not None:
            return hint.period
        if self.known.period is not None:
            stated.insert(0, (_CHOSEN, self.known.period))
        if not stated and len(found := periods_in(self.archive)) == 1:
            return found[0]
        above = None if stated else self._period_above()
        stated = self._with_part(stated if above is None else [(_ABOVE, above)])
        if not stated:
            self.report.error(
                "period_unknown",
                "看不出表中数据是哪个考核期的",
                "请在导入时指定考核期，或在标题中写明，如“2024年度”",
                self.at,
            )
            return None
        where, period = stated[0]
        if above is not None:
            self._say_from_above("period_from_above", "考核期", stated[-1][1].title)
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

    def _with_part(self, stated: list[tuple[str, Period]]) -> list[tuple[str, Period]]:
        """With the quarter or month said beside the year, as by a sheet called 1月 in a file of 2024: its figures would
        else pass for the year's. What the user has chosen stays as it is.
        """
        texts = self.places if self.report.alone else self.places[:2]
        said = next(((where, part) for where, text in texts if (part := part_within(text)) is not None), None)
        if said is None or not stated:
            return stated
        where, part = said
        found = part.of(Period(stated[0][1].year))
        meant = [(w, p if w == _CHOSEN else part.of(p) or p) for w, p in stated]
        return [*meant, (where, found)] if found is not None else meant

    def _period_above(self) -> Period | None:
        """The one period that the titles of the tables further up speak of, and of no part of it."""
        if any(part_of_year(title) or part_within(title) for title in self.above):
            return None
        found = {period for title in self.above for period in periods_in(title)}
        return found.pop() if len(found) == 1 else None

    def _say_from_above(self, code: str, what: str, said: str) -> None:
        """A second table of a sheet goes under the title of the first, as people read it; but that is told."""
        self.report.warn(
            code,
            f"这张表没有写{what}，按本工作表上面的标题取“{said}”",
            f"请核对；如果不是，请在这张表的标题中写明{what}后重新导入",
            self.at,
        )

    def district(self) -> District | None:
        """The district stated; None where there is none, with an error finding where two disagree."""
        hint = self.report.hint
        if hint is not None and hint.district is not None:
            return self.known.districts.find(hint.district).hit
        stated = [(where, d) for where, text in self.places if (d := self.known.districts.within(text)) is not None]
        for where, district in stated[1:]:
            if district != stated[0][1]:
                self.report.error(
                    "district_conflict",
                    f"区县不一致：{stated[0][0]}是“{stated[0][1].name}”，{where}是“{district.name}”",
                    "请核对这张表属于哪个区县，改正后重新导入",
                )
                return None
        if stated:
            return stated[0][1]
        found = {d for title in self.above if (d := self.known.districts.within(title)) is not None}
        if len(found) != 1:
            return self.known.districts.within(self.archive)
        (district,) = found
        self._say_from_above("district_from_above", "区县", district.name)
        return district

    def indicator(self) -> Reported | None:
        """The indicator a title or the sheet's name is about, the nearest first."""
        return next((i for _, text in self.places[:2] if (i := self.known.indicators.within(text)) is not None), None)

    def unit(self) -> str:
        """The unit that a title states for the whole table, or ""; 填报单位 and its like are no units, nor are several."""
        found = _UNIT.search("\n".join(self.titles))
        return found[1] if found and is_known_unit(found[1]) and "、" not in found[1] else ""


def without_notes(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Of the rows between two tables those that are no notes of the upper one (注：2023年为快报数), nor signatures: what
    years they speak of is not that of the lower one.
    """
    kept: list[int] = []
    counted = 0  # the row of a numbered note, whose next may follow right below
    for row in rows:
        text = next((t for column in sheet.rows.get(row, ()) if (t := sheet.at(row, column).text.strip())), "")
        if is_remark(text):
            counted = row if _FIRST_NOTE.match(text) else 0
        elif counted and row == counted + 1 and _NEXT_NOTE.match(text):
            counted = row
        else:
            counted = 0
            kept.append(row)
    return kept
