"""The districts a table names: a list with headers, or any table whose first text column holds the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.names import name_key
from ecoscore.importing.readers.book import Book, Cell, Sheet, cell_name
from ecoscore.importing.reading import read_files
from ecoscore.model.district import LEVEL_TITLES, District, Level
from ecoscore.model.finding import Finding, Severity

_HEADERS = {
    "name": "区县 县区 区县名称 县区名称 县市区 县市区名称 市县 名称 区域 地区 地区名称 行政区 行政区划 行政区名称 省份 "
    "省市 省区市 地市 城市 市州 设区市 乡镇 镇街 街道 村 被考核单位 考核对象 单位名称 district name city county province",
    "code": "代码 区划代码 行政区划代码 行政区代码 区县代码 code",
    "level": "层级 级别 行政层级 行政级别 level",
    "parent": "上级 隶属 所属 上级名称 上级区划 所属市 所属地区 所属区县 parent",
    "peer_group": "分类组 分组 组别 类别 考核分组 考核类别 同类组 peergroup group",
    "aliases": "别名 简称 曾用名 其他名称 别称 aliases alias",
}
_FIELDS = {name_key(word): field for field, words in _HEADERS.items() for word in words.split()}
_LEVELS = {name_key(word): level for level, title in LEVEL_TITLES.items() for word in (title, title[:-1], str(level))} | {
    name_key(word): level
    for word, level in {
        "区": Level.COUNTY, "区县": Level.COUNTY, "区县级": Level.COUNTY, "县区": Level.COUNTY, "设区市": Level.CITY,
        "地级市": Level.CITY, "镇": Level.TOWN, "镇级": Level.TOWN, "乡": Level.TOWN, "街道": Level.TOWN,
    }.items()
}  # fmt: skip
_NOT_A_DISTRICT = re.compile(
    r"(合计|总计|小计|平均|均值|全市|全省|全国|注[:：\d]|备注|说明|填表|制表|审核|单位[:：]|序号).*"
)
_HEADER_ROWS = 15
_LONGEST_NAME = 30


def read_districts(path: Path) -> tuple[District, ...]:
    """The districts of a table, in its order; InputRefused with the cells in error, or if it names none."""
    (found,) = read_files([path])
    if found.book is None:
        finding = Finding(Severity.ERROR, "unreadable", found.message, found.advice, file=path.name)
        raise InputRefused(f"不能读取区县名单：{found.message}", found.advice, (finding,))
    for sheet in _visible(found.book):
        fields, first = _header(sheet)
        if fields is None:
            fields, first = _plain_list(sheet)
        if fields is None:
            continue
        findings: list[Finding] = []
        districts = tuple(_merged(_rows(sheet, fields, first, path.name, findings), path.name, sheet.name, findings))
        if findings:
            raise InputRefused(f"区县名单有 {len(findings)} 处错误", "请改正后重试", findings)
        if districts:
            return districts
    raise InputRefused(
        f"没有在表中找到区县名称：{path.name}", "请让一列的表头写“区县”，下面每行一个区县；可另有 代码、层级、上级、分类组、别名 列"
    )  # fmt: skip


def _visible(book: Book) -> Iterator[Sheet]:
    yield from (sheet for sheet in book.sheets if not sheet.hidden)


def _header(sheet: Sheet) -> tuple[Mapping[str, int] | None, int]:
    """The columns by what their headers say, and the first row below, where a row of headers names the districts."""
    for row in range(1, min(sheet.size[0], _HEADER_ROWS) + 1):
        fields: dict[str, int] = {}
        for column in sheet.rows.get(row, ()):
            if field := _FIELDS.get(name_key(sheet.at(row, column).text)):
                fields.setdefault(field, column)
        if "name" in fields:
            return fields, row + 1
    return None, 0


def _plain_list(sheet: Sheet) -> tuple[Mapping[str, int] | None, int]:
    """The first column of texts, for a table without a header we know."""
    columns = sorted({column for (row, column) in sheet.cells if sheet.at(row, column).kind == "text"})
    return ({"name": columns[0]}, 1) if columns else (None, 0)


def _rows(
    sheet: Sheet, fields: Mapping[str, int], first: int, file: str, findings: list[Finding]
) -> Iterator[tuple[str, District]]:
    """Each named row as the cell that names it and its district."""
    for row in range(first, sheet.size[0] + 1):
        cells = {field: sheet.label(row, column) for field, column in fields.items()}
        name = re.sub(r"\s+", "", cells["name"].text)
        if cells["name"].kind != "text" or not name or _NOT_A_DISTRICT.fullmatch(name) or name_key(name) in _FIELDS:
            continue
        place = cell_name(row, fields["name"])
        if len(name) > _LONGEST_NAME:
            continue  # a sentence under the table
        level = Level.COUNTY
        if said := _text(cells, "level"):
            found = _LEVELS.get(name_key(said))
            if found is None:
                where = cell_name(row, fields["level"])
                message = f"{name} 的层级认不出：{said}"
                advice = f"请写 {'、'.join(LEVEL_TITLES.values())}"
                findings.append(_finding("unknown_level", message, advice, file, sheet.name, where))
            level = found or level
        aliases = tuple(a for a in re.split(r"[、，,；;／/|\n]+", _text(cells, "aliases") or "") if a.strip())
        yield place, District(
            name, _text(cells, "code"), level, _text(cells, "parent"), _text(cells, "peer_group"),
            tuple(a.strip() for a in aliases),
        )  # fmt: skip


def _merged(rows: Iterator[tuple[str, District]], file: str, sheet: str, findings: list[Finding]) -> Iterator[District]:
    """Each district once: a long table names one in many rows; two rows that disagree are an error."""
    seen: dict[str, District] = {}
    for place, district in rows:
        if (before := seen.get(district.name)) is None:
            seen[district.name] = district
            yield district
        elif before != district:
            message = f"{district.name} 出现两次，而代码、层级、上级、分类组或别名不同"
            findings.append(_finding("duplicate_district", message, "请只保留一行", file, sheet, place))


def _text(cells: Mapping[str, Cell], field: str) -> str | None:
    cell = cells.get(field)
    return None if cell is None else cell.text.strip() or None


def _finding(code: str, message: str, advice: str, *place: str) -> Finding:
    file, sheet, cell = place
    return Finding(Severity.ERROR, code, message, advice, file=file, sheet=sheet, cell=cell)
