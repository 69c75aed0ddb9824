"""What one cell of the grid shows, and how its numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ecoscore.model.finding import Finding
from ecoscore.model.observation import Observation, Status
from ecoscore.model.result import plain
from ecoscore.model.scheme import Direction, Indicator, Reported
from ui.session import CellKey

MOST_PADDED = 4
_NOT_APPLICABLE = "—"


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was typed into a cell and not accepted, and the sentence that says why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CellView:
    """All that a cell shows. `better` is +1 better than last year, -1 worse, 0 the same, None unknown. `derived` is
    what scoring computed for a derived indicator that is not reported itself, as it is shown.
    """

    key: CellKey
    indicator: Reported
    observation: Observation | None
    previous: Observation | None = None
    text: str = ""
    previous_text: str = ""
    better: int | None = None
    rejected: Rejected | None = None
    findings: tuple[Finding, ...] = ()
    derived: str = ""

    @property
    def is_derivable(self) -> bool:
        return isinstance(self.indicator, Indicator) and self.indicator.formula is not None

    @property
    def status(self) -> Status:
        return self.observation.status if self.observation is not None else Status.MISSING

    @property
    def value(self) -> float | None:
        return self.observation.value if self.observation is not None else None


@lru_cache(maxsize=65_536)
def decimals_of(value: float) -> int:
    """How many decimals a number is written with."""
    text = plain(value)
    return len(text.partition(".")[2]) if "e" not in text else 0


def padded(value: float, decimals: int) -> str:
    """The number in full, with at least so many decimals; nothing is rounded away."""
    text = plain(value)
    if "e" in text:
        return text
    whole, _, rest = text.partition(".")
    rest = rest.ljust(decimals, "0")
    return f"{whole}.{rest}" if rest else whole


def improvement(indicator: Reported, now: float, before: float) -> int | None:
    """+1 if the value became better, -1 if worse, 0 if neither; by the indicator's direction, None where it has none."""
    if not isinstance(indicator, Indicator):
        return None

    def distance(value: float) -> float:
        if indicator.direction is Direction.HIGHER:
            return -value
        if indicator.direction is Direction.LOWER or indicator.ideal is None:
            return value
        low, high = indicator.ideal
        return max(low - value, value - high, 0.0)

    a, b = distance(now), distance(before)
    return (a < b) - (a > b)


def cell_text(observation: Observation | None, decimals: int) -> str:
    """A state as the grid shows it: the number, — for not applicable, nothing where nothing was reported."""
    if observation is None or observation.status is Status.MISSING:
        return ""
    if observation.value is None:
        return _NOT_APPLICABLE if observation.status.is_left_out else observation.status.title
    return padded(observation.value, decimals)


def editing_text(cell: CellView) -> str:
    """What the editor opens with: what was last typed, else the number in full."""
    if cell.rejected is not None:
        return cell.rejected.text
    return cell_text(cell.observation, 0)


def same_value(a: Observation | None, b: Observation | None) -> bool:
    """Whether two states say the same, whoever reported them; an empty cell and 应报未报 do."""

    def said(o: Observation | None) -> tuple[Status, float | None]:
        return (Status.MISSING, None) if o is None else (o.status, o.value)

    return said(a) == said(b)


def tip(cell: CellView) -> str:
    """The cell in words: for the tooltip and for screen readers."""
    lines = []
    if cell.rejected is not None:
        lines.append(f"未接受“{cell.rejected.text}”：{cell.rejected.reason}")
    unit = "" if cell.indicator.unit in {"", "—"} else f" {cell.indicator.unit}"
    state = f"{plain(cell.value)}{unit}" if cell.value is not None else cell.status.title
    if cell.derived:
        state = f"{cell.derived}{unit}（由基础数据算得）"
    lines.append(f"{cell.key[0]} {cell.indicator.title}：{state}")
    if cell.previous_text:
        trend = {1: "，变好", -1: "，变差", 0: "，持平", None: ""}[cell.better]
        lines.append(f"上年 {cell.previous_text}{trend}")
    if cell.observation is not None and cell.observation.note:
        lines.append(cell.observation.note)
    lines.extend(finding.message for finding in cell.findings)
    return "\n".join(lines)
