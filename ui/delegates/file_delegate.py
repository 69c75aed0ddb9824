"""Paints a file of an import: its icon, its name, and in small type how its reading ended."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.import_files import ImportFiles
from ui.theme import Theme, sized

Index = QModelIndex | QPersistentModelIndex


class FileDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, 2 * option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("pine_wash"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        icon: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, QRect(rect.left() + 10, rect.top() + 8, 18, 18))
        small = sized(option.font, max(7.5, option.font.pointSizeF() - 0.5))
        line = option.fontMetrics.height()
        box = rect.adjusted(36, 6, -8, -6)
        painter.setFont(option.font)
        painter.setPen(self._theme.color("ink"))
        name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(QRect(box.left(), box.top(), box.width(), line), int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(small)
        painter.setPen(self._theme.color(index.data(ImportFiles.ToneRole)))
        state = QFontMetrics(small).elidedText(
            str(index.data(ImportFiles.StateRole)), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(
            QRect(box.left(), box.top() + line + 2, box.width(), line), int(Qt.AlignmentFlag.AlignVCenter), state
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("pine"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()
