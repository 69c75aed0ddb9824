"""The grid's model: what cells say, what is accepted, what stays refused in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ecoscore.model.observation import Status
from tests.ui.builders import Y2023, Y2024, not_applicable
from ui.models.cell_view import improvement, padded
from ui.models.data_table import DataTable
from ui.models.roles import ObjectRole, SortRole
from ui.models.years_table import YearsTable


@pytest.fixture
def table(open_session, said):
    table = DataTable(open_session)
    table.refresh()
    open_session.values_changed.connect(table.take_changes)
    return table


@pytest.fixture
def years(open_session):
    years = YearsTable(open_session)
    years.set_district("乙区")
    open_session.values_changed.connect(years.take_changes)
    return years


def text(model, row, column):
    return model.data(model.index(row, column))


def test_the_models_keep_qts_rules(table, years, qtmodeltester):
    qtmodeltester.check(table)
    qtmodeltester.check(years)


def test_an_invalid_index_has_no_flags(table):
    assert table.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert table.data(QModelIndex()) is None


def test_districts_run_down_and_indicators_across(table):
    down = [table.headerData(r, Qt.Orientation.Vertical) for r in range(table.rowCount())]
    across = [table.headerData(c, Qt.Orientation.Horizontal) for c in range(table.columnCount())]
    assert down == ["甲区", "乙区", "丙县"]
    assert across == ["PM2.5年均浓度", "空气优良天数比率", "林木覆盖率"]
    assert table.groups() == [("大气环境", 0, 2), ("国土绿化", 2, 1)]


def test_a_column_has_equal_decimals_and_loses_none(table):
    assert [text(table, row, 0) for row in range(3)] == ["32.5", "42.0", "28.0"]
    assert table.data(table.index(0, 0), SortRole) == 32.5
    assert table.data(table.index(1, 0), Qt.ItemDataRole.EditRole) == "42"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"), [(42.0, 1, "42.0"), (0.123456, 2, "0.123456"), (-3.0, 0, "-3")]
)
def test_padding_never_rounds(value, decimals, shown):
    assert padded(value, decimals) == shown


def test_better_and_worse_go_by_direction_not_by_sign(table):
    pm_down = table.data(table.index(0, 0), ObjectRole)
    days_up = table.data(table.index(0, 1), ObjectRole)
    forest_same = table.data(table.index(0, 2), ObjectRole)
    assert (pm_down.previous_text, pm_down.better) == ("36.0", 1)
    assert (days_up.better, forest_same.better) == (1, 0)
    assert table.data(table.index(1, 0), ObjectRole).better == -1


def test_better_within_an_ideal_range_is_nearer_to_it(table):
    from dataclasses import replace

    from ecoscore.model.scheme import Direction

    ranged = replace(table.indicators[0], direction=Direction.RANGE, ideal=(10.0, 20.0))
    assert improvement(ranged, 22.0, 25.0) == 1
    assert improvement(ranged, 8.0, 15.0) == -1
    assert improvement(ranged, 12.0, 18.0) == 0


def test_nothing_reported_is_empty_and_not_applicable_a_dash(table, open_session):
    assert text(table, 2, 2) == ""
    assert table.reported(2) == (2, 3)
    open_session.write([not_applicable("丙县", "forest", "无林地")], [], "")
    assert text(table, 2, 2) == "—"
    assert table.reported(2) == (2, 2)
    assert table.data(table.index(2, 2), ObjectRole).status is Status.NOT_APPLICABLE


def test_typing_a_number_writes_it_at_once(table, open_session):
    assert table.setData(table.index(2, 2), "４５．５")
    assert open_session.assessment.observation("丙县", "forest", Y2024).value == 45.5
    assert text(table, 2, 2) == "45.5"
    assert open_session.assessment.observation("丙县", "forest", Y2024).source == "手工录入"


@pytest.mark.parametrize("typed", ["约42", "abc", "1.2.3", "42万元"])
def test_what_is_no_number_stays_in_sight_and_is_not_accepted(table, open_session, typed):
    why = []
    table.rejected.connect(lambda key, reason: why.append((key[:2], reason)))
    assert not table.setData(table.index(0, 0), typed)
    assert text(table, 0, 0) == typed
    assert table.data(table.index(0, 0), Qt.ItemDataRole.EditRole) == typed
    assert table.data(table.index(0, 0), SortRole) == 32.5
    assert open_session.assessment.observation("甲区", "pm25", Y2024).value == 32.5
    ((key, reason),) = why
    assert key == ("甲区", "pm25")
    assert "PM2.5年均浓度" in reason
    assert open_session.undo_stack.count() == 0


def test_a_value_outside_the_valid_range_is_refused_with_the_range(table, open_session):
    assert not table.setData(table.index(0, 0), "900")
    cell = table.data(table.index(0, 0), ObjectRole)
    assert cell.rejected.text == "900"
    assert "500" in cell.rejected.reason
    assert open_session.undo_stack.count() == 0


def test_a_sound_entry_takes_the_refused_one_away(table):
    table.setData(table.index(0, 0), "约42")
    assert table.setData(table.index(0, 0), "32.5")
    assert text(table, 0, 0) == "32.5"
    assert not table.rejections


def test_typing_what_is_there_already_is_no_edit(table, open_session):
    assert table.setData(table.index(0, 0), "32.5")
    assert table.setData(table.index(0, 0), "32.50")
    assert open_session.undo_stack.count() == 0


def test_an_emptied_cell_is_not_reported(table, open_session):
    assert table.setData(table.index(0, 0), "")
    assert open_session.assessment.observation("甲区", "pm25", Y2024) is None


def test_pasting_takes_the_sound_cells_and_keeps_the_others_in_sight(table, open_session):
    accepted, refused = table.paste(0, 0, [["31", "85"], ["约40", "900"], ["27", ""]])
    assert (accepted, refused) == (4, 2)
    held = {key: o.value for key, o in open_session.assessment.observations(Y2024).items()}
    assert (held["甲区", "pm25"], held["甲区", "days"], held["丙县", "pm25"]) == (31.0, 85.0, 27.0)
    assert ("丙县", "days") not in held
    assert held["乙区", "pm25"] == 42.0
    assert sorted(r.text for r in table.rejections.values()) == ["900", "约40"]
    assert open_session.undo_stack.undoText() == "粘贴 4 格"
    open_session.undo_stack.undo()
    assert open_session.assessment.observation("丙县", "days", Y2024).value == 90.0


def test_pasting_over_the_edge_takes_what_has_room(table):
    assert table.paste(2, 2, [["30", "1"], ["2", "3"]]) == (1, 0)


def test_only_what_changed_is_repainted(table, open_session):
    seen = []
    table.dataChanged.connect(lambda a, b: seen.append((a.row(), a.column(), b.row(), b.column())))
    table.setData(table.index(1, 0), "41.5")
    assert seen == [(1, 0, 1, 0)]


def test_findings_of_scoring_are_shown_at_their_cell(table):
    from ecoscore.model.finding import Finding, Severity

    finding = Finding(Severity.WARNING, "x", "比上年变化过大", district="甲区", indicator="pm25")
    table.set_findings([finding])
    assert table.data(table.index(0, 0), ObjectRole).findings == (finding,)
    assert "比上年变化过大" in table.data(table.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    table.set_findings([])
    assert table.data(table.index(0, 0), ObjectRole).findings == ()


def test_one_district_over_the_years(years, open_session):
    assert [years.headerData(c, Qt.Orientation.Horizontal) for c in range(years.columnCount())] == [
        "2023年度",
        "2024年度",
    ]
    assert years.headerData(0, Qt.Orientation.Vertical) == "PM2.5年均浓度（μg/m³）"
    assert [text(years, 0, c) for c in range(2)] == ["40.0", "42.0"]
    assert years.setData(years.index(0, 0), "39.5")
    assert open_session.assessment.observation("乙区", "pm25", Y2023).value == 39.5


def test_an_empty_file_has_an_empty_grid(session):
    table, years = DataTable(session), YearsTable(session)
    table.refresh()
    years.refresh()
    assert (table.rowCount(), table.columnCount(), years.rowCount()) == (0, 0, 0)


def test_decimals_follow_the_longest_value_of_a_column_as_one_types(open_session):
    table = DataTable(open_session)
    table.refresh()
    open_session.values_changed.connect(table.take_changes)
    place = table.place_of(("甲区", "pm25", Y2024))
    other = table.index(*table.place_of(("乙区", "pm25", Y2024)))
    assert other.data() == "42.0"
    table.setData(table.index(*place), "31.25")
    assert other.data() == "42.00", "a longer value lengthens its column"
    table.setData(table.index(*place), "31.375")
    table.setData(table.index(*place), "31")
    assert other.data() == "42", "and lets it go again"


def test_a_cell_that_was_asked_for_before_is_not_told_from_memory(open_session):
    table = DataTable(open_session)
    table.refresh()
    open_session.values_changed.connect(table.take_changes)
    index = table.index(*table.place_of(("甲区", "pm25", Y2024)))
    assert index.data(ObjectRole) is index.data(ObjectRole), "kept as long as nothing changes"
    table.setData(index, "很低")
    assert index.data() == "很低"
    table.setData(index, "30")
    assert index.data(ObjectRole).rejected is None
    assert index.data() == "30"
    open_session.undo_stack.undo()
    assert index.data() == "32.5"
    table.set_findings([])
    assert index.data() == "32.5"
