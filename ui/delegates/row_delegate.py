"""Rows of a list with room to breathe."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.models.check_list import GAP

Index = QModelIndex | QPersistentModelIndex

_BOX = 34  # what the tick and the margins take
_LEAST = 3  # letters of a remark that are worth showing


class RowDelegate(QStyledItemDelegate):
    """Paints as Qt does; the height is ours, and what follows the title gives way to it."""

    def __init__(self, room: int = 10, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), option.fontMetrics.height() + self._room)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        metrics, width = option.fontMetrics, option.rect.width() - _BOX
        title, gap, remark = option.text.partition(GAP)
        if gap and metrics.horizontalAdvance(option.text) > width:
            room = width - metrics.horizontalAdvance(title + gap)
            some = room > metrics.height() * _LEAST
            option.text = title + gap + metrics.elidedText(remark, Qt.TextElideMode.ElideRight, room) if some else title
