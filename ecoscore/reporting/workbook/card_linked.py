"""A card in the full workbook: the district is chosen from a list, every figure is looked up on the other sheets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.observation import Status
from ecoscore.model.rule import Terms
from ecoscore.reporting.view_common import NO_GRADES, peer_mean, peers
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.adjustment_sheet import AUTOMATIC, GROUND
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.card_source import Entry
from ecoscore.reporting.workbook.data_sheet import column_format
from ecoscore.reporting.workbook.earlier import Earlier
from ecoscore.reporting.workbook.layers import Layers
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.reporting.workbook.scheme_sheet import ITEM_TITLE, SchemeRows
from ecoscore.reporting.workbook.sheet import Value
from ecoscore.reporting.workbook.summary_columns import SummaryColumns
from ecoscore.reporting.workbook.terms import joint_formula, linked_terms

PRINTED_STATES = {
    Status.MISSING: "未报",
    Status.NOT_APPLICABLE: "—",
    Status.NOT_CONCERNED: "不涉及",
    Status.NO_DATA: "无数据",
}


def printed_value(layout: Layout, d: int, i: int) -> Value:
    state = Status(int(layout.result.cells.status[d, i]))
    return PRINTED_STATES[state] if state in PRINTED_STATES else float(layout.result.cells.value[d, i])


def or_dash(value: float) -> Value:
    return "—" if math.isnan(value) else float(value)


@dataclass(frozen=True)
class LinkedCard:
    """`d` is the district chosen when the workbook is written."""

    places: CardPlaces
    layers: Layers
    d: int
    earlier: Earlier

    @property
    def layout(self) -> Layout:
        return self.places.layout

    @cached_property
    def columns(self) -> SummaryColumns:
        return SummaryColumns(self.layout)

    @property
    def chosen(self) -> str:
        """The cell with the chosen district's name."""
        return cell(self.places.line, self.places.columns["title"], "both")

    @property
    def at(self) -> str:
        """The cell with the chosen district's place among all."""
        return cell(self.places.line, self.places.last + 2, "both")

    def at_entry(self) -> Entry:
        """Plain comparison instead of MATCH: a name with * or ? in it must not be taken for a pattern."""
        top = self.layout.block_top("value") + 1
        formula = f"SUMPRODUCT(({names.DISTRICTS}={self.chosen})*(ROW({names.DISTRICTS})-{top}))"
        return Entry(self.layout.rows.index(self.d) + 1, formula)

    def _pick(self, column: str) -> str:
        return f"INDEX({column},{self.at})"

    def _summary(self, kind: str, offset: int = 0) -> str:
        return self._pick(self.columns.column(kind, offset))

    def name(self) -> Entry:
        return Entry(self.layout.result.districts[self.d].name, unlocked=True)

    def peer_group(self) -> Entry:
        return Entry(self.layout.labels[self.layout.rows.index(self.d)], self._pick(self.columns.labels()))

    def number_format(self, i: int) -> str:
        return column_format(self.layout.result, i)

    # Figures of one indicator ----------------------------------------------------------------------------------

    def value(self, i: int) -> Entry:
        at = self._pick(self.layout.column("value", i))
        return Entry(
            printed_value(self.layout, self.d, i), f'IF({at}="不适用","—",IF({at}="","未报",{at}))'
        )  # fmt: skip

    def _optional(self, block: str, value: float, i: int) -> Entry:
        if not self.layout.has(block):
            return Entry("—")
        at = self._pick(self.layout.column(block, i))
        return Entry(or_dash(value), f'IF(ISNUMBER({at}),{at},"—")')

    def baseline(self, i: int) -> Entry:
        return self._optional("baseline", float(self.layout.result.cells.baseline[self.d, i]), i)

    def target(self, i: int) -> Entry:
        return self._optional("target", float(self.layout.result.cells.target[self.d, i]), i)

    def change(self, i: int) -> Entry:
        c, indicator = self.layout.result.cells, self.layout.scheme.indicators[i]
        if indicator.rule.progress is not None:
            return self._optional("change", float(c.change[self.d, i]), i)
        x, baseline = (self.places.at(kind, indicator.id) for kind in ("value", "baseline"))
        plain = float(c.value[self.d, i]) - float(c.baseline[self.d, i])
        return Entry(or_dash(plain), f'IF(AND(ISNUMBER({x}),ISNUMBER({baseline})),{x}-{baseline},"—")')

    def terms(self, i: int) -> Terms[str]:
        at = {kind: self.places.at(kind, self.layout.scheme.indicators[i].id) for kind in _OWN}
        scheme = self.layout.scheme
        joint = joint_formula(scheme, scheme.indicators[i], lambda kind, one: self.places.at(kind, one.id))
        return linked_terms(self.layout, i, at["value"], at["baseline"], at["target"], at["change"], names.CARD, joint)

    def individual(self, i: int) -> Entry:
        value = float(self.layout.result.cells.individual[self.d, i])
        return Entry(value, self._pick(self.layout.column("individual", i)))

    def weight(self, i: int) -> Entry:
        return Entry(float(self.layout.result.cells.weight[self.d, i]), self._pick(self.layout.column("weight", i)))

    # Groups and the whole --------------------------------------------------------------------------------------

    def group_weight(self, group_id: str) -> Entry:
        value = float(self.layout.result.group_cells.weight[self.d, self.layout.group_at[group_id]])
        return Entry(value, self._summary("weight", self.layout.group_column_of[group_id]))

    def group_index(self, group_id: str) -> Entry:
        value = float(self.layout.result.group_cells.index[self.d, self.layout.group_at[group_id]])
        return Entry(value, self._summary("index", self.layout.group_column_of[group_id]))

    def peer_mean(self, group_id: str) -> Entry:
        """Of the chosen district's peer group, over those that have an index."""
        column, label = (
            self.columns.column("index", self.layout.group_column_of[group_id]),
            self._pick(self.columns.labels()),
        )
        mine = f"({self.columns.labels()}={label})*ISNUMBER({column})"
        result = self.layout.result
        value = peer_mean(result, peers(result, self.d), self.layout.group_at[group_id])
        return Entry(value, f'IF(SUMPRODUCT({mine})>0,SUMPRODUCT({mine},{column})/SUMPRODUCT({mine}),"")')

    def whole(self, kind: str) -> Entry:
        arrays, d = self.layout.result.layers, self.d
        if kind in ("base", "bonus", "deduction", "exact"):
            array = arrays.total_exact if kind == "exact" else getattr(arrays, kind)
            return Entry(float(array[d]), self._summary(kind))
        if kind in ("before_total", "before_rank"):
            total, rank = self.earlier.get(self.layout.result.districts[d].name, (math.nan, math.nan))
            value = total if kind == "before_total" else rank
            return Entry(or_dash(value), self._summary("previous_total" if kind == "before_total" else "previous_rank"))
        if self.layout.scheme.unranked:
            return Entry("—")
        rank = int(arrays.rank[d])
        group = peers(self.layout.result, d)
        label = self._pick(self.columns.labels())
        mine, ranks = f"({self.columns.labels()}={label})", self.columns.column("rank")
        if kind == "rank":
            return Entry(rank or "—", f'IF(ISNUMBER({self._summary("rank")}),{self._summary("rank")},"—")')
        if kind == "ties":
            tied = sum(1 for other in group if arrays.rank[other] == rank and rank)
            return Entry(tied, f"SUMPRODUCT({mine}*ISNUMBER({ranks})*({ranks}={self.places.whole('rank')}))")
        return Entry(sum(1 for other in group if arrays.rank[other] > 0), f"SUMPRODUCT({mine}*ISNUMBER({ranks}))")

    def grade(self) -> Entry:
        if not self.layout.scheme.grades:
            return Entry(NO_GRADES)
        at = self._summary("grade")
        return Entry(self.layout.result.layers.grade[self.d] or NO_GRADES, f'IF({at}="","{NO_GRADES}",{at})')

    def limits(self) -> Entry:
        return Entry(self.layers.limits(self.d), self._summary("limits"))

    # Layers ----------------------------------------------------------------------------------------------------

    def item_title(self, k: int) -> Entry:
        return Entry(
            self.layout.item_label(self.layout.items[k].id), SchemeRows(self.layout).item(k, ITEM_TITLE)
        )  # fmt: skip

    def times(self, k: int) -> Entry:
        return Entry(self.layers.times(self.d, k), self._summary("times", k))

    def effect(self, k: int) -> Entry:
        return Entry(self.layers.effect(self.d, k), self._summary("effect", k))

    def ground(self, k: int) -> Entry:
        adjustments = self.layers.adjustments
        matches = adjustments.matches(self.chosen, SchemeRows(self.layout).item(k, ITEM_TITLE))
        rows = f"SUMPRODUCT(MAX({matches}*ROW({adjustments.column(GROUND)})))"
        whole = area(0, GROUND, adjustments.last, GROUND, "both", names.ADJUSTMENTS)
        name = self.layout.result.districts[self.d].name
        value = adjustments.ground(name, self.layout.items[k].id)
        return Entry(value, f'IF({rows}>0,INDEX({whole},MAX(1,{rows})),"{AUTOMATIC}")')

    def missed_points(self) -> Entry:
        return Entry(self.layers.missed_points(self.d), self._summary("missed_points"))


_OWN = ("value", "baseline", "target", "change")
