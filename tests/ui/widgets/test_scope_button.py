"""The button that narrows an import: what is taken out is not written, and the button says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ecoscore.importing.plan import ImportPlan
from tests.ui.models.test_import_models import PLAN
from ui.widgets.scope_button import ScopeButton


def opened(qtbot, plan: ImportPlan) -> ScopeButton:
    button = ScopeButton()
    qtbot.addWidget(button)
    button.show_plan(plan)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.files.isVisible()
    return button


def press(qtbot, button: ScopeButton, word: str, column: int) -> None:
    """The button of that word under the files (0) or the districts (1)."""
    found = [b for b in button.files.parent().findChildren(QPushButton) if b.text() == word]
    qtbot.mouseClick(found[column], Qt.MouseButton.LeftButton)


def test_a_district_unticked_is_not_written(qapp, qtbot):
    button = opened(qtbot, PLAN)
    assert button.narrowed(PLAN) is PLAN
    (item,) = button.districts.findItems("乙县", Qt.MatchFlag.MatchExactly)
    button.districts.setCurrentItem(item)
    with qtbot.waitSignal(button.changed):
        qtbot.keyClick(button.districts, Qt.Key.Key_Space)
    assert button.text() == "写入范围：除 1 个区县外"
    left = button.narrowed(PLAN)
    assert [e.new.district for e in left.entries] == ["甲区", "丙县"]
    assert left.targets == PLAN.targets  # those for all districts are nobody's


def test_what_was_taken_out_stays_out_when_the_plan_is_read_again(qapp, qtbot):
    button = opened(qtbot, PLAN)
    press(qtbot, button, "全不选", 0)
    assert button.text() == "写入范围：除 4 个文件外"
    button.show_plan(PLAN)
    assert button.narrowed(PLAN).entries == ()
    press(qtbot, button, "全选", 0)
    assert button.text() == "写入范围…"
    assert button.narrowed(PLAN) is PLAN


def test_where_there_is_nothing_to_choose_the_button_is_away(qapp, qtbot):
    button = ScopeButton()
    qtbot.addWidget(button)
    button.show_plan(ImportPlan(None, PLAN.files[:1], PLAN.entries[1:2]))
    assert button.isHidden()
    button.show_plan(PLAN)
    assert not button.isHidden()
