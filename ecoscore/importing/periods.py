"""Periods as titles, sheet names, file names and cells state them; where two are stated, none is taken."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ecoscore.importing.readers.book import Cell
from ecoscore.model.period import Period

# Years that are no period: document numbers, dates of filling in, spans of years, plan periods.
_NOISE = re.compile(
    r"[〔\[【(]\s*\d{4}\s*[〕\]】)]\s*第?\s*\d+\s*号"
    r"|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|(?<!\d)\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)"
    r"|(?<!\d)\d{4}\s*年?\s*(?:-|—|–|~|至|到|/)+\s*\d{4}\s*年?(?:度)?"
    r"|\d{4}\s*年\s*\d{1,2}\s*(?:-|—|–|~|至|到)+\s*\d{1,2}\s*月"
    r"|(?:填报|制表|报送|报出|打印|印发|填表|上报)\s*(?:日期|时间)\s*[:：].*"
)
_NOISE_OF_DATES = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(?:填报|制表|报送|报出|打印|印发|填表|上报)\s*(?:日期|时间)\s*[:：].*"
)
# From January to December is the whole year, and so is what stands at its end.
_WHOLE_YEAR = re.compile(
    r"(?<!\d)(\d{4}\s*年)\s*1\s*月?\s*(?:-|—|–|~|至|到)+\s*12\s*月(?:份)?"
    r"|(?:截至|截止|至)\s*(?:到)?\s*(\d{4}\s*年)\s*12\s*月\s*(?:底|末|31\s*日)"
)
_YEAR_END = re.compile(r"(?<=年)(?:末|底|终)$")
_SPELT = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=\s*年)")
_SPELT_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# Parts of a year that are no period of ours: what is read of them would pass for the whole year's.
_MONTH_NUMBER = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = re.compile(
    r"[上下]半年|半年[报度]|(?:前|头)\s*(?:[一二三两1-3]\s*个?\s*季度|" + _MONTH_NUMBER + r"\s*个\s*月)"
    r"|季度\s*(?:累计|止)|累计\s*(?:到|至)|(?<=\d{4})\s*H[12](?![0-9A-Za-z])"
    r"|(?<![\d第])(?:1|一)\s*(?:季度)?\s*(?:-|—|–|~|至|到)+\s*[二三23]\s*季度"
    rf"|(?<![\d年])(?:1|一)\s*月?\s*(?:-|—|–|~|至|到)+\s*(?!12|十二){_MONTH_NUMBER}\s*月"
    rf"|(?<=年)\s*(?:1|一)\s*月?\s*(?:-|—|–|~|至|到)+\s*(?!12|十二){_MONTH_NUMBER}\s*月"
    rf"|(?:截至|截止)[^\n]{{0,8}}?(?<!\d)(?!12|十二){_MONTH_NUMBER}\s*月"
)
_YEAR = 12
_LONGEST_NAME = 80
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_PART_LABEL = re.compile(
    r"(?:第\s*)?([1-4一二三四])\s*季(?:度)?|[Qq]([1-4])|(0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?"
)
_BARE_PART = re.compile(
    r"(?<![年度\d.\-—–~至到前])(?:第\s*)?([1-4一二三四])\s*季度(?!\s*(?:累计|止))"
    r"|(?<![年\d.\-—–~至到止前])(?<!\d\s)(1[0-2]|[1-9])\s*月(?:份)?(?!\s*(?:\d|[底末前中上下旬初报]|以来))"
)
_MONTHS_END = re.compile(r"(?<!\d)(?:[1-9]|1[01])\s*月\s*[底末]")
_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})(?:\s*年(?:度)?\s*|\s+)(?=\D)(.+)", re.DOTALL)
_YEAR_LAST = re.compile(r"(.+?)[\s(\[【]*(?<!\d)((?:19|20)\d{2})\s*(?:年(?:度)?)?[)\]】]?", re.DOTALL)
_STATED = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年?\s*(?:度)?\s*(?:第?\s*([1-4一二三四])\s*季度?|[Qq]([1-4])(?!\d))"
    r"|(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?(?!\d)"
    r"|(?<!\d)((?:19|20)\d{2})(?!\d)\s*(年度|年)?"
)


def periods_in(text: str) -> tuple[Period, ...]:
    """The distinct periods a title or name states, in order; where a 年度 is among them, only those so called."""
    plain = _WHOLE_YEAR.sub(r"\1\2", _plain(text))
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


def part_of_year(text: str) -> str:
    """The words by which a title or a name speaks of a part of a year that is neither quarter nor month, or ""."""
    found = _PART.search(_NOISE_OF_DATES.sub(" ", _plain(text)))
    return found.group().strip() if found else ""


def year_and_name(text: str) -> tuple[Period, str] | None:
    """A year before or behind a name, and the name: 2024年PM2.5年均浓度, PM2.5年均浓度(2024年)."""
    plain = _plain(text).strip()
    if len(plain) > _LONGEST_NAME:
        return None
    if found := _YEAR_FIRST.fullmatch(plain):
        return Period(int(found[1])), found[2]
    if found := _YEAR_LAST.fullmatch(plain):
        return Period(int(found[2])), found[1]
    return None


def _plain(text: str) -> str:
    """Figures as figures, whether full-width or spelt (二〇二四年)."""
    plain = unicodedata.normalize("NFKC", text)
    return _SPELT.sub(lambda m: m.group().translate(_SPELT_FIGURES), plain) if "年" in plain else plain


@dataclass(frozen=True, slots=True)
class Part:
    """A quarter or a month whose year is said elsewhere; the whole year, where it stands among such."""

    end_month: int
    months: int

    def of(self, year: Period | None) -> Period | None:
        """The period it is in that year; None where no year is known, or only a part of one."""
        return Period(year.year, self.end_month, self.months) if year is not None and year.months == _YEAR else None


def part_of_text(text: str, heading: str = "") -> Part | None:
    """What a label such as 一季度, Q2, 7月 or 全年 is as a whole; a bare number by what its column is headed."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or len(plain) > 6:
        return None
    if plain in {"全年", "全年度"}:
        return Part(_YEAR, _YEAR)
    found = _PART_LABEL.fullmatch(plain)
    if found is not None:
        return Part(3 * _number(found[1] or found[2]), 3) if not found[3] else Part(_number(found[3]), 1)
    number = int(plain) if plain.isascii() and plain.isdigit() else 0
    if "季" in heading and 1 <= number <= 4:
        return Part(3 * number, 3)
    return Part(number, 1) if "月" in heading and 1 <= number <= _YEAR else None


