"""The sheet 方案: what scores are computed with. Weights, full marks, bounds, the sample's figures, layers, grades."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ecoscore.model.adjustment import LAYER_TITLES, Layer
from ecoscore.model.observation import Status
from ecoscore.model.rule import Bounds, Number
from ecoscore.model.scheme import (
    AGGREGATE_TITLES,
    DIRECTION_TITLES,
    MISSING_TITLES,
    ROUNDING_TITLES,
    SHARE_OUT_TITLES,
    Direction,
    Group,
    Indicator,
)
from ecoscore.reporting.view_common import scheme_text
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.formats import CAPTION, CENTER, FIGURE, GROUP, NOTE, TEXT, TITLE, Style, decimals
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.reporting.workbook.paper import height_of, pixels
from ecoscore.reporting.workbook.sheet import Sheet

_PARAMETERS_TOP = 3
_NAMED = (
    names.FULL,
    names.NO_DATA_SCORE,
    names.BONUS_CAP,
    names.DEDUCTION_CAP,
    names.TOTAL_CAP,
    names.TOTAL_LEAST,
)
(NUMBER, CATEGORY, TITLED, UNIT, DIRECTION, NATURE, WEIGHT, FULL, WORST, BEST, MEAN, COUNT, CHANGE_WORST, CHANGE_BEST,
 UNREPORTED, NOBODY, RULE, FORMULA, CLAUSE) = range(19)  # fmt: skip
_HEADS = [
    "序号", "类别", "指标", "计量单位", "方向", "性质", "权重", "分值", "最差值\n（过低限）", "最优值\n（过高限）", "平均值",
    "参评数", "改善\n最差值", "改善\n最优值", "未报数", "全体\n无数据", "计分方法", "计分公式", "条款",
]  # fmt: skip
_WIDTHS = [5, 16, 27, 12, 7, 8, 8, 9, 10, 10, 10, 8, 9, 9, 8, 8, 12, 44, 44]
PLAIN_NUMBER: Style = FIGURE.but(num="General")


@dataclass(frozen=True)
class SchemeRows:
    """Where things stand on the sheet 方案."""

    layout: Layout

    @cached_property
    def parameters(self) -> tuple[tuple[str, float | str], ...]:
        """The figures that formulas read, and in words how they are used."""
        s = self.layout.scheme
        found: list[tuple[str, float | str]] = [(names.FULL, s.full), (names.NO_DATA_SCORE, s.no_data_score)]
        if s.bonus_cap is not None:
            found.append((names.BONUS_CAP, s.bonus_cap))
        if s.deduction_cap is not None:
            found.append((names.DEDUCTION_CAP, s.deduction_cap))
        if s.total_cap is not None:
            found.append((names.TOTAL_CAP, s.total_cap))
        if s.total_least is not None:
            found.append((names.TOTAL_LEAST, s.total_least))
        found += [
            ("合成方法", AGGREGATE_TITLES[s.aggregate]), ("应报未报", MISSING_TITLES[s.missing]),
            ("不计分指标的权重", SHARE_OUT_TITLES[s.share_out]),
            ("总分、得分的小数位数", float(s.decimals)), ("修约规则", ROUNDING_TITLES[s.rounding]),
        ]  # fmt: skip
        return tuple(found)

    @cached_property
    def groups_top(self) -> int:
        return _PARAMETERS_TOP + len(self.parameters) + 2

    @cached_property
    def indicators_top(self) -> int:
        return self.groups_top + len(self.layout.group_order) + 3

    @cached_property
    def items_top(self) -> int:
        return self.indicators_top + len(self.layout.scheme.indicators) + 3

    @cached_property
    def grades_top(self) -> int:
        return self.items_top + len(self.layout.items) + 3

    def group(self, group_id: str, col: int, here: str = "") -> str:
        row = self.groups_top + self.layout.group_at[group_id]
        return cell(row, col, "both", "" if here == names.SCHEME else names.SCHEME)

    def indicator(self, i: int, col: int, here: str = "") -> str:
        return cell(self.indicators_top + i, col, "both", "" if here == names.SCHEME else names.SCHEME)

    def node(self, node: Group | Indicator, col: int) -> str:
        if isinstance(node, Group):
            return self.group(node.id, col, names.SCHEME)
        return self.indicator(self.layout.result.indicator_at[node.id], col, names.SCHEME)

    # Columns of the items' table: title, kind, points, cap, grade, place of the grade.
    def item(self, k: int, col: int) -> str:
        return cell(self.items_top + k, col, "both", names.SCHEME)

    def grade_titles(self) -> str:
        count = len(self.layout.scheme.grades)
        return area(self.grades_top, 2, self.grades_top + count - 1, 2, "both", names.SCHEME)

    def grade_lines(self) -> str:
        count = len(self.layout.scheme.grades)
        return area(self.grades_top, 6, self.grades_top + count - 1, 6, "both", names.SCHEME)


ITEM_TITLE, ITEM_KIND, ITEM_POINTS, ITEM_CAP, ITEM_GRADE, ITEM_PLACE = 2, 3, 6, 7, 8, 9


def write_scheme(book: Book, layout: Layout) -> None:
    rows, scheme = SchemeRows(layout), layout.scheme
    sheet = book.sheet(names.SCHEME)
    sheet.text(0, 0, f"考核方案：{scheme_text(scheme)}", TITLE.but(align="left", wrap=False))
    about = "　".join(p for p in (scheme.source, scheme.note) if p)
    sheet.text(1, 0, about or "本表是各计分公式的参数。", NOTE)
    sheet.merge(1, 0, 1, CLAUSE)
    _parameters(book, sheet, rows)
    _groups(sheet, rows)
    _indicators(sheet, rows)
    _items(sheet, rows)
    _grades(book, sheet, rows)
    sheet.widths([float(w) for w in _WIDTHS])
    sheet.height(0, 30)
    sheet.height(1, 28)
    sheet.height(rows.indicators_top - 1, 30)
    sheet.raw.freeze_panes(0, TITLED + 1)
    sheet.raw.hide_gridlines(2)
    if not layout.score_blocks or "change" not in layout.score_blocks:
        sheet.raw.set_column(CHANGE_WORST, CHANGE_BEST, None, None, {"hidden": True})
    book.page(sheet, landscape=True)


def _parameters(book: Book, sheet: Sheet, rows: SchemeRows) -> None:
    sheet.text(_PARAMETERS_TOP - 1, 0, "一、参数", CAPTION)
    for n, (label, value) in enumerate(rows.parameters):
        row = _PARAMETERS_TOP + n
        sheet.text(row, 1, label, TEXT.but(wrap=False))
        if isinstance(value, str):
            sheet.text(row, 2, value, TEXT.but(wrap=False))
        else:
            sheet.number(row, 2, value, PLAIN_NUMBER.but(align="left"))
        if label in _NAMED:
            book.define(label, cell(row, 2, "both", names.SCHEME))


def _share(rows: SchemeRows, node: Group | Indicator) -> str:
    """Nominal full marks: the parent's, by the node's share among its sisters."""
    parent = rows.layout.parent_of[node.id]
    whole = names.FULL if parent is None else rows.group(parent.id, FULL, names.SCHEME)
    sisters = ",".join(rows.node(s, WEIGHT) for s in rows.layout.siblings(node.id))
    return f"IF(SUM({sisters})>0,{whole}*{rows.node(node, WEIGHT)}/SUM({sisters}),0)"


def _groups(sheet: Sheet, rows: SchemeRows) -> None:
    layout, scheme, top = rows.layout, rows.layout.scheme, rows.groups_top
    sheet.text(top - 2, 0, "二、指标类别", CAPTION)
    sheet.heads(top - 1, 1, ["上级类别", "类别"])
    sheet.heads(top - 1, 3, ["合成", "", "", "权重", "分值"])
    nominal = _nominal(layout)
    for n, group in enumerate(layout.result.groups_in_order):
        parent = layout.parent_of[group.id]
        sheet.text(top + n, 1, parent.title if parent else "—", TEXT)
        sheet.text(top + n, 2, group.title, TEXT)
        sheet.text(top + n, 3, AGGREGATE_TITLES[group.aggregate or scheme.aggregate], CENTER.but(wrap=False))
        sheet.merge(top + n, 3, top + n, 5)
        if group.weight is not None:
            sheet.number(top + n, WEIGHT, group.weight, PLAIN_NUMBER)
        else:
            parts = ",".join(rows.node(child, WEIGHT) for child in group.children)
            sheet.formula(top + n, WEIGHT, f"SUM({parts})", group.own_weight, PLAIN_NUMBER)
        sheet.formula(top + n, FULL, _share(rows, group), nominal[group.id], FIGURE.but(num=decimals(2)))
    sheet.merge(top - 1, 3, top - 1, 5)


def _nominal(layout: Layout) -> dict[str, float]:
    """Nominal full marks of each group."""
    found: dict[str, float] = {}

    def visit(nodes: tuple[Group | Indicator, ...], whole: float) -> None:
        weights = [n.own_weight if isinstance(n, Group) else n.weight for n in nodes]
        for node, weight in zip(nodes, weights, strict=True):
            if isinstance(node, Group):
                found[node.id] = whole * weight / sum(weights) if sum(weights) > 0 else 0.0
                visit(node.children, found[node.id])

    visit(layout.scheme.groups, layout.scheme.full)
    return found


def _indicators(sheet: Sheet, rows: SchemeRows) -> None:
    layout, result, top = rows.layout, rows.layout.result, rows.indicators_top
    sheet.text(top - 2, 0, "三、指标与计分参数（取自样本的上下限、平均值随“数据”表变化）", CAPTION)
    sheet.heads(top - 1, 0, _HEADS)
    paths = ["·".join(g.title for g in path) for path, node in layout.scheme.walk() if isinstance(node, Indicator)]
    for i, indicator in enumerate(result.indicators):
        row, c = top + i, result.cells
        sheet.number(row, NUMBER, i + 1, CENTER.but(num="0"))
        for col, text in (
            (CATEGORY, paths[i]), (TITLED, indicator.title), (RULE, indicator.rule.title),
            (FORMULA, formula_in_words(layout, i)), (CLAUSE, indicator.clause or "—"),
        ):  # fmt: skip
            sheet.text(row, col, text, TEXT)
        for col, text in (
            (UNIT, indicator.unit or "—"), (DIRECTION, DIRECTION_TITLES[indicator.direction]),
            (NATURE, "★约束性" if indicator.binding else "—"),
        ):  # fmt: skip
            sheet.text(row, col, text, CENTER)
        sheet.number(row, WEIGHT, indicator.weight, PLAIN_NUMBER)
        sheet.formula(row, FULL, _share(rows, indicator), float(c.full[0, i]), FIGURE.but(num=decimals(2)))
        _sample(sheet, layout, i, row)
        sheet.height(row, words_height(formula_in_words(layout, i), indicator.clause))


def words_height(*texts: str) -> float:
    """How high a row must be for the longest of its texts, in the width of the columns of words."""
    return max(height_of(text, pixels(_WIDTHS[FORMULA]), TEXT.size, 18) for text in texts)


def formula_in_words(layout: Layout, i: int) -> str:
    """The rule's formula as the working paper words it, from the first district that has a value."""
    result = layout.result
    reported = np.flatnonzero(~np.isnan(result.cells.value[:, i]))
    if not reported.size:
        return "—"
    explained = result.indicators[i].rule.explain(result.terms_at(int(reported[0]), i))
    parts = [f"{label}：{part.formula}" for label, part in explained.steps]
    return "；".join([*_derivation_in_words(layout, i), explained.formula, *dict.fromkeys(parts)])


