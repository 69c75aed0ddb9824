"""The sheet 汇总: from individual scores to group indices, layers, total, rank and grade, every step a live formula."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.scheme import weight_of
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.earlier import Earlier
from ecoscore.reporting.workbook.formats import CENTER, FIGURE, HEAD, NOTE, STRONG, TEXT, TITLE, Style, decimals
from ecoscore.reporting.workbook.layers import Layers
from ecoscore.reporting.workbook.layout import LEAD, WEIGHT_ROW, Layout
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.scheme_sheet import ITEM_TITLE, WEIGHT, SchemeRows
from ecoscore.reporting.workbook.sheet import Sheet, Value
from ecoscore.reporting.workbook.summary_columns import TOP, SummaryColumns
from ecoscore.rules.aggregation import excel_combine, excel_share
from ecoscore.rules.ranking import excel_rank
from ecoscore.rules.rounding import excel_round

_TITLES = {
    "root": "综合指数", "base": "指标得分\n小计", "bonus": "加分", "missed": "约束性目标\n未完成项数",
    "missed_points": "约束性目标\n扣分", "deduction": "扣分合计", "exact": "总分\n（未修约）", "total": "总分",
    "rank": "名次", "earned": "总分对应\n等次序", "place": "最终\n等次序", "grade": "等次", "limits": "一票否决、等次封顶",
    "reason": "等次说明", "order": "排序", "previous_total": "上期总分", "previous_rank": "上期名次",
}  # fmt: skip


def write_summary(book: Book, layout: Layout, layers: Layers, earlier: Earlier) -> None:
    _Summary(book, layout, layers, earlier).write()


@dataclass(frozen=True)
class _Summary:
    book: Book
    layout: Layout
    layers: Layers
    earlier: Earlier

    @cached_property
    def columns(self) -> SummaryColumns:
        return SummaryColumns(self.layout)

    @cached_property
    def rows(self) -> SchemeRows:
        return SchemeRows(self.layout)

    @cached_property
    def sheet(self) -> Sheet:
        return self.book.sheet(names.SUMMARY)

    @cached_property
    def points(self) -> Style:
        return FIGURE.but(num=decimals(max(2, self.layout.scheme.decimals)))

    def write(self) -> None:
        sheet, layout = self.sheet, self.layout
        sheet.text(0, 0, f"{layout.result.period.title}各类指数与总分计算表", TITLE.but(align="left", wrap=False))
        printed = names.ranking_sheet(layout.scheme)
        note = f"本表全部由公式算出，指数未修约；排序供“{printed}”取数，上期数为上期结果的常量。"
        sheet.text(1, 0, note, NOTE.but(wrap=False))
        self._heads()
        for n in range(layout.count):
            self._district(n)
        sheet.widths([5, 14, 12])
        for kind, width in (("limits", 30.0), ("reason", 30.0)):
            sheet.raw.set_column(self.columns.col(kind), self.columns.col(kind), width)
        sheet.height(0, 28)
        sheet.height(3, 54)
        sheet.raw.freeze_panes(TOP, LEAD)
        sheet.raw.repeat_rows(2, WEIGHT_ROW)
        sheet.raw.repeat_columns(0, LEAD - 1)
        self.book.page(sheet, landscape=True, columns=self.columns.starts["end"])

    def _heads(self) -> None:
        sheet, columns, layout = self.sheet, self.columns, self.layout
        end = columns.starts["end"]
        for col in range(end):
            for row in (2, 3, WEIGHT_ROW):
                sheet.text(row, col, "", HEAD)
        sheet.heads(2, 0, ["序号", "区县", "分类组"])
        sheet.text(WEIGHT_ROW, 2, "权重", HEAD)
        for k, group in enumerate(layout.group_order):
            for kind, word in (("index", "指数"), ("weight", "分值")):
                sheet.text(2, columns.col(kind, k), word, HEAD)
                sheet.text(3, columns.col(kind, k), group.title, HEAD)
            own = self.rows.group(group.id, WEIGHT)
            if any(weight_of(s) > 0 for s in layout.siblings(group.id)):
                formula, value = own, group.own_weight
            else:
                formula, value = f"IF({own}>0,{own},1)", 1.0
            sheet.formula(WEIGHT_ROW, columns.col("index", k), formula, value, HEAD.but(num="General"))
        for k, item in enumerate(layout.items):
            for kind, word in (("times", "次数"), ("effect", "计分")):
                if kind == "times" or k < columns.scored_items:
                    sheet.text(2, columns.col(kind, k), word, HEAD)
                    sheet.formula(
                        3, columns.col(kind, k), self.rows.item(k, ITEM_TITLE), self.layout.item_label(item.id), HEAD
                    )
        for kind, title in _TITLES.items():
            if kind in columns.starts:
                sheet.text(3, columns.col(kind), title, HEAD)

    # One district ----------------------------------------------------------------------------------------------

    def _put(self, n: int, kind: str, formula: str, value: Value, style: Style, offset: int = 0) -> None:
        self.sheet.formula(self.columns.row(n), self.columns.col(kind, offset), formula, value, style)

    def _district(self, n: int) -> None:
        sheet, row = self.sheet, self.columns.row(n)
        source = self.layout.block_top("value") + 1 + n
        sheet.number(row, 0, n + 1, CENTER.but(num="0"))
        name = self.layout.result.districts[self.layout.rows[n]].name
        sheet.formula(row, 1, cell(source, 1, "col", names.DATA), name, TEXT.but(wrap=False))
        label = CENTER.but(wrap=False, shrink=True)
        sheet.formula(row, 2, cell(source, 2, "col", names.DATA), self.layout.labels[n], label)
        self._tree(n)
        self._layers(n)
        self._total(n)
        self._grade(n)
        self._order(n)

    def _tree(self, n: int) -> None:
        layout, columns, scheme = self.layout, self.columns, self.layout.scheme
        d, arrays = layout.rows[n], layout.result.group_cells
        for k, group in enumerate(layout.group_order):
            g = layout.group_at[group.id]
            kind = group.aggregate or scheme.aggregate
            cells = columns.cells(group.children, n, names.SUMMARY) if kind == "geometric" else []
            parts, weights = columns.areas(group.children, n, names.SUMMARY)
            cap = "" if group.cap is None else f"{group.cap:.15g}"
            formula = excel_combine(parts, weights, kind, scheme.share_out, cells=cells, cap=cap)
            self._put(n, "index", formula, float(arrays.index[d, g]), self.points, k)
            self._put(n, "weight", self._group_weight(n, k), float(arrays.weight[d, g]), self.points, k)
        parts, weights = columns.areas(scheme.groups, n, names.SUMMARY)
        cells = columns.cells(scheme.groups, n, names.SUMMARY) if scheme.aggregate == "geometric" else []
        base = float(layout.result.layers.base[d])
        root = excel_combine(parts, weights, scheme.aggregate, scheme.share_out, cells=cells)
        if self.layout.scheme.missing == "refuse":
            root = f'IF({self.layers.unreported()}>0,"",{root})'
        self._put(n, "root", root, base * 100 / scheme.full, self.points)
        at = columns.at("root", n)
        self._put(n, "base", f'IF(ISNUMBER({at}),{names.FULL}*{at}/100,"")', base, self.points)

    def _group_weight(self, n: int, k: int) -> str:
        layout, columns, group = self.layout, self.columns, self.layout.group_order[k]
        sisters, parent = layout.siblings(group.id), layout.parent_of[group.id]
        if group.own_weight == 0:
            return "0"
        whole = names.FULL if parent is None else columns.group_weight(parent.id, n)
        own = cell(WEIGHT_ROW, columns.col("index", k), "row")
        share = excel_share(own, *columns.areas(sisters, n, names.SUMMARY), layout.scheme.share_out)
        return f"IF(ISNUMBER({columns.at('index', n, k)}),{whole}*{share},0)"

    def _layers(self, n: int) -> None:
        layers, d = self.layers, self.layout.rows[n]
        arrays = self.layout.result.layers
        for k in range(len(self.layout.items)):
            self._put(n, "times", layers.times_formula(n, k), layers.times(d, k), FIGURE.but(num="0"), k)
        for k in range(self.columns.scored_items):
            self._put(n, "effect", layers.effect_formula(n, k), layers.effect(d, k), self.points, k)
        self._put(n, "bonus", layers.bonus_formula(n), float(arrays.bonus[d]), self.points)
        self._put(n, "missed", layers.missed_formula(n), int(arrays.binding_missed[d]), FIGURE.but(num="0"))
        self._put(n, "missed_points", layers.missed_points_formula(n), layers.missed_points(d), self.points)
        self._put(n, "deduction", layers.deduction_formula(n), float(arrays.deduction[d]), self.points)

    def _total(self, n: int) -> None:
        columns, scheme, d = self.columns, self.layout.scheme, self.layout.rows[n]
        arrays = self.layout.result.layers
        base, bonus, deduction = (columns.at(kind, n) for kind in ("base", "bonus", "deduction"))
        exact = columns.at("exact", n)
        sums = f"{base}+{bonus}-{deduction}"
        if scheme.total_cap is not None:
            sums = f"MIN({names.TOTAL_CAP},{sums})"
        if scheme.total_least is not None:
            sums = f"MAX({names.TOTAL_LEAST},{sums})"
        formula = f'IF(ISNUMBER({base}),{sums},"")'
        self._put(n, "exact", formula, float(arrays.total_exact[d]), FIGURE.but(num=decimals(scheme.decimals + 4)))
        rounded = f'IF(ISNUMBER({exact}),{excel_round(exact, scheme.decimals, scheme.rounding)},"")'
        self._put(n, "total", rounded, float(arrays.total[d]), STRONG.but(num=decimals(scheme.decimals)))
        if "rank" in columns.starts:
            total, section = columns.at("total", n), self.layout.section_of(n)
            peers = columns.column("total", here=names.SUMMARY, first=section.first, count=section.count)
            rank = int(arrays.rank[d]) or math.nan
            self._put(
                n, "rank", f'IF(ISNUMBER({total}),{excel_rank(total, peers)},"")', rank, CENTER.but(num="0")
            )  # fmt: skip

    def _grade(self, n: int) -> None:
        layers, d = self.layers, self.layout.rows[n]
        arrays = self.layout.result.layers
        if "place" in self.columns.starts:
            place = CENTER.but(num="0")
            self._put(n, "earned", layers.earned_formula(n), layers.place(arrays.earned_grade[d]), place)
            self._put(n, "place", layers.place_formula(n), layers.place(arrays.grade[d]), place)
            self._put(n, "grade", layers.grade_formula(n), arrays.grade[d], CENTER)
        else:
            self.sheet.text(self.columns.row(n), self.columns.col("grade"), "未设等次", CENTER)
        self._put(n, "limits", layers.limits_formula(n), layers.limits(d), TEXT)
        self._put(n, "reason", layers.reason_formula(n), layers.reason(d), TEXT)

    def _order(self, n: int) -> None:
        """A place of its own for each district of a peer group: by rank (or total), ties as they stand."""
        columns, section = self.columns, self.layout.section_of(n)
        total = columns.at("total", n)
        peers = columns.column("total", here=names.SUMMARY, first=section.first, count=section.count)
        better = f"SUMPRODUCT(ISNUMBER({peers})*({peers}>{total}))"
        counted = f"COUNT({peers})"
        ahead = "0"
        if n > section.first:
            before = columns.column("total", here=names.SUMMARY, first=section.first, count=n - section.first)
            ahead = f"IF(ISNUMBER({total}),SUMPRODUCT(--({before}={total})),ROWS({before})-COUNT({before}))"
        formula = f"IF(ISNUMBER({total}),1+{better},1+{counted})+{ahead}"
        self._put(n, "order", formula, self._places[n], CENTER.but(num="0"))
        row, name = columns.row(n), self.layout.result.districts[self.layout.rows[n]].name
        last, rank = self.earlier.get(name, (math.nan, math.nan))
        self.sheet.number(row, columns.col("previous_total"), last, self.points)
        self.sheet.number(row, columns.col("previous_rank"), rank, CENTER.but(num="0"))

    @cached_property
    def _places(self) -> dict[int, int]:
        totals = self.layout.result.layers.total
        found: dict[int, int] = {}
        for section in self.layout.sections:
            members = list(range(section.first, section.first + section.count))

            def key(n: int) -> tuple[bool, float, int]:
                total = float(totals[self.layout.rows[n]])
                return math.isnan(total), 0.0 if math.isnan(total) else -total, n

            found |= {n: place for place, n in enumerate(sorted(members, key=key), start=1)}
        return found
