"""The tree of a scheme: shares of the whole, marks, groups in bold."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ecoscore.schemes import bundled, load_scheme, parse_scheme
from tests.ui.builders import SCHEME
from ui.models.roles import ObjectRole, SortRole
from ui.models.scheme_tree import DIRECTION, NATURE, SHARE, TITLE, UNIT, WEIGHT, BarRole, SchemeTree


def texts(index: QModelIndex) -> list[str]:
    return [index.siblingAtColumn(column).data() for column in (TITLE, WEIGHT, SHARE, UNIT, DIRECTION)]


def test_weights_and_shares_of_the_small_scheme(qapp, qtmodeltester):
    tree = SchemeTree()
    tree.show(parse_scheme(SCHEME, "小方案.yaml"))
    air = tree.index(0, TITLE)
    assert texts(air) == ["大气环境", "70", "70 分", "", ""]
    assert texts(tree.index(0, TITLE, air)) == ["PM2.5年均浓度", "40", "40 分", "μg/m³", "逆向"]
    assert tree.index(0, SHARE, air).data(BarRole) == pytest.approx(0.4)
    assert air.data(Qt.ItemDataRole.FontRole).bold()
    assert tree.index_of("forest").data(ObjectRole).id == "forest"
    assert not tree.index_of("nothing").isValid()
    qtmodeltester.check(tree)


@pytest.mark.parametrize("scheme", [s.id for s in bundled()])
def test_shares_of_every_bundled_scheme_add_up(qapp, scheme):
    tree = SchemeTree()
    loaded = load_scheme(scheme)
    tree.show(loaded)
    shares = [tree.index_of(i.id).siblingAtColumn(SHARE).data(SortRole) for i in loaded.indicators]
    assert sum(shares) == pytest.approx(1.0)
    marks = [tree.index_of(i.id).siblingAtColumn(NATURE).data() for i in loaded.indicators]
    assert [bool(m) for m in marks] == [i.binding for i in loaded.indicators]
