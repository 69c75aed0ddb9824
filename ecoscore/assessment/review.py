"""What is open before a period is scored: every doubt with who answers for it, and those a person has accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.model.district import Level, usual_level
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import JournalEntry
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported, Scheme
from ecoscore.storage import Line
from ecoscore.storage.search import JournalQuery

NO_DEPARTMENT = "未注明部门"
_ACCEPT, _REOPEN = "accept_finding", "reopen_finding"


class Kind(StrEnum):
    """What a person has to do about it, in the order in which it is worth doing."""

    REFUSED = "refused"
    MISSING = "missing"
    TARGET = "target"
    CONTRADICTORY = "contradictory"
    SUSPICIOUS = "suspicious"
    REMARK = "remark"

    @property
    def heading(self) -> str:
        return _KINDS[self][0]

    @property
    def advice(self) -> str:
        """One sentence on what belongs to this kind."""
        return _KINDS[self][1]


_KINDS = {
    Kind.REFUSED: ("方案不予评分", "不处理不能评分"),
    Kind.MISSING: ("应报未报", "补报，或写明依据设为不适用"),
    Kind.TARGET: ("没有目标值", "填写目标值后才能按目标计分"),
    Kind.CONTRADICTORY: ("相互矛盾", "两处数据不一致，请查明以哪一个为准"),
    Kind.SUSPICIOUS: ("可疑的数", "多半是单位或小数点的问题，属实的可写明理由认可"),
    Kind.REMARK: ("评分提醒", "不影响评分，请知悉"),
}
_KIND_OF = {
    "missing": Kind.MISSING, "no_data": Kind.MISSING, "incomplete": Kind.MISSING, "incomplete_year": Kind.MISSING,
    "not_derived": Kind.MISSING, "no_target": Kind.TARGET, "derived_differs": Kind.CONTRADICTORY,
    "rolled_up_differs": Kind.CONTRADICTORY, "basis": Kind.CONTRADICTORY, "same_matter": Kind.CONTRADICTORY,
    "out_of_range": Kind.SUSPICIOUS, "far_from_last_year": Kind.SUSPICIOUS, "maybe_ratio": Kind.SUSPICIOUS,
    "below_last_year": Kind.SUSPICIOUS, "beyond_history": Kind.SUSPICIOUS, "not_finite": Kind.REFUSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One doubt. `accepted` is the journal's line by which a person has taken it as it is, None while it is open."""

    kind: Kind
    finding: Finding
    department: str
    title: str
    accepted: JournalEntry | None = None

    @property
    def is_open(self) -> bool:
        return self.accepted is None


@dataclass(frozen=True, slots=True)
class Review:
    """All points of a period, by kind, errors first; `refusal` says why it cannot be scored, None where it can."""

    period: Period
    points: tuple[OpenPoint, ...]
    refusal: InputRefused | None = None

    @property
    def open(self) -> tuple[OpenPoint, ...]:
        return tuple(point for point in self.points if point.is_open)


def review(file: Assessment, period: Period, level: Level | None = None) -> Review:
    """Score a period (the districts of one level) and gather all that its reader should settle first."""
    scheme, refusal = file.scheme_of(period), None
    try:
        findings: Sequence[Finding] = file.score(period, level).findings
    except InputRefused as refused:
        findings, refusal = refused.findings, refused
    held = file.observations(period)
    assessed = level or usual_level(file.levels)
    names = [d.name for d in file.districts if d.level is assessed]
    found = [*_each(findings, held, names, scheme), *_doubts(file, period, scheme), *_ratios(held, scheme)]
    accepted = accepted_points(file, period)
    order = list(Kind)
    points = [_point(finding, scheme, accepted) for finding in dict.fromkeys(found)]
    points.sort(key=lambda p: (order.index(p.kind), not p.finding.is_error))
    return Review(period, tuple(points), refusal)


def accept_point(file: Assessment, finding: Finding, why: str) -> None:
    """Take a warning as it is; the reason is journalled. It lapses by itself once what it says is another."""
    if finding.is_error:
        raise InputRefused(f"这是错误，不能认可：{finding.message}", finding.advice or "请改正数据")
    if not why.strip():
        raise InputRefused("没有写明理由，未认可", "请写明核实的经过或依据，例如“经电话核实属实”")
    file.note([_line(_ACCEPT, finding, why.strip())])


