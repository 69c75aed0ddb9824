"""归档: sealing and opening again, the journal searched and exported, backups looked into and brought back."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from ecoscore.assessment import Assessment
from ecoscore.model.observation import Observation
from tests.ui.builders import Y2023, Y2024
from tests.ui.waiting import opened
from tests.ui.waiting import settle_year as settle


@pytest.fixture
def page(window, small_file):
    return opened(window, small_file, "archive")


def seal(page, session, said, papers=None):
    said.answers |= {"ask_text": "常务会议审定", "ask": papers is not None, "open_folder": papers}
    page.seal_button.click()
    settle(session)


def test_a_year_is_sealed_and_refuses_changes(page, session, said, window):
    assert page.seals.current.period == Y2024
    assert page.seal_button.text() == "封存2024年度…"
    seal(page, session, said)
    found = session.assessment.seal_of(Y2024)
    assert found.code in window.message_bar.text.text()
    assert page.seals.current.words == "已封存，完好"
    assert found.code in page.seals.card.told
    assert not page.seal_button.isEnabled()
    window.show_page("data")
    table = window.page.table
    assert not table.setData(table.index(0, 0), "31")
    assert "封存" in window.message_bar.text.text()
    assert session.assessment.observation("甲区", "pm25", Y2024).value == 32.5
    settle(session)


def test_over_a_seal_only_what_it_holds_cannot_be_undone(page, session, said, window):
    def value(year):
        return session.assessment.observation("甲区", "pm25", year).value

    window.show_page("data")
    table = window.page.table
    session.set_period(Y2023)
    table.setData(table.index(0, 0), "35")
    session.set_period(Y2024)
    table.setData(table.index(0, 0), "31")
    window.show_page("archive")
    settle(session)
    seal(page, session, said)
    session.undo_stack.undo()
    assert value(Y2024) == 31
    assert "已于" in window.message_bar.text.text()
    session.undo_stack.undo()
    assert value(Y2023) == 36, "another year is not sealed"
    session.undo_stack.redo()
    assert value(Y2023) == 35
    settle(session)


def test_the_rail_says_that_the_year_is_done(page, session, said, window):
    seal(page, session, said)
    assert window.rail.buttons["archive"].step.hint.startswith("2024年度已于")


def test_opening_a_seal_wants_a_reason(page, session, said, window):
    seal(page, session, said)
    said.answers["ask_text"] = ""
    page.unseal_button.click()
    assert "没有写明启封的原因" in window.message_bar.text.text()
    said.answers["ask_text"] = "更正丙县数据"
    page.unseal_button.click()
    settle(session)
    assert session.assessment.seals == ()
    assert page.seals.current.words == "未封存"
    assert page.seal_button.isEnabled()


def test_papers_are_remembered_and_a_changed_one_is_seen(page, session, said, tmp_path):
    folder = tmp_path / "成绩 单"
    session.assessment.report(Y2024, folder, formats=("pdf",), papers=("ranking",))
    seal(page, session, said, folder)
    assert page.seals.current.papers_told == "1 份"
    next(folder.rglob("*.pdf")).write_bytes(b"%PDF other")
    page.seals.refresh()
    settle(session)
    assert page.seals.current.papers_told == "1 份，1 份有变"
    assert page.seals.folder() == folder


def test_the_journal_is_narrowed_and_exported(page, session, said, tmp_path, window):
    session.assessment.set_values([Observation("乙区", "pm25", Y2024, 41.0)], why="电话更正")
    page.receive("journal")
    settle(session)
    desk = page.journal
    everything = int(desk.said.text().removesuffix(" 条"))
    assert everything > 17
    desk.words.setText("电话更正")
    desk.search()
    settle(session)
    assert desk.said.text() == "1 条"
    assert desk.view.current.new == "41"
    assert "42" in desk.card.told
    target = tmp_path / "导出 日志"
    said.answers["save_file"] = target
    page.export_button.click()
    settle(session)
    sheet = load_workbook(target.with_name("导出 日志.xlsx")).active
    assert [sheet.cell(4, c).value for c in (4, 8, 9, 10)] == ["填报指标值", "42", "41", "电话更正"]
    assert "已导出 1 条" in window.message_bar.text.text()
    desk.words.clear()
    desk.district.setCurrentText("丙县")
    desk.action.setCurrentText("填报指标值")
    desk.search()
    settle(session)
    assert {e.district for e in desk.table.rows} == {"丙县"}
    desk.words.setText("没有这样的词")
    desk.search()
    settle(session)
    assert "放宽条件" in desk.said.text()
    assert not page.export_button.isEnabled()


def test_a_backup_comes_back_as_a_new_file_or_in_place(page, session, said, tmp_path, window):
    path = session.assessment.path
    session.assessment.set_values([Observation("甲区", "pm25", Y2024, 11.0)])
    session.open(path)  # opened again after a change: backed up
    settle(session)
    window.show_page("archive", "backups")
    settle(session)
    desk = page.backups
    assert len(desk.table.rows) == 2
    desk.view.choose(desk.table.rows[1])
    settle(session)
    assert "3 个" in desk.card.told
    said.answers["save_file"] = tmp_path / "取回"
    page.restore_button.click()
    settle(session)
    with Assessment.open(tmp_path / "取回.ecos") as copy:
        assert copy.observation("甲区", "pm25", Y2024).value == 32.5
    said.answers["ask"] = False
    page.replace_button.click()
    assert session.assessment.observation("甲区", "pm25", Y2024).value == 11.0
    said.answers["ask"] = True
    page.replace_button.click()
    settle(session)
    assert session.assessment.path == path
    assert session.assessment.observation("甲区", "pm25", Y2024).value == 32.5
    with Assessment.open(page.backups.table.rows[0].path, read_only=True):
        pass
