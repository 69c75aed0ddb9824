"""What a rule's formula reads, as cells of the full workbook; and a score with the states that are not a rule's business."""

from __future__ import annotations

from collections.abc import Callable

from ecoscore.model.rule import Terms
from ecoscore.model.scheme import Direction, Indicator, Scheme
from ecoscore.reporting.workbook.layout import Layout
from ecoscore.reporting.workbook.scheme_sheet import (
    BEST,
    CHANGE_BEST,
    CHANGE_WORST,
    COUNT,
    FULL,
    MEAN,
    NOBODY,
    WORST,
    SchemeRows,
)

# What stands for an indicator that does not enter the score.
LEFT_OUT_WORDS = ("不适用", "不涉及", "—")


def linked_terms(
    layout: Layout, i: int, x: str, baseline: str, target: str, change: str, here: str, joint: str | None = None
) -> Terms[str]:
    """The terms of indicator `i` for one district, whose own cells are given; the sample's are on 方案 and 数据."""
    rows, indicator = SchemeRows(layout), layout.scheme.indicators[i]
    part = indicator.rule.progress
    progress = None
    if part is not None:
        progress = Terms(
            change, worst=rows.indicator(i, CHANGE_WORST), best=rows.indicator(i, CHANGE_BEST),
            rank=f"RANK({change},{layout.column('change', i, here)},{0 if part.toward > 0 else 1})", joint=joint,
        )  # fmt: skip
    order = 1 if indicator.direction is Direction.LOWER else 0
    return Terms(
        x, baseline, target, rows.indicator(i, WORST), rows.indicator(i, BEST), rows.indicator(i, MEAN),
        f"RANK({x},{layout.column('value', i, here)},{order})", rows.indicator(i, COUNT), rows.indicator(i, FULL),
        progress,
    )  # fmt: skip


def joint_formula(scheme: Scheme, indicator: Indicator, at: Callable[[str, Indicator], str]) -> str | None:
    """1 where all that must improve together have; None where nothing must. `at`: the cell of a value or baseline."""
    part = indicator.rule.progress
    if part is None or not part.together:
        return None
    tests: list[str] = []
    for one in (indicator, *(scheme.by_id[other] for other in part.together)):
        x, baseline = at("value", one), at("baseline", one)
        sign = "<" if one.direction is Direction.LOWER else ">"
        tests += [f"ISNUMBER({x})", f"ISNUMBER({baseline})", f"{x}{sign}{baseline}"]
    return f"IF(AND({','.join(tests)}),1,0)"


def refusing(scheme: Scheme, indicator: Indicator, t: Terms[str], score: str) -> str:
    """#N/A where the engine would refuse to score: no target for a rule that needs one, no baseline if one is owed."""
    if "target" in indicator.rule.uses:
        score = f"IF(ISNUMBER({t.target}),{score},NA())"
    compares = indicator.rule.progress is not None or "baseline" in indicator.rule.uses
    if compares and scheme.no_baseline == "refuse":
        score = f"IF(ISNUMBER({t.baseline}),{score},NA())"
    return score


def missed(indicator: Indicator, x: str, target: str) -> str:
    """1 where a binding target is missed."""
    sign = ">" if indicator.direction is Direction.LOWER else "<"
    return f"IF(AND(ISNUMBER({x}),ISNUMBER({target})),IF({x}{sign}{target},1,0),0)"


def capped(indicator: Indicator, score: str) -> str:
    return score if indicator.cap is None else f"MIN({indicator.cap:.15g},{score})"


def with_states(
    scheme: Scheme, indicator: Indicator, x: str, score: str, nobody: str, no_data: str, *, outside: bool
) -> str:
    """The score where there is a value; else what its state gives. "" is left out, its weight shared.

    A value that is owed under `missing: refuse` makes it #N/A, and leaves the district no total: the engine would
    not score either. `outside`: the indicator carries no marks, so that it may be missing under any policy.
    """
    given = {"zero": "0", "floor": f"{indicator.rule.lowest:.15g}", "refuse": "NA()"}.get(scheme.missing, '""')
    if outside:
        given = '""'
    whole = f'IF(OR({x}="无数据",{nobody}),{no_data},{given})'
    left_out = ",".join(f'{x}="{word}"' for word in LEFT_OUT_WORDS)
    whole = f'IF(OR({left_out}),"",{whole})'
    return f"IF(ISNUMBER({x}),{score},{whole})"


def nobody_reported(layout: Layout, i: int) -> str:
    return f'{SchemeRows(layout).indicator(i, NOBODY)}="是"'
