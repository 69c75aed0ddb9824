"""The data page driven by keyboard and mouse, as with a spreadsheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from ecoscore.model.observation import Status
from tests.ui.builders import Y2023, Y2024
from ui.models.roles import ObjectRole


@pytest.fixture
def page(window, session, small_file, qtbot):
    session.open(small_file)
    assert session.tasks.drain()
    page = window.page
    page.view.setFocus()
    go(page, 0, 0)
    return page


def go(page, row, column):
    page.view.setCurrentIndex(page.model.index(row, column))


def at(page):
    return page.view.currentIndex().row(), page.view.currentIndex().column()


def mark(page, top, left, bottom, right):
    model, view = page.model, page.view
    view.setCurrentIndex(model.index(top, left))
    from PySide6.QtCore import QItemSelection

    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def editor_of(page):
    return next((e for e in page.view.findChildren(QLineEdit) if e.isVisible()), None)


def type_in(qtbot, page, text, key=Qt.Key.Key_Return):
    """Type as a person does: the first character opens the editor, the rest go into it."""
    qtbot.keyClicks(page.view, text[0])
    editor = editor_of(page)
    assert editor is not None, "typing must start the edit"
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, key)


def held(session, district, indicator, period=Y2024):
    found = session.assessment.observation(district, indicator, period)
    return None if found is None else found.value


def test_typing_starts_the_edit_and_enter_goes_down(page, qtbot, session):
    type_in(qtbot, page, "31.5")
    assert held(session, "甲区", "pm25") == 31.5
    assert at(page) == (1, 0)
    assert page.view.state() == page.view.State.NoState


def test_tab_goes_right_and_enter_returns_to_where_the_tabs_began(page, qtbot, session):
    type_in(qtbot, page, "31", Qt.Key.Key_Tab)
    type_in(qtbot, page, "85", Qt.Key.Key_Tab)
    assert at(page) == (0, 2)
    type_in(qtbot, page, "29")
    assert at(page) == (1, 0)
    assert [held(session, "甲区", i) for i in ("pm25", "days", "forest")] == [31.0, 85.0, 29.0]


def test_tab_at_the_end_of_a_row_goes_on_in_the_next(page, qtbot):
    go(page, 0, 2)
    qtbot.keyClick(page.view, Qt.Key.Key_Tab)
    assert at(page) == (1, 0)
    qtbot.keyClick(page.view, Qt.Key.Key_Backtab)
    assert at(page) == (0, 2)


def test_enter_at_the_foot_goes_on_at_the_head_of_the_next_column(page, qtbot):
    go(page, 2, 0)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert at(page) == (0, 1)
    qtbot.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert at(page) == (2, 0)


def test_arrows_move_and_an_arrow_in_a_fresh_entry_accepts_it(page, qtbot, session):
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    assert at(page) == (1, 1)
    type_in(qtbot, page, "77", Qt.Key.Key_Down)
    assert held(session, "乙区", "days") == 77.0
    assert at(page) == (2, 1)


def test_escape_leaves_the_cell_as_it_was(page, qtbot, session):
    qtbot.keyClicks(page.view, "9")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Escape)
    assert held(session, "甲区", "pm25") == 32.5
    assert session.undo_stack.count() == 0


def test_wrong_input_stays_in_the_cell_and_is_explained_below(page, qtbot, session, window):
    type_in(qtbot, page, "3x")
    assert held(session, "甲区", "pm25") == 32.5
    assert page.table.data(page.table.index(0, 0)) == "3x"
    assert window.message_bar.isVisible()
    assert "PM2.5年均浓度" in window.message_bar.text.text()
    go(page, 0, 0)
    type_in(qtbot, page, "33")
    assert held(session, "甲区", "pm25") == 33.0
    assert not window.message_bar.isVisible()


def test_what_is_refused_is_said_again_on_coming_back(page, qtbot, window):
    type_in(qtbot, page, "3x")
    window.show_page("start")
    assert not window.message_bar.isVisible()
    window.show_page("data")
    assert window.message_bar.isVisible()


def test_delete_clears_the_marked_block_as_one_step(page, qtbot, session):
    mark(page, 0, 0, 1, 1)
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert [held(session, d, i) for d in ("甲区", "乙区") for i in ("pm25", "days")] == [None] * 4
    session.undo_stack.undo()
    assert held(session, "乙区", "days") == 76.5


def test_a_block_goes_to_excel_and_comes_back(page, session, window):
    mark(page, 0, 0, 2, 2)
    window.actions_by_id["copy"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied == "32.5\t84\t30\n42\t76.5\t23\n28\t90\t"
    QGuiApplication.clipboard().setText("33,1\r\n")
    QGuiApplication.clipboard().setText("1\t2\r\n3\t4\r\n")
    go(page, 0, 0)
    window.actions_by_id["paste"].trigger()
    assert [held(session, d, i) for d in ("甲区", "乙区") for i in ("pm25", "days")] == [1.0, 2.0, 3.0, 4.0]
    window.actions_by_id["undo"].trigger()
    assert held(session, "甲区", "pm25") == 32.5


def test_one_copied_value_fills_the_marked_block(page, session):
    QGuiApplication.clipboard().setText("50")
    mark(page, 0, 0, 2, 0)
    page.paste()
    assert [held(session, d, "pm25") for d in ("甲区", "乙区", "丙县")] == [50.0] * 3


def test_a_paste_says_what_it_did_not_take(page, session, window):
    QGuiApplication.clipboard().setText("31\t约80\n41\t77\n27\t88\n1\t1")
    go(page, 0, 0)
    page.paste()
    said = window.message_bar.text.text()
    assert "粘贴了 5 格，1 格未接受" in said
    assert "2 格超出表格" in said
    assert held(session, "乙区", "days") == 77.0


def test_not_applicable_needs_its_ground(page, session, said):
    go(page, 2, 2)
    said.answers["ask_text"] = ""
    page.set_not_applicable()
    assert session.assessment.observation("丙县", "forest", Y2024) is None
    said.answers["ask_text"] = "无林地，市林函〔2024〕3号"
    page.set_not_applicable()
    observation = session.assessment.observation("丙县", "forest", Y2024)
    assert (observation.status, observation.note) == (Status.NOT_APPLICABLE, "无林地，市林函〔2024〕3号")
    said.answers["ask_text"] = None
    page.set_not_applicable()
    assert session.undo_stack.count() == 1


def test_the_inspector_tells_where_a_value_came_from(page, qtbot, session):
    type_in(qtbot, page, "31.5")
    go(page, 0, 0)
    card = page.card
    assert card.title.text() == "PM2.5年均浓度"
    assert "31.5" in card.value.text()
    assert "变好" in card.status.text()
    told = [label.text() for label in card.findChildren(type(card.title))]
    assert "手工录入" in told
    assert any("32.5 → 31.5" in text for text in told), "the history of this one value"


def test_the_foot_counts_and_the_heading_says_what_is_open(page, qtbot):
    assert page.grid.foot.texts == ["3/3", "3/3", "2/3"]
    assert page.subheading.whole == "3 个区县 × 3 项指标，1 项未报"
    go(page, 2, 2)
    type_in(qtbot, page, "44")
    assert page.grid.foot.texts == ["3/3", "3/3", "3/3"]
    assert page.subheading.whole == "3 个区县 × 3 项指标"


def test_one_district_over_the_years_and_back(page, qtbot, session):
    go(page, 1, 1)
    page.switch.click()
    assert page.district_box.currentText() == "乙区"
    assert at(page) == (1, 1), "the same indicator, the current period"
    type_in(qtbot, page, "79")
    assert held(session, "乙区", "days") == 79.0
    page.district_box.setCurrentText("甲区")
    assert page.years.data(page.years.index(0, 0)) == "36.0"
    page.switch.click()
    assert page.table.data(page.table.index(1, 1)) == "79"


def test_finding_a_district_or_an_indicator(page, qtbot, window):
    window.actions_by_id["find_district"].trigger()
    page.find_field.setText("丙")
    qtbot.keyClick(page.find_field, Qt.Key.Key_Return)
    assert at(page)[0] == 2
    page.find_field.setText("林木")
    qtbot.keyClick(page.find_field, Qt.Key.Key_Return)
    assert at(page) == (2, 2)
    page.find_field.setText("火星")
    qtbot.keyClick(page.find_field, Qt.Key.Key_Return)
    assert "火星" in window.message_bar.text.text()


def test_another_period_shows_its_values(page, session):
    session.set_period(Y2023)
    assert page.table.data(page.table.index(0, 0)) == "36"
    assert page.table.data(page.table.index(0, 0), ObjectRole).previous_text == ""


def test_a_file_without_districts_says_what_belongs_here(window, session, tmp_path):
    session.create(tmp_path / "新.ecos", "jiangsu-green")
    assert session.tasks.drain()
    window.show_page("data")
    assert window.page._stack.currentWidget() is window.page._empty


def test_last_year_can_be_left_out(page, window):
    tall = page.view.rowHeight(0)
    window.actions_by_id["last_year"].trigger()
    assert page.view.rowHeight(0) < tall


def test_a_read_only_file_is_not_edited(window, session, small_file, qtbot):
    from ecoscore.assessment import Assessment

    session._adopt(Assessment.open(small_file, read_only=True))
    window.show_page("data")
    page = window.page
    go(page, 0, 0)
    qtbot.keyClicks(page.view, "9")
    assert editor_of(page) is None
    page.clear_selected()
    assert "只读" in window.message_bar.text.text()
    assert held(session, "甲区", "pm25") == 32.5


def test_the_inspector_tells_faults_from_warnings(page, session):
    from ecoscore.model.finding import Finding, Severity

    about = {"district": "甲区", "indicator": "pm25"}
    fault = Finding(Severity.ERROR, "x", "缺基期", "请补报上年", **about)
    doubt = Finding(Severity.WARNING, "y", "比上年变化过大", **about)
    page.table.set_findings([fault, doubt])
    page._show_card()
    assert page.card.problem.text() == "缺基期（请补报上年）"
    assert page.card.warning.text() == "比上年变化过大"
    page.table.set_findings([])
    page._show_card()
    assert page.card.problem.isHidden()
    assert page.card.warning.isHidden()


# Filling down, filtering, sorting, remarks, derived indicators. --------------------------------------------------------


def test_fill_down_puts_the_first_row_into_the_rows_below_as_one_step(page, qtbot, session):
    mark(page, 0, 0, 2, 1)
    qtbot.keyClick(page.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [held(session, d, "pm25") for d in ("甲区", "乙区", "丙县")] == [32.5] * 3
    assert [held(session, d, "days") for d in ("乙区", "丙县")] == [84.0] * 2
    assert session.assessment.observation("乙区", "pm25", Y2024).source == "向下填充"
    session.undo_stack.undo()
    assert [held(session, d, "pm25") for d in ("乙区", "丙县")] == [42.0, 28.0]


def test_fill_down_of_one_cell_takes_the_one_above(page, session, window):
    go(page, 0, 2)
    page.fill_down()
    assert "上面没有" in window.message_bar.text.text()
    go(page, 2, 2)
    page.fill_down()
    assert held(session, "丙县", "forest") == 23.0


def test_only_what_is_missing_and_it_stays_until_the_filter_is_applied_again(page, qtbot, session):
    from ui.models.data_table import Filter

    page.filter_button._take(Filter(only="missing"))
    assert [d.name for d in page.table.districts] == ["丙县"]
    assert [i.id for i in page.table.indicators] == ["forest"]
    assert page.filter_button.isChecked()
    assert "筛选出 1 个区县 × 1 项" in page.subheading.whole
    go(page, 0, 0)
    type_in(qtbot, page, "44")
    assert held(session, "丙县", "forest") == 44.0
    assert page.table.rowCount() == 1, "no row runs away from under the hands"
    page.filter_button.clear()
    assert (page.table.rowCount(), page.table.columnCount()) == (3, 3)
    assert not page.filter_button.isChecked()


def test_a_group_or_a_department_narrows_the_columns(page):
    from ui.models.data_table import Filter

    page.filter_button._take(Filter(group="air"))
    assert [i.id for i in page.table.indicators] == ["pm25", "days"]
    assert page.table.groups() == [("大气环境", 0, 2)]
    page.filter_button._take(Filter(department="生态环境局"))
    assert [i.id for i in page.table.indicators] == ["pm25"]
    assert "生态环境局" in page.filter_button.toolTip()


def test_a_double_click_on_a_header_sorts_and_the_file_keeps_its_order(page, session):
    header = page.grid.view.header
    header.sectionDoubleClicked.emit(0)
    assert [d.name for d in page.table.districts] == ["丙县", "甲区", "乙区"]
    assert page.table.headerData(0, Qt.Orientation.Horizontal) == "PM2.5年均浓度 ↑"
    header.sectionDoubleClicked.emit(0)
    assert [d.name for d in page.table.districts] == ["乙区", "甲区", "丙县"]
    header.sectionDoubleClicked.emit(0)
    assert [d.name for d in page.table.districts] == ["甲区", "乙区", "丙县"]
    page.sort("forest")
    assert [d.name for d in page.table.districts] == ["乙区", "甲区", "丙县"], "what is not reported goes last"
    assert [d.name for d in session.assessment.districts] == ["甲区", "乙区", "丙县"]


def test_typing_in_a_sorted_table_goes_to_the_district_it_shows(page, qtbot, session):
    page.sort("pm25")
    go(page, 0, 0)
    type_in(qtbot, page, "60")
    assert held(session, "丙县", "pm25") == 60.0
    assert next(d.name for d in page.table.districts) == "丙县"


def test_a_remark_is_kept_with_the_value_and_journalled(page, session, said, window):
    go(page, 0, 0)
    said.answers["ask_text"] = "国控站点停运 12 天"
    page.edit_note()
    observation = session.assessment.observation("甲区", "pm25", Y2024)
    assert (observation.value, observation.note, observation.source) == (
        32.5,
        "国控站点停运 12 天",
        "甲区.xlsx › 指标 › C4",
    )
    assert "国控站点停运" in session.assessment.journal(1)[-1].new
    session.undo_stack.undo()
    assert session.assessment.observation("甲区", "pm25", Y2024).note is None
    go(page, 2, 2)
    page.edit_note()
    assert "空格上不能写批注" in window.message_bar.text.text()


def test_source_and_basis_of_the_marked_cells_are_stated_journalled_and_kept_when_retyped(
    page, session, said, window, qtbot
):
    go(page, 0, 0)
    said.answers["ask_text"] = "市环境监测中心年报 第12页"
    page.edit_source()
    line = session.assessment.journal(1)[-1]
    assert (line.old, line.new) == ("来源：甲区.xlsx › 指标 › C4", "来源：市环境监测中心年报 第12页")
    said.answers["ask_text"] = "GB 3095-2012"
    page.edit_basis()
    held = session.assessment.observation("甲区", "pm25", Y2024)
    assert (held.value, held.source, held.basis) == (32.5, "市环境监测中心年报 第12页", "GB 3095-2012")
    assert session.assessment.journal(1)[-1].why == "修改口径"
    type_in(qtbot, page, "31")
    held = session.assessment.observation("甲区", "pm25", Y2024)
    assert (held.value, held.source, held.basis) == (31, "手工录入", "GB 3095-2012")
    for _ in range(3):
        session.undo_stack.undo()
    held = session.assessment.observation("甲区", "pm25", Y2024)
    assert (held.value, held.source, held.basis) == (32.5, "甲区.xlsx › 指标 › C4", None)
    go(page, 2, 2)
    page.edit_basis()
    assert "空格上不能写口径" in window.message_bar.text.text()


DERIVED = """
id: derived
title: 派生方案
edition: "2024"
missing: zero
inputs:
  - {id: good_days, title: 优良天数, unit: 天, valid: [0, 366], department: 监测站}
  - {id: valid_days, title: 有效监测天数, unit: 天, valid: [1, 366]}
