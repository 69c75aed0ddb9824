"""The ranking as a table: sorted by a click, wide enough for long names, a row found by its district."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.ui.builders import Y2024
from ui.delegates.bar_delegate import BarDelegate
from ui.models.ranking_filter import RankingFilter
from ui.models.ranking_table import RankingTable
from ui.widgets.ranking_view import RankingTableView


@pytest.fixture
def view(open_session, qtbot):
    ranking = open_session.assessment.ranking(Y2024)
    table, proxy = RankingTable(open_session.theme), RankingFilter()
    proxy.setSourceModel(table)
    view = RankingTableView(table, proxy, open_session.theme)
    qtbot.addWidget(view)
    table.show(ranking, ranking.sections[0])
    view.fit_columns()
    view.resize(1000, 240)
    view.show()
    qtbot.waitExposed(view)
    view.table, view.proxy = table, proxy  # held as long as the view
    return view


def column(view, key: str) -> list[str]:
    at = view.table.column_of(key)
    return [view.model().index(row, at).data() for row in range(view.model().rowCount())]


def click_header(qtbot, view, key: str) -> None:
    header = view.horizontalHeader()
    x = header.sectionViewportPosition(view.table.column_of(key)) + 20
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 8))


def test_a_click_on_the_totals_sorts_by_them_and_another_turns_it_round(view, qtbot):
    click_header(qtbot, view, "total")
    once = [float(text) for text in column(view, "total")]
    click_header(qtbot, view, "total")
    twice = [float(text) for text in column(view, "total")]
    assert len(set(once)) == 3
    assert once in (sorted(once), sorted(once, reverse=True))
    assert twice == once[::-1]


def test_totals_have_bars_and_no_district_is_cut_short(view):
    assert isinstance(view.itemDelegateForColumn(view.table.column_of("total")), BarDelegate)
    widest = max(view.fontMetrics().horizontalAdvance(name) for name in column(view, "district"))
    assert view.columnWidth(view.table.column_of("district")) > widest


def test_a_district_is_selected_unless_the_filter_hides_it(view):
    view.select("乙区", "total")
    assert view.currentIndex().siblingAtColumn(view.table.column_of("district")).data() == "乙区"
    view.proxy.narrow("乙", "")
    view.select("甲区", "total")
    assert view.currentIndex().siblingAtColumn(view.table.column_of("district")).data() == "乙区"
