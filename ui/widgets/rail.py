"""The rail: the period, and the year's path with what is done and what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from ecoscore.model.district import LEVEL_TITLES, Level
from ecoscore.model.period import Period
from ui.pages import PageEntry
from ui.steps import Stage, Step
from ui.theme import Theme
from ui.widgets.focus import KeyFocusButton


class RailButton(KeyFocusButton):
    """One page in the rail: its icon, title, and its step's mark and count."""

    def __init__(self, entry: PageEntry, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._theme = theme
        self._step = Step(Stage.NONE)
        self._pointed = False
        self.setCheckable(True)
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def step(self) -> Step:
        return self._step

    def set_step(self, step: Step) -> None:
        if step == self._step:
            return
        self._step = step
        self.setToolTip(step.hint)
        points = f"，{step.open_points} 处待办" if step.open_points else ""
        self.setAccessibleDescription(step.hint + points)
        self.update()

    def set_pointed(self, pointed: bool) -> None:
        """Ringed while the tour speaks of this page."""
        self._pointed = pointed
        self.update()

    @property
    def is_pointed(self) -> bool:
        return self._pointed

    def sizeHint(self) -> QSize:
        return QSize(152, max(36, self.fontMetrics().height() + 18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 2, -8, -2)
        color = self._theme.color
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pine_wash" if chosen else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.shows_focus or self._pointed:
            painter.setPen(QPen(color("pine"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        role = "pine" if chosen or self._pointed else ("ink" if self.isEnabled() else "mist")
        place = QRectF(int(box.left()) + 10, int(box.center().y()) - 10, 20, 20)
        self._theme.draw_icon(painter, self.entry.icon, role, place)
        painter.setPen(color(role))
        font = QFont(self.font())
        painter.setFont(font)
        painter.drawText(box.adjusted(40, 0, -30, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.isEnabled():
            self._draw_step(painter, box)

    def _draw_step(self, painter: QPainter, box: QRectF) -> None:
        step, color = self._step, self._theme.color
        centre = QPointF(box.right() - 16, box.center().y())
        if step.open_points:
            text = str(step.open_points) if step.open_points < 1000 else "999+"
            width = max(20.0, painter.fontMetrics().horizontalAdvance(text) + 10.0)
            pill = QRectF(box.right() - 6 - width, centre.y() - 9, width, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("ochre_wash"))
            painter.drawRoundedRect(pill, 9, 9)
            painter.setPen(color("ochre"))
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
        elif step.stage is Stage.DONE:
            painter.setPen(QPen(color("pine"), 1.75, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([centre + QPointF(-4.5, 0.5), centre + QPointF(-1, 4), centre + QPointF(5, -3.5)])
        elif step.stage is Stage.NOW:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pine"))
            painter.drawEllipse(centre, 4, 4)
        elif step.stage is Stage.TO_COME:
            painter.setPen(QPen(color("mist"), 1.25))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 3.5, 3.5)


class Rail(QFrame):
    """The left edge of the window."""

    chosen = Signal(str)
    period_chosen = Signal(object)
    period_wanted = Signal()
    level_chosen = Signal(object)  # Level

    def __init__(self, pages: Sequence[PageEntry], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(0)
        self.period_button = _chooser("考核期")
        self.level_button = _chooser("参评层级")
        self.level_button.hide()
        layout.addWidget(self.period_button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        layout.addWidget(self.level_button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        for entry in pages:
            button = RailButton(entry, theme, self)
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            layout.addWidget(button)
            self.buttons[entry.key] = button
        layout.addStretch(1)
        theme.changed.connect(self.update)

    def show_page(self, key: str) -> None:
        self.buttons[key].setChecked(True)

    def point_at(self, key: str) -> None:
        """Ring one page's button; an empty key rings none."""
        for name, button in self.buttons.items():
            button.set_pointed(name == key)

    def show_steps(self, steps: Mapping[str, Step], *, has_file: bool) -> None:
        for key, button in self.buttons.items():
            button.set_step(steps.get(key, Step(Stage.NONE)))
            button.setEnabled(has_file or not button.entry.needs_file)

    def show_period(self, period: Period, choices: Sequence[Period], *, has_file: bool) -> None:
        self.period_button.setText(f"{period.title}  ▼" if has_file else "未打开文件")
        self.period_button.setEnabled(has_file)
        menu = self.period_button.menu()
        menu.clear()
        for choice in reversed(choices):
            action = menu.addAction(choice.title)
            action.setCheckable(True)
            action.setChecked(choice == period)
            action.triggered.connect(lambda _=False, p=choice: self.period_chosen.emit(p))
        menu.addSeparator()
        menu.addAction("其他考核期…").triggered.connect(lambda _=False: self.period_wanted.emit())

    def show_levels(self, levels: Mapping[Level, int], shown: Level | None) -> None:
        """Offer the levels whose districts can be ranked; nothing where there is no choice."""
        self.level_button.setVisible(shown is not None)
        if shown is None:
            return
        self.level_button.setText(f"{LEVEL_TITLES[shown]}（{levels[shown]}）  ▼")
        self.level_button.setToolTip(f"正按{LEVEL_TITLES[shown]}评分、排名和出成绩单；文件里有几个层级，各在本级内比较")
        menu = self.level_button.menu()
        menu.clear()
        for level, count in levels.items():
            action = menu.addAction(f"{LEVEL_TITLES[level]}（{count} 个）")
            action.setCheckable(True)
            action.setChecked(level is shown)
            action.triggered.connect(lambda _=False, one=level: self.level_chosen.emit(one))


def _chooser(name: str) -> QToolButton:
    button = QToolButton(objectName="periodChooser")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setAccessibleName(name)
    button.setMenu(QMenu(button))
    return button
