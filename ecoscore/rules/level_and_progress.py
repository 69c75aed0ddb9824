"""存量与增量: one part for the level reached, one for the change since the baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast

import numpy as np

from ecoscore.model.rule import (
    Array,
    Bounds,
    Explanation,
    MeasureKind,
    Number,
    ProgressPart,
    Rule,
    RuleParameter,
    Symbol,
    Terms,
)
from ecoscore.model.scheme import Direction
from ecoscore.rules import measure as measures
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, literal, put, shown

Build = Callable[[SpecReader], Rule]
_SECOND_PARTS = ("linear", "minmax", "efficacy", "bands", "rank_step")


@dataclass(frozen=True, slots=True)
class LevelAndProgress:
    """score = share × L + (1 - share) × P: L the level rule's score of x, P the progress rule's score of the change.

    `measure`: absolute x - b, relative 100 (x - b)/|b|, gap 100 (x - b)/(best - b); the progress rule's bounds are in
    that measure's unit. At or beyond `exempt_above` (x ≥) or `exempt_below` (x ≤) P is 100 whatever the change.
    With `together` (双控双降) P is at most `alone` unless this indicator and all those named are better than their
    baselines; one whose value or baseline is unknown has not been shown to be. An exemption goes before that.
    Without a baseline the level alone counts (P = L), and the paper says so. With baselines that differ between districts
    (任期基期) sample bounds and ranks hold changes over different spans against one another: a finding and the paper say so.
    Source: 存量与增量 (徐州市文); 水平 55 %, 增量 45 % 之类 in local practice.
    Example: `{kind: level_and_progress, share: 0.5, measure: relative, level: {kind: linear, bounds: {worst: 60, best: 25}},
    progress: {kind: linear, bounds: {worst: 10, best: -10}}, exempt_below: 30}`.
    """

    kind: ClassVar[str] = "level_and_progress"
    title: ClassVar[str] = "存量与增量"
    parameters: ClassVar[tuple[RuleParameter, ...]] = (
        RuleParameter("share", "存量（水平分）所占比例，0—1"),
        RuleParameter(
            "measure",
            "改善的度量：absolute 差值，relative 变化率（%），gap 缩差率（%）",
            "absolute",
            ("absolute", "relative", "gap"),
        ),
        RuleParameter("level", "水平分的计分规则"),
        RuleParameter("progress", "改善分的计分规则，上下限以改善的度量为单位"),
        RuleParameter("exempt_above", "水平不低于它，改善分记满"),
        RuleParameter("exempt_below", "水平不高于它，改善分记满"),
        RuleParameter("together", "须与本项同时改善的指标的标识，如 [o3]；未同时改善的，改善分受 alone 所限"),
        RuleParameter("alone", "未同时改善时改善分至多多少，0—100", 60),
    )
    example: ClassVar[str] = (
        "{kind: level_and_progress, share: 0.6, measure: absolute, level: {kind: linear, bounds: {worst: 55, best: 92}},"
        " progress: {kind: linear, bounds: {worst: -5, best: 5}}}"
    )

    share: float
    level: Rule
    change: ProgressPart

    @classmethod
    def read(cls, spec: SpecReader, build: Build) -> LevelAndProgress:
        spec.no_range(cls.kind)
        measure = cast("MeasureKind", spec.choice("measure", ("absolute", "relative", "gap"), "absolute"))
        level = build(spec.inner("level", spec.direction, transform=spec.transform))
        if level.progress is not None:
            raise spec.error("level", "level 里不能再用 level_and_progress")
        toward = -1 if spec.direction is Direction.LOWER and measure != "gap" else 1
        inner = spec.inner("progress", Direction.HIGHER if toward > 0 else Direction.LOWER)
        progress = build(inner)
        if progress.kind not in _SECOND_PARTS or "full" in progress.uses:
            raise spec.error("progress", f"改善分的规则只能是 {'、'.join(_SECOND_PARTS)}")
        if measure == "gap" and level.bounds is None:
            raise spec.error("measure", "缩差率（gap）要用水平分的最优值，level 应是有上下限的规则")
        exempt = spec.optional("exempt_above"), spec.optional("exempt_below")
        together = spec.ids("together")
        if not together and spec.has("alone"):
            raise spec.error("alone", "alone 要与 together 同用：写明须与哪些指标同时改善")
        alone = spec.number("alone", 60, least=0, most=100)
        part = ProgressPart(measure, progress, toward, *exempt, together, alone)
        return cls(spec.number("share", least=0, most=1), level, part)

    @property
    def uses(self) -> frozenset[Symbol]:
        return self.level.uses | {"baseline"}

    @property
    def bounds(self) -> Bounds | None:
        return self.level.bounds

    @property
    def progress(self) -> ProgressPart:
        return self.change

    @property
    def lowest(self) -> float:
        progress = self.change.rule.lowest
        if self.change.together:
            progress = min(progress, self.change.alone)
        return self.share * self.level.lowest + (1 - self.share) * progress

    def batch_key(self) -> object:
        c = self.change
        return (
            self.kind,
            self.share,
            self.level.batch_key(),
            c.measure,
            c.rule.batch_key(),
            c.toward,
            c.exempt_above,
            c.exempt_below,
            c.alone if c.together else None,
        )

    def parts(self, t: Terms[Array]) -> tuple[Array, Array]:
        assert t.progress is not None
        level, progress = self.level.score(t), self.change.rule.score(t.progress)
        if self.change.together:
            assert t.progress.joint is not None
            progress = np.where(t.progress.joint > 0, progress, np.minimum(progress, self.change.alone))
        progress = np.where(np.isnan(t.progress.x), np.nan, progress)
        if self.change.exempt_above is not None:
            progress = np.where(t.x >= self.change.exempt_above, 100.0, progress)
        if self.change.exempt_below is not None:
            progress = np.where(t.x <= self.change.exempt_below, 100.0, progress)
        return level, progress

    def score(self, t: Terms[Array]) -> Array:
        return self.whole(*self.parts(t))

    def whole(self, level: Array, progress: Array) -> Array:
        return self.share * level + (1 - self.share) * np.where(np.isnan(progress), level, progress)

    def excel_parts(self, t: Terms[str], unknown: str = '""') -> tuple[str, str]:
        level = f"({self.level.excel(t)})"
        return level, self._excel_progress(t, unknown)

    def excel(self, t: Terms[str]) -> str:
        level = f"({self.level.excel(t)})"
        return f"{literal(self.share)}*{level}+{literal(1 - self.share)}*{self._excel_progress(t, level)}"

    def _excel_progress(self, t: Terms[str], unknown: str) -> str:
        """The progress part, `unknown` where there is no change to score."""
        assert t.progress is not None
        progress = self.change.rule.excel(t.progress)
        if self.change.together:
            progress = f"MIN(IF({t.progress.joint}=1,1E+9,{literal(self.change.alone)}),{progress})"
        progress = f"IF(ISNUMBER({t.progress.x}),{progress},{unknown})"
        if self.change.exempt_above is not None:
            progress = f"IF({t.x}>={literal(self.change.exempt_above)},100,{progress})"
        if self.change.exempt_below is not None:
            progress = f"IF({t.x}<={literal(self.change.exempt_below)},100,{progress})"
        return progress

    def explain(self, t: Terms[Number]) -> Explanation:
        assert t.progress is not None
        level = self.level.explain(t)
        steps: list[tuple[str, Explanation]] = [("水平分", level)]
        notes: list[str] = []
        above, below = self.change.exempt_above, self.change.exempt_below
        exempt = (above is not None and t.x.value >= above) or (below is not None and t.x.value <= below)
        has_change = not np.isnan(t.progress.x.value)
        if has_change and t.baseline is not None:
            best = t.best if self.change.measure == "gap" else None
            steps.append(("改善", measures.explain(self.change.measure, t.x, t.baseline, best, t.progress.x.value)))
        if exempt:
            edge = (
                f"不低于 {constant(above)}"
                if above is not None and t.x.value >= above
                else f"不高于 {constant(below or 0)}"
            )
            progress = 100.0
            steps.append(("改善分", Explanation("水平已优，改善分记满", f"{put(t.x)} {edge}，记 100", 100.0)))
        elif has_change:
            change = replace(t.progress, x=Number(t.progress.x.value, shown(t.progress.x.value).replace("−", "-")))
            inner = self.change.rule.explain(change)
            progress = inner.score
            steps.append(("改善分", replace(inner, formula=inner.formula.replace("完成值", "改善"))))
            if t.progress.joint is not None and self.change.together:
                together = self._together(progress, t.progress.joint)
                progress = together.score
                steps.append(("同时改善", together))
        else:
            progress = level.score
            why = "没有基期值" if t.baseline is None else "基期值为 0，变化率没有意义"
            notes.append(f"{why}，只计水平分")
        score = self.share * level.score + (1 - self.share) * progress
        share, rest = constant(self.share), f"{1 - self.share:.12g}"
        return Explanation(
            f"{share}×水平分＋{rest}×改善分",
            f"{share}×{shown(level.score)}＋{rest}×{shown(progress)}＝{shown(score)}",
            score,
            tuple(notes),
            tuple(steps),
        )

    def _together(self, progress: float, joint: Number) -> Explanation:
        """What remains of the progress part after asking whether all have improved; `joint` says what they did."""
        alone = constant(self.change.alone)
        formula = f"须同时改善，否则改善分至多 {alone}"
        if joint.value > 0:
            return Explanation(formula, f"{joint.text}，都已改善，改善分 {shown(progress)}", progress)
        kept = min(progress, self.change.alone)
        return Explanation(formula, f"{joint.text}，未同时改善，min（{shown(progress)}，{alone}）＝{shown(kept)}", kept)

    def spec(self) -> dict[str, Any]:
        c = self.change
        found: dict[str, Any] = {
            "kind": self.kind,
            "share": self.share,
            "measure": c.measure,
            "level": self.level.spec(),
            "progress": c.rule.spec(),
        }
        for key in ("exempt_above", "exempt_below"):
            if (value := getattr(c, key)) is not None:
                found[key] = value
        if c.together:
            found |= {"together": list(c.together), "alone": c.alone}
        return found