def reopen_point(file: Assessment, finding: Finding, why: str = "") -> None:
    """Take an acceptance back."""
    file.note([_line(_REOPEN, finding, why)])


def accepted_points(file: Assessment, period: Period) -> Mapping[tuple[str, str], JournalEntry]:
    """Code and sentence of each warning that stands accepted, with the line that says by whom and why."""
    entries, _ = file.search_journal(JournalQuery(period=str(period), actions=(_ACCEPT, _REOPEN)))
    found: dict[tuple[str, str], JournalEntry] = {}
    for entry in reversed(entries):
        key = str(entry.source), str(entry.old)
        if entry.action == _ACCEPT:
            found[key] = entry
        else:
            found.pop(key, None)
    return found


def _line(action: str, finding: Finding, why: str) -> Line:
    subject = "，".join(part for part in (finding.district, finding.period) if part) or "核对"
    return Line(
        action, subject, old=finding.message, new="认可" if action == _ACCEPT else "恢复为待处理", why=why,
        source=finding.code, district=finding.district, indicator=finding.indicator, period=finding.period,
    )  # fmt: skip


def _point(finding: Finding, scheme: Scheme, accepted: Mapping[tuple[str, str], JournalEntry]) -> OpenPoint:
    asked = scheme.reported_by_id.get(finding.indicator or "")
    kind = _KIND_OF.get(finding.code, Kind.REFUSED if finding.is_error else Kind.REMARK)
    line = None if finding.is_error else accepted.get((finding.code, finding.message))
    department = (asked.department or NO_DEPARTMENT) if asked else "—"
    return OpenPoint(kind, finding, department, asked.title if asked else "", line)


def _each(
    findings: Sequence[Finding], held: Mapping[tuple[str, str], Observation], names: Sequence[str], scheme: Scheme
) -> Iterator[Finding]:
    """Scoring sums up what many districts owe; whoever works through the list needs each of them."""
    for f in findings:
        asked = scheme.by_id.get(f.indicator or "")
        if f.code != "missing" or f.district is not None or asked is None:
            yield f
            continue
        for name in names:
            observation = held.get((name, asked.id))
            if observation is None or observation.status is Status.MISSING:
                message = f"{name}{Period.parse(f.period or '').title}“{asked.title}”应报未报"
                yield Finding(
                    f.severity, f.code, message, f.advice, district=name, indicator=f.indicator, period=f.period
                )


def _doubts(file: Assessment, period: Period, scheme: Scheme) -> Iterator[Finding]:
    """What the importer would ask about each value, whoever wrote it."""
    from ecoscore.importing.suspicions import doubt_about

    held, pages = file.observations(period), {}
    before = file.observations(period.previous_year)
    kept = set(file.periods)

    def earlier(key: tuple[str, str]) -> list[float]:
        values, at = [], period.previous_year
        while at in kept:
            if at not in pages:
                pages[at] = file.observations(at)
            observation = pages[at].get(key)
            if observation is None or observation.value is None:
                break
            values.append(observation.value)
            at = at.previous_year
        return values

    for key, now in held.items():
        then, asked = before.get(key), scheme.reported_by_id.get(key[1])
        if then is None or asked is None or now.value is None or then.value is None:
            continue
        doubt = doubt_about(asked, now.value, then.value, lambda key=key: earlier(key))  # type: ignore[misc]
        if doubt is not None:
            yield Finding(
                Severity.WARNING, doubt.code, f"{key[0]}“{asked.title}”{doubt.said}", doubt.advice,
                district=key[0], indicator=key[1], period=str(period),
            )  # fmt: skip


def _ratios(held: Mapping[tuple[str, str], Observation], scheme: Scheme) -> Iterator[Finding]:
    from ecoscore.importing.suspicions import look_like_ratios

    columns: dict[str, list[Observation]] = {}
    for observation in held.values():
        if observation.value is not None:
            columns.setdefault(observation.indicator, []).append(observation)
    for indicator, found in columns.items():
        asked: Reported | None = scheme.reported_by_id.get(indicator)
        if asked is not None and look_like_ratios(asked, [o.value for o in found if o.value is not None]):
            message = f"“{asked.title}”的 {len(found)} 个值都在 0 到 1 之间，单位是 {asked.unit}"
            yield Finding(
                Severity.WARNING, "maybe_ratio", message, "疑似把 86.4% 写成了 0.864，请核对", indicator=indicator,
                period=str(found[0].period),
            )  # fmt: skip
