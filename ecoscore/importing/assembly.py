"""Puts the values of all files together: what is new, changed or there already, who disagrees, who has not reported."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ecoscore.importing.blocks import taken_singly
from ecoscore.importing.by_period import ByPeriod
from ecoscore.importing.cell_text import AS_TYPED
from ecoscore.importing.claims import Claim, ClaimBlock
from ecoscore.importing.context import Knowledge
from ecoscore.importing.entries import Action, Entries, EntryBlock, PlanEntry
from ecoscore.importing.observed import about, is_blank, observe, target_of
from ecoscore.importing.plan import PlanTarget
from ecoscore.importing.questions import ConflictOption, ConflictQuestion
from ecoscore.importing.readers.book import cell_name
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.suspicions import Judged, look_like_ratios, suspect
from ecoscore.importing.units import RATIO, converted
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period

Key = tuple[str, str, Period]


@dataclass(eq=False, slots=True)
class _Read:
    """A value with the claim and the report it came from."""

    claim: Claim
    report: SheetReport
    observation: Observation | None
    number: float | None

    @property
    def place(self) -> str:
        return f"{self.report.source} › {cell_name(*self.claim.place)}"

    @property
    def words(self) -> str:
        """The value in words."""
        return f"{self.number:.15g}" if self.number is not None else Status.NOT_APPLICABLE.title

    def agrees(self, other: _Read) -> bool:
        return self.words == other.words

    @property
    def option(self) -> ConflictOption:
        return ConflictOption(
            self.place, self.words, self.report.file, self.report.sheet.name or None, cell_name(*self.claim.place)
        )

    def as_ratio(self) -> _Read:
        """The same cell read as a ratio of an indicator in %."""
        assert self.observation is not None
        assert self.number is not None
        value = converted(self.number, RATIO, "%")
        note = "；".join(part for part in (self.observation.note, f"由比例 {self.number:.15g} 换算") if part)
        return replace(self, observation=replace(self.observation, value=value, note=note), number=value)


class Assembly:
    """Takes the reports of all sheets, then gives entries, targets and the findings that concern no single sheet."""

    def __init__(self, known: Knowledge, current: Mapping[Key, Observation], current_targets: Sequence[Target]) -> None:
        self.known = known
        self.current = current
        self.current_targets = {(t.district, t.indicator, t.period): t.value for t in current_targets}
        self.entries = Entries([])
        self.targets: tuple[PlanTarget, ...] = ()
        self.findings: list[Finding] = []
        self._reports: list[SheetReport] = []
        self._order: list[list[Key] | tuple[ClaimBlock, SheetReport]] = []
        self._values: dict[Key, _Read] = {}
        self._goals: dict[Key, _Read] = {}
        self._disputes: dict[tuple[bool, Key], list[_Read]] = {}
        self.questions: list[ConflictQuestion] = []
        self.by_period = ByPeriod(known)
        self._blank: list[tuple[SheetReport, Claim]] = []

    def take(self, report: SheetReport) -> None:
        """Have the cells that a sheet claims read in the end, in the sheets' order."""
        self._reports.append(report)

    def _take(self, report: SheetReport, singly: Mapping[int, NDArray[np.bool_]]) -> None:
        """Take its claims in their order; what is taken singly out of a block comes right after it."""
        for part in report.claims.parts:
            if not isinstance(part, ClaimBlock):
                self._take_one(part, report)
                continue
            alone = singly[id(part)] if self.by_period.leaves(part) else np.ones(len(part), bool)
            if not alone.all():
                self._order.append((part.only(~alone) if alone.any() else part, report))
            for n in np.flatnonzero(alone).tolist():
                self._take_one(part.claim(n), report)

    def _take_one(self, claimed: Claim, report: SheetReport) -> None:
        claim = self.by_period.claim(claimed, report)
        if claim is None:
            return
        if claim.is_target:
            goal = target_of(claim, report)
            if goal is not None:
                self._put(self._goals, _Read(claim, report, None, goal))
            return
        if is_blank(claim) and not claim.state:
            self._blank.append((report, claim))
            return
        observation = observe(claim, report)
        if observation is not None:
            self._put(self._values, _Read(claim, report, observation, observation.value))

    def _put(self, found: dict[Key, _Read], new: _Read) -> None:
        """Keep the first of equal values; of different ones remember all that differ."""
        claim = new.claim
        key = (claim.district.name, claim.indicator.id, claim.period)
        first = found.setdefault(key, new)
        if first is new and found is self._values:
            if not self._order or not isinstance(self._order[-1], list):
                self._order.append([])
            self._order[-1].append(key)  # type: ignore[union-attr]
        if first is new or first.agrees(new):
            return
        dispute = self._disputes.setdefault((claim.is_target, key), [first])
        if not any(read.agrees(new) for read in dispute):
            dispute.append(new)

    def _settle(self) -> None:
        """Of values that disagree take the one the user holds to be right; without a word of the user's, none."""
        for (is_target, key), reads in self._disputes.items():
            found = self._goals if is_target else self._values
            name = (key[0], key[1], str(key[2]), is_target)
            chosen = next((r for r in reads if r.place == self.known.choices.pick_of(name)), None)
            claim = reads[0].claim
            self.questions.append(
                ConflictQuestion(
                    name,
                    f"{claim.district.name}“{claim.indicator.title}”{claim.period.title}{'目标值' if is_target else ''}",
                    tuple(read.option for read in reads),
                    chosen.place if chosen else None,
                )
            )
            if chosen is not None:
                found[key] = chosen
                continue
            del found[key]
            for other in reads[1:]:
                self._say_disagreement(reads[0], other)

    @staticmethod
    def _say_disagreement(first: _Read, new: _Read) -> None:
        claim = new.claim
        what = "目标值" if claim.is_target else ""
        new.report.error(
            "conflicting_values",
            f"{claim.district.name}“{claim.indicator.title}”{claim.period.title}{what}有两个不同的数："
            f"{first.place} 为 {first.words}，{new.place} 为 {new.words}",
            "请核实并选定以哪个为准，或改正后重新导入",
            claim.place,
            **about(claim),
        )
        if new.report.problems.get(claim.place):
            first.report.problems.setdefault(first.claim.place, new.report.problems[claim.place])

    def finish(self) -> None:
        """Read all cells claimed, compare with what the file holds, and say what is missing or looks wrong."""
        singly = taken_singly(self._reports)
        for report in self._reports:
            self._take(report, singly)
        self._settle()
        self._read_ratios()
        self.findings += self.by_period.findings()
        parts = [self._judged(part) for part in self._order]
        self.entries = Entries([part.entries for part in parts])
        self.targets = tuple(self._target(read) for read in self._goals.values())
        suspect(parts, self.current, self.known.scheme.reported)
        self._warn_blank()
        self._warn_silent()

    def _judged(self, part: list[Key] | tuple[ClaimBlock, SheetReport]) -> Judged:
        """What some of the values, in the order in which they were read, would do to the file."""
        if isinstance(part, list):
            reads = [(key, self._values[key]) for key in part if key in self._values]
            entries = [self._entry(key, read) for key, read in reads]
            return Judged(entries, [(read.claim, read.report) for _, read in reads])
        block, report = part
        new = EntryBlock(block, report.file, report.sheet.name or None, report.source)
        if self.current:
            new = replace(new, before=[self._before(key, new, n) for n, key in enumerate(new.keys)])
        return Judged(new, report)

    def _before(self, key: Key, block: EntryBlock, n: int) -> tuple[Action, Observation | None]:
        old = self.current.get(key)
        if old is None:
            return Action.NEW, None
        return _action(old, block.new(n)), old

    def _entry(self, key: Key, read: _Read) -> PlanEntry:
        new = read.observation
        assert new is not None
        old = self.current.get(key) if self.current else None
        place = cell_name(*read.claim.place)
        return PlanEntry(_action(old, new), new, old, read.report.file, read.report.sheet.name or None, place)

    def _target(self, read: _Read) -> PlanTarget:
        claim = read.claim
        goal = Target(claim.district.name, claim.indicator.id, claim.period, read.number or 0.0)
        old = self.current_targets.get((goal.district, goal.indicator, goal.period))
        action = Action.NEW if old is None else Action.CHANGED
        if old is not None and _number_kept(old, goal.value):
            action = Action.UNCHANGED
        place = cell_name(*claim.place)
        return PlanTarget(action, goal, old, read.report.file, read.report.sheet.name or None, place)

    def _read_ratios(self) -> None:
        """Percentages that look like ratios: said and asked; read as ratios only where the user has accepted that."""
        columns: dict[tuple[int, str], list[tuple[Key, _Read]]] = {}
        above_one = {
            (id(part[1]), part[0].indicators[n].id)
            for part in self._order
            if not isinstance(part, list)
            for n in np.unique(part[0].indicator[part[0].values > 1])
        }
        for key, read in self._values.items():
            column = (id(read.report), read.claim.indicator.id)
            if read.number is None or column in above_one or read.claim.unit or read.claim.cell.kind == "percent":
                continue
            if read.number > 1:
                above_one.add(column)
            else:
                columns.setdefault(column, []).append((key, read))
        for column, found in columns.items():
            if column in above_one:
                continue
            reads = [read for _, read in found]
            indicator, first = reads[0].claim.indicator, reads[0]
            if not look_like_ratios(indicator, [r.number for r in reads if r.number is not None]):
                continue
            for read in reads:
                asked = first.report.count_unit(indicator, RATIO, first.claim.place, read.claim.cell, read.number)
                asked.by_suspicion = True
            if (indicator.id, RATIO) in self.known.choices.conversions:
                for key, read in found:
                    self._values[key] = read.as_ratio()
            else:
                first.report.warn(
                    "maybe_ratio",
                    f"“{indicator.title}”的 {len(reads)} 个数值都不超过 1，单位却是 %，疑似把百分比写成了比例",
                    "请核对：86.4% 应填 86.4；确是比例的，可以接受换算",
                    first.claim.place,
                    indicator=indicator.id,
                )

    def _warn_blank(self) -> None:
        """Blank cells district by district: nothing is written for them, and nothing that is there is touched."""
        groups: dict[tuple[int, str, Period], list[Claim]] = {}
        reports = {id(report): report for report, _ in self._blank}
        blocks = [part for part in self.entries.parts if isinstance(part, EntryBlock)] if self._blank else []
        blocked = {key for block in blocks for key in block.keys}
        for report, claim in self._blank:
            key = claim.district.name, claim.indicator.id, claim.period
            if key not in self._values and key not in blocked:
                groups.setdefault((id(report), claim.district.name, claim.period), []).append(claim)
        for (report_id, district, period), claims in groups.items():
            titles = "、".join(claim.indicator.title for claim in claims[:5]) + ("等" if len(claims) > 5 else "")
            reports[report_id].warn(
                "blank",
                f"{district}{period.title}有 {len(claims)} 项没有填：{titles}",
                "按未报处理，不写入，也不改动已有的数值；不适用的请填“不适用”",
                claims[0].place,
                district=district,
                indicator=claims[0].indicator.id if len(claims) == 1 else None,
                period=str(period),
            )

    def _warn_silent(self) -> None:
        """Districts with nothing at all for the period imported (the latest, of several)."""
        periods = self.entries.periods()
        if not periods:
            return
        period = self.known.period if self.known.period in periods else max(periods)
        present = self.entries.districts(period)
        present |= {district for district, _, p in self.current if p == period}
        silent = [d.name for d in self.known.districts.districts if d.name not in present]
        if silent:
            names = "、".join(silent[:12]) + ("等" if len(silent) > 12 else "")
            self.findings.append(
                Finding(
                    Severity.WARNING,
                    "not_yet_reported",
                    f"{period.title}还有 {len(silent)} 个区县没有任何数据：{names}",
                    advice="请催报后再导入其表格",
                    period=str(period),
                )
            )


def _number_kept(old: float, new: float) -> bool:
    """Whether `new` is `old` after a workbook: writers keep 15 to 17 digits, so half a unit of the fifteenth may be lost."""
    return math.isclose(old, new, rel_tol=5e-15)


def _action(old: Observation | None, new: Observation) -> Action:
    if old is not None and _same(old, new):
        return Action.UNCHANGED
    return Action.NEW if old is None or old.status is Status.MISSING else Action.CHANGED


def _same(old: Observation, new: Observation) -> bool:
    """Whether writing `new` over `old` would change nothing: the note and basis count only where the table has them."""
    if old.status is not new.status or (new.value is not None and not _number_kept(old.value or 0.0, new.value)):
        return False
    if new.status is Status.NOT_APPLICABLE and old.note and (new.note or "").startswith(AS_TYPED):
        return True  # a bare “不适用” says less than the ground that is held
    return (not new.basis or new.basis == old.basis) and (not new.note or new.note == old.note)
