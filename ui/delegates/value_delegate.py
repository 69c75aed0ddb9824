"""Paints a value with last year's under it, and takes what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ecoscore.model.observation import Status
from ui.models.cell_view import CellView
from ui.models.roles import ObjectRole
from ui.theme import Theme, sized

Index = QModelIndex | QPersistentModelIndex

_PADDING = 8
_BAR = 3
FIGURES_POINTS = 10.5
SMALL_POINTS = 8.0
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class _Face:
    """The two sizes of a font that a cell is written in, made once for all cells."""

    def __init__(self, base: QFont) -> None:
        self.base = base
        self.figures, self.small = sized(base, FIGURES_POINTS), sized(base, SMALL_POINTS)
        self.figures_metrics, self.small_metrics = QFontMetrics(self.figures), QFontMetrics(self.small)


class ValueDelegate(QStyledItemDelegate):
    """Draws `CellView`s. `leave` asks the view to move the current cell by so many columns and rows after an entry."""

    leave = Signal(int, int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.shows_last_year = True
        self.hatches_missing = True
        self._face = _Face(QFont())

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
        cell: CellView = index.data(ObjectRole)
        color = self._theme.color
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_ground(painter, option, cell)
        bar = "cinnabar" if cell.rejected or any(f.is_error for f in cell.findings) else "ochre"
        if cell.rejected or cell.findings:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height()), color(bar))
        if cell.observation is not None and cell.observation.note:
            self._paint_note(painter, option.rect)
        self._paint_text(painter, option, cell)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(color("pine"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_note(self, painter: QPainter, rect: QRect) -> None:
        """The corner that says there is a remark, as in Excel."""
        corner = QPointF(rect.right() + 1, rect.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("water"))
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(-7, 0), corner + QPointF(0, 7)]))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, cell: CellView) -> None:
        color = self._theme.color
        if cell.rejected is not None:
            painter.fillRect(option.rect, color("cinnabar_wash"))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, color("pine_wash"))
        else:
            painter.fillRect(option.rect, color("surface"))
        if cell.status is Status.MISSING and self.hatches_missing and cell.rejected is None and not cell.derived:
            hatch = QColor(color("mist"))
            hatch.setAlphaF(0.32)
            painter.setBrushOrigin(0, 0)
            painter.fillRect(option.rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, cell: CellView) -> None:
        color = self._theme.color
        box = option.rect.adjusted(_PADDING, 3, -_PADDING, -3)
        face = self._face_of(option.font)
        figures, small = face.figures, face.small
        upper = QRect(box)
        if self.shows_last_year:
            upper.setHeight(face.figures_metrics.height())
        painter.setFont(figures)
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
        lower = box.adjusted(0, upper.height() - 2, 0, 0)
        painter.setFont(small)
        painter.setPen(color("mist"))
        painter.drawText(lower, _RIGHT, cell.previous_text)
        if cell.better:
            width = face.small_metrics.horizontalAdvance(cell.previous_text)
            self._paint_arrow(painter, QPointF(lower.right() - width - 7, lower.center().y() + 0.5), cell.better)

    def _paint_arrow(self, painter: QPainter, at: QPointF, better: int) -> None:
        """A triangle up for better, down for worse: the shape says it without the colour."""
        tall = 3.0 * better
        shape = QPolygonF([at + QPointF(-3.5, tall), at + QPointF(3.5, tall), at + QPointF(0, -tall)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("pine" if better > 0 else "cinnabar"))
        painter.drawPolygon(shape)

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
