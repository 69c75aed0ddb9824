"""The three layers above points: bonus and deduction, grade ceiling, veto; each occurrence with its ground."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ecoscore.model.period import Period


class Layer(StrEnum):
    BONUS = "bonus"
    DEDUCTION = "deduction"
    CEILING = "ceiling"
    VETO = "veto"


LAYER_TITLES = {Layer.BONUS: "加分", Layer.DEDUCTION: "扣分", Layer.CEILING: "等次封顶", Layer.VETO: "一票否决"}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An item of a scheme that may change a total or a grade.

    `points` is what one occurrence gives or takes (always positive), `cap` the most the item may reach.
    `grade`: for a ceiling the best grade still open, for a veto the grade imposed.
    `all_improved`: indicator ids that must all be better than their baseline for it to apply by itself;
    empty means it applies only through a recorded `Event`.
    """

    id: str
    title: str
    layer: Layer
    points: float = 0.0
    cap: float | None = None
    grade: str | None = None
    all_improved: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded occurrence of an adjustment. Its ground (document, date, office) is what makes it defensible.

    `matter` tells occurrences apart: the same matter is never counted twice for a district and period.
    """

    district: str
    period: Period
    adjustment: str
    matter: str
    count: int = 1
    document: str = ""
    date: str = ""
    office: str = ""
    attachments: str = ""
    """What proves it is called (names of files or papers, 、 between them); they are kept where the office keeps them."""

    @property
    def ground(self) -> str:
        kept = f"附件：{self.attachments}" if self.attachments else ""
        return "，".join(p for p in (self.matter, self.office, self.document, self.date, kept) if p)


@dataclass(frozen=True, slots=True)
class AppliedAdjustment:
    """What an adjustment did to one district: signed `points` after caps, or the `grade` bound, and why."""

    district: str
    adjustment: str
    title: str
    layer: Layer
    points: float
    ground: str
    count: int = 1
    grade: str | None = None
    automatic: bool = False
