"""The sheet 计分底稿 of one district: each score in words, with the numbers put in, and computed live beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.rule import Array, Symbol, Terms
from ecoscore.model.scheme import Indicator, weight_of
from ecoscore.reporting.view_parts import WorkingItem, WorkingPaperView, WorkingStep
from ecoscore.reporting.workbook import paper
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.card_linked import or_dash, printed_value
from ecoscore.reporting.workbook.card_source import put
from ecoscore.reporting.workbook.data_sheet import value_format
from ecoscore.reporting.workbook.derivation import Derivations
from ecoscore.reporting.workbook.formats import CENTER, FIGURE, GROUP, HEAD, STRONG, TEXT, Style, decimals
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.own_quantities import OwnQuantities
from ecoscore.reporting.workbook.sheet import Sheet
from ecoscore.reporting.workbook.terms import capped, joint_formula, missed, refusing, with_states
from ecoscore.reporting.workbook.tree_formulas import Node, TreeFormulas
from ecoscore.rules import measure
from ecoscore.rules.rounding import excel_round

_WORDS, _NUMBERS, _CLAUSE = 40.0, 46.0, 36.0
_SYMBOLS: tuple[tuple[str, str], ...] = (
    ("worst", "最差值"), ("best", "最优值"), ("mean", "平均值"), ("rank", "位次"), ("count", "参评数"), ("full", "满分"),
)  # fmt: skip
_CHANGES: tuple[tuple[str, str], ...] = (
    ("change_worst", "改善\n最差值"), ("change_best", "改善\n最优值"), ("change_rank", "改善\n位次"),
)  # fmt: skip


def write_working(book: Book, layout: Layout, view: WorkingPaperView, name: str) -> None:
    _Working(book, layout, view, book.sheet(name)).write()


@dataclass(frozen=True)
class _Working:
    book: Book
    layout: Layout
    view: WorkingPaperView
    sheet: Sheet

    @cached_property
    def d(self) -> int:
        return self.layout.result.district_at[self.view.district]

    @cached_property
    def columns(self) -> dict[str, int]:
        """The columns this scheme has use for: inputs, the sample's figures, words, the live result."""
        scheme, rules = self.layout.scheme, [i.rule for i in self.layout.scheme.indicators]
        used: set[Symbol] = {symbol for rule in rules for symbol in rule.uses}
        if any(rule.bounds for rule in rules):
            used |= {"worst", "best"}
        parts = [rule.progress.rule for rule in rules if rule.progress]
        bounded, ranked = any(p.bounds for p in parts), any("rank" in p.uses for p in parts)
        wanted = [
            ("number", True), ("title", True), ("value", True), ("baseline", scheme.needs_baseline),
            ("target", self.layout.has_targets), ("change", bool(parts)),
            *((kind, kind in used) for kind, _ in _SYMBOLS), ("change_worst", bounded), ("change_best", bounded),
            ("change_rank", ranked), ("words", True), ("numbers", True), ("own_weight", True), ("individual", True),
            ("weight", True), ("points", True), ("clause", True),
        ]  # fmt: skip
        return {kind: n for n, kind in enumerate(kind for kind, on in wanted if on)}

    @cached_property
    def widths(self) -> list[float]:
        wide = {
            "number": 5.0,
            "title": 22.0,
            "words": _WORDS,
            "numbers": _NUMBERS,
            "clause": _CLAUSE,
            "own_weight": 7.0,
            "weight": 8.0,
        }
        return [wide.get(kind, 9.5) for kind in self.columns]

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each indicator, sections apart, then of each group."""
        found, row = {}, self._top + 1
        for section in self.view.sections:
            row += 1
            for item in section.items:
                found[item.indicator] = row
                row += 1
        row += 2
        for group in self.layout.result.groups_in_order:
            found[group.id] = row
            row += 1
        return found

    @cached_property
    def _top(self) -> int:
        """The row of the heads."""
        return 4 if self.view.meta.attachment else 3

    def at(self, kind: str, node_id: str) -> str:
        return cell(self.rows[node_id], self.columns[kind], "col") if kind in self.columns else '""'

    @cached_property
    def quantities(self) -> OwnQuantities:
        """Below the totals, in the columns of values and baselines."""
        top = self.rows[self.layout.result.groups_in_order[-1].id] + 2 + len(self.view.total) + 1
        columns = self.columns["value"], self.columns.get("baseline", self.columns["value"])
        return OwnQuantities(Derivations(self.layout.result), self.d, top, columns, self.at)

    def _place(self, kind: str, node: Node) -> tuple[int, int]:
        return self.rows[node.id], self.columns[kind]

    @cached_property
    def tree(self) -> TreeFormulas:
        return TreeFormulas(
            self.layout,
            part=lambda node: self._place("individual", node),
            weight=lambda node: self._place("own_weight", node),
            points=lambda group: self.at("weight", group.id),
        )

    # The sheet -------------------------------------------------------------------------------------------------

    def write(self) -> None:
        sheet, view, last = self.sheet, self.view, len(self.columns) - 1
        sheet.widths(self.widths)
        left = f"被考核单位：{view.district}（{view.peer_group}）"
        right = f"考核期：{view.period}　　考核方案：{view.scheme}"
        row = paper.heading(sheet, 0, last, view.title, view.meta, left, right)
        assert row <= self._top
        titles = {
            "number": "序号", "title": "指标（计量单位）", "value": view.value_label, "baseline": "基期值", "target": "目标值",
            "change": "改善", "words": "计分公式", "numbers": "代入数字", "own_weight": "权重",
            "individual": "个体指数\n（公式）", "weight": "分值\n（公式）", "points": "得分\n（公式）", "clause": "条款与说明",
            **dict(_SYMBOLS), **dict(_CHANGES),
        }  # fmt: skip
        for kind, col in self.columns.items():
            sheet.text(self._top, col, titles[kind], HEAD)
        sheet.height(self._top, 30)
        for section in view.sections:
            self._band(self.rows[section.items[0].indicator] - 1, " · ".join(section.titles))
            for item in section.items:
                self._item(item)
        row = self._groups()
        row = self._quantities(self._totals(row))
        width = sum(paper.pixels(w) for w in self.widths)
        adjustments = [f"{a.kind}：{a.title}，{a.count}次，{a.effect}。依据：{a.ground}" for a in view.adjustments]
        row = paper.notes(
            sheet,
            row + 1,
            last,
            [*adjustments, f"一票否决、等次封顶：{view.limits_text}"],
            width,
            "加分、扣分与等次限制：",
        )
        constants = (
            "各指标的最差值、最优值、平均值、位次取自评分时的样本，为常量；“公式”各列为实时公式，可与“代入数字”核对。"
        )
        row = paper.notes(sheet, row, last, [*view.notes, constants], width)
        sheet.raw.print_area(0, 0, row - 1, last)
        sheet.raw.repeat_rows(self._top)
        sheet.raw.freeze_panes(self._top + 1, 2)
        sheet.raw.hide_gridlines(2)
        self.book.page(sheet, landscape=True, foot=view.district, columns=len(self.columns))

    def _band(self, row: int, text: str) -> None:
        for col in range(len(self.columns)):
            self.sheet.text(row, col, "", GROUP)
        self.sheet.text(row, 0, text, GROUP)
        self.sheet.merge(row, 0, row, len(self.columns) - 1)
        self.sheet.height(row, 18)

    def _put(self, kind: str, node_id: str, value: float | str, style: Style, formula: str = "") -> None:
        if kind not in self.columns:
            return
        row, col = self.rows[node_id], self.columns[kind]
        if formula:
            self.sheet.formula(row, col, formula, value, style)
        elif isinstance(value, str):
            self.sheet.text(row, col, value, style)
        else:
            self.sheet.number(row, col, value, style)

    # One indicator ---------------------------------------------------------------------------------------------

    def _item(self, item: WorkingItem) -> None:
        layout, c, d = self.layout, self.layout.result.cells, self.d
        i = layout.result.indicator_at[item.indicator]
        indicator = layout.scheme.indicators[i]
        values = FIGURE.but(num=value_format([float(c.value[d, i]), float(c.baseline[d, i])]))
        plain = FIGURE.but(num="General")
        self._put("number", item.indicator, float(item.number), CENTER.but(num="0"))
        title = item.title if item.unit in ("", "—") else f"{item.title}（{item.unit}）"
        self._put("title", item.indicator, ("★" if indicator.binding else "") + title, TEXT)
        own = self.quantities
        self._put("value", item.indicator, printed_value(layout, d, i), values, own.value(i))
        self._put("baseline", item.indicator, or_dash(float(c.baseline[d, i])), values, own.baseline(i))
        self._put("target", item.indicator, or_dash(float(c.target[d, i])), plain)
        for kind, array in (
            ("worst", c.worst), ("best", c.best), ("mean", c.mean), ("rank", c.rank), ("count", c.count), ("full", c.full),
            ("change_worst", c.progress_worst), ("change_best", c.progress_best), ("change_rank", c.progress_rank),
        ):  # fmt: skip
            self._put(kind, item.indicator, or_dash(self._of(array, i)) if self._reads(indicator, kind) else "—", plain)
        self._change(i, indicator)
        self._live(i, indicator)
        words, numbers, clause = _texts(item)
        self._put("words", item.indicator, words, TEXT.but(size=9))
        self._put("numbers", item.indicator, numbers, TEXT.but(size=9))
        self._put("clause", item.indicator, clause, TEXT.but(size=9))
        heights = [
            paper.height_of(text, paper.pixels(width), size)
            for text, width, size in (
                (words, _WORDS, 9),
                (numbers, _NUMBERS, 9),
                (clause, _CLAUSE, 9),
                (title, 22.0, 10),
            )
        ]
        self.sheet.height(self.rows[item.indicator], max(18.0, *heights))

    def _of(self, array: Array, i: int) -> float:
        return float(array[self.d if array.shape[0] > 1 else 0, i])

    def _reads(self, indicator: Indicator, kind: str) -> bool:
        rule, part = indicator.rule, indicator.rule.progress
        if kind.startswith("change_"):
            return part is not None and (kind == "change_rank" or part.rule.bounds is not None)
        return kind in rule.uses or (kind in ("worst", "best") and rule.bounds is not None)

    def _change(self, i: int, indicator: Indicator) -> None:
        part = indicator.rule.progress
        if part is None:
            self._put("change", indicator.id, "—", FIGURE)
            return
        x, baseline, best = (self.at(kind, indicator.id) for kind in ("value", "baseline", "best"))
        formula = measure.excel(part.measure, x, baseline, best).replace('""', '"—"')
        value = or_dash(float(self.layout.result.cells.change[self.d, i]))
        self._put("change", indicator.id, value, FIGURE.but(num="0.00####"), formula)

    def _terms(self, indicator: Indicator) -> Terms[str]:
        at = {kind: self.at(kind, indicator.id) for kind in self.columns}
        progress = None
        if indicator.rule.progress is not None:
            progress = Terms(
                at["change"], worst=at.get("change_worst"), best=at.get("change_best"), rank=at.get("change_rank"),
                joint=joint_formula(self.layout.scheme, indicator, lambda kind, one: self.at(kind, one.id)),
            )  # fmt: skip
        return Terms(
            at["value"], at.get("baseline", '""'), at.get("target", '""'), at.get("worst"), at.get("best"), at.get("mean"),
            at.get("rank"), at.get("count"), at.get("full"), progress,
        )  # fmt: skip

    def _live(self, i: int, indicator: Indicator) -> None:
        """Index, full marks and points, from nothing but the cells of this row and the weights."""
        scheme, c, d = self.layout.scheme, self.layout.result.cells, self.d
        t = self._terms(indicator)
        score = refusing(scheme, indicator, t, capped(indicator, indicator.rule.excel(t)))
        if self.layout.is_binding(indicator) and scheme.binding and scheme.binding.zero_item:
            score = f"IF({missed(indicator, t.x, str(t.target))}=1,0,{score})"
        formula = with_states(
            scheme, indicator, t.x, score, "FALSE", f"{scheme.no_data_score:.15g}", outside=not c.full[0, i]
        )  # fmt: skip
        six = FIGURE.but(num="0.0000")
        self._put("own_weight", indicator.id, self._nominal(indicator), FIGURE.but(num="General"))
        self._put("individual", indicator.id, float(c.individual[d, i]), six, formula)
        self._put("weight", indicator.id, float(c.weight[d, i]), six, self.tree.full_marks(indicator))
        self._points(
            indicator.id, float(c.weight[d, i]), float(c.points[d, i]), counted=not math.isnan(c.individual[d, i])
        )

    def _nominal(self, node: Node) -> float:
        """A node's weight; in a group of weightless nodes each counts alike."""
        weighs = any(weight_of(s) > 0 for s in self.layout.siblings(node.id))
        return weight_of(node) if weighs else 1.0

    def _points(self, node_id: str, weight: float, points: float, *, counted: bool) -> None:
        scheme, at, full = self.layout.scheme, self.at("individual", node_id), self.at("weight", node_id)
        rounded = excel_round(f"{full}*{at}/100", scheme.decimals, scheme.rounding)
        value = paper.shown_value(points, scheme) if counted and weight > 0 else "—"
        self._put(
            "points", node_id, value, STRONG.but(num=decimals(scheme.decimals)), f'IF(AND(ISNUMBER({at}),{full}>0),{rounded},"—")'
        )  # fmt: skip

    # Groups and total ------------------------------------------------------------------------------------------

    def _groups(self) -> int:
        """Each group's index; gives the row after the last."""
        groups = self.layout.result.groups_in_order
        arrays = self.layout.result.group_cells
        self._band(self.rows[groups[0].id] - 1, "各类指数")
        for g, (group, step) in enumerate(zip(groups, self.view.groups, strict=True)):
            self._words(self.rows[group.id], step)
            index, weight = float(arrays.index[self.d, g]), float(arrays.weight[self.d, g])
            six = FIGURE.but(num="0.0000")
            self._put("own_weight", group.id, self._nominal(group), FIGURE.but(num="General"))
            self._put("individual", group.id, index, six, self.tree.index(group.children, group.aggregate, group.cap))
            self._put("weight", group.id, weight, six, self.tree.full_marks(group))
            points = weight * (0.0 if math.isnan(index) else index) / 100
            self._points(group.id, weight, points, counted=not math.isnan(index))
        return self.rows[groups[-1].id] + 1

    def _words(self, row: int, step: WorkingStep) -> None:
        """A step's label, formula and numbers; other cells of the row are left free."""
        for col in range(len(self.columns)):
            self.sheet.text(row, col, "—", CENTER)
        self.sheet.text(row, 0, "", CENTER)
        self.sheet.text(row, 1, step.label, TEXT)
        self.sheet.text(row, self.columns["words"], step.formula, TEXT.but(size=9))
        self.sheet.text(row, self.columns["numbers"], step.numbers, TEXT.but(size=9))
        self.sheet.text(row, self.columns["clause"], "；".join(step.notes) or "—", TEXT.but(size=9))
        heights = [
            paper.height_of(text, paper.pixels(width), 9)
            for text, width in ((step.formula, _WORDS), (step.numbers, _NUMBERS), ("；".join(step.notes), _CLAUSE))
        ]
        self.sheet.height(row, max(18.0, *heights))

    def _totals(self, row: int) -> int:
        """小计, 总分, 名次, 等次 in words; the first two live as well."""
        scheme, arrays, d = self.layout.scheme, self.layout.result.layers, self.d
        self._band(row, "总分、名次、等次")
        col = self.columns["points"]
        row += 1
        for n, step in enumerate(self.view.total):
            self._words(row + n, step)
        root = self.tree.index(scheme.groups, None)
        base = f'IF(ISNUMBER({root}),{scheme.full:.15g}*{root}/100,"")'
        self.sheet.formula(row, col, base, float(arrays.base[d]), STRONG.but(num="0.0000"))
        bonus, deduction = float(arrays.bonus[d]), float(arrays.deduction[d])
        sums = f"{cell(row, col)}+{bonus:.15g}-{deduction:.15g}"
        sums = sums if scheme.total_cap is None else f"MIN({scheme.total_cap:.15g},{sums})"
        sums = sums if scheme.total_least is None else f"MAX({scheme.total_least:.15g},{sums})"
        total = f'IF(ISNUMBER({cell(row, col)}),{excel_round(sums, scheme.decimals, scheme.rounding)},"")'
        style = STRONG.but(num=decimals(scheme.decimals))
        self.sheet.formula(row + 1, col, total, float(arrays.total[d]), style)
        return row + len(self.view.total)

    def _quantities(self, row: int) -> int:
        """What derived indicators are computed from, if there are any; gives the row after the last."""
        own = self.quantities
        if not own.rows:
            return row
        assert row == own.top - 1
        self._band(row, "基础数据（派生指标由此算出）")
        for n, quantity in enumerate(own.rows):
            at = own.top + n
            for col in range(len(self.columns)):
                self.sheet.text(at, col, "—", CENTER)
            self.sheet.text(at, 0, "", CENTER)
            self.sheet.text(at, 1, quantity.title_with_unit, TEXT)
            figure = FIGURE.but(num=own.format_of(quantity.id))
            put(self.sheet, at, own.columns[1], own.then_entry(quantity.id)._replace(unlocked=False), figure)
            put(self.sheet, at, own.columns[0], own.now_entry(quantity.id)._replace(unlocked=False), figure)
            self.sheet.height(at, max(18.0, paper.height_of(quantity.title_with_unit, paper.pixels(22.0), 10)))
        return own.top + len(own.rows)


def _texts(item: WorkingItem) -> tuple[str, str, str]:
    """Formula, numbers and clause, a line a step."""
    several = len(item.steps) > 1
    words = "\n".join((f"{s.label}：" if several else "") + s.formula for s in item.steps)
    numbers = "\n".join((f"{s.label}：" if several else "") + s.numbers for s in item.steps)
    remarks = [note for step in item.steps for note in step.notes]
    clause = "\n".join(p for p in (item.clause, "；".join(dict.fromkeys([*remarks, *item.notes]))) if p)
    head = f"{item.rule}：{words}" if len(item.steps) == 1 else f"{item.rule}\n{words}".rstrip()
    return head, numbers or item.scoring, clause or "—"
