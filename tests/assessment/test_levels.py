"""Towns beside counties: each is scored, explained and printed among its own level."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment, figures
from ecoscore.assessment.events import effect_of
from ecoscore.assessment.preview import effect, preview
from ecoscore.assessment.review import review
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District, Level, usual_level
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from tests.assessment.test_assessment import SCHEME

P24 = Period(2024)
COUNTIES = ("甲区", "乙县")
TOWNS = {"子镇": "甲区", "丑镇": "甲区", "寅镇": "乙县"}


@pytest.fixture
def file(tmp_path):
    districts = [District(n) for n in COUNTIES] + [District(n, level=Level.TOWN, parent=p) for n, p in TOWNS.items()]
    with Assessment.create(tmp_path / "两级 考核.ecos", SCHEME, districts) as made:
        made.set_values(
            [
                Observation(d.name, i, P24, v + 5 * k)
                for k, d in enumerate(districts)
                for i, v in [("pm25", 30.0), ("days", 70.0)]
            ]
        )
        yield made


def test_a_town_has_its_scorecard_and_working_paper_among_the_towns(file):
    card = file.scorecard(P24, "丑镇")
    ranked = [row.district for section in file.ranking(P24, level=Level.TOWN).sections for row in section.rows]
    assert set(ranked) == set(TOWNS)
    towns = file.score(P24, Level.TOWN)
    assert set(towns.district_at) == set(TOWNS)
    assert [row.points.raw for row in card.rows] == [r.points for r in towns.explain("丑镇")]
    assert file.working_paper(P24, "丑镇").district == "丑镇"
    assert file.result_of(P24, "丑镇").district_at == towns.district_at
    assert file.result_of(P24, "甲区").district_at.keys() == set(COUNTIES)


def test_a_district_of_another_level_than_asked_is_refused(file):
    with pytest.raises(InputRefused, match="不在同一层级"):
        file.result_of(P24, "甲区", Level.TOWN)
    with pytest.raises(InputRefused, match="没有这个区县"):
        file.result_of(P24, "无名镇")


def test_papers_of_a_level_agree_with_the_file(file, tmp_path):
    papers = file.report(P24, tmp_path / "乡镇", formats=("xlsx",), level=Level.TOWN)
    assert sorted(p.stem for p in papers if p.parent.name == "成绩单") == sorted(f"{t} 2024年度成绩单" for t in TOWNS)
    for path in papers:
        assert file.verify_paper(path).agrees, path


def test_naming_a_town_is_enough(file, tmp_path):
    papers = file.report(P24, tmp_path / "一镇", formats=("xlsx",), papers=["scorecard"], districts=["寅镇"])
    assert [p.name for p in papers] == ["寅镇 2024年度成绩单.xlsx"]
    with pytest.raises(InputRefused, match="不在同一层级"):
        file.report(P24, tmp_path / "混", formats=("xlsx",), districts=["寅镇", "甲区"])


def test_the_levels_of_a_file_the_highest_first(file):
    assert file.levels == {Level.COUNTY: 2, Level.TOWN: 3}
    assert usual_level(file.levels) is Level.COUNTY
    assert usual_level({Level.CITY: 1, Level.TOWN: 3}) is Level.TOWN, "nobody is ranked alone"
    assert usual_level({Level.CITY: 1}) is Level.CITY


def test_papers_of_another_level_lie_beside_those_of_the_usual_one(file, tmp_path):
    usual = file.report(P24, tmp_path, formats=("xlsx",), papers=["ranking"])
    said = file.report(P24, tmp_path, formats=("xlsx",), papers=["ranking"], level=Level.COUNTY)
    towns = file.report(P24, tmp_path, formats=("xlsx",), papers=["ranking"], level=Level.TOWN)
    assert [p.name for p in usual] == [p.name for p in said] == ["排名汇总表 2024年度.xlsx"]
    assert [p.name for p in towns] == ["排名汇总表 2024年度（乡镇级）.xlsx"]


def test_tables_of_a_level_and_the_course_of_a_town(file):
    before = [Observation(o.district, o.indicator, Period(2023), o.value - 1) for o in file.observations(P24).values()]
    file.set_values(before)
    assert set(figures.methods(file, P24, tuple(TOWNS), Level.TOWN).keys) == set(TOWNS)
    assert [y.period for y in figures.history(file, "丑镇", P24)] == [Period(2023), P24]
    assert figures.change_chart(file, P24, file.score(P24, Level.TOWN), "丑镇") is not None
    assert figures.history_chart(figures.history(file, "丑镇", P24), "丑镇", 400, 200) is not None


def test_a_preview_and_an_events_effect_are_of_the_districts_own_level(file):
    rows = effect(file.score(P24, Level.TOWN), preview(file, P24, level=Level.TOWN))
    assert {r.district for r in rows} == set(TOWNS)
    assert not any(r.is_changed for r in rows)
    item = next(a for a in file.scheme_of(P24).adjustments)
    told = effect_of(file, Event("丑镇", P24, item.id, "事由"))
    assert told.before.total != "—"
    assert told.before.total != told.after.total


def test_what_is_open_is_of_the_level_scored(file):
    file.set_values([], cleared=[("寅镇", "days", P24)])

    def named(level):
        return {p.finding.district for p in review(file, P24, level).points if p.finding.code == "missing"}

    assert named(Level.TOWN) == {"寅镇"}
    assert named(None) == set(), "towns only feed the counties there"
