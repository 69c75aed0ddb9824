"""What an edit changes and how the journal words it; defects of what was asked for, as findings."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ecoscore.assessment.editions import Editions
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import LAYER_TITLES, Event
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import Change, described
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.result import plain
from ecoscore.model.scheme import Reported, Scheme
from ecoscore.storage import Key, Line, Store

Page = dict[tuple[str, str], Observation]


def refuse_if_any(findings: Iterable[Finding], what: str) -> None:
    """Raise InputRefused with the findings, if there are any."""
    if found := tuple(findings):
        more = f"，另有 {len(found) - 1} 处问题" if len(found) > 1 else ""
        raise InputRefused(f"{what}未被接受，文件未改动：{found[0].message}{more}", found[0].advice, found)


def nothing_reported(period: Period, periods: Sequence[Period]) -> InputRefused:
    """Why a period cannot be scored at all, and which could."""
    held = f"；文件中有数据的考核期：{'、'.join(map(str, periods))}" if periods else ""
    finding = Finding(
        Severity.ERROR,
        "nothing_reported",
        f"{period.title}没有任何数据，不能评分{held}",
        "请先导入或填报该考核期的数据，或换一个考核期",
        period=str(period),
    )
    return InputRefused(finding.message, finding.advice, (finding,))


# Values. -------------------------------------------------------------------------------------------------------


def value_findings(
    new: Sequence[Observation], cleared: Sequence[Key], editions: Editions, districts: Mapping[str, District]
) -> Iterator[Finding]:
    """Why values cannot be taken: who or what is unknown, no number, outside the valid range, given twice.

    A value is judged by the edition its period is scored by; whatever any edition has spoken of may be cleared.
    """
    seen: set[Key] = set()
    keys = [*((o.district, o.indicator, o.period, o.value) for o in new), *((*key, None) for key in cleared)]
    gone = set(cleared)
    for district, indicator_id, period, value in keys:
        scheme = editions.of(period)
        known = editions.reported_by_id if (district, indicator_id, period) in gone else scheme.reported_by_id
        yield from _place(district, indicator_id, period, scheme.title, known, districts)
        indicator = known.get(indicator_id)
        if value is not None and indicator is not None:
            yield from _range(district, indicator, period, value)
        if (district, indicator_id, period) in seen:
            message = f"{_named(district, indicator, indicator_id, period)}：同一次修改中出现了两次"
            yield _finding("duplicate", message, "请只保留一个值", district, indicator_id, period)
        seen.add((district, indicator_id, period))


def value_changes(
    new: Sequence[Observation], cleared: Sequence[Key], old: Mapping[Key, Observation], *, restated: bool = False
) -> list[Change]:
    """What really changes: neither a value set to what it is, nor the clearing of an empty one.

    Where somebody states anew where values come from (`restated`), another source is a change too.
    """
    changes = []
    for o in new:
        before = old.get((o.district, o.indicator, o.period))
        if not same(before, o) or (restated and before is not None and before.source != o.source):
            changes.append(Change(o.district, o.indicator, o.period, before, o))
    changes += [Change(*key, before, None) for key in cleared if (before := old.get(key)) is not None]
    return changes


def amended(pages: Mapping[Period, Page], changes: Sequence[Change]) -> dict[Period, Page]:
    """The remembered pages with the changes in them; copies, because somebody may be reading the old ones."""
    pages = dict(pages)
    for period in {c.period for c in changes} & set(pages):
        pages[period] = dict(pages[period])
    for c in changes:
        if c.period in pages:
            if c.new is None:
                pages[c.period].pop((c.district, c.indicator), None)
            else:
                pages[c.period][c.district, c.indicator] = c.new
    return pages


def same(a: Observation | None, b: Observation | None) -> bool:
    """Whether two observations say the same; how it was typed and where it came from do not count."""
    if a is None or b is None:
        return a is b
    return (a.value, a.status, a.basis, a.note) == (b.value, b.status, b.basis, b.note)


def value_lines(changes: Iterable[Change], editions: Editions, why: str) -> list[Line]:
    lines = []
    for c in changes:
        indicator = _called(c.indicator, c.period, editions)
        lines.append(
            Line(
                action="clear_value" if c.new is None else "set_value",
                subject=_named(c.district, indicator, c.indicator, c.period),
                old=_origin(c.old) if same(c.old, c.new) else described(c.old),
                new=_origin(c.new) if same(c.old, c.new) else described(c.new),
                why=why,
                source=None if c.new is None else c.new.source,
                district=c.district,
                indicator=c.indicator,
                period=str(c.period),
            )
        )
    return lines


def _origin(observation: Observation | None) -> str | None:
    return None if observation is None else f"来源：{observation.source or '未注明'}"


def _place(
    district: str, indicator: str, period: Period, scheme: str, known: Container[str], districts: Container[str]
) -> Iterator[Finding]:
    if district not in districts:
        advice = "请核对名称；新的区县请先添加到考核文件"
        yield _finding("unknown_district", f"考核文件中没有这个区县：{district}", advice, district, indicator, period)
    if indicator not in known:
        advice = "请核对指标代号，或改用含有该指标的方案"
        message = f"方案“{scheme}”中没有这个指标：{indicator}"
        yield _finding("unknown_indicator", message, advice, district, indicator, period)


def _range(district: str, indicator: Reported, period: Period, value: float) -> Iterator[Finding]:
    place = _named(district, indicator, indicator.id, period)
    if not math.isfinite(value):
        yield _finding("not_a_number", f"{place}：不是有效的数", "请填写一个数", district, indicator.id, period)
        return
    low, high = indicator.valid or (None, None)
    if (low is not None and value < low) or (high is not None and value > high):
        limits = f"{'不限' if low is None else plain(low)} 至 {'不限' if high is None else plain(high)}"
        message = f"{place}：{plain(value)} 不在允许范围 {limits}{indicator.unit and f'（{indicator.unit}）'}之内"
        advice = "请核对小数点和单位；如果数据属实，请先修改方案中该指标的有效范围"
        yield _finding("out_of_range", message, advice, district, indicator.id, period)


# Targets, districts, events. -----------------------------------------------------------------------------------


def target_findings(
    targets: Sequence[Target], editions: Editions, districts: Mapping[str, District]
) -> Iterator[Finding]:
    for t in targets:
        scheme = editions.of(t.period)
        held: Container[str] = districts if t.district else {""}  # no district: for all of them
        yield from _place(t.district or "", t.indicator, t.period, scheme.title, scheme.reported_by_id, held)
        if not math.isfinite(t.value):
            message = f"{t.district or '全部区县'} {t.indicator} {t.period.title}：目标值不是有效的数"
            yield _finding("not_a_number", message, "请填写一个数", t.district, t.indicator, t.period)


def target_lines(
    targets: Sequence[Target],
    cleared: Sequence[tuple[str | None, str, Period]],
    old: Mapping[tuple[str | None, str, Period], float],
    editions: Editions,
    why: str,
) -> list[Line]:
    new: list[tuple[tuple[str | None, str, Period], str | None]]
    new = [((t.district, t.indicator, t.period), plain(t.value)) for t in targets]
    lines: list[Line] = []
    for key, text in [*new, *((key, None) for key in cleared)]:
        district, indicator, period = key
        before = old.get(key)
        place = _named(district or "全部区县", _called(indicator, period, editions), indicator, period)
        lines.append(
            Line(
                "set_target", place, None if before is None else plain(before), text, why,
                district=district, indicator=indicator, period=str(period),
            )
        )  # fmt: skip
    return lines


def district_findings(new: Sequence[District], known: Iterable[str]) -> Iterator[Finding]:
    taken = set(known)
    for d in new:
        if not d.name.strip():
            yield _finding("empty_name", "区县名称是空的", "请填写名称")
        elif d.name in taken:
            message = f"区县重名：{d.name}"
            yield _finding("duplicate_district", message, "同一考核文件中每个区县只能有一个，请去掉重复的", d.name)
        taken.add(d.name)


def district_lines(new: Sequence[District], why: str) -> list[Line]:
    return [Line("add_district", d.name, None, told_district(d), why, district=d.name) for d in new]


def removal_line(district: District, why: str) -> Line:
    return Line("remove_district", district.name, told_district(district), None, why, district=district.name)


def aliases_line(district: District, aliases: Sequence[str], why: str) -> Line:
    old = "、".join(district.aliases) or None
    return Line("set_aliases", district.name, old, "、".join(aliases), why, district=district.name)


def event_findings(
    event: Event, scheme: Scheme, districts: Mapping[str, District], recorded: Iterable[Event]
) -> Iterator[Finding]:
    about = (event.district, None, event.period)
    if event.district not in districts:
        yield _finding("unknown_district", f"考核文件中没有这个区县：{event.district}", "请核对名称", *about)
    if event.adjustment not in {a.id for a in scheme.adjustments}:
        message = f"方案“{scheme.title}”中没有这个加减分项：{event.adjustment}"
        listed = "、".join(f"{a.id}（{a.title}）" for a in scheme.adjustments) or "没有加减分项"
        yield _finding("unknown_adjustment", message, f"请从方案所列的加减分项中选择：{listed}", *about)
    if not event.matter.strip():
        yield _finding("no_ground", "没有写明事由", "请写明事由，最好附上文号、日期和认定单位", *about)
    if event.count < 1:
        yield _finding("bad_count", f"次数应为正整数，现为 {event.count}", "请填写 1 或更大的整数", *about)
    key = (event.district, event.period, event.adjustment, event.matter)
    if key in {(e.district, e.period, e.adjustment, e.matter) for e in recorded}:
        message = f"{event.district} {event.period.title}：“{event.matter}”已经登记过"
        yield _finding("duplicate_event", message, "同一事项不重复加减分；要修改，请先撤销原来的登记", *about)


def events_findings(
    events: Sequence[Event], editions: Editions, districts: Mapping[str, District], store: Store
) -> Iterator[Finding]:
    """Of several to be recorded one after the other, each under its own period's edition."""
    for n, event in enumerate(events):
        before = [*store.events(event.period), *events[:n]]
        yield from event_findings(event, editions.of(event.period), districts, before)


