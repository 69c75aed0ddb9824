"""Towns beside counties: each is scored, explained and printed among its own level."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.errors import InputRefused
from ecoscore.model.district import District, Level
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
