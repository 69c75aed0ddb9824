"""How the grid looks: hatching, bars, arrows, bands that stay in sight; measured on its own pixels."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ecoscore.model.finding import Finding, Severity
from ui.models.data_table import DataTable
from ui.widgets.value_grid import ValueGrid


@pytest.fixture
def grid(open_session, qtbot):
    table = DataTable(open_session)
    table.refresh()
    grid = ValueGrid(table, open_session.theme)
    qtbot.addWidget(grid)
    grid.view.header.set_bands(table.groups())
    grid.resize(700, 400)
    grid.view.fit()
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def colors(grid, row, column):
    rect = grid.view.visualRect(grid.view.model().index(row, column))
    image = grid.view.viewport().grab(rect).toImage()
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def left_edge(grid, row, column):
    rect = grid.view.visualRect(grid.view.model().index(row, column))
    return grid.view.viewport().grab(rect).toImage().pixelColor(1, rect.height() // 2)


def near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 24


def share(grid, row, column, role):
    wanted = grid.view._theme.color(role)
    found = colors(grid, row, column)
    return sum(near(c, wanted) for c in found) / len(found)


def test_not_reported_is_hatched(grid):
    hatched = share(grid, 2, 2, "surface")
    grid.view.delegate.hatches_missing = False
    assert share(grid, 2, 2, "surface") > hatched + 0.05


def test_a_finding_is_a_bar_at_the_left_edge(grid):
    color = grid.view._theme.color
    assert near(left_edge(grid, 1, 0), color("surface"))
    table = grid.view.model()
    table.set_findings([Finding(Severity.WARNING, "x", "变化过大", district="乙区", indicator="pm25")])
    assert near(left_edge(grid, 1, 0), color("ochre"))
    table.set_findings([Finding(Severity.ERROR, "x", "缺基期", district="乙区", indicator="pm25")])
    assert near(left_edge(grid, 1, 0), color("cinnabar"))


def test_better_and_worse_have_arrows_of_their_colour(grid):
    assert share(grid, 0, 0, "pine") > 0
    assert share(grid, 0, 0, "cinnabar") == 0
    assert share(grid, 1, 0, "cinnabar") > 0
    assert share(grid, 0, 2, "pine") == 0, "the same as last year: no arrow"


def test_a_refused_entry_is_washed_red(grid):
    grid.view.model().setData(grid.view.model().index(1, 1), "abc")
    assert share(grid, 1, 1, "cinnabar_wash") > 0.5


def test_the_header_has_two_levels_and_the_names_a_column(grid):
    header = grid.view.header
    assert header.band_height > 0
    assert header.sizeHint().height() > header.band_height + 20
    assert grid.view.names.sizeHint().width() >= 104


def test_columns_are_wide_enough_for_their_longest_figure(grid, open_session):
    from ecoscore.model.observation import Observation
    from tests.ui.builders import Y2024

    open_session.write([Observation("甲区", "pm25", Y2024, 123.456789012345)], [], "")
    grid.view.model().refresh()
    grid.view.fit()
    metrics = grid.view.fontMetrics()
    assert grid.view.columnWidth(0) >= metrics.horizontalAdvance("123.456789012345")


def test_the_foot_follows_its_columns(grid):
    assert grid.foot.texts == ["3/3", "3/3", "2/3"]
    grid.foot.grab()


def test_a_theme_change_is_painted(grid, open_session):
    before = grid.grab().toImage()
    open_session.theme.choose("dark")
    assert grid.grab().toImage() != before
    open_session.theme.choose("light")
