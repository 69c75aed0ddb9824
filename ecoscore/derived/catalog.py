"""The registry of functions that formulas may call, and what a help text says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ecoscore.derived.air_index import AIR_INDICES
from ecoscore.derived.builtin import BUILTINS
from ecoscore.derived.change import ARGUMENT, CHANGES
from ecoscore.derived.co_control import CO_CONTROL
from ecoscore.derived.function import CONFIDENCE_TITLES, Argument, Function, Source
from ecoscore.derived.good_days import GOOD_DAYS
from ecoscore.derived.per_head import PER_HEAD
from ecoscore.derived.ph_mean import PH_MEAN
from ecoscore.derived.water_city import WATER_CITY
from ecoscore.derived.water_index import WATER_INDICES

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (*AIR_INDICES, *WATER_INDICES, WATER_CITY, PH_MEAN, GOOD_DAYS, PER_HEAD, CO_CONTROL)
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A function as a help text shows it. `source` is None for plain arithmetic; `edition` "" where none matters."""

    name: str
    title: str
    usage: str
    formula: str = ""
    arguments: tuple[Argument, ...] = ()
    unit: str = ""
    edition: str = ""
    source: Source | None = None

    @property
    def confidence(self) -> str:
        """已核对, 请对照原文, 本软件约定, or "" for plain arithmetic."""
        return CONFIDENCE_TITLES[self.source.confidence] if self.source else ""


def entries() -> tuple[Entry, ...]:
    """Every function: those of standards first, then rates of change, then plain arithmetic."""
    found = [
        Entry(
            f.name, f.title, f"{f.name}({', '.join(a.name for a in f.arguments)}{', …' if f.variadic else ''})",
            f.formula, f.arguments, f.unit, f.edition, f.source,
        )
        for f in FUNCTIONS.values()
    ]  # fmt: skip
    found += [
        Entry(c.name, c.title, f"{c.name}(x)", c.formula, (ARGUMENT,), c.unit, "", c.source) for c in CHANGES.values()
    ]
    found += [Entry("prev", "基期值", "prev(x)", "x 在基期的值"), Entry("if", "条件", "if(条件, 成立时, 不成立时)")]
    found += [Entry(b.name, b.title, b.usage) for b in BUILTINS.values()]
    return tuple(found)


def help_text() -> str:
    """All functions, for people: usage, formula, arguments with units, edition, source, and how sure we are of it."""
    return "\n\n".join(_described(entry) for entry in entries())


def _described(entry: Entry) -> str:
    lines = [f"{entry.usage}  {entry.title}" + (f"（{entry.unit}）" if entry.unit else "")]
    if entry.formula:
        lines.append(f"  算式：{entry.formula}")
    if len(entry.arguments) > 1:
        lines.append(
            "  参数：" + "；".join(f"{a.name} {a.title}" + (f"（{a.unit}）" if a.unit else "") for a in entry.arguments)
        )
    if entry.edition:
        lines.append(f"  口径：{entry.edition}")
    if entry.source:
        lines.append(
            f"  出处：{entry.source.title}（{entry.confidence}）"
            + (f"。{entry.source.note}" if entry.source.note else "")
        )
    return "\n".join(lines)
