"""Small workbooks as districts send them, for the tests of importing in the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

HEAD = ("区县", "PM2.5年均浓度（μg/m³）", "空气优良天数比率（%）", "林木覆盖率（%）")


def workbook(path: Path, rows: Sequence[Sequence[object]], *, title: str = "2024年度指标汇总表") -> Path:
    """A title, a header and rows, as a bureau's own table looks."""
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    if title:
        sheet.append([title])
    for row in rows:
        sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def good_sheet(folder: Path) -> Path:
    """One value changed (甲区 PM2.5 32.5 → 31), one new (丙县 林木覆盖率), the rest as it is."""
    rows = [HEAD, ("甲区", 31, 84, 30), ("乙区", 42, 76.5, 23), ("丙县", 28, 90, 46.5)]
    return workbook(folder / "各区县 汇总.xlsx", rows)


def bad_sheet(folder: Path) -> Path:
    """C3 is no number, B4 out of range; the rest is sound."""
    rows = [HEAD, ("甲区", 31, "约84", 30), ("乙区", 4200, 76.5, 23), ("丙县", 28, 90, 46.5)]
    return workbook(folder / "有错的 表.xlsx", rows)
