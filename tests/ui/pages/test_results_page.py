"""The results page: ranking, the selected district, each figure explained, and the way out where nothing is scored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, Y2023, Y2024, make_file
from tests.ui.waiting import opened, settle


@pytest.fixture
def page(window, small_file):
    return opened(window, small_file, "results")


def shown(page, key):
    column = page.table.column_of(key)
    return [page.proxy.index(row, column).data() for row in range(page.proxy.rowCount())]


def test_the_ranking_is_the_facades(page):
    rows = page.session.assessment.ranking(Y2024).sections[0].rows
    assert shown(page, "district") == [row.district for row in rows]
    assert shown(page, "total") == [row.total.text for row in rows]
    assert page.district == rows[0].district
    assert not page.groups.isVisible()  # one peer group needs no tabs


def test_sorting_goes_by_numbers(page):
    page.ranking.sortByColumn(page.table.column_of("total"), Qt.SortOrder.AscendingOrder)
    totals = [float(text) for text in shown(page, "total")]
    assert totals == sorted(totals)


def test_a_district_fills_the_inspector(page, qtbot):
    page.select_district("乙区")
    card = page.session.assessment.scorecard(Y2024, "乙区")
    assert page.inspector is page.card
    assert card.chain.total.text in page.card.total.text()
    assert "乙区" in page.card.place.text()
    assert card.weak[0].title in page.card.items.toPlainText()
    assert page.chart.grab().toImage().height() > 0
    assert page.chart._draw(300.0, 120.0).title.startswith("乙区")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("total", "一次修约"),
        ("rank", "由高到低"),
        ("grade", "等次为"),
        ("group:air", "大气环境"),
    ],
)
def test_selecting_a_figure_shows_why(page, key, words):
    page.select_district("甲区", key)
    assert words in page.card.explanation.toPlainText()


def test_selecting_an_indicator_shows_its_working_paper(page):
    page.select_district("甲区")
    page.card.tabs.setCurrentIndex(1)
    page.card.view.setCurrentIndex(page.card.table.index(0, 0))
    text = page.card.explanation.toPlainText()
    assert "PM2.5年均浓度" in text
    assert "（32.5−60）÷（20−60）" in text
    assert page.session.selection.indicator == "pm25"


def test_the_ranking_follows_an_edit(page, session):
    before = shown(page, "total")
    held = session.assessment.observation("乙区", "pm25", Y2024)
    from dataclasses import replace

    session.write([replace(held, value=20.0)], [], "改正")
    settle(session)
    assert shown(page, "total") != before


def test_peer_groups_have_a_tab_each(window, session, tmp_path):
    path = tmp_path / "两 组.ecos"
    districts = [
        District("甲区", peer_group="城区"),
        District("乙区", peer_group="城区"),
        District("丙县", peer_group="县域"),
    ]
    with Assessment.create(path, parse_scheme(SCHEME, "小方案.yaml"), districts) as file:
        file.set_values(
            [
                Observation(d.name, i, Y2024, 50.0 + n)
                for n, d in enumerate(districts)
                for i in ("pm25", "days", "forest")
            ]
        )
    session.open(path)
    settle(session)
    window.show_page("results")
    settle(session)
    page = window.page
    assert [page.groups.tabText(n) for n in range(page.groups.count())] == ["城区（2）", "县域（1）"]
    assert page.groups.isVisible()
    assert page.groups.height() > 10
    page.groups.setCurrentIndex(1)
    assert page.district == "丙县"
    page.paper_button.click()
    settle(session)
    assert window.page.title == "成绩单"
    assert window.page.list.district == "丙县"


def test_where_nothing_is_scored_the_page_says_why_and_leads_on(window, session, tmp_path):
    path = tmp_path / "缺 数.ecos"
    make_file(path, ("甲区",))
    strict = parse_scheme(SCHEME.replace("missing: zero", "missing: refuse"), "小方案.yaml")
    path.unlink()
    with Assessment.create(path, strict, [District("甲区")]) as file:
        file.set_values([Observation("甲区", "pm25", Y2024, 32.5), Observation("甲区", "days", Y2024, 84.0)])
    session.open(path)
    settle(session)
    window.show_page("results")
    settle(session)
    page = window.page
    assert page.refusal.isVisible()
    findings = [f for kind in page.refusal.findings.table.kinds for f in kind.findings]
    missing = next(f for f in findings if f.indicator == "forest")
    page.refusal.findings.chosen.emit(missing)
    settle(session)
    assert window.page.title == "数据"
    assert window.page.current().key == ("甲区", "forest", Y2024)
    session.select("甲区", "pm25")
    window.show_page("results")
    settle(session)
    page.refusal.data_button.click()  # the button leads to the first of them
    assert window.page.current().key == ("甲区", "forest", Y2024)


def test_an_empty_year_is_said_and_left_again(page, session):
    session.set_period(Period(2030))
    settle(session)
    assert page.refusal.isVisible()
    assert "2030" in page.refusal.message.text()
    session.set_period(Y2023)
    settle(session)
    assert page.ranking.isVisible()
    assert len(shown(page, "total")) == 3


def test_the_radar_comes_where_there_is_a_shape_to_see(page, window):
    assert not page.radar.isVisible()  # two groups make no shape
    assert page.chart.isVisible()
