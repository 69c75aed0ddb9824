"""与平均比: full marks scaled by how far the value lies from the mean of the districts."""

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
class VersusMean(SimpleRule):
    """score = 100 × clip(base + slope × d / |mean|, floor, cap), d = x - mean (mean - x for lower-is-better).

    Where the mean is 0 the ratio means nothing: a better value earns the cap, a worse one the floor, an equal one base.
    Source: 与全市平均比 (recalled, medium). Example: `{kind: versus_mean, base: 0.8, slope: 1}`, mean 50, x 55 → 90.
    """

    kind: ClassVar[str] = "versus_mean"
    title: ClassVar[str] = "与平均比"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("base", "等于平均时的得分率", 1),
        RuleParameter("slope", "比平均好一倍时增加的得分率", 1),
        RuleParameter("floor", "得分率下限", 0),
        RuleParameter("cap", "得分率上限", 1),
    )
    example: ClassVar[str] = "{kind: versus_mean, base: 0.8, slope: 1, floor: 0, cap: 1}"

    higher: bool
    base: float = 1.0
    slope: float = 1.0
    floor: float = 0.0
    cap: float = 1.0

    @classmethod
    def read(cls, spec: SpecReader) -> VersusMean:
        spec.no_range(cls.kind)
        spec.no_transform(cls.kind)
        floor, cap = spec.number("floor", 0, least=0), spec.number("cap", 1, least=0)
        if floor >= cap:
            raise spec.error("floor", f"floor 应小于 cap，写的是 {floor:g} 与 {cap:g}")
        base, slope = spec.number("base", 1, least=floor, most=cap), spec.number("slope", 1, least=0)
        return cls(spec.direction is Direction.HIGHER, base, slope, floor, cap)

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x", "mean"})

    @property
    def lowest(self) -> float:
        return 100.0 * self.floor

    def score(self, t: Terms[Array]) -> Array:
        assert t.mean is not None
        gap = t.x - t.mean if self.higher else t.mean - t.x
        at_zero = np.where(gap > 0, self.cap, np.where(gap < 0, self.floor, self.base))
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(t.mean == 0, at_zero, self.base + self.slope * gap / np.abs(t.mean))
        return np.where(np.isnan(t.x), np.nan, 100.0 * np.clip(share, self.floor, self.cap))

    def excel(self, t: Terms[str]) -> str:
        gap = f"({t.x}-{t.mean})" if self.higher else f"({t.mean}-{t.x})"
        base, slope, floor, cap = (literal(v) for v in (self.base, self.slope, self.floor, self.cap))
        at_zero = f"IF({gap}>0,{cap},IF({gap}<0,{floor},{base}))"
        return f"100*MAX({floor},MIN({cap},IF({t.mean}=0,{at_zero},{base}+{slope}*{gap}/ABS({t.mean}))))"

    def explain(self, t: Terms[Number]) -> Explanation:
        assert t.mean is not None
        score = float(self.score(Terms(np.array(t.x.value), mean=np.array(t.mean.value))))
        words, first, second = ("完成值−平均值", t.x, t.mean) if self.higher else ("平均值−完成值", t.mean, t.x)
        base, slope = constant(self.base), constant(self.slope)
        notes = [f"得分率限于 {constant(self.floor)} 至 {constant(self.cap)}"]
        if t.mean.value == 0:
            notes.append("平均值为 0，比值没有意义：好于平均得上限，差于平均得下限")
        return Explanation(
            f"100×［{base}＋{slope}×（{words}）÷｜平均值｜］",
            f"100×［{base}＋{slope}×（{put(first)}−{put(second)}）÷｜{put(t.mean)}｜］，得 {shown(score)}",
            score,
            tuple(notes),
        )

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "base": self.base, "slope": self.slope, "floor": self.floor, "cap": self.cap}
