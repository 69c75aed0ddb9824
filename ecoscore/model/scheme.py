"""An assessment scheme: a tree of groups and indicators with weights and rules, adjustments, and grades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from ecoscore.model.adjustment import Adjustment
from ecoscore.model.compensation import CompensationPlan
from ecoscore.model.finding import Finding
from ecoscore.model.formula import Formula
from ecoscore.model.rule import Rule


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


DIRECTION_TITLES = {Direction.HIGHER: "正向", Direction.LOWER: "逆向", Direction.RANGE: "适度"}

Rounding = Literal["half_even", "half_up"]
Aggregate = Literal["arithmetic", "geometric", "minimum"]
ShareOut = Literal["proportional", "even"]
PeriodRollUp = Literal["annual", "mean", "last", "sum"]
DistrictRollUp = Literal["own", "mean", "weighted", "sum"]
MissingPolicy = Literal["refuse", "floor", "zero", "reweight"]
NoBaselinePolicy = Literal["level_only", "refuse"]

AGGREGATE_TITLES = {"arithmetic": "加权算术平均", "geometric": "加权几何平均", "minimum": "取最低者"}
SHARE_OUT_TITLES = {"proportional": "按权重比例分摊", "even": "平均分摊"}
PERIOD_ROLL_UP_TITLES = {"annual": "年度数", "mean": "各期平均", "last": "末期数", "sum": "各期合计"}
DISTRICT_ROLL_UP_TITLES = {"own": "本级数", "mean": "下级平均", "weighted": "下级加权平均", "sum": "下级合计"}
ROUNDING_TITLES = {"half_even": "GB/T 8170 四舍六入五成双", "half_up": "四舍五入"}
MISSING_TITLES = {
    "refuse": "不予评分",
    "floor": "按该项最低分",
    "zero": "记 0 分",
    "reweight": "权重分摊给同组其他指标",
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `weight` is its share within its group; `valid` the range a value may lie in, in `unit`.

    `ideal` is the interval of full satisfaction for direction RANGE. `transform` is applied to values and bounds
    before the rule. `basis` names the edition of the standard values are expected under.

    `cap` is the most an individual score may reach. `milestones`: by year, the share of `target` (then a five-year
    one) due by then. `formula` derives the value from other quantities where it is not reported itself.
    `over_periods`, `over_districts` say how a year is made of its quarters or months, and a district of the
    districts below it; `weigh_by` is the quantity that weighs them. `cumulative`: a running total that never falls
    from one year to the next, which the import checks.
    """

    id: str
    title: str
    weight: float
    rule: Rule
    unit: str = ""
    direction: Direction = Direction.HIGHER
    aliases: tuple[str, ...] = ()
    binding: bool = False
    department: str | None = None
    valid: tuple[float | None, float | None] | None = None
    target: float | None = None
    ideal: tuple[float, float] | None = None
    transform: Literal["none", "log"] = "none"
    basis: str | None = None
    note: str = ""
    clause: str = ""
    cap: float | None = None
    milestones: tuple[tuple[int, float], ...] = ()
    formula: Formula | None = None
    over_periods: PeriodRollUp = "annual"
    over_districts: DistrictRollUp = "own"
    weigh_by: str | None = None
    cumulative: bool = False

    def target_in(self, year: int, five_year: float) -> float:
        """The target due in a year: the five-year one times the share due by then (年度任务 = 五年目标 × 进度)."""
        return next((five_year * share for y, share in self.milestones if y == year), five_year)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name a table may use for it: title, aliases, id."""
        return (self.title, *self.aliases, self.id)

    @property
    def title_with_unit(self) -> str:
        return f"{self.title}（{self.unit}）" if self.unit and self.unit != "—" else self.title


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that is reported but not scored: what a formula derives an indicator from, or what weighs another."""

    id: str
    title: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    valid: tuple[float | None, float | None] | None = None
    department: str | None = None
    over_periods: PeriodRollUp = "annual"
    over_districts: DistrictRollUp = "own"
    weigh_by: str | None = None
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.title, *self.aliases, self.id)

    @property
    def title_with_unit(self) -> str:
        return f"{self.title}（{self.unit}）" if self.unit and self.unit != "—" else self.title


@dataclass(frozen=True, slots=True)
class Group:
    """A group of indicators and groups. Without a `weight` of its own it weighs the sum of its children.

    `cap` is the most its index may reach.
    """

    id: str
    title: str
    children: tuple[Group | Indicator, ...]
    weight: float | None = None
    aggregate: Aggregate | None = None
    note: str = ""
    cap: float | None = None

    @property
    def own_weight(self) -> float:
        if self.weight is not None:
            return self.weight
        return sum(weight_of(child) for child in self.children)


