"""Formulas up the tree where a district's figures stand in a column: group indices, and full marks after sharing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from ecoscore.model.scheme import Aggregate, Group, Indicator, weight_of
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.rules.aggregation import excel_combine, excel_share

Node = Group | Indicator
Place = tuple[int, int]


@dataclass(frozen=True)
class TreeFormulas:
    """`part` and `weight` give the row and column of a node's index and of its weight, the latter on `weight_sheet`;
    `points` the cell of a group's full marks.
    """

    layout: Layout
    part: Callable[[Node], Place]
    weight: Callable[[Node], Place]
    points: Callable[[Group], str]
    weight_sheet: str = ""

    def areas(self, nodes: Sequence[Node]) -> tuple[list[str], list[str]]:
        """Indices of sister nodes and their weights, neighbours as one area; without weight there is no say."""
        runs: list[tuple[Place, Place, Place, Place]] = []
        for node in self._heirs(nodes):
            part, weight = self.part(node), self.weight(node)
            if runs and _below(runs[-1][1], part) and _below(runs[-1][3], weight):
                runs[-1] = (runs[-1][0], part, runs[-1][2], weight)
            else:
                runs.append((part, part, weight, weight))
        parts = [area(*first, *last, "both") for first, last, _, _ in runs]
        return parts, [area(*first, *last, "both", self.weight_sheet) for _, _, first, last in runs]

    @staticmethod
    def _heirs(nodes: Sequence[Node]) -> list[Node]:
        return [node for node in nodes if weight_of(node) > 0] or list(nodes)

    def index(self, nodes: Sequence[Node], aggregate: str | None, cap: float | None = None) -> str:
        scheme = self.layout.scheme
        kind = cast("Aggregate", aggregate or scheme.aggregate)
        cells = []
        if kind == "geometric":
            cells = [(cell(*self.part(n), "both"), self._weight_cell(n)) for n in self._heirs(nodes)]
        top = "" if cap is None else f"{cap:.15g}"
        parts, weights = self.areas(nodes)
        return excel_combine(parts, weights, kind, scheme.share_out, cells=cells, cap=top)

    def _weight_cell(self, node: Node) -> str:
        return cell(*self.weight(node), "both", self.weight_sheet)

    def full_marks(self, node: Node) -> str:
        """A node's full marks in points: its share of its parent's, 0 where it does not count."""
        if weight_of(node) == 0:
            return "0"
        parent = self.layout.parent_of[node.id]
        whole = names.FULL if parent is None else self.points(parent)
        parts, weights = self.areas(self.layout.siblings(node.id))
        share = excel_share(self._weight_cell(node), parts, weights, self.layout.scheme.share_out)
        return f"IF(ISNUMBER({cell(*self.part(node), 'both')}),{whole}*{share},0)"


def _below(first: Place, second: Place) -> bool:
    return second == (first[0] + 1, first[1])
