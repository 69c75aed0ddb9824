"""分档计分: a given score for each interval; an interval holds its lower edge, or its upper one if the scheme says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ecoscore.model.rule import Array, Explanation, Number, RuleParameter, Symbol, Terms
from ecoscore.rules.base import SimpleRule
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, put, shown


@dataclass(frozen=True, slots=True)
class Bands(SimpleRule):
    """score = scores[number of edges that x has reached]; `closed: lower` counts an edge as reached at x = edge
    (含下不含上), `closed: upper` only beyond it (含上不含下).

    Source: 分档计分 (local practice). Example: `{kind: bands, edges: [60, 80, 90], scores: [0, 60, 80, 100]}`,
    x = 80 → 80.
    """

    kind: ClassVar[str] = "bands"
    title: ClassVar[str] = "分档计分"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("edges", "各档的分界值，由小到大"),
        RuleParameter("scores", "各档的分，0—100，比分界值多一个"),
        RuleParameter(
            "closed", "分界值归上一档还是下一档：lower 含下不含上，upper 含上不含下", "lower", ("lower", "upper")
        ),
    )
    example: ClassVar[str] = "{kind: bands, edges: [60, 80, 90], scores: [0, 60, 80, 100]}"

    edges: tuple[float, ...]
    scores: tuple[float, ...]
    closed: str = "lower"

    @classmethod
    def read(cls, spec: SpecReader) -> Bands:
        spec.no_transform(cls.kind)
        edges, scores = spec.numbers("edges"), spec.numbers("scores")
        if list(edges) != sorted(set(edges)):
            raise spec.error("edges", "edges 应由小到大，不重复")
        if len(scores) != len(edges) + 1:
            raise spec.error("scores", f"{len(edges)} 个分界值要配 {len(edges) + 1} 个分，写了 {len(scores)} 个")
        if not all(0 <= s <= 100 for s in scores):
            raise spec.error("scores", "各档的分应在 0 与 100 之间")
        return cls(edges, scores, spec.choice("closed", ("lower", "upper"), "lower"))

    @property
    def uses(self) -> frozenset[Symbol]:
        return frozenset({"x"})

    @property
    def lowest(self) -> float:
        return min(self.scores)

    def score(self, t: Terms[Array]) -> Array:
        edges, scores = np.asarray(self.edges), np.asarray(self.scores)
        reached = np.searchsorted(edges, t.x, side="right" if self.closed == "lower" else "left")
        found = scores[reached]
        return np.where(np.isnan(t.x), np.nan, found)

    def excel(self, t: Terms[str]) -> str:
        sign = ">=" if self.closed == "lower" else ">"
        formula = literal(self.scores[0])
        for edge, score in zip(self.edges, self.scores[1:], strict=True):
            formula = f"IF({t.x}{sign}{literal(edge)},{literal(score)},{formula})"
        return formula

    def explain(self, t: Terms[Number]) -> Explanation:
        score = float(self.score(Terms(np.array(t.x.value))))
        less, more = ("＜", "≥") if self.closed == "lower" else ("≤", "＞")
        parts = [f"{less}{constant(self.edges[0])} 得 {constant(self.scores[0])}"]
        parts += [f"{more}{constant(e)} 得 {constant(s)}" for e, s in zip(self.edges, self.scores[1:], strict=True)]
        closed = "含下不含上" if self.closed == "lower" else "含上不含下"
        return Explanation(
            "；".join(parts) + f"（{closed}，取达到的最高一档）", f"完成值 {put(t.x)}，得 {shown(score)}", score
        )

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "edges": list(self.edges), "scores": list(self.scores), "closed": self.closed}
