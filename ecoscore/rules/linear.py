"""直线式: a straight line through two points, or given by slope and intercept in points, kept within full marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ecoscore.model.rule import Array, Bounds, Explanation, Number, RuleParameter, Symbol, Terms
from ecoscore.rules.base import SimpleRule
from ecoscore.rules.span import Span
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, put, shown


@dataclass(frozen=True, slots=True)
class Linear(SimpleRule):
    """Two forms. With bounds: 0 at the worst, 100 at the best. With `slope` a and `intercept` c: points = a × x + c,
    kept in [0, F] where F is the indicator's full marks, then turned to 0-100 by dividing by F.

    Source: 直线式, e.g. 交接断面水质达标率 得分 = 70 × 实际达标率 - 63, 满分 7 (published assessment rules).
    Example: `{kind: linear, slope: 70, intercept: -63}`, F = 7, x = 0.95 → 3.5 points, i.e. 50.
    """

    kind: ClassVar[str] = "linear"
    title: ClassVar[str] = "直线式"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("bounds", "{worst: 记0分的值, best: 记满分的值}，或 sample"),
        RuleParameter("clip", "超出上下限时是否封住", default=True),
        RuleParameter("slope", "另一种写法：每单位的分数 a（得分=a×完成值+c，封在 0 与满分之间）"),
        RuleParameter("intercept", "常数项 c，与 slope 同用"),
    )
    example: ClassVar[str] = "{kind: linear, bounds: {worst: 55, best: 92}}"

    span: Span | None
    slope: float = 0.0
    intercept: float = 0.0

    @classmethod
    def read(cls, spec: SpecReader) -> Linear:
        if spec.has("slope") or spec.has("intercept"):
            spec.no_transform("linear 的 slope 写法")
            if spec.has("bounds"):
                raise spec.error("bounds", "bounds 与 slope、intercept 是两种写法，只能用一种")
            return cls(None, spec.number("slope"), spec.number("intercept"))
        return cls(Span.read(spec))

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "worst", "best"}) if self.span else frozenset({"x", "full"})

    @property
    def bounds(self) -> Bounds | None:
        return self.span.bounds if self.span else None

    def batch_key(self) -> object:
        return (self.kind, self.span.batch_key()) if self.span else self

    def score(self, t: Terms[Array]) -> Array:
        if self.span:
            score = self.span.fraction(t)
            score *= 100.0
            return score
        assert t.full is not None
        points = np.clip(self.slope * t.x + self.intercept, 0.0, t.full)
        return 100.0 * points / t.full

    def excel(self, t: Terms[str]) -> str:
        if self.span:
            return f"100*{self.span.excel(t)}"
        line = f"{literal(self.slope)}*{t.x}+{literal(self.intercept)}"
        return f"100*MAX(0,MIN({t.full},{line}))/{t.full}"

    def explain(self, t: Terms[Number]) -> Explanation:
        if self.span:
            text, share, notes = self.span.numbers(t)
            return Explanation(f"100×{self.span.words()}", f"100×{text}＝{shown(100 * share)}", 100 * share, notes)
        assert t.full is not None
        line = self.slope * t.x.value + self.intercept
        points = min(max(line, 0.0), t.full.value)
        score = 100 * points / t.full.value
        notes = () if points == line else (f"直线值 {shown(line)} 超出 0 至满分，按 {shown(points)} 计",)
        a, c = constant(self.slope), constant(self.intercept)
        return Explanation(
            f"100×（{a}×完成值＋{c}）÷满分",
            f"100×（{a}×{put(t.x)}＋{c}）÷{put(t.full)}＝{shown(score)}"
            if points == line
            else f"100×{shown(points)}÷{put(t.full)}＝{shown(score)}",
            score,
            notes,
        )

    def spec(self) -> dict[str, Any]:
        if self.span:
            return {"kind": self.kind, **self.span.spec()}
        return {"kind": self.kind, "slope": self.slope, "intercept": self.intercept}
