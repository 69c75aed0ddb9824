"""A list that an office sends: rows under headers known by their words, each cell with its place for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.names import DistrictNames, name_key, proposal
from ecoscore.importing.readers.book import Cell, Sheet, cell_name
from ecoscore.importing.reading import read_files
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.period import Period

DISTRICT = "区县 县区 市县 县市区 区县名称 县区名称 单位 单位名称 被考核单位 考核对象 地区 乡镇 镇街 district"
PERIOD = "考核期 年度 年份 考核年度 period year"
_HEADER_ROWS = 15
_BELOW = re.compile(r"(合计|总计|小计|注[:：\d]|备注|说明|填表|制表|审核|单位[:：]).*")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a list is called, the words its headers may use (field → words), and which fields there must be."""

    title: str
    words: Mapping[str, str]
    needed: Sequence[str]


@dataclass(slots=True)
class Row:
    """One row: what its fields say, and where."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def text(self, name: str) -> str:
        cell = self.cells.get(name)
        return "" if cell is None else cell.text.strip()


@dataclass(slots=True)
class ListReader:
    """The rows of a list file, and what is wrong with them so far."""

    path: Path
    columns: Columns
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    digest: str = ""

    def read(self) -> ListReader:
        """InputRefused where the file cannot be read or no sheet has the headers."""
        (found,) = read_files([self.path])
        if found.book is None:
            raise InputRefused(f"不能读取{self.columns.title}：{found.message}", found.advice)
        self.digest = found.digest
        titled = [sheet for sheet in found.book.sheets if not sheet.hidden and self._take(sheet)]
        if not titled:
            first = "、".join(self.columns.words[name].split()[0] for name in self.columns.needed)
            raise InputRefused(
                f"“{self.path.name}”里没有找到{self.columns.title}", f"请让一行表头写 {first}，下面每行一条"
            )
        return self

    def _take(self, sheet: Sheet) -> bool:
        known = {name_key(word): name for name, words in self.columns.words.items() for word in words.split()}
        for number in range(1, min(sheet.size[0], _HEADER_ROWS) + 1):
            places: dict[str, int] = {}
            for column in sheet.rows.get(number, ()):
                if name := known.get(name_key(re.sub(r"[（(].*[)）]$", "", sheet.at(number, column).text.strip()))):
                    places.setdefault(name, column)
            if set(self.columns.needed) <= places.keys():
                self.rows += self._below(sheet, number, places)
                return True
        return False

    def _below(self, sheet: Sheet, header: int, places: Mapping[str, int]) -> Iterator[Row]:
        for number in range(header + 1, sheet.size[0] + 1):
            row = Row(sheet.name, number, {f: sheet.label(number, c) for f, c in places.items()}, places)
            needed = [row.text(name) for name in self.columns.needed]
            if any(needed[1:]) and not _BELOW.fullmatch(needed[0]):
                yield row

    def error(self, row: Row, name: str, code: str, message: str, advice: str) -> None:
        place = cell_name(row.number, row.columns.get(name, min(row.columns.values())))
        self.findings.append(
            Finding(
                Severity.ERROR, code, message, advice, file=self.path.name, sheet=row.sheet, cell=place,
                district=row.text("district") or None,
            )
        )  # fmt: skip

    def district(self, row: Row, names: DistrictNames) -> District | None:
        said = row.text("district")
        found = names.find(said).hit if said else None
        if found is None:
            near = proposal(names.near(said)) if said else ""
            advice = f"是不是{near}？" if near else "请写考核文件里的区县名称"
            self.error(row, "district", "unknown_district", f"不认识的区县：{said or '（空）'}", advice)
        return found

    def period(self, row: Row, name: str, otherwise: Period | None, what: str) -> Period | None:
        """The period in a cell, dates too; `otherwise` where it is blank. An error where it cannot be read."""
        said = row.text(name)
        if not said:
            return otherwise
        if dated := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月]\d{1,2}(?:日|[ T]00:00(?::00)?)?", said):
            said = f"{dated[1]}-{int(dated[2]):02d}"
        try:
            return Period.parse(said.replace("/", "-").replace(".", "-"))
        except ValueError:
            self.error(row, name, "bad_period", f"{what}看不懂：{said}", "请写作 2024 或 2024-07")
            return None
