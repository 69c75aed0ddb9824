"""Paints findings as short paragraphs: the sentence, the advice, and in muted type the place; a heading for a kind."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ecoscore.model.finding import Finding
from ui.models.findings_table import FindingKind
from ui.models.roles import ObjectRole
from ui.theme import Theme, sized

Index = QModelIndex | QPersistentModelIndex

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
)
_LEFT, _RIGHT, _ROOM = 24, 8, 6
_TALL = 10_000
_MOST_HELD = 20_000


class FindingDelegate(QStyledItemDelegate):
    """Wraps to the width of its view; the view must lay its items out again when it is resized."""

    def __init__(self, theme: Theme, view: QTreeView, parent: QObject | None = None) -> None:
        super().__init__(parent or view)
        self._theme = theme
        self._view = view
        self._heights: dict[tuple[Finding, int], int] = {}  # measuring wrapped text is what takes the time

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._width()
        held = index.data(ObjectRole)
        if isinstance(held, FindingKind):
            return QSize(width, option.fontMetrics.height() + 14)
        height = self._heights.get((held, width))
        if height is None:
            inner = width - _LEFT - _RIGHT
            height = sum(self._height(font, text, inner) for font, text, _ in self._parts(option.font, held))
            if len(self._heights) >= _MOST_HELD:
                self._heights.clear()
            self._heights[held, width] = height
        return QSize(width, height + 2 * _ROOM + 2)

    def _width(self) -> int:
        """The same whether the scroll bar is there or not, so that its coming does not wrap everything anew."""
        return max(80, self._view.width() - self._view.verticalScrollBar().sizeHint().width())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        held = index.data(ObjectRole)
        rect = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        painter.save()
        if isinstance(held, FindingKind):
            self._paint_kind(painter, option, rect, held, index)
        else:
            self._paint_finding(painter, option, rect, held)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("pine"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_kind(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, kind: FindingKind, index: Index
    ) -> None:
        tone = "cinnabar" if kind.severity == "error" else "ochre"
        painter.fillRect(rect, self._theme.color("header"))
        icon = self._theme.icon("error" if tone == "cinnabar" else "warning", tone, 16)
        icon.paint(painter, rect.left() + 4, rect.center().y() - 7, 16, 16)
        font = QFont(option.font)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink"))
        painter.drawText(rect.adjusted(_LEFT, 0, -28, 0), int(Qt.AlignmentFlag.AlignVCenter), kind.title)
        painter.setPen(self._theme.color(tone))
        painter.drawText(
            rect.adjusted(_LEFT, 0, -10, 0),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            str(len(kind.findings)),
        )

    def _paint_finding(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, finding: Finding) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("pine_wash"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        tone = "cinnabar" if finding.is_error else "ochre"
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), self._theme.color(tone))
        top = rect.top() + _ROOM
        inner = self._width() - _LEFT - _RIGHT
        for font, text, role in self._parts(option.font, finding):
            height = self._height(font, text, inner)
            painter.setFont(font)
            painter.setPen(self._theme.color(role))
            painter.drawText(QRect(rect.left() + _LEFT, top, inner, height), _WRAP, text)
            top += height
        painter.setPen(self._theme.color("line"))
        painter.drawLine(rect.left() + _LEFT, rect.bottom(), rect.right(), rect.bottom())

    @staticmethod
    def _parts(font: QFont, finding: Finding) -> list[tuple[QFont, str, str]]:
        parts = [(font, finding.message, "ink")]
        if finding.advice:
            parts.append((font, finding.advice, "mist"))
        if finding.where:
            parts.append((sized(font, max(7.5, font.pointSizeF() - 0.5)), finding.where, "water"))
        return parts

    @staticmethod
    def _height(font: QFont, text: str, width: int) -> int:
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, _TALL), _WRAP, text).height() + 1
