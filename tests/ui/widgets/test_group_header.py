"""The two-level header: titles wrapped to at most three lines, bands that stay in sight."""

from __future__ import annotations

import pytest

from ui.models.data_table import DataTable
from ui.widgets.group_header import DistrictHeader, GroupHeader
from ui.widgets.value_grid import ValueGrid


@pytest.fixture
def view(open_session, qtbot):
    table = DataTable(open_session)
    table.refresh()
    grid = ValueGrid(table, open_session.theme)
    qtbot.addWidget(grid)
    grid.view.header.set_bands(table.groups())
    grid.resize(300, 300)
    grid.view.fit()
    grid.show()
    qtbot.waitExposed(grid)
    yield grid.view
    grid.close()


def test_a_narrow_column_wraps_its_title_and_the_header_grows(view):
    header = view.header
    assert isinstance(header, GroupHeader)
    before = header.sizeHint().height()
    view.setColumnWidth(1, 60)
    assert header.sizeHint().height() > before


def test_a_title_too_long_for_three_lines_is_cut_with_dots(view):
    header = view.header
    view.setColumnWidth(0, 60)
    assert header._fit("臭氧日最大八小时滑动平均第九十百分位浓度", 44).endswith("…")
    assert header._fit("PM", 44) == "PM"


def test_without_groups_there_is_no_band(view):
    view.header.set_bands([])
    assert view.header.band_height == 0


def test_the_band_is_drawn_anew_while_scrolling(view):
    before = view.header.viewport().grab().toImage()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert view.horizontalScrollBar().maximum() > 0
    assert view.header.viewport().grab().toImage() != before


def test_names_are_as_wide_as_the_longest_within_bounds(view):
    names = view.names
    assert isinstance(names, DistrictHeader)
    names.measure(most=110)
    assert 104 <= names.sizeHint().width() <= 110
