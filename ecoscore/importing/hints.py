"""How the user says a sheet is to be read, where the reader did not see it or saw it wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ecoscore.model.period import Period

DISTRICTS, INDICATORS, PERIODS = "districts", "indicators", "periods"
UNITS, NOTES, VALUES, TARGETS, IGNORED = "units", "notes", "values", "targets", "ignored"
COLUMN_TITLES: Mapping[str, str] = {
    DISTRICTS: "区县",
    INDICATORS: "指标名",
    PERIODS: "考核期",
    VALUES: "指标值",
    TARGETS: "目标值",
    UNITS: "单位",
    NOTES: "说明",
    IGNORED: "不读取",
}
_INDICATOR, _DISTRICT = "indicator:", "district:"


def of_indicator(id_: str) -> str:
    """The meaning of a column that holds one indicator."""
    return _INDICATOR + id_


def of_district(name: str) -> str:
    """The meaning of a column that holds one district."""
    return _DISTRICT + name


def parted(meaning: str) -> tuple[str, str]:
    """("indicator", id), ("district", name), or (one of COLUMN_TITLES, "")."""
    for prefix in (_INDICATOR, _DISTRICT):
        if meaning.startswith(prefix):
            return prefix[:-1], meaning[len(prefix) :]
    return meaning, ""


@dataclass(frozen=True, slots=True)
class LayoutHint:
    """Rows and columns count from 1. `header`: the rows that hold the header, empty to let the reader find it;
    `columns`: what columns hold, those not named stay as recognised; `period`, `district`: what the whole sheet is of.
    """

    header: tuple[int, ...] = ()
    columns: tuple[tuple[int, str], ...] = ()
    period: Period | None = None
    district: str | None = None

    @property
    def is_empty(self) -> bool:
        return self == LayoutHint()

    def with_column(self, column: int, meaning: str | None) -> LayoutHint:
        """Say what a column holds; None leaves it to the reader again."""
        columns = {**dict(self.columns), column: meaning}
        return replace(self, columns=tuple(sorted((c, m) for c, m in columns.items() if m is not None)))

    @property
    def lasting(self) -> LayoutHint:
        """What holds for the next file of the kind too: never the period or the district of this one."""
        return replace(self, period=None, district=None)

    def to_json(self) -> str:
        return json.dumps({"header": self.header, "columns": self.columns}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> LayoutHint:
        held = json.loads(text)
        return cls(tuple(held["header"]), tuple((int(c), str(m)) for c, m in held["columns"]))
