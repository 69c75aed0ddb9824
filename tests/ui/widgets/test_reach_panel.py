"""升等次: the table is of the district looked at last, whoever was asked for before."""

from __future__ import annotations

from tests.ui.builders import Y2024
from tests.ui.waiting import settle
from ui.widgets.reach_panel import ReachPanel
from ui.widgets.result_panels import Shown


def shown(session, district):
    file = session.assessment
    result = file.score(Y2024)
    names = tuple(d.name for d in result.districts)
    return Shown(file, Y2024, file.version, result, names, file.scorecard(Y2024, district))


def test_the_last_district_asked_for_is_the_one_shown(open_session, qtbot):
    panel = ReachPanel(open_session)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_result(shown(open_session, "甲区"))
    assert "正在" in panel.box.said.text()
    panel.show_result(shown(open_session, "乙区"))
    settle(open_session)
    table = panel.box.table.table
    assert table.headers == ("指标", "现值", "需达到", "最多可增")
    assert {row[1].text for row in table.rows} == {"42.0", "76.5", "23"}, "of 乙区"
    assert "距“优秀”（90 分）" in panel.box.notes.text()
