"""The working paper of a formula: titles, figures as entered, the branch taken, steps numbered where one is called twice."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore.derived import ExpressionError, parse
from ecoscore.derived.figures import equation, put, shown
from ecoscore.model.rule import Number

TITLES = {"a": "甲量", "b": "乙量"}


def paper(text, a="2.50", b="-3", before=None):
    numbers = {k: Number(float(v), v) for k, v in (("a", a), ("b", b)) if v}
    return parse(text, TITLES).explain(numbers, before or {}, TITLES)


def test_figures_stand_as_they_were_entered():
    got = paper("100 * a / (a - b)")
    assert got.formula == "100×甲量÷（甲量−乙量）"
    assert got.numbers == "100×2.50÷（2.50−（−3））＝45.454545"
    assert got.score == 100 * 2.5 / 5.5


def test_only_the_branch_taken_is_worked():
    got = paper("if(a > b, a * 2, a / b)")
    assert got.formula == "若 甲量＞乙量，取 甲量×2；否则取 甲量÷乙量"
    assert got.numbers == "2.50×2＝5"
    assert got.notes == ("甲量＞乙量：2.50＞（−3），成立，取 甲量×2",)
    other = paper("if(a < b, a * 2, b / 3)")
    assert other.numbers == "（−3）÷3＝−1"
    assert other.notes == ("甲量＜乙量：2.50＜（−3），不成立，取 乙量÷3",)
    assert paper("if(a > 0, a, b)", b="").score == 2.5
    unknown = paper("if(b > 0, a, a)", b="")
    assert math.isnan(unknown.score)
    assert "不能判断 乙量＞0 是否成立，不计算" in unknown.notes


def test_functions_are_spelled_out():
    assert paper("abs(b)^2").numbers == "｜（−3）｜^2＝9"
    assert paper("min(a, b) + max(a, 1)").formula == "最小值（甲量，乙量）＋最大值（甲量，1）"
    assert paper("round(a / 3, 2)").numbers == "四舍五入到 2 位小数（2.50÷3）＝0.83"
    assert paper("sqrt(b)").notes == ("乙量 为负，不能开平方，不计算",)


def test_two_calls_of_one_function_are_told_apart():
    got = paper("mean(per_head(a, 2), per_head(b, 2))")
    assert got.formula == "平均值（人均值①，人均值②）"
    assert got.numbers == "平均值（1.25，（−1.5））＝−0.125"
    assert [title for title, _ in got.steps] == ["人均值①", "人均值②"]


def test_the_same_call_is_one_step():
    got = paper("per_head(a, 2) - per_head(a, 2) / 3")
    assert len(got.steps) == 1


def test_a_call_within_a_call_comes_first():
    got = paper("per_head(good_days_ratio(a, 4), 5)")
    assert [title for title, _ in got.steps] == ["优良天数比率"]
    assert (got.formula, got.numbers) == ("优良天数比率÷5", "62.5÷5＝12.5")


def test_small_and_large_figures_keep_their_digits():
    assert [shown(v) for v in (0.00002, 1 / 3, -1e-7 / 3, 1234567.5, 0, 1e-15, -2.5e20, math.nan)] == [
        "0.00002", "0.333333", "−0.0000000333333", "1234567.5", "0", "1×10^-15", "−2.5×10^20", "—",
    ]  # fmt: skip
    assert put(Number(-1.5, "-1.50")) == "（−1.50）"
    assert put(None) == "—"
    assert equation("7", 7.0) == "7"


def arithmetic(source, depth):
    """Plain arithmetic over a and b, with branches: what a pocket calculator can follow."""
    if depth == 0:
        return source.choice(["a", "b", "2", "0.5"])
    one, other = arithmetic(source, depth - 1), arithmetic(source, depth - 1)
    return source.choice(
        [
            f"({one}) + ({other})",
            f"({one}) - ({other})",
            f"({one}) * ({other})",
            f"({one}) / ({other})",
            f"-({one})",
            f"({one})^2",
            f"if({one} > {other}, {other}, {one})",
        ]
    )


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_what_is_printed_can_be_recomputed(seed, depth):
    source = random.Random(seed)
    try:
        got = paper(arithmetic(source, depth), a=f"{source.uniform(-9, 99):.2f}", b=f"{source.uniform(-9, 99):.1f}")
    except ExpressionError:
        return
    if math.isnan(got.score):
        return
    printed = got.numbers.split("＝")[0]
    for sign, python in zip("＋−×÷（）^", ("+", "-", "*", "/", "(", ")", "**"), strict=True):
        printed = printed.replace(sign, python)
    assert eval(printed) == pytest.approx(got.score, rel=1e-12, abs=1e-9) or "×10" in got.numbers
