"""Baselines and terms: which year a district is measured against, and what a term adds up to."""

from __future__ import annotations

import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.scoring.baseline import plan_base_year
from ecoscore.scoring.frame import score as score_frame
from ecoscore.scoring.term import score_term, term_at
from tests.scheme_maker import one

RULE = (
    "{kind: level_and_progress, share: 0, level: {kind: linear, bounds: {worst: 0, best: 100}},"
    " progress: {kind: linear, bounds: {worst: 0, best: 100}}}"
)


def months(text: str) -> Period:
    return Period.parse(text)


def years(**values: list[float]) -> pd.DataFrame:
    """district=[2019, 2020, 2021, 2022, 2023, 2024]."""
    rows = {(d, str(2019 + n)): v for d, column in values.items() for n, v in enumerate(column)}
    return pd.DataFrame({"x": rows.values()}, index=pd.MultiIndex.from_tuples(rows), dtype=float)


@pytest.mark.parametrize(
    ("year", "base"), [(2021, 2020), (2024, 2020), (2025, 2020), (2026, 2025), (2016, 2015), (2020, 2015)]
)
def test_the_base_year_of_a_five_year_plan(year, base):
    assert plan_base_year(year) == base


def test_last_year_a_fixed_year_the_plans_start():
    table = years(甲区=[1, 2, 4, 8, 16, 32])
    for baseline, change in [("previous_year", 16), ("2019", 31), ("plan_start", 30)]:
        result = score(table, one(RULE, extra=f"baseline: {baseline}"), "2024")
        assert result.cells.change[0, 0] == change, baseline


def test_each_district_against_the_start_of_its_own_term():
    table = years(甲区=[1, 2, 4, 8, 16, 32], 乙县=[1, 2, 4, 8, 16, 32], 丙县=[1, 2, 4, 8, 16, 32])
    terms = [
        Term("甲区", "区委书记", months("2021-07")),
        Term("乙县", "县委书记", months("2022-01"), baseline=months("2023")),
    ]
    scheme = one(RULE, extra="baseline: term_start")
    result = score_frame(table, scheme, "2024", terms=terms)
    assert [str(p) for p in result.baselines] == ["2020", "2023", "2023"]
    assert result.cells.change[:, 0].tolist() == [30, 16, 16]
    assert [(f.code, f.district) for f in result.findings] == [("no_term", "丙县")]


def test_months_served():
    term = Term("甲区", "区委书记", months("2021-07"), months("2024-03"))
    assert [term.months_in(y) for y in (2020, 2021, 2022, 2023, 2024, 2025)] == [0, 6, 12, 12, 3, 0]
    assert term.title == "区委书记 2021年7月—2024年3月"
    with pytest.raises(ValueError, match="早于"):
        Term("甲区", "区长", months("2024-03"), months("2023-03"))


def test_a_change_of_office_within_a_year_splits_it_by_months():
    table = years(甲区=[10, 20, 30, 40, 50, 90])
    scheme = one("{kind: linear, bounds: {worst: 0, best: 100}}")
    results = {Period(y): score(table, scheme, str(y)) for y in range(2021, 2025)}
    first = Term("甲区", "区长", months("2021-07"), months("2024-03"))
    second = Term("甲区", "区长", months("2024-04"))
    one_score, two_score = score_term(first, results), score_term(second, results)
    assert one_score.total_exact == pytest.approx((6 * 30 + 12 * 40 + 12 * 50 + 3 * 90) / 33)
    assert one_score.numbers.startswith("（6×30＋12×40＋12×50＋3×90）÷33＝")
    assert (two_score.total, [y.months for y in two_score.years]) == (90, [9])
    assert term_at([first, second], "甲区", Period(2024)) is second
    assert term_at([first, second], "甲区", Period(2023)) is first


def test_years_without_a_result_are_named_and_none_at_all_is_refused():
    table = years(甲区=[10, 20, 30, 40, 50, 60])
    scheme = one("{kind: linear, bounds: {worst: 0, best: 100}}")
    term = Term("甲区", "区长", months("2023-01"), months("2024-12"))
    got = score_term(term, {Period(2024): score(table, scheme, "2024")})
    assert got.total == 60 and "2023年度没有结果" in got.notes[0]
    with pytest.raises(InputRefused, match="没有任何一年"):
        score_term(Term("丁县", "县长", months("2023-01")), {Period(2024): score(table, scheme, "2024")})
