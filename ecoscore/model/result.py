"""The result of scoring one period: every intermediate, from the value to the grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.adjustment import AppliedAdjustment
from ecoscore.model.district import District
from ecoscore.model.finding import Finding
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.rule import Array, Explanation, Number, Terms
from ecoscore.model.scheme import Group, Indicator, Scheme

if TYPE_CHECKING:
    import pandas as pd


class Override(IntEnum):
    """Why an individual score is not simply what the rule gave."""

    NONE = 0
    NO_DATA = 1
    MISSING_ZERO = 2
    MISSING_FLOOR = 3
    LEFT_OUT = 4
    BINDING_MISSED = 5

    @property
    def title(self) -> str:
        return _OVERRIDE_TITLES[self]


_OVERRIDE_TITLES = {
    Override.NONE: "",
    Override.NO_DATA: "全体无数据，个体指数按规定赋值，权重保留",
    Override.MISSING_ZERO: "应报未报，记 0 分",
    Override.MISSING_FLOOR: "应报未报，按该项最低分",
    Override.LEFT_OUT: "不参与计算，权重分摊给同组其他指标",
    Override.BINDING_MISSED: "约束性目标未完成，该项不得分",
}


@dataclass(frozen=True, slots=True, eq=False)
class CellArrays:
    """District × indicator, each [D, I] (the sample's figures may be [1, I]); NaN where there is none.

    value, baseline, target: inputs in the indicator's unit; status: codes of Status. change: the measure of progress.
    worst, best, mean, count, rank: of the level's sample or fixed bounds; progress_*: of the change.
    level, progress: the two parts of a score, 0-100 (progress NaN for rules without one). by_rule: what the rule gave.
    joint: 1 where all that must improve together have, 0 where not, NaN where no rule asks. full: nominal full marks in points [1, I]. override: codes of Override. individual: what is weighted, 0-100, unrounded. weight: full marks in points after
    normalising and redistribution (0 where left out). points: weight × individual / 100, unrounded.
    """

    value: Array
    status: NDArray[np.uint8]
    baseline: Array
    target: Array
    change: Array
    worst: Array
    best: Array
    mean: Array
    count: Array
    rank: Array
    progress_worst: Array
    progress_best: Array
    progress_mean: Array
    progress_count: Array
    progress_rank: Array
    level: Array
    progress: Array
    by_rule: Array
    full: Array
    override: NDArray[np.uint8]
    individual: Array
    weight: Array
    points: Array
    joint: Array


@dataclass(frozen=True, slots=True, eq=False)
class GroupArrays:
    """District × group [D, G]: `index` 0-100 unrounded (NaN where nothing is left), `weight` full marks in points."""

    index: Array
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class LayerArrays:
    """The layers of a total, each [D]. `base` + `bonus` - `deduction` = `total_exact`; `total` is rounded once.

    `base`, `bonus` and `deduction` are unrounded, the latter two not negative. `rank` is 0 where not ranked.
    `base_rounded` is what papers print of it. `binding_missed` counts missed binding targets; `earned_grade` is what the total alone would give.
    """

    base: Array
    bonus: Array
    deduction: Array
    total_exact: Array
    total: Array
    rank: NDArray[np.int64]
    binding_missed: NDArray[np.int64]
    earned_grade: tuple[str, ...]
    grade: tuple[str, ...]
    grade_reason: tuple[str | None, ...]
    base_rounded: Array = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True, eq=False)
class QuantityArrays:
    """What the scheme's formulas read, each [D, K] on `ids`: inputs first, then indicators that others are derived from.

    `now` is of the period scored, `then` of each district's baseline; NaN where nothing was reported. The statuses are
    codes of Status. `derived`, `derived_then` [D, I]: where an indicator that has a formula was not reported itself, so
    that its value is the formula's, or is missing because the formula gives none.
    """

    ids: tuple[str, ...]
    now: Array
    now_status: NDArray[np.uint8]
    then: Array
    then_status: NDArray[np.uint8]
    derived: NDArray[np.bool_]
    derived_then: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """One line of a working paper (计分底稿): one indicator's score, recomputable by hand.

    `value` and `baseline` are as printed. `points` is rounded by the scheme, `points_exact` not.
    """

    indicator: str
    title: str
    unit: str
    groups: tuple[str, ...]
    value: str
    baseline: str
    status: Status
    rule: str
    explanation: Explanation | None
    individual: float | None
    weight: float
    points: float
    points_exact: float
    clause: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Result:
    """One period scored under one scheme. Arrays follow `districts` (input order), `indicators` and `groups_in_order`
    (the scheme's). `baselines` names each district's baseline period, None where the scheme needs none.
    `points_rounded` [D, I] are points as the scheme rounds them. `remarks`: district, indicator → how a value that was
    not reported as such came about. `quantities`: what derived values are computed from; None without any formula.
    """

    scheme: Scheme
    period: Period
    districts: tuple[District, ...]
    cells: CellArrays
    group_cells: GroupArrays
    layers: LayerArrays
    baselines: tuple[Period | None, ...] = ()
    adjustments: tuple[AppliedAdjustment, ...] = ()
    findings: tuple[Finding, ...] = ()
    points_rounded: Array = field(default_factory=lambda: np.zeros((0, 0)))
    remarks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    quantities: QuantityArrays | None = None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.scheme.indicators

    @property
    def groups_in_order(self) -> tuple[Group, ...]:
        return self.scheme.all_groups

    @cached_property
    def district_at(self) -> dict[str, int]:
        return {d.name: n for n, d in enumerate(self.districts)}

    @cached_property
    def indicator_at(self) -> dict[str, int]:
        return {i.id: n for n, i in enumerate(self.indicators)}

    @cached_property
    def order(self) -> tuple[int, ...]:
        """District positions in rank order: by peer group, then rank, then input order; the unranked last."""
        rank = self.layers.rank
        groups = list(dict.fromkeys((d.level, d.peer_group) for d in self.districts))
        place = {key: n for n, key in enumerate(groups)}

        def key(n: int) -> tuple[int, int, float, int]:
            d = self.districts[n]
            return place[d.level, d.peer_group], int(rank[n]) or len(rank) + 1, -float(self.layers.total[n]), n

        return tuple(sorted(range(len(self.districts)), key=key))

    def terms_at(self, district: int, indicator: int) -> Terms[Number]:
        """The quantities behind one score, with the text each is printed as."""
        c = self.cells

        def at(array: Array) -> Number | None:
            value = float(array[district if array.shape[0] > 1 else 0, indicator])
            return None if np.isnan(value) else Number(value, plain(value))

        def need(array: Array) -> Number:
            return at(array) or Number(float("nan"), "—")

        change = None
        if (part := self.indicators[indicator].rule.progress) is not None:
            change = Terms(
                need(c.change),
                worst=at(c.progress_worst),
                best=at(c.progress_best),
                mean=at(c.progress_mean),
                rank=at(c.progress_rank),
                count=at(c.progress_count),
                joint=self._joint(district, indicator) if part.together else None,
            )
        return Terms(
            need(c.value),
            at(c.baseline),
            at(c.target),
            at(c.worst),
            at(c.best),
            at(c.mean),
            at(c.rank),
            at(c.count),
            at(c.full),
            change,
        )

    def _joint(self, d: int, i: int) -> Number:
        """Whether what must improve together has, in words: from what to what each has come."""
        part, c = self.indicators[i].rule.progress, self.cells
        assert part is not None
        ways = []
        for n in (i, *(self.indicator_at[other] for other in part.together)):
            then, now = (plain(float(a[d, n])) or "（无）" for a in (c.baseline, c.value))
            ways.append(f"{self.indicators[n].title}由 {then} 到 {now}")
        return Number(float(c.joint[d, i]), "，".join(ways))

    def explain(self, district: str) -> tuple[WorkingRow, ...]:
        """The working paper of one district, a row an indicator, in the scheme's order. KeyError if unknown."""
        d = self.district_at[district]
        return tuple(self._row(d, i, path) for i, path in enumerate(self._paths))

    @cached_property
    def _paths(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(g.title for g in path) for path, node in self.scheme.walk() if isinstance(node, Indicator))

    def _row(self, d: int, i: int, path: tuple[str, ...]) -> WorkingRow:
        c, indicator = self.cells, self.indicators[i]
        status, override = Status(int(c.status[d, i])), Override(int(c.override[d, i]))
        scored = status is Status.REPORTED
        individual = float(c.individual[d, i])
        return WorkingRow(
            indicator=indicator.id,
            title=indicator.title,
            unit=indicator.unit,
            groups=path,
            value=plain(float(c.value[d, i])) if scored else status.title,
            baseline="" if np.isnan(c.baseline[d, i]) else plain(float(c.baseline[d, i])),
            status=status,
            rule=indicator.rule.title,
            explanation=indicator.rule.explain(self.terms_at(d, i)) if scored else None,
            individual=None if np.isnan(individual) else individual,
            weight=float(c.weight[d, i]),
            points=float(self.points_rounded[d, i]),
            points_exact=float(c.points[d, i]),
            clause=indicator.clause,
            notes=(
                *self.remarks.get((self.districts[d].name, indicator.id), ()),
                *((override.title,) if override else ()),
                *(self._spans(indicator) if scored else ()),
            ),
        )

    def _spans(self, indicator: Indicator) -> Iterator[str]:
        part = indicator.rule.progress
        if part is not None and part.by_sample and (since := self._mixed):
            yield f"各单位基期不同（{'、'.join(since)}），改善的比较跨度不一"

    @cached_property
    def _mixed(self) -> tuple[str, ...]:
        return mixed_baselines(self.baselines)

    def grounds(self, district: str) -> tuple[AppliedAdjustment, ...]:
        """What the layers above points did to one district."""
        return tuple(a for a in self.adjustments if a.district == district)

    # Tables, for scripts. --------------------------------------------------------------------------------------

    @property
    def totals(self) -> pd.DataFrame:
        """District → total, total_exact, rank, grade, base, base_exact, bonus, deduction, grade_reason, peer_group; rank order."""
        import pandas as pd

        layers, order = self.layers, list(self.order)
        frame = pd.DataFrame(
            {
                "total": layers.total,
                "total_exact": layers.total_exact,
                "rank": layers.rank,
                "grade": list(layers.grade),
                "base": layers.base_rounded,
                "base_exact": layers.base,
                "bonus": layers.bonus,
                "deduction": layers.deduction,
                "grade_reason": list(layers.grade_reason),
                "peer_group": [d.peer_group for d in self.districts],
            },
            index=pd.Index([d.name for d in self.districts], name="district"),
        )
        return frame.iloc[order]

    @property
    def individual(self) -> pd.DataFrame:
        """District × indicator, 0-100 before weighting, unrounded."""
        return self._table(self.cells.individual, [i.id for i in self.indicators])

    @property
    def points(self) -> pd.DataFrame:
        """District × indicator, points rounded as the scheme says."""
        return self._table(self.points_rounded, [i.id for i in self.indicators])

    @property
    def groups(self) -> pd.DataFrame:
        """District × group index, 0-100, unrounded."""
        return self._table(self.group_cells.index, [g.id for g in self.groups_in_order])

    def _table(self, array: Array, columns: list[str]) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(
            np.array(array), index=pd.Index([d.name for d in self.districts], name="district"), columns=columns
        )


def mixed_baselines(baselines: Sequence[Period | None]) -> tuple[str, ...]:
    """The baselines, where districts have different ones."""
    if not baselines or baselines.count(baselines[0]) == len(baselines):
        return ()
    return tuple(str(p) for p in sorted({p for p in baselines if p is not None}))


def plain(value: float) -> str:
    """A number as a person writes it: up to 15 significant digits, no exponent for ordinary sizes, no trailing zeros."""
    if np.isnan(value):
        return ""
    text = f"{value:.15g}"
    if "e" in text and 1e-9 <= abs(value) < 1e16:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    return text
