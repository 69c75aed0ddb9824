"""One indicator's value for one district and period, with the state it is in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ecoscore.model.period import Period


class Status(IntEnum):
    """The states of a value, kept apart because each has its own rule. The code is what arrays and files hold.

    NOT_APPLICABLE: the district has no such thing (no coast, no mine). NOT_CONCERNED: the work does not concern it, as
    approved by the department in charge; the observation's note says by whom, under which number, when. Both leave
    the indicator out. NO_DATA: nobody has it. MISSING: owed and not reported.
    """

    MISSING = 0
    REPORTED = 1
    NOT_APPLICABLE = 2
    NO_DATA = 3
    NOT_CONCERNED = 4

    @property
    def key(self) -> str:
        """The word used in JSON: reported, missing, not_applicable (for both ways of being left out), no_data."""
        return "not_applicable" if self is Status.NOT_CONCERNED else self.name.lower()

    @property
    def is_left_out(self) -> bool:
        """Whether the indicator does not enter the district's score and gives its weight away."""
        return self in {Status.NOT_APPLICABLE, Status.NOT_CONCERNED}

    @property
    def title(self) -> str:
        return _TITLES[self]

    @classmethod
    def from_key(cls, key: str) -> Status:
        return cls[key.upper()]


_TITLES = {
    Status.MISSING: "应报未报",
    Status.REPORTED: "已报",
    Status.NOT_APPLICABLE: "不适用",
    Status.NO_DATA: "全体无数据",
    Status.NOT_CONCERNED: "不涉及",
}


@dataclass(frozen=True, slots=True)
class Observation:
    """`value` is in the indicator's own unit and is a number exactly when `status` is REPORTED.

    `basis` names the edition of the standard it was measured under (口径); `raw` is what was typed or read;
    `source` where it came from (file › sheet › cell, or a person); `note` a remark, or for NOT_APPLICABLE the ground.
    """

    district: str
    indicator: str
    period: Period
    value: float | None
    status: Status = Status.REPORTED
    basis: str | None = None
    raw: str | None = None
    source: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.status is Status.REPORTED):
            raise ValueError(f"{self.district}/{self.indicator}: value {self.value!r} with status {self.status.key}")


@dataclass(frozen=True, slots=True)
class Target:
    """The target of one indicator for one district (or for all, when `district` is None) in one period."""

    district: str | None
    indicator: str
    period: Period
    value: float
