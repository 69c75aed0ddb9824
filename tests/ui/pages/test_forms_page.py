"""下发: forms ticked, written, counted back; what is missing told and copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ecoscore.model.observation import Observation
from tests.ui.builders import Y2024
from tests.ui.waiting import opened
from tests.ui.waiting import settle_year as settle
from ui.widgets.row_view import tick_box


@pytest.fixture
def page(window, small_file):
    return opened(window, small_file, "forms")


def cell(page, row, column):
    return page.view.proxy.index(row, column).data()


def test_each_district_with_what_came_back(page):
    assert [cell(page, r, 0) for r in range(3)] == ["甲区", "乙区", "丙县"]
    assert [cell(page, r, 3) for r in range(3)] == ["3/3", "3/3", "2/3"]
    assert [cell(page, r, 4) for r in range(3)] == ["齐全", "齐全", "缺 1 项"]
    assert page.subheading.whole == "2024年度 · 3 个区县，已下发 0，已返回 3（其中齐全 2）"
    page.view.choose(page.table.rows[2])
    assert "林木覆盖率" in page.card.told
    assert "未注明部门" in page.card.told


def test_boxes_are_ticked_by_mouse_and_by_space(page, qtbot):
    assert page.table.chosen == ()
    assert not page.write_button.isEnabled()
    box = tick_box(page.view.visualRect(page.view.proxy.index(1, 0))).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    page.view.choose(page.table.rows[2])
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    assert [r.district for r in page.table.chosen] == ["乙区", "丙县"]
    assert page.write_button.text() == "下发 2 张填报表…"
    page.all_button.click()
    assert len(page.table.chosen) == 3
    page.all_button.click()
    assert page.table.chosen == ()


def test_writing_forms_is_noted_and_shown(page, session, said, tmp_path, window):
    page.table.tick(page.table.rows[:2])
    said.answers["open_folder"] = tmp_path / "下 发"
    page.write_button.click()
    settle(session)
    assert len(list((tmp_path / "下 发").glob("*.xlsx"))) == 2
    assert "已写好 2 张填报表" in window.message_bar.text.text()
    assert cell(page, 0, 2).endswith("下发")
    assert cell(page, 2, 2) == "未下发"
    page.new_button.click()
    assert [r.district for r in page.table.chosen] == ["丙县"]
    assert [e.district for e in session.assessment.journal(2)] == ["甲区", "乙区"]


def test_one_form_a_department_asks_for_all_ticked_districts(page, session, said, tmp_path, window):
    page.by_box.setCurrentIndex(1)
    page.by_box.activated.emit(1)
    assert page.write_button.text() == "下发部门填报表…" and not page.write_button.isEnabled()
    page.table.tick(page.table.rows[:2])
    assert page.write_button.text() == "下发 2 张部门填报表…"
    said.answers["open_folder"] = tmp_path / "部 门"
    page.write_button.click()
    settle(session)
    paths = sorted((tmp_path / "部 门").glob("*.xlsx"))
    assert "已写好 2 张部门填报表" in window.message_bar.text.text()
    lines = session.assessment.journal(4)
    assert {e.action for e in lines} == {"issue_form"}
    assert sorted(e.district or "" for e in lines) == ["", "", "乙区", "甲区"]
    assert {e.new for e in lines if e.district is None} == {path.name for path in paths}
    assert [cell(page, r, 2).endswith("下发") and cell(page, r, 2) != "未下发" for r in range(3)] == [True, True, False]
    plan = session.assessment.plan_import(paths)
    assert {e.new.district for e in plan.entries} == {"甲区", "乙区"} and not plan.errors


def test_a_folder_that_cannot_be_written_is_explained(page, session, tmp_path, window):
    blocked = tmp_path / "文件"
    blocked.write_text("x", encoding="utf-8")
    page.table.tick(page.table.rows[:1])
    page.write_to(blocked / "下发")
    settle(session)
    assert window.message_bar.button.text() == "换个文件夹…"
    assert not any(r.issued for r in page.table.rows)


def test_the_reminder_names_what_is_missing(page):
    page.remind_button.click()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines() == ["2024年度绿色政绩考核指标催报清单", "丙县（缺 1 项）：林木覆盖率"]


def test_enter_leads_to_the_district(page, window, qtbot, session):
    page.view.choose(page.table.rows[1])
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.page.title == "数据"
    assert session.selection.district == "乙区"


def test_counts_follow_what_is_typed_elsewhere(page, session):
    session.assessment.set_values([Observation("丙县", "forest", Y2024, 40.0)])
    session.announce()
    settle(session)
    assert cell(page, 2, 3) == "3/3"


def test_a_file_without_districts_says_what_belongs_here(window, session, tmp_path):
    session.create(tmp_path / "新.ecos", "jiangsu-green")
    settle(session)
    window.show_page("forms")
    assert window.page._stack.currentIndex() == 1
