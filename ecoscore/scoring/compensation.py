"""The money table of area compensation, beside the score and from the same values."""

from __future__ import annotations

import math

import numpy as np

from ecoscore.model.compensation import (
    AGAINST_TITLES,
    Compensation,
    CompensationItem,
    CompensationLine,
    CompensationPlan,
    DistrictCompensation,
)
from ecoscore.model.result import Result, plain
from ecoscore.model.rule import Number
from ecoscore.model.scheme import Direction
from ecoscore.rules.rounding import round_decimal
from ecoscore.rules.wording import constant, put, shown


def compensate(result: Result) -> Compensation | None:
    """Who pays and who receives what in the result's period; None where the scheme has no rates.

    Amount of an item = rate × (how much better than the reference) ÷ step, the missing side and what exceeds the cap
    left off. With `zero_sum` receipts are multiplied by (sum paid ÷ sum received), so that the table adds up to 0; if
    nobody receives or nobody pays, amounts stand and a note gives the balance.
    Source: 大气、水环境质量区域补偿 (徐州市文); rates and form are the scheme's own.
    """
    plan = result.scheme.compensation
    if plan is None:
        return None
    lines = [[_line(result, item, d) for item in plan.items] for d in range(len(result.districts))]
    paid = np.array([-sum(min(line.amount, 0.0) for line in mine) for mine in lines])
    received = np.array([sum(max(line.amount, 0.0) for line in mine) for mine in lines])
    scale, notes = 1.0, []
    if plan.zero_sum:
        if received.sum() > 0 and paid.sum() > 0:
            scale = float(paid.sum() / received.sum())
            notes.append(
                f"应得合计 {shown(float(received.sum()))}，应缴合计 {shown(float(paid.sum()))}，"
                f"应得各乘以 {shown(float(paid.sum()))}÷{shown(float(received.sum()))}，使合计为零"
            )
        elif received.sum() or paid.sum():
            notes.append("只有应缴或只有应得，合计不能为零，按实际数列出")
    net = _rounded_nets(
        plan, received * scale - paid, balanced=scale != 1.0 or math.isclose(paid.sum(), received.sum())
    )
    districts = tuple(
        DistrictCompensation(d.name, tuple(mine), float(r) * scale, float(p), float(n))
        for d, mine, r, p, n in zip(result.districts, lines, received, paid, net, strict=True)
    )
    return Compensation(plan, districts, scale, round_decimal(float(net.sum()), plan.decimals, "half_up"), tuple(notes))


def _line(result: Result, item: CompensationItem, d: int) -> CompensationLine:
    i = result.indicator_at[item.indicator]
    cells, indicator = result.cells, result.indicators[i]
    x = float(cells.value[d, i])
    reference = {"value": item.at, "target": cells.target[d, i], "baseline": cells.baseline[d, i]}[item.against]
    name = AGAINST_TITLES[item.against]
    if math.isnan(x) or reference is None or math.isnan(reference):
        return CompensationLine(item.id, item.title, 0.0, f"没有{'完成值' if math.isnan(x) else name}，不计")
    first, second = (reference, x) if indicator.direction is Direction.LOWER else (x, reference)
    amount = item.rate * (first - second) / item.step
    text = (
        f"{constant(item.rate)}×（{put(Number(first, plain(first)))}−{put(Number(second, plain(second)))}）"
        f"÷{constant(item.step)}＝{shown(amount)}"
    )
    if (amount > 0 and not item.receives) or (amount < 0 and not item.pays):
        return CompensationLine(
            item.id,
            item.title,
            0.0,
            f"{text}，本项只{'缴' if amount > 0 else '得'}不{'得' if amount > 0 else '缴'}，计 0",
        )
    if item.cap is not None and abs(amount) > item.cap:
        amount = math.copysign(item.cap, amount)
        text += f"，封顶 {constant(item.cap)}，计 {shown(amount)}"
    return CompensationLine(item.id, item.title, amount, text)


def _rounded_nets(plan: CompensationPlan, nets: np.ndarray, *, balanced: bool) -> np.ndarray:
    """Nets rounded half up; where they should add up to 0 the last digits go to the largest remainders."""
    unit = 10.0**-plan.decimals
    rounded = np.array([round_decimal(float(n), plan.decimals, "half_up") for n in nets])
    if not plan.zero_sum or not balanced:
        return rounded
    off = round(float(rounded.sum()) / unit)
    order = np.argsort((nets - rounded) * (1 if off < 0 else -1), kind="stable")[::-1]
    for n in order[: abs(off)]:
        rounded[n] = round_decimal(rounded[n] - math.copysign(unit, off), plan.decimals, "half_up")
    return rounded
