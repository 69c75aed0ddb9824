"""What each part of a scheme may hold, as a form asks for it: the columns of the scheme's workbook as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.draft import NodeKind

FieldKind = Literal["text", "number", "flag", "choice", "texts", "quantity", "quantities", "shares", "switch", "grade"]
KIND_TITLES: Mapping[NodeKind, str] = {
    "settings": "方案", "group": "指标组", "indicator": "指标", "adjustment": "加减分", "grade": "等次", "input": "基础数据",
    "payment": "补偿",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a form. `path` is where the value lies in a node; `default` what holds where there is none.

    `section` groups fields under a heading; `choices` are file word → word on the screen.
    """

    path: str
    title: str
    kind: FieldKind
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    default: Any = None
    section: str = ""


_SHEETS: Mapping[NodeKind, tuple[w.Column, ...]] = {
    "group": w.GROUP_COLUMNS,
    "indicator": w.INDICATOR_COLUMNS,
    "adjustment": w.ADJUSTMENT_COLUMNS,
    "grade": w.GRADE_COLUMNS,
    "input": w.INPUT_COLUMNS,
    "payment": w.COMPENSATION_COLUMNS,
}
_KINDS: Mapping[str, FieldKind] = {
    "text": "text", "number": "number", "flag": "flag", "choice": "choice", "texts": "texts", "quantity": "quantity",
    "quantities": "quantities", "shares": "shares",
}  # fmt: skip
_DEFAULTS: Mapping[str, Any] = {
    "direction": "higher", "over_periods": "annual", "over_districts": "own", "receives": True, "pays": True,
    "against": "target", "rounding": "half_even", "aggregate": "arithmetic", "missing": "refuse",
    "no_baseline": "level_only", "share_out": "proportional", "baseline": "previous_year", "binding.zero_item": True,
}  # fmt: skip
_ORDER = (
    *("title", "weight", "unit", "direction", "binding", "department", "rule"),
    *("ideal.0", "ideal.1", "transform", "cap", "target", "milestones", "valid.0", "valid.1", "basis"),
    *("id", "aliases", "formula", "over_periods", "over_districts", "weigh_by", "cumulative", "clause", "note"),
)


@cache
def fields_of(kind: NodeKind) -> tuple[Field, ...]:
    """The fields of a kind of node in the order of a form; an indicator's rule has a form of its own."""
    if kind == "settings":
        return tuple(_settings())
    found = [_field(kind, column) for column in _SHEETS[kind] if not _is_of_the_rule(column)]
    if kind == "indicator":
        found.sort(key=lambda f: _ORDER.index(f.path))
    return tuple(found)


def title_of(kind: NodeKind, path: str) -> str:
    """What a field is called, also one of the rule; "" where there is no such field."""
    if path in {"groups", "indicators"}:
        return ""
    titles = {f.path: f.title for f in fields_of(kind)}
    if kind == "indicator":
        titles |= {c.key: c.title for c in w.INDICATOR_COLUMNS if _is_of_the_rule(c)} | {"rule": "计分法"}
    bounds = {"rule.bounds": "上下限", "rule.level.bounds": "上下限", "rule.progress.bounds": "改善上下限"}
    whole = titles | bounds | {"valid": "有效范围", "ideal": "适宜区间", "grades": "等次", "adjustments": "加减分"}
    while path:
        if path in whole:
            return whole[path]
        path = path.rpartition(".")[0]
    return ""


def _is_of_the_rule(column: w.Column) -> bool:
    return column.key.split(".")[0] == "rule" or column.kind == "group"


def _field(kind: NodeKind, column: w.Column) -> Field:
    if column.key == "transform":
        taken = {"none": "不变换", "log": "取自然对数"}
        return Field("transform", "变换", "choice", column.note, taken, "none")
    kind_ = _KINDS[column.kind]
    if column.key == "grade":
        kind_ = "grade"
    choices: Mapping[str, str] = column.choices
    default = _DEFAULTS.get(column.key)
    if kind == "group" and column.key == "aggregate":
        choices, default = {"": "与方案相同", **column.choices}, ""
    return Field(column.key, column.title, kind_, column.note, choices, default)


def _settings() -> list[Field]:
    found, section = [], ""
    for setting in w.SETTING_ROWS:
        if not setting.key:
            section = setting.title.partition("、")[2]
            continue
        kind = _KINDS[setting.kind]
        if setting.key == w.BINDING_SWITCH:
            kind = "switch"
        if setting.key == "binding.fail_grade":
            kind = "grade"
        if setting.key == "baseline":
            kind = "text"  # a word or a period: the form offers the words
        default = _DEFAULTS.get(setting.key)
        found.append(Field(setting.key, setting.title, kind, setting.note, setting.choices, default, section))
    return found
