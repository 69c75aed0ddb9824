"""Writes resources/demo: what ten fictional districts might really send in, from the two plain tables beside this file.

Deterministic: the same tables give the same bytes. Run `python -m tests.tools.make_demo` from the top of the tree.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FICTION = "虚构示例数据"
YEARS = (2022, 2023, 2024)
URBAN = ("甲区", "乙区", "丙区", "丁区", "戊区")
RURAL = ("己县", "庚县", "辛县", "壬县", "癸县")
NOT_APPLICABLE, MISSING = "不适用", "未报"
GROUND = {"eco_shoreline": "辖区无岸线", "mine_restoration": "辖区无废弃矿山", "carbon_compliance": "辖区无纳管企业"}
CREATED = dt.datetime(2025, 1, 15, 9, 0, 0)  # noqa: DTZ001  a fixed stamp keeps the bytes equal

# What one district's office calls things, where it is not the scheme's own title.
NICKNAMES = {
    "good_days_ratio": "空气质量优良天数比率",
    "pm25": "细颗粒物（PM2.5）年均浓度",
    "o3": "臭氧日最大8小时平均第90百分位数",
    "surface_water": "国省考断面优Ⅲ比例",
    "water_source": "饮用水水源水质达标率",
    "park_500m": "公园绿地服务半径覆盖率",
    "energy_intensity_cut": "单位GDP能耗下降率",
    "carbon_intensity_cut": "单位GDP碳排放下降率",
    "park_remediation": "危污乱散低治理任务完成率",
    "emission_trading": "排污权交易额",
    "inspection": "督察整改完成率",
    "satisfaction": "公众满意度",
}

Values = dict[tuple[str, int, str], str]


def read_table(name: str) -> Values:
    """(indicator, year, district) → the value as text, with its decimals."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return {
            (row["indicator"], int(row["period"]), d): text
            for row in csv.DictReader(lines)
            for d, text in row.items()
            if d not in ("indicator", "period")
        }


def read_groups() -> list[dict[str, Any]]:
    text = (ROOT / "resources" / "schemes" / "jiangsu-green.yaml").read_text(encoding="utf-8")
    groups: list[dict[str, Any]] = yaml.safe_load(text)["groups"]
    return groups


VALUES, TARGETS, GROUPS = read_table("demo_values.csv"), read_table("demo_targets.csv"), read_groups()
INDICATORS = [i for g in GROUPS for i in g["indicators"]]


class Book:
    """An xlsx workbook with the few formats a bureau's table has, and the same bytes every time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(path)
        self.book.set_properties(
            {"title": path.stem, "author": "示例市生态环境局", "comments": FICTION, "created": CREATED}
        )
        base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
        grid = base | {"border": 1, "align": "center"}
        self.title = self.book.add_format(base | {"font_size": 16, "bold": True, "align": "center"})
        self.note = self.book.add_format(base | {"align": "left"})
        self.head = self.book.add_format(grid | {"bold": True, "text_wrap": True})
        self.cell = self.book.add_format(grid)
        self.left = self.book.add_format(grid | {"align": "left"})
        self.grid = grid
        self._number_formats: dict[str, Any] = {}

    def number(self, number_format: str) -> Any:
        if number_format not in self._number_formats:
            self._number_formats[number_format] = self.book.add_format(self.grid | {"num_format": number_format})
        return self._number_formats[number_format]

    def close(self) -> None:
        for sheet in self.book.worksheets():
            sheet.fit_to_pages(1, 0)
        self.book.close()


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


def put(book: Book, sheet: Any, row: int, column: int, text: str) -> None:
    """A number as a number with its decimals shown, anything else as text."""
    try:
        value = float(text)
    except ValueError:
        sheet.write_string(row, column, text, book.cell)
        return
    places = decimals(text)
    sheet.write_number(row, column, value, book.number("0." + "0" * places if places else "0"))


def group_header(book: Book, sheet: Any, top: int, left: int) -> None:
    """Groups over their indicators, the groups' cells merged; units below."""
    column = left
    for group in GROUPS:
        last = column + len(group["indicators"]) - 1
        sheet.merge_range(top, column, top, last, group["title"], book.head)
        for n, indicator in enumerate(group["indicators"]):
            sheet.write_string(top + 1, column + n, indicator["title"], book.head)
            sheet.write_string(top + 2, column + n, indicator.get("unit", "—"), book.cell)
        column = last + 1


