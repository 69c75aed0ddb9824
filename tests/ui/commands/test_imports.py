"""An import as one undo step: everything it wrote goes and comes together."""

from __future__ import annotations

from dataclasses import replace

from ecoscore.importing.choices import Choices
from tests.ui.builders import Y2024
from tests.ui.sheets import workbook
from ui.messages import Tone


def written(session, tmp_path):
    """An import of a value, a target, a new district and an alias."""
    values = workbook(
        tmp_path / "值 表.xlsx", [["2024年度"], ["区县", "PM2.5年均浓度"], ["大甲", 29.5], ["庚区", 30]], title=""
    )
    goals = workbook(
        tmp_path / "目标.xlsx",
        [["2024年度目标"], ["区县", "PM2.5年均浓度", "空气优良天数比率"], ["甲区", 28, 90]],
        title="",
    )
    file = session.assessment
    plan = file.plan_import([values, goals], add_districts=True, choices=Choices().with_name("大甲", "甲区"))
    assert not plan.errors, [f.message for f in plan.errors]
    session.adopt_import(file.apply_import(plan))


def state(session):
    file = session.assessment
    return dict(file.observations(Y2024)), sorted(map(str, file.targets(Y2024))), file.districts


def test_one_undo_takes_all_of_it_back_and_one_redo_brings_it_again(open_session, tmp_path):
    before = state(open_session)
    told = []
    written(open_session, tmp_path)
    after = state(open_session)
    assert open_session.undo_stack.count() == 1
    assert open_session.undo_stack.undoText().startswith("导入 2 个值、2 个目标值、1 个区县、1 个别名")
    open_session.values_changed.connect(told.append)
    open_session.undo_stack.undo()
    assert state(open_session) == before
    assert told == [()]  # more than values: every view looks again
    open_session.undo_stack.redo()
    assert state(open_session) == after
    actions = [e.action for e in open_session.assessment.journal()]
    assert actions.count("undo_import") == actions.count("redo_import") == 1
    assert open_session.assessment.check() == ()


def test_what_stands_in_the_way_is_said_and_nothing_is_taken_back(open_session, said, tmp_path):
    written(open_session, tmp_path)
    file = open_session.assessment
    held = file.observation("甲区", "pm25", Y2024)
    file.set_values([replace(held, value=31.0)])
    after = state(open_session)
    open_session.undo_stack.undo()
    assert state(open_session) == after
    assert said.tones() == [Tone.ERROR] and "又被修改过" in said.last
    assert not open_session.undo_stack.canUndo()
