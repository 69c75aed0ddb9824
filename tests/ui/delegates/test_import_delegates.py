"""What the painters of the import page put on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QTableView, QTreeView

from ecoscore.importing.plan import Role
from tests.ui.models.test_import_models import ERROR, PLAN, SHEET, WARNING
from ui.delegates.file_delegate import FileDelegate
from ui.delegates.finding_delegate import FindingDelegate
from ui.delegates.preview_delegate import PreviewDelegate, tint
from ui.delegates.row_delegate import RowDelegate
from ui.models.check_list import CheckList, Choice
from ui.models.findings_table import FindingsTable
from ui.models.import_files import ImportFiles
from ui.models.import_preview import ImportPreview


def shown(qtbot, view, size=(400, 260)):
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    qtbot.waitExposed(view)
    return view


def count(view, index, colour: QColor) -> int:
    rect = view.visualRect(index)
    image = view.viewport().grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return sum(image.pixel(x, y) == colour.rgb() for x in range(image.width()) for y in range(image.height()))


def test_headers_are_tinted_and_values_stay_plain(session, qtbot):
    model = ImportPreview()
    model.show(SHEET)
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(PreviewDelegate(session.theme, view))
    shown(qtbot, view)
    surface = session.theme.color("surface")
    assert tint(session.theme, Role.INDICATOR) is not None
    assert tint(session.theme, Role.VALUE) is None
    assert count(view, model.index(0, 1), surface) == 0
    assert count(view, model.index(2, 0), surface) > 100
    assert count(view, model.index(1, 1), session.theme.color("cinnabar")) > 50  # the outline of the refused cell


def test_a_finding_is_as_tall_as_its_words_need(session, qtbot):
    model = FindingsTable()
    model.show([ERROR, WARNING])
    view = QTreeView()
    delegate = FindingDelegate(session.theme, view)
    view.setItemDelegate(delegate)
    view.setModel(model)
    shown(qtbot, view)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    kind, finding = model.index(0, 0), model.index_of(ERROR)
    wide = delegate.sizeHint(option, finding)
    assert wide.height() > delegate.sizeHint(option, kind).height()
    view.resize(150, 260)
    assert delegate.sizeHint(option, finding).height() > wide.height()


def test_a_refused_file_is_told_by_colour_and_word(session, qtbot):
    model = ImportFiles(session.theme)
    model.show(PLAN)
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(FileDelegate(session.theme, view))
    shown(qtbot, view)
    cinnabar = session.theme.color("cinnabar")
    assert count(view, model.index(2), cinnabar) > 5
    assert count(view, model.index(3), cinnabar) == 0
    assert model.index(2).data(ImportFiles.StateRole) == "不能读取"


def test_rows_have_room(qtbot):
    model = CheckList()
    model.show([Choice("甲区", "甲区")])
    view = shown(qtbot, QListView())
    view.setModel(model)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    heights = [RowDelegate(room).sizeHint(option, model.index(0)) for room in (0, 12)]
    assert heights[1] - heights[0] == QSize(0, 12)
