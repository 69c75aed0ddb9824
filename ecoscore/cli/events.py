"""The command `events`: what gives a bonus, a deduction, a ceiling or a veto, listed, recorded, withdrawn."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ecoscore.cli.files import DONE, open_file
from ecoscore.cli.lists import tell_list
from ecoscore.cli.output import emit, say, shortened, table, tell
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import LAYER_TITLES, Adjustment, Event
from ecoscore.model.result import plain
from ecoscore.model.scheme import Scheme


def events(options: Namespace) -> int:
    adding, removing = options.add is not None, options.remove is not None
    if options.table is not None:
        return _import(options)
    with open_file(options.file, read_only=not (adding or removing)) as assessment:
        scheme = assessment.scheme_of(options.period)
        if adding:
            assessment.record_event(_event(options, scheme), why=options.why)
        elif removing:
            held = assessment.events(options.period)
            if not 1 <= options.remove <= len(held):
                raise InputRefused(
                    f"{options.period.title}没有序号为 {options.remove} 的事项", "请先不带 --remove 查看序号"
                )
            assessment.remove_event(held[options.remove - 1], why=options.why)
        found = assessment.events(options.period)
    items = {a.id: a for a in scheme.adjustments}
    if options.items:
        return _say_items(scheme, as_json=options.json)
    if options.json:
        emit([_document(n, e, items.get(e.adjustment)) for n, e in enumerate(found, 1)])
        return DONE
    if not found:
        say(
            f"{options.period.title}没有登记加减分事项。可用的项目：ecoscore events 文件 --period {options.period} --items"
        )
        return DONE
    say(table(("序号", "区县", "类别", "项目", "事由", "次数", "依据"), [
        (str(n), e.district, *_called(e, items.get(e.adjustment)), shortened(e.matter, 44), str(e.count), shortened(_ground(e), 60))
        for n, e in enumerate(found, 1)
    ], right=[0, 5]))  # fmt: skip
    if lacking := [e for e in found if not _ground(e)]:
        tell(f"［提醒］{len(lacking)} 条没有写依据（文号、日期、认定部门），经不起质询")
    return DONE


def _import(options: Namespace) -> int:
    """A whole list: what is known already stays, what is wrong stops all of it."""
    from ecoscore.assessment.event_list import plan_events

    with open_file(options.file, read_only=options.dry_run) as assessment:
        scheme, recorded = assessment.scheme_of(options.period), assessment.events(options.period)
        plan = plan_events(options.table, options.period, scheme, assessment.districts, recorded)
        if not plan.findings and not options.dry_run:
            assessment.record_events(plan.new, why=options.why or f"由 {plan.file} 导入")
    items = {a.id: a for a in scheme.adjustments}
    return tell_list(
        options, plan.findings, len(plan.known), [_document(n, e, items.get(e.adjustment)) for n, e in enumerate(plan.new, 1)],
        [f"{e.district}　{items[e.adjustment].title}　{e.count} 次　{e.ground}" for e in plan.new],
    )  # fmt: skip


def _event(options: Namespace, scheme: Scheme) -> Event:
    named = [a.id for a in scheme.adjustments if options.add in {a.id, a.title}]
    return Event(
        options.district, options.period, named[0] if len(named) == 1 else options.add, options.matter, options.count,
        options.document, options.date, options.office, "、".join(options.attachment),
    )  # fmt: skip


def _say_items(scheme: Scheme, *, as_json: bool) -> int:
    if as_json:
        emit([
            {
                "id": a.id, "title": a.title, "layer": str(a.layer), "points": a.points, "cap": a.cap,
                "grade": a.grade, "automatic": bool(a.all_improved), "note": a.note,
            }
            for a in scheme.adjustments
        ])  # fmt: skip
        return DONE
    rows = [(a.id, LAYER_TITLES[a.layer], a.title, _effect(a)) for a in scheme.adjustments]
    say(table(("代号", "类别", "项目", "每次"), rows) if rows else f"方案《{scheme.title}》没有加减分项。")
    return DONE


def _effect(item: Adjustment) -> str:
    text = f"等次 {item.grade}" if item.grade else f"{plain(item.points)} 分"
    text += f"，至多 {plain(item.cap)} 分" if item.cap is not None else ""
    return text + ("，自动判定" if item.all_improved else "")


def _called(event: Event, item: Adjustment | None) -> tuple[str, str]:
    return (LAYER_TITLES[item.layer], item.title) if item else ("方案中没有", event.adjustment)


def _ground(event: Event) -> str:
    return "，".join(part for part in (event.office, event.document, event.date, event.attachments) if part)


def _document(number: int, event: Event, item: Adjustment | None) -> dict[str, Any]:
    return {
        "number": number, "district": event.district, "period": str(event.period), "adjustment": event.adjustment,
        "title": item.title if item else None, "layer": str(item.layer) if item else None, "matter": event.matter,
        "count": event.count, "document": event.document, "date": event.date, "office": event.office,
        "attachments": event.attachments,
    }  # fmt: skip
