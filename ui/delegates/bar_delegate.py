"""Paints a number with a quiet bar behind it: totals in the ranking, weights in the scheme, points in a card."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_PADDING = 8
_LEAST_BAR = 24


class FigureDelegate(QStyledItemDelegate):
    """Cells with room on both sides, a visible focus, and the colour the model gives even where the row is selected."""

    def __init__(self, theme: Theme, height: int = 30, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        height = max(self._height, option.fontMetrics.height() + 10)
        return QSize(size.width() + 2 * _PADDING, height)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole) or self._theme.color("ink")
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, ink)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        opt = QStyleOptionViewItem(option)
        self.initStyleOption(opt, index)
        focused = bool(opt.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        if opt.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(opt.rect, self._theme.color("pine_wash"))
        self.paint_under(painter, opt, index)
        painter.setPen(opt.palette.color(QPalette.ColorRole.Text))
        painter.setFont(opt.font)
        box = opt.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        text = opt.fontMetrics.elidedText(opt.text, opt.textElideMode, box.width())
        painter.drawText(box, int(opt.displayAlignment), text)
        if focused:
            painter.setPen(QPen(self._theme.color("pine"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(opt.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def paint_under(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What lies under the text."""


class BarDelegate(FigureDelegate):
    """A FigureDelegate with a bar as long as the share (0-1) in `bar_role`."""

    def __init__(self, theme: Theme, bar_role: int, height: int = 30, parent: QObject | None = None) -> None:
        super().__init__(theme, height, parent)
        self._bar_role = bar_role

    def paint_under(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = index.data(self._bar_role)
        if share is None:
            return
        unit = option.text.lstrip("0123456789.−")
        figure = option.fontMetrics.horizontalAdvance("100.00" + unit)  # the same in every row of a column
        room = QRectF(option.rect).adjusted(_PADDING, 7, -_PADDING - figure - 6, -7)
        if room.width() < _LEAST_BAR:  # a narrow column: the figure stands on the bar
            room = QRectF(option.rect).adjusted(_PADDING, 5, -_PADDING, -5)
        colour = QColor(self._theme.color("pine"))
        colour.setAlphaF(0.10)
        painter.fillRect(room, colour)
        colour.setAlphaF(0.34)
        painter.fillRect(QRectF(room.left(), room.top(), room.width() * float(share), room.height()), colour)
