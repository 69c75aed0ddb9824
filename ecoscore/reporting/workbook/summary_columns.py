"""Where things stand on the sheet 汇总: one row a district, columns from group indices to the grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.adjustment import Layer
from ecoscore.model.scheme import Group, Indicator, weight_of
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.layout import LEAD, WEIGHT_ROW, Layout
from ecoscore.reporting.workbook.names import area, cell

TOP = 5


@dataclass(frozen=True)
class SummaryColumns:
    """Columns by what they hold."""

    layout: Layout

    @cached_property
    def scored_items(self) -> int:
        return sum(1 for a in self.layout.items if a.layer in (Layer.BONUS, Layer.DEDUCTION))

    @cached_property
    def starts(self) -> dict[str, int]:
        """The first column of each kind, in order; a kind the scheme has no use for takes none."""
        groups, items = len(self.layout.group_order), len(self.layout.items)
        ranked = not self.layout.scheme.unranked
        graded = bool(self.layout.scheme.grades)
        kinds = [
            ("index", groups), ("weight", groups), ("root", 1), ("base", 1), ("times", items),
            ("effect", self.scored_items), ("bonus", 1), ("missed", 1), ("missed_points", 1), ("deduction", 1),
            ("exact", 1), ("total", 1), ("rank", ranked), ("earned", graded), ("place", graded), ("grade", 1),
            ("limits", 1), ("reason", 1), ("order", 1), ("previous_total", 1), ("previous_rank", 1),
        ]  # fmt: skip
        found, at = {}, LEAD
        for kind, count in kinds:
            if count:
                found[kind] = at
            at += int(count)
        found["end"] = at
        return found

    def col(self, kind: str, offset: int = 0) -> int:
        return self.starts[kind] + offset

    def row(self, n: int) -> int:
        return TOP + n

    def at(self, kind: str, n: int, offset: int = 0, here: str = names.SUMMARY) -> str:
        return cell(self.row(n), self.col(kind, offset), "col", "" if here == names.SUMMARY else names.SUMMARY)

    def column(self, kind: str, offset: int = 0, here: str = "", *, first: int = 0, count: int | None = None) -> str:
        """The cells of a column, of all districts or of a run of them."""
        last = first + (self.layout.count if count is None else count) - 1
        col = self.col(kind, offset)
        sheet = "" if here == names.SUMMARY else names.SUMMARY
        return area(self.row(first), col, self.row(last), col, "both", sheet)

    def labels(self, here: str = "") -> str:
        sheet = "" if here == names.SUMMARY else names.SUMMARY
        return area(TOP, 2, TOP + self.layout.count - 1, 2, "both", sheet)

    def group_index(self, group_id: str, n: int, here: str = names.SUMMARY) -> str:
        return self.at("index", n, self.layout.group_column_of[group_id], here)

    def group_weight(self, group_id: str, n: int, here: str = names.SUMMARY) -> str:
        return self.at("weight", n, self.layout.group_column_of[group_id], here)

    def areas(self, nodes: Sequence[Group | Indicator], n: int, here: str) -> tuple[list[str], list[str]]:
        """The indices of sister nodes in one district and their weights, as areas of one shape.

        Nodes without weight have no say beside others that have one.
        """
        nodes = [node for node in nodes if weight_of(node) > 0] or list(nodes)
        parts, weights = [], []
        for kind, first, last in self.layout.runs(tuple(nodes)):
            if kind == "indicator":
                parts.append(self.layout.row_area("individual", n, first, last, here))
                weights.append(self.layout.weights_area(first, last, here))
            else:
                sheet = "" if here == names.SUMMARY else names.SUMMARY
                start = self.col("index")
                parts.append(area(self.row(n), start + first, self.row(n), start + last, sheet=sheet))
                weights.append(area(WEIGHT_ROW, start + first, WEIGHT_ROW, start + last, "row", sheet))
        return parts, weights

    def cells(self, nodes: Sequence[Group | Indicator], n: int, here: str) -> list[tuple[str, str]]:
        """The same one by one."""
        found = []
        for node in [node for node in nodes if weight_of(node) > 0] or nodes:
            parts, weights = self.areas((node,), n, here)
            found.append((parts[0], weights[0]))
        return found
