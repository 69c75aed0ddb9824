"""Reads a workbook as a template: its fields, the rows that repeat, its formulas, and what filling it would lose."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from ecoscore.reporting.templates.blocks import Found, blocks_of
from ecoscore.reporting.templates.cells import cells_of
from ecoscore.reporting.templates.formula import Place, moved
from ecoscore.reporting.templates.guard import BROKEN_ZIP, damaged
from ecoscore.reporting.templates.package import Extras, extras_of
from ecoscore.reporting.templates.rows import Block, RowMap
from ecoscore.reporting.templates.scan import Scan
from ecoscore.reporting.templates.syntax import has_braces
from ecoscore.reporting.templates.xlsx_text import text_of

# What openpyxl runs into with files that are sound zips and sound XML but no workbook.
_NO_WORKBOOK = (*BROKEN_ZIP, InvalidFileException, ET.ParseError, KeyError, TypeError, IndexError, AttributeError)
_TWICE = 2
MANUALS = frozenset(
    {"说明", "模板说明", "填写说明", "字段说明"}
)  # sheets for who makes the form; the filled file goes without


@dataclass(frozen=True, slots=True)
class XlsxForm:
    """A workbook ready to be filled, any number of times: its bytes, and per sheet the blocks that repeat."""

    path: Path
    data: bytes
    blocks: dict[str, tuple[Block, ...]]
    extras: Extras

    def load(self) -> Workbook:
        return load(self.path, self.data)


def load(path: Path, data: bytes) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl drops is told by `package`, in our users' language
            book = openpyxl.load_workbook(BytesIO(data), rich_text=True)
    except _NO_WORKBOOK as error:
        raise damaged(path) from error
    for sheet in [s for s in book.worksheets if s.title.strip() in MANUALS]:
        if len(book.worksheets) > 1:
            book.remove(sheet)
    book.active = 0
    return book


def scan_xlsx(path: Path, scan: Scan) -> XlsxForm:
    """Everything about the form; findings go to `scan`."""
    data = path.read_bytes()
    book, extras = load(path, data), extras_of(path)
    blocks = {sheet.title: _scan_sheet(sheet, extras, scan) for sheet in book.worksheets}
    for title in (s.title for s in book.worksheets if has_braces(s.title)):
        scan.error("field_out_of_reach", f"工作表名称里的字段不能填：{title}", "请给工作表起固定的名字", title)
    for title in (str(s.title) for s in book.chartsheets):
        scan.warn("kept_with_doubt", f"图表工作表“{title}”会保留，细部样式可能有变", "填好后请看一眼", title)
    kept = {s.title for s in book.worksheets}
    _tell_losses(Extras({t: own for t, own in extras.sheets.items() if t in kept}, extras.lost), scan)
    _tell_formulas(book, blocks, scan)
    return XlsxForm(path, data, blocks, extras)


def _scan_sheet(sheet: Worksheet, extras: Extras, scan: Scan) -> tuple[Block, ...]:
    title = sheet.title
    ends = {(r.min_row, r.min_col): r.max_row for r in sheet.merged_cells.ranges}
    found: list[Found] = []
    for (row, column), cell in sorted(cells_of(sheet).items()):
        value = cell.value
        formula = value.text if isinstance(value, ArrayFormula) else value if cell.data_type == "f" else None
        if isinstance(formula, str):
            if has_braces(formula):
                scan.error(
                    "field_out_of_reach", f"公式里的字段不能填：{formula[:60]}",
                    "请把字段单独放在一个单元格，公式引用那个单元格", title, cell.coordinate,
                )  # fmt: skip
        elif text := text_of(value):
            found += [
                Found(row, ends.get((row, column), row), one, title, cell.coordinate)
                for one in scan.read(text, title, cell.coordinate)
            ]
    own = extras.sheets.get(title)
    for text in own.bands.values() if own else ():
        scan.single(scan.read(text, title, "页眉页脚"), title, "页眉页脚")
    return blocks_of(found, scan)


def _tell_losses(extras: Extras, scan: Scan) -> None:
    for title, own in extras.sheets.items():
        for text in own.texts:
            where, _, name = text.partition("\t")
            scan.error("field_out_of_reach", f"{where}里的字段填不了：{name}", "请把字段移到单元格里", title)
        for what in own.lost:
            scan.warn("lost_on_filling", f"填表后会丢失：{what}", "请在填好的文件里补上，或在模板里改用别的办法", title)
        for what in own.kept:
            scan.warn("kept_with_doubt", f"{what}会保留，细部样式可能有变", "填好后请看一眼", title)
    for what in extras.lost:
        scan.warn("lost_on_filling", f"填表后会丢失：{what}", "请在填好的文件里补上，或在模板里改用别的办法")


def _tell_formulas(book: Workbook, blocks: dict[str, tuple[Block, ...]], scan: Scan) -> None:
    """One warning for all formulas, and one for each that will mean something else than its author may think."""
    maps = {title: RowMap(found, (_TWICE,) * len(found)) for title, found in blocks.items()}
    any_formula = False
    for sheet in book.worksheets:
        for (row, _), cell in sorted(cells_of(sheet).items()):
            text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
            any_formula |= cell.data_type == "f" or isinstance(cell.value, DataTableFormula)
            if not isinstance(cell, Cell) or cell.data_type != "f" or not isinstance(text, str):
                continue
            block = maps[sheet.title].block_of(row)
            told = moved(text, Place(sheet.title, block), maps)
            if told.only_first:
                scan.warn(
                    "first_row_only", f"公式引用了重复行里的单元格 {'、'.join(told.only_first)}，填表后只指第一行：{text[:60]}",
                    "要引用整列，请写成区域，如 SUM(E5:E5)；填表时会随行数延长", sheet.title, cell.coordinate,
                )  # fmt: skip
            if told.across:
                scan.warn(
                    "across_sheets", f"公式里的跨表引用不会随行移动：{'、'.join(told.across)}", "填好后请核对这个公式",
                    sheet.title, cell.coordinate,
                )  # fmt: skip
    if any_formula:
        scan.warn(
            "formulas_uncalculated", "模板里有公式，填好后公式要在打开时重新计算，才有结果",
            "用 Excel、WPS 或 LibreOffice 打开即自动计算，存盘后再发给别人；手机和邮件预览里公式处可能是空白",
        )  # fmt: skip
