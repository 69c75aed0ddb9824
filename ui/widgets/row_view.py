"""A table of rows to read, sort and choose from: no grid, room to breathe, boxes to tick by mouse and by space."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models.roles import ObjectRole
from ui.models.rows_table import BarRole, RowsTable
from ui.models.sort_proxy import SortProxy
from ui.theme import Theme

_HEIGHT = 30
_BOX = 26


class TickDelegate(FigureDelegate):
    """A FigureDelegate that leaves room for the row's box and draws it as the style does everywhere."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        moved = QStyleOptionViewItem(option)
        moved.rect = option.rect.adjusted(_BOX, 0, 0, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.color("pine_wash"))
        super().paint(painter, moved, index)
        box = QStyleOptionViewItem(option)
        box.rect = tick_box(option.rect)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box.state = QStyle.StateFlag.State_Enabled
        box.state |= QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, option.widget)


def tick_box(cell: QRect) -> QRect:
    """Where a cell's box is."""
    return QRect(cell.left() + 10, cell.center().y() - 7, 16, 16)


class RowView(QTableView):
    """Shows a RowsTable, sorted by a click on a header. `chosen(row)` on Enter or a double click."""

    chosen = Signal(object)
    current_changed = Signal(object)

    def __init__(self, model: RowsTable, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._stretched: tuple[int, int] | None = None
        self.nothing = ""  # what is said in place of rows
        self._theme = theme
        self.proxy = SortProxy(self)
        self.proxy.setSourceModel(model)
        self.setModel(self.proxy)
        self.setItemDelegate(FigureDelegate(theme, _HEIGHT, self))
        for n, column in enumerate(model.columns):
            if column.ticks:
                self.setItemDelegateForColumn(n, TickDelegate(theme, _HEIGHT, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(_HEIGHT, self.fontMetrics().height() + 12))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorShown(False)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        for n, column in enumerate(model.columns):
            self.setColumnWidth(n, column.width)
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit(self.current))
        self.doubleClicked.connect(self._on_double)
        theme.changed.connect(self.viewport().update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.nothing and not self.proxy.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color("mist"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(16, 16, -16, -16), int(flags), self.nothing)

    def set_bar(self, key: str) -> None:
        """Draw a bar under the text of a column."""
        n = self.column_of(key)
        self.setItemDelegateForColumn(n, BarDelegate(self._theme, BarRole, _HEIGHT, self))

    def stretch(self, key: str, least: int = 180) -> None:
        """Give a column whatever room is left; where that is less than `least` the table scrolls."""
        self.horizontalHeader().setStretchLastSection(False)
        self._stretched = self.column_of(key), least
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        if self._stretched is None:
            return
        wide, least = self._stretched
        header = self.horizontalHeader()
        others = sum(header.sectionSize(n) for n in range(header.count()) if n != wide)
        scrolls = self.viewport().width() - others < least
        mode = QHeaderView.ResizeMode.Interactive if scrolls else QHeaderView.ResizeMode.Stretch
        if header.sectionResizeMode(wide) != mode:
            header.setSectionResizeMode(wide, mode)
        if scrolls:
            header.resizeSection(wide, least)

    def column_of(self, key: str) -> int:
        return next(n for n, column in enumerate(self.rows.columns) if column.key == key)

    @property
    def current(self) -> Any:
        """The object of the current row, None where there is none."""
        return self.currentIndex().data(ObjectRole)

    @property
    def selected(self) -> tuple[Any, ...]:
        """The objects of all rows that are marked, in the order shown."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda i: i.row())
        return tuple(index.data(ObjectRole) for index in rows)

    def choose(self, row: Any) -> None:
        """Make the row of this object the current one."""
        if row in self.rows.rows:
            index = self.proxy.mapFromSource(self.rows.index(self.rows.rows.index(row), 0))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def fit(self, key: str, least: int = 80, most: int = 240) -> None:
        """As wide as its longest text, within bounds."""
        n = self.column_of(key)
        column, metrics = self.rows.columns[n], self.fontMetrics()
        longest = max((metrics.horizontalAdvance(column.text(row)) for row in self.rows.rows[:400]), default=0)
        self.setColumnWidth(n, max(least, min(longest + 28 + (_BOX if column.ticks else 0), most)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows.columns[index.column()].ticks:
            box = tick_box(self.visualRect(index)).adjusted(-8, -8, 6, 8)
            if box.contains(event.position().toPoint()):
                self.rows.toggle(self.proxy.mapToSource(index).row())
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid() and any(c.ticks for c in self.rows.columns):
            self.rows.toggle(self.proxy.mapToSource(index).row())
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.chosen.emit(self.current)
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt's name
        return super(QAbstractItemView, self).focusNextPrevChild(next)

    def _on_double(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ObjectRole))
