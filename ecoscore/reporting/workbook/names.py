"""Names in a workbook: sheets, cell and area references, defined names a person can read."""

from __future__ import annotations

import re
from functools import cache

from ecoscore.model.scheme import Scheme

CARD = "成绩单"
RANKING = "排名汇总表"
RESULTS = "结果汇总表"
SCORES = "得分"
DATA = "数据"
SUMMARY = "汇总"
SCHEME = "方案"
ADJUSTMENTS = "加减分"
WORKING = "计分底稿"
QUANTITIES = "基础数据"

FULL = "满分"
NO_DATA_SCORE = "无数据得分"
BONUS_CAP = "加分上限"
DEDUCTION_CAP = "扣分上限"
TOTAL_CAP = "总分上限"
TOTAL_LEAST = "总分下限"
DISTRICTS = "区县名单"
GRADES = "等次名称"
GRADE_LINES = "等次分数线"

_MAX_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@cache
def column(col: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(row: int, col: int, fixed: str = "", sheet: str = "") -> str:
    """A reference like `方案!$H5`; rows and columns count from 0; `fixed` is "", "row", "col" or "both"."""
    prefix = f"{sheet}!" if sheet else ""
    c = "$" if fixed in ("col", "both") else ""
    r = "$" if fixed in ("row", "both") else ""
    return f"{prefix}{c}{column(col)}{r}{row + 1}"


def area(row: int, col: int, last_row: int, last_col: int, fixed: str = "", sheet: str = "") -> str:
    """A reference to a rectangle, or to a single cell where it is one."""
    first = cell(row, col, fixed, sheet)
    return first if (row, col) == (last_row, last_col) else f"{first}:{cell(last_row, last_col, fixed)}"


def ranking_sheet(scheme: Scheme) -> str:
    """The ranking sheet's name: a scheme that must not rank has none in it."""
    return RESULTS if scheme.unranked else RANKING


def sheet_name(text: str, taken: set[str]) -> str:
    """A district's name as a sheet name: nothing Excel forbids, at most 31 characters, each once in a workbook."""
    safe = _FORBIDDEN.sub("＿", text).strip().strip("'").strip() or "未命名"
    name, count = safe[:_MAX_SHEET_NAME], 1
    while name.casefold() in taken or name.casefold() == "history":
        count += 1
        tail = f"（{count}）"
        name = safe[: _MAX_SHEET_NAME - len(tail)] + tail
    taken.add(name.casefold())
    return name


def escape_footer(text: str) -> str:
    """Header and footer text: & is their command sign; Excel takes 255 characters in all."""
    return text[:80].replace("&", "&&")
