"""Where everything stands in the full workbook, so that a formula on one sheet can name a cell on another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.adjustment import Adjustment, Layer
from ecoscore.model.district import LEVEL_TITLES
from ecoscore.model.result import Result
from ecoscore.model.scheme import Direction, Group, Indicator, Scheme
from ecoscore.reporting.view_common import peer_group_title
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.names import area, cell

HEADS = 5  # rows above the first block on the sheets of districts × indicators
LEAD = 3  # columns before the first indicator: number, district, peer group
WEIGHT_ROW = 4


@dataclass(frozen=True, slots=True)
class PeerSection:
    """The districts ranked together: `first` and `count` in the order of the sheets."""

    label: str
    first: int
    count: int


@dataclass(frozen=True)
class Layout:
    """Positions for one result. Districts stand by peer group, so that each group is one area to rank in."""

    result: Result

    @property
    def scheme(self) -> Scheme:
        return self.result.scheme

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Positions of the districts in the result, in the order of the sheets."""
        keys = list(dict.fromkeys((d.level, d.peer_group) for d in self.result.districts))
        place = {key: n for n, key in enumerate(keys)}
        order = sorted(
            range(len(self.result.districts)),
            key=lambda n: place[self.result.districts[n].level, self.result.districts[n].peer_group],
        )
        return tuple(order)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The peer group of each row in words, different for different groups."""
        several = len({d.level for d in self.result.districts}) > 1
        return tuple(
            (LEVEL_TITLES[self.result.districts[d].level] + "·" if several else "") + peer_group_title(self.result, d)
            for d in self.rows
        )

    @cached_property
    def sections(self) -> tuple[PeerSection, ...]:
        found: list[PeerSection] = []
        for n, label in enumerate(self.labels):
            if found and found[-1].label == label:
                found[-1] = PeerSection(label, found[-1].first, found[-1].count + 1)
            else:
                found.append(PeerSection(label, n, 1))
        return tuple(found)

    def section_of(self, n: int) -> PeerSection:
        return next(s for s in self.sections if s.first <= n < s.first + s.count)

    @property
    def count(self) -> int:
        return len(self.rows)

    # Sheets of districts × indicators: blocks below each other, the columns the same on both. ----------------------

    @cached_property
    def data_blocks(self) -> tuple[str, ...]:
        baseline = ("baseline",) if self.scheme.needs_baseline else ()
        return ("value", *baseline, "target") if self.has_targets else ("value", *baseline)

    @cached_property
    def has_targets(self) -> bool:
        return any(i.target is not None or "target" in i.rule.uses or i.binding for i in self.scheme.indicators)

    @cached_property
    def score_blocks(self) -> tuple[str, ...]:
        found = ["individual", "weight", "points"]
        if any(i.rule.progress for i in self.scheme.indicators):
            found.append("change")
        if self.counts_binding:
            found.append("missed")
        return tuple(found)

    @cached_property
    def counts_binding(self) -> bool:
        return any(self.is_binding(i) for i in self.scheme.indicators)

    def is_binding(self, indicator: Indicator) -> bool:
        """Whether a missed target of this indicator has consequences."""
        return self.scheme.binding is not None and indicator.binding and indicator.direction is not Direction.RANGE

    def block_top(self, block: str) -> int:
        """The row of a block's heading; its districts follow."""
        blocks = self.data_blocks if block in ("value", "baseline", "target") else self.score_blocks
        return HEADS + blocks.index(block) * (self.count + 2)

    def sheet_of(self, block: str) -> str:
        return names.DATA if block in ("value", "baseline", "target") else names.SCORES

    def has(self, block: str) -> bool:
        return block in self.data_blocks or block in self.score_blocks

    def at(self, block: str, n: int, i: int, here: str = "") -> str:
        """The cell of row `n` (in the order of the sheets) and indicator `i`."""
        sheet = self.sheet_of(block)
        return cell(self.block_top(block) + 1 + n, LEAD + i, sheet="" if sheet == here else sheet)

    def column(self, block: str, i: int, here: str = "") -> str:
        """One indicator's cells of all districts."""
        sheet, top = self.sheet_of(block), self.block_top(block) + 1
        return area(top, LEAD + i, top + self.count - 1, LEAD + i, "both", "" if sheet == here else sheet)

    def row_area(self, block: str, n: int, first: int, last: int, here: str = "") -> str:
        sheet, row = self.sheet_of(block), self.block_top(block) + 1 + n
        return area(row, LEAD + first, row, LEAD + last, sheet="" if sheet == here else sheet)

    def weights_area(self, first: int, last: int, here: str = "") -> str:
        sheet = "" if here == names.SCORES else names.SCORES
        return area(WEIGHT_ROW, LEAD + first, WEIGHT_ROW, LEAD + last, "row", sheet)

    # The tree --------------------------------------------------------------------------------------------------

    @cached_property
    def group_order(self) -> tuple[Group, ...]:
        """Groups by depth, so that sisters stand side by side on the sheet 汇总."""
        found: list[Group] = []
        level: list[Group] = list(self.scheme.groups)
        while level:
            found += level
            level = [child for group in level for child in group.children if isinstance(child, Group)]
        return tuple(found)

    @cached_property
    def group_column_of(self) -> dict[str, int]:
        return {group.id: n for n, group in enumerate(self.group_order)}

    @cached_property
    def group_at(self) -> dict[str, int]:
        """A group's position in the result's arrays."""
        return {group.id: n for n, group in enumerate(self.result.groups_in_order)}

    @cached_property
    def parent_of(self) -> dict[str, Group | None]:
        """The group a node stands in, by the node's id; None for outermost groups."""
        return {node.id: (path[-1] if path else None) for path, node in self.scheme.walk()}

    def siblings(self, node_id: str) -> tuple[Group | Indicator, ...]:
        parent = self.parent_of[node_id]
        return self.scheme.groups if parent is None else parent.children

    def runs(self, nodes: tuple[Group | Indicator, ...]) -> list[tuple[str, int, int]]:
        """Children as runs of neighbouring columns: kind ("indicator" or "group"), first, last."""
        found: list[tuple[str, int, int]] = []
        for node in nodes:
            kind = "group" if isinstance(node, Group) else "indicator"
            at = self.group_column_of[node.id] if isinstance(node, Group) else self.result.indicator_at[node.id]
            if found and found[-1][0] == kind and found[-1][2] == at - 1:
                found[-1] = (kind, found[-1][1], at)
            else:
                found.append((kind, at, at))
        return found

    # Adjustments -----------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> tuple[Adjustment, ...]:
        """Bonuses, then deductions, then what binds the grade; each in the scheme's order, which caps depend on."""
        scored = [a for layer in (Layer.BONUS, Layer.DEDUCTION) for a in self.scheme.adjustments if a.layer is layer]
        return (*scored, *(a for a in self.scheme.adjustments if a.layer in (Layer.CEILING, Layer.VETO)))

    def item_label(self, item_id: str) -> str:
        """An item's title, made different where two items share one: the list 加减分 matches by it."""
        item = next(a for a in self.items if a.id == item_id)
        same = sum(1 for a in self.items if a.title == item.title)
        return f"{item.title}（{item.id}）" if same > 1 else item.title
