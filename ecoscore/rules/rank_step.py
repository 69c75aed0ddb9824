"""排名计分: the first takes full marks, each place below it so much less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ecoscore.model.rule import Array, Explanation, Number, RuleParameter, Symbol, Terms
from ecoscore.rules.base import SimpleRule
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, put, shown


@dataclass(frozen=True, slots=True)
class RankStep(SimpleRule):
    """score = max(floor, first - step × (rank - 1)); equal values share a rank and the next is deferred.

    Source: 争先进位计分法 (第二名 95 %, 第三名 90 %, 以后按 5 % 递减).
    Example: `{kind: rank_step, step: 5, floor: 0}`, second place → 95.
    """

    kind: ClassVar[str] = "rank_step"
    title: ClassVar[str] = "排名计分"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("first", "第一名的分，0—100", 100),
        RuleParameter("step", "每低一名少得的分", 5),
        RuleParameter("floor", "最低分，0—100", 0),
    )
    example: ClassVar[str] = "{kind: rank_step, first: 100, step: 5, floor: 40}"

    first: float = 100.0
    step: float = 5.0
    floor: float = 0.0

    @classmethod
    def read(cls, spec: SpecReader) -> RankStep:
        spec.no_transform(cls.kind)
        spec.no_range(cls.kind)
        first, floor = spec.number("first", 100, least=0, most=100), spec.number("floor", 0, least=0, most=100)
        if floor > first:
            raise spec.error("floor", f"最低分 {floor:g} 高于第一名的分 {first:g}")
        return cls(first, spec.number("step", 5, least=0), floor)

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "rank"})

    @property
    def lowest(self) -> float:
        return self.floor

    def score(self, t: Terms[Array]) -> Array:
        assert t.rank is not None
        return np.maximum(self.floor, self.first - self.step * (t.rank - 1.0))

    def excel(self, t: Terms[str]) -> str:
        return f"MAX({literal(self.floor)},{literal(self.first)}-{literal(self.step)}*({t.rank}-1))"

    def explain(self, t: Terms[Number]) -> Explanation:
        assert t.rank is not None
        first, step, floor = constant(self.first), constant(self.step), constant(self.floor)
        score = max(self.floor, self.first - self.step * (t.rank.value - 1))
        return Explanation(
            f"{first}−{step}×（名次−1），最低 {floor}",
            f"完成值 {put(t.x)} 列第 {put(t.rank)}：{first}−{step}×（{put(t.rank)}−1），得 {shown(score)}",
            score,
            ("数值相同的名次并列，后一名顺延",),
        )

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "first": self.first, "step": self.step, "floor": self.floor}
