"""The targets of districts: typed into the cell, shown muted where common, taken away by Delete and by undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, Y2024
from ui.widgets.targets_view import TargetsView


@pytest.fixture
def targets(session, said, tmp_path, qtbot):
    path = tmp_path / "有目标.ecos"
    scheme = parse_scheme(SCHEME.replace("weight: 40,", "weight: 40, target: 35,"), "有目标.yaml")
    with Assessment.create(path, scheme, [District("甲区"), District("乙区")]) as file:
        file.set_values([Observation("甲区", "pm25", Y2024, 32.5)])
    session.open(path)
    assert session.tasks.drain(10_000)
    view = TargetsView(session)
    qtbot.addWidget(view)
    session.values_changed.connect(lambda *_: view.refresh())
    view.refresh()
    view.resize(500, 300)
    view.show()
    qtbot.waitExposed(view)
    yield view
    assert session.tasks.drain(10_000)


def type_target(qtbot, targets, district, text):
    index = targets.table.place_of(district, "pm25")
    targets.view.setCurrentIndex(index)
    targets.view.edit(index)
    field = targets.view.findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: targets.view.findChild(QLineEdit) is None)  # the view takes it a moment later


def shown(targets):
    return [targets.table.place_of(d, "pm25").data() for d in (None, "甲区", "乙区")]


def test_a_target_typed_for_one_district_is_its_own(targets, qtbot):
    assert shown(targets) == ["35", "35", "35"]
    type_target(qtbot, targets, "甲区", "31.5")
    assert shown(targets) == ["35", "31.5", "35"]
    file = targets.session.assessment
    assert [(t.district, t.indicator, t.value) for t in file.targets(Y2024)] == [("甲区", "pm25", 31.5)]
    targets.session.undo_stack.undo()
    assert shown(targets) == ["35", "35", "35"]
    assert file.targets(Y2024) == ()


def test_what_is_no_number_is_refused_in_words(targets, said, qtbot):
    type_target(qtbot, targets, "乙区", "about 30")
    assert said.last == "目标值应为一个数，写的是“about 30”请填写数字，不带单位。"
    assert targets.session.assessment.targets(Y2024) == ()


def test_only_indicators_with_targets_have_a_column(targets):
    assert targets.table.columnCount() == 1
    assert "目标值" in targets.said.text()
