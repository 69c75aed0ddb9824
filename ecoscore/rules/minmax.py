"""极差法: `low` at the worst bound, `high` at the best, straight between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ecoscore.model.rule import Array, Bounds, Explanation, Number, RuleParameter, Symbol, Terms
from ecoscore.rules.base import SimpleRule
from ecoscore.rules.span import Span
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, shown


@dataclass(frozen=True, slots=True)
class MinMax(SimpleRule):
    """score = low + (high - low) × (x - worst) / (best - worst); 0-100 unless the scheme says otherwise.

    Source: 极差法; the 50-100 variant is used in local practice (杭州市楼宇经济考核).
    Example: `{kind: minmax, bounds: sample}` over 10, 20, 40 → 0, 33.3…, 100.
    """

    kind: ClassVar[str] = "minmax"
    title: ClassVar[str] = "极差法"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("bounds", "sample（本期参评单位的最差、最优）或 {worst: 最差值, best: 最优值}"),
        RuleParameter("low", "最差值所得的分，0—100", 0),
        RuleParameter("high", "最优值所得的分，0—100", 100),
        RuleParameter("clip", "超出上下限时是否封住", default=True),
    )
    example: ClassVar[str] = "{kind: minmax, bounds: sample, low: 50, high: 100}"

    span: Span
    low: float = 0.0
    high: float = 100.0

    @classmethod
    def read(cls, spec: SpecReader) -> MinMax:
        low, high = spec.number("low", 0, least=0, most=100), spec.number("high", 100, least=0, most=100)
        if low >= high:
            raise spec.error("low", f"low 应小于 high，写的是 {low:g} 与 {high:g}")
        return cls(Span.read(spec), low, high)

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "worst", "best"})

    @property
    def bounds(self) -> Bounds:
        return self.span.bounds

    @property
    def lowest(self) -> float:
        return self.low

    def batch_key(self) -> object:
        return self.kind, self.low, self.high, self.span.batch_key()

    def score(self, t: Terms[Array]) -> Array:
        score = self.span.fraction(t)
        score *= self.high - self.low
        if self.low:
            score += self.low
        return score

    def excel(self, t: Terms[str]) -> str:
        return f"{literal(self.low)}+{literal(self.high - self.low)}*{self.span.excel(t)}"

    def explain(self, t: Terms[Number]) -> Explanation:
        text, share, notes = self.span.numbers(t)
        score = self.low + (self.high - self.low) * share
        head = f"{constant(self.low)}＋" if self.low else ""
        head += f"{constant(self.high - self.low)}×"
        return Explanation(head + self.span.words(), f"{head}{text}＝{shown(score)}", score, notes)

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "low": self.low, "high": self.high, **self.span.spec()}
