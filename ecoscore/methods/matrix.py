"""The decision matrix: districts × indicators with a direction for each column, complete and finite or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.observation import Status
from ecoscore.model.result import Result
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Direction, Indicator

_ADVICE = "请先补齐这些数，或另选齐全的区县、指标再比较；本软件不替它们估数"
_MOST_NAMED = 5


@dataclass(frozen=True, eq=False)
class DecisionMatrix:
    """`values` [D, I] in the indicators' units; `ideals` is the interval of full satisfaction of a RANGE column.

    `limits` may give the two unacceptable values of a RANGE column; without them the farthest value of the sample
    scores 0 there. `notes` say in Chinese what was decided on the way here. At least two districts and one indicator;
    a value that is missing or not finite is refused with its place.
    """

    values: Array
    districts: tuple[str, ...]
    indicators: tuple[str, ...]
    titles: tuple[str, ...]
    directions: tuple[Direction, ...]
    ideals: tuple[tuple[float, float] | None, ...] = ()
    limits: tuple[tuple[float, float] | None, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        shape = (len(self.districts), len(self.indicators))
        if values.shape != shape or len(self.titles) != shape[1] or len(self.directions) != shape[1]:
            raise ValueError(f"values have shape {values.shape}, names say {shape}")
        for name in ("ideals", "limits"):
            object.__setattr__(self, name, tuple(getattr(self, name)) or (None,) * shape[1])
        values.setflags(write=False)
        object.__setattr__(self, "values", values)
        if shape[0] < 2:
            raise InputRefused("只有一个区县，无从比较", "权重与排序的方法要靠区县之间的差别，请至少选两个区县")
        if shape[1] < 1:
            raise InputRefused("没有选指标", "请至少选一个权重大于 0 的指标")
        self._refuse_gaps()
        for title, direction, ideal in zip(self.titles, self.directions, self.ideals, strict=True):
            if direction is Direction.RANGE and ideal is None:
                raise InputRefused(f"适度指标“{title}”没有写适宜区间", "请在方案里给它写 ideal: [低, 高]")

    def _refuse_gaps(self) -> None:
        gaps = np.argwhere(~np.isfinite(self.values))
        if not gaps.size:
            return
        findings = [
            Finding(
                Severity.ERROR,
                "missing_value",
                f"{self.districts[d]}的“{self.titles[i]}”没有数值",
                _ADVICE,
                district=self.districts[d],
                indicator=self.indicators[i],
            )
            for d, i in gaps
        ]
        named = "；".join(f"{self.districts[d]}的{self.titles[i]}" for d, i in gaps[:_MOST_NAMED])
        more = f"……等 {len(gaps)} 处" if len(gaps) > _MOST_NAMED else f"，共 {len(gaps)} 处"
        raise InputRefused(f"有数值缺失，不能计算：{named}{more}", _ADVICE, findings)

    @classmethod
    def plain(
        cls,
        values: Array | Sequence[Sequence[float]],
        directions: Sequence[Direction] | None = None,
        *,
        ideals: Sequence[tuple[float, float] | None] = (),
        limits: Sequence[tuple[float, float] | None] = (),
    ) -> DecisionMatrix:
        """A matrix of figures alone: rows 1, 2, …, columns 指标1, 指标2, …; all higher-is-better unless said."""
        array = np.asarray(values, dtype=np.float64)
        rows, columns = array.shape
        names = tuple(f"指标{n}" for n in range(1, columns + 1))
        chosen = tuple(directions) if directions is not None else (Direction.HIGHER,) * columns
        places = tuple(f"单位{n}" for n in range(1, rows + 1))
        return cls(array, places, names, names, chosen, tuple(ideals), tuple(limits))

    @cached_property
    def oriented(self) -> Array:
        """All columns turned so that larger is better, without scaling: x; -x; satisfaction 0-1 for a range.

        Satisfaction is 1 inside the ideal interval [c, d] and falls straight to 0 at the limits [A, B]
        (Cables, Lamata, Verdegay 2016); without limits, at the farthest distance in the sample, whichever side it is
        on (区间型指标正向化: 1 - distance / max distance). A value beyond a limit scores 0.
        """
        turned = np.array(self.values)
        for i, direction in enumerate(self.directions):
            if direction is Direction.LOWER:
                turned[:, i] = -turned[:, i] + 0.0
            elif direction is Direction.RANGE:
                turned[:, i] = _satisfaction(turned[:, i], self.ideals[i], self.limits[i])
        turned.setflags(write=False)
        return turned

    @cached_property
    def constant(self) -> NDArray[np.bool_]:
        """Which columns are equal for all districts, once turned [I]."""
        same: NDArray[np.bool_] = np.ptp(self.oriented, axis=0) == 0
        return same

    @cached_property
    def constant_titles(self) -> tuple[str, ...]:
        return tuple(t for t, same in zip(self.titles, self.constant, strict=True) if same)

    def refuse_all_constant(self) -> None:
        """Where no column tells the districts apart, no method says anything."""
        if self.constant.all():
            raise InputRefused(
                f"{len(self.districts)} 个区县的每个指标都相同，无从区分", "请换用有差别的指标或考核期后再算"
            )

    def select(self, districts: Sequence[int] | None = None, indicators: Sequence[int] | None = None) -> DecisionMatrix:
        """Some rows and columns, by position."""
        rows = list(range(len(self.districts))) if districts is None else list(districts)
        columns = list(range(len(self.indicators))) if indicators is None else list(indicators)
        return replace(
            self,
            values=self.values[np.ix_(rows, columns)],
            districts=tuple(self.districts[r] for r in rows),
            **{
                name: tuple(getattr(self, name)[c] for c in columns)
                for name in ("indicators", "titles", "directions", "ideals", "limits")
            },
        )

    def refuse_below(self, least: float, columns: NDArray[np.bool_], what: str, *, strict: bool = False) -> None:
        """Refuse values below `least` (or at it, if `strict`) in some columns; `what` is the operation in Chinese."""
        bad = (self.values <= least if strict else self.values < least) & columns
        if not bad.any():
            return
        d, i = (int(n) for n in np.argwhere(bad)[0])
        edge = "大于 0" if strict else "不小于 0"
        raise InputRefused(
            f"{what}要求数值都{edge}，而{self.districts[d]}的“{self.titles[i]}”是 {self.values[d, i]:g}"
            f"（共 {int(bad.sum())} 处）",
            "请改用极差标准化，它不受 0 和负数影响",
        )


def _satisfaction(x: Array, ideal: tuple[float, float] | None, limits: tuple[float, float] | None) -> Array:
    assert ideal is not None
    low, high = ideal
    under, over = np.maximum(low - x, 0.0), np.maximum(x - high, 0.0)
    if limits is None:
        farthest = max(float(under.max()), float(over.max()))
        return np.ones_like(x) if farthest == 0 else 1.0 - (under + over) / farthest
    below, above = low - limits[0], limits[1] - high
    # A limit at the edge of the interval leaves no slope: beyond it nothing is earned.
    left = np.where(under > 0, 1.0 - under / below if below > 0 else 0.0, 1.0)
    right = np.where(over > 0, 1.0 - over / above if above > 0 else 0.0, 1.0)
    return np.clip(np.minimum(left, right), 0.0, 1.0)


def from_result(
    result: Result, *, indicators: Sequence[str] | None = None, districts: Sequence[str] | None = None
) -> DecisionMatrix:
    """The reported values of a scored period. By default all districts, and the indicators that carry weight.

    Values are taken as the scheme looks at them: through the logarithm where it says `transform: log`. Indicators of
    weight 0 are only registered by the scheme, so they take no part unless named; a note says which were left out.
    """
    chosen = _chosen(result, indicators)
    notes: tuple[str, ...] = ()
    if indicators is None and (left := [i.title for i in result.indicators if not _weighs(result, i)]):
        notes = (f"权重为 0、只登记不计分的指标没有参与：{'、'.join(left)}",)
    names = [d.name for d in result.districts]
    rows = list(range(len(names))) if districts is None else [_row(names, name) for name in districts]
    columns = [result.indicator_at[i.id] for i in chosen]
    values = np.array(result.cells.value[np.ix_(rows, columns)])
    status = result.cells.status[np.ix_(rows, columns)]
    values[status != Status.REPORTED] = np.nan
    return _matrix(values, tuple(names[r] for r in rows), chosen, notes)


def from_page(values: Array, districts: Sequence[str], indicators: Sequence[Indicator]) -> DecisionMatrix:
    """One period of a Dataset: values [D, I] along these districts' names and a scheme's indicators."""
    return _matrix(np.array(values, dtype=np.float64), tuple(districts), tuple(indicators), ())


def _chosen(result: Result, ids: Sequence[str] | None) -> tuple[Indicator, ...]:
    if ids is None:
        return tuple(i for i in result.indicators if _weighs(result, i))
    known: Mapping[str, Indicator] = result.scheme.by_id
    if unknown := [i for i in ids if i not in known]:
        raise InputRefused(f"方案里没有指标 {'、'.join(unknown)}", "请用方案里的指标标识")
    return tuple(known[i] for i in ids)


def _weighs(result: Result, indicator: Indicator) -> bool:
    return bool(result.cells.full[0, result.indicator_at[indicator.id]] > 0)


def _row(names: list[str], name: str) -> int:
    if name not in names:
        raise InputRefused(f"这一期没有区县“{name}”", f"有：{'、'.join(names[:20])}")
    return names.index(name)


def _matrix(
    values: Array, districts: tuple[str, ...], indicators: tuple[Indicator, ...], notes: tuple[str, ...]
) -> DecisionMatrix:
    logs = [n for n, i in enumerate(indicators) if i.transform == "log"]
    for n in logs:
        column = values[:, n]
        if (bad := np.flatnonzero(column <= 0)).size:
            raise InputRefused(
                f"“{indicators[n].title}”按方案取对数，而{districts[bad[0]]}的数值是 {column[bad[0]]:g}，不能取对数",
                "请核对这个数值",
            )
        values[:, n] = np.log(column)
    ideals = tuple(_ideal(i) if i.direction is Direction.RANGE else None for i in indicators)
    return DecisionMatrix(
        values,
        districts,
        tuple(i.id for i in indicators),
        tuple(i.title for i in indicators),
        tuple(i.direction for i in indicators),
        ideals,
        notes=notes,
    )


def _ideal(indicator: Indicator) -> tuple[float, float] | None:
    """The interval of full satisfaction: the rule's own, written in its bounds, before the indicator's."""
    bounds = indicator.rule.spec().get("bounds")
    best = bounds.get("best") if isinstance(bounds, dict) else None
    return (float(best[0]), float(best[1])) if isinstance(best, (list, tuple)) else indicator.ideal
