"""The rail through a year: what is done, what is to do now, what is open."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.forms import issue_forms
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, Y2024
from ui.pages import PAGES
from ui.steps import Stage, steps


def look(session):
    session.year.ask()
    session.result()
    while session.tasks.running:
        assert session.tasks.drain()
    return steps(session)


@pytest.fixture
def year(session, tmp_path):
    path = tmp_path / "某市.ecos"
    districts = [District("甲区"), District("乙区")]
    Assessment.create(path, parse_scheme(SCHEME, "小方案.yaml"), districts).close()
    session.open(path)
    assert session.tasks.drain()
    session.set_period(Y2024)
    return session


def fill(session, *districts):
    values = {"pm25": 30.0, "days": 80.0, "forest": 30.0}
    session.assessment.set_values([Observation(d, i, Y2024, v) for d in districts for i, v in values.items()])
    session.announce()


def test_the_path_is_the_years(qapp):
    titles = [p.title for p in PAGES]
    assert titles == ["开始", "方案", "下发", "导入", "数据", "核对", "评分", "成绩单", "归档"]


def test_one_step_after_the_other_becomes_the_one_to_do_now(year, tmp_path):
    path = look(year)
    assert (path["scheme"].stage, path["forms"].stage, path["import"].stage) == (Stage.DONE, Stage.NOW, Stage.TO_COME)
    issue_forms(year.assessment, Y2024, tmp_path / "下发", ["甲区"])
    year.year.noted()
    path = look(year)
    assert (path["forms"].stage, path["forms"].open_points) == (Stage.NOW, 1)
    issue_forms(year.assessment, Y2024, tmp_path / "下发", ["乙区"])
    year.year.noted()
    path = look(year)
    assert (path["forms"].stage, path["import"].stage, path["import"].open_points) == (Stage.DONE, Stage.NOW, 2)
    fill(year, "甲区")
    path = look(year)
    assert (path["import"].stage, path["import"].open_points) == (Stage.NOW, 1)
    assert path["data"].open_points == 3
    fill(year, "乙区")
    path = look(year)
    assert [path[k].stage for k in ("import", "data", "review", "results")] == [Stage.DONE] * 4
    assert (path["scorecard"].stage, path["archive"].stage) == (Stage.NOW, Stage.TO_COME)
    year.assessment.seal(Y2024)
    year.announce()
    path = look(year)
    assert {p.stage for p in path.values()} == {Stage.DONE}


def test_what_is_open_in_the_review_is_counted(year):
    fill(year, "甲区", "乙区")
    year.assessment.set_values([], cleared=[("乙区", "forest", Y2024)])
    year.announce()
    path = look(year)
    assert (path["review"].stage, path["review"].open_points) == (Stage.NOW, 1)
    assert path["review"].hint == "1 处待处理"


def test_another_file_forgets_what_was_known(year, small_file):
    look(year)
    year.open(small_file)
    while year.tasks.running:
        assert year.tasks.drain()
    assert year.year.state is None or year.year.state.review.period == year.period
    assert len(look(year)) == 8