def _derivation_in_words(layout: Layout, i: int) -> list[str]:
    """How a derived value comes from what is reported, step by step."""
    formula, scheme = layout.scheme.indicators[i].formula, layout.scheme
    if formula is None:
        return []
    titles = {name: scheme.reported_by_id[name].title for name in formula.names | formula.previous}
    nothing = Number(math.nan, "—")
    unknown = dict.fromkeys(formula.names, nothing), dict.fromkeys(formula.previous, nothing)
    explained = formula.explain(*unknown, titles)
    steps = [f"{label}＝{part.formula}" for label, part in explained.steps if part.formula]
    return [f"本年值＝{explained.formula}", *dict.fromkeys(steps)]


def _sample(sheet: Sheet, layout: Layout, i: int, row: int) -> None:
    """Bounds, fixed or live from the sample; mean and count."""
    c, indicator, column = layout.result.cells, layout.result.indicators[i], layout.column("value", i)
    count = cell(row, COUNT)
    ideal = getattr(getattr(indicator.rule, "span", None), "ideal", None)
    ideal = ideal if indicator.direction is Direction.RANGE else None
    toward = -1 if indicator.direction is Direction.LOWER else 1
    worst, best = _bounds(indicator.rule.bounds, column, toward, ideal)
    _bound(sheet, row, WORST, worst, float(c.worst[0, i]))
    _bound(sheet, row, BEST, best, float(c.best[0, i]))
    sheet.formula(row, MEAN, f'IF({count}>0,AVERAGE({column}),"")', float(c.mean[0, i]), PLAIN_NUMBER.but(num="0.0000"))
    sheet.formula(row, COUNT, f"COUNT({column})", float(c.count[0, i]), FIGURE.but(num="0"))
    missing = f"ROWS({column})-COUNT({column})" + "".join(
        f'-COUNTIF({column},"{w}")' for w in ("不适用", "不涉及", "—", "无数据")
    )
    unreported = int((layout.result.cells.status[:, i] == Status.MISSING).sum())
    sheet.formula(row, UNREPORTED, missing, unreported, FIGURE.but(num="0"))
    nobody = f'IF(AND({count}=0,{cell(row, UNREPORTED)}>=2),"是","否")'
    sheet.formula(row, NOBODY, nobody, "是" if not c.count[0, i] and unreported >= 2 else "否", CENTER)
    part = indicator.rule.progress
    if part is None:
        sheet.text(row, CHANGE_WORST, "—", CENTER)
        sheet.text(row, CHANGE_BEST, "—", CENTER)
        return
    worst, best = _bounds(part.rule.bounds, layout.column("change", i), part.toward, None)
    _bound(sheet, row, CHANGE_WORST, worst, float(c.progress_worst[0, i]))
    _bound(sheet, row, CHANGE_BEST, best, float(c.progress_best[0, i]))


