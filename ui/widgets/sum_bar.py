"""The sum of the weights against the full marks, as a bar with words, and the button that makes it right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ecoscore.model.result import plain
from ui.theme import Theme

_EXACT = 1e-9


class SumBar(QFrame):
    """`wanted` when the weights are to be scaled to the full marks."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stripBelow")
        self.label = QLabel()
        self.bar = _Bar(theme)
        self.button = QPushButton("调整到满分")
        self.button.setToolTip("按比例调整没有锁定的权重，使合计等于满分")
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)

    def show_sum(self, total: float, full: float, *, enabled: bool) -> None:
        gap = total - full
        right = abs(gap) <= _EXACT * max(1.0, full)
        words = "√ 合计正好" if right else f"{'多' if gap > 0 else '差'} {plain(round(abs(gap), 6))}"
        self.label.setText(f"权重合计 {plain(round(total, 6))} / 满分 {plain(full)}　{words}")
        self.label.setProperty("tone", "" if right else "warning")
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)
        self.bar.show_share(total / full if full else 0.0, right=right)
        self.button.setEnabled(enabled and not right)
        self.setAccessibleName(self.label.text())


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share, self._right = 0.0, True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, 12)

    def show_share(self, share: float, *, right: bool) -> None:
        self._share, self._right = share, right
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(0, 3, self.width(), self.height() - 6)
        reach = max(1.0, self._share)  # a sum beyond the full marks: the bar is as long, the mark stands inside
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(room, 3, 3)
        painter.setBrush(self._theme.color("pine" if self._right else "ochre"))
        painter.drawRoundedRect(QRectF(0, 3, self.width() * self._share / reach, room.height()), 3, 3)
        if self._share > 1.0:
            ink = QColor(self._theme.color("ink"))
            painter.fillRect(QRectF(self.width() / reach - 1, 0, 2, self.height()), ink)
