"""The window: rail, menus, title, bars, dropping files, leaving."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent

from ecoscore.errors import EnvironmentFailed
from ecoscore.model.period import Period
from tests.ui.builders import Y2023, Y2024
from ui.actions import ACTIONS, MENUS
from ui.pages import PAGES
from ui.steps import Stage, steps


@pytest.fixture
def opened(window, small_file, session):
    session.open(small_file)
    assert session.tasks.drain()
    return window


def test_before_a_file_only_the_start_page_can_be_visited(window):
    assert window.windowTitle() == "绿色政绩考核"
    assert [key for key, button in window.rail.buttons.items() if button.isEnabled()] == ["start"]
    window.show_page("data")
    assert window.page.title == "绿色政绩考核"


def test_opening_goes_to_the_data_and_names_the_file(opened):
    assert opened.windowTitle() == "某市 考核.ecos — 绿色政绩考核"
    assert opened.page.title == "数据"
    assert opened.rail.period_button.text().startswith("2024年度")
    assert all(button.isEnabled() for button in opened.rail.buttons.values())


def test_the_rail_counts_what_is_open(opened):
    assert opened.rail.buttons["data"].step.open_points == 1, "丙县 has not reported 林木覆盖率"
    assert opened.rail.buttons["import"].step.stage is Stage.DONE


def test_the_rail_follows_a_click(opened, qtbot):
    qtbot.mouseClick(opened.rail.buttons["start"], Qt.MouseButton.LeftButton)
    assert opened.page.title == "绿色政绩考核"
    qtbot.mouseClick(opened.rail.buttons["data"], Qt.MouseButton.LeftButton)
    assert opened.page.title == "数据"


def test_the_period_chooser_changes_the_year(opened, session):
    menu = opened.rail.period_button.menu()
    assert [a.text() for a in menu.actions() if a.text()] == ["2024年度", "2023年度", "其他考核期…"]
    menu.actions()[1].trigger()
    assert session.period == Y2023
    assert opened.rail.period_button.text().startswith("2023年度")


def test_another_period_is_asked_for_and_a_wrong_one_explained(opened, session, said):
    said.answers["ask_text"] = "去年"
    opened.rail.period_wanted.emit()
    assert session.period == Y2024
    assert "去年" in opened.message_bar.text.text()
    said.answers["ask_text"] = "2025Q1"
    opened.rail.period_wanted.emit()
    assert session.period == Period.parse("2025Q1")
    assert not opened.message_bar.isVisible()


def test_keys_step_through_the_periods(opened, session, qtbot):
    opened.actions_by_id["previous_period"].trigger()
    assert session.period == Y2023
    opened.actions_by_id["previous_period"].trigger()
    assert session.period == Y2023
    opened.actions_by_id["next_period"].trigger()
    assert session.period == Y2024


def test_f4_folds_the_inspector_and_it_stays_folded(opened, session):
    assert opened.inspector.isVisible()
    opened.actions_by_id["inspector"].trigger()
    assert not opened.inspector.isVisible()
    assert session.settings.inspector_shown is False
    opened.show_page("start")
    opened.show_page("data")
    assert not opened.inspector.isVisible()


def test_a_narrow_window_gives_the_table_all_its_room(opened, session):
    opened.resize(911, 512)
    assert not opened.inspector.isVisible()
    opened.actions_by_id["inspector"].trigger()
    assert opened.inspector.isVisible()
    opened.resize(1366, 768)
    assert opened.inspector.isVisible()
    assert session.settings.inspector_shown is True


def test_the_title_bar_says_when_it_was_saved(opened, session):
    session.announce()
    assert "已保存 " in opened.saved_label.text()


def test_messages_show_what_happened_and_what_to_do(opened, session):
    session.messages.failure(EnvironmentFailed("文件被占用：甲区.xlsx", "请先在 WPS 中关闭它"))
    bar = opened.message_bar
    assert bar.isVisible()
    assert "文件被占用：甲区.xlsx" in bar.text.text()
    assert "请先在 WPS 中关闭它" in bar.text.text()
    bar.dismiss()
    assert not bar.isVisible()


def test_a_cured_message_goes_but_another_stays(opened, session):
    session.messages.error("这一格未接受", key="cell")
    session.messages.clear("other")
    assert opened.message_bar.isVisible()
    session.messages.clear("cell")
    assert not opened.message_bar.isVisible()


def test_a_message_can_carry_the_button_that_helps(opened, session, qtbot):
    pressed = []
    session.messages.success("成绩单已导出", action=("打开文件夹", lambda: pressed.append(True)))
    qtbot.mouseClick(opened.message_bar.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_long_work_is_shown_after_a_moment_and_can_be_cancelled(opened, session, qtbot):
    ended = []

    def work(progress, cancelled):
        progress(2, 5, "正在读取 乙区.xlsx")
        while not cancelled():
            threading.Event().wait(0.01)

    session.tasks.run("正在导入", work, cancelled=lambda: ended.append(True))
    assert not opened.busy_bar.isVisible()
    qtbot.waitUntil(opened.busy_bar.isVisible)
    qtbot.waitUntil(lambda: "正在读取 乙区.xlsx（2/5）" in opened.busy_bar.text.text())
    qtbot.mouseClick(opened.busy_bar.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ended == [True])
    assert not opened.busy_bar.isVisible()


def test_closing_the_window_cancels_the_work_and_closes_the_file(opened, session):
    def work(_, cancelled):
        while not cancelled():
            threading.Event().wait(0.01)

    session.tasks.run("正在导出", work)
    assert opened.close()
    assert session.tasks.running == ()
    assert session.assessment is None


def test_closing_the_file_goes_back_to_the_start(opened, session):
    opened.actions_by_id["close"].trigger()
    assert session.assessment is None
    assert opened.page.title == "绿色政绩考核"
    assert opened.windowTitle() == "绿色政绩考核"
    assert not opened.actions_by_id["paste"].isEnabled()


def dropped(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    return data


def test_a_dropped_assessment_is_opened(window, session, small_file):
    data = dropped(small_file)  # the event does not keep it alive
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    window.dragEnterEvent(event)
    assert event.isAccepted()
    window.take_files([small_file])
    assert session.tasks.drain()
    assert session.assessment.path == small_file


def test_sheets_dropped_before_a_file_is_open_say_what_to_do_first(window, tmp_path):
    window.take_files([tmp_path / "甲区.xlsx"])
    assert "先打开或新建一个考核文件" in window.message_bar.text.text()


def test_undo_and_redo_name_what_they_do(opened, session):
    table = opened.page.table
    table.setData(table.index(0, 0), "31")
    assert opened.actions_by_id["undo"].text() == "撤销 修改 甲区“PM2.5年均浓度”：32.5 → 31"
    opened.actions_by_id["undo"].trigger()
    assert session.assessment.observation("甲区", "pm25", Y2024).value == 32.5
    assert opened.actions_by_id["redo"].isEnabled()


def test_recent_files_are_in_the_menu(opened, small_file):
    assert [a.text() for a in opened.recent_menu.actions()] == [small_file.name]


def test_choosing_a_theme_repaints_and_is_remembered(opened, session):
    opened.actions_by_id["theme_dark"].trigger()
    assert session.theme.is_dark
    assert session.settings.theme == "dark"
    opened.actions_by_id["theme_light"].trigger()
    assert not session.theme.is_dark


def test_every_action_has_a_place_in_a_menu():
    placed = {name for _, names in MENUS for name in names}
    theme = {"theme_system", "theme_light", "theme_dark"}
    assert {spec.id for spec in ACTIONS} - placed - theme == set()


def test_the_main_button_of_the_page_in_front_is_pressed_from_the_keyboard(opened, session):
    opened.show_page("data")
    opened.actions_by_id["main_button"].trigger()
    assert opened.page.title == "导入"
    opened.actions_by_id["main_button"].trigger()  # hidden until something has been read
    assert opened.page.title == "导入"


def test_no_two_shortcuts_are_the_same():
    keys = [spec.shortcut for spec in ACTIONS if spec.shortcut] + [entry.shortcut for entry in PAGES]
    assert len(keys) == len(set(keys))


def test_steps_of_a_new_file_point_to_the_import(session, tmp_path):
    session.create(tmp_path / "新.ecos", "jiangsu-green")
    assert session.tasks.drain()
    path = steps(session)
    assert path["import"].stage is Stage.NOW
    assert path["scheme"].stage is Stage.DONE
    assert path["data"].open_points == 0


def test_a_refused_score_is_an_open_point_of_the_results(open_session, qtbot):
    open_session.set_period(Period(2019))
    with qtbot.waitSignal(open_session.result_refused):
        open_session.result()
    step = steps(open_session)["results"]
    assert step.stage is Stage.NOW
    assert step.open_points >= 1


def test_undoing_elsewhere_is_said_and_goes_to_the_cell(opened, session):
    table = opened.page.table
    table.setData(table.index(1, 1), "77")
    session.select("甲区", "pm25")
    opened.show_page("start")
    opened.actions_by_id["undo"].trigger()
    assert "已撤销：修改 乙区“空气优良天数比率”：76.5 → 77" in opened.message_bar.text.text()
    assert (session.selection.district, session.selection.indicator) == ("乙区", "days")


def test_the_open_file_can_be_opened_again(opened, session, small_file):
    session.open(small_file)
    assert session.tasks.drain()
    assert session.assessment.path == small_file
    table = opened.page.table
    assert table.setData(table.index(0, 0), "31")


def test_a_year_without_values_says_so(opened, session):
    session.set_period(Period(2025))
    assert "2025年度还没有数据" in opened.page.subheading.whole
