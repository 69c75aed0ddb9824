"""What the labels of a row say: whose value, of which indicator and period; and which rows hold no data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecoscore.importing.blank_names import BlankNames
from ecoscore.importing.columns import Column
from ecoscore.importing.context import Knowledge
from ecoscore.importing.name_findings import NameFindings
from ecoscore.importing.names import NEAR, proposal
from ecoscore.importing.periods import part_of_text, period_of_cell, periods_in
from ecoscore.importing.plan import Role
from ecoscore.importing.readers.book import Cell
from ecoscore.importing.readers.stretch import RawCell
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.words import Field, field_of, is_remark, is_subtotal, is_total, measure_of
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

_STANDARD = re.compile(r"(GB|HJ|DB\d*|ISO)\s*/?\s*T?\s*\d+", re.IGNORECASE)
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z·()（） ]{2,20}")
_LABEL_ROLES = {Field.DISTRICT: Role.DISTRICT, Field.CODE: Role.DISTRICT, Field.INDICATOR: Role.INDICATOR,
                Field.PERIOD: Role.PERIOD, Field.PART: Role.PERIOD, Field.UNIT: Role.UNIT, Field.NOTE: Role.NOTE, Field.BASIS: Role.NOTE,
                Field.MEASURE: Role.NOTE}  # fmt: skip
_NAMED = (Field.DISTRICT, Field.INDICATOR, Field.PERIOD)
_INDICATOR = 1
_REMARKS = {Field.UNIT, Field.STATUS, Field.NOTE, Field.BASIS}
_NO_CELL: RawCell = ("empty", None, "")


@dataclass(eq=False, slots=True)
class Row:
    """What the labels of one row say."""

    number: int
    district: District | None = None
    indicator: Reported | None = None
    period: Period | None = None
    unit: str = ""
    note: str = ""
    basis: str = ""
    state: str = ""
    said: Period | None = None  # the year in a label of the row, which the table's own must be
    remark: str = ""  # what stood in brackets behind the indicator's name
    measure: Field | None = None  # whether its figures are targets, where a column says so row by row


class RowReader:
    """Reads the labels of one table's rows; `constant` is what its title says for all of them.

    `totals` collects the rows of sums and means passed over, with their labels.
    """

    def __init__(
        self,
        report: SheetReport,
        known: Knowledge,
        names: NameFindings,
        labels: Mapping[Field, Column],
        constant: Row,
    ) -> None:
        self.report, self.known, self.names, self.labels, self.constant = report, known, names, labels, constant
        self.sheet = report.sheet
        self.totals: list[tuple[int, str]] = []
        self._blanks = BlankNames(report, known, labels)
        self._slots = [at for at, kind in enumerate(_NAMED) if kind in labels]
        self._met: list[tuple[int, dict[RawCell, Any]]] = [(labels[_NAMED[at]].number, {}) for at in self._slots]
        self._constants = (constant.district, constant.indicator, constant.period)
        self.remarks = {kind: column.number for kind, column in labels.items() if kind in _REMARKS}
        self._marked = [(kind, role) for kind, role in _LABEL_ROLES.items() if kind in labels]
        self._bases = {i.basis for i in known.scheme.indicators}

    @property
    def met(self) -> tuple[list[tuple[int, dict[RawCell, Any]]], list[int], tuple[Any, ...]]:
        """The columns of names with what is known of their cells so far, which of district, indicator and period each
        says, and what the table says of all three. No columns where no row's name tells that it is one of data.
        """
        has_names = Field.DISTRICT in self.labels or Field.INDICATOR in self.labels
        return self._met if has_names and Field.PART not in self.labels else [], self._slots, self._constants

    def of(self, number: int, *, has_values: bool) -> Row | None:
        """The row's labels; None where it is no row of data, which is said."""
        row = Row(number, self.constant.district, self.constant.indicator, self.constant.period, self.constant.unit)
        if not self._is_named(number) and self._is_beside_the_data(number, has_values=has_values):
            return None
        for kind, role in self._marked:
            self.report.mark(role, number, self.labels[kind].number)
        if Field.DISTRICT in self.labels and not self._district_of(row, has_values=has_values):
            return None
        if Field.INDICATOR in self.labels and not self._indicator_of(row, has_values=has_values):
            return None
        if Field.PERIOD in self.labels and not self._period_of(row, has_values=has_values):
            return None
        if Field.MEASURE in self.labels and not self._measure_of(row, has_values=has_values):
            return None
        self._remember(row)
        self._read_remarks(row)
        return row

    def _remember(self, row: Row) -> None:
        """Know the row's names at once when they come again, unless there was something to say of them."""
        hits = (row.district, row.indicator, row.period)
        for (column, met), at in zip(self._met, self._slots, strict=True):
            place = (row.number, column)
            raw = self.sheet.raw(*place)
            if (
                raw is not None
                and self.sheet.has(*place)
                and place not in self.report.problems
                and not (at == _INDICATOR and (row.unit or row.said or row.remark))
            ):
                met[raw] = hits[at]

    def _read_remarks(self, row: Row) -> None:
        """Unit, state, remark and basis, from the columns that there are."""
        number = row.number
        if not self.sheet.merges and not any(self.sheet.raw(number, column) for column in self.remarks.values()):
            return
        row.unit = self._label(number, Field.UNIT).text or row.unit
        row.state = self._label(number, Field.STATUS).text
        notes = [self._label(number, Field.NOTE).text.strip()]
        basis = self._label(number, Field.BASIS).text.strip()
        if basis and (_STANDARD.search(basis) or basis in self._bases):
            row.basis = basis
        else:
            notes.append(basis)
        row.note = "；".join(note for note in notes if note)

    def _label(self, number: int, kind: Field) -> Cell:
        column = self.labels.get(kind)
        return self.sheet.label(number, column.number if column else 0)

    def _name(self, number: int, kind: Field, *, has_values: bool) -> tuple[Cell, str]:
        """The cell that names a row: where its own is blank, perhaps one above; and what may be done about the blank."""
        place = number, self.labels[kind].number
        own = self.sheet.label(*place)
        above = self._blanks.above(number, kind) if own.is_empty and has_values else None
        if above is None:
            return own, ""
        name = above.text.strip()
        if self.report.fills(kind.value, place, name):
            return above, ""
        return own, f"；如果与上面同属“{name}”，可以选择沿用上面的名称"

    def _is_named(self, number: int) -> bool:
        """Whether a label of the row is a known name: then it is data, whatever else stands in it."""
        return (
            Field.DISTRICT in self.labels
            and self.known.districts.find(self._label(number, Field.DISTRICT).text).hit is not None
        ) or (
            Field.INDICATOR in self.labels
            and self.known.indicators.find(self._label(number, Field.INDICATOR).text).hit is not None
        )

    def _is_beside_the_data(self, number: int, *, has_values: bool) -> bool:
        """Totals, notes and signature lines, told by the first label of the row."""
        texts = [cell for c in self.sheet.rows.get(number, ()) if (cell := self.sheet.at(number, c)).kind == "text"]
        first = next((cell.text for cell in texts if cell.text.strip()), "")
        names = (
            self.known.districts.find(cell.text).hit or self.known.indicators.find(cell.text).hit for cell in texts
        )
        if any(names):
            return False
        if any(is_total(cell.text) for cell in texts[:3]):
            self.report.mention(f"第 {number} 行“{first.strip()}”是汇总行，未读取")
            self.totals.append((number, next(cell.text for cell in texts[:3] if is_total(cell.text))))
            return True
        if first and (is_remark(first) or not has_values):
            self.report.mention(f"第 {number} 行“{_short(first)}”不是数据，未读取")
            return True
        return False

    def _district_of(self, row: Row, *, has_values: bool) -> bool:
        place = (row.number, self.labels[Field.DISTRICT].number)
        cell, way_out = self._name(row.number, Field.DISTRICT, has_values=has_values)
        match = self.known.districts.find(cell.text)
        if match.hit is not None:
            row.district = match.hit
        elif match.rivals:
            names = "、".join(f"“{d.name}”" for d in match.rivals)
            self.report.error(
                "district_ambiguous", f"“{cell.text}”可能是{names}，无法确定", "请写区县全称或区划代码", place
            )
        elif not has_values:
            return False
        elif is_total(cell.text) or is_subtotal(cell.text):
            self.report.mention(f"第 {row.number} 行“{cell.text.strip()}”是汇总行，未读取")
            self.totals.append((row.number, cell.text))
        elif cell.is_empty:
            self.report.error(
                "district_missing", f"第 {row.number} 行有数值但没有区县名", f"请补上区县名后重新导入{way_out}", place
            )
        elif self.known.add_districts and cell.kind == "text" and NAME.fullmatch(cell.text.strip()):
            row.district = self.known.add(cell.text.strip())
            if (near := self.known.districts.near(cell.text)[1:]) and near[0][1] >= NEAR:
                self.report.warn(
                    "district_alike", f"新增的区县“{cell.text}”与{proposal(near)}相近", "请确认不是同一个区县", place
                )
        else:
            self.names.unknown_district(cell.text, self.known.districts.near(cell.text), place)
        return row.district is not None

    def _indicator_of(self, row: Row, *, has_values: bool) -> bool:
        place = (row.number, self.labels[Field.INDICATOR].number)
        cell, way_out = self._name(row.number, Field.INDICATOR, has_values=has_values)
        match = self.known.indicators.find(cell.text)
        if match.hit is not None:
            row.indicator = match.hit
            row.unit = match.other_unit
            row.said = match.period
            row.measure = measure_of(match.remark)
            if row.measure in {Field.PREVIOUS, Field.OTHER}:
                self.report.mention(f"第 {row.number} 行“{_short(cell.text)}”不是指标值，未读取")
                return False
            row.remark = match.remark
            if self.sheet.has(*place) and row.measure is None:
                self.names.remark(match, cell.text, place)
        elif match.rivals:
            self.names.ambiguous_indicator(match, cell.text, place)
        elif cell.is_empty and has_values:
            self.report.error(
                "indicator_missing", f"第 {row.number} 行有数值但没有指标名", f"请补上指标名后重新导入{way_out}", place
            )
        elif has_values:
            self.names.count_unknown(cell.text.strip(), place)
        return row.indicator is not None

    def _period_of(self, row: Row, *, has_values: bool) -> bool:
        place = (row.number, self.labels[Field.PERIOD].number)
        cell, way_out = self._name(row.number, Field.PERIOD, has_values=has_values)
        year, row.period = row.period, period_of_cell(cell)
        if row.period is None and (part := part_of_text(cell.text, self.labels[Field.PERIOD].text)) is not None:
            row.period = part.of(year)
        if Field.PART in self.labels:
            cell = self._label(row.number, Field.PART)
            part = part_of_text(cell.text, self.labels[Field.PART].text)
            row.period = part.of(row.period) if part is not None else None
        if row.period is None and has_values:
            said = f"“{cell.text}”不是考核期" if not cell.is_empty else "没有写考核期"
            self.report.error(
                "bad_period",
                f"第 {row.number} 行{said}",
                f"请写成 2024、2024Q3 或 2024-07 的样子后重新导入{way_out}",
                place,
            )
        return row.period is not None

    def _measure_of(self, row: Row, *, has_values: bool) -> bool:
        """What the figures of the row are; False for those that are neither values nor targets."""
        place = (row.number, self.labels[Field.MEASURE].number)
        text = self.sheet.label(*place).text.strip()
        row.measure = field_of(text)
        if row.measure in {Field.VALUE, Field.TARGET}:
            stated = periods_in(text)
            if len(stated) == 1:
                row.period = row.period or stated[0]
                row.said = stated[0]
            return True
        if has_values and text:
            self.report.mention(f"第 {row.number} 行“{_short(text)}”不是指标值，未读取")
        elif has_values:
            self.report.error(
                "measure_missing",
                f"第 {row.number} 行有数值，但没有写是目标值还是完成值",
                "请在该列写明“目标值”或“完成值”后重新导入",
                place,
            )
        return False


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:20] + "…"
