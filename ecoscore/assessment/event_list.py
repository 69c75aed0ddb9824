"""加减分事项 from a list: district, item, how often, and the ground; matched, checked, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecoscore.assessment.lists import DISTRICT, PERIOD, Columns, ListReader, Row
from ecoscore.importing.names import DistrictNames, name_key
from ecoscore.model.adjustment import Adjustment, Event
from ecoscore.model.district import District
from ecoscore.model.finding import Finding
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme

_COLUMNS = Columns(
    "加减分事项",
    {
        "district": DISTRICT,
        "item": "条款 项目 加减分项 加分项 扣分项 事项类别 加减分项目 类别 item",
        "count": "次数 数值 数量 起数 项数 count",
        "matter": "事由 事项 具体事项 内容 情况说明 matter",
        "document": "依据 文号 依据文号 文件 依据文件 document",
        "date": "日期 认定日期 发文日期 date",
        "office": "认定部门 部门 认定单位 发文机关 office",
        "attachments": "附件 证明材料 佐证材料 attachments",
        "period": PERIOD,
    },
    ("district", "item"),
)


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What importing a list of events would do: `new` to be recorded, `known` recorded already, and what is wrong."""

    file: str
    digest: str
    new: tuple[Event, ...]
    known: tuple[Event, ...]
    findings: tuple[Finding, ...]


def plan_events(
    path: Path, period: Period, scheme: Scheme, districts: Sequence[District], recorded: Sequence[Event]
) -> EventPlan:
    """InputRefused only where the file holds no such list."""
    reader, names = ListReader(path, _COLUMNS).read(), DistrictNames(districts)
    held = {_key(e) for e in recorded}
    new: dict[tuple[str, str, str], Event] = {}
    known: list[Event] = []
    for row in reader.rows:
        event = _event(reader, row, period, scheme, names)
        if event is None:
            continue
        if _key(event) in held:
            known.append(event)
        elif _key(event) in new:
            advice = "同一事项不重复加减分：请并成一行写次数，或把事由写得有区别"
            reader.error(row, "item", "duplicate_event", f"{event.district}“{event.matter}”在表中出现两次", advice)
        else:
            new[_key(event)] = event
    return EventPlan(path.name, reader.digest, tuple(new.values()), tuple(known), tuple(reader.findings))


def _event(reader: ListReader, row: Row, period: Period, scheme: Scheme, names: DistrictNames) -> Event | None:
    district, item, count = reader.district(row, names), _item(reader, row, scheme), _count(reader, row)
    when = reader.period(row, "period", period, "考核期")
    if when is not None and when != period:
        message = f"这一行是{when.title}的，所选考核期是{period.title}"
        reader.error(row, "period", "other_period", message, "请另选考核期导入，或删去这一行")
        return None
    if district is None or item is None or count is None:
        return None
    document = row.text("document")
    # An office that writes no matter of its own is taken at the words of its ground, or else of the item.
    matter = row.text("matter") or document or item.title
    return Event(
        district.name, period, item.id, matter, count, document, row.text("date"), row.text("office"),
        row.text("attachments"),
    )  # fmt: skip


def _item(reader: ListReader, row: Row, scheme: Scheme) -> Adjustment | None:
    said = name_key(row.text("item"))
    found = [a for a in scheme.adjustments if said in {name_key(a.title), name_key(a.id)}]
    found = found or [
        a for a in scheme.adjustments if said and (said in name_key(a.title) or name_key(a.title) in said)
    ]
    if len(found) == 1:
        return found[0]
    listed = "、".join(a.title for a in found or scheme.adjustments) or "没有加减分项"
    message = f"“{row.text('item')}”{'可以是几个加减分项' if found else '不在方案的加减分项里'}"
    reader.error(row, "item", "unknown_adjustment", message, f"请写其中一个：{listed}")
    return None


def _count(reader: ListReader, row: Row) -> int | None:
    said = row.text("count").removesuffix("次").removesuffix("起").removesuffix("项").strip()
    if not said:
        return 1
    try:
        count = float(said)
    except ValueError:
        count = 0.0
    if count >= 1 and count == int(count):
        return int(count)
    reader.error(row, "count", "bad_count", f"次数应为正整数，写的是“{row.text('count')}”", "请写 1 或更大的整数")
    return None


def _key(event: Event) -> tuple[str, str, str]:
    return event.district, event.adjustment, event.matter.strip()
