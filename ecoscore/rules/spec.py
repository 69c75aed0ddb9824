"""Reading a rule's parameters from a scheme: every key is asked for by name, what is left over is an error."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecoscore.model.rule import Bounds, Rule
from ecoscore.model.scheme import Direction


class SpecError(ValueError):
    """A rule's mapping cannot be used. `key` is the path of keys inside the rule, "" for the rule itself."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


@dataclass(slots=True)
class SpecReader:
    """A rule's mapping and what of its indicator a rule depends on; remembers which keys were asked for."""

    mapping: Mapping[str, Any]
    direction: Direction
    transform: str = "none"
    ideal: tuple[float, float] | None = None
    path: str = ""
    asked: set[str] = field(default_factory=lambda: {"kind"})

    def error(self, key: str, message: str) -> SpecError:
        return SpecError(f"{self.path}.{key}".strip("."), message)

    def has(self, key: str) -> bool:
        self.asked.add(key)
        return self.mapping.get(key) is not None

    def number(
        self, key: str, default: float | None = None, *, least: float = -math.inf, most: float = math.inf
    ) -> float:
        """A finite number between `least` and `most`; without a default it must be there."""
        self.asked.add(key)
        value = self.mapping.get(key, default)
        if value is None:
            raise self.error(key, f"缺少 {key}，应为一个数")
        return self._checked(key, value, least, most)

    def optional(self, key: str, *, least: float = -math.inf, most: float = math.inf) -> float | None:
        self.asked.add(key)
        value = self.mapping.get(key)
        return None if value is None else self._checked(key, value, least, most)

    def _checked(self, key: str, value: Any, least: float, most: float) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise self.error(key, f"{key} 应为一个数，写的是 {value!r}")
        if not least <= value <= most:
            raise self.error(key, f"{key} 应在 {least:g} 与 {most:g} 之间，写的是 {value:g}")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        self.asked.add(key)
        value = self.mapping.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"{key} 应为 true 或 false，写的是 {value!r}")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        self.asked.add(key)
        value = self.mapping.get(key, default)
        if value not in choices:
            raise self.error(key, f"{key} 应为 {'、'.join(choices)} 之一，写的是 {value!r}")
        return str(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        self.asked.add(key)
        value = self.mapping.get(key)
        if not isinstance(value, (list, tuple)) or not value:
            raise self.error(key, f"{key} 应为一列数，如 [60, 80, 90]")
        return tuple(self._checked(key, v, -math.inf, math.inf) for v in value)

    def ids(self, key: str) -> tuple[str, ...]:
        """Identifiers of other indicators; none where the key is not there."""
        self.asked.add(key)
        value = self.mapping.get(key)
        if value is None:
            return ()
        if not isinstance(value, (list, tuple)) or not value or not all(isinstance(v, str) for v in value):
            raise self.error(key, f"{key} 应为一列指标标识，如 [o3]")
        return tuple(value)

    def bounds(self, key: str = "bounds") -> Bounds:
        """`sample`, or `{worst: .., best: ..}` turned the way the direction asks; for a range indicator two pairs."""
        self.asked.add(key)
        value = self.mapping.get(key)
        if value == "sample":
            return Bounds()
        if not isinstance(value, Mapping):
            raise self.error(key, f"{key} 应为 sample，或写出 {{worst: 最差值, best: 最优值}}")
        if unknown := set(value) - {"worst", "best"}:
            raise self.error(key, f"{key} 里有不认识的键：{'、'.join(map(str, sorted(unknown, key=str)))}")
        if self.direction is Direction.RANGE:
            return self._range_bounds(key, value)
        inner = SpecReader(value, self.direction, path=f"{self.path}.{key}".strip("."))
        worst, best = inner.number("worst"), inner.number("best")
        if worst == best:
            raise self.error(key, f"最差值与最优值相同（{worst:g}），无法区分好坏")
        if (best > worst) != (self.direction is Direction.HIGHER):
            side = "大于" if self.direction is Direction.HIGHER else "小于"
            raise self.error(key, f"方向是 {self.direction}，最优值应{side}最差值，写的是最差 {worst:g}、最优 {best:g}")
        if self.transform == "log" and min(worst, best) <= 0:
            raise self.error(key, "取对数的指标，上下限都应大于 0")
        return Bounds(worst, best)

    def _range_bounds(self, key: str, value: Mapping[str, Any]) -> Bounds:
        worst = value.get("worst")
        if not isinstance(worst, (list, tuple)) or len(worst) != 2:
            raise self.error(key, "适度指标的 worst 应写两个数 [过低限, 过高限]")
        low, high = (self._checked(key, v, -math.inf, math.inf) for v in worst)
        ideal = self.ideal_interval()
        if not (low <= ideal[0] and ideal[1] <= high and low < high):
            raise self.error(key, f"适宜区间 [{ideal[0]:g}, {ideal[1]:g}] 应在两个限值 [{low:g}, {high:g}] 之内")
        return Bounds(low, high)

    def ideal_interval(self) -> tuple[float, float]:
        """The interval of full satisfaction: the indicator's `ideal`, or `best: [low, high]` in the rule's bounds."""
        bounds = self.mapping.get("bounds")
        best = bounds.get("best") if isinstance(bounds, Mapping) else None
        if isinstance(best, (list, tuple)) and len(best) == 2:
            low, high = (self._checked("bounds", v, -math.inf, math.inf) for v in best)
        elif self.ideal is not None:
            low, high = self.ideal
        else:
            raise self.error("bounds", "适度指标要写出适宜区间：指标的 ideal: [低, 高]，或 bounds 里的 best: [低, 高]")
        if low > high:
            raise self.error("bounds", f"适宜区间的低值 {low:g} 大于高值 {high:g}")
        return low, high

    def inner(self, key: str, direction: Direction, *, transform: str = "none") -> SpecReader:
        """A reader for a rule inside this one."""
        self.asked.add(key)
        value = self.mapping.get(key)
        if not isinstance(value, Mapping):
            raise self.error(key, f"{key} 应为一条计分规则，如 {{kind: linear, bounds: {{worst: 0, best: 100}}}}")
        return SpecReader(value, direction, transform, self.ideal, f"{self.path}.{key}".strip("."))

    def no_range(self, kind: str) -> None:
        if self.direction is Direction.RANGE:
            raise self.error("kind", f"{kind} 不能用于适度指标，请改用 linear、minmax 或 efficacy")

    def no_transform(self, kind: str) -> None:
        if self.transform != "none":
            raise self.error("kind", f"{kind} 不支持 transform: {self.transform}，只有 linear、minmax、efficacy 支持")

    def done(self, rule: Rule) -> Rule:
        """The finished rule, unless a key was never asked for."""
        if unknown := [k for k in self.mapping if k not in self.asked]:
            known = "、".join(sorted(self.asked - {"kind"})) or "无"
            raise self.error(str(unknown[0]), f"{rule.kind} 没有参数 {unknown[0]}（可用：{known}）")
        return rule
