"""Reads one table of any orientation: each value's district, indicator and period come from its row, its column or the title.

Districts down and indicators across, the transpose, years across, one district or one indicator a table, and the long
form with a column of values are all this: three things to know, each found in one of three places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ecoscore.importing.cell_text import read_cell
from ecoscore.importing.claims import Claim
from ecoscore.importing.columns import Column, Table, is_figure
from ecoscore.importing.context import Context
from ecoscore.importing.header_findings import say_incomplete, say_unfit_title_unit, without_torn_rows
from ecoscore.importing.name_findings import NameFindings
from ecoscore.importing.periods import part_of_text, part_of_year, period_of_cell, periods_in
from ecoscore.importing.plan import Role
from ecoscore.importing.quick_rows import QuickRows
from ecoscore.importing.readers.book import Cell, Place, cell_name, column_letters
from ecoscore.importing.row_labels import NAME, Row, RowReader
from ecoscore.importing.totals import check_totals
from ecoscore.importing.units import factor, same_unit, unit_key
from ecoscore.importing.words import MEASURES, Field, is_total
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported


@dataclass(eq=False)
class TableReader:
    """Reads the body of a table into claims and findings of the report."""

    table: Table
    context: Context
    labels: dict[Field, Column] = field(default_factory=dict)
    values: list[Column] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.report = self.context.report
        self.sheet = self.report.sheet
        self.known = self.context.known
        self.are_targets = self.context.holds_targets
        self.names = NameFindings(self.report, self.known)
        self.title_unit = self.context.unit()
        self.under_title_unit: dict[str, tuple[Reported, Place]] = {}  # what has no unit of its own, where first

    def read(self) -> bool:
        """Whether the table was understood: it has columns of values, and names to go with them."""
        self._sort_columns()
        if not self.values:
            return False
        if self.context.is_of_part_of_year():
            return True
        if not self._find_constants():
            return False
        self.rows = RowReader(self.report, self.known, self.names, self.labels, self.constant)
        self.table.body = without_torn_rows(self.report, self.table)
        self._mark_header()
        self._name_columns()
        before = len(self.report.claims)
        quick = QuickRows.of(
            self.sheet, self.rows, [(column, self._is_target(column)) for column in self.values], self.report.claims
        )
        if quick is not None and not self.title_unit and not any(c.part and not c.period for c in self.values):
            quick.read(self.table.body, self._read_row)
        else:
            for number in self.table.body:
                self._read_row(number)
        self.names.say_counted()
        say_unfit_title_unit(self.report, self.title_unit, self.under_title_unit)
        check_totals(self.report, self.rows.totals, lambda: self.report.claims.after(before))
        if len(self.report.claims) > before:
            self.report.layouts.append(self._layout())
        return True

    # What the columns are

    def _sort_columns(self) -> None:
        for column in self.table.columns.values():
            if column.has_values:
                self.values.append(column)
            elif column.field is not None and column.field not in MEASURES:
                self._take_label(column)
        if Field.DISTRICT not in self.labels and Field.CODE in self.labels:
            self.labels[Field.DISTRICT] = self.labels[Field.CODE]
        if self.known.add_districts and not self._has_any(Field.DISTRICT):
            self._take_new_district_names()
        # Beside a column that says 本年值 only such columns hold values: the others are remarks.
        if any(column.field in MEASURES for column in self.values) and not any(
            column.indicator or column.district or column.period for column in self.values if column.field is None
        ):
            self.values = [column for column in self.values if column.field in MEASURES]
        for column in [c for c in self.values if c.field is Field.PREVIOUS]:
            self.values.remove(column)
            if self._holds_figures(column):
                self.report.mention(f"“{column.text}”列（{column_letters(column.number)} 列）只作参照，未读取")
        self._say_other_columns()

    def _take_label(self, column: Column) -> None:
        """Keep the first column of each kind; of two columns of periods one may be the quarter or month of the other."""
        assert column.field is not None
        first = self.labels.setdefault(column.field, column)
        if first is column or column.field is not Field.PERIOD:
            return
        for year, part in ((first, column), (column, first)):
            if _SAYS_PART.search(part.text) and not _SAYS_PART.search(year.text):
                self.labels[Field.PERIOD], self.labels[Field.PART] = year, part

    def _take_new_district_names(self) -> None:
        """With districts to be added, a nameless first column of texts, or unknown headers, are districts."""
        first = min(self.table.columns.values(), key=lambda c: c.number)
        if first.field is None and not first.has_values and any(c.indicator for c in self.values):
            self.labels[Field.DISTRICT] = first
        elif Field.INDICATOR in self.labels:
            for column in self.table.columns.values():
                if column.unknown and self._holds_figures(column) and NAME.fullmatch(column.unknown.strip()):
                    column.district = self.known.add(column.unknown.strip())
                    column.unknown = ""
                    self.values.append(column)

    def _has_any(self, kind: Field) -> bool:
        if kind in self.labels:
            return True
        if kind is Field.DISTRICT:
            return any(column.district for column in self.values)
        if kind is Field.INDICATOR:
            return any(column.indicator for column in self.values)
        return any(column.period or column.part for column in self.values) or self._measures_say_periods()

    def _measures_say_periods(self) -> bool:
        """Whether the year stands beside what the rows hold: 2023年实际, 2024年目标."""
        if Field.MEASURE not in self.labels:
            return False
        cells = (self.sheet.label(row, self.labels[Field.MEASURE].number) for row in self.table.body[:200])
        texts = [cell.text for cell in cells if not cell.is_empty]
        return bool(texts) and all(len(periods_in(text)) == 1 for text in texts)

    def _say_other_columns(self) -> None:
        """Columns of figures that are none of ours: an unknown name near a known one is an error, others a warning."""
        for column in self.table.columns.values():
            if column in self.values or not self._holds_figures(column):
                continue
            place = (column.top, column.number)
            if column.field is Field.OTHER:
                self.report.mention(f"“{column.text}”列（{column_letters(column.number)} 列）不是指标值，未读取")
            elif column.unknown and column is not self.labels.get(Field.DISTRICT):
                self._unknown_header(column.unknown, place)
            elif not column.text and column.field is None:
                self.report.warn(
                    "column_without_header",
                    f"{column_letters(column.number)} 列有数值但没有表头，未读取",
                    "如果它是指标，请补上指标名称后重新导入",
                    place,
                )

    def _unknown_header(self, name: str, place: Place) -> None:
        if is_total(name):
            self.report.mention(f"“{name.strip()}”列（{column_letters(place[1])} 列）不是区县或指标，未读取")
        elif periods_in(name) or part_of_year(name) or self.sheet.at(*place).kind == "date":
            self.report.error(
                "unknown_period",
                f"表头“{' '.join(name.split())}”看不出是哪个考核期的什么数，{column_letters(place[1])} 列未读取",
                "请写成“2024年”“2024年目标值”“2024年7月”的样子，或指出该列是什么；不需要的列请删去",
                place,
            )
        elif Field.INDICATOR in self.labels or (
            Field.DISTRICT not in self.labels and not any(c.indicator for c in self.values)
        ):
            near = self.known.districts.near(name)
            self.names.unknown_district(name, near, place)
        else:
            self.names.unknown_indicator(name, place, 1)

    def _holds_figures(self, column: Column) -> bool:
        return any(is_figure(self.sheet.at(row, column.number)) for row in self.table.body[:200])

    def _find_constants(self) -> bool:
        """Ask the title for what neither rows nor columns say; False, with findings, where that leaves a gap."""
        self.constant = Row(0)
        if not self._has_any(Field.INDICATOR):
            self.constant.indicator = self.context.indicator()
            if self.constant.indicator is None:
                return False
            self.constant.unit = self.title_unit
        if not self._has_any(Field.DISTRICT):
            before = len(self.report.findings)
            self.constant.district = self.context.district()
            if self.constant.district is None:
                if len(self.report.findings) == before:
                    self.report.error(
                        "district_unknown",
                        "看不出表中数据属于哪个区县",
                        "请在标题、工作表名或文件名中写明区县，或增加“区县”列",
                        self.context.at,
                    )
                return True
        if not self._has_any(Field.PERIOD) or self._says_only_parts():
            self.constant.period = self.context.period()
        for column in self.values:
            if column.part is not None and (year := column.period or self.constant.period) is not None:
                column.period = column.part.of(year) if column.period or Field.PERIOD not in self.labels else None
        missing = {_AXES[kind] for kind in _AXES if kind not in self.labels}
        if not self._has_any(Field.PERIOD) or self._measures_say_periods():
            missing.discard(_AXES[Field.PERIOD])
        for column in (c for c in self.values if self._holds_figures(c)):
            say_incomplete(self.report, column, self.constant, missing)
        return True

    def _says_only_parts(self) -> bool:
        """Whether months or quarters are said of which no row or column says the year."""
        if Field.PERIOD not in self.labels:
            return any(column.part and not column.period for column in self.values)
        if Field.PART in self.labels:
            return False
        column = self.labels[Field.PERIOD]
        cells = (self.sheet.label(row, column.number) for row in self.table.body[:200])
        return any(period_of_cell(cell) is None and part_of_text(cell.text, column.text) for cell in cells)

    def _mark_header(self) -> None:
        for row in self.table.titles:
            for column in self.sheet.rows.get(row, ()):
                self.report.mark(Role.TITLE, row, column)
        for row in self.table.header:
            for column in self.sheet.rows.get(row, ()):
                self.report.mark(Role.HEADER, row, column)

    def _name_columns(self) -> None:
        """What each column was taken for, in words, for the window."""
        labels = {column.number: _LABELS[kind] for kind, column in self.labels.items() if kind in _LABELS}
        self.report.columns.update(labels)
        for column in self.values:
            parts = [
                column.indicator.hit.title_with_unit if column.indicator and column.indicator.hit else "",
                column.district.name if column.district else "",
                column.period.title if column.period else "",
                "目标值" if column.field is Field.TARGET else "",
            ]
            self.report.columns[column.number] = "，".join(part for part in parts if part) or "指标值"

    # Rows

    def _read_row(self, number: int) -> None:
        filled = any(self.sheet.has(number, column.number) for column in self.values)
        row = self.rows.of(number, has_values=filled)
        if row is None:
            for column in self.sheet.rows.get(number, ()):
                self.report.mark_ignored(number, column)
            return
        for value_column in self.values:
            self._read_value(row, value_column)

    # Values

    def _read_value(self, row: Row, column: Column) -> None:
        place = (row.number, column.number)
        match = column.indicator
        indicator = row.indicator or (match.hit if match else None)
        district = row.district or column.district
        period = column.period or (column.part.of(row.period) if column.part else row.period)
        cell = self.sheet.at(*place)
        if place in self.sheet.masters:
            cell = self.sheet.label(*place)
            if not cell.is_empty:
                self.report.error(
                    "merged_value",
                    f"在合并单元格 {cell_name(*self.sheet.masters[place])} 之内，不知道数值属于哪一项",
                    "请取消合并，逐格填写后重新导入",
                    place,
                    district=district.name if district else None,
                    indicator=indicator.id if indicator else None,
                )
            return
        if indicator is None or district is None or period is None or not self._column_is_sound(column, cell):
            return
        if row.said not in {None, period}:
            self.report.error(
                "period_conflict",
                f"考核期不一致：第 {row.number} 行写的是 {row.said.title}，该列是 {period.title}",
                "请核对数值属于哪个考核期，改正后重新导入",
                place,
                indicator=indicator.id,
            )
            return
        if self._is_of_part(row, column, indicator, period):
            return
        other = self._other_unit(row, column, indicator)
        if other and not self._is_converted(row, column, indicator, cell, other):
            return
        is_target = self._is_target(column) if row.measure is None else row.measure is Field.TARGET
        self.report.mark(Role.TARGET if is_target else Role.VALUE, *place)
        self.report.claims.append(
            Claim(place, cell, district, indicator, period, is_target, row.note, row.basis, row.state, other)
        )

    def _is_of_part(self, row: Row, column: Column, indicator: Reported, period: Period) -> bool:
        """Whether the indicator's name says that its figures are not those of the period."""
        if row.remark:
            place = row.number, self.labels[Field.INDICATOR].number
            return self.names.is_of_part(row.remark, period, indicator, place)
        remark = column.indicator.remark if column.indicator and not row.indicator else ""
        return bool(remark) and self.names.is_of_part(remark, period, indicator, (column.top, column.number))

    def _is_target(self, column: Column) -> bool:
        return column.field is Field.TARGET or (self.are_targets and column.field is None)

    def _column_is_sound(self, column: Column, cell: Cell) -> bool:
        """Refuse a column once whose header fits several indicators or has a part below it that says nothing known."""
        place = (column.top, column.number)
        if column.indicator and column.indicator.rivals:
            if place not in self.report.problems:
                self.names.ambiguous_indicator(column.indicator, column.text, place)
            return False
        if column.unknown:
            if place not in self.report.problems and not cell.is_empty:
                self.report.error(
                    "unknown_subheader",
                    f"看不懂子栏目“{column.unknown}”，该列未读取",
                    "请把子栏目写成考核期，或“目标值”“本年值”，或删去该列",
                    place,
                )
            return False
        if column.indicator:
            self.names.remark(column.indicator, column.text, place)
        return True

    def _other_unit(self, row: Row, column: Column, indicator: Reported) -> str:
        """A unit stated for the value that is not the indicator's own, or ""."""
        of_name = column.indicator.other_unit if column.indicator else ""
        if not (column.unit or of_name or row.unit):
            # A title's unit is that of the columns it can be the unit of: 亿元 says nothing of a concentration.
            if not self.title_unit:
                return ""
            self.under_title_unit.setdefault(indicator.id, (indicator, (row.number, column.number)))
            times = factor(self.title_unit, indicator.unit)
            return "" if times in {None, 1} else self.title_unit
        stated = [unit for unit in (column.unit, of_name, row.unit) if unit_key(unit)]
        return next((unit for unit in stated if not same_unit(unit, indicator.unit)), "")

    def _is_converted(self, row: Row, column: Column, indicator: Reported, cell: Cell, unit: str) -> bool:
        """Whether figures in another unit may be read: only where they convert and the user has said so."""
        if not cell.is_empty:
            by_row = unit == row.unit and Field.UNIT in self.labels
            place = (row.number, self.labels[Field.UNIT].number) if by_row else (column.top, column.number)
            reading = read_cell(cell, unit)
            self.report.count_unit(indicator, unit, place, cell, reading.value)
        return factor(unit, indicator.unit) is not None and self.known.choices.converts(indicator.id, unit)

    def _layout(self) -> str:
        """What the table was taken for, in words."""
        down = [n for k, n in _AXES.items() if k in self.labels]
        across = [_AXES[k] for k in _AXES if k not in self.labels and self._has_any(k)]
        what = "目标值" if self.are_targets else "指标值"
        if {Field.DISTRICT, Field.INDICATOR, Field.PERIOD} <= set(self.labels):
            return f"{what}：长表，每行一个数值"
        return f"{what}：" + "，".join(
            [*([f"行为{'、'.join(down)}"] if down else []), *([f"列为{'、'.join(across)}"] if across else [])]
        )


_SAYS_PART = re.compile("[季月]")
_LABELS = {Field.DISTRICT: "区县", Field.INDICATOR: "指标名", Field.PERIOD: "考核期", Field.UNIT: "单位",
           Field.NOTE: "说明", Field.BASIS: "口径", Field.STATUS: "状态", Field.MEASURE: "目标或完成"}  # fmt: skip
_AXES = {Field.DISTRICT: "区县", Field.INDICATOR: "指标", Field.PERIOD: "考核期"}