def wide(path: Path, districts: Sequence[str]) -> None:
    """Several districts in one table a year: title rows, two header levels, a row of units, an average, a note."""
    book = Book(path)
    for year in YEARS:
        sheet = book.book.add_worksheet(f"{year}年度")
        width = len(INDICATORS) + 1
        sheet.merge_range(0, 0, 0, width, f"示例市城区绿色政绩考核指标汇总表（{year}年度）", book.title)
        sheet.merge_range(1, 0, 1, width, f"填报单位：示例市生态环境局　　{FICTION}", book.note)
        sheet.merge_range(2, 0, 4, 0, "序号", book.head)
        sheet.merge_range(2, 1, 4, 1, "区县", book.head)
        group_header(book, sheet, 2, 2)
        for n, district in enumerate(districts):
            sheet.write_number(5 + n, 0, n + 1, book.cell)
            sheet.write_string(5 + n, 1, district, book.cell)
            for c, indicator in enumerate(INDICATORS):
                text = VALUES[indicator["id"], year, district]
                put(book, sheet, 5 + n, 2 + c, "—" if text == NOT_APPLICABLE else text)
        average_row(book, sheet, 5, districts, year)
        sheet.write_string(7 + len(districts), 0, f"注：“—”表示不适用。{FICTION}。", book.note)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, width, 11)
        sheet.set_row(3, 48)
        sheet.freeze_panes(5, 2)
        sheet.set_landscape()
        sheet.set_paper(8)
    book.close()


def average_row(book: Book, sheet: Any, top: int, districts: Sequence[str], year: int) -> None:
    """The line many bureaus put under their table: no district, a live formula with its value."""
    row = top + len(districts)
    sheet.write_string(row, 1, "平均（仅供参考）", book.cell)
    for c, indicator in enumerate(INDICATORS):
        known = [
            float(t) for d in districts if (t := VALUES[indicator["id"], year, d]) not in (NOT_APPLICABLE, MISSING)
        ]
        letter = xlsxwriter.utility.xl_col_to_name(2 + c)
        mean = sum(known) / len(known) if known else ""
        formula = f'=IFERROR(AVERAGE({letter}{top + 1}:{letter}{row}),"")'
        sheet.write_formula(row, 2 + c, formula, book.number("0.00"), mean)


def own_table(path: Path, district: str, *, percent_cells: bool) -> None:
    """One district's workbook: indicators down, years across, section rows, remarks.

    With `percent_cells` percentages are kept as Excel's own (0.836 shown as 83.6%), as many offices do.
    """
    book = Book(path)
    sheet = book.book.add_worksheet("指标报送表")
    sheet.merge_range(0, 0, 0, 6, f"{district}绿色政绩考核指标报送表", book.title)
    sheet.merge_range(1, 0, 1, 6, f"填报单位：{district}人民政府　　{FICTION}", book.note)
    for c, text in enumerate(("序号", "指标名称", "计量单位", "2022年", "2023年", "2024年", "备注")):
        sheet.write_string(2, c, text, book.head)
    row, number = 3, 0
    for n, group in enumerate(GROUPS):
        sheet.merge_range(row, 0, row, 6, f"{'一二三四五'[n]}、{group['title']}", book.left)
        row += 1
        for indicator in group["indicators"]:
            number += 1
            own_row(book, sheet, row, number, indicator, district=district, percent_cells=percent_cells)
            row += 1
    sheet.write_string(row, 0, f"填表人：（示例）　　复核人：（示例）　　{FICTION}", book.note)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 6, 12)
    sheet.freeze_panes(3, 2)
    book.close()


def own_row(
    book: Book, sheet: Any, row: int, number: int, indicator: dict[str, Any], *, district: str, percent_cells: bool
) -> None:
    key, unit = indicator["id"], indicator.get("unit", "—")
    sheet.write_number(row, 0, number, book.cell)
    sheet.write_string(row, 1, NICKNAMES.get(key, indicator["title"]), book.left)
    sheet.write_string(row, 2, unit, book.cell)
    for c, year in enumerate(YEARS):
        text = VALUES[key, year, district]
        if percent_cells and unit == "%" and text != NOT_APPLICABLE:
            places = decimals(text)
            shown = book.number("0." + "0" * places + "%" if places else "0%")
            sheet.write_number(row, 3 + c, round(float(text) / 100, places + 2), shown)
        else:
            put(book, sheet, row, 3 + c, text)
    remark = GROUND.get(key, "") if VALUES[key, 2024, district] == NOT_APPLICABLE else ""
    sheet.write_string(row, 6, remark, book.left)


