"""What every scoring rule must be able to do: compute, write its Excel formula, and explain itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Symbol = Literal["x", "baseline", "target", "worst", "best", "mean", "rank", "count", "full"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terms(Generic[T]):
    """The quantities a rule may speak of, in one of three tongues.

    Arrays when it computes (each of shape [districts, indicators] or broadcastable to it), cell references or
    sub-expressions when it writes a formula, `Number`s when it explains. A symbol the rule does not list in `uses`
    may be None. All in the indicator's own unit.

    x: the value scored. baseline: the value of the baseline period. target. worst, best: the bounds, fixed or
    taken from the sample (already turned by direction: best is the smaller one for a lower-is-better indicator).
    For a range indicator worst and best are the lower and the upper unacceptable limit.
    mean, count: of the sample. rank: place in the sample, best first, ties share. full: full marks in points.
    progress: the same for the measure of progress, where x is the change since the baseline; there `joint` is 1 where
    all that must improve together have, else 0.
    """

    x: T
    baseline: T | None = None
    target: T | None = None
    worst: T | None = None
    best: T | None = None
    mean: T | None = None
    rank: T | None = None
    count: T | None = None
    full: T | None = None
    progress: Terms[T] | None = None
    joint: T | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the text it is printed as, so that the working paper shows exactly what was entered."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One score explained: `formula` in words and symbols, `numbers` the same with figures put in, and the result.

    `score` is 0-100 before weighting. `notes` state decisions (clipped, all equal, exempt). `steps` are the parts
    of a composite rule, in the order a reader recomputes them.
    """

    formula: str
    numbers: str
    score: float
    notes: tuple[str, ...] = ()
    steps: tuple[tuple[str, Explanation], ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where full and no marks lie: fixed values in the indicator's unit, or the sample's own extremes (both None)."""

    worst: float | None = None
    best: float | None = None

    @property
    def from_sample(self) -> bool:
        return self.worst is None


MeasureKind = Literal["absolute", "relative", "gap"]
MEASURE_TITLES: Mapping[MeasureKind, str] = {"absolute": "变化值", "relative": "变化率（%）", "gap": "缩差率（%）"}


@runtime_checkable
class Rule(Protocol):
    """A scoring rule, immutable and hashable. Scores run 0-100 (beyond it only where the rule says so)."""

    kind: ClassVar[str]
    title: ClassVar[str]

    @property
    def uses(self) -> frozenset[Symbol]:
        """The symbols of `Terms` it reads, so that callers supply (and ask users for) just those."""

    @property
    def bounds(self) -> Bounds | None:
        """Its bounds, or None if it has none."""

    @property
    def progress(self) -> ProgressPart | None:
        """How it measures change since the baseline, or None if it looks at the level alone."""

    @property
    def lowest(self) -> float:
        """The least it can award: what `missing: floor` gives."""

    def batch_key(self) -> object:
        """Equal for rules that one kernel call can serve: the same rule but for bounds."""

    def score(self, t: Terms[Array]) -> Array:
        """Scores of the shape of `t.x`; NaN in gives NaN out. No checks: the caller has made them."""

    def parts(self, t: Terms[Array]) -> tuple[Array, Array]:
        """The level and the progress part, 0-100 each; progress is NaN where it does not count."""

    def whole(self, level: Array, progress: Array) -> Array:
        """The score that the two parts make: `score(t)` is `whole(*parts(t))`."""

    def excel(self, t: Terms[str]) -> str:
        """The Excel formula of one score, without the leading `=`; only functions of Excel 2010, WPS, LibreOffice."""

    def excel_parts(self, t: Terms[str], unknown: str = '""') -> tuple[str, str]:
        """The formulas of the level and the progress part; the latter is `unknown` where it does not count."""

    def explain(self, t: Terms[Number]) -> Explanation:
        """The same in words with the numbers put in."""

    def spec(self) -> dict[str, Any]:
        """The mapping that a scheme file holds for it, `kind` first; loading it gives an equal rule."""


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """The change since the baseline: its measure, the rule that scores it, and from which level it is exempt.

    `measure`: absolute x-b (in the unit), relative 100(x-b)/|b| (%), gap 100(x-b)/(best-b) (%).
    `toward`: +1 if a larger measure is better, -1 if a smaller one is. `together`: the ids of other indicators that must
    be better than their baseline too, as this one must; where any is not, progress earns at most `alone`.
    """

    measure: MeasureKind
    rule: Rule
    toward: int
    exempt_above: float | None = None
    exempt_below: float | None = None
    together: tuple[str, ...] = ()
    alone: float = 60.0

    @property
    def by_sample(self) -> bool:
        """Whether the changes of the districts are held against one another."""
        bounds = self.rule.bounds
        return (bounds is not None and bounds.from_sample) or "rank" in self.rule.uses


@dataclass(frozen=True, slots=True)
class RuleParameter:
    """One documented parameter of a rule kind, for error messages and for `ecoscore schemes --rules`."""

    name: str
    text: str
    default: Any = None
    choices: tuple[str, ...] = field(default=())
