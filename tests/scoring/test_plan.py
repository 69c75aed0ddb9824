"""A compiled scheme gives what the scheme says, for every table it meets, and is never an older scheme's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import District
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from ecoscore.scoring import score_dataset
from ecoscore.scoring.plan import plan_of
from tests.scheme_maker import scheme

P = Period(2024)
PLAIN = "{kind: linear, bounds: {worst: 0, best: 100}}"
TWO = f"{{id: a, title: 甲项, weight: 60, rule: {PLAIN}}}\n{{id: b, title: 乙项, weight: 40, rule: {PLAIN}}}"


def table(rows, ids=("a", "b")) -> Dataset:
    values = np.array([rows], dtype=float)
    status = np.where(np.isnan(values), Status.MISSING, Status.REPORTED).astype(np.uint8)
    names = tuple(District(f"{'甲乙丙丁戊己庚'[n]}区") for n in range(len(rows)))
    return Dataset(names, ids, (P,), values, status, np.full(values.shape, np.nan))


def totals(dataset, under):
    return score_dataset(dataset, under, P).layers.total.tolist()


def test_a_scheme_is_compiled_once():
    under = scheme(TWO)
    assert plan_of(under) is plan_of(under)


def test_a_changed_scheme_has_a_plan_of_its_own():
    under = scheme(TWO)
    rows = table([[100, 50]])
    assert totals(rows, under) == [80]
    assert totals(rows, replace(under, full=50.0)) == [40]
    a, b = under.groups[0].children
    group = replace(under.groups[0], children=(replace(a, weight=0.0), b))
    assert totals(rows, replace(under, groups=(group,))) == [50]
    assert totals(rows, under) == [80]


def test_one_plan_serves_tables_of_any_size_and_order_of_columns():
    under = scheme(TWO, "missing: zero")
    assert totals(table([[100, 50]] * 3), under) == [80] * 3
    for count in (1, 2, 3, 4, 5, 6, 7, 1, 2):  # more sizes than are remembered
        assert totals(table([[100, 50]] * count), under) == [80] * count
    assert totals(table([[50, 100]], ids=("b", "a")), under) == [80]
    assert totals(table([[1, 50, 2, 100]], ids=("y", "b", "x", "a")), under) == [80]
    assert totals(table([[100]], ids=("a",)), under) == [60]


def test_the_next_table_is_not_touched_by_the_gaps_of_the_last():
    under = scheme(TWO, "missing: reweight")
    whole, gappy = table([[100, 50], [0, 50]]), table([[np.nan, 50], [0, 50]])
    before = score_dataset(whole, under, P)
    assert totals(gappy, under) == [50, 20]
    after = score_dataset(whole, under, P)
    assert after.layers.total.tolist() == before.layers.total.tolist() == [80, 20]
    assert after.cells.weight.tolist() == [[60, 40], [60, 40]]
    assert after.cells.override.tolist() == [[0, 0], [0, 0]]


def test_what_results_share_cannot_be_written_to():
    result = score_dataset(table([[100, 50]]), scheme(TWO), P)
    for shared in (result.cells.weight, result.cells.override, result.cells.progress, result.cells.value):
        with pytest.raises(ValueError, match="read-only"):
            shared[0, 0] = 1


def test_rules_apart_in_the_scheme_are_scored_together():
    mixed = "\n".join(
        f"{{id: x{n}, title: x{n}, weight: 1, rule: {rule}}}"
        for n, rule in enumerate([PLAIN, "{kind: rank_step}", PLAIN, "{kind: minmax, bounds: sample}", PLAIN])
    )
    under = scheme(mixed)
    assert [batch.at for batch in plan_of(under).batches] == [[0, 2, 4], slice(1, 2), slice(3, 4)]
    rows = table([[10, 1, 30, 4, 50], [20, 2, 40, 8, 60]], ids=tuple(f"x{n}" for n in range(5)))
    assert score_dataset(rows, under, P).cells.individual.tolist() == [[10, 95, 30, 0, 50], [20, 100, 40, 100, 60]]


# An indicator without weight (公众满意程度, 单独评价) is shown and cannot change a total. ----------------------------

SHOWN = TWO + f"\n{{id: c, title: 丙项, weight: 0, binding: true, target: 50, rule: {PLAIN}}}"


@pytest.mark.parametrize("missing", ["refuse", "zero", "floor", "reweight"])
@pytest.mark.parametrize("shown", [[np.nan, np.nan], [np.nan, 70]])
def test_nobody_is_warned_of_what_cannot_change_a_score(missing, shown):
    result = score_dataset(
        table([[100, 50, shown[0]], [0, 50, shown[1]]], ids=("a", "b", "c")), scheme(SHOWN, f"missing: {missing}"), P
    )
    assert result.findings == ()
    assert result.layers.total.tolist() == [80, 20]
    states = [Status.NO_DATA if np.isnan(shown).all() else Status.MISSING, Status.REPORTED]
    assert Status(result.cells.status[0, 2]) is states[0]
    assert result.explain("甲区")[2].value == states[0].title


@pytest.mark.parametrize(
    "read",
    [
        "binding: {zero_item: true, deduct_from: 2, fail_from: 3}",
        "adjustments: [{id: both, title: 双降, kind: bonus, points: 1, when: {all_improved: [a, c]}}]",
        "compensation: {items: [{id: m, title: 水, indicator: c, against: value, at: 60, rate: 1}]}",
    ],
)
def test_one_that_decides_about_something_else_is_still_asked_for(read):
    under = scheme(SHOWN, f"missing: zero\n{read}")
    result = score_dataset(table([[100, 50, np.nan], [0, 50, 70]], ids=("a", "b", "c")), under, P)
    assert ("missing", "c") in [(f.code, f.indicator) for f in result.findings]


def test_a_whole_group_without_weight_is_shown_and_does_not_count():
    text = f"""
id: n
title: n
groups:
  - {{id: g1, title: 一, weight: 1, indicators: [{{id: a, title: a, weight: 1, rule: {PLAIN}}}]}}
  - {{id: g2, title: 二, weight: 0, indicators: [{{id: b, title: b, weight: 3, rule: {PLAIN}}}]}}
"""
    result = score_dataset(table([[40, 90], [10, np.nan]]), parse_scheme(text, "n"), P)
    assert result.layers.total.tolist() == [40, 10]
    assert result.groups["g2"].fillna(-1).tolist() == [90, -1]
    assert result.findings == ()
