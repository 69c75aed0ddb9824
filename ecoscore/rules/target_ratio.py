"""目标完成率法: the ratio of value to target, in either published reading for lower-is-better indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ecoscore.model.rule import Array, Explanation, Number, RuleParameter, Symbol, Terms
from ecoscore.model.scheme import Direction
from ecoscore.rules.base import SimpleRule
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, put, shown


@dataclass(frozen=True, slots=True)
class TargetRatio(SimpleRule):
    """score = 100 × clip(r, floor, cap), where r = x/T for higher-is-better and, for lower-is-better, T/x
    (`inverse: ratio`) or (2T - x)/T (`inverse: mirror`). Below `least` nothing is earned.

    A ratio means nothing where T ≤ 0 or, for T/x, where x ≤ 0: then reaching the target earns full marks (r = 1, or
    the cap where x ≤ 0 < T) and missing it earns the floor.
    Source: 目标完成率法 (common practice, e.g. 未完成的按实际完成率乘以标准分计分); both readings are in use.
    Example: `{kind: target_ratio, cap: 1.1}`, T = 3.2, x = 3.0 → 93.75.
    """

    kind: ClassVar[str] = "target_ratio"
    title: ClassVar[str] = "目标完成率法"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter(
            "inverse",
            "逆向指标的读法：ratio 为 目标÷完成，mirror 为 （2×目标−完成）÷目标",
            "ratio",
            ("ratio", "mirror"),
        ),
        RuleParameter("floor", "完成率的下限", 0),
        RuleParameter("cap", "完成率的上限，1 为超额不加分", 1),
        RuleParameter("least", "完成率低于它不得分", 0),
    )
    example: ClassVar[str] = "{kind: target_ratio, inverse: ratio, cap: 1.0}"

    higher: bool
    inverse: str = "ratio"
    floor: float = 0.0
    cap: float = 1.0
    least: float = 0.0

    @classmethod
    def read(cls, spec: SpecReader) -> TargetRatio:
        spec.no_range(cls.kind)
        spec.no_transform(cls.kind)
        floor, cap = spec.number("floor", 0, least=0), spec.number("cap", 1, least=0)
        if floor >= cap:
            raise spec.error("floor", f"floor 应小于 cap，写的是 {floor:g} 与 {cap:g}")
        inverse = spec.choice("inverse", ("ratio", "mirror"), "ratio")
        return cls(spec.direction is Direction.HIGHER, inverse, floor, cap, spec.number("least", 0, least=0))

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "target"})

    @property
    def lowest(self) -> float:
        return 0.0 if self.least > self.floor else 100.0 * self.floor

    def score(self, t: Terms[Array]) -> Array:
        assert t.target is not None
        x, target = t.x, t.target
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.higher:
                ratio = np.where(target > 0, x / target, np.where(x >= target, 1.0, self.floor))
            elif self.inverse == "mirror":
                ratio = np.where(target > 0, (2 * target - x) / target, np.where(x <= target, 1.0, self.floor))
            else:
                safe = np.where(x > 0, target / x, self.cap)
                ratio = np.where(target > 0, safe, np.where(x <= target, 1.0, self.floor))
        ratio = np.clip(ratio, self.floor, self.cap)
        score = 100.0 * np.where(ratio < self.least, 0.0, ratio)
        return np.where(np.isnan(x) | np.isnan(target), np.nan, score)

    def excel(self, t: Terms[str]) -> str:
        x, target, floor, cap = t.x, t.target, literal(self.floor), literal(self.cap)
        if self.higher:
            ratio = f"IF({target}>0,{x}/{target},IF({x}>={target},1,{floor}))"
        elif self.inverse == "mirror":
            ratio = f"IF({target}>0,(2*{target}-{x})/{target},IF({x}<={target},1,{floor}))"
        else:
            ratio = f"IF({target}>0,IF({x}>0,{target}/{x},{cap}),IF({x}<={target},1,{floor}))"
        clipped = f"MAX({floor},MIN({cap},{ratio}))"
        return f"100*IF({clipped}<{literal(self.least)},0,{clipped})" if self.least else f"100*{clipped}"

    def explain(self, t: Terms[Number]) -> Explanation:
        assert t.target is not None
        x, target = t.x, t.target
        score = float(self.score(Terms(np.array(x.value), target=np.array(target.value))))
        notes: list[str] = []
        if self.higher:
            formula, text, meaningful = "完成值÷目标值", f"{put(x)}÷{put(target)}", target.value > 0
            raw = x.value / target.value if meaningful else 0.0
        elif self.inverse == "mirror":
            formula, text = "（2×目标值−完成值）÷目标值", f"（2×{put(target)}−{put(x)}）÷{put(target)}"
            meaningful = target.value > 0
            raw = (2 * target.value - x.value) / target.value if meaningful else 0.0
        else:
            formula, text = "目标值÷完成值", f"{put(target)}÷{put(x)}"
            meaningful = target.value > 0 and x.value > 0
            raw = target.value / x.value if meaningful else 0.0
        if not meaningful:
            notes.append("目标值或完成值不大于 0，比值没有意义，按是否达到目标计")
            text = shown(score / 100)
        elif raw < self.least:
            notes.append(f"完成率 {shown(raw)} 低于 {constant(self.least)}，不得分")
            text = "0"
        elif not self.floor <= raw <= self.cap:
            notes.append(
                f"完成率 {shown(raw)} 超出 {constant(self.floor)} 至 {constant(self.cap)}，按 {shown(score / 100)} 计"
            )
            text = shown(score / 100)
        return Explanation(f"100×{formula}", f"100×{text}＝{shown(score)}", score, tuple(notes))

    def spec(self) -> dict[str, Any]:
        # For a higher-is-better indicator it says nothing; what was written is kept all the same.
        inverse = {} if self.higher and self.inverse == "ratio" else {"inverse": self.inverse}
        return {"kind": self.kind, **inverse, "floor": self.floor, "cap": self.cap, "least": self.least}
