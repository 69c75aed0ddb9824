"""The rates of area compensation in a scheme file."""

from __future__ import annotations

from typing import cast

from ecoscore.model.compensation import AGAINST_TITLES, Against, CompensationItem, CompensationPlan
from ecoscore.schemes.reader import Problems, Section
from ecoscore.schemes.yaml_lines import Located

_PLAN_KEYS = ("items", "unit", "decimals", "zero_sum", "note")
_ITEM_KEYS = ("id", "title", "indicator", "against", "at", "rate", "step", "receives", "pays", "cap")


def read_compensation(s: Section, problems: Problems) -> CompensationPlan | None:
    """The `compensation` of a scheme, or None."""
    c = s.section("compensation", "compensation", _PLAN_KEYS)
    if c is None:
        return None
    items = tuple(_item(node, problems) for node in c.items("items"))
    if not items:
        c.problem("items", "区域补偿没有写任何一项", code="missing_key")
    return CompensationPlan(
        items, c.text("unit", "万元"), c.whole("decimals", 2, most=6) or 0, c.flag("zero_sum"), c.text("note", "")
    )


def _item(node: Located, problems: Problems) -> CompensationItem:
    s = Section(node, problems, "补偿项", _ITEM_KEYS)
    against = cast("Against", s.choice("against", tuple(AGAINST_TITLES), "target"))
    at = s.number("at", None)
    if (against == "value") != (at is not None):
        s.problem("at", "against: value 要写 at（基准值），其他写法不写")
    rate = s.number("rate", None, least=0)
    if rate is None and "rate" not in s.values:
        s.problem("rate", "补偿项缺少 rate（每一档多少钱）", code="missing_key")
    step = s.number("step", 1.0, least=1e-12) or 1.0
    return CompensationItem(
        id=s.identifier(),
        title=s.text("title"),
        indicator=s.text("indicator"),
        against=against,
        rate=rate or 0.0,
        step=step,
        at=at,
        receives=s.flag("receives", default=True),
        pays=s.flag("pays", default=True),
        cap=s.number("cap", None, least=0),
    )