def event_line(event: Event, scheme: Scheme, why: str, *, removed: bool = False) -> Line:
    item = next((a for a in scheme.adjustments if a.id == event.adjustment), None)
    title = f"{LAYER_TITLES[item.layer]}：{item.title}" if item else event.adjustment
    text = f"{event.ground}（{event.count} 次）"
    return Line(
        "remove_event" if removed else "record_event",
        f"{event.district} {title} {event.period.title}",
        text if removed else None,
        None if removed else text,
        why,
        district=event.district,
        period=str(event.period),
    )


def told_district(d: District) -> str:
    parts = {"代码": d.code, "隶属": d.parent, "分类组": d.peer_group, "别名": "、".join(d.aliases)}
    return "，".join([d.name, *(f"{label} {text}" for label, text in parts.items() if text)])


def _called(indicator: str, period: Period, editions: Editions) -> Reported | None:
    """The indicator as the period's edition calls it, or else the last edition that speaks of it."""
    return editions.of(period).reported_by_id.get(indicator) or editions.reported_by_id.get(indicator)


def _named(district: str, indicator: Reported | None, indicator_id: str, period: Period) -> str:
    return f"{district} {indicator.title if indicator else indicator_id} {period.title}"


def _finding(code: str, message: str, advice: str, *about: str | Period | None) -> Finding:
    """`about`: district, indicator, period, as far as they are known."""
    district, indicator, period = (None if part is None else str(part) for part in (*about, None, None, None)[:3])
    return Finding(
        Severity.ERROR, code, message, advice, district=district, indicator=indicator, period=period
    )  # fmt: skip