Reported = Indicator | Quantity


def weight_of(node: Group | Indicator) -> float:
    """The share of a node among its siblings."""
    return node.own_weight if isinstance(node, Group) else node.weight


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the least rounded total that earns it."""

    title: str
    min: float


@dataclass(frozen=True, slots=True)
class BindingRule:
    """What missed binding targets cost, by their number (厅字〔2016〕45号 系列办法的三种后果).

    `zero_item`: a missed item scores nothing. `deduct_from`: from this many on, its points are also taken from the
    total. `fail_from`: from this many on, the grade is `fail_grade`.
    """

    zero_item: bool = True
    deduct_from: int | None = 2
    fail_from: int | None = 3
    fail_grade: str | None = None


@dataclass(frozen=True)
class Scheme:
    """A whole scheme. `full` is the mark of a perfect district; `source_text` the YAML it was read from;
    `warnings` what its reader should know of it.

    `review` is True when any of its rules was recalled rather than read in the original: shown as 请对照原文.
    `unranked` holds the reason why results must not be ranked, or "". `baseline` is "previous_year", a period,
    "plan_start" (the year before the five-year plan) or "term_start" (per district, the year before its term).
    `inputs` are reported but not scored. `total_cap`, `total_least` bound the total.
    """

    id: str
    title: str
    edition: str
    groups: tuple[Group, ...]
    decimals: int = 2
    rounding: Rounding = "half_even"
    aggregate: Aggregate = "arithmetic"
    missing: MissingPolicy = "refuse"
    no_baseline: NoBaselinePolicy = "level_only"
    share_out: ShareOut = "proportional"
    no_data_score: float = 60.0
    full: float = 100.0
    baseline: str = "previous_year"
    adjustments: tuple[Adjustment, ...] = ()
    bonus_cap: float | None = None
    deduction_cap: float | None = None
    total_cap: float | None = None
    total_least: float | None = None
    inputs: tuple[Quantity, ...] = ()
    compensation: CompensationPlan | None = None
    binding: BindingRule | None = None
    grades: tuple[Grade, ...] = ()
    source: str = ""
    note: str = ""
    review: bool = False
    unranked: str = ""
    source_text: str = field(default="", compare=False, repr=False)
    warnings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the tree."""
        return tuple(node for _, node in self.walk() if isinstance(node, Indicator))

    @cached_property
    def all_groups(self) -> tuple[Group, ...]:
        """Every group, parents before children."""
        return tuple(node for _, node in self.walk() if isinstance(node, Group))

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    def walk(self) -> Iterator[tuple[tuple[Group, ...], Group | Indicator]]:
        """Each node with its ancestors, outermost first, in reading order."""

        def visit(
            path: tuple[Group, ...], nodes: tuple[Group | Indicator, ...]
        ) -> Iterator[tuple[tuple[Group, ...], Group | Indicator]]:
            for node in nodes:
                yield path, node
                if isinstance(node, Group):
                    yield from visit((*path, node), node.children)

        yield from visit((), self.groups)

    @cached_property
    def reported_by_id(self) -> dict[str, Reported]:
        return {quantity.id: quantity for quantity in self.reported}

    @cached_property
    def reported(self) -> tuple[Reported, ...]:
        """Everything a district may report: the indicators, then the quantities they are derived from."""
        return (*self.indicators, *self.inputs)

    @cached_property
    def owed(self) -> tuple[Reported, ...]:
        """What a district is asked for: all but the indicators that a formula derives."""
        return tuple(q for q in self.reported if not isinstance(q, Indicator) or q.formula is None)

    def group_of(self, indicator_id: str) -> Group:
        """The innermost group that holds an indicator."""
        return next(path[-1] for path, node in self.walk() if isinstance(node, Indicator) and node.id == indicator_id)

    @cached_property
    def needs_baseline(self) -> bool:
        """Whether anything in it looks at an earlier period."""
        compared = any(i.rule.progress is not None or "baseline" in i.rule.uses for i in self.indicators)
        derived = any(i.formula is not None and i.formula.previous for i in self.indicators)
        paid = self.compensation is not None and any(c.against == "baseline" for c in self.compensation.items)
        return compared or derived or paid or any(a.all_improved for a in self.adjustments)
