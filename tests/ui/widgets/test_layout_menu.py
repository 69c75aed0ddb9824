"""The menu on a place of a sheet: what is chosen goes out as a hint, and what holds is ticked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ecoscore.importing.hints import IGNORED, LayoutHint, of_indicator
from tests.ui.builders import Y2023, Y2024
from tests.ui.models.test_import_models import SHEET
from ui.models.layout_setting import LayoutSetting
from ui.widgets.layout_menu import LayoutMenu, said

SETTING = LayoutSetting(
    (("大气环境", (("pm25", "PM2.5年均浓度"),)), ("国土绿化", (("forest", "林木覆盖率"),))),
    ("甲区", "乙县"),
    (Y2024, Y2023),
)


def action(menu: QMenu, *path: str) -> QAction:
    """The action at the end of a path of titles."""
    for title in path[:-1]:
        (menu,) = [m for m in menu.findChildren(QMenu) if m.title() == title]
    (found,) = [a for a in menu.actions() if a.text() == path[-1]]
    return found


def test_a_column_is_said_to_be_an_indicator(qapp, qtbot):
    told: list[LayoutHint] = []
    menu = LayoutMenu(replace(SHEET, columns={1: "PM2.5年均浓度"}), SETTING, None, 1, told.append)
    qtbot.addWidget(menu)
    assert not action(menu, "B 列：PM2.5年均浓度").isEnabled()  # a heading, not a choice
    action(menu, "这一列是指标", "国土绿化", "林木覆盖率").trigger()
    assert told == [LayoutHint(columns=((2, of_indicator("forest")),))]


def test_what_was_said_is_ticked_and_can_be_taken_back(qapp, qtbot):
    told: list[LayoutHint] = []
    hint = LayoutHint((1,), ((2, IGNORED),), Y2023)
    menu = LayoutMenu(replace(SHEET, hint=hint), SETTING, 1, 1, told.append)
    qtbot.addWidget(menu)
    assert action(menu, "这一列不读取").isChecked()
    assert action(menu, "整张表的考核期", Y2023.title).isChecked()
    assert not action(menu, "整张表的考核期", Y2024.title).isChecked()
    action(menu, "第 1 至 2 行都是表头").trigger()
    action(menu, "B 列改回软件认出的").trigger()
    action(menu, "整张表改回软件认出的").trigger()
    assert told == [replace(hint, header=(1, 2)), replace(hint, columns=()), LayoutHint()]


def test_what_was_said_is_put_in_words():
    hint = LayoutHint((1, 2), ((2, of_indicator("pm25")), (3, IGNORED)), Y2024, "甲区")
    assert said(hint, {"pm25": "PM2.5"}) == (
        f"您指定：表头为第 1、2 行，B 列为PM2.5，C 列不读取，考核期为 {Y2024.title}，区县为甲区"
    )
    assert said(LayoutHint(), {}) == ""
