"""Defects of a table, named one by one, or in sum where nobody would read them all."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from ecoscore import score
from ecoscore.errors import InputRefused
from tests.scheme_maker import one

PLAIN = "{kind: linear, bounds: {worst: 0, best: 100}}"


def found(scheme, values, period="2024"):
    index = [f"{n}区" for n in range(len(values))]
    try:
        findings = score(pd.DataFrame({"x": values}, index=index), scheme, period).findings
    except InputRefused as refused:
        findings = refused.findings
    return [(str(f.severity), f.code, f.district) for f in findings]


@pytest.mark.parametrize(
    ("rule", "more", "values", "expected"),
    [
        (PLAIN, "", [1.0, 2.0], []),
        (PLAIN, "", [1.0, math.nan], [("error", "missing", "1区")]),
        (PLAIN, "", [1.0, math.inf], [("error", "not_finite", "1区")]),
        (PLAIN, "", [1e308, -1e308], [("error", "not_finite", "0区"), ("error", "not_finite", "1区")]),
        (PLAIN, "valid: [0, 50]", [1.0, 51.0], [("warning", "out_of_range", "1区")]),
        (PLAIN, "valid: [5, null]", [1.0, 51.0], [("warning", "out_of_range", "0区")]),
        ("{kind: pass_fail}", "", [1.0, 2.0], [("error", "no_target", "0区"), ("error", "no_target", "1区")]),
        ("{kind: pass_fail}", "target: 3", [1.0, 2.0], []),
        ("{kind: minmax, bounds: sample}", "transform: log", [1.0, 0.0], [("error", "log_of_nonpositive", "1区")]),
        (
            "{kind: baseline_step, reference: baseline, per: 0.1}", "", [1.0],
            [("warning", "no_baseline", "0区")],
        ),
    ],
)  # fmt: skip
def test_each_defect_is_found_where_it_is(rule, more, values, expected):
    assert found(one(rule, more=more), values) == expected


def test_a_baseline_may_be_demanded():
    demanding = one("{kind: baseline_step, reference: baseline, per: 0.1}", extra="no_baseline: refuse")
    assert found(demanding, [1.0]) == [("error", "no_baseline", "0区")]


def test_many_of_one_kind_are_summed_up():
    values = [1.0] + [math.nan] * 51
    assert found(one(PLAIN, extra="missing: zero"), values) == [("warning", "missing", None)]
    assert len(found(one(PLAIN, extra="missing: zero"), values[:-1])) == 50
