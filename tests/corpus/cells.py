"""Cells as people type them: each read by a stated rule, or refused with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from tests.corpus.case import Case, Said, Value, error, warning
from tests.corpus.writers import Formula, Page, Shown, by_openpyxl, excel, new_wps, old_wps, text

TITLES = {
    "pm25": "PM2.5年均浓度", "good_days": "空气优良天数比率", "trading": "排污权交易金额", "farmland": "耕地保有量",
}  # fmt: skip
NA, CONCERNED = "not_applicable", "not_applicable?"
SHEET = "数据"
_HEAD = ["区县", "年份", "指标", "值"]

# What was typed, and what it is: a number; a number, the raw text and a note; NA; or the code of its refusal.
NUMBERS = (
    ("pm25", 42, 42), ("pm25", 42.5, 42.5), ("pm25", "42.5", 42.5), ("pm25", "４２．５", 42.5), ("pm25", " 42 ", 42),
    ("pm25", "42\u00a0", 42), ("pm25", "\u3000 42", 42), ("pm25", "42μg/m³", 42), ("pm25", "42 ug/m3", 42),
    ("pm25", "42微克/立方米", 42), ("pm25", "42㎍/㎥", 42), ("pm25", "0", 0), ("pm25", "0.0", 0), ("pm25", ".5", 0.5),
    ("trading", "1,234.5", 1234.5), ("trading", "１，２３４", 1234), ("trading", "12,345,678", 12345678),
    ("trading", "-0.5", -0.5), ("trading", "−0.5", -0.5), ("trading", "+3", 3), ("trading", "1.2e3", 1200),
    ("trading", "1200万元", 1200), ("trading", "1,200 万元", 1200), ("good_days", "86.4%", 86.4),
    ("good_days", "86.4％", 86.4), ("good_days", "86.4 %", 86.4), ("good_days", 86.4, 86.4), ("good_days", "100", 100),
    ("farmland", "11975.5公顷", 11975.5), ("pm25", "4\u200b2", 42),
)  # fmt: skip
LEFT_OUT = (
    ("pm25", "—", NA), ("pm25", "/", NA), ("pm25", "-", NA), ("pm25", "——", NA), ("pm25", "－", NA), ("pm25", "不适用", NA),
    ("pm25", "N/A", NA), ("pm25", "缺", "not_reported"), ("pm25", "未报", "not_reported"), ("pm25", "暂无", "not_reported"),
    ("pm25", "暂无数据", "not_reported"), ("pm25", "……", "not_reported"), ("pm25", "待核实", "not_reported"),
    ("pm25", "不涉及", CONCERNED),
)  # fmt: skip
REFUSED = (
    ("good_days", "≥95", "approximate"), ("pm25", "约42", "approximate"), ("pm25", "42左右", "approximate"),
    ("pm25", "<15", "approximate"), ("pm25", "50以上", "approximate"), ("pm25", "近40", "approximate"),
    ("pm25", "无", "ambiguous_none"), ("pm25", "未检出", "not_detected"),
    ("pm25", "ND", "not_detected"), ("pm25", "0.01L", "not_detected"), ("pm25", "42（修正）", "with_remark"),
    ("pm25", "42(2023年口径)", "with_remark"), ("pm25", "42*", "with_remark"), ("pm25", "42①", "with_remark"),
    ("pm25", "35-40", "range_text"), ("pm25", "35～40", "range_text"), ("pm25", "35至40", "range_text"),
    ("pm25", "35↑", "trend_text"), ("pm25", "下降3.5", "trend_text"), ("pm25", "33,5", "bad_separator"),
    ("trading", "1,23,456", "bad_separator"), ("trading", "1 234", "unreadable"), ("trading", "1.234,5", "unreadable"),
    ("pm25", "四十二", "unreadable"), ("pm25", "Ⅱ类", "unreadable"), ("pm25", "√", "unreadable"), ("pm25", "优", "unreadable"),
    ("pm25", "是", "unreadable"), ("pm25", "42.5.1", "unreadable"), ("pm25", "2024/1/15", "unreadable"),
    ("pm25", "见附件", "unreadable"), ("pm25", "42\n43", "unreadable"), ("pm25", "86.4%", "unit_mismatch"),
    ("pm25", "33mg/L", "unit_mismatch"), ("trading", "12万", "unit_mismatch"), ("pm25", "1e999", "unreadable"),
    ("pm25", "#DIV/0!", "cell_error"), ("pm25", "#N/A", "cell_error"), ("pm25", "(12)", "unreadable"),
    ("pm25", "９９９", "out_of_range"), ("good_days", "-3", "out_of_range"), ("good_days", 101.5, "out_of_range"),
)  # fmt: skip
FORMATS = (
    ("good_days", Shown(0.864, "0.0%"), (86.4, "86.4%", "百分比格式，存储值 0.864，按 86.4% 读取")),
    ("good_days", Shown(1, "0%"), (100, "100%", "百分比格式，存储值 1，按 100% 读取")),
    ("good_days", Shown(86.4, '0.0"%"'), (86.4, "86.4", None)),
    ("good_days", Shown(86.4, r"0.0\%"), (86.4, "86.4", None)),
    ("good_days", Shown(86.4, "0.00"), (86.4, "86.4", None)),
    ("pm25", Shown(33, '0.0"μg/m³"'), (33, "33", None)),
    ("pm25", Shown("42", "@"), (42, "42", None)),
    ("trading", Shown(1200, "#,##0.00_);[Red](#,##0.00)"), (1200, "1200", None)),
    ("trading", Shown(1200, '"¥"#,##0'), (1200, "1200", None)),
    ("pm25", Shown(0.33, "0%"), "percent_for_other_unit"),
    ("trading", Shown(123456, '0!.0,"万"'), "scaled_format"),
    ("trading", Shown(123456, "#,##0,"), "scaled_format"),
    ("pm25", Shown(33, '0.0"吨"'), "unit_mismatch"),
    ("pm25", Shown(45307, "yyyy/m/d"), "date_for_number"),
    ("pm25", Shown(45307, 'm"月"d"日"'), "date_for_number"),
)


def long_form(
    entries: Sequence[tuple[str, Any, Any]], sheet: str = SHEET
) -> tuple[list[list[Any]], list[Value], list[Said]]:
    """A row each, every other year, so that no value stands beside last year's."""
    rows: list[list[Any]] = [_HEAD]
    values, findings = [], []
    for n, (indicator, typed, expected) in enumerate(entries):
        year, cell = 1950 + 2 * n, f"D{n + 2}"
        rows.append(["甲区", year, TITLES[indicator], typed])
        raw = typed if isinstance(typed, str) else f"{typed:.15g}" if isinstance(typed, (int, float)) else None
        number, note = expected, None
        if isinstance(expected, tuple):
            number, raw, note = expected
        if expected == "not_reported":
            findings.append(warning(expected, sheet, cell))
        elif isinstance(number, str) and number not in {NA, CONCERNED}:
            findings.append(error(number, sheet, cell))
        else:
            if number == NA:
                note = f"表中填“{str(typed).replace('－', '-')}”"
            if number == CONCERNED:
                number, note = NA, "表中填“不涉及”，未写认定依据"
                findings.append(warning("no_approval", sheet, cell))
            value = number if isinstance(number, str) else float(number)
            values.append(Value("", sheet, cell, "甲区", indicator, str(year), value, raw, note))
    return rows, values, findings


