"""开始: open a file, make a new one, or see the example; and the files opened lately."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.pages.page import Page
from ui.session import Session
from ui.settings import Recent
from ui.theme import Theme, sized
from ui.widgets.focus import KeyFocusButton
from ui.widgets.new_file_form import NewFileForm


def demo_folder() -> Path:
    """Where the example is kept: the user's documents, or the home folder where there are none."""
    documents = Path(platformdirs.user_documents_dir())
    return (documents if documents.is_dir() else Path.home()) / "EcoScore 示例"


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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, self.fontMetrics().height() * 2 + 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        lively = self.underMouse() or self.shows_focus
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(QPen(color("pine" if lively else "line"), 1.5 if self.shows_focus else 1))
        painter.setBrush(color("pine_wash" if self.isDown() else "surface"))
        painter.drawRoundedRect(box, 6, 6)
        self._theme.icon(self._icon, "pine", 28).paint(painter, 20, box.center().y() - 14, 28, 28)
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


class StartPage(Page):
    title = "绿色政绩考核"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.subheading.setText("导入区县指标，按方案评分，打印成绩单")
        theme = session.theme
        self.open_choice = Choice(theme, "open", "打开考核文件", "继续上次的工作，或同事交来的文件")
        self.new_choice = Choice(theme, "new", "新建考核文件", "选择考核方案，为一个年度建立文件")
        self.demo_choice = Choice(theme, "demo", "看示例", "十个虚构区县、三个年度的数据")
        self.open_choice.clicked.connect(self._open)
        self.new_choice.clicked.connect(self.show_form)
        self.demo_choice.clicked.connect(self._demo)
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for choice in (self.open_choice, self.new_choice, self.demo_choice):
            column.addWidget(choice)
        column.addStretch(1)
        self.form = NewFileForm(session)
        self.form.given_up.connect(self._hide_form)
        self.form.wanted.connect(self._create)
        self.stack = QStackedWidget()
        self.stack.addWidget(choices)
        self.stack.addWidget(self.form)
        row = QHBoxLayout()
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(32)
        row.addWidget(self.stack, 5)
        row.addWidget(self._build_recent(), 6)
        self.body.addLayout(row)
        session.recent_changed.connect(self._fill_recent)
        session.assessment_opened.connect(self._hide_form)
        theme.changed.connect(self._fill_recent)
        self._fill_recent()

    def _build_recent(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QLabel("最近的文件", objectName="muted")
        head.setContentsMargins(12, 0, 0, 4)
        column.addWidget(head)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget(objectName="page")
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        area.setWidget(inner)
        column.addWidget(area, 1)
        return box

    def entered(self) -> None:
        if self.stack.currentIndex() == 0:
            self.open_choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def receive(self, payload: Any) -> None:
        if payload == "new":
            self.show_form()
        elif payload == "demo":
            self._demo()

    def show_form(self) -> None:
        self.stack.setCurrentWidget(self.form)
        self.form.start()

    def _hide_form(self) -> None:
        self.stack.setCurrentIndex(0)

    def _fill_recent(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        entries = self.session.settings.recent
        for entry in entries:
            row = RecentRow(self.session.theme, entry)
            row.clicked.connect(lambda _=False, e=entry: self._open_recent(e))
            self._rows.addWidget(row)
        if not entries:
            empty = QLabel("打开过的考核文件会列在这里。", objectName="muted")
            empty.setContentsMargins(12, 8, 12, 8)
            self._rows.addWidget(empty)
        self._rows.addStretch(1)

    def _open(self) -> None:
        path = self.session.messages.open_file("打开考核文件", self.session.settings.folder)
        if path is not None:
            self.session.settings.folder = path.parent
            self.session.open(path)

    def _open_recent(self, entry: Recent) -> None:
        if not entry.exists:
            self.session.settings.forget(entry.path)
            self.session.recent_changed.emit()
            self.session.messages.warn(
                f"文件不在原处了，已从列表中去掉：{entry.path}", "如果它被移动或改名，请用“打开考核文件”选择它。"
            )
            return
        self.session.open(Path(entry.path))

    def _demo(self) -> None:
        self.session.open_demo(demo_folder())

    def _create(self, path: Path, scheme: object, districts: Path | None) -> None:
        assert isinstance(scheme, (str, Path))
        self.session.settings.folder = path.parent
        self.session.create(path, scheme, districts)
