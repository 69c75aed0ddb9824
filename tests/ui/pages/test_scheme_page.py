"""The scheme page shows the tree and, in the inspector, the rule of what is selected."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.schemes import bundled, load_scheme
from tests.ui.builders import Y2023


@pytest.fixture
def page(window, session, small_file):
    session.open(small_file)
    assert session.tasks.drain()
    window.show_page("scheme")
    return window.page


def test_the_first_indicator_is_explained(page):
    card = page.card
    assert page.inspector is card
    assert card.title.text() == "PM2.5年均浓度"
    assert card.weight.text() == "40 分"
    assert card.curve.curve.part == "个体指数"
    assert {d.district: d.score for d in card.curve.curve.dots}["丙县"] == 92
    assert not page.review.isVisible()
    assert "权重合计 100" in page.foot.text()


def test_a_group_says_what_it_holds(page):
    page.view.setCurrentIndex(page.tree.index(0, 0))
    assert page.card.title.text() == "大气环境"
    assert not page.card.curve.isVisible()


def test_the_dots_follow_the_period(page, session):
    page._select("forest")
    assert len(page.card.curve.curve.dots) == 2  # 丙县 has not reported
    session.set_period(Y2023)
    assert len(page.card.curve.curve.dots) == 3


def test_another_page_can_point_at_an_indicator(page, window):
    window.show_page("scheme", "forest")
    assert page.card.title.text() == "林木覆盖率"


@pytest.mark.parametrize("scheme", [s.id for s in bundled()])
def test_every_indicator_of_every_bundled_scheme_can_be_shown(window, session, tmp_path, scheme):
    loaded = load_scheme(scheme)
    with Assessment.create(tmp_path / "方 案.ecos", loaded, [District("甲区")]):
        pass
    session.open(tmp_path / "方 案.ecos")
    assert session.tasks.drain()
    window.show_page("scheme")
    for indicator in loaded.indicators:
        window.page._select(indicator.id)
        assert window.page.card.title.text() == indicator.title
    assert window.page.review.isVisible() == loaded.review
