"""One sheet of an import as it looks in Excel, with a legend of what its cells were taken for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ecoscore.importing.plan import Role, SheetPreview
from ecoscore.model.finding import Finding
from ui.delegates.preview_delegate import PreviewDelegate, tint
from ui.models.import_preview import ImportPreview, cell_place
from ui.models.layout_setting import LayoutSetting
from ui.models.roles import ObjectRole
from ui.theme import Theme
from ui.widgets.layout_menu import LayoutMenu, said

_LEAST, _MOST = 44, 200
_READ = frozenset({Role.HEADER, Role.DISTRICT, Role.INDICATOR, Role.PERIOD, Role.UNIT, Role.VALUE, Role.TARGET})
_READ_MOST, _OTHER_MOST = 40, 6  # characters that a cell may claim of its column's width
_LEGEND = (
    (Role.INDICATOR, "表头、指标"),
    (Role.DISTRICT, "区县"),
    (Role.PERIOD, "考核期"),
    (None, "有问题的格"),
)


class Legend(QWidget):
    """A small square for each tint, with its word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, middle = 12.0, self.height() / 2
        words = sum(18 + self.fontMetrics().horizontalAdvance(word) for _, word in _LEGEND)
        gap = max(6.0, min(20.0, (self.width() - 24 - words) / len(_LEGEND)))
        for role, word in _LEGEND:
            box = QRectF(left, middle - 6, 12, 12)
            colour = tint(self._theme, role)
            painter.setPen(QPen(self._theme.color("line" if colour is not None else "cinnabar"), 1))
            painter.setBrush(colour if colour is not None else self._theme.color("cinnabar_wash"))
            painter.drawRect(box)
            painter.setPen(self._theme.color("mist"))
            width = self.fontMetrics().horizontalAdvance(word)
            painter.drawText(QRectF(left + 18, 0, width + 4, self.height()), int(Qt.AlignmentFlag.AlignVCenter), word)
            left += 18 + width + gap


class SheetView(QFrame):
    """Shows one SheetPreview at a time; `problem_chosen` when a refused cell is selected."""

    problem_chosen = Signal(object)  # Finding
    layout_told = Signal(object)  # LayoutHint

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.model = ImportPreview(self)
        self.caption = QLabel(objectName="muted")
        self.caption.setWordWrap(True)
        self.caption.setContentsMargins(12, 6, 12, 6)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(PreviewDelegate(theme, self.table))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(False)
        self.table.setAccessibleName("要导入的表")
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setHighlightSections(True)
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.table.horizontalHeader().setMinimumSectionSize(24)
        self.legend = Legend(theme)
        self.setting = LayoutSetting()
        self.layout_button = QPushButton("改版式…")
        self.layout_button.setToolTip("指出哪一行是表头、哪一列是什么；也可以在行号、列标上点右键")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 2, 8, 2)
        top.addWidget(self.caption, 1)
        top.addWidget(self.layout_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.legend)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self._connect_menus()
        theme.changed.connect(self.table.viewport().update)

    def show_sheet(self, sheet: SheetPreview | None) -> None:
        self.table.clearSpans()
        self._show_all_lines()
        self.model.show(sheet)
        self.caption.setText("" if sheet is None else self._caption(sheet))
        self.caption.setVisible(bool(self.caption.text()))
        self.layout_button.setVisible(sheet is not None)
        if sheet is None:
            return
        rows, columns = self.model.rowCount(), self.model.columnCount()
        for top, left, bottom, right in sheet.merges:
            last_row, last_column = min(bottom, rows - 1), min(right, columns - 1)
            if top <= last_row and left <= last_column and (last_row > top or last_column > left):
                self.table.setSpan(top, left, last_row - top + 1, last_column - left + 1)
        for row in sheet.hidden_rows:
            self.table.setRowHidden(row, True)
        for column in sheet.hidden_columns:
            self.table.setColumnHidden(column, True)
        self._fit_columns(sheet)

    def _connect_menus(self) -> None:
        """A right click on a cell, a row's number or a column's letter opens the menu that says what it is."""
        across, down = self.table.horizontalHeader(), self.table.verticalHeader()
        for widget in (self.table, across, down):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self.open_menu(self.table.rowAt(at.y()), self.table.columnAt(at.x()), self.table.viewport(), at)
        )
        across.customContextMenuRequested.connect(
            lambda at: self.open_menu(None, across.logicalIndexAt(at), across.viewport(), at)
        )
        down.customContextMenuRequested.connect(
            lambda at: self.open_menu(down.logicalIndexAt(at), None, down.viewport(), at)
        )
        self.layout_button.clicked.connect(self._open_menu_of_current)

    def _open_menu_of_current(self) -> None:
        index = self.table.currentIndex()
        place = (index.row(), index.column()) if index.isValid() else (0, 0)
        self.open_menu(*place, self.layout_button, QPoint(0, self.layout_button.height()))

    def menu_at(self, row: int | None, column: int | None) -> LayoutMenu | None:
        """The menu for a place; None beside the sheet."""
        sheet = self.model.sheet
        if sheet is None or row == -1 or column == -1:
            return None
        return LayoutMenu(sheet, self.setting, row, column, self.layout_told.emit, self)

    def open_menu(self, row: int | None, column: int | None, widget: QWidget, at: QPoint) -> None:
        menu = self.menu_at(row, column)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(widget.mapToGlobal(at))

    def reveal(self, cell: str) -> bool:
        """Bring a cell such as "C7" into view and select it; False where the preview does not reach it."""
        place = cell_place(cell)
        if place is None:
            return False
        index = self.model.index(*place)
        if not index.isValid():
            return False
        self.table.setRowHidden(place[0], False)
        self.table.setColumnHidden(place[1], False)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def _caption(self, sheet: SheetPreview) -> str:
        titles = {id_: title for _, members in self.setting.groups for id_, title in members}
        unread = "表头认出了，但没有读到数值。" if sheet.header else "没有认出这张表：请用“改版式”指出表头和各列。"
        parts = [sheet.layout or unread]
        parts += [words] if (words := said(sheet.hint, titles)) else []
        parts += sheet.notes
        shown = len(sheet.texts)
        if shown < sheet.total_rows:
            parts.append(f"这里显示前 {shown} 行，共 {sheet.total_rows} 行；导入的是全部。")
        if sheet.hidden:
            parts.append("这张表在 Excel 里是隐藏的。")
        return "".join(part if part.endswith(("。", "；")) else f"{part}。" for part in parts)

    def _fit_columns(self, sheet: SheetPreview) -> None:
        """As wide as what is read needs; titles and remarks are cut short."""
        metrics = self.fontMetrics()
        merged = {(top, left) for top, left, _, right in sheet.merges if right > left}
        for column in range(self.model.columnCount()):
            widest = 0
            for n, row in enumerate(sheet.texts[:60]):
                if column < len(row) and (n, column) not in merged:
                    most = _READ_MOST if sheet.roles.get((n, column)) in _READ else _OTHER_MOST
                    widest = max(widest, metrics.horizontalAdvance(row[column].split("\n")[0][:most]))
            self.table.setColumnWidth(column, max(_LEAST, min(widest + 18, _MOST)))

    def _show_all_lines(self) -> None:
        for row in range(self.model.rowCount()):
            self.table.setRowHidden(row, False)
        for column in range(self.model.columnCount()):
            self.table.setColumnHidden(column, False)

    def _on_current(self, current: QModelIndex) -> None:
        finding = current.data(ObjectRole)
        if isinstance(finding, Finding):
            self.problem_chosen.emit(finding)
