"""What the inspector looks up about a cell: its target, its history, its points."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ecoscore.model.observation import Target
from tests.ui.builders import Y2024, not_applicable
from ui.models.data_table import DataTable
from ui.widgets.cell_inspector import CellInspector


@pytest.fixture
def inspector(open_session, qtbot):
    inspector = CellInspector(open_session)
    qtbot.addWidget(inspector)
    inspector.show()
    return inspector


def cell(session, row, column):
    table = DataTable(session)
    table.refresh()
    return table.cell(row, column)


def facts(inspector):
    QApplication.processEvents()
    return [label.text() for label in inspector.findChildren(QLabel) if not label.isHidden()]


def test_a_district_target_goes_before_the_general_one(inspector, open_session):
    open_session.assessment.set_targets([Target(None, "pm25", Y2024, 35.0), Target("甲区", "pm25", Y2024, 33.0)])
    inspector.explain(cell(open_session, 0, 0))
    assert "33" in facts(inspector)
    inspector.explain(cell(open_session, 1, 0))
    assert "35" in facts(inspector)


def test_points_are_told_once_the_year_is_scored(inspector, open_session, qtbot):
    inspector.explain(cell(open_session, 0, 0))
    assert "本项得分" not in facts(inspector)
    with qtbot.waitSignal(open_session.result_ready) as scored:
        open_session.result()
    inspector.explain(cell(open_session, 0, 0))
    points = scored.args[0].points_rounded[0, 0]
    assert f"{points:.2f}（满分 40）" in facts(inspector)


def test_what_is_left_out_is_said_so(inspector, open_session, qtbot):
    open_session.write([not_applicable("丙县", "forest", "无林地")], [], "")
    with qtbot.waitSignal(open_session.result_ready):
        open_session.result()
    inspector.explain(cell(open_session, 2, 2))
    assert "不参与计算" in facts(inspector)


def test_a_value_not_touched_has_just_its_first_entry(inspector, open_session):
    inspector.explain(cell(open_session, 0, 0))
    assert len([text for text in facts(inspector) if "→" in text]) == 1
