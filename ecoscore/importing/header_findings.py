"""What there is to say of a table's header as a whole: columns it leaves in doubt, rows longer than it, a title's unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ecoscore.importing.columns import Column, Table, is_figure
from ecoscore.importing.readers.book import Place, column_letters
from ecoscore.importing.row_labels import Row
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import factor, same_unit
from ecoscore.model.scheme import Reported


def say_incomplete(report: SheetReport, column: Column, constant: Row, asked: Collection[str]) -> None:
    """A column of figures whose header lacks what its neighbours' headers say would be lost without a word.

    `asked`: which of 区县, 指标, 考核期 the columns are to say.
    """
    said = {
        "指标": column.indicator or constant.indicator,
        "区县": column.district or constant.district,
        "考核期": column.period,
    }
    lacking = [what for what, found in said.items() if found is None and what in asked]
    place = (column.top, column.number)
    if lacking and place not in report.problems:
        named = f"（“{' '.join(column.text.split())}”）" if column.text else ""
        report.error(
            "column_incomplete",
            f"{column_letters(column.number)} 列{named}看不出是哪个{'、'.join(lacking)}的，该列未读取",
            "请把表头写完整（合并单元格或逐列写明），或指出该列是什么；不需要的列请删去",
            place,
        )


def without_torn_rows(report: SheetReport, table: Table) -> list[int]:
    """The rows of the table's body that may be read.

    In a text file a figure with a bare comma (1,035) falls into two fields and pushes the others to the right: rows
    with more fields than the header, where most have not, are refused.
    """
    sheet = report.sheet
    last = max((c.number for c in table.columns.values() if c.text), default=0)
    if sheet.name or max(table.columns) <= last:
        return table.body
    ends = {row: sheet.rows[row][-1] for row in table.body}
    torn = {row for row, end in ends.items() if end > last and is_figure(sheet.at(row, end))}
    if 2 * len(torn) > len(table.body):
        return table.body
    for row in sorted(torn):
        report.error(
            "torn_row",
            f"第 {row} 行比表头多出 {ends[row] - last} 格，整行未读取",
            "多半是数值里的千位逗号没有加引号，把一个数分成了两格：请去掉逗号，或改用 Excel 工作簿",
            (row, last + 1),
        )
    return [row for row in table.body if row not in torn]


def say_unfit_title_unit(report: SheetReport, unit: str, under: Mapping[str, tuple[Reported, Place]]) -> None:
    """A unit in the title that can be that of none of the indicators `under` it: one of the two is wrong."""
    units = {indicator.unit for indicator, _ in under.values()}
    if not units or any(same_unit(unit, own) or factor(unit, own) for own in units):
        return
    (first, place), *others = under.values()
    many = f"等 {len(units)} 种单位的指标" if len(units) > 1 else ""
    report.warn(
        "title_unit_unfit",
        f"标题写的单位是“{unit}”，而“{first.title}”{many}的单位是“{first.unit or '无'}”，数值按方案的单位读取",
        "请核对数值的单位；标题的单位写错了的，可以不理会",
        place,
        indicator=None if others else first.id,
    )
