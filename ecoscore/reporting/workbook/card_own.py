"""A card in a workbook of its own: its values can be changed and all it says follows; the sample's figures are constants."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.adjustment import Layer
from ecoscore.model.rule import Terms
from ecoscore.model.scheme import Group
from ecoscore.reporting.view_common import NO_GRADES, peer_mean, peers
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.card_linked import or_dash, printed_value
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.card_source import Entry
from ecoscore.reporting.workbook.data_sheet import value_format
from ecoscore.reporting.workbook.earlier import Earlier
from ecoscore.reporting.workbook.layers import EFFECTS, Layers
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area
from ecoscore.reporting.workbook.own_quantities import OwnQuantities, of_card
from ecoscore.reporting.workbook.own_sheet import (
    BEST,
    CHANGE_BEST,
    CHANGE_RANK,
    CHANGE_WORST,
    COUNT,
    FULL,
    GROUP_MEAN,
    ITEM_COUNTED,
    ITEM_GROUND,
    ITEM_POINTS,
    ITEM_TIMES,
    MEAN,
    RANK,
    WORST,
    OwnRows,
)  # fmt: skip
from ecoscore.reporting.workbook.terms import capped, joint_formula, refusing, with_states
from ecoscore.reporting.workbook.tree_formulas import TreeFormulas
from ecoscore.rules import measure


@dataclass(frozen=True)
class OwnCard:
    """`d` is its district."""

    places: CardPlaces
    layers: Layers
    d: int
    earlier: Earlier

    @property
    def layout(self) -> Layout:
        return self.places.layout

    @cached_property
    def rows(self) -> OwnRows:
        return OwnRows(self.layout)

    @cached_property
    def quantities(self) -> OwnQuantities:
        return of_card(self.places, self.d)

    @cached_property
    def group(self) -> list[int]:
        return peers(self.layout.result, self.d)

    def name(self) -> Entry:
        return Entry(self.layout.result.districts[self.d].name)

    def peer_group(self) -> Entry:
        return Entry(self.layout.labels[self.layout.rows.index(self.d)])

    def number_format(self, i: int) -> str:
        c = self.layout.result.cells
        return value_format([float(c.value[self.d, i]), float(c.baseline[self.d, i])])

    # Figures of one indicator ----------------------------------------------------------------------------------

    def value(self, i: int) -> Entry:
        formula = self.quantities.value(i)
        return Entry(printed_value(self.layout, self.d, i), formula, unlocked=not formula)

    def baseline(self, i: int) -> Entry:
        formula = self.quantities.baseline(i)
        return Entry(or_dash(float(self.layout.result.cells.baseline[self.d, i])), formula, unlocked=not formula)

    def target(self, i: int) -> Entry:
        return Entry(or_dash(float(self.layout.result.cells.target[self.d, i])), unlocked=True)

    def change(self, i: int) -> Entry:
        c, indicator = self.layout.result.cells, self.layout.scheme.indicators[i]
        x, baseline = (self.places.at(kind, indicator.id) for kind in ("value", "baseline"))
        part = indicator.rule.progress
        if part is None:
            plain = float(c.value[self.d, i]) - float(c.baseline[self.d, i])
            return Entry(or_dash(plain), f'IF(AND(ISNUMBER({x}),ISNUMBER({baseline})),{x}-{baseline},"—")')
        formula = measure.excel(part.measure, x, baseline, self.rows.indicator(i, BEST))
        return Entry(or_dash(float(c.change[self.d, i])), formula.replace('""', '"—"'))

    def terms(self, i: int) -> Terms[str]:
        indicator, rows = self.layout.scheme.indicators[i], self.rows
        x, baseline, target, change = (
            self.places.at(kind, indicator.id) for kind in ("value", "baseline", "target", "change")
        )
        progress = None
        if indicator.rule.progress is not None:
            progress = Terms(
                change, worst=rows.indicator(i, CHANGE_WORST), best=rows.indicator(i, CHANGE_BEST),
                rank=rows.indicator(i, CHANGE_RANK),
                joint=joint_formula(self.layout.scheme, indicator, lambda kind, one: self.places.at(kind, one.id)),
            )  # fmt: skip
        return Terms(
            x, baseline, target, rows.indicator(i, WORST), rows.indicator(i, BEST), rows.indicator(i, MEAN),
            rows.indicator(i, RANK), rows.indicator(i, COUNT), rows.indicator(i, FULL), progress,
        )  # fmt: skip

    def individual(self, i: int) -> Entry:
        scheme, indicator = self.layout.scheme, self.layout.scheme.indicators[i]
        t = self.terms(i)
        score = refusing(scheme, indicator, t, capped(indicator, indicator.rule.excel(t)))
        if self.layout.is_binding(indicator) and scheme.binding and scheme.binding.zero_item:
            score = f"IF({self.places.raw('missed', indicator.id)}=1,0,{score})"
        outside = not self.layout.result.cells.full[0, i]
        formula = with_states(scheme, indicator, t.x, score, "FALSE", names.NO_DATA_SCORE, outside=outside)
        return Entry(float(self.layout.result.cells.individual[self.d, i]), formula)

    # The tree --------------------------------------------------------------------------------------------------

    @cached_property
    def tree(self) -> TreeFormulas:
        """Indices stand on the card, weights on 方案."""
        places, rows = self.places, self.rows
        return TreeFormulas(
            self.layout,
            part=lambda node: (places.rows[node.id], places.helper("individual")),
            weight=rows.weight_place,
            points=lambda group: places.at("weight", group.id),
            weight_sheet=names.SCHEME,
        )

    def weight(self, i: int) -> Entry:
        indicator = self.layout.scheme.indicators[i]
        value = float(self.layout.result.cells.weight[self.d, i])
        return Entry(value, self.tree.full_marks(indicator))

    def _group(self, group_id: str) -> Group:
        return next(g for g in self.layout.group_order if g.id == group_id)

    def group_weight(self, group_id: str) -> Entry:
        value = float(self.layout.result.group_cells.weight[self.d, self.layout.group_at[group_id]])
        return Entry(value, self.tree.full_marks(self._group(group_id)))

    def group_index(self, group_id: str) -> Entry:
        group = self._group(group_id)
        value = float(self.layout.result.group_cells.index[self.d, self.layout.group_at[group_id]])
        return Entry(value, self.tree.index(group.children, group.aggregate, group.cap))

    def peer_mean(self, group_id: str) -> Entry:
        value = peer_mean(self.layout.result, self.group, self.layout.group_at[group_id])
        return Entry(value, self.rows.group(group_id, GROUP_MEAN))

    # The whole -------------------------------------------------------------------------------------------------

    def whole(self, kind: str) -> Entry:
        arrays, d, scheme = self.layout.result.layers, self.d, self.layout.scheme
        if kind in ("before_total", "before_rank"):
            before = self.earlier.get(self.layout.result.districts[d].name, (math.nan, math.nan))
            return Entry(or_dash(before[kind == "before_rank"]))
        if kind in ("rank", "ties", "of"):
            return self._standing(kind)
        array = arrays.total_exact if kind == "exact" else getattr(arrays, kind)
        return Entry(float(array[d]), {
            "base": f'IF(ISNUMBER({self._root}),{names.FULL}*{self._root}/100,"")',
            "bonus": self._sum(Layer.BONUS), "deduction": f"{self._sum(Layer.DEDUCTION)}+{self.missed_points().formula}",
            "exact": self._exact(scheme.total_cap, scheme.total_least),
        }[kind])  # fmt: skip

    @cached_property
    def _root(self) -> str:
        return self.tree.index(self.layout.scheme.groups, None)

    def _exact(self, cap: float | None, least: float | None) -> str:
        base, bonus, deduction = (self.places.whole(kind) for kind in ("base", "bonus", "deduction"))
        sums = f"{base}+{bonus}-{deduction}"
        sums = sums if cap is None else f"MIN({cap:.15g},{sums})"
        sums = sums if least is None else f"MAX({least:.15g},{sums})"
        return f'IF(ISNUMBER({base}),{sums},"")'

    def _standing(self, kind: str) -> Entry:
        """Against the totals of the others in the peer group, which are constants."""
        ranks, d = self.layout.result.layers.rank, self.d
        if self.layout.scheme.unranked:
            return Entry("—")
        rank, total, others = int(ranks[d]), self.places.whole("total"), self.rows.peer_totals(len(self.group) - 1)
        if kind == "rank":
            better = f"SUMPRODUCT(ISNUMBER({others})*({others}>{total}))" if others else "0"
            return Entry(rank or "—", f'IF(ISNUMBER({total}),1+{better},"—")')
        if kind == "ties":
            same = f"+SUMPRODUCT(ISNUMBER({others})*({others}={total}))" if others else ""
            tied = sum(1 for other in self.group if ranks[other] == rank and rank)
            return Entry(tied, f"IF(ISNUMBER({total}),1{same},0)")
        count = f"+COUNT({others})" if others else ""
        return Entry(sum(1 for other in self.group if ranks[other] > 0), f"IF(ISNUMBER({total}),1,0){count}")

    # Layers ----------------------------------------------------------------------------------------------------

    def item_title(self, k: int) -> Entry:
        return Entry(self.layout.item_label(self.layout.items[k].id), self.rows.item(k, 2))

    def times(self, k: int) -> Entry:
        return Entry(self.layers.times(self.d, k), self._times(k))

    def _times(self, k: int) -> str:
        return self.rows.item(k, ITEM_COUNTED)

    def counted(self, k: int) -> Entry:
        """How often an item counts, as 方案 computes it: as entered, or once where the card's own values earn it."""
        item, entered = self.layout.items[k], self.rows.item(k, ITEM_TIMES)
        value = self.layers.times(self.d, k)
        if not item.all_improved:
            return Entry(value, entered)
        tests = []
        for indicator_id in item.all_improved:
            indicator = self.layout.scheme.by_id[indicator_id]
            x, baseline = (f"{names.CARD}!{self.places.at(kind, indicator_id)}" for kind in ("value", "baseline"))
            sign = "<" if indicator.direction == "lower" else ">"
            tests += [f"ISNUMBER({x})", f"ISNUMBER({baseline})", f"{x}{sign}{baseline}"]
        return Entry(value, f"MAX({entered},IF(AND({','.join(tests)}),1,0))")

    def effect(self, k: int) -> Entry:
        item, scheme = self.layout.items[k], self.layout.scheme
        limits = [f"{self._times(k)}*{item.points:.15g}"]
        if item.cap is not None:
            limits.append(f"{item.cap:.15g}")
        cap = scheme.bonus_cap if item.layer is Layer.BONUS else scheme.deduction_cap
        if cap is not None:
            before = "".join(
                f"-{self.rows.item_effect(j)}" for j in range(k) if self.layout.items[j].layer is item.layer
            )
            limits.append(f"MAX(0,{cap:.15g}{before})")
        formula = limits[0] if len(limits) == 1 else f"MIN({','.join(limits)})"
        return Entry(self.layers.effect(self.d, k), formula)

    def _sum(self, layer: Layer) -> str:
        terms = [self.rows.item_effect(k) for k, item in enumerate(self.layout.items) if item.layer is layer]
        return f"SUM({','.join(terms)})" if terms else "0"

    def ground(self, k: int) -> Entry:
        return Entry(
            self.layers.adjustments.ground(self.layout.result.districts[self.d].name, self.layout.items[k].id),
            self.rows.item(k, ITEM_GROUND),
        )

    def _column(self, kind: str) -> str:
        places = self.places
        return area(places.tree_top, places.helper(kind), places.tree_end - 1, places.helper(kind), "both")

    def _missed(self) -> str:
        return f"SUM({self._column('missed')})"

    def missed_points(self) -> Entry:
        binding, places = self.layout.scheme.binding, self.places
        if not self.layout.counts_binding or binding is None or binding.deduct_from is None:
            return Entry(0.0, "0")
        weights = area(places.tree_top, places.columns["weight"], places.tree_end - 1, places.columns["weight"], "both")
        formula = f"IF({self._missed()}>={binding.deduct_from},SUMPRODUCT({self._column('missed')},{weights}),0)"
        return Entry(self.layers.missed_points(self.d), formula)

    def _place(self) -> str:
        """The place of the final grade, from the total and all that binds it."""
        grades, total = self.layout.scheme.grades, self.places.whole("total")
        lines = "".join(f"+({total}<{g.min:.15g})" for g in grades)
        parts = [f"IF(ISNUMBER({total}),1{lines},{len(grades) + 1})"]
        for k, item in self.layers.limits_at:
            if item.grade:
                parts.append(f"IF({self._times(k)}>0,{self.layers.place(item.grade)},0)")
        if self.layers.fails:
            parts.append(f"IF({self._missed()}>={self.layers.fails[0]},{self.layers.fails[1]},0)")
        return f"MAX({','.join(parts)})"

    def grade(self) -> Entry:
        grades = self.layout.scheme.grades
        if not grades:
            return Entry(NO_GRADES)
        titles = self.rows.grade_titles()
        return Entry(self.layout.result.layers.grade[self.d] or NO_GRADES, f"INDEX({titles},{self._place()})")

    def limits(self) -> Entry:
        parts = []
        for k, item in self.layers.limits_at:
            grade = self.rows.item(k, ITEM_POINTS)
            kind, title, ground = self.rows.item(k, 3), self.rows.item(k, 2), self.rows.item(k, ITEM_GROUND)
            words = f'{kind}&"："&{title}&"，{EFFECTS[item.layer]}"&{grade}&"（依据："&{ground}&"）。"'
            parts.append(f'IF({self._times(k)}>0,{words},"")')
        if self.layers.fails:
            least, place = self.layers.fails
            grade = f"INDEX({self.rows.grade_titles()},{place})"
            words = f'"一票否决：约束性目标 "&{self._missed()}&" 项未完成，等次定为"&{grade}&"。"'
            parts.append(f'IF({self._missed()}>={least},{words},"")')
        return Entry(self.layers.limits(self.d), "&".join(parts) or '""')
