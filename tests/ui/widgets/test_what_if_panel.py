"""Trying out a value: what is supposed is listed, words that are no number are refused, the file stays as it is."""

from __future__ import annotations

import pytest

from tests.ui.builders import Y2024
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
