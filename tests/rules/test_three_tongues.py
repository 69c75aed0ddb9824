"""One truth, three tongues: what NumPy computes, what the Excel formula gives in LibreOffice, what the words say."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ecoscore.model.rule import Number, Rule, Terms
from ecoscore.model.scheme import Direction, Grade
from ecoscore.rules import KINDS, SpecReader, build_rule, measure
from ecoscore.rules.aggregation import combine, excel_combine, excel_share, shares
from ecoscore.rules.grading import excel_grade, grade_of
from ecoscore.rules.ranking import excel_rank, rank_descending
from ecoscore.rules.rounding import excel_round, round_decimal
from tests.libreoffice import needs_soffice, recalculate, same

pytestmark = needs_soffice
# One soffice run checks a whole batch, so few seeds of many cases each.
SEEDS = st.integers(0, 10**9)
FEW = settings(
    max_examples=3, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # a seed does not shrink


def sheet_of(rows: list[tuple[str, list[float | str]]], tmp_path: Path) -> list[object]:
    """Each row's formula over its own numbers (`{0}`, `{1}` … are its cells), as LibreOffice computes it."""
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("算")
        for n, (formula, numbers) in enumerate(rows):
            cells = []
            for k, value in enumerate(numbers):
                cells.append(f"{xlsxwriter.utility.xl_col_to_name(k + 1)}{n + 1}")
                if isinstance(value, str):
                    sheet.write_string(n, k + 1, value)
                elif not math.isnan(value):
                    sheet.write_number(n, k + 1, value)
            filled = formula.format(*cells)
            assert len(filled) < 8192
            sheet.write_formula(n, 0, "=" + filled, None, -999)  # a wrong value: only a real recalculation mends it
    found = recalculate(path, tmp_path / "recalculated")["算"]
    return [found.get(f"A{n + 1}") for n in range(len(rows))]


# Rules ----------------------------------------------------------------------------------------------------------


def number(r: Random) -> float:
    return r.randint(-2000, 12000) / 100


def positive(r: Random) -> float:
    return r.randint(1, 12000) / 100


def bounds(r: Random, direction: Direction) -> Any:
    if direction is Direction.RANGE:
        return r.choice(["sample", {"worst": [-5, 110]}])
    worst = number(r)
    best = worst + positive(r) * (-1 if direction is Direction.LOWER else 1)
    return r.choice(["sample", {"worst": worst, "best": best}])


def spec(r: Random, kind: str, direction: Direction, *, log: bool = False) -> dict[str, Any]:
    """A mapping such as a scheme file holds."""

    def pick(*choices: Any) -> Any:
        return r.choice(choices)

    clip = {"clip": pick(True, False)}
    if kind in ("efficacy", "minmax", "linear") and log:
        low = positive(r)
        pair = {"worst": low + 10, "best": low} if direction is Direction.LOWER else {"worst": low, "best": low + 10}
        span: dict[str, Any] = {"bounds": pick("sample", pair)}
    else:
        span = {"bounds": bounds(r, direction)}
    match kind:
        case "efficacy":
            return {"kind": kind, "floor": pick(0, 60)} | span | clip
        case "minmax":
            return {"kind": kind, "low": pick(0, 50), "high": pick(90, 100)} | span | clip
        case "linear":
            if pick(True, False) and not log and direction is not Direction.RANGE:
                return {"kind": kind, "slope": pick(70, -0.5), "intercept": pick(-63, 4)}
            return {"kind": kind} | span | clip
        case "bands":
            return {"kind": kind, "edges": [0, 20, 45.5], "scores": [0, 60, 80, 100], "closed": pick("lower", "upper")}
        case "rank_step":
            return {"kind": kind, "first": pick(100, 95), "step": pick(5, 2.5), "floor": pick(0, 40)}
        case "versus_mean":
            return {"kind": kind, "base": 0.8, "slope": pick(1, 2), "floor": pick(0, 0.3), "cap": pick(1, 1.2)}
        case "target_ratio":
            return {
                "kind": kind,
                "inverse": pick("ratio", "mirror"),
                "floor": pick(0, 0.2),
                "cap": pick(1, 1.1),
                "least": pick(0, 0.6),
            }
        case "pass_fail":
            return {"kind": kind, "fail": pick(0, 30)}
        case "gap_deduct":
            return {"kind": kind, "deduct": pick(0.5, 1), "step": pick(1, 2.5)}
        case "baseline_step":
            return {
                "kind": kind,
                "reference": pick("target", "baseline"),
                "base": 0.8,
                "per": pick(0.5, 0.1),
                "step": 2,
                "cap": 1.2,
            }
        case _:
            how = pick("absolute", "relative", "gap")
            toward = Direction.LOWER if direction is Direction.LOWER and how != "gap" else Direction.HIGHER
            exempt = pick({}, {"exempt_above": 80}, {"exempt_below": 10}) | pick(
                {}, {"together": ["o3"], "alone": 45.5}
            )
            return {
                "kind": kind, "share": pick(0, 0.35, 1), "measure": how,
                "level": spec(r, pick("linear", "minmax", "efficacy"), direction),
                "progress": spec(r, pick("linear", "minmax", "efficacy", "bands", "rank_step"), toward),
            } | exempt  # fmt: skip


