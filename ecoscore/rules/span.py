"""The share of the way from the worst bound to the best: the one piece that efficacy, minmax and linear build on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecoscore.model.rule import Array, Bounds, Number, Terms
from ecoscore.model.scheme import Direction
from ecoscore.rules.spec import SpecReader
from ecoscore.rules.wording import constant, put, shown


@dataclass(frozen=True, slots=True)
class Span:
    """0 at the worst bound, 1 at the best, straight between; beyond them clipped unless `clip` is False.

    With `log` values and bounds go through the natural logarithm first (the base cancels). For a range indicator
    `ideal` = [c, d] scores 1 and the terms' `worst` and `best` are the lower and upper unacceptable limits A and B:
    min(1, (x-A)/(c-A), (B-x)/(B-d)), as in the reference ideal method (Cables, Lamata, Verdegay 2016).
    Where worst equals best (a sample of one, or of equals) everyone has done equally well: 1.
    """

    bounds: Bounds
    clip: bool = True
    log: bool = False
    ideal: tuple[float, float] | None = None

    @classmethod
    def read(cls, spec: SpecReader) -> Span:
        ideal = spec.ideal_interval() if spec.direction is Direction.RANGE else None
        log = spec.transform == "log"
        if log and ideal:
            raise spec.error("bounds", "适度指标不支持 transform: log")
        return cls(spec.bounds(), spec.flag("clip", default=True), log, ideal)

    def batch_key(self) -> tuple[object, ...]:
        return self.clip, self.log, self.ideal

    def spec(self) -> dict[str, object]:
        """The keys a scheme file holds for it."""
        worst, best = self.bounds.worst, self.bounds.best
        bounds: object = "sample"
        if worst is not None and best is not None:
            bounds = (
                {"worst": worst, "best": best}
                if self.ideal is None
                else {"worst": [worst, best], "best": list(self.ideal)}
            )
        return {"bounds": bounds} | ({} if self.clip else {"clip": False})

    def fraction(self, t: Terms[Array]) -> Array:
        """The share of each value; NaN in, NaN out."""
        assert t.worst is not None
        assert t.best is not None
        x, worst, best = t.x, t.worst, t.best
        if self.log:
            x, worst, best = np.log(x), np.log(worst), np.log(best)
        share = self._straight(x, worst, best) if self.ideal is None else self._around(x, worst, best, self.ideal)
        if self.clip:
            share.clip(0.0, 1.0, out=share)
        return share

    @staticmethod
    def _straight(x: Array, worst: Array, best: Array) -> Array:
        gap = np.asarray(best - worst)
        if np.count_nonzero(gap) == gap.size:
            share: Array = np.asarray(x - worst)
            share /= gap
            return share
        equal = gap == 0
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.asarray((x - worst) / gap)
        return np.where(equal & ~np.isnan(x), 1.0, share)

    @staticmethod
    def _around(x: Array, worst: Array, best: Array, ideal: tuple[float, float]) -> Array:
        low, high = ideal
        with np.errstate(divide="ignore", invalid="ignore"):
            left = np.where(worst < low, (x - worst) / (low - worst), np.where(x < low, 0.0, 1.0))
            right = np.where(best > high, (best - x) / (best - high), np.where(x > high, 0.0, 1.0))
        return np.where(np.isnan(x), np.nan, np.minimum(1.0, np.minimum(left, right)))

    def excel(self, t: Terms[str]) -> str:
        x, worst, best = (f"LN({s})" if self.log else str(s) for s in (t.x, t.worst, t.best))
        if self.ideal is None:
            share = f"IF({best}={worst},1,({x}-{worst})/({best}-{worst}))"
        else:
            low, high = self.ideal
            left = f"IF({worst}<{low:.15g},({x}-{worst})/({low:.15g}-{worst}),IF({x}<{low:.15g},0,1))"
            right = f"IF({best}>{high:.15g},({best}-{x})/({best}-{high:.15g}),IF({x}>{high:.15g},0,1))"
            share = f"MIN(1,{left},{right})"
        return f"MAX(0,MIN(1,{share}))" if self.clip else share

    def words(self) -> str:
        """The formula in symbols."""
        if self.ideal is not None:
            low, high = self.ideal
            inner = f"1，（完成值−过低限）÷（{constant(low)}−过低限），（过高限−完成值）÷（过高限−{constant(high)}）"
            return f"min［{inner}］"
        if self.log:
            return "（ln完成值−ln最差值）÷（ln最优值−ln最差值）"
        return "（完成值−最差值）÷（最优值−最差值）"

    def numbers(self, t: Terms[Number]) -> tuple[str, float, tuple[str, ...]]:
        """The formula with figures put in, the clipped share, and what the reader must know about it."""
        assert t.worst is not None
        assert t.best is not None
        arrays = Terms(np.array(t.x.value), worst=np.array(t.worst.value), best=np.array(t.best.value))
        share = float(self.fraction(arrays))
        raw = float(Span(self.bounds, False, self.log, self.ideal).fraction(arrays))
        notes: list[str] = []
        if self.bounds.from_sample:
            notes.append(f"上下限取自本期参评各单位：{put(t.worst)} 至 {put(t.best)}")
        if self.ideal is None and t.worst.value == t.best.value:
            return "1", 1.0, (*notes, "参评各单位数值相同或只有一个单位，最优与最差相等，按满分计")
        if raw != share:
            notes.append(f"比例 {shown(raw)} 超出 0 至 1，按 {shown(share)} 计")
        if self.ideal is not None:
            low, high = self.ideal
            if t.worst.value < low and t.best.value > high:
                text = (
                    f"min［1，（{put(t.x)}−{put(t.worst)}）÷（{constant(low)}−{put(t.worst)}），"
                    f"（{put(t.best)}−{put(t.x)}）÷（{put(t.best)}−{constant(high)}）］"
                )
            else:
                text = shown(raw)
                notes.append(f"适宜区间 {constant(low)} 至 {constant(high)}")
        elif self.log:
            x, worst, best = (f"ln{put(n)}" for n in (t.x, t.worst, t.best))
            text = f"（{x}−{worst}）÷（{best}−{worst}）"
        else:
            text = f"（{put(t.x)}−{put(t.worst)}）÷（{put(t.best)}−{put(t.worst)}）"
        if raw != share:
            text = shown(share)
        return text, share, tuple(notes)
