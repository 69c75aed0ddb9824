"""The left of the scheme page by itself: rows added, copied, moved and removed by its buttons, each an undo step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.models.scheme_desk import SchemeDesk
from ui.widgets.scheme_editor import SchemeEditor


@pytest.fixture
def editor(open_session, qtbot):
    desk = SchemeDesk(open_session)
    editor = SchemeEditor(desk, open_session.theme)
    qtbot.addWidget(editor)
    desk.changed.connect(lambda _: editor.refresh())
    desk.load()
    editor.refresh(fresh=True)
    editor.show_kind("indicator")
    editor.resize(700, 400)
    editor.show()
    qtbot.waitExposed(editor)
    yield editor
    desk.read()
    assert open_session.tasks.drain(10_000)


def press(qtbot, editor, name):
    assert editor.buttons[name].isVisible() and editor.buttons[name].isEnabled()
    qtbot.mouseClick(editor.buttons[name], Qt.MouseButton.LeftButton)


def titles(editor):
    return [node.label for group in editor.desk.draft.of("group") for node in group.children]


def choose(editor, indicator):
    assert editor.select(editor.desk.draft.indicator(indicator).key)


ALL = ["PM2.5年均浓度", "空气优良天数比率", "林木覆盖率"]


def test_what_is_removed_comes_back_by_undo(editor, qtbot):
    choose(editor, "pm25")
    press(qtbot, editor, "remove")
    assert titles(editor) == ALL[1:]
    assert editor.current_key() == editor.desk.draft.indicator("days").key  # the neighbour is chosen
    assert "差 40" in editor.sum_bar.label.text()
    editor.desk.session.undo_stack.undo()
    assert titles(editor) == ALL
    assert "合计正好" in editor.sum_bar.label.text()


def test_an_indicator_is_moved_and_copied_among_its_group(editor, qtbot):
    choose(editor, "pm25")
    press(qtbot, editor, "down")
    assert titles(editor) == [ALL[1], ALL[0], ALL[2]]
    told: list[int] = []
    editor.chosen.connect(told.append)
    press(qtbot, editor, "copy")
    assert len(titles(editor)) == 4
    assert editor.desk.session.undo_stack.undoText() == "复制“PM2.5年均浓度”"
    assert told[-1] == editor.current_key() != editor.desk.draft.indicator("pm25").key


def test_a_list_has_its_own_rows_and_no_sum_of_weights(editor, qtbot):
    editor.show_kind("grade")
    assert not editor.sum_bar.isVisible() and not editor.buttons["indicator"].isVisible()
    before = editor.lists["grade"].rowCount()
    press(qtbot, editor, "row")
    assert editor.lists["grade"].rowCount() == before + 1