def _with_bounds(found: dict[str, Any]) -> dict[str, Any]:
    """The parts of a composite rule take bounds, not the other form of a line, so that a gap has a best value."""
    for part in ("level", "progress"):
        if "slope" in found.get(part, {}):
            found[part] = {"kind": "linear", "bounds": "sample"}
    return found


def case(r: Random) -> tuple[Rule, Terms[float]]:
    """A rule and the figures it is applied to; every figure it reads is there, but for a baseline now and then."""
    kind = r.choice(sorted(KINDS))
    ranged = kind in ("efficacy", "minmax", "linear")
    direction = r.choice([Direction.HIGHER, Direction.LOWER, *([Direction.RANGE] if ranged else [])])
    log = ranged and direction is not Direction.RANGE and r.random() < 0.4
    ideal = (30.0, 60.0) if direction is Direction.RANGE else None
    mapping = _with_bounds(spec(r, kind, direction, log=log))
    rule = build_rule(SpecReader(mapping, direction, "log" if log else "none", ideal))
    x = positive(r) if log else number(r)
    baseline = r.choice([math.nan, 0.0, x, number(r), number(r)])
    worst, best = _bounds(r, rule.bounds, direction, x, log=log)
    progress = None
    if (part := rule.progress) is not None:
        change = float(measure.compute(part.measure, *(np.array(v) for v in (x, baseline, best))))
        toward = Direction.HIGHER if part.toward > 0 else Direction.LOWER
        low, high = _bounds(r, part.rule.bounds, toward, 0.0 if math.isnan(change) else change, log=False)
        progress = Terms(change, worst=low, best=high, rank=float(r.randint(1, 40)), joint=r.choice([0.0, 1.0]))
    mean, target = r.choice([0.0, x, number(r), number(r)]), r.choice([0.0, x, number(r), number(r)])
    return rule, Terms(
        x, baseline, target, worst, best, mean, float(r.randint(1, 40)), 40.0, r.choice([3.0, 7.5]), progress
    )


def _bounds(r: Random, bound: Any, direction: Direction, x: float, *, log: bool) -> tuple[float, float]:
    """Fixed bounds, or those of a sample with x in it: wide, or with x at its edge, or of equals."""
    if bound is None:
        return math.nan, math.nan
    if bound.worst is not None:
        return bound.worst, bound.best
    if direction is Direction.RANGE:
        return min(x, 30.0), max(x, 60.0)
    low = x / 2 if log else x - r.choice([0.0, 3.7, 40.0])
    high = x + r.choice([0.0, 11.3])
    if r.random() < 0.2:
        low = high = x
    return (high, low) if direction is Direction.LOWER else (low, high)


