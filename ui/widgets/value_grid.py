"""The grid one types into: Excel's keys, blocks to and from the clipboard, a foot row that does not scroll away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QVBoxLayout, QWidget

from ui.delegates.value_delegate import STEPS, ValueDelegate
from ui.models.data_table import DataTable
from ui.models.roles import ObjectRole
from ui.models.value_table import ValueTable
from ui.theme import Theme, sized
from ui.widgets.frozen_columns import FrozenColumns
from ui.widgets.group_header import DistrictHeader, GroupHeader

Index = QModelIndex | QPersistentModelIndex

COLUMN_WIDTH = 112
_MOST_WIDTH = 168


class ValueView(QTableView):
    """A table view with the keys of a spreadsheet."""

    _frozen: FrozenColumns | None = None  # Qt calls what is overridden here before there is one

    clear_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: ValueTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tab_start: int | None = None
        self.setModel(model)
        self.header = GroupHeader(theme, self)
        self.names = DistrictHeader(theme, self)
        self.setHorizontalHeader(self.header)
        self.setVerticalHeader(self.names)
        self.header.follow(self)
        self.selectionModel().currentChanged.connect(lambda *_: self.names.viewport().update())
        self.delegate = ValueDelegate(theme, self)
        self.delegate.leave.connect(self._on_leave)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)
        self.setObjectName("valueGrid")
        self.setAccessibleName("指标值表")
        self._frozen = FrozenColumns(self, theme)
        self.frozen.delegate.leave.connect(self._on_leave)
        self.frozen.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.frozen.place_of(at)))
        theme.changed.connect(self._repaint)

    def fit(self) -> None:
        """Set row height and column widths by what is shown."""
        self.names.setDefaultSectionSize(self.delegate.row_height(self.font()))
        wide = sized(self.font(), 9.0)
        self.header.setFont(wide)
        self.names.setFont(wide)
        self.names.setSectionResizeMode(DistrictHeader.ResizeMode.Fixed)
        for column in range(self.model().columnCount()):
            cells = [self.model().index(row, column).data(ObjectRole) for row in range(self._sampled())]
            needed = self.delegate.width_for(cells, self.font())
            self.setColumnWidth(column, max(COLUMN_WIDTH, min(needed, _MOST_WIDTH)))
        self.names.measure(most=200 if self.header.has_units else 320)
        self.frozen.delegate.shows_last_year = self.delegate.shows_last_year
        self.frozen.delegate.hatches_missing = self.delegate.hatches_missing
        self.frozen.header.has_units = self.header.has_units
        self.frozen.place()

    def _sampled(self) -> int:
        return min(self.model().rowCount(), 16)

    def _repaint(self) -> None:
        for part in (self, self.header, self.names):
            part.viewport().update()

    # Frozen columns. ------------------------------------------------------------------------------------------------

    @property
    def frozen(self) -> FrozenColumns:
        assert self._frozen is not None
        return self._frozen

    def freeze(self, count: int) -> None:
        """Hold the first `count` columns in place; none for 0."""
        self.frozen.freeze(count)
        self.scrollTo(self.currentIndex())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._frozen is not None:
            self._frozen.place()

    def edit(self, index: Index, trigger: Any = None, event: Any = None) -> Any:  # type: ignore[override]
        """Qt's two forms of it; a cell that is held in place is edited where it is seen."""
        if trigger is None:
            return super().edit(index)
        if index.isValid() and index.column() < self.frozen.count:
            return self.frozen.edit(index, trigger, event)
        return super().edit(index, trigger, event)

    def scrollTo(self, index: Index, hint: Any = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Qt knows nothing of what lies over the first columns."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if self._frozen is None or not (count := self._frozen.count) or not index.isValid():
            return
        if index.column() < count:
            bar.setValue(before)
            return
        hidden = self._frozen.width() - self.columnViewportPosition(index.column())
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    # Keys. ----------------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt's name
        """Tab is a key of the grid; Ctrl+Tab leaves it."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().focusNextPrevChild(key == Qt.Key.Key_Tab)
            return
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear_wanted.emit()
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            dx, dy = STEPS[key]
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) or key == Qt.Key.Key_Backtab
            self._on_leave(*((-dx, -dy) if back else (dx, dy)))
            return
        if not event.text():
            self._tab_start = None
        super().keyPressEvent(event)

    def _on_leave(self, dx: int, dy: int) -> None:
        """Move the current cell; at an edge go on in the next row or column; Enter after Tabs returns to their start."""
        rows, columns = self.model().rowCount(), self.model().columnCount()
        at = self.currentIndex()
        if not at.isValid() or not rows or not columns:
            return
        row, column = at.row() + dy, at.column() + dx
        if dx:
            if self._tab_start is None:
                self._tab_start = at.column()
            row, column = row + column // columns, column % columns
        elif self._tab_start is not None:
            column, self._tab_start = self._tab_start, None
        elif not 0 <= row < rows:
            row, column = row % rows, column + (1 if row >= rows else -1)
        if 0 <= row < rows and 0 <= column < columns:
            self.setCurrentIndex(self.model().index(row, column))

    def block(self) -> QRect:
        """The selected block as columns (x) and rows (y); the current cell if nothing is selected."""
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            at = self.currentIndex()
            return QRect(at.column(), at.row(), 1, 1) if at.isValid() else QRect()
        first = ranges.first()
        return QRect(first.left(), first.top(), first.width(), first.height())

    def current_cell(self) -> QModelIndex:
        return self.currentIndex()


class FootRow(QWidget):
    """Under the grid: how many districts have reported each indicator; follows the columns as they scroll."""

    def __init__(self, view: ValueView, model: DataTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._model, self._theme = view, model, theme
        self.setFixedHeight(self.fontMetrics().height() + 14)
        self.setAccessibleName("已报数")
        view.horizontalScrollBar().valueChanged.connect(self.update)
        view.header.sectionResized.connect(lambda *_: self.update())
        view.header.geometriesChanged.connect(self.update)
        view.frozen.changed.connect(self.update)
        model.dataChanged.connect(self._on_changed)
        model.modelReset.connect(self._on_changed)
        theme.changed.connect(self.update)
        self._on_changed()

    def _on_changed(self) -> None:
        counts = [self._model.reported(c) for c in range(self._model.columnCount())]
        self._counts = counts
        self._all = self._model.reported_in_all()
        self.update()

    @property
    def texts(self) -> list[str]:
        return [f"{n}/{m}" for n, m in self._counts]

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color
        painter.fillRect(self.rect(), color("header"))
        left = self._view.names.width()
        painter.setPen(color("ink"))
        n, m = self._all
        box = QRect(16, 0, left - 24, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), f"已报 {n}/{m}")
        frozen = self._view.frozen.count
        held = sum(self._view.columnWidth(column) for column in range(frozen))
        painter.setClipRect(left + held, 0, self.width() - left - held, self.height())
        for column in range(frozen, len(self._counts)):
            self._paint_count(painter, column, left + self._view.columnViewportPosition(column))
        painter.setClipRect(left, 0, held, self.height())
        for column in range(frozen):
            self._paint_count(painter, column, left + sum(self._view.columnWidth(c) for c in range(column)))
        painter.setClipping(False)
        painter.setPen(color("line"))
        painter.drawLine(0, 0, self.width(), 0)

    def _paint_count(self, painter: QPainter, column: int, x: int) -> None:
        width = self._view.columnWidth(column)
        if x + width < self._view.names.width() or x > self.width():
            return
        got, due = self._counts[column]
        derived = not got and self._model.is_derived(column)
        painter.setPen(self._theme.color("mist" if got == due or derived else "ochre"))
        text = "推算" if derived else f"{got}/{due}"
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(x + 8, 0, width - 16, self.height()), right, text)


class ValueGrid(QWidget):
    """The view, with its foot row where there is one."""

    def __init__(self, model: ValueTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.view = ValueView(model, theme)
        layout.addWidget(self.view, 1)
        self.foot: FootRow | None = None
        self.view.header.has_units = isinstance(model, DataTable)
        if isinstance(model, DataTable):
            self.foot = FootRow(self.view, model, theme)
            layout.addWidget(self.foot)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.foot is not None:
            self.foot.update()
