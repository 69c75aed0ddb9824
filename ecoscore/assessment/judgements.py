"""Judgements in pairs (判断矩阵) for AHP, read from a table: which group each matrix is about is told by its names.

A matrix has the indicators' names (or ids) along its top and down its left side, in any order but the same set. Cells
are numbers or fractions such as 1/3; where only one of a pair is given the other is its reciprocal, and the diagonal
may be left blank. A table may hold several matrices, on several sheets or below one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.names import name_key
from ecoscore.importing.readers.book import Sheet, cell_name
from ecoscore.importing.reading import read_files
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.result import Result
from ecoscore.model.scheme import Indicator

Matrix = list[list[float]]
_FRACTION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[/／∕:：]\s*(\d+(?:\.\d+)?)\s*")
OVERALL = ""
_HOW = "判断矩阵的第一行和第一列写同样的指标名称，交叉处写前者比后者重要几倍（1—9 或 1/3 等）"


@dataclass(frozen=True, slots=True)
class _Block:
    """Where one matrix stands: its top row, the columns and rows of its names, each as the indicator meant."""

    sheet: Sheet
    top: int
    columns: Mapping[str, int]
    rows: Mapping[str, int]


def read_judgements(path: Path, result: Result) -> dict[str, Matrix]:
    """The matrices of a file by group id ("" for one over all indicators), in the order `propose_weights` wants them.

    Only indicators that carry weight take part. InputRefused with the cells in error.
    """
    (found,) = read_files([path])
    if found.book is None:
        raise InputRefused(f"不能读取判断矩阵：{found.message}", found.advice)
    weighed = [i for i in result.indicators if result.cells.full[0, result.indicator_at[i.id]] > 0]
    names = {name_key(name): i.id for i in reversed(weighed) for name in i.names}
    groups = _groups(result, weighed)
    findings: list[Finding] = []
    matrices: dict[str, Matrix] = {}
    for sheet in found.book.sheets:
        for block in _blocks(sheet, names):
            group = _group_of(block, groups, path.name, findings)
            if group is None:
                continue
            if group in matrices:
                findings.append(_finding("matrix_twice", block, block.top, 1, "这一组的判断矩阵出现了两次", path.name))
            matrices[group] = _read(block, groups[group], path.name, findings)
    if findings:
        raise InputRefused(f"判断矩阵有 {len(findings)} 处错误：{findings[0].message}", findings[0].advice, findings)
    if not matrices:
        raise InputRefused(f"没有在表中找到判断矩阵：{path.name}", _HOW)
    return matrices


def _groups(result: Result, weighed: Sequence[Indicator]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for i in weighed:
        groups.setdefault(result.scheme.group_of(i.id).id, []).append(i.id)
    if len(groups) > 1:
        groups[OVERALL] = [i.id for i in weighed]
    return groups


def _blocks(sheet: Sheet, names: Mapping[str, str]) -> Iterator[_Block]:
    """Every row with two names or more that are names going down below it, too."""
    last = sheet.size[0]
    row = 1
    while row <= last:
        columns = {names[k]: c for c in sheet.rows.get(row, ()) if (k := name_key(sheet.at(row, c).text)) in names}
        if len(columns) < 2:
            row += 1
            continue
        side = min(columns.values()) - 1
        rows: dict[str, int] = {}
        below = row + 1
        while below <= last and side >= 1 and (key := name_key(sheet.at(below, side).text)) in names:
            rows[names[key]] = below
            below += 1
        if rows:
            yield _Block(sheet, row, columns, rows)
        row = max(below, row + 1)


def _group_of(block: _Block, groups: Mapping[str, list[str]], file: str, findings: list[Finding]) -> str | None:
    named = set(block.columns)
    for group, members in groups.items():
        if named == set(block.rows) == set(members):
            return group
    message = f"第 {block.top} 行起的矩阵，行列的指标与任何一组计分指标都对不上"
    findings.append(_finding("matrix_of_no_group", block, block.top, 1, message, file))
    return None


def _read(block: _Block, members: Sequence[str], file: str, findings: list[Finding]) -> Matrix:
    """The matrix in the order of `members`; a blank cell takes the reciprocal of the one across the diagonal."""
    given: dict[tuple[int, int], float] = {}
    for i, first in enumerate(members):
        for j, second in enumerate(members):
            row, column = block.rows[first], block.columns[second]
            cell = block.sheet.at(row, column)
            if cell.is_empty:
                continue
            value = float(cell.raw) if cell.kind == "number" else _fraction(cell.text)
            if value is None or value <= 0:
                what = "被表格软件变成了日期，1/3 请写成 =1/3" if cell.kind == "date" else "不是大于 0 的数"
                message = f"{cell_name(row, column)} 是“{cell.text}”，{what}"
                findings.append(_finding("bad_judgement", block, row, column, message, file))
                value = 1.0
            given[i, j] = value
    matrix = [[1.0] * len(members) for _ in members]
    for i in range(len(members)):
        for j in range(len(members)):
            if (i, j) in given:
                matrix[i][j] = given[i, j]
            elif (j, i) in given:
                matrix[i][j] = 1.0 / given[j, i]
            elif i < j:
                row, column = block.rows[members[i]], block.columns[members[j]]
                message = f"{cell_name(row, column)} 和它对角的格子都空着"
                findings.append(_finding("no_judgement", block, row, column, message, file))
    return matrix


def _fraction(text: str) -> float | None:
    if found := _FRACTION.fullmatch(text):
        return float(found[1]) / float(found[2]) if float(found[2]) else None
    try:
        return float(text)
    except ValueError:
        return None


def _finding(code: str, block: _Block, row: int, column: int, message: str, file: str) -> Finding:
    return Finding(
        Severity.ERROR, code, message, _HOW, file=file, sheet=block.sheet.name, cell=cell_name(row, column)
    )  # fmt: skip
