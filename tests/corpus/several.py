"""Several files at once, and forms of our own that come back."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import openpyxl

from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.reporting.department_form import write_department_form
from ecoscore.reporting.entry_form import write_entry_form
from tests.corpus.case import Case, Value, error, warning
from tests.corpus.setting import DISTRICTS, SCHEME
from tests.corpus.writers import excel, old_wps, settle, text

Y2024 = Period(2024)


def _one(path: Path, district: str, pm25: float, good_days: float, write=excel) -> None:
    write(path, {"2024年": [["区县", "PM2.5年均浓度", "空气优良天数比率"], [district, pm25, good_days]]})


def _two(file: str, district: str, pm25: float, good_days: float, sheet: str = "2024年") -> list[Value]:
    return [
        Value(file, sheet, "B2", district, "pm25", "2024", float(pm25), f"{pm25}"),
        Value(file, sheet, "C2", district, "good_days", "2024", float(good_days), f"{good_days}"),
    ]


def _folder(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    (path / "县").mkdir(parents=True)
    _one(path / "甲区 2024.xlsx", "甲区", 33, 82)
    _one(path / "县" / "乙县.xls", "乙县", 34, 81, old_wps)
    text(path / "县" / "丁县2024.csv", [["区县", "PM2.5年均浓度", "空气优良天数比率"], ["丁县", 41, 70]], "gb18030")
    (path / "~$甲区 2024.xlsx").write_bytes(b"\x05owner")
    (path / "县" / "情况说明.docx").write_bytes(b"PK\x03\x04 not really")
    (path / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")


def several() -> Iterator[Case]:
    yield Case(
        "多件 文件夹", "一个文件夹：子文件夹、锁文件、说明文档、缩略图缓存", _folder,
        [*_two("甲区 2024.xlsx", "甲区", 33, 82), *_two("乙县.xls", "乙县", 34, 81), *_two("丁县2024.csv", "丁县", 41, 70, "")],
        findings=(warning("not_a_table", "", "", "多件 文件夹"),),
    )  # fmt: skip
    name = "多件 上报 GBK.zip"
    yield Case(
        name, "Windows 压的包：GBK 文件名、苹果垃圾文件、套着的压缩包、照片", _archive,
        [*_two(f"{name} › 上报/甲区.csv", "甲区", 33, 82, ""), *_two(f"{name} › 上报/乙县.xlsx", "乙县", 34, 81)],
        findings=(
            error("file_refused", "", "", f"{name} › 上报/又一包.zip"), warning("not_a_table", "", "", name),
        ),
    )  # fmt: skip
    both = partial(_pair, 33, 36)
    rest = _two("一稿.xlsx", "甲区", 33, 82)[1:]
    yield Case(
        "多件 两稿不一", "两个文件给同一数值不同：都不写，列出两处", both, rest,
        findings=(error("conflicting_values", "2024年", "B2", "二稿.xlsx"),), questions=[("conflict", "", "")],
    )  # fmt: skip
    key = ["甲区", "pm25", "2024", False]
    yield Case(
        "多件 两稿已选定", "选定二稿为准", both, [*rest, _two("二稿.xlsx", "甲区", 36, 82)[0]],
        questions=[("conflict", "", "")], options={"picks": [[key, "二稿.xlsx › 2024年 › B2"]]},
    )  # fmt: skip
    yield Case("多件 两稿一致", "两个文件完全一致：只写一次", partial(_pair, 33, 33), _two("一稿.xlsx", "甲区", 33, 82))
    pasted = '2024年指标\n区县\tPM2.5年均浓度\t空气优良天数比率\n甲区\t33\t82.0%\n乙县\t"1,034"\t81\n'
    yield Case(
        "多件 粘贴.txt", "从 WPS 复制、粘贴的一块", lambda path: path.write_text(pasted, encoding="utf-8", newline=""),
        [
            Value("", "", "B3", "甲区", "pm25", "2024", 33.0, "33"), Value("", "", "C3", "甲区", "good_days", "2024", 82.0, "82.0%"),
            Value("", "", "C4", "乙县", "good_days", "2024", 81.0, "81"),
        ],
        findings=(error("out_of_range", "", "B4"),), options={"pasted": True},
    )  # fmt: skip


def _pair(first: float, second: float, path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    _one(path / "一稿.xlsx", "甲区", first, 82)
    _one(path / "二稿.xlsx", "甲区", second, 82)


def _archive(path: Path) -> None:
    work = path.with_suffix(".tmp.xlsx")
    _one(work, "乙县", 34, 81)
    inner = work.read_bytes()
    work.unlink()
    rows = "区县,PM2.5年均浓度,空气优良天数比率,年份\n甲区,33,82,2024\n".encode("gb18030")
    members = {
        "上报/甲区.csv": rows, "上报/乙县.xlsx": inner, "__MACOSX/上报/._甲区.csv": b"\0\5", "上报/现场照片.jpg": b"\xff\xd8",
        "上报/又一包.zip": b"PK\5\6" + b"\0" * 18,
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo("x" * len(name.encode("gb18030")), (2025, 1, 15, 9, 0, 0))
            archive.writestr(entry, content)
    data = path.read_bytes()
    for name in members:  # written in place of the x's, without the mark for UTF-8, as Windows does
        raw = name.encode("gb18030")
        data = data.replace(b"x" * len(raw), raw, 1)
    # the table of contents holds each name once more, in the same order
    for name in members:
        raw = name.encode("gb18030")
        data = data.replace(b"x" * len(raw), raw, 1)
    path.write_bytes(data)


FILLED = {
    "pm25": 33,
    "good_days": 82.5,
    "water": 90,
    "forest": 41.35,
    "farmland": 11975.5,
    "trading": 1200,
    "solar": 3.5,
}


def _form(path: Path, change=None, title: str = "") -> None:
    """The form of 甲区 as the tool makes it, filled in and perhaps rearranged by its users."""
    before = {"pm25": Observation("甲区", "pm25", Period(2023), 36.0)}
    write_entry_form(path, SCHEME, DISTRICTS[0], Y2024, before, {}, {"pm25": 35.0})
    book = openpyxl.load_workbook(path)
    sheet = book["填报表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    value, ids, state, note = (rows[head].index(word) for word in ("本年值", "指标代码", "状态", "说明"))
    end = next(n for n in range(head + 1, len(rows)) if rows[n][ids] is None)
    for row in rows[head + 1 : end]:
        if row[ids] in FILLED:
            row[value] = FILLED[row[ids]]
        elif row[ids] == "air_index":
            row[state], row[note] = "不适用", "无监测站"
    if change is not None:
        rows[head + 1 : end] = sorted(rows[head + 1 : end], key=lambda row: str(row[ids]))
        rows = [[None, *row[:value], row[note], *row[value:note], *row[note + 1 :]] for row in rows]
        rows.insert(head + 2, [])
    if title:
        rows[0] = [title]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for r, row in enumerate(rows, 1):
        for c in range(1, max(sheet.max_column, len(row)) + 1):
            sheet.cell(r, c).value = row[c - 1] if c <= len(row) else None
    book.save(path)
    settle(path)


_ORDER = ["pm25", "good_days", "air_index", "water", "forest", "farmland", "trading", "solar", "coal", "gas", "clean"]


def _returned(places: dict[str, str]) -> list[Value]:
    """The values of the filled form, each at its place."""
    values = [Value("", "填报表", places[i], "甲区", i, "2024", float(v), f"{v:.15g}") for i, v in FILLED.items()]
    left_out = Value(
        "", "填报表", places["air_index"], "甲区", "air_index", "2024", "not_applicable", "不适用", "无监测站"
    )
    return [*values, left_out]


def returned() -> Iterator[Case]:
    places = {indicator: f"H{n}" for n, indicator in enumerate(_ORDER, 5)}
    values = _returned(places)
    blank = warning("blank", "填报表", "H13")
    yield Case("回收 填报表.xlsx", "下发的填报表填好收回", _form, values, findings=(blank,))
    for kind in ("ods", "xls"):
        yield Case(f"回收 填报表.{kind}", f"同上，在 LibreOffice 里另存为 {kind}", values=values, findings=(blank,), made_from="回收 填报表.xlsx")  # fmt: skip
    moved = {indicator: f"J{n + (n > 5)}" for n, indicator in enumerate(sorted(_ORDER), 5)}
    yield Case(
        "回收 填报表 行打乱列移动.xlsx", "行重排、列移动、插了空行空列：照样读回", partial(_form, change=True), _returned(moved),
        findings=(warning("blank", "填报表", moved["clean"]),),
    )  # fmt: skip
    yield Case(
        "回收 填报表 张冠李戴.xlsx", "发给甲区的表，标题改成了乙县：不读", partial(_form, title="乙县2024年度指标填报表"),
        findings=(error("district_conflict", "填报表", "A1"),),
    )  # fmt: skip
    yield Case(
        "回收 填报表 年度不符.xlsx", "2024 年的表，选了 2023 年导入：不读", _form, findings=(error("period_conflict", "填报表"),),
        options={"period": "2023"},
    )  # fmt: skip
    values = [
        Value("", "填报表", f"{letter}{row}", row_[0], indicator, "2024", float(value), f"{value:.15g}")
        for row, row_ in _DEPARTMENT_ROWS.items()
        for letter, indicator, value in zip(_DEPARTMENT_COLUMNS, ("pm25", "trading"), row_[1:], strict=True)
        if value is not None
    ]
    yield Case("回收 部门填报表.xlsx", "部门一张表填全部区县", _department, values, findings=_department_blanks())


_DEPARTMENT_ROWS = {
    7: ("甲区", 33, 1200),
    8: ("乙县", 34, None),
    9: ("丙区", None, 2001),
    10: ("𬭚州区", 28, 0),
    11: ("丁县", 41, 5),
}
_DEPARTMENT_COLUMNS = ("D", "F")


def _department_blanks():
    return (warning("blank", "填报表", "F8"), warning("blank", "填报表", "D9"))


def _department(path: Path) -> None:
    asked = [i for i in SCHEME.reported if i.id in {"pm25", "trading"}]
    write_department_form(path, SCHEME, "生态环境局", asked, DISTRICTS, Y2024, {}, {})
    book = openpyxl.load_workbook(path)
    sheet = book["填报表"]
    for row, (district, *filled) in _DEPARTMENT_ROWS.items():
        assert sheet.cell(row, 2).value == district, [[c.value for c in r] for r in sheet.iter_rows()]
        for letter, value in zip(_DEPARTMENT_COLUMNS, filled, strict=True):
            sheet[f"{letter}{row}"] = value
    book.save(path)
    settle(path)


def all_several() -> Iterator[Case]:
    yield from several()
    yield from returned()