FIELDS = ("x", "baseline", "target", "worst", "best", "mean", "rank", "count", "full")


def _flat(t: Terms[float]) -> list[float]:
    own = [getattr(t, f) for f in FIELDS]
    return own + ([getattr(t.progress, f) for f in ("x", "worst", "best", "rank", "joint")] if t.progress else [])


def _excel(rule: Rule, t: Terms[float]) -> str:
    """The rule's formula over the cells of its row; the change is computed there too."""
    cells = [f"{{{n}}}" for n in range(len(FIELDS))]
    progress = None
    if t.progress is not None and rule.progress is not None:
        progress = Terms("{9}", worst="{10}", best="{11}", rank="{12}", joint="{13}")
    return rule.excel(Terms(*cells, progress))


def _arrays(t: Terms[float]) -> Terms[Any]:
    inner = None
    if t.progress is not None:
        inner = Terms(
            np.array(t.progress.x), **{f: np.array(getattr(t.progress, f)) for f in ("worst", "best", "rank", "joint")}
        )
    return Terms(*(np.array(getattr(t, f)) for f in FIELDS), inner)


def _numbers(t: Terms[float]) -> Terms[Number]:
    def put(value: float) -> Number | None:
        return None if math.isnan(value) else Number(value, f"{value:.15g}")

    inner = None
    if t.progress is not None:
        x = put(t.progress.x) or Number(math.nan, "—")
        inner = Terms(x, **{f: put(getattr(t.progress, f)) for f in ("worst", "best", "rank", "joint")})
    first, *rest = (put(getattr(t, f)) for f in FIELDS)
    assert first is not None
    return Terms(first, *rest, inner)