def long_csv(path: Path, districts: Sequence[str]) -> None:
    """The statistics office's export: one value a line, in the encoding of a Chinese Windows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["区县", "考核期", "指标", "单位", "指标值", "备注"])
        for district in districts:
            for year in YEARS:
                for indicator in INDICATORS:
                    text = VALUES[indicator["id"], year, district]
                    remark = GROUND[indicator["id"]] if text == NOT_APPLICABLE else FICTION
                    unit = indicator.get("unit", "")
                    writer.writerow([district, f"{year}年", indicator["title"], unit, text, remark])


def old_xls(path: Path, district: str) -> None:
    """A district still on Excel 97: indicators down, years across; what it owes is left blank with an excuse."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("上报")
    sheet.write_merge(0, 0, 0, 5, f"{district}生态环境指标上报表（{FICTION}）")
    for c, text in enumerate(("指标", "单位", "2022年", "2023年", "2024年", "说明")):
        sheet.write(1, c, text)
    for r, indicator in enumerate(INDICATORS, start=2):
        sheet.write(r, 0, indicator["title"])
        sheet.write(r, 1, indicator.get("unit", ""))
        for c, year in enumerate(YEARS, start=2):
            text = VALUES[indicator["id"], year, district]
            if text == MISSING:
                sheet.write(r, 5, "2024年数正在核实，未报")
                continue
            style = xlwt.XFStyle()
            style.num_format_str = "0." + "0" * decimals(text) if decimals(text) else "0"
            sheet.write(r, c, float(text), style)
    sheet.col(0).width = 256 * 38
    book.save(str(path))


def fullwidth(text: str) -> str:
    return "".join(chr(ord(ch) + 0xFEE0) if ch.isdigit() else ch for ch in text)


def typed(indicator: dict[str, Any], year: int, text: str, column: int) -> str:
    """A value as hurried people type it into a text cell: full-width digits, %, units, separators, stray blanks."""
    unit = indicator.get("unit", "")
    if text == NOT_APPLICABLE:
        return " 不适用 "
    if unit == "%" and (year + column) % 2:
        return f"{text}%"
    if unit == "μg/m³":
        return f"{text} μg/m³" if column else f"{fullwidth(text)}　"
    if unit == "万元":
        return f"{float(text):,.1f} 万元"
    return fullwidth(text) if column == 0 else f"{text}  "


def hand_typed(path: Path, districts: Sequence[str]) -> None:
    """Indicators down, districts across, everything text, with a line of totals nobody asked for."""
    book = Book(path)
    for year in YEARS:
        sheet = book.book.add_worksheet(f"{year}")
        sheet.merge_range(0, 0, 0, 4, f" {year}年度指标完成情况表　（{FICTION}）", book.title)
        for c, text in enumerate(("指标名称 ", "单位", *(f"{d} " for d in districts), "备注")):
            sheet.write_string(1, c, text, book.head)
        for r, indicator in enumerate(INDICATORS, start=2):
            sheet.write_string(r, 0, f"{indicator['title']} ", book.left)
            sheet.write_string(r, 1, indicator.get("unit", ""), book.cell)
            for c, district in enumerate(districts):
                text = VALUES[indicator["id"], year, district]
                sheet.write_string(r, 2 + c, typed(indicator, year, text, c), book.cell)
                if text == NOT_APPLICABLE:
                    sheet.write_string(r, 2 + len(districts), f"{district}{GROUND[indicator['id']]}", book.left)
        last = len(INDICATORS) + 2
        sheet.write_string(last, 0, "合计（已报项数，由乡镇办统计）", book.left)
        for c, district in enumerate(districts):
            known = sum(VALUES[i["id"], year, district] != NOT_APPLICABLE for i in INDICATORS)
            sheet.write_string(last, 2 + c, f"{known} 项", book.cell)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 4, 16)
    book.close()


