"""Reads the sheets of one file into reports: as our own form, or as tables; what could not be understood is said."""

from __future__ import annotations

from collections.abc import Mapping

from ecoscore.importing.columns import is_figure
from ecoscore.importing.context import Context, Knowledge, without_notes
from ecoscore.importing.cross_table import TableReader
from ecoscore.importing.department_form import DepartmentFormReader
from ecoscore.importing.form import FormReader, marks_of
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.overrides import override_columns, remembered_hint
from ecoscore.importing.own_cards import CardReader, paper_of
from ecoscore.importing.own_papers import DATA, JOURNAL, DataSheetReader, is_results_workbook, refused_paper
from ecoscore.importing.readers.book import Book, Sheet, column_letters
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.table import find_tables
from ecoscore.model.entry_form import MARKER_SHEET


def read_workbook(book: Book, name: str, known: Knowledge) -> list[SheetReport]:
    """A report for each sheet with content, the form's marker left out."""
    if refused := refused_paper(book):
        return [_refused_paper(book, name, refused)]
    paper = paper_of(book)
    marks = marks_of(book)
    sheets = [s for s in book.sheets if s.cells and s.name != MARKER_SHEET]
    visible = [s for s in sheets if not s.hidden]
    reports = [_report(name, sheet, known, alone=len(visible) <= 1) for sheet in sheets]
    is_results = is_results_workbook(book)
    for report in reports:
        if is_results:
            _read_results(report, known)
            continue
        if paper:
            if report.sheet.name == paper:
                CardReader(report, known, paper).read()
            continue
        if report.sheet.hidden and report.hint is None:
            _say_hidden_sheet(report)
        elif marks is None or not _read_form(report, known, marks):
            _read_tables(report, known)
        _say_skipped(report)
    if not any(report.claims or report.layouts for report in reports):
        _say_nothing_found(reports, name)
    return reports


def _read_results(report: SheetReport, known: Knowledge) -> None:
    if report.sheet.name == DATA:
        DataSheetReader(report, known).read()
    else:
        report.mention("这是本软件算出的结果，不导入；指标值取自“数据”表")


def _refused_paper(book: Book, name: str, paper: str) -> SheetReport:
    report = SheetReport(name, next(sheet for sheet in book.sheets if sheet.cells))
    advice = {JOURNAL: "它记的是修改的经过，不是指标数据：要导入数据，请用报送表、填报表，或本软件导出的工作簿"}.get(
        paper, "请在“方案”页打开它；要导入数据，请用报送表或填报表"
    )
    report.error("own_paper", f"这是本软件导出的{paper}，不是报送表，未读取", advice)
    return report


def _read_form(report: SheetReport, known: Knowledge, marks: Mapping[str, str]) -> bool:
    """Whether the sheet is that of the form the marks speak of."""
    kind = DepartmentFormReader if "department" in marks else FormReader
    return kind(report, known, marks).read()


def _report(name: str, sheet: Sheet, known: Knowledge, *, alone: bool) -> SheetReport:
    """An empty report that knows what the user has said of the sheet, now or of one like it."""
    report = SheetReport(name, sheet, alone=alone, choices=known.choices)
    report.hint = known.choices.layout_of(name, sheet.name)
    if report.hint is None and known.memory.layouts:
        report.hint = remembered_hint(sheet, known)
        if report.hint is not None:
            report.mention("按上次为这种表指定的版式读取")
    return report


def _read_tables(report: SheetReport, known: Knowledge) -> None:
    understood = False
    hint = report.hint or LayoutHint()
    above: tuple[str, ...] = ()
    for table in find_tables(report.sheet, known, hint.header):
        override_columns(table, hint, known)
        report.headers.append(tuple(table.header))
        if report.headers[1:]:  # what stands above it may be a note below the one before
            table.titles = without_notes(report.sheet, table.titles)
        titles = tuple(report.sheet.at(row, column).text for row in table.titles for column in report.sheet.rows[row])
        at = table.header[0], min(report.sheet.rows[table.header[0]])
        understood |= TableReader(table, Context(titles, report, known, at, above)).read()
        above = (*above, *titles)
    if understood:
        _say_hidden_parts(report)
    elif not report.findings:
        report.warn(
            "sheet_unrecognised",
            f"没有认出工作表“{report.sheet.name}”的表头，未读取" if report.sheet.name else "没有认出表头，未读取",
            "请指出哪一行是表头、哪一列是区县；表头应有“区县”列和指标名称，或“区县、考核期、指标、值”四列",
        )


def _say_hidden_sheet(report: SheetReport) -> None:
    if any(is_figure(report.sheet.at(*place)) for place in list(report.sheet.cells)[:2000]):
        report.warn(
            "hidden_sheet",
            f"工作表“{report.sheet.name}”是隐藏的，未读取",
            "如果其中有要上报的数据，请取消隐藏后重新导入",
        )


def _say_hidden_parts(report: SheetReport) -> None:
    """What people cannot see they do not mean to report; but they are told that it was there."""
    sheet = report.sheet
    rows = [r for r in sorted(sheet.hidden_rows) if any(is_figure(sheet.at(r, c)) for c in sheet.rows.get(r, ()))]
    columns = [c for c in sorted(sheet.hidden_columns) if _holds_figures(sheet, c)]
    if rows:
        listed = "、".join(map(str, rows[:8])) + ("等" if len(rows) > 8 else "")
        report.warn("hidden_rows", f"第 {listed} 行是隐藏的，未读取", "如果要上报，请取消隐藏后重新导入", (rows[0], 1))
    if columns:
        listed = "、".join(column_letters(c) for c in columns[:8]) + ("等" if len(columns) > 8 else "")
        report.warn(
            "hidden_columns", f"{listed} 列是隐藏的，未读取", "如果要上报，请取消隐藏后重新导入", (1, columns[0])
        )


def _holds_figures(sheet: Sheet, column: int) -> bool:
    return any(is_figure(sheet.at(row, column)) for row in list(sheet.rows)[:500] if row not in sheet.hidden_rows)


def _say_skipped(report: SheetReport) -> None:
    if report.sheet.skipped:
        report.warn(
            "far_cells",
            f"有 {report.sheet.skipped} 个单元格离表格太远，未读取",
            "请删去表格之外的内容；如果是数据，请移到表格中",
        )


def _say_nothing_found(reports: list[SheetReport], name: str) -> None:
    report = reports[0] if reports else SheetReport(name, Sheet(""))
    if not reports:
        reports.append(report)
    if not any(f.is_error for r in reports for f in r.findings):
        report.error(
            "file_unrecognised",
            f"文件“{name}”中没有读到任何指标数据",
            "请核对是否选错了文件；表头应有区县名和指标名，也可使用本软件生成的填报表",
        )
