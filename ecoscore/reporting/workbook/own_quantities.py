"""One district's quantities behind its derived indicators, a row each, and the formulas that read them there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.observation import Status
from ecoscore.model.scheme import Reported
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.book import Book
from ecoscore.reporting.workbook.card_places import CardPlaces
from ecoscore.reporting.workbook.card_source import Entry, put
from ecoscore.reporting.workbook.data_sheet import STATE_TEXTS, value_format
from ecoscore.reporting.workbook.derivation import Derivations
from ecoscore.reporting.workbook.formats import CAPTION, CENTER, FIGURE, NOTE, TEXT, TITLE
from ecoscore.reporting.workbook.names import cell
from ecoscore.reporting.workbook.quantity_blocks import LIVE
from ecoscore.reporting.workbook.sheet import Sheet, Value
from ecoscore.reporting.workbook.terms import LEFT_OUT_WORDS

TOP = 4  # of the sheet 基础数据 of a card
_NUMBER, _TITLED, _UNIT, _NOW, _THEN = range(5)
_MISSING = {Status.NO_DATA: "无数据"}


@dataclass(frozen=True)
class OwnQuantities:
    """Rows from `top` on, this period's figures and the baseline's in `columns`; `sheet` where others name it from.

    `figure` gives the cell of an indicator's "value" or "baseline" on the paper itself.
    """

    derivations: Derivations
    d: int
    top: int
    columns: tuple[int, int]
    figure: Callable[[str, str], str]
    sheet: str = ""

    @cached_property
    def rows(self) -> tuple[Reported, ...]:
        """Quantities that are read in either period; indicators among them for the baseline's sake."""
        found = {q.id: q for q in (*self.derivations.now, *self.derivations.then)}
        return tuple(found[name] for name in self.derivations.position if name in found)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {q.id: self.top + n for n, q in enumerate(self.rows)}

    def _cell(self, name: str, col: int) -> str:
        return cell(self._row_of[name], col, "both", self.sheet)

    def _now(self, name: str) -> str:
        at_home = name not in {q.id for q in self.derivations.now}
        return self.figure("value", name) if at_home else self._cell(name, self.columns[0])

    def _then(self, name: str) -> str:
        return self._cell(name, self.columns[1])

    # The formulas of the paper ---------------------------------------------------------------------------------

    def value(self, i: int) -> str:
        """The formula of an indicator's value; "" where it is not derived for this district."""
        if not self.derivations.is_live(self.d, i):
            return ""
        state = Status(int(self.derivations.result.cells.status[self.d, i]))
        missing = f'"{_MISSING.get(state, "未报")}"'
        return self.derivations.value(i, self._now, self._then, left_out=LEFT_OUT_WORDS[-1], missing=missing)

    def baseline(self, i: int) -> str:
        if not self.derivations.is_live_baseline(self.d, i):
            return ""
        return self.derivations.baseline(i, self._then)

    # The cells -------------------------------------------------------------------------------------------------

    def now_entry(self, name: str, prefix: str = "") -> Entry:
        """This period's figure: an input, or the value on the paper of an indicator. `prefix`: the paper's sheet."""
        quantities, k = self.derivations.quantities, self.derivations.position[name]
        assert quantities is not None
        state, value = Status(int(quantities.now_status[self.d, k])), float(quantities.now[self.d, k])
        i = self.derivations.result.indicator_at.get(name)
        if i is None:
            return Entry(STATE_TEXTS.get(state, value), unlocked=True)
        state = Status(int(self.derivations.result.cells.status[self.d, i]))
        words: dict[Status, Value] = {**STATE_TEXTS, Status.NOT_APPLICABLE: "—"}
        return Entry(words.get(state, value), prefix + self.figure("value", name))

    def then_entry(self, name: str, prefix: str = "") -> Entry:
        """The baseline's figure: linked where the paper shows it, "—" where it is not read."""
        quantities, k = self.derivations.quantities, self.derivations.position[name]
        assert quantities is not None
        if name not in {q.id for q in self.derivations.then}:
            return Entry("—")
        value = float(quantities.then[self.d, k])
        shown: Value = "—" if math.isnan(value) else value
        if self.derivations.is_the_baseline(self.d, name) and self.derivations.result.scheme.needs_baseline:
            return Entry(shown, prefix + self.figure("baseline", name))
        return Entry(shown, unlocked=True)

    def format_of(self, name: str) -> str:
        quantities, k = self.derivations.quantities, self.derivations.position[name]
        assert quantities is not None
        return value_format([float(quantities.now[self.d, k]), float(quantities.then[self.d, k])])


def of_card(places: CardPlaces, d: int) -> OwnQuantities:
    """Those on the sheet 基础数据 beside a card."""
    return OwnQuantities(
        Derivations(places.layout.result), d, TOP, (_NOW, _THEN), places.at, names.QUANTITIES
    )  # fmt: skip


def write_quantities(book: Book, own: OwnQuantities, value_label: str, baseline_label: str) -> None:
    """The sheet 基础数据 of a card, none where the scheme derives nothing."""
    if not own.rows:
        return
    sheet, result = book.sheet(names.QUANTITIES), own.derivations.result
    sheet.text(0, 0, f"基础数据（{result.districts[own.d].name}）", TITLE.but(align="left", wrap=False))
    note = (
        "浅黄色单元格可以修改，成绩单上的派生指标随之重算。没有数的，本年值填“不适用”“不涉及”“未报”或“无数据”，"
        "基期值填“—”。浅蓝色单元格取自成绩单。"
    )
    sheet.text(1, 0, note, NOTE)
    sheet.merge(1, 0, 1, _THEN)
    sheet.heads(TOP - 1, 0, ["序号", "基础数据", "计量单位", value_label, baseline_label])
    for n, quantity in enumerate(own.rows):
        row = TOP + n
        sheet.number(row, _NUMBER, n + 1, CENTER.but(num="0"))
        sheet.text(row, _TITLED, quantity.title, TEXT)
        sheet.text(row, _UNIT, quantity.unit or "—", CENTER)
        _put(sheet, row, _NOW, own.now_entry(quantity.id, f"{names.CARD}!"), own.format_of(quantity.id))
        _put(sheet, row, _THEN, own.then_entry(quantity.id, f"{names.CARD}!"), own.format_of(quantity.id))
    row = TOP + len(own.rows) + 1
    sheet.text(row, 0, "派生指标的算法", CAPTION)
    titles = {q.id: q.title for q in result.scheme.reported}
    for n, (name, formula) in enumerate(own.derivations.formulas.items(), start=1):
        sheet.text(row + n, 0, f"{n}．{titles[name]}＝{formula.explain({}, {}, titles).formula}", NOTE)
        sheet.merge(row + n, 0, row + n, _THEN)
        sheet.height(row + n, 26)
    sheet.widths([6, 34, 14, 16, 16])
    sheet.height(0, 30)
    sheet.height(1, 28)
    sheet.raw.hide_gridlines(2)
    book.page(sheet)


def _put(sheet: Sheet, row: int, col: int, entry: Entry, num: str) -> None:
    if entry.unlocked:
        sheet_style = FIGURE.but(num=num, unlocked=True)
        if isinstance(entry.value, str):
            sheet.text(row, col, entry.value, sheet_style)
        else:
            sheet.number(row, col, entry.value, sheet_style)
    else:
        put(sheet, row, col, entry, (LIVE if entry.formula else FIGURE).but(num=num))
