"""Ranking, card and checklist show the views of the facade, and sort by what is behind the text."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from ecoscore.reporting.view_common import NO_GRADES
from ecoscore.reporting.view_parts import Figure, RankingSection
from tests.ui.builders import Y2024
from ui.models.card_table import POINTS, TITLE, VALUE, CardTable
from ui.models.card_table import BarRole as CardBar
from ui.models.check_list import CheckList, Choice
from ui.models.ranking_table import BarRole, RankingTable, columns_of
from ui.models.roles import SortRole


def test_ranking_has_the_columns_its_view_needs(open_session, qtmodeltester):
    view = open_session.assessment.ranking(Y2024)
    table = RankingTable(open_session.theme)
    table.show(view, view.sections[0])
    keys = [table.column(n).key for n in range(table.columnCount())]
    assert keys == ["rank", "change", "district", "total", "grade", "group:air", "group:land"]
    row = view.sections[0].rows[0]
    total = table.index(0, keys.index("total"))
    assert total.data() == row.total.text
    assert total.data(SortRole) == row.total.raw
    assert total.data(BarRole) == row.total.raw / 100
    assert table.row_of("丙县") is not None
    qtmodeltester.check(table)


def test_layers_have_columns_where_a_district_has_some(open_session):
    view = open_session.assessment.ranking(Y2024)
    first, *rest = view.sections[0].rows
    rows = (replace(first, bonus=Figure(2.0, "2.00")), *rest)
    keys = [column.key for column in columns_of(replace(view, sections=(RankingSection("全部", rows),)))]
    assert keys[3:8] == ["total", "grade", "base", "bonus", "deduction"]


def test_no_grades_no_column_for_them(open_session):
    view = open_session.assessment.ranking(Y2024)
    rows = tuple(replace(row, grade=NO_GRADES) for row in view.sections[0].rows)
    bare = replace(view, compared=False, sections=(RankingSection("全部", rows),))
    assert [column.key for column in columns_of(bare)] == ["rank", "district", "total", "group:air", "group:land"]


def test_no_view_no_rows(open_session, qtmodeltester):
    table = RankingTable(open_session.theme)
    table.show(None, None)
    assert (table.rowCount(), table.columnCount()) == (0, 0)
    qtmodeltester.check(table)


def test_card_shows_values_and_points(open_session, qtmodeltester):
    table = CardTable(open_session.theme)
    table.show(open_session.assessment.scorecard(Y2024, "丙县"))
    assert [table.index(row, TITLE).data() for row in range(3)] == ["PM2.5年均浓度", "空气优良天数比率", "林木覆盖率"]
    assert table.index(2, VALUE).data() == "未报"
    assert table.index(0, POINTS).data(CardBar) == 0.92  # 60 + 40 × (60 - 28) / 40
    assert table.row_of("forest") == 2
    qtmodeltester.check(table)


def test_ticks_survive_showing_the_same_again(qtmodeltester, qtbot):
    model = CheckList()
    choices = [Choice("甲区", "甲区", "城区"), Choice("乙县", "乙县")]
    model.show(choices)
    assert model.chosen == ("甲区", "乙县")
    with qtbot.waitSignal(model.ticked):
        assert model.setData(model.index(0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    model.show(choices)
    assert model.chosen == ("乙县",)
    model.tick_all(False)
    assert model.chosen == ()
    model.tick_all(True)
    assert model.chosen == ("甲区", "乙县")
    qtmodeltester.check(model)