def _bounds(
    bounds: Bounds | None, column: str, toward: int, ideal: tuple[float, float] | None
) -> tuple[str | float, str | float]:
    """Each bound as a number, or as the formula that takes it from the sample; "" where the rule has none."""
    if bounds is None:
        return "", ""
    if bounds.worst is not None and bounds.best is not None:
        return bounds.worst, bounds.best
    if ideal is not None:
        return f"MIN({column},{ideal[0]:.15g})", f"MAX({column},{ideal[1]:.15g})"
    low, high = (f'IF(COUNT({column})>0,{name}({column}),"")' for name in ("MIN", "MAX"))
    return (low, high) if toward > 0 else (high, low)


def _bound(sheet: Sheet, row: int, col: int, bound: str | float, value: float) -> None:
    if bound == "":
        sheet.text(row, col, "—", CENTER)
    elif isinstance(bound, str):
        sheet.formula(row, col, bound, value, PLAIN_NUMBER)
    else:
        sheet.number(row, col, bound, PLAIN_NUMBER)


def _items(sheet: Sheet, rows: SchemeRows) -> None:
    layout, top = rows.layout, rows.items_top
    sheet.text(top - 2, 0, "四、加分、扣分、等次封顶、一票否决" + ("" if layout.items else "：无"), CAPTION)
    if not layout.items:
        return
    sheet.heads(top - 1, NUMBER, ["序号"])
    sheet.heads(top - 1, ITEM_TITLE, ["事项", "类型"])
    sheet.heads(top - 1, ITEM_POINTS, ["每次分值", "单项上限", "等次", "等次序"])
    for k, item in enumerate(layout.items):
        row = top + k
        scored = item.layer in (Layer.BONUS, Layer.DEDUCTION)
        sheet.number(row, NUMBER, k + 1, CENTER.but(num="0"))
        sheet.text(row, ITEM_TITLE, layout.item_label(item.id), TEXT)
        sheet.text(row, ITEM_KIND, LAYER_TITLES[item.layer], CENTER)
        sheet.number(row, ITEM_POINTS, item.points if scored else np.nan, PLAIN_NUMBER)
        sheet.number(row, ITEM_CAP, np.nan if item.cap is None else item.cap, PLAIN_NUMBER)
        sheet.text(row, ITEM_GRADE, item.grade or "—", CENTER)
        if item.grade and layout.scheme.grades:
            place = [g.title for g in layout.scheme.grades].index(item.grade) + 1
            sheet.formula(
                row, ITEM_PLACE, f"MATCH({cell(row, ITEM_GRADE)},{names.GRADES},0)", place, FIGURE.but(num="0")
            )
        else:
            sheet.text(row, ITEM_PLACE, "—", CENTER)


def _grades(book: Book, sheet: Sheet, rows: SchemeRows) -> None:
    scheme, top = rows.layout.scheme, rows.grades_top
    sheet.text(top - 2, 0, "五、等次" + ("" if scheme.grades else "：未设"), CAPTION)
    if not scheme.grades:
        return
    sheet.heads(top - 1, NUMBER, ["序号"])
    sheet.heads(top - 1, TITLED, ["等次"])
    sheet.heads(top - 1, WEIGHT, ["分数线"])
    for n, grade in enumerate(scheme.grades):
        sheet.number(top + n, NUMBER, n + 1, CENTER.but(num="0"))
        sheet.text(top + n, TITLED, grade.title, GROUP)
        sheet.number(top + n, WEIGHT, grade.min, PLAIN_NUMBER)
    book.define(names.GRADES, rows.grade_titles())
    book.define(names.GRADE_LINES, rows.grade_lines())
