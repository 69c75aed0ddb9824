"""达标制: full marks where the target is reached, else nothing."""

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
class PassFail(SimpleRule):
    """score = 100 where x reaches T (x ≥ T, or x ≤ T for lower-is-better), else `fail`.

    Source: 未完成年度目标不得分 (e.g. 2017 水资源管理考核赋分细则: 取水总量不大于目标得 10 分, 大于不得分).
    Example: `{kind: pass_fail}`, T = 100, x = 99.9 → 0.
    """

    kind: ClassVar[str] = "pass_fail"
    title: ClassVar[str] = "达标制"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (RuleParameter("fail", "未达标所得的分，0—100", 0),)
    example: ClassVar[str] = "{kind: pass_fail}"

    higher: bool
    fail: float = 0.0

    @classmethod
    def read(cls, spec: SpecReader) -> PassFail:
        spec.no_range(cls.kind)
        spec.no_transform(cls.kind)
        return cls(spec.direction is Direction.HIGHER, spec.number("fail", 0, least=0, most=100))

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "target"})

    @property
    def lowest(self) -> float:
        return self.fail

    def score(self, t: Terms[Array]) -> Array:
        assert t.target is not None
        reached = t.x >= t.target if self.higher else t.x <= t.target
        return np.where(np.isnan(t.x) | np.isnan(t.target), np.nan, np.where(reached, 100.0, self.fail))

    def excel(self, t: Terms[str]) -> str:
        return f"IF({t.x}{'>=' if self.higher else '<='}{t.target},100,{literal(self.fail)})"

    def explain(self, t: Terms[Number]) -> Explanation:
        assert t.target is not None
        reached = t.x.value >= t.target.value if self.higher else t.x.value <= t.target.value
        sign, score = ("≥" if self.higher else "≤"), (100.0 if reached else self.fail)
        word = "达到目标" if reached else "未达到目标"
        return Explanation(
            f"完成值{sign}目标值得 100，否则得 {constant(self.fail)}",
            f"{put(t.x)} 与目标 {put(t.target)} 比，{word}，得 {shown(score)}",
            score,
        )

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "fail": self.fail}
