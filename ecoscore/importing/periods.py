"""Periods as titles, sheet names, file names and cells state them; where two are stated, none is taken."""

from __future__ import annotations

import re
import unicodedata

from ecoscore.importing.readers.book import Cell
from ecoscore.model.period import Period

# Years that are no period: document numbers, dates of filling in, spans of years, plan periods.
_NOISE = re.compile(
    r"[〔\[【(]\s*\d{4}\s*[〕\]】)]\s*第?\s*\d+\s*号"
    r"|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|(?<!\d)\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)"
    r"|(?<!\d)\d{4}\s*年?\s*(?:-|—|–|~|至|到)+\s*\d{4}\s*年?"
    r"|\d{4}\s*年\s*\d{1,2}\s*(?:-|—|–|~|至|到)+\s*\d{1,2}\s*月"
    r"|(?:填报|制表|报送|报出|打印|印发|填表|上报)\s*(?:日期|时间)\s*[:：].*"
)
# From January to December is the whole year.
_WHOLE_YEAR = re.compile(r"(?<!\d)(\d{4}\s*年)\s*1\s*月?\s*(?:-|—|–|~|至|到)+\s*12\s*月")
_STATED = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年?\s*(?:度)?\s*(?:第?\s*([1-4一二三四])\s*季度?|[Qq]([1-4])(?!\d))"
    r"|(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?(?!\d)"
    r"|(?<!\d)((?:19|20)\d{2})(?!\d)\s*(年度|年)?"
)


def periods_in(text: str) -> tuple[Period, ...]:
    """The distinct periods a title or name states, in order; where a 年度 is among them, only those so called."""
    plain = _WHOLE_YEAR.sub(r"\1", unicodedata.normalize("NFKC", text))
    found: list[tuple[Period, bool]] = []
    for m in _STATED.finditer(_NOISE.sub(" ", plain)):
        if m[1]:
            quarter = m[2] or m[3]
            period = Period(int(m[1]), 3 * ("1234".find(quarter) + 1 or "一二三四".find(quarter) + 1), 3)
        elif m[4] and 1 <= int(m[5]) <= 12 and "月" in m.group():
            period = Period(int(m[4]), int(m[5]), 1)
        elif m[4]:
            continue
        else:
            period = Period(int(m[6]))
        found.append((period, m[7] == "年度"))
    strong = [period for period, is_named in found if is_named]
    return tuple(dict.fromkeys(strong or [period for period, _ in found]))


def period_of_cell(cell: Cell) -> Period | None:
    """The period a cell is, as a whole: 2024, 2024年, 2024Q3, a date shown as year or as year and month."""
    if cell.kind == "number":
        year = float(cell.raw)
        return Period(int(year)) if year == int(year) and 1949 <= year <= 2100 else None
    if cell.kind == "date":
        return _period_of_date(str(cell.raw), cell.format)
    if cell.kind != "text":
        return None
    text = unicodedata.normalize("NFKC", str(cell.raw)).strip()
    if not text[:4].isdigit() or len(text) > 12:
        return None
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _period_of_date(date: str, code: str) -> Period | None:
    """A date counts as what its format shows: years alone a year, years and months a month, days nothing."""
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.split(";", maxsplit=1)[0]).lower()
    if "y" not in shown or "d" in shown or "h" in shown:
        return None
    return Period(int(date[:4]), int(date[5:7]), 1) if "m" in shown else Period(int(date[:4]))
