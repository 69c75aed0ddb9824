"""功效系数法: `floor` at the worst bound, 100 at the best, straight between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ecoscore.model.rule import Array, Bounds, Explanation, Number, RuleParameter, Symbol, Terms
from ecoscore.rules.base import SimpleRule
from ecoscore.rules.span import Span
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, shown


@dataclass(frozen=True, slots=True)
class Efficacy(SimpleRule):
    """score = floor + (100 - floor) × (x - worst) / (best - worst).

    Source: 绿色发展指数 2016 个体指数 Y = 40 (x - xmin)/(xmax - xmin) + 60 (发改环资〔2016〕2635号, formula recalled).
    Example: `{kind: efficacy, floor: 60, bounds: {worst: 60, best: 25}}`, x = 42 → 60 + 40 × 18/35 = 80.571….
    """

    kind: ClassVar[str] = "efficacy"
    title: ClassVar[str] = "功效系数法"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("floor", "最差值所得的分，0—100", 60),
        RuleParameter("bounds", "sample（本期参评单位的最差、最优）或 {worst: 最差值, best: 最优值}"),
        RuleParameter("clip", "超出上下限时是否封住", default=True),
    )
    example: ClassVar[str] = "{kind: efficacy, floor: 60, bounds: sample}"

    span: Span
    floor: float = 60.0

    @classmethod
    def read(cls, spec: SpecReader) -> Efficacy:
        return cls(Span.read(spec), spec.number("floor", 60, least=0, most=100))

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "worst", "best"})

    @property
    def bounds(self) -> Bounds:
        return self.span.bounds

    @property
    def lowest(self) -> float:
        return self.floor

    def batch_key(self) -> object:
        return self.kind, self.floor, self.span.batch_key()

    def score(self, t: Terms[Array]) -> Array:
        score = self.span.fraction(t)
        score *= 100.0 - self.floor
        score += self.floor
        return score

    def excel(self, t: Terms[str]) -> str:
        return f"{literal(self.floor)}+{literal(100 - self.floor)}*{self.span.excel(t)}"

    def explain(self, t: Terms[Number]) -> Explanation:
        text, share, notes = self.span.numbers(t)
        score = self.floor + (100.0 - self.floor) * share
        head = f"{constant(self.floor)}＋{constant(100 - self.floor)}×"
        return Explanation(head + self.span.words(), f"{head}{text}＝{shown(score)}", score, notes)

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "floor": self.floor, **self.span.spec()}
