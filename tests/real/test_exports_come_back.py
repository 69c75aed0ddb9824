"""What the tool writes about the demo can be imported again, or says why not."""

from __future__ import annotations

import openpyxl
import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.new import DEMO_PERIOD, make_demo
from ecoscore.importing.plan import Action


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("示例 往返")
    made = make_demo(folder)
    with Assessment.open(made.path) as file:
        papers = file.report(DEMO_PERIOD, folder / "报表", formats=["xlsx"])
        yield file, {p.parent.name if p.parent.name != "报表" else "排名汇总表": p for p in papers}


def test_the_results_workbook_brings_back_every_value_and_target(demo):
    file, papers = demo
    plan = file.plan_import([papers["排名汇总表"]])
    assert not plan.errors
    assert {e.action for e in plan.entries} == {Action.UNCHANGED}
    numbers = [o for o in file.observations(DEMO_PERIOD).values() if o.value is not None]
    derived = [i.id for i in file.scheme.indicators if i.formula is not None]
    read = {(e.new.district, e.new.indicator) for e in plan.entries}
    assert {(o.district, o.indicator) for o in numbers if o.indicator not in derived} <= read
    assert all(t.action is not Action.CHANGED for t in plan.targets)


def test_a_figure_changed_in_it_is_read_as_changed(demo, tmp_path):
    file, papers = demo
    book = openpyxl.load_workbook(papers["排名汇总表"])
    sheet = book["数据"]
    sheet["E7"] = 12.5
    book.save(tmp_path / "改.xlsx")
    plan = file.plan_import([tmp_path / "改.xlsx"])
    changed = [e for e in plan.entries if e.action is Action.CHANGED]
    assert [(e.new.district, e.new.indicator, e.new.value, e.cell) for e in changed] == [("甲区", "pm25", 12.5, "E7")]


@pytest.mark.parametrize("paper", ["成绩单", "计分底稿"])
def test_other_papers_are_refused_with_one_sentence(demo, paper):
    file, papers = demo
    plan = file.plan_import([papers[paper]])
    (found,) = plan.findings
    assert found.code == "own_paper" and paper in found.message and "数据" in found.advice
    assert plan.entries == () and plan.targets == ()


def test_forms_of_districts_and_departments_come_back(demo, tmp_path):
    file, _ = demo
    for by in ("district", "department"):
        plan = file.plan_import(file.write_forms(DEMO_PERIOD, tmp_path / by, by=by))
        assert not plan.errors
        assert {e.action for e in plan.entries} == {Action.UNCHANGED}
