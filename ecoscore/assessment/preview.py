"""What a period's totals and ranks would be under another scheme or with other values; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecoscore.model.district import LEVEL_TITLES, Level
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.reporting.view_parts import NO_FIGURE, Figure

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.curve import RuleCurve
    from ecoscore.model.dataset import Dataset
    from ecoscore.model.result import Result


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One district before and after; `before` is "—" where it was not scored. `moved` counts places gained."""

    district: str
    peer_group: str
    total_before: Figure
    total: Figure
    change: Figure
    rank_before: int | None
    rank: int | None
    moved: int | None
    grade_before: str
    grade: str

    @property
    def is_changed(self) -> bool:
        return bool(self.change.raw) or bool(self.moved) or self.grade != self.grade_before


def preview(
    assessment: Assessment,
    period: Period,
    scheme: Scheme | None = None,
    values: Sequence[Observation] = (),
    level: Level | None = None,
) -> Result:
    """Score the period under `scheme` (its own unless given) with `values` in place of those in the file.

    InputRefused as for `Assessment.score`.
    """
    from ecoscore.scoring import score_dataset

    scheme = scheme or assessment.scheme_of(period)
    dataset = _changed(_on_axes_of(assessment.dataset(), scheme), values)
    known = {a.id for a in scheme.adjustments}
    events = [e for e in assessment.events(period) if e.adjustment in known]
    return score_dataset(dataset, scheme, period, events, assessment.terms(), level=level)


def preview_curve(
    assessment: Assessment, period: Period, scheme: Scheme, indicator: str, level: Level | None = None
) -> RuleCurve | None:
    """The curve of an indicator as another scheme scores it, with the period's districts on it."""
    from ecoscore.scoring.curve import curve_of

    if indicator not in scheme.by_id:
        return None
    return curve_of(_on_axes_of(assessment.dataset(), scheme), scheme, scheme.by_id[indicator], period, level)


def effect(before: Result | None, after: Result) -> tuple[EffectRow, ...]:
    """Each district as it was and as it would be, in the order of the new ranks."""
    from ecoscore.reporting.view_text import difference, score_figure

    rows = []
    for n in after.order:
        district = after.districts[n]
        old = before.district_at.get(district.name) if before is not None else None
        total = score_figure(float(after.layers.total[n]), after.scheme)
        was, change, rank_before, grade_before = NO_FIGURE, NO_FIGURE, None, ""
        if before is not None and old is not None:
            was = score_figure(float(before.layers.total[old]), before.scheme)
            gap = difference(float(after.layers.total[n]), float(before.layers.total[old]))
            change = score_figure(gap, after.scheme, signed=True)
            rank_before = int(before.layers.rank[old]) or None
            grade_before = before.layers.grade[old]
        rank = int(after.layers.rank[n]) or None
        moved = rank_before - rank if rank_before and rank else None
        group = district.peer_group or LEVEL_TITLES[district.level]
        rows.append(
            EffectRow(
                district.name, group, was, total, change, rank_before, rank, moved, grade_before, after.layers.grade[n]
            )
        )
    return tuple(rows)


def _on_axes_of(dataset: Dataset, scheme: Scheme) -> Dataset:
    """The dataset with a column for whatever the scheme speaks of; what is new to the file has no values."""
    import numpy as np

    wanted = [q.id for q in scheme.reported]
    lacking = [i for i in wanted if i not in dataset.indicators]
    if not lacking:
        return dataset
    shape = (*dataset.values.shape[:2], len(lacking))
    return replace(
        dataset,
        indicators=(*dataset.indicators, *lacking),
        values=np.concatenate([dataset.values, np.full(shape, np.nan)], axis=2),
        status=np.concatenate([dataset.status, np.full(shape, Status.MISSING, dtype=np.uint8)], axis=2),
        targets=np.concatenate([dataset.targets, np.full(shape, np.nan)], axis=2),
    )


def _changed(dataset: Dataset, values: Iterable[Observation]) -> Dataset:
    values = list(values)
    if not values:
        return dataset
    array, status = dataset.values.copy(), dataset.status.copy()
    d_at = {d.name: n for n, d in enumerate(dataset.districts)}
    for o in values:
        at = dataset.periods.index(o.period), d_at[o.district], dataset.indicators.index(o.indicator)
        array[at], status[at] = float("nan") if o.value is None else o.value, o.status
    return replace(dataset, values=array, status=status)
