"""The tree of a draft: shares of the whole, marks, groups in bold, locks, typing, dragging."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ecoscore.schemes import bundled, load_scheme, parse_scheme
from ecoscore.schemes.draft import ROOT, draft_of
from tests.ui.builders import SCHEME
from ui.models.roles import ObjectRole, SortRole
from ui.models.scheme_tree import (
    DIRECTION,
    LOCK,
    NATURE,
    SHARE,
    TITLE,
    UNIT,
    WEIGHT,
    BarRole,
    SchemeTree,
    number_of,
)
from ui.theme import Theme


@pytest.fixture
def draft():
    return draft_of(parse_scheme(SCHEME, "小方案.yaml"))


@pytest.fixture
def tree(qapp):
    return SchemeTree(Theme("light"))


def texts(index: QModelIndex) -> list[str]:
    return [index.siblingAtColumn(column).data() for column in (TITLE, WEIGHT, SHARE, UNIT, DIRECTION)]


def test_weights_and_shares_of_the_small_scheme(tree, draft, qtmodeltester):
    assert tree.show(draft)
    air = tree.index(0, TITLE)
    assert texts(air) == ["大气环境", "70", "70 分", "", ""]
    assert texts(tree.index(0, TITLE, air)) == ["PM2.5年均浓度", "40", "40 分", "μg/m³", "逆向"]
    assert tree.index(0, SHARE, air).data(BarRole) == pytest.approx(0.4)
    assert air.data(Qt.ItemDataRole.FontRole).bold()
    forest = draft.indicator("forest")
    assert tree.index_of(forest.key).data(ObjectRole) is forest
    assert not tree.index_of(999).isValid()
    qtmodeltester.check(tree)
    tree.editable = True
    qtmodeltester.check(tree)


@pytest.mark.parametrize("scheme", [s.id for s in bundled()])
def test_shares_of_every_bundled_scheme_add_up(tree, scheme):
    loaded = load_scheme(scheme)
    held = draft_of(loaded)
    tree.show(held)
    keys = [held.indicator(i.id).key for i in loaded.indicators]
    assert sum(tree.index_of(k, SHARE).data(SortRole) for k in keys) == pytest.approx(1.0)
    marks = [tree.index_of(k, NATURE).data() for k in keys]
    assert [bool(m) for m in marks] == [i.binding for i in loaded.indicators]


def test_a_changed_value_does_not_move_the_rows(tree, draft, qtbot):
    tree.show(draft, draft)
    pm25 = draft.indicator("pm25").key
    with qtbot.assertNotEmitted(tree.modelReset), qtbot.waitSignal(tree.dataChanged):
        assert not tree.show(draft.put(pm25, "weight", 20.0), draft)
    assert tree.index_of(pm25, WEIGHT).data() == "20"
    assert tree.index_of(pm25, WEIGHT).data(Qt.ItemDataRole.ToolTipRole) == "原为 40"
    assert tree.index_of(pm25, WEIGHT).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert tree.show(draft.remove(pm25), draft)


def test_what_is_typed_goes_out_and_what_is_wrong_stays_visible(tree, draft, qtbot):
    tree.show(draft)
    pm25 = draft.indicator("pm25").key
    assert not tree.setData(tree.index_of(pm25, WEIGHT), "3")  # nothing can be edited yet
    tree.editable = True
    for text, value in (("35.5", 35.5), ("３５", 35.0), ("许多", "许多"), ("", None)):
        with qtbot.waitSignal(tree.edited) as told:
            assert tree.setData(tree.index_of(pm25, WEIGHT), text)
        assert told.args == [pm25, "weight", value]
    tree.show(draft.put(pm25, "weight", "许多"), wrong={pm25: "应为一个数"})
    assert tree.index_of(pm25, WEIGHT).data() == "许多"
    assert tree.index_of(pm25).data().startswith("！")
    assert "应为一个数" in tree.index_of(pm25).data(Qt.ItemDataRole.ToolTipRole)


def test_locks_are_checks_on_what_bears_a_weight(tree, draft, qtbot):
    pm25, air = draft.indicator("pm25").key, draft.of("group")[0].key
    tree.show(draft, locked={pm25})
    tree.editable = True
    assert tree.index_of(pm25, LOCK).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert tree.index_of(air, LOCK).data(Qt.ItemDataRole.CheckStateRole) is None
    with qtbot.waitSignal(tree.lock_changed) as told:
        tree.setData(tree.index_of(pm25, LOCK), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert told.args == [pm25, False]


def test_rows_are_dropped_where_they_belong(tree, draft, qtbot):
    tree.show(draft)
    tree.editable = True
    pm25, (air, land) = draft.indicator("pm25").key, draft.of("group")
    data = tree.mimeData([tree.index_of(pm25)])
    move = Qt.DropAction.MoveAction
    with qtbot.waitSignal(tree.dropped) as told:
        tree.dropMimeData(data, move, -1, 0, tree.index_of(land.key))
    assert told.args == [pm25, land.key, 1]
    with qtbot.waitSignal(tree.dropped) as told:
        tree.dropMimeData(data, move, 2, 0, tree.index_of(air.key))
    assert told.args == [pm25, air.key, 1]  # it is taken out first
    with qtbot.assertNotEmitted(tree.dropped):
        tree.dropMimeData(data, move, 0, 0, QModelIndex())  # an indicator stands in a group
    with qtbot.waitSignal(tree.dropped) as told:
        tree.dropMimeData(tree.mimeData([tree.index_of(land.key)]), move, 0, 0, QModelIndex())
    assert told.args == [land.key, ROOT, 0]


def test_numbers_as_people_type_them():
    assert [number_of(t) for t in ("1.5", "１．５", "−2", " 3 ", "", "1,5", "nan")] == [
        1.5,
        1.5,
        -2,
        3,
        None,
        "1,5",
        "nan",
    ]
