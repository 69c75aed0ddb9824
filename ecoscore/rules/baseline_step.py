"""达标给基础分，每增减一档加减: a base score at the reference, so many points more or less for each step from it."""

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
class BaselineStep(SimpleRule):
    """points = F × base + per × d / step, kept in [F × floor, F × cap]; d = how much better than the target (or, with
    `reference: baseline`, than the baseline year); turned to 0-100 by dividing by F. Without a baseline: F × base.

    Source: 达到预期得 80 % 标准分, 每 ±1 个百分点 ±0.5 分, 单项不超过标准分的若干倍 (published assessment rules).
    Example: `{kind: baseline_step, base: 0.8, per: 0.5, step: 1}`, F = 5, T = 60, x = 61 → 4.5 points, i.e. 90.
    """

    kind: ClassVar[str] = "baseline_step"
    title: ClassVar[str] = "基础分加减"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("reference", "比照的数：target 目标值，baseline 基期值", "target", ("target", "baseline")),
        RuleParameter("base", "恰好达到时的得分率", 0.8),
        RuleParameter("per", "每好（差）一档加（减）的分（与指标分值同单位）"),
        RuleParameter("step", "一档有多大（与指标同单位）", 1),
        RuleParameter("floor", "得分率下限", 0),
        RuleParameter("cap", "得分率上限", 1),
    )
    example: ClassVar[str] = "{kind: baseline_step, base: 0.8, per: 0.5, step: 1, cap: 1.2}"

    higher: bool
    per: float
    reference: str = "target"
    base: float = 0.8
    step: float = 1.0
    floor: float = 0.0
    cap: float = 1.0

    @classmethod
    def read(cls, spec: SpecReader) -> BaselineStep:
        spec.no_range(cls.kind)
        spec.no_transform(cls.kind)
        floor, cap = spec.number("floor", 0, least=0), spec.number("cap", 1, least=0)
        if floor >= cap:
            raise spec.error("floor", f"floor 应小于 cap，写的是 {floor:g} 与 {cap:g}")
        step = spec.number("step", 1, least=0)
        if step == 0:
            raise spec.error("step", "step 应大于 0")
        return cls(
            spec.direction is Direction.HIGHER,
            spec.number("per", least=0),
            spec.choice("reference", ("target", "baseline"), "target"),
            spec.number("base", 0.8, least=floor, most=cap),
            step,
            floor,
            cap,
        )

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "full", "target" if self.reference == "target" else "baseline"})

    @property
    def lowest(self) -> float:
        return 100.0 * self.floor

    def score(self, t: Terms[Array]) -> Array:
        reference = t.target if self.reference == "target" else t.baseline
        assert reference is not None
        assert t.full is not None
        gap = t.x - reference if self.higher else reference - t.x
        gap = np.where(np.isnan(reference) & ~np.isnan(t.x), 0.0, gap)
        return 100.0 * np.clip(self.base + self.per * gap / self.step / t.full, self.floor, self.cap)

    def excel(self, t: Terms[str]) -> str:
        reference = t.target if self.reference == "target" else t.baseline
        gap = f"({t.x}-{reference})" if self.higher else f"({reference}-{t.x})"
        base, per, step, floor, cap = (literal(v) for v in (self.base, self.per, self.step, self.floor, self.cap))
        line = f"{base}+{per}*IF(ISNUMBER({reference}),{gap},0)/{step}/{t.full}"
        return f"100*MAX({floor},MIN({cap},{line}))"

    def explain(self, t: Terms[Number]) -> Explanation:
        reference = t.target if self.reference == "target" else t.baseline
        name = "目标值" if self.reference == "target" else "基期值"
        assert t.full is not None
        base, per, step = constant(self.base), constant(self.per), constant(self.step)
        words = f"完成值−{name}" if self.higher else f"{name}−完成值"
        formula = f"100×［{base}＋{per}×（{words}）÷{step}÷满分］"
        if reference is None:
            score = 100 * self.base
            return Explanation(formula, f"100×{base}＝{shown(score)}", score, (f"没有{name}，按恰好达到计",))
        first, second = (t.x, reference) if self.higher else (reference, t.x)
        raw = self.base + self.per * (first.value - second.value) / self.step / t.full.value
        share = min(max(raw, self.floor), self.cap)
        text = f"{base}＋{per}×（{put(first)}−{put(second)}）÷{step}÷{put(t.full)}"
        if share == raw:
            return Explanation(formula, f"100×［{text}］＝{shown(100 * raw)}", 100 * raw)
        note = f"得分率 {shown(raw)} 超出 {constant(self.floor)} 至 {constant(self.cap)}，按 {shown(share)} 计"
        return Explanation(formula, f"100×{shown(share)}＝{shown(100 * share)}", 100 * share, (note,))

    def spec(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "reference": self.reference,
            "base": self.base,
            "per": self.per,
            "step": self.step,
            "floor": self.floor,
            "cap": self.cap,
        }
