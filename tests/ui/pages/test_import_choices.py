"""The import page asks and is answered: units, names, files that disagree, layouts, pastes, a part of the whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from ecoscore.importing import hints
from ecoscore.importing.hints import LayoutHint, of_indicator
from tests.ui.builders import Y2024
from tests.ui.sheets import workbook
from ui.models.changes_table import LAST
from ui.pages.import_page import ImportPage


@pytest.fixture
def page(qtbot, open_session, said):
    page = ImportPage(open_session)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    qtbot.waitExposed(page)
    return page


def read(page, *sources):
    page.read(list(sources))
    assert page.session.tasks.drain()


def press(page, qtbot, word):
    """Press the one button of that word among the questions, and let the page read again."""
    (button,) = [b for b in page.questions.findChildren(QPushButton) if b.text() == word]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.session.tasks.drain()


def value(session, district, indicator):
    found = session.assessment.observation(district, indicator, Y2024)
    return None if found is None else found.value


def units(tmp_path):
    rows = [["区县", "PM2.5年均浓度（mg/m³）"], ["甲区", 0.031], ["乙区", 0.0355]]
    return workbook(tmp_path / "单位.xlsx", rows)


def test_a_conversion_is_asked_accepted_taken_back_and_written(page, tmp_path, qtbot):
    read(page, units(tmp_path))
    assert page.questions.isVisible()
    assert not page.write_button.isEnabled()
    press(page, qtbot, "换算")
    assert [e.new.value for e in page.plan.entries] == [31.0, 35.5]
    press(page, qtbot, "撤回")
    assert page.plan.entries == ()
    press(page, qtbot, "换算")
    qtbot.mouseClick(page.write_button, Qt.MouseButton.LeftButton)
    assert page.session.tasks.drain()
    assert value(page.session, "甲区", "pm25") == 31.0
    assert not page.questions.isVisible()


def test_a_near_name_is_chosen_and_remembered_in_the_file(page, tmp_path, qtbot):
    read(page, workbook(tmp_path / "名.xlsx", [["区县", "PM2.5年均浓度"], ["甲区市辖", 31]]))
    press(page, qtbot, "甲区")
    assert [e.new.district for e in page.plan.entries] == ["甲区"]
    qtbot.mouseClick(page.write_button, Qt.MouseButton.LeftButton)
    assert page.session.tasks.drain()
    assert next(d for d in page.session.assessment.districts if d.name == "甲区").aliases == ("甲区市辖",)


def test_an_old_name_unlike_any_is_given_from_the_list_of_districts(page, tmp_path):
    read(page, workbook(tmp_path / "旧.xlsx", [["区县", "PM2.5年均浓度"], ["丰山县", 31]]))
    (button,) = [b for b in page.questions.findChildren(QPushButton) if b.text() == "选择…"]
    next(a for a in button.menu().actions() if a.text() == "丙县").trigger()
    assert page.session.tasks.drain()
    assert [e.new.district for e in page.plan.entries] == ["丙县"]


def test_of_two_files_that_disagree_one_is_taken(page, tmp_path, qtbot):
    one = workbook(tmp_path / "一.xlsx", [["区县", "PM2.5年均浓度"], ["甲区", 31]])
    two = workbook(tmp_path / "二.xlsx", [["区县", "PM2.5年均浓度"], ["甲区", 30]])
    read(page, one, two)
    press(page, qtbot, "取 30")
    assert [e.new.value for e in page.plan.entries] == [30]
    assert not page.plan.errors


def test_a_table_is_pasted(page, qtbot):
    QApplication.clipboard().setText("区县\t考核期\tPM2.5年均浓度\n甲区\t2024\t30.5\n")
    qtbot.mouseClick(page.drop_area.paste_button, Qt.MouseButton.LeftButton)
    assert page.session.tasks.drain()
    assert [e.new.value for e in page.plan.entries] == [30.5]
    assert page.desk.files.index(0).data() == "粘贴的表格"


def test_pasting_nothing_is_said(page, said):
    QApplication.clipboard().clear()
    page.paste()
    assert "剪贴板" in said.last


def test_a_layout_is_pointed_at_and_the_page_stays_there(page, tmp_path):
    path = workbook(tmp_path / "怪.xlsx", [["附表"], ["名", "颗粒"], ["甲区", 31]])
    read(page, path)
    assert page.plan.entries == ()
    menu = page.desk.sheet.menu_at(1, 1)
    texts = [action.text() for action in menu.actions()]
    assert "第 2 行是表头" in texts and "这一列不读取" in texts
    sheet = page.plan.files[0].sheets[0].name
    hint = LayoutHint((2,), ((1, hints.DISTRICTS), (2, of_indicator("pm25"))), Y2024)
    page.desk.sheet.layout_told.emit(hint)
    assert page.session.tasks.drain()
    assert [e.new.value for e in page.plan.entries] == [31]
    assert "您指定：表头为第 2 行" in page.desk.sheet.caption.text()
    assert page.plan.files[0].sheets[0].name == sheet


def test_choosing_in_the_menu_tells_the_layout(page, tmp_path):
    read(page, workbook(tmp_path / "表.xlsx", [["区县", "PM2.5年均浓度"], ["甲区", 31]]))
    told = []
    page.desk.layout_told.connect(lambda *what: told.append(what))
    menu = page.desk.sheet.menu_at(None, 1)
    next(a for a in menu.actions() if a.text() == "这一列不读取").trigger()
    assert told[0][0] == "表.xlsx" and told[0][2].columns == ((2, hints.IGNORED),)
    assert page.session.tasks.drain()


def test_one_district_of_two_is_written(page, tmp_path, qtbot):
    read(page, workbook(tmp_path / "两个.xlsx", [["区县", "PM2.5年均浓度"], ["甲区", 31], ["乙区", 36]]))
    before = value(page.session, "乙区", "pm25")
    scope = page.plan_bar.scope
    (item,) = scope.districts.findItems("乙区", Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert page.write_button.text() == "写入 1 个值"
    assert "1 个区县" in scope.text()
    qtbot.mouseClick(page.write_button, Qt.MouseButton.LeftButton)
    assert page.session.tasks.drain()
    assert value(page.session, "甲区", "pm25") == 31
    assert value(page.session, "乙区", "pm25") == before
    page.session.undo_stack.undo()
    assert value(page.session, "甲区", "pm25") != 31


def test_who_wrote_last_stands_beside_a_changed_value(page, tmp_path):
    read(page, workbook(tmp_path / "表.xlsx", [["区县", "PM2.5年均浓度"], ["甲区", 31]]))
    assert page.changes.index(0, LAST).data()
