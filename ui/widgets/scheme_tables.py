"""Views of the scheme page: the tree with its weights, and the lists beside it, all dressed alike."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
)

from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models import scheme_tree
from ui.models.scheme_tree import SchemeTree
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    scheme_tree.TITLE: 236, scheme_tree.WEIGHT: 62, scheme_tree.LOCK: 36, scheme_tree.SHARE: 112,
    scheme_tree.UNIT: 84, scheme_tree.DIRECTION: 52, scheme_tree.NATURE: 76, scheme_tree.RULE: 92,
    scheme_tree.DEPARTMENT: 110,
}  # fmt: skip
_EDITS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


class SchemeTreeView(QTreeView):
    """Numbers are typed where they stand; rows are dragged to where they belong."""

    def __init__(self, tree: SchemeTree, theme: Theme) -> None:
        super().__init__()
        self.setModel(tree)
        self.setItemDelegate(FigureDelegate(theme, 28, self))
        self.setItemDelegateForColumn(scheme_tree.SHARE, BarDelegate(theme, scheme_tree.BarRole, 28, self))
        self.setItemDelegateForColumn(scheme_tree.LOCK, CheckDelegate(theme, 28, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(False)
        self.setEditTriggers(_EDITS)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(16)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAccessibleName("方案的指标")
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(28)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        theme.changed.connect(self.viewport().update)

    def folded(self) -> set[int]:
        """The keys of the groups that are folded."""
        model = self.model()
        found: set[int] = set()

        def visit(parent: QModelIndex) -> None:
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                if model.rowCount(index):
                    if not self.isExpanded(index):
                        found.add(index.internalId())
                    visit(index)

        visit(self.rootIndex())
        return found

    def unfold_but(self, folded: set[int]) -> None:
        self.expandAll()
        model = self.model()
        assert isinstance(model, SchemeTree)
        for key in folded:
            index = model.index_of(key)
            if index.isValid():
                self.collapse(index)


class CheckDelegate(FigureDelegate):
    """A check mark in a column of its own, drawn by the style."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        opt = QStyleOptionViewItem(option)
        self.initStyleOption(opt, index)
        if opt.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(opt.rect, self._theme.color("pine_wash"))
        QStyledItemDelegate.paint(self, painter, option, index)


def problem_list(model: QAbstractItemModel) -> QListView:
    """What is wrong with the draft, a line each, to be clicked on."""
    view = QListView()
    view.setModel(model)
    view.setIconSize(QSize(16, 16))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAccessibleName("方案的问题")
    view.setUniformItemSizes(True)
    return view


def plain_table(theme: Theme, name: str, *, edits: bool = False) -> QTableView:
    """A table of rows, dressed as all of them are."""
    view = QTableView()
    view.setItemDelegate(FigureDelegate(theme, 28, view))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(
        QAbstractItemView.SelectionBehavior.SelectItems if edits else QAbstractItemView.SelectionBehavior.SelectRows
    )
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(_EDITS if edits else QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names differ at their ends
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(28)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.setAccessibleName(name)
    theme.changed.connect(view.viewport().update)
    return view
