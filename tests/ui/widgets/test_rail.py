"""The rail: what it shows of each step, and how it is reached by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from tests.ui.builders import Y2023, Y2024
from ui.pages import PAGES
from ui.steps import Stage, Step
from ui.widgets.focus import KeyFocusButton
from ui.widgets.rail import Rail


@pytest.fixture
def rail(session, qtbot):
    rail = Rail(PAGES, session.theme)
    qtbot.addWidget(rail)
    rail.resize(152, 500)
    rail.show()
    qtbot.waitExposed(rail)
    return rail


def picture(rail, key):
    return rail.buttons[key].grab().toImage()


def test_each_stage_looks_different(rail):
    seen = []
    for stage in Stage:
        rail.show_steps({"data": Step(stage)}, has_file=True)
        seen.append(picture(rail, "data"))
    rail.show_steps({"data": Step(Stage.NOW, 12, "12 项应报未报")}, has_file=True)
    seen.append(picture(rail, "data"))
    assert all(a != b for n, a in enumerate(seen) for b in seen[:n])
    assert rail.buttons["data"].accessibleDescription() == "12 项应报未报，12 处待办"


def test_without_a_file_there_is_only_the_start(rail):
    rail.show_steps({}, has_file=False)
    assert [k for k, b in rail.buttons.items() if b.isEnabled()] == ["start"]
    rail.show_period(Y2024, (Y2024,), has_file=False)
    assert rail.period_button.text() == "未打开文件"


def test_a_click_and_a_space_choose_a_page(rail, qtbot):
    rail.show_steps({}, has_file=True)
    chosen = []
    rail.chosen.connect(chosen.append)
    qtbot.mouseClick(rail.buttons["results"], Qt.MouseButton.LeftButton)
    rail.buttons["data"].setFocus()
    qtbot.keyClick(rail.buttons["data"], Qt.Key.Key_Space)
    assert chosen == ["results", "data"]


def test_the_period_menu_has_the_newest_first_and_marks_the_current(rail):
    rail.show_period(Y2023, (Y2023, Y2024), has_file=True)
    actions = [a for a in rail.period_button.menu().actions() if a.text()]
    assert [(a.text(), a.isChecked()) for a in actions] == [
        ("2024年度", False), ("2023年度", True), ("其他考核期…", False),
    ]  # fmt: skip


def test_only_the_keyboard_brings_a_focus_ring(rail):
    button = rail.buttons["start"]
    assert isinstance(button, KeyFocusButton)
    rail.activateWindow()
    for reason, ring in ((Qt.FocusReason.MouseFocusReason, False), (Qt.FocusReason.TabFocusReason, True)):
        button.setFocus(reason)
        button.focusInEvent(QFocusEvent(QFocusEvent.Type.FocusIn, reason))
        assert button._by_key is ring
