"""The icon set: line drawings in SVG under resources/icons, coloured when they are loaded."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ecoscore.paths import resource


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _drawing(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


def draw(painter: QPainter, name: str, color: str, box: QRectF) -> None:
    """One icon drawn in one colour, straight onto a widget."""
    _drawing(name, color).render(painter, box)


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon drawn in one colour, `size` logical pixels wide."""
    side = round(size * ratio)
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, name, color, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@cache
def icon(name: str, color: str, disabled: str, size: int = 18) -> QIcon:
    """An icon with its disabled form, sharp at 100 %, 150 % and 200 %."""
    result = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        result.addPixmap(pixmap(name, color, size, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return result