def target_table(path: Path) -> None:
    """The year's task sheet for binding indicators: districts down, targets across."""
    book = Book(path)
    binding = [i for i in INDICATORS if i.get("binding")]
    for year in YEARS:
        sheet = book.book.add_worksheet(f"{year}年度目标")
        sheet.merge_range(0, 0, 0, len(binding), f"{year}年度约束性指标目标值（{FICTION}）", book.title)
        sheet.write_string(1, 0, "区县", book.head)
        for c, indicator in enumerate(binding, start=1):
            sheet.write_string(1, c, f"{indicator['title']}（{indicator['unit']}）", book.head)
        for r, district in enumerate((*URBAN, *RURAL), start=2):
            sheet.write_string(r, 0, district, book.cell)
            for c, indicator in enumerate(binding, start=1):
                put(book, sheet, r, c, TARGETS[indicator["id"], year, district])
        sheet.set_column(0, len(binding), 14)
        sheet.set_row(1, 42)
    book.close()


def district_list(path: Path) -> None:
    """Names, fictional codes (no province begins with 99), level and peer group, for `ecoscore new --districts`."""
    book = Book(path)
    sheet = book.book.add_worksheet("区县名单")
    for c, text in enumerate(("区县", "代码", "层级", "上级", "分类组", "备注")):
        sheet.write_string(0, c, text, book.head)
    for r, district in enumerate((*URBAN, *RURAL), start=1):
        group = "城区" if district in URBAN else "县域"
        row = (district, f"9901{r:02d}" if group == "城区" else f"9901{r + 15:02d}", "县级", "示例市", group, FICTION)
        for c, text in enumerate(row):
            sheet.write_string(r, c, text, book.cell)
    sheet.set_column(0, 5, 12)
    book.close()


def flawed(path: Path) -> None:
    """A sheet with the defects that come up most, to show what findings look like. Not part of the demo's import."""
    book = Book(path)
    sheet = book.book.add_worksheet("2024年度")
    names = ("空气优良天数比率", "PM2.5年均浓度", "国省考断面水质优Ⅲ比例", "排污权交易金额", "公众对生态环境质量满意度")
    sheet.merge_range(0, 0, 0, len(names), f"2024年度指标表（有问题的例子，{FICTION}）", book.title)
    for c, text in enumerate(("区县", *names)):
        sheet.write_string(1, c, text, book.head)
    for c, text in enumerate(("", "%", "μg/m³", "%", "万元", "%")):
        sheet.write_string(2, c, text, book.cell)
    rows = (
        ("甲区", "0.847", "31.6", "98.0", "", "92.6"),
        ("乙区", "0.883", "约42", "99.3", "1483.3", "93.3"),
        ("丙区", "0.841", "32.7", "88.9", "557.8", "188.8"),
        ("子区", "0.800", "35.0", "85.0", "600.0", "88.0"),
    )
    for r, row in enumerate(rows, start=3):
        for c, text in enumerate(row):
            put(book, sheet, r, c, text)
    sheet.write_formula("E4", "=SUM(H4:H9)", book.cell, "")  # saved by a program that did not calculate
    sheet.write_formula("D6", "=8/0", book.cell, "#DIV/0!")
    sheet.set_column(0, len(names), 16)
    book.close()


def main(folder: Path) -> None:
    """Write every generated file of the demo below `folder`."""
    reports = folder / "报送"
    wide(reports / "1 城区指标汇总表.xlsx", ("甲区", "乙区", "丙区"))
    own_table(reports / "2 丁区指标报送表.xlsx", "丁区", percent_cells=False)
    own_table(reports / "3 戊区指标报送表.xlsx", "戊区", percent_cells=True)
    long_csv(reports / "4 己县庚县统计导出.csv", ("己县", "庚县"))
    old_xls(reports / "5 辛县上报表.xls", "辛县")
    hand_typed(reports / "6 壬县癸县完成情况.xlsx", ("壬县", "癸县"))
    target_table(reports / "7 目标任务表.xlsx")
    district_list(folder / "区县名单.xlsx")
    (folder / "有问题的表").mkdir(exist_ok=True)
    flawed(folder / "有问题的表" / "有问题的指标表.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "demo")