def _cases(stem: str, about: str, entries, **writers) -> Iterator[Case]:
    for name, write in writers.items():
        suffix = {"et": "et", "xls": "xls", "csv": "csv", "tsv": "tsv"}.get(name, "xlsx")
        label = {"wps": " WPS", "script": " 脚本"}.get(name, "")
        sheet = "" if suffix in {"csv", "tsv"} else SHEET
        rows, values, findings = long_form(entries, sheet)
        make = (
            partial(text, rows=rows, encoding="gb18030") if suffix == "csv" else partial(_write, write, {SHEET: rows})
        )
        questions = [("conversion", sheet, f.cell) for f in findings if f.code == "asked"]
        yield Case(f"{stem}{label}.{suffix}", about, make, values, findings=findings, questions=questions)


def _write(write, sheets, path) -> None:
    write(path, sheets)


def typed() -> Iterator[Case]:
    yield from _cases(
        "单元 数字写法",
        "全角、千分位、带单位、负号、科学记数、文本数字",
        NUMBERS,
        excel=excel,
        wps=new_wps,
        et=old_wps,
        csv=text,
    )
    _, values, _ = long_form(NUMBERS)
    yield Case("单元 数字写法.ods", "同上，LibreOffice", values=values, made_from="单元 数字写法.xlsx")
    yield from _cases(
        "单元 不适用与未报", "—、/、不适用、缺、未报、不涉及", LEFT_OUT, excel=excel, et=old_wps, csv=text
    )
    yield from _cases(
        "单元 拒读",
        "约数、范围、附注、趋势、单位不符、文字、越界：逐格说明",
        REFUSED,
        excel=excel,
        wps=new_wps,
        et=old_wps,
        csv=text,
    )


