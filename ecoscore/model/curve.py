"""The curve of a rule: what each value of one indicator scores, and where a period's districts lie on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CurveDot:
    """A district on the curve."""

    district: str
    value: float
    score: float


@dataclass(frozen=True, slots=True)
class RuleCurve:
    """`points` run from `low` to `high`, in the indicator's unit; scores are 0-100. `part` says which score it is."""

    indicator: str
    part: str
    low: float
    high: float
    points: tuple[tuple[float, float], ...]
    dots: tuple[CurveDot, ...] = ()
    target: float | None = None
