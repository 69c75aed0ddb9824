"""Area compensation (区域补偿): money between districts, by the level and the change of environmental quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Against = Literal["value", "target", "baseline"]
AGAINST_TITLES = {"value": "基准值", "target": "目标值", "baseline": "基期值"}


@dataclass(frozen=True, slots=True)
class CompensationItem:
    """One line of the rates: for each `step` an indicator is better (worse) than its reference a district receives
    (pays) `rate`. `receives` and `pays` say which sides exist; `cap` bounds the money of one district.

    `against`: a fixed `at`, the district's target, or its baseline value.
    """

    id: str
    title: str
    indicator: str
    against: Against
    rate: float
    step: float = 1.0
    at: float | None = None
    receives: bool = True
    pays: bool = True
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class CompensationPlan:
    """`unit` is the money's unit; with `zero_sum` what is received is scaled to what is paid."""

    items: tuple[CompensationItem, ...]
    unit: str = "万元"
    decimals: int = 2
    zero_sum: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class CompensationLine:
    """One item for one district: `amount` signed (received positive), unrounded, and how it came about."""

    item: str
    title: str
    amount: float
    numbers: str


@dataclass(frozen=True, slots=True)
class DistrictCompensation:
    """`received`, `paid` not negative, after scaling, unrounded; `net` rounded so that a zero-sum table adds up."""

    district: str
    lines: tuple[CompensationLine, ...]
    received: float
    paid: float
    net: float


@dataclass(frozen=True, slots=True)
class Compensation:
    """The table: `scale` is the factor put on what is received (1 unless zero-sum); `balance` the sum of the nets."""

    plan: CompensationPlan
    districts: tuple[DistrictCompensation, ...]
    scale: float
    balance: float
    notes: tuple[str, ...] = ()
