"""A period of assessment: a year, a quarter or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["year", "quarter", "month"]

_YEAR = re.compile(r"(\d{4})\s*年?(?:度)?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*(?:[Qq]|第)([1-4一二三四])(?:季度)?")
_MONTH = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*月?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Written `2024`, `2024Q3` or `2024-07`. Orders by time: a year after its quarters, a quarter after its months."""

    year: int
    end_month: int = 12
    months: int = 12

    @classmethod
    def parse(cls, text: str | int | Period) -> Period:
        """Read "2024", "2024年", "2024Q3", "2024年第三季度", "2024-07", "2024年7月"; ValueError otherwise."""
        if isinstance(text, Period):
            return text
        text = str(text).strip()
        if m := _YEAR.fullmatch(text):
            found = cls(int(m[1]))
        elif m := _QUARTER.fullmatch(text):
            found = cls(int(m[1]), 3 * (int("1234"["一二三四".find(m[2])]) if m[2] in "一二三四" else int(m[2])), 3)
        elif (m := _MONTH.fullmatch(text)) and 1 <= int(m[2]) <= 12:
            found = cls(int(m[1]), int(m[2]), 1)
        else:
            raise ValueError(f"不是考核期：{text!r}（写作 2024、2024Q3 或 2024-07）")
        if not 1949 <= found.year <= 2100:
            raise ValueError(f"年份不在 1949—2100 之间：{text!r}")
        return found

    @property
    def kind(self) -> Kind:
        return {12: "year", 3: "quarter", 1: "month"}[self.months]  # type: ignore[return-value]

    @property
    def previous_year(self) -> Period:
        """The same period one year earlier: the usual baseline."""
        return Period(self.year - 1, self.end_month, self.months)

    def contains(self, other: Period) -> bool:
        """Whether `other` lies wholly inside this period."""
        start, other_start = self.end_month - self.months, other.end_month - other.months
        return self.year == other.year and start <= other_start and other.end_month <= self.end_month

    @property
    def title(self) -> str:
        """For people: "2024年度", "2024年第3季度", "2024年7月"."""
        if self.months == 12:
            return f"{self.year}年度"
        if self.months == 3:
            return f"{self.year}年第{self.end_month // 3}季度"
        return f"{self.year}年{self.end_month}月"

    def __str__(self) -> str:
        if self.months == 12:
            return str(self.year)
        if self.months == 3:
            return f"{self.year}Q{self.end_month // 3}"
        return f"{self.year}-{self.end_month:02d}"
