"""The small parts of the import page that ask, point and narrow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ecoscore.importing.choices import Choices
from ecoscore.importing.hints import LayoutHint, of_indicator
from ecoscore.importing.plan import SheetPreview
from ecoscore.model.period import Period
from tests.importing.sheets import plan_of, write_xlsx
from ui.models.layout_setting import LayoutSetting, layout_setting
from ui.widgets.layout_menu import LayoutMenu, said
from ui.widgets.question_list import QuestionList
from ui.widgets.scope_button import ScopeButton

SETTING = LayoutSetting((("大气", (("pm25", "PM2.5年均浓度"),)),), ("甲区", "乙县"), (Period(2024), Period(2023)))
SHEET = SheetPreview("表", (("附表",), ("名", "颗粒"), ("甲区", "33")), header=(2,), columns={0: "区县"})


@pytest.fixture
def plan(tmp_path):
    rows = [["区县", "PM2.5年均浓度（mg/m³）", "排污权交易金额（亿元）"], ["甲区", 0.035, 0.1], ["乙县", 0.03, 0.2]]
    return plan_of(write_xlsx(tmp_path / "表.xlsx", {"2024年度": rows}), choices=Choices(all_conversions=True))


def hints_of(menu):
    """What every entry of the menu tells, by its text."""
    told = []
    menu._told = told.append
    found = {}
    for action in menu.actions():
        if action.menu() is None and action.isEnabled() and action.text():
            action.trigger()
            found[action.text()] = told[-1]
    return found


def test_a_menu_on_a_cell_speaks_of_its_row_its_column_and_the_sheet(qtbot):
    menu = LayoutMenu(SHEET, SETTING, 2, 1, lambda hint: None)
    qtbot.addWidget(menu)
    texts = hints_of(menu)
    assert texts["第 3 行是表头"] == LayoutHint(header=(3,))
    assert texts["第 2 至 3 行都是表头"] == LayoutHint(header=(2, 3))
    assert texts["这一列不读取"].columns == ((2, "ignored"),)
    titles = [a.text() for a in menu.actions()]
    assert {"这一列是指标", "整张表的考核期", "整张表的区县"} <= set(titles)
    assert "整张表改回软件认出的" not in titles


def test_a_menu_on_a_header_speaks_of_the_column_alone(qtbot):
    menu = LayoutMenu(SHEET, SETTING, None, 0, lambda hint: None)
    qtbot.addWidget(menu)
    titles = [a.text() for a in menu.actions()]
    assert "A 列：区县" in titles and not any("表头" in t for t in titles)


def test_what_was_said_in_words():
    hint = LayoutHint((2,), ((1, "districts"), (2, of_indicator("pm25")), (3, "ignored")), Period(2023), "甲区")
    words = said(hint, {"pm25": "PM2.5"})
    assert words == "您指定：表头为第 2 行，A 列为区县，B 列为PM2.5，C 列不读取，考核期为 2023年度，区县为甲区"
    assert said(LayoutHint(), {}) == said(None, {}) == ""


def test_the_setting_of_an_open_file(open_session):
    setting = layout_setting(open_session)
    assert "甲区" in setting.districts and setting.groups and setting.periods


def test_several_conversions_are_accepted_at_once(qtbot, tmp_path):
    rows = [["区县", "PM2.5年均浓度（mg/m³）", "排污权交易金额（亿元）"], ["甲区", 0.035, 0.1]]
    path = write_xlsx(tmp_path / "表.xlsx", {"2024年度": rows})
    questions = QuestionList()
    qtbot.addWidget(questions)
    questions.show_plan(plan_of(path), SETTING)
    got = []
    questions.answered.connect(got.append)
    (button,) = [b for b in questions.findChildren(QPushButton) if b.text() == "全部换算"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert got[0].converts("pm25", "mg/m³") and got[0].converts("trading", "亿元")
    assert any("0.035 mg/m³ → 35 μg/m³" in label.text() for label in questions.findChildren(QLabel))


def test_nothing_to_ask_takes_no_room(qtbot):
    questions = QuestionList()
    qtbot.addWidget(questions)
    questions.show_plan(None)
    assert questions.isHidden()


def test_the_scope_narrows_and_says_so(qtbot, plan):
    button = ScopeButton()
    qtbot.addWidget(button)
    button.show_plan(plan)
    assert button.narrowed(plan) is plan
    (item,) = button.districts.findItems("甲区", Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert {e.new.district for e in button.narrowed(plan).entries} == {"乙县"}
    assert "1 个区县" in button.text()
    button.show_plan(plan)
    assert {e.new.district for e in button.narrowed(plan).entries} == {"乙县"}, "stays out when planned anew"
    button.clear()
    assert button.text() == "写入范围…"


def test_blank_names_are_asked_about_sheet_by_sheet_or_all_at_once(tmp_path, qtbot):
    rows = [["2024年度"], ["区县", "指标", "值"], ["甲区", "PM2.5年均浓度", 35], [None, "空气优良天数比率", 80]]
    path = write_xlsx(tmp_path / "表.xlsx", {"一": rows, "二": rows})
    shown = QuestionList()
    qtbot.addWidget(shown)
    shown.show_plan(plan_of(path))
    told = []
    shown.answered.connect(told.append)
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert texts[0] == "有 2 处空着的名称，可以沿用上面的："
    assert texts[1] == "“一”有 1 行没有写区县名，沿用上面的？（A4 → 甲区）"
    buttons = [button for button in shown.findChildren(QPushButton) if "沿用" in button.text()]
    assert [button.text() for button in buttons] == ["全部沿用", "沿用", "沿用"]
    for button in buttons:
        button.click()
    one = Choices().with_blanks("表.xlsx", "一", "district")
    assert told == [
        one.with_blanks("表.xlsx", "二", "district"),
        one,
        Choices().with_blanks("表.xlsx", "二", "district"),
    ]
    shown.show_plan(plan_of(path, choices=one))
    said = [label.text() for label in shown.findChildren(QLabel)]
    assert "“一”有 1 行空着的区县名沿用上面的（A4 → 甲区）" in said
    back = next(button for button in shown.findChildren(QPushButton) if button.text() == "撤回")
    back.click()
    assert told[-1] == Choices()