groups:
  - id: air
    title: 大气环境
    indicators:
      - {id: ratio, title: 优良天数比例, unit: "%", direction: higher, weight: 1, valid: [0, 100],
         formula: "good_days_ratio(good_days, valid_days)", rule: {kind: linear, bounds: {worst: 55, best: 92}}}
"""


def test_basic_data_have_columns_and_what_is_derived_shows_its_mark(window, session, tmp_path, qtbot):
    from ecoscore.assessment import Assessment
    from ecoscore.model.district import District
    from ecoscore.model.observation import Observation
    from ecoscore.schemes import parse_scheme

    path = tmp_path / "派生.ecos"
    with Assessment.create(path, parse_scheme(DERIVED, "x.yaml"), [District("甲区"), District("乙区")]) as file:
        file.set_values([Observation(d, "valid_days", Y2024, 365.0) for d in ("甲区", "乙区")])
    session.open(path)
    assert session.tasks.drain()
    page = window.page
    assert page.table.groups() == [("大气环境", 0, 1), ("基础数据", 1, 2)]
    assert page.subheading.whole == "2个区县 × 1 项指标".replace("2个", "2 个") + "，2 项未报"
    for row, days in enumerate(("300", "73")):
        go(page, row, 1)
        type_in(qtbot, page, days)
    qtbot.waitUntil(lambda: page.table.cell(0, 0).derived == "82.1918")
    cell = page.table.cell(1, 0)
    assert (cell.derived, cell.is_derivable, cell.observation) == ("20", True, None)
    go(page, 0, 0)
    page._show_card()
    assert "82.1918" in page.card.value.text()
    assert page.card.status.text() == "由基础数据算得，没有直接填报"
    go(page, 0, 1)
    page._show_card()
    told = [label.text() for label in page.card.findChildren(type(page.card.title))]
    assert "基础数据，不直接计分" in told
    assert session.tasks.drain()


def test_the_score_moves_as_one_types(page, qtbot, session):
    live = page.explained.live
    session.result()
    assert session.tasks.drain()
    go(page, 0, 1)
    before = live.total.text()
    assert "第 " in live.standing.text()
    type_in(qtbot, page, "98", Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: live.total.text() != before)
    assert live.effect.text().startswith("刚才的修改：总分 +")
    assert session.tasks.drain()


def test_what_is_cut_is_on_the_clipboard_and_comes_back_in_one_step(page, qtbot, session):
    mark(page, 0, 0, 1, 0)
    qtbot.keyClick(page.view, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split() == ["32.5", "42"]
    assert [held(session, d, "pm25") for d in ("甲区", "乙区")] == [None, None]
    session.undo_stack.undo()
    assert [held(session, d, "pm25") for d in ("甲区", "乙区")] == [32.5, 42.0]
