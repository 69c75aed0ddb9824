"""The large choices of the start page, and the rows of files opened lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.settings import Recent
from ui.theme import Theme, sized
from ui.widgets.focus import KeyFocusButton


class Choice(KeyFocusButton):
    """A large choice: an icon, a verb, and a line of what it does."""

    def __init__(self, theme: Theme, icon: str, title: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._line = theme, icon, line
        self.setText(title)
        self.setAccessibleDescription(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, self.fontMetrics().height() * 2 + 44)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() * 2 + 30)  # in a low window

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        lively = self.underMouse() or self.shows_focus
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(QPen(color("pine" if lively else "line"), 1.5 if self.shows_focus else 1))
        painter.setBrush(color("pine_wash" if self.isDown() else "surface"))
        painter.drawRoundedRect(box, 6, 6)
        self._theme.draw_icon(painter, self._icon, "pine", QRectF(20, box.center().y() - 14, 28, 28))
        left = box.adjusted(68, 0, -16, 0)
        half = box.height() // 2
        painter.setFont(sized(self.font(), 10.5))
        painter.setPen(color("ink"))
        upper = left.adjusted(0, 12, 0, -half)
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setFont(self.font())
        painter.setPen(color("mist"))
        lower = left.adjusted(0, half, 0, -12)
        text = self.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)


class RecentRow(KeyFocusButton):
    """A file opened lately: its name, scheme, year, districts, state, and when."""

    def __init__(self, theme: Theme, entry: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.entry = entry
        self.setText(Path(entry.path).stem)
        self.setToolTip(entry.path)
        self.setAccessibleDescription(self.facts)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def facts(self) -> str:
        entry = self.entry
        if not entry.exists:
            return f"文件不在原处了：{entry.path}"
        year = f"{entry.period}年度" if entry.period.isdigit() else entry.period
        return " · ".join(p for p in (year, f"{entry.districts} 个区县", entry.state, entry.scheme) if p)

    def sizeHint(self) -> QSize:
        return QSize(360, self.fontMetrics().height() * 2 + 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        if self.underMouse() or self.shows_focus:
            painter.setPen(QPen(color("pine"), 1.5) if self.shows_focus else Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        box = self.rect().adjusted(12, 8, -12, -8)
        half = box.height() // 2
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = self.fontMetrics()
        when = self.entry.opened
        room = box.width() - metrics.horizontalAdvance(when) - 16
        painter.setPen(color("ink" if self.entry.exists else "mist"))
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box.adjusted(0, 0, 0, -half), int(left | middle), name)
        painter.setPen(color("mist"))
        painter.drawText(box.adjusted(0, 0, 0, -half), int(right | middle), when)
        facts = metrics.elidedText(self.facts, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box.adjusted(0, half, 0, 0), int(left | middle), facts)
        painter.setPen(color("line"))
        painter.drawLine(box.left(), self.height() - 1, box.right(), self.height() - 1)
