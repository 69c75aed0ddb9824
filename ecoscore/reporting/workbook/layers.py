"""The layers above points as formulas of the sheet 汇总, each beside the value it has now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.adjustment import Adjustment, AppliedAdjustment, Layer
from ecoscore.model.scheme import BindingRule, Direction
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.adjustment_sheet import AUTOMATIC, GROUND, TIMES, Adjustments
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area
from ecoscore.reporting.workbook.scheme_sheet import (
    FULL,
    ITEM_CAP,
    ITEM_GRADE,
    ITEM_KIND,
    ITEM_PLACE,
    ITEM_POINTS,
    ITEM_TITLE,
    NOBODY,
    UNREPORTED,
    SchemeRows,
)
from ecoscore.reporting.workbook.summary_columns import SummaryColumns

EFFECTS = {Layer.CEILING: "等次不高于", Layer.VETO: "等次定为"}
_KINDS = {Layer.CEILING: "等次封顶", Layer.VETO: "一票否决"}


@dataclass(frozen=True)
class Layers:
    """`*_formula` speak of row `n` of the sheet; their namesakes give the value for district `d` of the result."""

    layout: Layout
    adjustments: Adjustments

    @cached_property
    def columns(self) -> SummaryColumns:
        return SummaryColumns(self.layout)

    @cached_property
    def rows(self) -> SchemeRows:
        return SchemeRows(self.layout)

    @property
    def binding(self) -> BindingRule | None:
        return self.layout.scheme.binding if self.layout.counts_binding else None

    # Occurrences and their points ------------------------------------------------------------------------------

    def _recorded(self, n: int, k: int) -> str:
        matches = self.adjustments.matches(f"$B{self.columns.row(n) + 1}", self.rows.item(k, ITEM_TITLE))
        return f"SUMPRODUCT({matches},{self.adjustments.column(TIMES)})"

    def times_formula(self, n: int, k: int) -> str:
        item, layout = self.layout.items[k], self.layout
        if not item.all_improved:
            return self._recorded(n, k)
        tests = []
        for indicator_id in item.all_improved:
            i = layout.result.indicator_at[indicator_id]
            x, baseline = layout.at("value", n, i), layout.at("baseline", n, i)
            sign = "<" if layout.result.indicators[i].direction is Direction.LOWER else ">"
            tests += [f"ISNUMBER({x})", f"ISNUMBER({baseline})", f"{x}{sign}{baseline}"]
        return f"MAX({self._recorded(n, k)},IF(AND({','.join(tests)}),1,0))"

    def times(self, d: int, k: int) -> int:
        return sum(a.count for a in self._applied(d, k))

    def _applied(self, d: int, k: int) -> list[AppliedAdjustment]:
        name, item = self.layout.result.districts[d].name, self.layout.items[k]
        return [a for a in self.by_district.get(name, ()) if (a.adjustment, a.layer) == (item.id, item.layer)]

    @cached_property
    def by_district(self) -> dict[str, list[AppliedAdjustment]]:
        found: dict[str, list[AppliedAdjustment]] = {}
        for applied in self.layout.result.adjustments:
            found.setdefault(applied.district, []).append(applied)
        return found

    def effect_formula(self, n: int, k: int) -> str:
        """Points of one item: its own cap, then what its layer still allows after the items before it."""
        item, scheme = self.layout.items[k], self.layout.scheme
        limits = [f"{self.columns.at('times', n, k)}*{self.rows.item(k, ITEM_POINTS)}"]
        if item.cap is not None:
            limits.append(self.rows.item(k, ITEM_CAP))
        bonus = item.layer is Layer.BONUS
        cap, name = (scheme.bonus_cap, names.BONUS_CAP) if bonus else (scheme.deduction_cap, names.DEDUCTION_CAP)
        if cap is not None:
            first = self._span(item.layer)[0]
            before = f"-SUM({self._effects(n, first, k - 1)})" if k > first else ""
            limits.append(f"MAX(0,{name}{before})")
        return limits[0] if len(limits) == 1 else f"MIN({','.join(limits)})"

    def effect(self, d: int, k: int) -> float:
        return sum(abs(a.points) for a in self._applied(d, k))

    def _span(self, layer: Layer) -> tuple[int, int]:
        """First and last item of a layer; last before first where there is none."""
        at = [k for k, item in enumerate(self.layout.items) if item.layer is layer]
        return (at[0], at[-1]) if at else (0, -1)

    def _effects(self, n: int, first: int, last: int) -> str:
        row, start = self.columns.row(n), self.columns.col("effect")
        return area(row, start + first, row, start + last, "col")

    def _sum(self, n: int, layer: Layer) -> str:
        first, last = self._span(layer)
        return f"SUM({self._effects(n, first, last)})" if last >= first else "0"

    def bonus_formula(self, n: int) -> str:
        return self._sum(n, Layer.BONUS)

    def deduction_formula(self, n: int) -> str:
        return f"{self._sum(n, Layer.DEDUCTION)}+{self.columns.at('missed_points', n)}"

    # Binding targets -------------------------------------------------------------------------------------------

    def _row(self, block: str, n: int) -> str:
        return self.layout.row_area(block, n, 0, len(self.layout.scheme.indicators) - 1)

    def missed_formula(self, n: int) -> str:
        return f"SUM({self._row('missed', n)})" if self.binding else "0"

    def missed_points_formula(self, n: int) -> str:
        if self.binding is None or self.binding.deduct_from is None:
            return "0"
        both = f"{self._row('missed', n)},{self._row('weight', n)}"
        return f"IF({self.columns.at('missed', n)}>={self.binding.deduct_from},SUMPRODUCT({both}),0)"

    def missed_points(self, d: int) -> float:
        first, last = self._span(Layer.DEDUCTION)
        items = sum(self.effect(d, k) for k in range(first, last + 1))
        return float(self.layout.result.layers.deduction[d]) - items

    # Grades ----------------------------------------------------------------------------------------------------

    @property
    def grades(self) -> list[str]:
        return [g.title for g in self.layout.scheme.grades]

    def place(self, title: str) -> int:
        return self.grades.index(title) + 1 if title in self.grades else len(self.grades) + 1

    def earned_formula(self, n: int) -> str:
        total = self.columns.at("total", n)
        lines = f"1+SUMPRODUCT(--({names.GRADE_LINES}>{total}))"
        return f"IF(ISNUMBER({total}),{lines},{len(self.grades) + 1})"

    @cached_property
    def limits_at(self) -> tuple[tuple[int, Adjustment], ...]:
        """The items that bind a grade."""
        return tuple((k, a) for k, a in enumerate(self.layout.items) if k >= self.columns.scored_items)

    @property
    def fails(self) -> tuple[int, int] | None:
        """From how many missed binding targets on which grade is imposed."""
        if self.binding is None or self.binding.fail_from is None or not self.grades:
            return None
        return self.binding.fail_from, self.place(self.binding.fail_grade or self.grades[-1])

    def _bounds(self, n: int) -> list[str]:
        found = [
            f"IF({self.columns.at('times', n, k)}>0,{self.rows.item(k, ITEM_PLACE)},0)"
            for k, item in self.limits_at
            if item.grade
        ]
        if self.fails:
            found.append(f"IF({self.columns.at('missed', n)}>={self.fails[0]},{self.fails[1]},0)")
        return found

    def place_formula(self, n: int) -> str:
        return f"MAX({','.join([self.columns.at('earned', n), *self._bounds(n)])})"

    def grade_formula(self, n: int) -> str:
        place = self.columns.at("place", n)
        return f'IF({place}>{len(self.grades)},"",INDEX({names.GRADES},{place}))'

    # In words --------------------------------------------------------------------------------------------------

    def _ground_formula(self, n: int, k: int) -> str:
        """The ground recorded last for the item; no array formula is needed inside SUMPRODUCT."""
        matches = self.adjustments.matches(f"$B{self.columns.row(n) + 1}", self.rows.item(k, ITEM_TITLE))
        column = self.adjustments.column(GROUND)
        whole = area(0, GROUND, self.adjustments.last, GROUND, "both", names.ADJUSTMENTS)
        return f"INDEX({whole},SUMPRODUCT(MAX({matches}*ROW({column}))))"

    def _says(self, n: int, k: int) -> str:
        if self.layout.items[k].all_improved:
            recorded = f"{self._recorded(n, k)}>0"
            return f'IF({recorded},{self._ground_formula(n, k)},"{AUTOMATIC}")'
        return self._ground_formula(n, k)

    def limits_formula(self, n: int) -> str:
        """Each ceiling and veto that applies, in a sentence; "" where there is none."""
        parts = []
        for k, item in self.limits_at:
            title, grade = self.rows.item(k, ITEM_TITLE), self.rows.item(k, ITEM_GRADE)
            kind = self.rows.item(k, ITEM_KIND)
            text = f'{kind}&"："&{title}&"，{EFFECTS[item.layer]}"&{grade}&"（依据："&{self._says(n, k)}&"）。"'
            parts.append(f'IF({self.columns.at("times", n, k)}>0,{text},"")')
        if self.fails:
            missed = self.columns.at("missed", n)
            text = f'"一票否决：约束性目标 "&{missed}&" 项未完成，等次定为"&INDEX({names.GRADES},{self.fails[1]})&"。"'
            parts.append(f'IF({missed}>={self.fails[0]},{text},"")')
        return "&".join(parts) or '""'

    def limits(self, d: int) -> str:
        name, text = self.layout.result.districts[d].name, ""
        for k, item in self.limits_at:
            if self.times(d, k) > 0:
                ground = self.adjustments.ground(name, item.id)
                title = self.layout.item_label(item.id)
                text += f"{_KINDS[item.layer]}：{title}，{EFFECTS[item.layer]}{item.grade or '—'}（依据：{ground}）。"
        missed = int(self.layout.result.layers.binding_missed[d])
        if self.fails and missed >= self.fails[0]:
            text += f"一票否决：约束性目标 {missed} 项未完成，等次定为{self.grades[self.fails[1] - 1]}。"
        return text

    def reason_formula(self, n: int) -> str:
        """What lowered or imposed the grade; a ceiling that changes nothing is not a reason."""
        parts, before = [], [self.columns.at("earned", n)] if self.grades else []
        for k, item in self.limits_at:
            if not item.grade or not self.grades:
                continue
            times, place = self.columns.at("times", n, k), self.rows.item(k, ITEM_PLACE)
            applies = f"{times}>0"
            if item.layer is Layer.CEILING:
                applies = f"AND({times}>0,{place}>MAX({','.join(before)}))"
            before.append(f"IF({times}>0,{place},0)")
            title = self.rows.item(k, ITEM_TITLE)
            parts.append(f'IF({applies},"；"&{title}&"："&{self._says(n, k)},"")')
        if self.fails:
            missed = self.columns.at("missed", n)
            text = f'"；约束性目标 "&{missed}&" 项未完成，等次定为"&INDEX({names.GRADES},{self.fails[1]})'
            parts.append(f'IF({missed}>={self.fails[0]},{text},"")')
        return f"MID({'&'.join(parts)},2,9999)" if parts else '""'

    def reason(self, d: int) -> str:
        arrays, name = self.layout.result.layers, self.layout.result.districts[d].name
        place, parts = self.place(arrays.earned_grade[d]), []
        for k, item in self.limits_at:
            if item.grade and self.grades and self.times(d, k) > 0:
                bound = self.place(item.grade)
                if item.layer is Layer.VETO or bound > place:
                    parts.append(f"{self.layout.item_label(item.id)}：{self.adjustments.ground(name, item.id)}")
                place = max(place, bound)
        missed = int(arrays.binding_missed[d])
        if self.fails and missed >= self.fails[0]:
            parts.append(f"约束性目标 {missed} 项未完成，等次定为{self.grades[self.fails[1] - 1]}")
        return "；".join(parts)

    def unreported(self) -> str:
        """How many owed values are not reported under a scheme that then refuses to score."""
        top, last = self.rows.indicators_top, self.rows.indicators_top + len(self.layout.scheme.indicators) - 1
        marks, nobody, missing = (area(top, col, last, col, "both", names.SCHEME) for col in (FULL, NOBODY, UNREPORTED))
        return f'SUMPRODUCT(({marks}>0)*({nobody}="否"),{missing})'
