"""The sheet 数据: this year's values, the baseline's, the targets. The only figures a reader may change."""

from __future__ import annotations

import math

from ecoscore.model.observation import Status
from ecoscore.model.result import Result, plain
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Indicator, Reported
from ecoscore.reporting.view_common import baseline_text
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.formats import CAPTION, CENTER, FIGURE, HEAD, NOTE, TEXT, TITLE, Style, decimals
from ecoscore.reporting.workbook.layout import HEADS, LEAD, WEIGHT_ROW, Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.reporting.workbook.quantity_blocks import LIVE, QuantityBlocks
from ecoscore.reporting.workbook.sheet import Sheet

STATE_TEXTS = {
    Status.MISSING: "未报",
    Status.NOT_APPLICABLE: "不适用",
    Status.NOT_CONCERNED: "不涉及",
    Status.NO_DATA: "无数据",
}
_MOST_DECIMALS = 4
_INPUT: Style = FIGURE.but(unlocked=True)
_NUMERALS = "一二三"
_DASH = ("—",)
_STATES = tuple(STATE_TEXTS.values())
_WORDS = {"value": _STATES, "baseline": _DASH, "target": _DASH}


def value_format(values: list[float]) -> str:
    """A number format with the decimals the figures were entered with, so that they align."""
    texts = [plain(v) for v in values if not math.isnan(v)]
    places = min(max((len(t.partition(".")[2]) for t in texts if "e" not in t), default=0), _MOST_DECIMALS)
    return decimals(places)


def column_format(result: Result, i: int) -> str:
    """One indicator's values and baselines alike."""
    c = result.cells
    return value_format([float(v) for array in (c.value, c.baseline) for v in array[:, i]])


def district_heads(sheet: Sheet, layout: Layout, title: str, note: str, third: str) -> None:
    """What the sheets of districts × indicators have in common above their blocks."""
    sheet.text(0, 0, title, TITLE.but(align="left", wrap=False))
    sheet.text(1, 0, note, NOTE.but(wrap=False))
    sheet.heads(2, 0, ["序号", "区县", "分类组"])
    for row, text in ((3, ""), (WEIGHT_ROW, third)):
        for col in range(LEAD):
            sheet.text(row, col, text if col == LEAD - 1 else "", HEAD)
    sheet.text(3, LEAD - 1, "指标", HEAD)
    category = [path[-1].title for path, node in layout.scheme.walk() if isinstance(node, Indicator)]
    for i, indicator in enumerate(layout.scheme.indicators):
        sheet.text(2, LEAD + i, category[i], HEAD.but(size=9))
        sheet.text(3, LEAD + i, ("★" if indicator.binding else "") + indicator.title, HEAD)
    sheet.widths([5, 14, 12, *([10.5] * len(layout.scheme.indicators))])
    sheet.height(0, 28)
    sheet.height(2, 26)
    sheet.height(3, 66)
    sheet.raw.freeze_panes(HEADS, LEAD)
    sheet.raw.repeat_rows(2, WEIGHT_ROW)
    sheet.raw.repeat_columns(0, LEAD - 1)


def district_columns(sheet: Sheet, layout: Layout, top: int, *, source: int | None = None) -> None:
    """Number, name and peer group of each row; linked to the block at `source` where it is not the first itself."""
    for n, d in enumerate(layout.rows):
        row = top + 1 + n
        name = layout.result.districts[d].name
        sheet.number(row, 0, n + 1, CENTER.but(num="0"))
        if source is None:
            sheet.text(row, 1, name, TEXT.but(wrap=False))
            sheet.text(row, 2, layout.labels[n], CENTER.but(wrap=False, shrink=True))
        else:
            sheet.formula(row, 1, cell(source + 1 + n, 1, "col", names.DATA), name, TEXT.but(wrap=False))
            label = cell(source + 1 + n, 2, "col", names.DATA)
            sheet.formula(row, 2, label, layout.labels[n], CENTER.but(wrap=False, shrink=True))


def write_data(book: Book, layout: Layout) -> None:
    result = layout.result
    sheet = book.sheet(names.DATA)
    note = (
        "浅黄色单元格可以修改，其余各表随之重算。没有数的，本年值填“不适用”“不涉及”“未报”或“无数据”（留空按未报计），"
        "基期值、目标值填“—”。"
    )
    blocks = QuantityBlocks(layout)
    if blocks.quantities:
        note += "浅蓝色单元格是派生的：由右边“基础数据”按公式算出，随之重算。"
    district_heads(sheet, layout, f"{result.period.title}指标数据", note, "计量单位")
    for i, indicator in enumerate(result.indicators):
        unit = indicator.unit or "—"
        derived = indicator.id in blocks.derivations.formulas
        sheet.text(WEIGHT_ROW, LEAD + i, f"{unit}（派生）" if derived else unit, HEAD.but(size=9))
    _blocks(sheet, layout, blocks)
    top = layout.block_top("value") + 1
    book.define(names.DISTRICTS, area(top, 1, top + layout.count - 1, 1, "both", names.DATA))
    columns = LEAD + len(result.indicators) + len(blocks.quantities)
    sheet.raw.print_area(0, 0, layout.block_top(layout.data_blocks[-1]) + layout.count, columns - 1)
    book.page(sheet, landscape=True, columns=columns)


