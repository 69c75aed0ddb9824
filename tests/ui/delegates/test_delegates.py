"""How cells are measured and typed into."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QStyleOptionViewItem, QTableView

from tests.ui.builders import Y2024
from ui.delegates.row_delegate import RowDelegate
from ui.delegates.two_line_delegate import FactsRole, TwoLineDelegate
from ui.delegates.value_delegate import ValueDelegate
from ui.models.check_list import CheckList, Choice
from ui.models.data_table import DataTable
from ui.models.value_table import ValueTable


@pytest.fixture
def view(open_session, qtbot):
    table = DataTable(open_session)
    table.refresh()
    view = QTableView()
    view.setModel(table)
    view.setItemDelegate(ValueDelegate(open_session.theme, view))
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    qtbot.waitExposed(view)
    view.setCurrentIndex(table.index(0, 0))
    return view


def editor(view):
    return next(e for e in view.findChildren(QLineEdit) if e.isVisible())


def test_the_editor_opens_with_the_number_in_full(view):
    assert isinstance(view.model(), ValueTable)
    view.edit(view.model().index(1, 0))
    assert editor(view).text() == "42"
    assert editor(view).alignment() & Qt.AlignmentFlag.AlignRight
    assert "PM2.5年均浓度" in editor(view).accessibleName()


@pytest.mark.parametrize(
    ("key", "modifier", "step"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, (0, 1)),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, (0, -1)),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, (1, 0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, (0, -1)),
    ],
)
def test_a_key_accepts_the_entry_and_says_where_to_go(view, open_session, qtbot, key, modifier, step):
    steps = []
    view.itemDelegate().leave.connect(lambda dx, dy: steps.append((dx, dy)))
    view.edit(view.model().index(0, 0))
    editor(view).setText("31")
    qtbot.keyClick(editor(view), key, modifier)
    assert steps == [step]
    assert open_session.assessment.observation("甲区", "pm25", Y2024).value == 31.0


def test_rows_are_lower_without_last_year(view):
    delegate = view.itemDelegate()
    tall = delegate.row_height(view.font())
    delegate.shows_last_year = False
    assert delegate.row_height(view.font()) < tall


def test_two_lines_a_title_and_its_facts(session, qtbot):
    model = QStandardItemModel()
    item = QStandardItem("江苏绿色政绩考核示例方案")
    item.setData("2024 · 30 项指标", FactsRole)
    model.appendRow(item)
    view = QListView()
    qtbot.addWidget(view)
    view.setItemDelegate(TwoLineDelegate(session.theme, view))
    view.setModel(model)
    view.resize(300, 120)
    view.show()
    qtbot.waitExposed(view)
    assert view.sizeHintForRow(0) >= 2 * view.fontMetrics().height()
    plain = view.grab().toImage()
    item.setData("另一句", FactsRole)
    assert view.grab().toImage() != plain


def test_a_remark_gives_way_to_a_long_title(qtbot):
    model = CheckList()
    model.show(
        [
            Choice("a", "甲区", "城区"),
            Choice("c", "乙区", "重点生态功能区和农产品主产区"),
            Choice("b", "某某省直管综合配套改革试验区第49街道", "城区"),
        ]
    )
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(model)
    delegate = RowDelegate(parent=view)
    texts = []
    for row in range(3):
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 160, 24)
        option.fontMetrics = view.fontMetrics()
        delegate.initStyleOption(option, model.index(row))
        texts.append(option.text)
    assert texts[1].startswith("乙区　重点") and texts[1].endswith("…")
    del texts[1]
    assert texts == ["甲区　城区", "某某省直管综合配套改革试验区第49街道"]
