"""Puts the values of all files together: what is new, changed or there already, who disagrees, who has not reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecoscore.importing.context import Knowledge
from ecoscore.importing.observed import about, is_blank, look_like_ratios, observe, target_of, warn_if_far
from ecoscore.importing.plan import Action, PlanEntry, PlanTarget
from ecoscore.importing.readers.book import cell_name
from ecoscore.importing.sheet_report import Claim, SheetReport
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period

Key = tuple[str, str, Period]


@dataclass(frozen=True, slots=True)
class _Read:
    """A value with the claim and the report it came from."""

    claim: Claim
    report: SheetReport
    observation: Observation | None
    number: float | None

    @property
    def place(self) -> str:
        sheet = self.report.sheet.name
        return " › ".join(p for p in (self.report.file, sheet, cell_name(*self.claim.place)) if p)

    @property
    def words(self) -> str:
        """The value in words."""
        return f"{self.number:.15g}" if self.number is not None else Status.NOT_APPLICABLE.title

    def agrees(self, other: _Read) -> bool:
        return self.words == other.words


class Assembly:
    """Takes the reports of all sheets, then gives entries, targets and the findings that concern no single sheet."""

    def __init__(self, known: Knowledge, current: Mapping[Key, Observation], current_targets: Sequence[Target]) -> None:
        self.known = known
        self.current = current
        self.current_targets = {(t.district, t.indicator, t.period): t.value for t in current_targets}
        self.entries: tuple[PlanEntry, ...] = ()
        self.targets: tuple[PlanTarget, ...] = ()
        self.findings: list[Finding] = []
        self._values: dict[Key, _Read] = {}
        self._goals: dict[Key, _Read] = {}
        self._disputed: set[tuple[bool, Key]] = set()
        self._blank: list[tuple[SheetReport, Claim]] = []

    def take(self, report: SheetReport) -> None:
        """Read every cell that the sheet claims."""
        for claim in report.claims:
            if claim.is_target:
                goal = target_of(claim, report)
                if goal is not None:
                    self._put(self._goals, _Read(claim, report, None, goal))
                continue
            if is_blank(claim) and not claim.state:
                self._blank.append((report, claim))
                continue
            observation = observe(claim, report)
            if observation is not None:
                self._put(self._values, _Read(claim, report, observation, observation.value))

    def _put(self, found: dict[Key, _Read], new: _Read) -> None:
        """Keep the first of equal values; of different ones keep none, and name both places."""
        claim = new.claim
        key = (claim.district.name, claim.indicator.id, claim.period)
        first = found.setdefault(key, new)
        if first is new or first.agrees(new):
            return
        self._disputed.add((claim.is_target, key))
        what = "目标值" if claim.is_target else ""
        new.report.error(
            "conflicting_values",
            f"{claim.district.name}“{claim.indicator.title}”{claim.period.title}{what}有两个不同的数："
            f"{first.place} 为 {first.words}，{new.place} 为 {new.words}",
            "请核实以哪个为准，改正或删去另一个后重新导入",
            claim.place,
            **about(claim),
        )
        if new.report.problems.get(claim.place):
            first.report.problems.setdefault(first.claim.place, new.report.problems[claim.place])

    def finish(self) -> None:
        """Compare with what the file holds, and say what is missing or looks wrong."""
        self.entries = tuple(
            self._entry(read) for key, read in self._values.items() if (False, key) not in self._disputed
        )
        self.targets = tuple(
            self._target(read) for key, read in self._goals.items() if (True, key) not in self._disputed
        )
        self._warn_far()
        self._warn_ratios()
        self._warn_blank()
        self._warn_silent()

    def _entry(self, read: _Read) -> PlanEntry:
        new = read.observation
        assert new is not None
        old = self.current.get((new.district, new.indicator, new.period))
        action = Action.NEW if old is None or old.status is Status.MISSING else Action.CHANGED
        if old is not None and _same(old, new):
            action = Action.UNCHANGED
        place = cell_name(*read.claim.place)
        return PlanEntry(action, new, old, read.report.file, read.report.sheet.name or None, place)

    def _target(self, read: _Read) -> PlanTarget:
        claim = read.claim
        goal = Target(claim.district.name, claim.indicator.id, claim.period, read.number or 0.0)
        old = self.current_targets.get((goal.district, goal.indicator, goal.period))
        action = Action.NEW if old is None else Action.CHANGED
        if old is not None and _digits(old) == _digits(goal.value):
            action = Action.UNCHANGED
        place = cell_name(*claim.place)
        return PlanTarget(action, goal, old, read.report.file, read.report.sheet.name or None, place)

    def _warn_far(self) -> None:
        earlier = {key: o.value for key, o in self.current.items() if o.value is not None}
        earlier |= {key: read.number for key, read in self._values.items() if read.number is not None}
        for entry, read in ((e, self._values[e.key]) for e in self.entries):
            if read.number is not None and entry.action is not Action.UNCHANGED:
                warn_if_far(read.claim, read.report, read.number, earlier)

    def _warn_ratios(self) -> None:
        columns: dict[tuple[int, str], list[_Read]] = {}
        for read in self._values.values():
            if read.number is not None:
                columns.setdefault((id(read.report), read.claim.indicator.id), []).append(read)
        for reads in columns.values():
            indicator, first = reads[0].claim.indicator, reads[0]
            if look_like_ratios(indicator, [r.number for r in reads if r.number is not None]):
                first.report.warn(
                    "maybe_ratio",
                    f"“{indicator.title}”的 {len(reads)} 个数值都不超过 1，单位却是 %，疑似把百分比写成了比例",
                    "请核对：86.4% 应填 86.4，或把单元格设为百分比格式",
                    first.claim.place,
                    indicator=indicator.id,
                )

    def _warn_blank(self) -> None:
        """Blank cells district by district: nothing is written for them, and nothing that is there is touched."""
        groups: dict[tuple[int, str, Period], list[Claim]] = {}
        reports = {id(report): report for report, _ in self._blank}
        for report, claim in self._blank:
            if (claim.district.name, claim.indicator.id, claim.period) not in self._values:
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
        periods = {entry.new.period for entry in self.entries}
        if not periods:
            return
        period = self.known.period if self.known.period in periods else max(periods)
        present = {e.new.district for e in self.entries if e.new.period == period}
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


def _digits(number: float) -> str:
    """As many digits as Excel keeps: a number that went through a workbook counts as the same."""
    return f"{number:.15g}"


def _same(old: Observation, new: Observation) -> bool:
    """Whether writing `new` over `old` would change nothing: the note and basis count only where the table has them."""
    if old.status is not new.status or (new.value is not None and _digits(old.value or 0.0) != _digits(new.value)):
        return False
    return (not new.basis or new.basis == old.basis) and (not new.note or new.note == old.note)
