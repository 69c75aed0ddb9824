"""What the tool writes about the demo can be imported again, or says why not."""

from __future__ import annotations

import openpyxl
import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.new import DEMO_PERIOD, make_demo
from ecoscore.importing.entries import Action
from ecoscore.model.district import District
from ecoscore.reporting.journal_book import write_journal_workbook
from ecoscore.schemes.sheet_write import write_scheme_workbook
from tests.libreoffice import convert, needs_soffice


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


def unchanged(file, path, districts=None):
    """The plan of a paper, all of whose values the file holds already."""
    plan = file.plan_import([path])
    assert not plan.errors, [f.message for f in plan.errors]
    assert {e.action for e in plan.entries} == {Action.UNCHANGED}
    derived = {i.id for i in file.scheme.indicators if i.formula is not None}
    asked = {i.id for i in file.scheme.indicators} - derived
    held = {
        (o.district, o.indicator)
        for o in file.observations(DEMO_PERIOD).values()
        if o.value is not None and o.indicator in asked and districts in (None, o.district)
    }
    assert {(e.new.district, e.new.indicator) for e in plan.entries if e.new.indicator in asked} == held
    return plan


@pytest.mark.parametrize("paper", ["成绩单", "计分底稿"])
def test_the_papers_of_a_district_bring_back_its_values(demo, tmp_path, paper):
    file, papers = demo
    path = papers[paper]
    district = path.name.split(" ")[0]
    plan = unchanged(file, path, district)
    assert plan.files[0].sheets[0].layout == f"{paper}（由本软件生成）"
    book = openpyxl.load_workbook(path, data_only=True)  # a figure changed in the paper
    sheet = book[paper]
    header = next(c for row in sheet.iter_rows(max_row=12) for c in row if c.value == "本年值")
    sheet.cell(header.row + 2, header.column).value = 12.5
    book.save(tmp_path / "改.xlsx")
    changed = [e for e in file.plan_import([tmp_path / "改.xlsx"]).entries if e.action is Action.CHANGED]
    assert [(e.new.district, e.new.value) for e in changed] == [(district, 12.5)]


@pytest.mark.parametrize("paper", ["成绩单", "计分底稿"])
def test_a_paper_of_another_file_or_year_is_refused(demo, tmp_path, paper):
    file, papers = demo
    plan = file.plan_import([papers[paper]], period=DEMO_PERIOD.previous_year)
    assert [f.code for f in plan.errors] == ["period_conflict"] and plan.entries == ()
    with Assessment.create(tmp_path / "别市.ecos", file.scheme, [District("子区")]) as other:
        plan = other.plan_import([papers[paper]])
        assert [f.code for f in plan.errors] == ["unknown_district"] and plan.entries == ()


@needs_soffice
@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx:Calc MS Excel 2007 XML"])
def test_copies_saved_by_another_program_bring_them_back_too(demo, tmp_path, kind):
    file, papers = demo
    forms = file.write_forms(DEMO_PERIOD, tmp_path / "表", districts=[file.districts[3].name])
    forms += file.write_forms(DEMO_PERIOD, tmp_path / "部门", by="department")[:1]
    made = [papers["排名汇总表"], papers["成绩单"], papers["计分底稿"], *forms]
    (tmp_path / "另存").mkdir()
    results, card, working, *forms = convert(made, tmp_path / "另存", kind)
    unchanged(file, results)
    unchanged(file, card, papers["成绩单"].name.split(" ")[0])
    unchanged(file, working, papers["计分底稿"].name.split(" ")[0])
    for form in forms:
        plan = file.plan_import([form])
        assert not plan.errors and plan.entries
        assert {e.action for e in plan.entries} == {Action.UNCHANGED}


def test_the_journal_and_the_scheme_are_no_tables_of_values(demo, tmp_path):
    file, _ = demo
    write_journal_workbook(tmp_path / "修改日志.xlsx", file.journal(), "示例 修改日志")
    write_scheme_workbook(tmp_path / "方案.xlsx", file.scheme)
    for name, said in (("修改日志.xlsx", "修改日志"), ("方案.xlsx", "考核方案表")):
        plan = file.plan_import([tmp_path / name])
        (found,) = plan.findings
        assert found.code == "own_paper" and said in found.message and found.advice
        assert plan.entries == () and plan.targets == ()


def test_forms_of_districts_and_departments_come_back(demo, tmp_path):
    file, _ = demo
    for by in ("district", "department"):
        plan = file.plan_import(file.write_forms(DEMO_PERIOD, tmp_path / by, by=by))
        assert not plan.errors
        assert {e.action for e in plan.entries} == {Action.UNCHANGED}
