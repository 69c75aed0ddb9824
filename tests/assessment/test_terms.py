"""Terms of leading cadres: kept in the file, journalled without names, reported by the months served."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.terms import handovers
from ecoscore.errors import InputRefused
from ecoscore.model.district import District, Level
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.schemes import parse_scheme

SCHEME = """
id: t
title: 任期方案
edition: "1"
baseline: {baseline}
groups:
  - id: g
    title: 环境
    indicators:
      - {{id: x, title: 森林覆盖率, unit: "%", weight: 100, rule: {rule}}}
"""
BOTH = (
    "{kind: level_and_progress, share: 0.5, level: {kind: linear, bounds: {worst: 0, best: 100}},"
    " measure: absolute, progress: {kind: linear, bounds: {worst: 0, best: 20}}}"
)
LEVEL = "{kind: linear, bounds: {worst: 0, best: 100}}"
VALUES = {2020: (50, 60), 2021: (52, 60), 2022: (56, 62), 2023: (58, 62), 2024: (60, 64)}


def scheme(rule=BOTH, baseline="previous_year"):
    return parse_scheme(SCHEME.format(rule=rule, baseline=baseline), "任期.yaml")


def month(text):
    return Period.parse(text)


def filled(path, a_scheme):
    file = Assessment.create(path, a_scheme, [District("甲区"), District("乙县")])
    file.set_values(
        [
            Observation(d, "x", Period(y), float(v))
            for y, pair in VALUES.items()
            for d, v in zip(("甲区", "乙县"), pair, strict=True)
        ]
    )
    return file


@pytest.fixture
def file(tmp_path):
    with filled(tmp_path / "任期 考核.ecos", scheme()) as made:
        yield made


FIRST = Term("甲区", "区委书记", month("2021-01"), month("2022-06"), "赵某某")
SECOND = Term("甲区", "区委书记", month("2022-07"), name="钱某某")


def test_terms_are_there_when_the_file_is_opened_again(file):
    file.add_term(SECOND, why="任免文件")
    file.add_term(FIRST)
    file.add_term(Term("乙县", "县长", month("2020-03")))
    with Assessment.open(file.path) as again:
        assert again.terms("甲区") == (FIRST, SECOND)
        assert len(again.terms()) == 3
        assert again.check() == ()


def test_no_name_in_the_journal(file):
    file.add_term(FIRST)
    file.set_terms([replace(FIRST, name="孙某某")])
    file.remove_term(replace(FIRST, name="孙某某"), why="误录")
    lines = file.journal(3)
    assert [(e.action_title, e.old, e.new) for e in lines] == [
        ("登记任期", None, "区委书记 2021年1月—2022年6月"),
        ("登记任期", "区委书记 2021年1月—2022年6月", "区委书记 2021年1月—2022年6月，姓名有改动"),
        ("撤销任期", "区委书记 2021年1月—2022年6月", None),
    ]
    assert all("某某" not in str(e) for e in file.journal())


def test_setting_the_same_terms_writes_nothing(file):
    file.set_terms([FIRST, SECOND])
    lines, version = len(file.journal()), file.version
    file.set_terms([SECOND, FIRST])
    assert (len(file.journal()), file.version) == (lines, version)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (Term("丙区", "区长", month("2021-01")), "unknown_district"),
        (Term("甲区", " ", month("2021-01")), "no_post"),
        (Term("甲区", "区长", month("2021-01"), baseline=Period(2022)), "bad_baseline"),
        (Term("甲区", "区长", month("2021-01"), baseline=month("2020-12")), "bad_baseline"),
        (replace(FIRST, start=month("2021-05")), "terms_overlap"),
        (FIRST, "terms_overlap"),
    ],
)
def test_a_term_that_cannot_be_is_refused_and_nothing_changes(file, term, code):
    file.set_terms([FIRST])
    lines = len(file.journal())
    with pytest.raises(InputRefused) as caught:
        file.add_term(term)
    assert [f.code for f in caught.value.findings] == [code]
    assert "某某" not in str(caught.value.findings) + caught.value.message
    assert file.terms() == (FIRST,)
    assert len(file.journal()) == lines


def test_removing_what_is_not_there_is_refused(file):
    with pytest.raises(InputRefused, match="没有登记过"):
        file.remove_term(FIRST)


def test_two_people_in_one_post_are_told_unless_they_only_hand_over():
    assert [f.code for f in handovers([replace(FIRST, end=None), SECOND])] == ["terms_overlap"]
    assert list(handovers([FIRST, SECOND])) == []
    assert list(handovers([replace(FIRST, end=month("2022-07")), SECOND])) == []
    assert list(handovers([FIRST, replace(SECOND, start=month("2022-02"), post="区长")])) == []


def test_a_term_weighs_its_years_by_months(file):
    """甲区: 2021 0.5×52+0.5×(2÷20×100)=31, 2022 0.5×56+0.5×20=38, 2023 0.5×58+0.5×10=34, 2024 0.5×60+0.5×10=35."""
    file.set_terms([FIRST, SECOND])
    assert [file.score(Period(y)).layers.total[0] for y in (2021, 2022, 2023, 2024)] == [31, 38, 34, 35]
    first, second = file.term_report("甲区")
    assert [(str(y.period), y.months, y.total) for y in first.years] == [("2021", 12, 31), ("2022", 6, 38)]
    assert first.total_exact == pytest.approx((12 * 31 + 6 * 38) / 18)
    assert first.total == 33.33
    assert first.numbers == "（12×31＋6×38）÷18＝33.333333"
    assert second.total_exact == pytest.approx((6 * 38 + 12 * 34 + 12 * 35) / 30)
    assert (first.term, second.term) == (FIRST, SECOND)


def test_the_last_year_against_the_terms_own_baseline(file):
    """FIRST: 2022 against 2020: 0.5×56+0.5×(6÷20×100)=43. SECOND: 2024 against 2021: 0.5×60+0.5×40=50."""
    file.set_terms([FIRST, SECOND, Term("乙县", "县长", month("2024-01"))])
    first, second = (report.improvement for report in file.term_report("甲区"))
    assert (first.baseline, first.year.period, first.year.total) == (Period(2020), Period(2022), 43)
    assert (second.baseline, second.year.period, second.year.total) == (Period(2021), Period(2024), 50)
    # 乙县 had nobody registered in 2022: it is measured over the same years; in 2024 against its own 2023.
    assert [str(b) for b in first.result.baselines] == ["2020", "2020"]
    assert [str(b) for b in second.result.baselines] == ["2021", "2023"]
    assert second.result.layers.total.tolist() == [50, 37]
    assert (second.year.rank, second.year.peers) == (1, 2)


def test_a_baseline_of_its_own_and_a_scheme_that_asks_for_terms(tmp_path):
    with filled(tmp_path / "任期.ecos", scheme(baseline="term_start")) as file:
        file.set_terms([replace(SECOND, baseline=Period(2020))])
        result = file.score(Period(2024))
        assert [str(b) for b in result.baselines] == ["2020", "2023"]
        assert result.layers.total[0] == 0.5 * 60 + 0.5 * 50
        assert [f.code for f in result.findings] == ["no_term"]


def test_a_scheme_without_baselines_has_no_improvement_and_says_so(tmp_path):
    with filled(tmp_path / "水平.ecos", scheme(LEVEL)) as file:
        file.set_terms([FIRST])
        (report,) = file.term_report("甲区")
        assert report.improvement is None
        assert "方案不与基期比较，没有任期改善" in report.notes


def test_years_without_results_are_named(file):
    file.set_terms([replace(FIRST, start=month("2019-03")), Term("甲区", "区长", month("2025-02"))])
    old, new = file.term_report("甲区")
    assert any("2019年度没有结果，任职 10 个月未计入" in note for note in old.notes)
    assert new.years == ()
    assert math.isnan(new.total)
    assert "无法计任期得分" in new.notes[0]
    file.set_terms([Term("甲区", "区长", month("2025-02"), name="赵某某")])
    with pytest.raises(InputRefused, match="没有任何一年有考核结果") as caught:
        file.term_report("甲区")
    assert "某某" not in caught.value.message


def test_a_district_without_terms_or_unknown_is_refused(file):
    with pytest.raises(InputRefused, match="还没有登记任期"):
        file.term_report("甲区")
    with pytest.raises(InputRefused, match="没有这个区县"):
        file.term_report("丙区")


def test_a_term_over_a_change_of_scheme_says_so(file):
    file.set_terms([FIRST])
    file.adopt_scheme(parse_scheme(scheme(LEVEL).source_text.replace('"1"', '"2"'), "新.yaml"), Period(2022))
    (report,) = file.term_report("甲区")
    assert [y.total for y in report.years] == [31, 56]
    assert "任期内方案有过更改：2021年度按《任期方案》（1）；2022年度按《任期方案》（2）" in report.notes


def test_a_towns_term_is_weighed_among_towns(file):
    file.add_districts([District(name, level=Level.TOWN, parent="甲区") for name in ("丁镇", "戊镇")])
    file.set_values(
        [Observation(d, "x", Period(y), v) for y in (2023, 2024) for d, v in (("丁镇", 70.0), ("戊镇", 40.0))]
    )
    file.set_terms([Term("丁镇", "镇长", month("2024-01"))])
    (report,) = file.term_report("丁镇")
    assert (report.years[0].total, report.years[0].rank, report.years[0].peers) == (35, 1, 2)
