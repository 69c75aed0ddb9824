"""Paints a value with last year's under it, and takes what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ecoscore.model.observation import Status
from ui.models.cell_view import CellView
from ui.models.roles import ObjectRole
from ui.theme import Colours, Theme, sized

Index = QModelIndex | QPersistentModelIndex

_PADDING = 8
_BAR = 3
FIGURES_POINTS = 10.5
SMALL_POINTS = 8.0
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROLES = ("pine", "cinnabar", "ochre", "water", "ink", "mist", "surface", "pine_wash", "cinnabar_wash")
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value
_NO_PEN = QPen(Qt.PenStyle.NoPen)
# Up for better, down for worse: the shape says it without the colour.
_BETTER = QPolygonF([QPointF(-3.5, 3), QPointF(3.5, 3), QPointF(0, -3)])
_WORSE = QPolygonF([QPointF(-3.5, -3), QPointF(3.5, -3), QPointF(0, 3)])


class _Face:
    """The two sizes of a font that a cell is written in, made once for all cells."""

    def __init__(self, base: QFont) -> None:
        self.base = base
        self.figures, self.small = sized(base, FIGURES_POINTS), sized(base, SMALL_POINTS)
        self.figures_metrics, self.small_metrics = QFontMetrics(self.figures), QFontMetrics(self.small)
        self.figures_height = self.figures_metrics.height()


class ValueDelegate(QStyledItemDelegate):
    """Draws `CellView`s. `leave` asks the view to move the current cell by so many columns and rows after an entry."""

    leave = Signal(int, int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.shows_last_year = True
        self.hatches_missing = True
        self._face = _Face(QFont())
        self._of: Colours | None = None
        self._made: dict[str, QColor] = {}

    def _colours(self) -> dict[str, QColor]:
        """The theme's colours in use here, made once a theme."""
        if self._of is not self._theme.colours:
            self._of = self._theme.colours
            self._made = {role: self._of.color(role) for role in _ROLES}
        return self._made

    def _face_of(self, font: QFont) -> _Face:
        if font != self._face.base:
            self._face = _Face(QFont(font))
        return self._face

    # Painting. ------------------------------------------------------------------------------------------------------

    def row_height(self, font: QFont) -> int:
        figures = QFontMetrics(sized(font, FIGURES_POINTS)).height()
        small = QFontMetrics(sized(font, SMALL_POINTS)).height()
        return figures + (small - 2 if self.shows_last_year else 0) + 8

    def width_for(self, cells: Sequence[CellView], font: QFont) -> int:
        """The width that shows these cells whole."""
        figures = QFontMetrics(sized(font, FIGURES_POINTS))
        width = figures.horizontalAdvance(max((c.text for c in cells), key=len, default=""))
        if self.shows_last_year:
            small = QFontMetrics(sized(font, SMALL_POINTS))
            longest = max((c.previous_text for c in cells), key=len, default="")
            width = max(width, small.horizontalAdvance(longest) + small.height())
        return width + 2 * _PADDING

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width_for([index.data(ObjectRole)], option.font), self.row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Each call into Qt and each flag costs about a microsecond, and a screen has hundreds of cells to be scrolled.
        cell: CellView = index.data(ObjectRole)
        color = self._colours().__getitem__
        rect, state = option.rect, option.state.value
        painter.save()
        self._paint_ground(painter, rect, cell, is_selected=bool(state & _SELECTED))
        if cell.rejected or cell.findings:
            bar = "cinnabar" if cell.rejected or any(f.is_error for f in cell.findings) else "ochre"
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), color(bar))
        if cell.observation is not None and cell.observation.note:
            self._paint_note(painter, rect)
        self._paint_text(painter, rect, option.font, cell)
        if state & _FOCUSED:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QPen(color("pine"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_note(self, painter: QPainter, rect: QRect) -> None:
        """The corner that says there is a remark, as in Excel."""
        corner = QPointF(rect.right() + 1, rect.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("water"))
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(-7, 0), corner + QPointF(0, 7)]))

    def _paint_ground(self, painter: QPainter, rect: QRect, cell: CellView, *, is_selected: bool) -> None:
        color = self._colours().__getitem__
        wash = "cinnabar_wash" if cell.rejected is not None else "pine_wash" if is_selected else "surface"
        painter.fillRect(rect, color(wash))
        if cell.status is Status.MISSING and self.hatches_missing and cell.rejected is None and not cell.derived:
            hatch = QColor(color("mist"))
            hatch.setAlphaF(0.32)
            painter.setBrushOrigin(0, 0)
            painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))

    def _paint_text(self, painter: QPainter, rect: QRect, font: QFont, cell: CellView) -> None:
        color = self._colours().__getitem__
        box = rect.adjusted(_PADDING, 3, -_PADDING, -3)
        face = self._face_of(font)
        small = face.small
        upper = QRect(box)
        if self.shows_last_year:
            upper.setHeight(face.figures_height)
        painter.setFont(face.figures)
        if cell.rejected is not None:
            text = face.figures_metrics.elidedText(cell.rejected.text, Qt.TextElideMode.ElideRight, box.width())
            painter.setPen(color("cinnabar"))
            painter.drawText(upper, _RIGHT, text)
        else:
            painter.setPen(color("mist" if cell.value is None else "ink"))
            painter.drawText(upper, _RIGHT, cell.derived or cell.text)
            if cell.is_derivable:
                painter.setFont(small)
                painter.setPen(color("water"))
                painter.drawText(upper, _LEFT, "fx")
        if not self.shows_last_year or not cell.previous_text:
            return
        lower = box.adjusted(0, face.figures_height - 2, 0, 0)
        painter.setFont(small)
        painter.setPen(color("mist"))
        painter.drawText(lower, _RIGHT, cell.previous_text)
        if cell.better:
            width = face.small_metrics.horizontalAdvance(cell.previous_text)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(_NO_PEN)
            painter.setBrush(color("pine" if cell.better > 0 else "cinnabar"))
            arrow = _BETTER if cell.better > 0 else _WORSE
            painter.drawPolygon(arrow.translated(lower.right() - width - 7, lower.center().y() + 0.5))

    # Typing. --------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setFont(sized(option.font, FIGURES_POINTS))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setProperty("cell", True)
        editor.setAccessibleName(f"{index.data(ObjectRole).indicator.title}，输入值")
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        index.model().setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab accept and move on, as in Excel; the arrows up and down too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
                self.leave.emit(*((-step[0], -step[1]) if back else step))
                return True
        return super().eventFilter(watched, event)


STEPS = {
    Qt.Key.Key_Return: (0, 1),
    Qt.Key.Key_Enter: (0, 1),
    Qt.Key.Key_Tab: (1, 0),
    Qt.Key.Key_Backtab: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