def _blocks(sheet: Sheet, layout: Layout, quantities: QuantityBlocks) -> None:
    result, c = layout.result, layout.result.cells
    periods = {baseline_text(result, d) for d in layout.rows} - {""}
    baseline = "、".join(sorted(periods)) or "无"
    titles = {"value": f"本年值（{result.period.title}）", "baseline": f"基期值（{baseline}）", "target": "目标值"}
    arrays = {"value": c.value, "baseline": c.baseline, "target": c.target}
    for b, block in enumerate(layout.data_blocks):
        top = layout.block_top(block)
        sheet.text(top, 0, _NUMERALS[b] + "、" + titles[block], CAPTION)
        district_columns(sheet, layout, top, source=None if block == "value" else layout.block_top("value"))
        _figures(sheet, layout, block, arrays[block], quantities)
    for quantity in quantities.quantities:
        _quantity(sheet, layout, quantities, quantity)


def _quantity(sheet: Sheet, layout: Layout, quantities: QuantityBlocks, quantity: Reported) -> None:
    """One column 基础数据: its head, this period's figures beside the values, the baseline's beside the baselines."""
    col = quantities.column_of(quantity.id)
    sheet.text(2, col, "基础数据", HEAD.but(size=9))
    sheet.text(3, col, quantity.title, HEAD)
    sheet.text(WEIGHT_ROW, col, quantity.unit or "—", HEAD.but(size=9))
    sheet.widths([10.5], col)
    blocks = [block for block in ("value", "baseline") if layout.has(block)]
    figures = {block: [quantities.shown(block, n, quantity.id) for n in range(layout.count)] for block in blocks}
    num = value_format([v for values in figures.values() for v in values])
    for block in blocks:
        top = layout.block_top(block) + 1
        if not quantities.is_read(block, quantity.id):
            for n in range(layout.count):
                sheet.text(top + n, col, "—", FIGURE)
            continue
        for n, value in enumerate(figures[block]):
            absent = STATE_TEXTS.get(quantities.state(n, quantity.id), "—") if block == "value" else "—"
            sheet.number(top + n, col, value, _INPUT.but(num=num), absent)
        _validate(sheet, top, col, layout.count, quantity.valid if block == "value" else None, words=_WORDS[block])


def _figures(sheet: Sheet, layout: Layout, block: str, array: Array, quantities: QuantityBlocks) -> None:
    result, top = layout.result, layout.block_top(block) + 1
    for i, indicator in enumerate(result.indicators):
        style = _INPUT.but(num=column_format(result, i) if block != "target" else "General")
        for n, d in enumerate(layout.rows):
            value = float(array[d, i])
            state = Status(int(result.cells.status[d, i]))
            absent = STATE_TEXTS.get(state, "—") if block == "value" else "—"
            formula = _derived(quantities, block, n, i)
            if formula:
                shown = absent if math.isnan(value) else value
                sheet.formula(top + n, LEAD + i, formula, shown, LIVE.but(num=style.num))
            else:
                sheet.number(top + n, LEAD + i, value, style, absent)
                remarks = result.remarks.get((result.districts[d].name, indicator.id), ())
                if block == "value" and state.is_left_out and remarks:
                    sheet.comment(top + n, LEAD + i, "；".join(remarks))
        valid = indicator.valid if block == "value" else None
        _validate(sheet, top, LEAD + i, layout.count, valid, words=_WORDS[block])


def _derived(quantities: QuantityBlocks, block: str, n: int, i: int) -> str:
    """The formula of a value or baseline that is derived."""
    if quantities.layout.scheme.indicators[i].id not in quantities.derivations.formulas or block == "target":
        return ""
    return quantities.value(n, i) if block == "value" else quantities.baseline(n, i)


def _validate(
    sheet: Sheet,
    top: int,
    col: int,
    count: int,
    valid: tuple[float | None, float | None] | None,
    words: tuple[str, ...],
) -> None:
    """A number or one of the words; a number outside the usual range is questioned, not refused."""
    at = cell(top, col)
    allowed = [f'{at}="{w}"' for w in words]
    number, say = f"ISNUMBER({at})", "应填一个数，或填" + "、".join(f"“{w}”" for w in words)
    if valid is not None:
        low, high = valid
        tests = [number, *([f"{at}>={low:.15g}"] if low is not None else []),
                 *([f"{at}<={high:.15g}"] if high is not None else [])]  # fmt: skip
        number = f"AND({','.join(tests)})"
        span = f"{'' if low is None else f'{low:g}'}—{'' if high is None else f'{high:g}'}"
        say += f"；通常在 {span} 之间"
    sheet.raw.data_validation(
        top, col, top + count - 1, col,
        {"validate": "custom", "value": f"=OR({number},{','.join(allowed)})", "error_title": "请核对",
         "error_message": say[:255], "error_type": "warning" if valid else "stop"},
    )  # fmt: skip
