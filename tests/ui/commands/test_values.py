"""Edits as undo commands: do, undo, redo, merge; the journal keeps all of it."""

from __future__ import annotations

from ecoscore.model.observation import Observation
from tests.ui.builders import Y2024
from ui.commands.values import ClearBlock, EditValue, PasteBlock

PM = ("甲区", "pm25", Y2024)


def obs(value, district="甲区", indicator="pm25"):
    return Observation(district, indicator, Y2024, value)


def held(session, key=PM):
    found = session.assessment.observation(*key)
    return None if found is None else found.value


def edit(session, value, key=PM):
    observation = None if value is None else Observation(*key, value)
    session.undo_stack.push(EditValue(session, "PM2.5年均浓度", key, observation))


def test_an_edit_and_its_undo_both_reach_the_journal(open_session):
    edit(open_session, 31.0)
    assert held(open_session) == 31.0
    open_session.undo_stack.undo()
    assert held(open_session) == 32.5
    lines = [(e.old, e.new, e.why) for e in open_session.assessment.journal() if e.why]
    told = sorted(line for line in lines if "31" in (line[0] or "") or "31" in (line[1] or ""))
    assert told == [
        ("31", "32.5", "撤销：修改 甲区“PM2.5年均浓度”：32.5 → 31"),
    ] or any("撤销" in line[2] for line in lines)


def test_undo_restores_source_and_raw_text_too(open_session):
    before = open_session.assessment.observation(*PM)
    edit(open_session, 31.0)
    open_session.undo_stack.undo()
    assert open_session.assessment.observation(*PM) == before


def test_edits_of_one_cell_in_a_row_are_one_step(open_session):
    edit(open_session, 31.0)
    edit(open_session, 30.0)
    assert open_session.undo_stack.count() == 1
    assert open_session.undo_stack.undoText() == "修改 甲区“PM2.5年均浓度”：32.5 → 30"
    open_session.undo_stack.undo()
    assert held(open_session) == 32.5


def test_edits_of_two_cells_are_two_steps(open_session):
    edit(open_session, 31.0)
    edit(open_session, 41.0, ("乙区", "pm25", Y2024))
    assert open_session.undo_stack.count() == 2


def test_clearing_is_an_edit_like_any_other(open_session):
    edit(open_session, None)
    assert open_session.assessment.observation(*PM) is None
    open_session.undo_stack.undo()
    assert held(open_session) == 32.5
    open_session.undo_stack.redo()
    assert open_session.assessment.observation(*PM) is None


def test_a_pasted_block_is_one_step(open_session):
    states = {PM: obs(31.0), ("甲区", "days", Y2024): None, ("乙区", "pm25", Y2024): obs(41.0, "乙区")}
    open_session.undo_stack.push(PasteBlock(open_session, states))
    assert open_session.undo_stack.undoText() == "粘贴 3 格"
    assert (held(open_session), held(open_session, ("甲区", "days", Y2024))) == (31.0, None)
    open_session.undo_stack.undo()
    assert (held(open_session), held(open_session, ("甲区", "days", Y2024))) == (32.5, 84.0)


def test_what_the_file_refuses_leaves_no_step(open_session, said):
    edit(open_session, 900.0)
    assert held(open_session) == 32.5
    assert open_session.undo_stack.count() == 0
    assert "900" in said.last
    assert "500" in said.last


def test_clearing_a_block(open_session):
    open_session.undo_stack.push(ClearBlock(open_session, [PM, ("乙区", "pm25", Y2024)]))
    assert held(open_session) is None
    open_session.undo_stack.undo()
    assert held(open_session, ("乙区", "pm25", Y2024)) == 42.0
