"""Trying out a value: what is supposed is listed, words that are no number are refused, the file stays as it is."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.schemes import parse_scheme
from tests.ui.builders import Y2024
from tests.ui.pages.test_data_page import DERIVED
from ui.widgets.result_panels import Shown
from ui.widgets.what_if_panel import WhatIfPanel


@pytest.fixture
def panel(open_session, qtbot):
    session = open_session
    panel = WhatIfPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    file = session.assessment
    districts = tuple(d.name for d in file.districts)
    card = file.scorecard(Y2024, districts[0])
    panel.show_result(Shown(file, Y2024, file.version, file.score(Y2024), districts, card))
    yield panel
    assert session.tasks.drain(10_000)


def test_a_supposed_value_is_listed_and_not_written(panel, open_session):
    held = open_session.assessment.observations(Y2024)
    panel.indicator.setCurrentIndex(panel.indicator.findData("pm25"))
    panel.number.setText("25")
    panel.suppose()
    assert [s.number for s in panel.supposed] == [25]
    assert panel.list.count() == 1 and "25" in panel.list.item(0).text()
    assert open_session.assessment.observations(Y2024) == held
    panel.clear()
    assert panel.supposed == []


def test_what_is_no_number_is_refused_in_words(panel):
    panel.number.setText("约25")
    panel.suppose()
    assert panel.supposed == []
    assert panel.problem.isVisible() and "约25" in panel.problem.text()


def test_an_input_of_a_formula_can_be_supposed_too(session, qtbot, tmp_path):
    path = tmp_path / "派生.ecos"
    names = ("甲区", "乙区")
    with Assessment.create(path, parse_scheme(DERIVED, "派生.yaml"), [District(n) for n in names]) as file:
        inputs = [q.id for q in file.scheme.inputs]
        file.set_values([
            Observation(name, indicator, Y2024, 40.0 + 7 * n)
            for n, name in enumerate(names) for indicator in inputs
        ])  # fmt: skip
    session.open(path)
    assert session.tasks.drain(10_000)
    panel = WhatIfPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    file = session.assessment
    panel.show_result(Shown(file, Y2024, file.version, file.score(Y2024), names, file.scorecard(Y2024, "甲区")))
    panel.indicator.setCurrentIndex(panel.indicator.findData(inputs[0]))
    assert panel.indicator.currentText().endswith("（基础数据）") and panel.held.text() == "现为 40"
    panel.number.setText("20")
    panel.suppose()
    assert session.tasks.drain(10_000)
    assert any(row.change.text not in {"", "0.00", "—"} for row in panel.effect.table.rows)
    panel.what.setCurrentIndex(1)
    panel.number.setText("3")
    panel.suppose()
    assert "没有权重" in panel.problem.text() and len(panel.supposed) == 1
