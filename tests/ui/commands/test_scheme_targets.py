"""Targets set as one undo step: forth, back, and named for the menu."""

from __future__ import annotations

from tests.ui.builders import Y2024
from ui.commands.scheme_targets import SetTargets, held_targets


def test_setting_and_undoing_a_target_is_in_the_file(open_session):
    session = open_session
    session.undo_stack.push(SetTargets(session, Y2024, {("甲区", "pm25"): 31.5}))
    assert held_targets(session, Y2024) == {("甲区", "pm25"): 31.5}
    assert "甲区" in session.undo_stack.undoText() and "31.5" in session.undo_stack.undoText()
    session.undo_stack.undo()
    assert held_targets(session, Y2024) == {}


def test_several_at_once_are_one_step(open_session):
    session = open_session
    session.undo_stack.push(SetTargets(session, Y2024, {("甲区", "pm25"): 31.5, (None, "pm25"): 35.0}))
    assert session.undo_stack.undoText() == "设定 2 个目标值"
    session.undo_stack.undo()
    assert held_targets(session, Y2024) == {}
