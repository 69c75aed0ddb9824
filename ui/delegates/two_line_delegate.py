"""Paints an item as a title with a muted line of facts under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme

FactsRole = Qt.ItemDataRole.UserRole + 16
"""The second line."""

_PAD = 12


class TwoLineDelegate(QStyledItemDelegate):
    """For lists whose entries need a word of explanation."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 2 * QFontMetrics(option.font).height() + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        color = self._theme.color
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, color("pine_wash"))
            painter.fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(), color("pine"))
        metrics = QFontMetrics(option.font)
        box = option.rect.adjusted(_PAD, 6, -_PAD, -6)
        elide = Qt.TextElideMode.ElideRight
        top = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        bottom = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        painter.setFont(option.font)
        painter.setPen(color("pine" if chosen else "ink"))
        painter.drawText(box, top, metrics.elidedText(str(index.data()), elide, box.width()))
        painter.setPen(color("mist"))
        painter.drawText(box, bottom, metrics.elidedText(str(index.data(FactsRole) or ""), elide, box.width()))
        painter.restore()
