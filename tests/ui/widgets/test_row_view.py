"""Rows read, sorted, ticked; facts told."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from ui.models.rows_table import BarRole, Column, RowsTable
from ui.widgets.facts_card import FactsCard
from ui.widgets.row_view import RowView


@dataclass(frozen=True)
class Row:
    name: str
    number: float | None


COLUMNS = (
    Column("name", "名称", lambda r: r.name, ticks=True, tip=lambda r: f"{r.name}。"),
    Column(
        "number", "数", lambda r: "—" if r.number is None else f"{r.number:g}", lambda r: r.number, numeric=True,
        tone=lambda r: "cinnabar" if r.number is None else None, bar=lambda r: r.number and r.number / 10,
    ),
)  # fmt: skip
ROWS = (Row("乙", 10.0), Row("甲", 9.0), Row("丙", None))


@pytest.fixture
def view(session, qtbot):
    table = RowsTable(COLUMNS, session.theme, key=lambda r: r.name)
    view = RowView(table, session.theme, "行")
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    table.show(ROWS)
    return view


def names(view):
    return [view.proxy.index(n, 0).data() for n in range(view.proxy.rowCount())]


def test_numbers_sort_as_numbers_and_nothing_goes_last(view):
    view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(view) == ["甲", "乙", "丙"]
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(view) == ["乙", "甲", "丙"]


def test_a_row_tells_its_tone_bar_and_tip(view, session):
    table = view.rows
    assert table.index(2, 1).data(Qt.ItemDataRole.ForegroundRole) == session.theme.color("cinnabar")
    assert table.index(1, 1).data(BarRole) == 0.9
    assert table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "乙。"


def test_ticks_survive_reading_again_but_not_what_is_gone(view):
    view.rows.tick(ROWS[:2])
    view.rows.show((Row("甲", 1.0), Row("丁", 2.0)))
    assert [r.name for r in view.rows.chosen] == ["甲"]


def test_enter_chooses_and_space_ticks(view, qtbot):
    view.choose(ROWS[1])
    with qtbot.waitSignal(view.chosen) as got:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert got.args == [ROWS[1]]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.rows.chosen == (ROWS[1],)


def test_facts_are_told_and_empty_ones_left_out(qtbot):
    card = FactsCard()
    qtbot.addWidget(card)
    card.show_facts("题", "3/4", "", [("来源", [("文件", "a" * 64), ("无", "")]), ("空", [("无", "")])])
    assert card.told.splitlines() == ["题", "3/4", "来源", "文件", "a" * 64]
    card.show_facts("另一题", "", "", [])
    assert card.told == "另一题"


def test_the_wide_column_takes_the_room_left_and_no_less_than_it_needs(view, qtbot):
    view.stretch("name", least=180)
    view.resize(500, 300)
    assert view.columnWidth(0) == view.viewport().width() - view.columnWidth(1)
    view.resize(240, 300)
    assert view.columnWidth(0) == 180, "rather than to a sliver the table goes to scrolling"
    view.resize(500, 300)
    assert view.columnWidth(0) == view.viewport().width() - view.columnWidth(1)


def test_a_table_without_rows_says_what_belongs_there(view):
    view.rows.show(())
    blank = view.grab().toImage()
    view.nothing = "还没有备份。"
    assert view.grab().toImage() != blank
    view.rows.show(ROWS)
    full = view.grab().toImage()
    view.nothing = ""
    assert view.grab().toImage() == full
