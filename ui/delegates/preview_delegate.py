"""Paints a cell of a sheet to be imported: recognised headers tinted, refused cells outlined."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ecoscore.importing.plan import Role
from ecoscore.model.finding import Finding
from ui.models.import_preview import CellRole
from ui.models.roles import ObjectRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

TINTS: dict[Role, tuple[str, float]] = {
    Role.HEADER: ("pine", 0.16),
    Role.INDICATOR: ("pine", 0.16),
    Role.DISTRICT: ("water", 0.14),
    Role.PERIOD: ("ochre", 0.16),
    Role.UNIT: ("pine", 0.07),
}
"""The theme's colour and how strongly a cell of this kind is tinted with it; the others stay plain."""

_MUTED = frozenset({Role.NOTE, Role.IGNORED, Role.TITLE})


def tint(theme: Theme, role: Role | None) -> QColor | None:
    """The tint of a cell, None where it stays plain."""
    if role not in TINTS:
        return None
    name, strength = TINTS[role]
    colour = QColor(theme.color(name))
    colour.setAlphaF(strength)
    return colour


class PreviewDelegate(QStyledItemDelegate):
    """An error is outlined in cinnabar with a filled corner, a warning in ochre with an open one."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        role: Role | None = index.data(CellRole)
        finding: Finding | None = index.data(ObjectRole)
        rect = option.rect
        painter.save()
        colour = tint(self._theme, role)
        if colour is not None:
            painter.fillRect(rect, colour)
        if finding is not None:
            painter.fillRect(rect, self._theme.color("cinnabar_wash" if finding.is_error else "ochre_wash"))
        muted = role in _MUTED or role is None
        painter.setPen(self._theme.color("mist" if muted else "ink"))
        painter.setFont(option.font)
        text = str(index.data() or "")
        box = rect.adjusted(6, 0, -6, 0)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        metrics = option.fontMetrics
        painter.drawText(
            box, int(align), metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
        )
        if finding is not None:
            self._outline(painter, rect, finding)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.color("pine"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _outline(self, painter: QPainter, rect: QRect, finding: Finding) -> None:
        colour = self._theme.color("cinnabar" if finding.is_error else "ochre")
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = rect.adjusted(0, 0, -1, -1)
        painter.drawRect(box)
        corner = QPolygon([box.topRight(), box.topRight() - QPoint(7, 0), box.topRight() + QPoint(0, 7)])
        painter.setBrush(colour if finding.is_error else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(corner)
