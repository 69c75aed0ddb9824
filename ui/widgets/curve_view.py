"""A small curve of value → score, with the period's districts as dots on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecoscore.model.curve import CurveDot, RuleCurve
from ecoscore.model.result import plain
from ui.theme import Theme, sized

_LEFT, _RIGHT, _TOP = 34.0, 14.0, 28.0


class CurveView(QWidget):
    """Shows one RuleCurve. The nearest district's name comes up under the mouse."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curve: RuleCurve | None = None
        self._unit = ""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(256, 184)

    @property
    def curve(self) -> RuleCurve | None:
        return self._curve

    def show_curve(self, curve: RuleCurve | None, unit: str = "") -> None:
        self._curve, self._unit = curve, unit
        self.setVisible(curve is not None)
        if curve is not None:
            self.setAccessibleName(f"{curve.part}随指标值变化的曲线，{len(curve.dots)} 个区县在其上")
        self.update()

    def _room(self) -> QRectF:
        bottom = self.fontMetrics().height() + 8.0
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - bottom)

    def _top_score(self) -> float:
        assert self._curve is not None
        return max(100.0, *(y for _, y in self._curve.points if y == y))  # noqa: PLR0124  NaN is not itself

    def _at(self, value: float, score: float) -> QPointF:
        assert self._curve is not None
        room, curve = self._room(), self._curve
        x = room.left() + (value - curve.low) / ((curve.high - curve.low) or 1) * room.width()
        return QPointF(x, room.bottom() - score / self._top_score() * room.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._curve is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), 8.0))
        self._paint_axes(painter)
        self._paint_target(painter)
        painter.setPen(QPen(self._theme.color("pine"), 1.75))
        line = QPolygonF([self._at(x, y) for x, y in self._curve.points if y == y])  # noqa: PLR0124
        painter.drawPolyline(line)
        painter.setPen(QPen(self._theme.color("surface"), 1))
        painter.setBrush(self._theme.color("water"))
        for dot in self._curve.dots:
            painter.drawEllipse(self._at(dot.value, dot.score), 3.5, 3.5)

    def _paint_axes(self, painter: QPainter) -> None:
        assert self._curve is not None
        room, color = self._room(), self._theme.color
        for score in (0, 60, 100):
            y = self._at(self._curve.low, score).y()
            painter.setPen(QPen(color("line"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(color("mist"))
            painter.drawText(
                QRectF(0, y - 8, _LEFT - 6, 16),
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                str(score),
            )
        painter.drawText(
            QRectF(0, 0, self.width(), _TOP - 4),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop),
            self._curve.part,
        )
        below = QRectF(room.left(), room.bottom() + 4, room.width(), self.fontMetrics().height())
        low, high = (_short(v) for v in (self._curve.low, self._curve.high))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), low)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), high)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), self._unit)

    def _paint_target(self, painter: QPainter) -> None:
        assert self._curve is not None
        target = self._curve.target
        if target is None or not self._curve.low <= target <= self._curve.high:
            return
        top = self._at(target, self._top_score())
        painter.setPen(QPen(self._theme.color("ochre"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(top, self._at(target, 0))
        painter.setPen(self._theme.color("ochre"))
        said, metrics = f"目标 {plain(target)}", painter.fontMetrics()
        width = metrics.horizontalAdvance(said)
        free = metrics.horizontalAdvance(self._curve.part) + 10.0  # the name of the axis stands left of it
        left = max(free, min(top.x() - width / 2, self.width() - width - 2))
        painter.drawText(QRectF(left, 0, width + 2, _TOP - 2), int(Qt.AlignmentFlag.AlignLeft), said)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        dot = self.dot_at(event.position())
        if dot is None:
            QToolTip.hideText()
            return
        text = f"{dot.district}：{plain(dot.value)}{self._unit and ' ' + self._unit}，{plain(round(dot.score, 2))}"
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def dot_at(self, place: QPointF) -> CurveDot | None:
        """The district under a point, within eight pixels."""
        dots = self._curve.dots if self._curve is not None else ()

        def distance(dot: CurveDot) -> float:
            away = self._at(dot.value, dot.score) - place
            return away.x() ** 2 + away.y() ** 2

        nearest = min(dots, key=distance, default=None)
        return nearest if nearest is not None and distance(nearest) <= 64 else None


def _short(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"
