"""A file of counties and towns: one choice of the level, at the rail, is followed by every page that ranks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from ecoscore.assessment import Assessment
from ecoscore.model.district import District, Level
from ecoscore.model.observation import Observation
from ecoscore.schemes import parse_scheme
from tests.ui.builders import SCHEME, VALUES, Y2023, Y2024
from tests.ui.waiting import settle_year

TOWNS = {"子镇": "甲区", "丑镇": "甲区", "寅镇": "乙区"}


@pytest.fixture
def two_levels(tmp_path):
    districts = [District(n) for n in ("甲区", "乙区")]
    districts += [District(n, level=Level.TOWN, parent=p) for n, p in TOWNS.items()]
    scheme = parse_scheme(SCHEME, "小方案.yaml")
    with Assessment.create(tmp_path / "两级.ecos", scheme, districts) as file:
        file.set_values(
            [
                Observation(d.name, i, y, VALUES["乙区", i][k] + n)
                for n, d in enumerate(districts) for i in ("pm25", "days", "forest") for k, y in enumerate((Y2023, Y2024))
            ]
        )  # fmt: skip
        return file.path


@pytest.fixture
def opened(window, session, two_levels):
    session.open(two_levels)
    settle_year(session)
    return window


def pick(qtbot, window, title):
    """Open the chooser at the rail and click the level in its menu."""
    menu = window.rail.level_button.menu()
    action = next(a for a in menu.actions() if a.text().startswith(title))
    menu.popup(window.rail.level_button.mapToGlobal(QPoint(0, 0)))
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    settle_year(window.session)


def ranked(window):
    view = window.page.view
    return {row.district for section in view.sections for row in section.rows}


def test_nothing_is_asked_where_all_are_of_one_level(window, session, small_file):
    session.open(small_file)
    settle_year(session)
    assert not window.rail.level_button.isVisible()
    assert session.shown_level is None
    session.set_level(Level.TOWN)
    assert session.level is None, "there are none of it"


def test_the_ranking_follows_the_level_and_says_it(qtbot, opened, session):
    assert opened.rail.level_button.text().startswith("县级（2）")
    opened.show_page("results")
    settle_year(session)
    assert ranked(opened) == {"甲区", "乙区"}
    pick(qtbot, opened, "乡镇级")
    assert ranked(opened) == set(TOWNS)
    assert opened.rail.level_button.text().startswith("乡镇级（3）")
    assert "乡镇级 3 个" in opened.page.subheading.text()
    opened.show_page("review")
    opened.show_page("results")
    settle_year(session)
    assert ranked(opened) == set(TOWNS), "the choice stays"
    pick(qtbot, opened, "县级")
    assert ranked(opened) == {"甲区", "乙区"}


def test_papers_are_of_the_level(qtbot, opened, session, said, tmp_path):
    opened.show_page("scorecard")
    settle_year(session)
    pick(qtbot, opened, "乡镇级")
    page = opened.page
    assert [c.title for c in page.list.districts.choices] == list(TOWNS)
    said.answers["open_folder"] = tmp_path / "出"
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    settle_year(session)
    names = {p.name for p in (tmp_path / "出").rglob("*.pdf")}
    assert "排名汇总表 2024年度（乡镇级）.pdf" in names
    assert "寅镇 2024年度成绩单.pdf" in names
    assert not any("甲区" in name for name in names)


def test_the_score_beside_a_cell_leads_to_the_level_of_its_district(qtbot, opened, session):
    opened.show_page("data")
    settle_year(session)
    live = opened.page.inspector.live
    session.select("甲区", "pm25")
    assert live.total.text().endswith("分")
    assert not live.level_button.isVisible()
    session.select("寅镇", "pm25")
    assert "寅镇是乡镇级" in live.effect.text()
    qtbot.mouseClick(live.level_button, Qt.MouseButton.LeftButton)
    settle_year(session)
    assert session.shown_level is Level.TOWN
    session.select("寅镇", "pm25")
    assert live.total.text().endswith("分")
    assert "名" in live.standing.text()


def test_what_a_change_does_is_told_for_the_level_looked_at(qtbot, opened, session):
    opened.show_page("results")
    pick(qtbot, opened, "乡镇级")
    opened.page.panels.bring("试算")
    panel = opened.page.what_if
    panel.indicator.setCurrentIndex(panel.indicator.findData("days"))
    qtbot.keyClicks(panel.number, "99")
    qtbot.keyClick(panel.number, Qt.Key.Key_Return)
    settle_year(session)
    assert {r.district for r in panel.effect.table.rows} == set(TOWNS)


def test_the_choice_is_of_the_file(qtbot, opened, session, small_file, two_levels):
    pick(qtbot, opened, "乡镇级")
    session.open(small_file)
    settle_year(session)
    assert not opened.rail.level_button.isVisible()
    assert {d.name for d in session.result().districts} == {"甲区", "乙区", "丙县"}
    session.open(two_levels)
    settle_year(session)
    assert session.shown_level is Level.COUNTY