def shown() -> Iterator[Case]:
    yield from _cases(
        "单元 显示格式", "百分比、印出的单位、缩放、日期格式", FORMATS, excel=excel, wps=new_wps, et=old_wps
    )


def formulas() -> Iterator[Case]:
    entries = (
        ("pm25", Formula("=30+3", 33), (33, "33", None)),
        ("pm25", Formula('="4"&"2"', "42"), (42, "42", None)),
        ("trading", Formula("=SUM([1]明细!$A$1:$A$9)", 1200), (1200, "1200", None)),
        ("pm25", Formula("=30+3"), "uncalculated"),
        ("pm25", Formula("=1/0", "#DIV/0!"), "cell_error"),
        ("pm25", Formula("=VLOOKUP(1,A1:B2,3)", "#REF!"), "cell_error"),
        ("pm25", Formula('=IF(1,"")', ""), "uncalculated"),
    )
    yield from _cases("单元 公式", "有结果的公式读结果，没有结果的、出错的逐格说明", entries[:6], excel=excel)
    entries = tuple((i, f, "uncalculated") for i, f, _ in (entries[0], entries[3]))
    yield from _cases("单元 公式未计算", "脚本写的公式没有结果：不当 0，不当空", entries, script=by_openpyxl)

    rows = [
        ["区县", "PM2.5年均浓度", "空气优良天数比率"],
        ["甲区", Formula("=1/0", "#DIV/0!"), True],
        ["乙县", Formula("=NA()", "#N/A"), 81],
        ["丙区", 30, 85],
    ]
    values = [
        Value("", "2024年", "C3", "乙县", "good_days", "2024", 81.0, "81"),
        Value("", "2024年", "B4", "丙区", "pm25", "2024", 30.0, "30"),
        Value("", "2024年", "C4", "丙区", "good_days", "2024", 85.0, "85"),
    ]
    said = (
        error("cell_error", "2024年", "B2"),
        error("bool_for_number", "2024年", "C2"),
        error("cell_error", "2024年", "B3"),
    )
    yield Case(
        "单元 错误值.xlsx", "#DIV/0!、#N/A、TRUE", partial(_write, excel, {"2024年": rows}), values, findings=said
    )
    for kind in ("ods", "xls", "xlsx"):
        yield Case(f"单元 错误值 LibreOffice.{kind}", "同上，LibreOffice", values=values, findings=said, made_from="单元 错误值.xlsx")  # fmt: skip


def texts() -> Iterator[Case]:
    rows = [
        ["2024年\n指标表"],
        ["区　县", "PM₂.₅年均浓度\n（μg/m³）", "空气优良\n天数比率"],
        ["甲 区", 33, 82],
        ["乙　县", 34, 81],
        ["𬭚州区", 28, 93],
    ]
    page = Page(rows, ("A1:C1",), comments={"B3": "此数 99 待核", "C4": "口径见附件"})
    values = [
        Value("", "表", f"{letter}{row}", district, indicator, "2024", float(rows[row - 1][c]), f"{rows[row - 1][c]}")
        for row, district in ((3, "甲区"), (4, "乙县"), (5, "𬭚州区"))
        for c, letter, indicator in ((1, "B", "pm25"), (2, "C", "good_days"))
    ]
    yield Case("单元 换行空格批注.xlsx", "表头换行、名称中有空格、下标、批注里的数不是数据", partial(_write, excel, {"表": page}), values)  # fmt: skip
    yield Case("单元 换行空格批注.ods", "同上，LibreOffice", values=values, made_from="单元 换行空格批注.xlsx")
    yield Case("单元 换行空格富文本 WPS.xlsx", "同上，WPS：名称是富文本、带拼音", partial(_write, new_wps, {"表": Page(rows, ("A1:C1",))}), values)  # fmt: skip


def all_cells() -> Iterator[Case]:
    for family in (typed, shown, formulas, texts):
        yield from family()
