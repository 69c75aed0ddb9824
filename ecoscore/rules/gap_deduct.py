"""按差距扣分: full marks less so many points for each step short of the target, until nothing is left."""

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
class GapDeduct(SimpleRule):
    """points = max(0, F - deduct × gap / step), gap = how far x falls short of T; turned to 0-100 by dividing by F.

    Source: 2018 某市环保目标责任书考核细则: PM10 3 分, 每差 1 微克/立方米扣 0.5 分, 扣完为止.
    Example: `{kind: gap_deduct, deduct: 0.5, step: 1}`, lower, F = 3, T = 60, x = 63 → 1.5 points, i.e. 50.
    """

    kind: ClassVar[str] = "gap_deduct"
    title: ClassVar[str] = "按差距扣分"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("deduct", "每差一档扣的分（与指标分值同单位）"),
        RuleParameter("step", "一档有多大（与指标同单位）", 1),
    )
    example: ClassVar[str] = "{kind: gap_deduct, deduct: 0.5, step: 1}"

    higher: bool
    deduct: float
    step: float = 1.0

    @classmethod
    def read(cls, spec: SpecReader) -> GapDeduct:
        spec.no_range(cls.kind)
        spec.no_transform(cls.kind)
        step = spec.number("step", 1, least=0)
        if step == 0:
            raise spec.error("step", "step 应大于 0")
        return cls(spec.direction is Direction.HIGHER, spec.number("deduct", least=0), step)

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "target", "full"})

    def score(self, t: Terms[Array]) -> Array:
        assert t.target is not None
        assert t.full is not None
        gap = t.target - t.x if self.higher else t.x - t.target
        return 100.0 * np.maximum(0.0, t.full - self.deduct * np.maximum(0.0, gap) / self.step) / t.full

    def excel(self, t: Terms[str]) -> str:
        gap = f"{t.target}-{t.x}" if self.higher else f"{t.x}-{t.target}"
        taken = f"{literal(self.deduct)}*MAX(0,{gap})/{literal(self.step)}"
        return f"100*MAX(0,{t.full}-{taken})/{t.full}"

    def explain(self, t: Terms[Number]) -> Explanation:
        assert t.target is not None
        assert t.full is not None
        gap = (t.target.value - t.x.value) if self.higher else (t.x.value - t.target.value)
        sign = "目标值−完成值" if self.higher else "完成值−目标值"
        first, second = (t.target, t.x) if self.higher else (t.x, t.target)
        score = 100 * max(0.0, t.full.value - self.deduct * max(0.0, gap) / self.step) / t.full.value
        notes = ["已达到目标，不扣分"] if gap <= 0 else ["扣完为止"] if score == 0 else []
        deduct, step = constant(self.deduct), constant(self.step)
        numbers = f"100×［{put(t.full)}−{deduct}×（{put(first)}−{put(second)}）÷{step}］÷{put(t.full)}"
        if notes:
            numbers = "100" if gap <= 0 else "0"
        return Explanation(
            f"100×［满分−{deduct}×（{sign}）÷{step}］÷满分，最低为 0",
            f"{numbers}＝{shown(score)}"
            if not notes
            else f"{put(first)}−{put(second)}＝{shown(gap)}，得 {shown(score)}",
            score,
            tuple(notes),
        )

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "deduct": self.deduct, "step": self.step}