@FEW
@given(seed=SEEDS)
def test_every_rule_says_the_same_in_numpy_in_excel_and_in_words(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    r = Random(seed)
    batch = [case(r) for _ in range(400)]
    found = sheet_of([(_excel(rule, t), list(_flat(t))) for rule, t in batch], tmp_path_factory.mktemp("rules"))
    for (rule, t), excel in zip(batch, found, strict=True):
        computed = float(rule.score(_arrays(t)))
        assert same(computed, excel), (rule, t, computed, excel)
        assert rule.explain(_numbers(t)).score == pytest.approx(computed, abs=1e-9), (rule, t)


def test_each_kind_of_rule_is_among_the_cases() -> None:
    r = Random(0)
    assert {case(r)[0].kind for _ in range(400)} == set(KINDS)


@FEW
@given(seed=SEEDS)
def test_the_change_is_the_same_in_numpy_and_in_excel(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    r = Random(seed)
    batch = [
        (r.choice(["absolute", "relative", "gap"]), r.choice([math.nan, number(r), 4.0]), r.choice([math.nan, 0.0, 4.0, number(r)]), r.choice([4.0, number(r)]))
        for _ in range(200)
    ]  # fmt: skip
    rows = [(measure.excel(kind, "{0}", "{1}", "{2}"), [x, b, best]) for kind, x, b, best in batch]
    for (kind, x, b, best), excel in zip(batch, sheet_of(rows, tmp_path_factory.mktemp("change")), strict=True):
        computed = float(measure.compute(kind, np.array(x), np.array(b), np.array(best)))
        assert same("" if math.isnan(computed) else computed, excel), (kind, x, b, best, computed, excel)


# Rounding -------------------------------------------------------------------------------------------------------


def near_tie(r: Random, decimals: int) -> float:
    """An exact decimal tie, or what arithmetic leaves a few binary steps beside it."""
    value = (2 * r.randint(-300, 12000) + 1) / (2 * 10**decimals)
    for _ in range(abs(steps := r.randint(-2, 2))):
        value = math.nextafter(value, math.inf if steps > 0 else -math.inf)
    return value


@FEW
@given(seed=SEEDS)
def test_both_roundings_send_exact_ties_where_the_engine_does(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    r = Random(seed)
    cases: list[tuple[float, int, Any]] = [
        (near_tie(r, decimals) if r.random() < 0.7 else r.uniform(-500, 500), decimals, rounding)
        for decimals in (0, 1, 2, 3) for rounding in ("half_even", "half_up") for _ in range(60)
    ]  # fmt: skip
    rows = [(excel_round("{0}", decimals, rounding), [value]) for value, decimals, rounding in cases]
    for one, excel in zip(cases, sheet_of(rows, tmp_path_factory.mktemp("round")), strict=True):
        assert same(round_decimal(*one), excel), (one, round_decimal(*one), excel)


def test_a_rounded_tie_is_what_the_standard_says(tmp_path: Path) -> None:
    """GB/T 8170: 2.125 → 2.12, 2.135 → 2.14; half up: 2.13, 2.14."""
    rows = [
        (excel_round("{0}", 2, rounding), [value]) for rounding in ("half_even", "half_up") for value in (2.125, 2.135)
    ]
    assert sheet_of(rows, tmp_path) == [2.12, 2.14, 2.13, 2.14]


# From parts to a whole ------------------------------------------------------------------------------------------


def group(r: Random) -> tuple[list[float], list[float], Any, Any]:
    count = r.choice([1, 2, 5, 60])
    parts = [r.choice([math.nan, 100.0, *(r.randint(1, 10000) / 100 for _ in range(6))]) for _ in range(count)]
    if r.random() < 0.2:
        parts[r.randrange(count)] = r.choice([0.0, -5.0])
    if r.random() < 0.1:
        parts = [math.nan] * count
    weights = [r.choice([0.5, 1.0, 3.0, 20.0]) for _ in range(count)]
    return parts, weights, r.choice(["arithmetic", "geometric", "minimum"]), r.choice(["proportional", "even"])


@FEW
@given(seed=SEEDS)
def test_a_group_is_combined_and_shared_out_alike(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    r = Random(seed)
    batch = [group(r) for _ in range(80)]
    rows: list[tuple[str, list[float | str]]] = []
    for parts, weights, aggregate, share_out in batch:
        n = len(parts)
        numbers: list[float | str] = [*("" if math.isnan(p) else p for p in parts), *weights]
        area, weighs = f"{{0}}:{{{n - 1}}}", f"{{{n}}}:{{{2 * n - 1}}}"
        cells = [(f"{{{k}}}", f"{{{n + k}}}") for k in range(n)]
        rows.append((excel_combine([area], [weighs], aggregate, share_out, cells=cells), numbers))
        rows.append((f"IF(ISNUMBER({{0}}),{excel_share(f'{{{n}}}', [area], [weighs], share_out)},0)", numbers))
    found = sheet_of(rows, tmp_path_factory.mktemp("groups"))
    for n, (parts, weights, aggregate, share_out) in enumerate(batch):
        array = np.array([parts])
        share = shares(np.array(weights), ~np.isnan(array), share_out)
        index = float(combine(array, share, aggregate)[0])
        assert same("" if math.isnan(index) else index, found[2 * n]), (batch[n], index, found[2 * n])
        assert same(float(share[0, 0]), found[2 * n + 1]), (batch[n], share[0, 0], found[2 * n + 1])


def test_ranks_and_grades_are_the_same(tmp_path: Path) -> None:
    totals = [87.53, 90.0, 87.53, 59.995, 89.99, 60.0, 12.0]
    grades = (Grade("优秀", 90), Grade("良好", 70.5), Grade("合格", 60), Grade("不合格", 20))
    area = f"{{0}}:{{{len(totals) - 1}}}"
    rows: list[tuple[str, list[float | str]]] = [
        (excel_rank(f"{{{k}}}", area), list(totals)) for k in range(len(totals))
    ]
    rows += [(excel_grade("{0}", grades), [total]) for total in totals]
    found = sheet_of(rows, tmp_path)
    assert found[: len(totals)] == rank_descending(np.array(totals)).tolist()
    assert [grade or "" for grade in found[len(totals) :]] == [grade_of(total, grades) for total in totals]
