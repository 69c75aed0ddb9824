"""The time a leading cadre serves in a district (任期)."""

from __future__ import annotations

from dataclasses import dataclass

from ecoscore.model.period import Period


@dataclass(frozen=True, slots=True)
class Term:
    """`start` and `end` are months, both counted as served; `end` None means still in office.

    `baseline` overrides the year that improvement is measured against: by default the last whole year before taking
    office. `name` may be left empty: it is kept in the file only.
    """

    district: str
    post: str
    start: Period
    end: Period | None = None
    name: str = ""
    baseline: Period | None = None

    def __post_init__(self) -> None:
        for month in (self.start, self.end):
            if month is not None and month.months != 1:
                raise ValueError(f"任期起止应写到月，写的是 {month}")
        if self.end is not None and self.end < self.start:
            raise ValueError(f"任期止 {self.end} 早于任期起 {self.start}")

    @property
    def baseline_year(self) -> Period:
        return self.baseline or Period(self.start.year - 1)

    @property
    def title(self) -> str:
        """For people: "县委书记 2021年7月—2024年6月"."""
        who = f"{self.post}{self.name}"
        return f"{who} {self.start.title}—{self.end.title if self.end else '今'}"

    def months_in(self, year: int) -> int:
        """How many months of a calendar year were served, 0-12."""
        first = max(self.start.year * 12 + self.start.end_month, year * 12 + 1)
        last = year * 12 + 12
        if self.end is not None:
            last = min(last, self.end.year * 12 + self.end.end_month)
        return max(0, last - first + 1)