def says_part(text: str) -> bool:
    """Whether a remark behind a name speaks of a part of the year: 1-9月, 一季度, 9月末."""
    return bool(part_of_year(text)) or part_within(text) is not None or bool(_MONTHS_END.search(_plain(text)))


def part_within(text: str) -> Part | None:
    """The one quarter or month that a title or a sheet's name speaks of without a year; a date is none."""
    found = {m[1] or m[2]: m for m in _BARE_PART.finditer(_NOISE_OF_DATES.sub(" ", _plain(text)))}
    if len(found) != 1:
        return None
    (m,) = found.values()
    return Part(3 * _number(m[1]), 3) if m[1] else Part(_number(m[2]), 1)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _CHINESE.index(said) + 1


def period_of_cell(cell: Cell) -> Period | None:
    """The period a cell is, as a whole: 2024, 2024年, 2024Q3, a date shown as year or as year and month."""
    if cell.kind == "number":
        year = float(cell.raw)
        return Period(int(year)) if year == int(year) and 1949 <= year <= 2100 else None
    if cell.kind == "date":
        return _period_of_date(str(cell.raw), cell.format)
    if cell.kind != "text":
        return None
    text = _plain(str(cell.raw)).strip()
    if not text[:4].isdigit() or len(text) > 12:
        return None
    try:
        return Period.parse(_YEAR_END.sub("", _WHOLE_YEAR.sub(r"\1", text)))
    except ValueError:
        return None


def _period_of_date(date: str, code: str) -> Period | None:
    """A date counts as what its format shows: years alone a year, years and months a month, days nothing."""
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.split(";", maxsplit=1)[0]).lower()
    if "y" not in shown or "d" in shown or "h" in shown:
        return None
    return Period(int(date[:4]), int(date[5:7]), 1) if "m" in shown else Period(int(date[:4]))
