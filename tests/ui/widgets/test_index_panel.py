"""The groups of a district against its peers: bars always, the radar where there is a shape and room for it."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, VALUES, Y2024
from ui.widgets.index_panel import IndexPanel
from ui.widgets.result_panels import Shown

DAYS = "      - {id: days"
THREE_GROUPS = SCHEME.replace(DAYS, f"  - id: sky\n    title: 蓝天\n    indicators:\n{DAYS}")
DISTRICTS = ("甲区", "乙区")


def card_of(file: Assessment, district: str) -> Shown:
    card = file.scorecard(Y2024, district)
    return Shown(file, Y2024, file.version, file.score(Y2024), DISTRICTS, card)


@pytest.fixture
def panel(session, qtbot):
    panel = IndexPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1000, 240)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def three_groups(tmp_path):
    scheme = parse_scheme(THREE_GROUPS, "三组.yaml")
    with Assessment.create(tmp_path / "三组.ecos", scheme, [District(d) for d in DISTRICTS]) as file:
        file.set_values([Observation(d, i, Y2024, v[1]) for (d, i), v in VALUES.items() if d in DISTRICTS])
        yield file


def test_the_radar_is_there_where_there_is_room_for_it(panel, three_groups, qtbot):
    panel.show_result(card_of(three_groups, "甲区"))
    assert panel.chart.isVisible() and panel.radar.isVisible()
    panel.resize(600, 240)
    qtbot.waitUntil(lambda: not panel.radar.isVisible())
    assert panel.chart.isVisible()


def test_two_groups_have_no_shape(panel, open_session):
    panel.show_result(card_of(open_session.assessment, "甲区"))
    assert panel.chart.isVisible()
    assert not panel.radar.isVisible()


def test_the_bars_are_of_the_district_shown(panel, three_groups):
    for district in DISTRICTS:
        panel.show_result(card_of(three_groups, district))
        panel.grab()
        assert district in panel.chart.accessibleName()
