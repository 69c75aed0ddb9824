"""A bureau's own form on the scorecard page: checked with its cells, filled for the ticked districts; a code typed."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.waiting import opened, settle
from ui.messages import Tone


@pytest.fixture
def page(window, small_file):
    return opened(window, small_file, "scorecard")


def form(path, **cells):
    book = openpyxl.Workbook()
    for at, text in cells.items():
        book.active[at] = text
    book.save(path)
    return path


def choose(page, said, path):
    said.answers["open_file"] = path
    page.form_button.click()
    settle(page.session)


def test_a_form_is_checked_and_filled_for_the_ticked_districts(page, said, tmp_path):
    choose(page, said, form(tmp_path / "本局 成绩单模板.xlsx", A1="{{区县}}", B1="{{总分}}"))
    assert page.form.isVisible()
    assert "本局 成绩单模板.xlsx" in page.form.title.text()
    assert page.form.fill_button.isEnabled()
    page.list.districts.tick_all(False)
    page.form.fill_to(tmp_path / "出")
    assert "没有勾选区县" in said.last
    page.list.districts.tick_all(True)
    page.form.fill_to(tmp_path / "出")
    settle(page.session)
    assert said.messages[-1].tone is Tone.SUCCESS
    written = sorted(p.name for p in (tmp_path / "出").iterdir())
    assert len(written) == 3 and written[0].endswith("本局 成绩单.xlsx")
    assert openpyxl.load_workbook(tmp_path / "出" / written[0]).active["A1"].value in {"甲区", "乙区", "丙县"}


def test_an_unknown_field_is_told_with_its_cell_and_nothing_is_filled(page, said, tmp_path):
    path = form(tmp_path / "错.xlsx", A1="{{区县}}", C7="{{总份}}")
    choose(page, said, path)
    kinds = page.form.findings.table.kinds
    assert any("C7" in finding.where for kind in kinds for finding in kind.findings)
    assert not page.form.fill_button.isEnabled()
    form(path, A1="{{区县}}", C7="{{总分}}")
    page.form.again_button.click()
    settle(page.session)
    assert page.form.fill_button.isEnabled()


def test_every_field_is_listed_and_copied_by_a_double_click(page, said, tmp_path):
    choose(page, said, form(tmp_path / "表.xlsx", A1="{{区县}}"))
    page.form.fields_button.click()
    settle(page.session)
    assert page.form.fields_view.isVisible()
    found = {f.field: f for f in page.form.fields.rows}
    assert "{{指标.得分}}" in found
    page.form.fields_view.chosen.emit(found["{{总分}}"])
    assert QGuiApplication.clipboard().text() == "{{总分}}"


def test_what_is_no_form_is_told_and_the_pages_stay(page, said, tmp_path):
    (tmp_path / "文.xlsx").write_text("不是表格", encoding="utf-8")
    choose(page, said, tmp_path / "文.xlsx")
    assert said.messages[-1].tone is Tone.ERROR
    assert not page.form.isVisible()


def test_one_goes_back_to_the_pages(page, said, tmp_path):
    path = form(tmp_path / "表.xlsx", A1="{{区县}}")
    choose(page, said, path)
    page.form.back_button.click()
    assert not page.form.isVisible()
    choose(page, said, path)
    page.list.look_at("丙县")
    settle(page.session)
    assert not page.form.isVisible()


def test_a_code_from_paper_is_compared(window, page, said, session, tmp_path):
    (path,) = session.assessment.report(session.period, tmp_path, papers=["ranking"], formats=("pdf",))
    said.answers["ask_text"] = session.assessment.verify_paper(path).code.lower()
    window.actions_by_id["verify_code"].trigger()
    settle(session)
    assert (said.messages[-1].tone, "一致" in said.last) == (Tone.SUCCESS, True)
    said.answers["ask_text"] = "0000-0000-0000-0000"
    window.actions_by_id["verify_code"].trigger()
    settle(session)
    assert said.messages[-1].tone is Tone.WARNING
    said.answers["ask_text"] = "不是码"
    window.actions_by_id["verify_code"].trigger()
    settle(session)
    assert "16位" in said.last
