"""The first columns of the grid held in place while the others scroll: a second view over the left of the first."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from ui.delegates.value_delegate import ValueDelegate
from ui.theme import Theme
from ui.widgets.group_header import GroupHeader

_LEFT_FREE = 150  # px that must be left to the columns that scroll


class FrozenColumns(QTableView):
    """Shares the model and the selection of the view it lies on; keys stay with that view, which has the focus.

    `changed` when other columns are held than before.
    """

    changed = Signal()

    def __init__(self, view: QTableView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._wanted = 0
        self.setModel(view.model())
        self.setSelectionModel(view.selectionModel())
        self.header = GroupHeader(theme, self)
        self.setHorizontalHeader(self.header)
        self.verticalHeader().hide()
        self.delegate = ValueDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(view.selectionMode())
        self.setEditTriggers(view.editTriggers())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFocusProxy(view)
        self.setObjectName("valueGrid")
        self.setAccessibleName("冻结的列")
        bar, mine = view.verticalScrollBar(), self.verticalScrollBar()
        bar.valueChanged.connect(mine.setValue)
        mine.valueChanged.connect(bar.setValue)
        view.horizontalHeader().sectionResized.connect(lambda *_: self.place())
        view.horizontalHeader().geometriesChanged.connect(self.place)
        self.header.sectionResized.connect(self._on_resized)
        theme.changed.connect(self._repaint)
        self.hide()

    @property
    def count(self) -> int:
        """How many columns are held: as many as were wanted, or fewer in a narrow window."""
        return 0 if self.isHidden() else sum(not self.isColumnHidden(c) for c in range(self.model().columnCount()))

    def freeze(self, count: int) -> None:
        """Hold the first `count` columns; none for 0."""
        self._wanted = count
        self.place()

    def place(self) -> None:
        """Lie where the first columns would be if nothing were scrolled. Asked at every change of a width."""
        if not self._wanted and self.isHidden():
            return
        held = self.count
        view = self._view
        widths = [view.columnWidth(column) for column in range(self.model().columnCount())]
        room = view.viewport().width() - _LEFT_FREE
        count = next(n for n in range(min(self._wanted, len(widths)), -1, -1) if sum(widths[:n]) <= max(room, 0))
        self.setVisible(count > 0)
        if count:
            self._lay(widths, count)
        if count != held:
            self.changed.emit()

    def _lay(self, widths: list[int], count: int) -> None:
        view = self._view
        self.header.blockSignals(True)
        for column, width in enumerate(widths):
            self.setColumnHidden(column, column >= count)
            if column < count:
                self.setColumnWidth(column, width)
        self.header.blockSignals(False)
        self.header.setFont(view.horizontalHeader().font())
        self.header.setFixedHeight(view.horizontalHeader().height())
        self.verticalHeader().setSectionResizeMode(view.verticalHeader().sectionResizeMode(0))
        self.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
        height = view.horizontalHeader().height() + view.viewport().height()
        self.setGeometry(view.viewport().x(), view.horizontalHeader().y(), sum(widths[:count]), height)
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(view.verticalScrollBar().value())
        self.raise_()

    def place_of(self, at: QPoint) -> QPoint:
        """A point of this view's viewport as one of the other's."""
        return self._view.viewport().mapFromGlobal(self.viewport().mapToGlobal(at))

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if new and not self.isColumnHidden(column):
            self._view.setColumnWidth(column, new)

    def _repaint(self) -> None:
        self.viewport().update()
        self.header.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().width() - 1, 0, 1, self.viewport().height(), self._theme.color("mist"))
