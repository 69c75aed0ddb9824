"""The sheet 得分: every individual score as its rule's own formula, then weights, points, changes, missed targets."""

from __future__ import annotations

from ecoscore.model.rule import Terms
from ecoscore.model.scheme import weight_of
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.data_sheet import district_columns, district_heads
from ecoscore.reporting.workbook.formats import CAPTION, FIGURE, HEAD, decimals
from ecoscore.reporting.workbook.layout import LEAD, WEIGHT_ROW, Layout
from ecoscore.reporting.workbook.scheme_sheet import BEST, WEIGHT, SchemeRows
from ecoscore.reporting.workbook.sheet import Sheet
from ecoscore.reporting.workbook.summary_columns import SummaryColumns
from ecoscore.reporting.workbook.terms import (
    capped,
    joint_formula,
    linked_terms,
    missed,
    nobody_reported,
    refusing,
    with_states,
)
from ecoscore.rules import measure
from ecoscore.rules.aggregation import excel_share

_TITLES = {
    "individual": "个体指数（0—100，未修约）",
    "weight": "分值（不参与计算的指标，其分值分摊给同组其他指标）",
    "points": "得分＝分值×个体指数÷100（未修约）",
    "change": "改善（按各指标的度量：差值、变化率%、缩差率%）",
    "missed": "约束性目标未完成（1 为未完成）",
}


def write_scores(book: Book, layout: Layout) -> None:
    result = layout.result
    sheet = book.sheet(names.SCORES)
    note = "本表全部由公式算出：数据取自“数据”，上下限等参数取自“方案”。个体指数留空的为不参与计算。"
    district_heads(sheet, layout, f"{result.period.title}指标得分计算表", note, "权重")
    rows = SchemeRows(layout)
    for i, indicator in enumerate(result.indicators):
        own = rows.indicator(i, WEIGHT)
        sisters = layout.siblings(indicator.id)
        if any(weight_of(s) > 0 for s in sisters):
            sheet.formula(WEIGHT_ROW, LEAD + i, own, indicator.weight, HEAD.but(num="General"))
        else:  # a group of weightless indicators is shown as their plain mean
            sheet.formula(WEIGHT_ROW, LEAD + i, f"IF({own}>0,{own},1)", 1.0, HEAD.but(num="General"))
    for b, block in enumerate(layout.score_blocks):
        top = layout.block_top(block)
        sheet.text(top, 0, "一二三四五"[b] + "、" + _TITLES[block], CAPTION)
        district_columns(sheet, layout, top, source=layout.block_top("value"))
        for i in range(len(result.indicators)):
            _WRITERS[block](sheet, layout, i)
    last = layout.block_top(layout.score_blocks[-1]) + layout.count
    sheet.raw.print_area(0, 0, last, LEAD + len(result.indicators) - 1)
    book.page(sheet, landscape=True, columns=LEAD + len(result.indicators))


def district_terms(layout: Layout, n: int, i: int) -> Terms[str]:
    """The terms of one score, as the sheet 得分 sees them."""
    here = names.SCORES
    baseline = layout.at("baseline", n, i) if layout.has("baseline") else '""'
    target = layout.at("target", n, i) if layout.has("target") else '""'
    change = layout.at("change", n, i, here) if layout.has("change") else '""'
    at, scheme = layout.result.indicator_at, layout.scheme
    joint = joint_formula(scheme, scheme.indicators[i], lambda block, one: layout.at(block, n, at[one.id]))
    return linked_terms(layout, i, layout.at("value", n, i), baseline, target, change, here, joint)


def individual_formula(layout: Layout, n: int, i: int) -> str:
    scheme, indicator = layout.scheme, layout.scheme.indicators[i]
    t = district_terms(layout, n, i)
    score = capped(indicator, indicator.rule.excel(t))
    score = refusing(scheme, indicator, t, score)
    if layout.is_binding(indicator) and scheme.binding and scheme.binding.zero_item:
        score = f"IF({layout.at('missed', n, i, names.SCORES)}=1,0,{score})"
    outside = not layout.result.cells.full[0, i]
    return with_states(scheme, indicator, t.x, score, nobody_reported(layout, i), names.NO_DATA_SCORE, outside=outside)


def _individual(sheet: Sheet, layout: Layout, i: int) -> None:
    top, style = layout.block_top("individual") + 1, FIGURE.but(num=decimals(max(2, layout.scheme.decimals)))
    for n, d in enumerate(layout.rows):
        value = float(layout.result.cells.individual[d, i])
        sheet.formula(top + n, LEAD + i, individual_formula(layout, n, i), value, style)


def _weight(sheet: Sheet, layout: Layout, i: int) -> None:
    top, style = layout.block_top("weight") + 1, FIGURE.but(num=decimals(max(2, layout.scheme.decimals)))
    indicator, here = layout.scheme.indicators[i], names.SCORES
    columns = SummaryColumns(layout)
    sisters = layout.siblings(indicator.id)
    parent = layout.parent_of[indicator.id]
    own = layout.weights_area(i, i, here)
    for n, d in enumerate(layout.rows):
        value = float(layout.result.cells.weight[d, i])
        if indicator.weight == 0:
            sheet.number(top + n, LEAD + i, 0.0, style)
            continue
        whole = names.FULL if parent is None else columns.group_weight(parent.id, n, names.SCORES)
        share = excel_share(own, *columns.areas(sisters, n, here), layout.scheme.share_out)
        at = layout.at("individual", n, i, here)
        sheet.formula(top + n, LEAD + i, f"IF(ISNUMBER({at}),{whole}*{share},0)", value, style)


def _points(sheet: Sheet, layout: Layout, i: int) -> None:
    top, style = layout.block_top("points") + 1, FIGURE.but(num=decimals(max(2, layout.scheme.decimals)))
    for n, d in enumerate(layout.rows):
        score, weight = (layout.at(block, n, i, names.SCORES) for block in ("individual", "weight"))
        value = float(layout.result.cells.points[d, i])
        sheet.formula(top + n, LEAD + i, f"IF(ISNUMBER({score}),{weight}*{score}/100,0)", value, style)


def _change(sheet: Sheet, layout: Layout, i: int) -> None:
    part = layout.scheme.indicators[i].rule.progress
    if part is None:
        return
    top, best = layout.block_top("change") + 1, SchemeRows(layout).indicator(i, BEST)
    for n, d in enumerate(layout.rows):
        formula = measure.excel(part.measure, layout.at("value", n, i), layout.at("baseline", n, i), best)
        value = float(layout.result.cells.change[d, i])
        sheet.formula(top + n, LEAD + i, formula, value, FIGURE.but(num="0.00"))


def _missed(sheet: Sheet, layout: Layout, i: int) -> None:
    indicator, c = layout.scheme.indicators[i], layout.result.cells
    if not layout.is_binding(indicator):
        return
    top = layout.block_top("missed") + 1
    for n, d in enumerate(layout.rows):
        gap = float(c.value[d, i]) - float(c.target[d, i])
        value = int(gap > 0 if indicator.direction == "lower" else gap < 0)
        formula = missed(indicator, layout.at("value", n, i), layout.at("target", n, i))
        sheet.formula(top + n, LEAD + i, formula, value, FIGURE.but(num="0"))


_WRITERS = {"individual": _individual, "weight": _weight, "points": _points, "change": _change, "missed": _missed}
