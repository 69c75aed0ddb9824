"""The sheet 加减分: every recorded bonus, deduction, ceiling and veto with its ground; a list that may be added to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.adjustment import LAYER_TITLES, AppliedAdjustment
from ecoscore.model.result import plain
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.formats import CENTER, NOTE, TEXT, TITLE
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.names import area, cell
from ecoscore.reporting.workbook.scheme_sheet import ITEM_KIND, ITEM_TITLE, SchemeRows

TOP = 4
SPARE = 20
NUMBER, DISTRICT, ITEM, KIND, TIMES, GROUND = range(6)
NO_GROUND = "未填依据"
AUTOMATIC = "按指标数据自动判定"


@dataclass(frozen=True)
class Adjustments:
    """What is recorded, a row a district and item. What follows from the values by itself is not listed: it is computed."""

    layout: Layout

    @cached_property
    def entries(self) -> tuple[AppliedAdjustment, ...]:
        known = {a.id for a in self.layout.items}
        return tuple(
            a for a in self.layout.result.adjustments if a.adjustment in known and not self._by_itself(a)
        )  # fmt: skip

    def _by_itself(self, applied: AppliedAdjustment) -> bool:
        """An automatic item that was not entered: its ground names the values it follows from."""
        if not applied.automatic or applied.count != 1:
            return False
        result = self.layout.result
        item = next(a for a in self.layout.items if a.id == applied.adjustment)
        d, i = result.district_at[applied.district], result.indicator_at[item.all_improved[0]]
        c = result.cells
        first = f"{result.indicators[i].title}由{plain(float(c.baseline[d, i]))}到{plain(float(c.value[d, i]))}"
        return first in applied.ground

    @property
    def last(self) -> int:
        return TOP + len(self.entries) + SPARE - 1

    def column(self, col: int) -> str:
        return area(TOP, col, self.last, col, "both", names.ADJUSTMENTS)

    def ground(self, district: str, item_id: str) -> str:
        found = [a.ground or NO_GROUND for a in self.entries if (a.district, a.adjustment) == (district, item_id)]
        return found[-1] if found else AUTOMATIC

    def matches(self, district: str, item: str) -> str:
        """1 for each row of the list about this district and item. Plain comparison: no wildcard, no operator is read."""
        return f"({self.column(DISTRICT)}={district})*({self.column(ITEM)}={item})"


def write_adjustments(book: Book, layout: Layout, adjustments: Adjustments) -> None:
    rows = SchemeRows(layout)
    sheet = book.sheet(names.ADJUSTMENTS)
    sheet.text(
        0, 0, f"{layout.result.period.title}加分、扣分、等次封顶、一票否决事项", TITLE.but(align="left", wrap=False)
    )
    note = "一行一事，空行可以续填；每次分值、上限和等次见“方案”。按指标数据自动判定的事项不列在这里。"
    sheet.text(1, 0, note, NOTE.but(wrap=False))
    sheet.heads(TOP - 1, 0, ["序号", "区县", "事项", "类型", "次数", "依据（事由、认定部门、文号、日期）"])
    open_text, open_number = TEXT.but(unlocked=True), CENTER.but(unlocked=True, num="0")
    first = rows.items_top
    titles = area(first, ITEM_TITLE, first + len(layout.items) - 1, ITEM_TITLE, "both", names.SCHEME)
    kinds = area(first, ITEM_KIND, first + len(layout.items) - 1, ITEM_KIND, "both", names.SCHEME)
    for row in range(TOP, adjustments.last + 1):
        n = row - TOP
        entry = adjustments.entries[n] if n < len(adjustments.entries) else None
        sheet.number(row, NUMBER, n + 1, CENTER.but(num="0"))
        sheet.text(row, DISTRICT, entry.district if entry else "", open_text)
        sheet.text(row, ITEM, layout.item_label(entry.adjustment) if entry else "", open_text)
        sheet.text(row, GROUND, (entry.ground or NO_GROUND) if entry else "", open_text)
        sheet.number(row, TIMES, entry.count if entry else float("nan"), open_number, "")
        if layout.items:
            item = cell(row, ITEM, "col")
            formula = f'IF({item}="","",INDEX({kinds},MATCH({item},{titles},0)))'
            sheet.formula(row, KIND, formula, LAYER_TITLES[entry.layer] if entry else "", CENTER)
        else:
            sheet.text(row, KIND, "", CENTER)
    sheet.raw.data_validation(
        TOP, DISTRICT, adjustments.last, DISTRICT, {"validate": "list", "source": f"={names.DISTRICTS}"}
    )
    if layout.items:
        sheet.raw.data_validation(TOP, ITEM, adjustments.last, ITEM, {"validate": "list", "source": f"={titles}"})
    sheet.raw.data_validation(
        TOP, TIMES, adjustments.last, TIMES,
        {"validate": "integer", "criteria": ">=", "value": 0, "error_title": "次数", "error_message": "次数应填整数"},
    )  # fmt: skip
    sheet.widths([5, 14, 26, 10, 7, 78])
    sheet.height(0, 28)
    sheet.raw.freeze_panes(TOP, 0)
    sheet.raw.repeat_rows(TOP - 1)
    sheet.raw.print_area(0, 0, max(TOP + len(adjustments.entries) - 1, TOP), GROUND)
    book.page(sheet, landscape=True)
