"""A term's report: years, before and after, verdicts by direction, courses; on paper."""

from __future__ import annotations

import math

import pytest

from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.reporting.pdf import write_pdf
from ecoscore.reporting.view_charts import contribution_steps, trend_chart, waterfall_chart
from ecoscore.reporting.view_term import term_view
from ecoscore.scoring.term import TermImprovement, score_term, year_of
from tests.reporting.builders import BEFORE, NOW, TEN, scored, small
from tests.reporting.pdf.reading import outside, overlaps, read

TERM = Term("甲区", "区委书记", Period.parse("2023-07"), name="某某某")


@pytest.fixture(scope="module")
def results():
    values = {("甲区", "i1"): 86.4, ("甲区", "i2"): 42.0, ("甲区", "i3"): 60.0}
    baselines = {("甲区", "i1"): 70.5, ("甲区", "i2"): 64.0, ("甲区", "i3"): 61.0}
    now = scored(small(), TEN, values=values, baselines=baselines)
    return {NOW: now, BEFORE: scored(small(), TEN, period=BEFORE, seed=5)}


def report(results, *, improved=True):
    from dataclasses import replace

    score = score_term(TERM, results)
    if improved:
        last = results[NOW]
        score = replace(score, improvement=TermImprovement(year_of(TERM, NOW, last), BEFORE, last))
    courses = {"i1": [(Period(y), 60.0 + y - 2020) for y in range(2020, 2025)], "i2": [(NOW, math.nan)]}
    return term_view(score, results[NOW], courses=courses, first=results[BEFORE])


def test_years_and_score_are_those_of_the_scoring(results):
    view, score = report(results), score_term(TERM, results)
    assert [y.months for y in view.years] == ["6", "12"]
    assert view.total == f"{score.total:.2f}"
    assert "任期内计入18个月" in view.summary[0]
    delta = score.years[1].total - score.years[0].total
    assert f"{'提高' if delta > 0 else '下降'}{abs(round(delta, 2)):.2f}分" in view.summary[0]


def test_verdicts_follow_the_direction_of_the_indicator(results):
    rows = report(results).rows
    assert [(r.change, r.verdict) for r in rows[:3]] == [
        ("上升15.9个百分点", "改善"), ("下降34.4%", "改善"), ("下降1个百分点", "变差"),
    ]  # fmt: skip
    assert sum(r.verdict == "改善" for r in rows) == int(report(results).summary[1].split("改善")[1].split("项")[0])


def test_without_an_improvement_there_is_no_comparison(results):
    view = report(results, improved=False)
    assert view.rows == ()
    assert view.baseline == ""
    assert len(view.summary) == 1


def test_only_courses_with_enough_values_are_drawn(results):
    assert [d.title for d in report(results).trends] == [results[NOW].indicators[0].title_with_unit]


def test_steps_lead_from_one_total_to_the_next(results):
    now, then = results[NOW], results[BEFORE]
    for name in TEN:
        steps = contribution_steps(now, then, name)
        delta = now.layers.total[now.district_at[name]] - then.layers.total[then.district_at[name]]
        assert sum(s.delta for s in steps) == pytest.approx(delta, abs=0.05)
    assert waterfall_chart(now, then, "甲区", 440, 140) is not None
    assert contribution_steps(now, then, "没有的区") == []
    assert waterfall_chart(now, scored(small(title="别的"), TEN[:1], period=BEFORE), "乙区", 440, 140) is None


def test_a_mean_that_is_not_a_sum_is_a_step_of_its_own():
    scheme = small(extra="aggregate: geometric")
    steps = contribution_steps(scored(scheme, seed=1), scored(scheme, period=BEFORE, seed=9), "甲区")
    assert all(s.text for s in steps)


def test_a_course_names_its_target(results):
    indicator = results[NOW].indicators[0]
    drawing = trend_chart(indicator, [(Period(2023), 1.0), (Period.parse("2024Q1"), 2.0)], 215, 110, target=3.0)
    assert {"目标3", "2023", "2024Q1"} <= {getattr(s, "text", "") for s in drawing.shapes}


def test_on_paper(tmp_path, results):
    view = report(results)
    write_pdf(tmp_path / "任期.pdf", view)
    found = read(tmp_path / "任期.pdf")
    for text in (*view.summary, view.post, *(r.change for r in view.rows)):
        assert text.replace(" ", "") in found.joined
    assert overlaps(found) == []
    assert outside(found) == []
