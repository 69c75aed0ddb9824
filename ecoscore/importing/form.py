"""Reads back the entry workbook that the tool made: by its marks, wherever its rows and columns have been moved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ecoscore.importing.claims import Claim
from ecoscore.importing.columns import is_figure
from ecoscore.importing.context import Knowledge
from ecoscore.importing.names import name_key, proposal
from ecoscore.importing.plan import Role
from ecoscore.importing.readers.book import Book, Sheet
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import same_unit, unit_key
from ecoscore.model import entry_form as form
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.model.scheme import Reported

_OTHERS = {form.INDICATOR, form.UNIT, form.NATURE, form.LAST_YEAR, form.STATE, form.NOTE, form.INDICATOR_ID}
_ENOUGH = 4
_ROLES = {
    form.INDICATOR: Role.INDICATOR,
    form.UNIT: Role.UNIT,
    form.VALUE: Role.VALUE,
    form.STATE: Role.NOTE,
    form.NOTE: Role.NOTE,
}


def marks_of(book: Book) -> Mapping[str, str] | None:
    """What the hidden marker sheet says, None if the workbook is no entry form of ours."""
    sheet = next((s for s in book.sheets if s.name == form.MARKER_SHEET), None)
    if sheet is None or sheet.at(1, 1).text != form.MARKER:
        return None
    return {sheet.at(row, 1).text: sheet.at(row, 2).text for row in sheet.rows if row > 1}


def form_period(report: SheetReport, known: Knowledge, marks: Mapping[str, str]) -> Period | None:
    """The period a form was made for; None, with an error, where it is lost or another one was asked for."""
    try:
        period = Period.parse(marks.get("period", ""))
    except ValueError:
        report.error("period_unknown", "填报表中的考核期标记已损坏", "请重新下发填报表")
        return None
    if known.period not in {None, period}:
        report.error(
            "period_conflict",
            f"填报表属于 {period.title}，与所选考核期不同",
            "请选择正确的考核期，或换用该考核期的填报表",
            period=str(period),
        )
        return None
    return period


def say_hidden_rows(report: SheetReport) -> None:
    """The rows of a form are ours and are read though somebody has hidden or filtered them; but it is said."""
    hidden = report.sheet.hidden_rows
    read = {claim.place[0] for claim in report.claims if is_figure(claim.cell)} if hidden else set()
    if rows := sorted(hidden & read):
        listed = "、".join(map(str, rows[:8])) + ("等" if len(rows) > 8 else "")
        report.warn(
            "hidden_rows",
            f"第 {listed} 行是隐藏的（或被筛选掉了），其中的数值照常读取",
            "请核对这些数值；不上报的，请清空后重新导入",
            (rows[0], 1),
        )


def warn_of_other_scheme(report: SheetReport, known: Knowledge, marks: Mapping[str, str]) -> None:
    if marks.get("scheme") != known.scheme.id:
        report.warn(
            "form_of_other_scheme",
            f"这张填报表是按方案“{marks.get('scheme')}”生成的，与本文件的方案“{known.scheme.id}”不同",
            "请核对指标是否一致",
        )


class FormReader:
    """Reads the sheet of a form; the marker's district and period hold for all of it."""

    def __init__(self, report: SheetReport, known: Knowledge, marks: Mapping[str, str]) -> None:
        self.report = report
        self.sheet: Sheet = report.sheet
        self.known = known
        self.marks = marks

    def read(self) -> bool:
        """Whether the sheet is the form; False leaves it to be read as any other table."""
        header = self._header()
        if header is None:
            return self._has_lost_its_column()
        row, columns = header
        district, period = self._district(), form_period(self.report, self.known, self.marks)
        if district is None or period is None or not self._agrees_with_title(row, district):
            return True
        warn_of_other_scheme(self.report, self.known, self.marks)
        self.report.mark_row(row, dict.fromkeys(self.sheet.rows[row], Role.HEADER))
        self._read_rows([number for number in self.sheet.rows if number > row], columns, district, period)
        say_hidden_rows(self.report)
        self.report.layouts.append("填报表（由本软件生成）")
        return True

    def _header(self) -> tuple[int, dict[str, int]] | None:
        for row, columns in self.sheet.rows.items():
            found = {name_key(self.sheet.at(row, column).text): column for column in columns}
            named = {name: found[name_key(name)] for name in form.COLUMNS if name_key(name) in found}
            if form.VALUE in named and (form.INDICATOR_ID in named or form.INDICATOR in named):
                return row, named
        return None

    def _has_lost_its_column(self) -> bool:
        """Whether this is the form all the same, without its column of values: what is left must not pass for them."""
        for row, columns in self.sheet.rows.items():
            texts = {self.sheet.at(row, column).text.strip(): column for column in columns}
            if len(texts.keys() & _OTHERS) >= _ENOUGH:
                self.report.error(
                    "form_column_lost",
                    f"填报表第 {row} 行的表头中没有“{form.VALUE}”一列，未读取",
                    "该列被删去或改了名：请用原来的填报表重新填写",
                    (row, min(texts.values())),
                )
                return True
        return False

    def _district(self) -> District | None:
        name = self.marks.get("district", "")
        match = self.known.districts.find(name)
        if match.hit is None and self.known.add_districts and name:
            return self.known.add(name)
        if match.hit is None:
            near = self.known.districts.near(name)
            self.report.error(
                "unknown_district",
                f"填报表属于“{name}”，本文件中没有这个区县",
                f"是否为{proposal(near)}？" if near else "如果它是新的区县，导入时选择“新增区县”",
            )
        return match.hit

    def _agrees_with_title(self, header: int, district: District) -> bool:
        """A form of one district filled in by another has its title changed; its hidden mark still tells."""
        for row in (r for r in self.sheet.rows if r < header):
            for column in self.sheet.rows[row]:
                self.report.mark(Role.TITLE, row, column)
                named = self.known.districts.within(self.sheet.at(row, column).text)
                if named is not None and named != district:
                    self.report.error(
                        "district_conflict",
                        f"标题写的是“{named.name}”，而这张填报表是发给“{district.name}”的",
                        "请各区县使用发给自己的填报表",
                        (row, column),
                    )
                    return False
        return True

    def _read_rows(self, rows: Sequence[int], columns: dict[str, int], district: District, period: Period) -> None:
        taken = {column: _ROLES.get(name, Role.IGNORED) for name, column in columns.items()}
        left = dict.fromkeys(taken, Role.IGNORED)
        at_value = columns[form.VALUE]
        # A column that the form has not stands where nothing is.
        at_id, at_name, at_unit, at_state, at_note = (
            columns.get(name, 0) for name in (form.INDICATOR_ID, form.INDICATOR, form.UNIT, form.STATE, form.NOTE)
        )
        text = self.sheet.text
        for row in rows:
            place = row, at_value
            cell = self.sheet.at(row, at_value)
            is_filled = is_figure(cell)
            id_, title = text(row, at_id).strip(), text(row, at_name).strip()
            indicator = self._indicator(id_, title, place, is_filled=is_filled)
            self.report.mark_row(row, left if indicator is None else taken)
            if indicator is None:
                continue
            if not self._unit_agrees(indicator, text(row, at_unit).strip(), place, is_filled=is_filled):
                continue
            state, note = text(row, at_state).strip(), text(row, at_note).strip()
            self.report.claims.append(Claim(place, cell, district, indicator, period, note=note, state=state))

    def _unit_agrees(self, indicator: Reported, unit: str, place: tuple[int, int], *, is_filled: bool) -> bool:
        """The unit is printed in the form; whoever has changed it has filled in a figure of that other unit."""
        if not is_filled or not unit_key(unit) or same_unit(unit, indicator.unit):
            return True
        self.report.error(
            "unit_mismatch",
            f"第 {place[0]} 行“{indicator.title}”的单位被改成了“{unit}”，方案规定为“{indicator.unit or '无'}”，未读取",
            f"请换算成“{indicator.unit or '无'}”后填写，单位不要改动",
            place,
            indicator=indicator.id,
        )
        return False

    def _indicator(self, id_: str, title: str, place: tuple[int, int], *, is_filled: bool) -> Reported | None:
        """The row's indicator, by its hidden id; its title must say the same, else the row has been torn apart."""
        of_title = self.known.indicators.find(title).hit if title else None
        of_id = self.known.reported_by_id.get(id_)
        if id_ and title and of_id is not None and (of_title is None or of_title.id != id_):
            self.report.error(
                "form_row_torn",
                f"第 {place[0]} 行的指标是“{title}”，隐藏的指标代码却是“{of_id.title}”",
                "该行被部分移动过：请用原来的填报表重新填写",
                place,
                indicator=of_id.id,
            )
            return None
        found = of_id or of_title
        if found is None and (id_ or is_filled):
            self.report.error(
                "unknown_indicator",
                f"第 {place[0]} 行的指标“{title or id_}”不在方案中",
                "请核对是否使用了本方案的填报表",
                place,
            )
        return found
