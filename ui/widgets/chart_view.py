"""Shows a drawing of the papers' charts on the screen, in the colours and the font of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ecoscore.reporting.charts import Circle, Drawing, Label, Line, Polygon, Shape
from ui.theme import Theme

Draw = Callable[[float, float], Drawing | None]

PIXELS_PER_POINT = 1.5
"""An 8 pt label of a chart is as large as the window's 9 pt text."""


class ChartView(QWidget):
    """Asks `draw(width, height)` (in points) for a drawing that fits, and paints it.

    Greys become colours: dark fills are pine, hollow ones stay hollow, light lines are hairlines.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._draw: Draw | None = None
        self.empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(96)
        theme.changed.connect(self.update)

    def show_chart(self, draw: Draw | None, empty: str = "") -> None:
        """Show what `draw` gives; without one, the sentence `empty`."""
        self._draw = draw
        self.empty = empty
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        scale = PIXELS_PER_POINT
        size = (self.width() - 32) / scale, (self.height() - 16) / scale
        drawing = self._draw(*size) if self._draw is not None and min(size) > 24 else None
        if drawing is None:
            painter.setPen(self._theme.color("mist"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.empty)
            return
        self.setAccessibleName(drawing.title)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(16, 8 + drawing.height * scale)
        painter.scale(scale, scale)
        for shape in drawing.shapes:
            self._paint(painter, shape)

    def _paint(self, painter: QPainter, shape: Shape) -> None:
        if isinstance(shape, Label):
            self._label(painter, shape)
        elif isinstance(shape, Line):
            painter.setPen(self._pen(shape.width, shape.grey, shape.dash))
            painter.drawLine(QPointF(shape.x1, -shape.y1), QPointF(shape.x2, -shape.y2))
        elif isinstance(shape, Circle):
            painter.setPen(QPen(self._theme.color("ink"), 0.6))
            painter.setBrush(self._fill(shape.fill))
            painter.drawEllipse(QPointF(shape.x, -shape.y), shape.radius, shape.radius)
        elif isinstance(shape, Polygon):
            painter.setPen(self._pen(shape.width, shape.grey, shape.dash))
            painter.setBrush(Qt.BrushStyle.NoBrush if shape.fill is None else self._fill(shape.fill))
            painter.drawPolygon(QPolygonF([QPointF(x, -y) for x, y in shape.points]))

    def _label(self, painter: QPainter, label: Label) -> None:
        font = QFont(self.font())
        font.setPixelSize(100)  # measured large and scaled down: small sizes in points would be rounded to pixels
        font.setBold(label.strong)
        shrink = label.size / 100
        width = QFontMetricsF(font).horizontalAdvance(label.text) * shrink
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        painter.save()
        painter.setFont(font)
        painter.setPen(self._theme.color("ink"))
        painter.translate(left, -label.y)
        painter.scale(shrink, shrink)
        painter.drawText(QPointF(0, 0), label.text)
        painter.restore()

    def _pen(self, width: float, grey: float, dash: tuple[float, ...]) -> QPen:
        pen = QPen(self._mixed(grey), width)
        if dash:
            pen.setDashPattern([d / max(width, 0.1) for d in dash])
        return pen

    def _fill(self, grey: float) -> QColor:
        """Dark fills stand for one's own values."""
        return self._theme.color("pine") if grey < 0.5 else self._mixed(grey)

    def _mixed(self, grey: float) -> QColor:
        if grey >= 1:
            return self._theme.color("surface")
        if grey >= 0.5:
            return self._theme.color("line")
        return self._theme.color("mist") if grey > 0 else self._theme.color("ink")


def scrolled(chart: ChartView, least: int) -> QScrollArea:
    """A chart that scrolls where there is less room than its labels need."""
    chart.setMinimumHeight(least)
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(chart)
    return area
