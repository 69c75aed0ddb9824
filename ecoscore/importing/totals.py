"""Rows of sums and means, which are not imported, held against the rows they sum: do they add up?

A sum (合计、总计、小计) is compared where the indicator is an amount (not a share, a concentration or anything per
something) with all values of the column above it, and with those since the sum before it; a mean (平均、均值) with their
plain mean, within one per cent: who weighs by people or area does not get that one, and is told so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from ecoscore.importing.cell_text import read_cell
from ecoscore.importing.claims import Claim
from ecoscore.importing.columns import is_figure
from ecoscore.importing.names import name_key
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import unit_key
from ecoscore.importing.words import is_total

_SUM = re.compile(r"合计|总计|小计|总和|total|sum")
_MEAN = re.compile(r"平均|平均值|平均数|均值|average|mean")
_RATIOS = {"", "%", "‰", "比例", "百分点", "天"}
_FEWEST = 2
_NEAR = 0.01


def check_totals(report: SheetReport, totals: Sequence[tuple[int, str]], claims: Callable[[], Sequence[Claim]]) -> None:
    """Warn of each sum or mean that is not one; `totals` are (row, label) of the rows passed over."""
    if not totals:
        return
    columns: dict[int, list[Claim]] = {}
    for claim in claims():
        columns.setdefault(claim.place[1], []).append(claim)
    before = 0
    for row, label in totals:
        key = name_key(label)
        for column, found in columns.items():
            if len({claim.indicator.id for claim in found}) == 1 and len({claim.period for claim in found}) == 1:
                _check(report, found, (row, column), key, before)
        before = row


def _check(report: SheetReport, found: Sequence[Claim], place: tuple[int, int], label: str, before: int) -> None:
    indicator, unit = found[0].indicator, found[0].unit or found[0].indicator.unit
    stated = read_cell(report.sheet.at(*place), unit).value
    is_sum = bool(_SUM.fullmatch(label)) and unit_key(unit) not in _RATIOS and "/" not in unit_key(unit)
    if stated is None or not (is_sum or _MEAN.fullmatch(label)):
        return
    above = [claim for claim in found if claim.place[0] < place[0]]
    if not above or _has_unread(report, above, place):
        return  # a row that could not be read would be missing from any sum
    choices = [above, [claim for claim in above if claim.place[0] > before]]
    results = [_combined(values, is_sum=is_sum) for group in choices if (values := _values(group, unit))]
    if not results or any(_agree(stated, result, len(above), is_sum=is_sum) for result in results):
        return
    what = "合计" if is_sum else "平均"
    report.warn(
        "sum_differs",
        f"“{indicator.title}”的{what}写的是 {stated:.15g}，按上面各行{'相加' if is_sum else '平均'}是 {results[0]:.10g}",
        "请核对各行数值是否有误" + ("" if is_sum else "；如果是加权平均，可以不理会"),
        place,
        indicator=indicator.id,
    )


def _has_unread(report: SheetReport, above: Sequence[Claim], place: tuple[int, int]) -> bool:
    """Whether a figure among the rows summed belongs to no value read, nor to a sum above."""
    read = {claim.place[0] for claim in above}
    first = min(read)
    return any(
        first <= row < place[0]
        and row not in read
        and not _is_summed(report, row)
        and is_figure(report.sheet.at(row, place[1]))
        for row in report.sheet.rows
    )


def _is_summed(report: SheetReport, row: int) -> bool:
    return any(is_total(report.sheet.at(row, column).text) for column in report.sheet.rows[row][:3])


def _values(claims: Sequence[Claim], unit: str) -> list[float]:
    found = [value for claim in claims if (value := read_cell(claim.cell, unit).value) is not None]
    return found if len(found) >= _FEWEST else []


def _combined(values: Sequence[float], *, is_sum: bool) -> float:
    return math.fsum(values) if is_sum else math.fsum(values) / len(values)


def _agree(stated: float, result: float, rows: int, *, is_sum: bool) -> bool:
    """Equal within what rounding of the rows and of the result itself may make."""
    if not is_sum:
        return abs(stated - result) <= max(_NEAR * abs(result), 1e-9)
    decimals = len(f"{stated:.15g}".partition(".")[2])
    return (
        abs(stated - result) <= max(0.5 * rows * 10.0**-decimals, 1e-9 * abs(result))
        if decimals
        else (abs(stated - result) <= 0.5 + 1e-9 * abs(result))
    )
