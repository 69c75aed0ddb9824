"""Under the list of open points: what the marked ones are, and everything that can be done about them right there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ecoscore.assessment.review import Kind, OpenPoint
from ecoscore.model.scheme import Scheme
from ui.theme import Theme


class PointDesk(QFrame):
    """A value can be filled in for one point; the ground serves 不适用 and 认可 for all that are marked."""

    value_given = Signal(str)
    not_applicable_wanted = Signal(str)
    accept_wanted = Signal(str)
    reopen_wanted = Signal()
    cell_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stripBelow")
        self._theme = theme
        self._points: tuple[OpenPoint, ...] = ()
        self._icon = QLabel()
        self._icon.setFixedSize(20, 20)
        self.sentence = QLabel(objectName="sectionTitle")
        self.advice = QLabel(objectName="muted")
        for label in (self.sentence, self.advice):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.value = QLineEdit()
        self.value.setMaximumWidth(120)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value.setAccessibleName("填入的值")
        self.unit = QLabel(objectName="muted")
        self.fill_button = QPushButton("填入")
        self.ground = QLineEdit(placeholderText="依据或理由（设为不适用、认可时必填，记入日志）")
        self.ground.setAccessibleName("依据或理由")
        self.na_button = QPushButton("设为不适用")
        self.accept_button = QPushButton("认可")
        self.reopen_button = QPushButton("恢复为待处理")
        self.cell_button = QPushButton("到数据页")
        self._build()
        self._connect()
        self.show_points((), None)

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self.advice)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.value, self.unit, self.fill_button):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.ground, 1)
        for button in (self.na_button, self.accept_button, self.reopen_button, self.cell_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.value.returnPressed.connect(lambda: self.value_given.emit(self.value.text()))
        self.fill_button.clicked.connect(lambda: self.value_given.emit(self.value.text()))
        self.ground.returnPressed.connect(self._on_ground)
        self.na_button.clicked.connect(lambda: self.not_applicable_wanted.emit(self.ground.text().strip()))
        self.accept_button.clicked.connect(lambda: self.accept_wanted.emit(self.ground.text().strip()))
        self.reopen_button.clicked.connect(self.reopen_wanted)
        self.cell_button.clicked.connect(self.cell_wanted)
        self._theme.changed.connect(self._dress)

    def show_points(self, points: Sequence[OpenPoint], scheme: Scheme | None) -> None:
        same = self._points == tuple(points)
        self._points = tuple(points)
        one = points[0] if len(points) == 1 else None
        cells = [p for p in points if p.finding.district and p.finding.indicator]
        warnings = [p for p in points if not p.finding.is_error]
        asked = scheme.reported_by_id.get(one.finding.indicator or "") if one and scheme else None
        self.sentence.setText(one.finding.message if one else (f"选中 {len(points)} 处" if points else ""))
        self.advice.setText(self._said(points, one))
        fillable = one is not None and bool(cells) and asked is not None
        for widget in (self.value, self.unit, self.fill_button):
            widget.setVisible(fillable)
        for_target = one is not None and one.kind is Kind.TARGET
        self.unit.setText(asked.unit if asked is not None and asked.unit not in {"", "—"} else "")
        self.value.setPlaceholderText("目标值" if for_target else "")
        self.value.setAccessibleName("填入的目标值" if for_target else "填入的值")
        self.cell_button.setText("到区县目标" if for_target else "到数据页")
        if not same:
            self.value.clear()
            self.ground.clear()
        self.na_button.setVisible(bool(cells) and not for_target)
        self.accept_button.setVisible(any(p.is_open for p in warnings))
        self.reopen_button.setVisible(any(not p.is_open for p in points))
        self.cell_button.setVisible(one is not None and bool(one.finding.district or one.finding.indicator))
        self.ground.setVisible(bool(cells) or bool(warnings))
        self.setVisible(bool(points))
        self._dress()

    @staticmethod
    def _said(points: Sequence[OpenPoint], one: OpenPoint | None) -> str:
        if one is None:
            names = list(dict.fromkeys(p.finding.district for p in points if p.finding.district))
            return "、".join(names[:8]) + ("等" if len(names) > 8 else "")
        if one.accepted is not None:
            line = one.accepted
            return f"{line.user} 于 {line.time[:16].replace('T', ' ')} 认可：{line.why}"
        department = f"责任部门：{one.department}" if one.title else ""
        return "；".join(part for part in (one.finding.advice, department) if part)

    def _on_ground(self) -> None:
        """Enter in the ground does what there is only one of."""
        if self.accept_button.isVisible():
            self.accept_wanted.emit(self.ground.text().strip())
        elif self.na_button.isVisible():
            self.not_applicable_wanted.emit(self.ground.text().strip())

    def _dress(self) -> None:
        if not self._points:
            return
        error = any(p.finding.is_error for p in self._points)
        done = all(not p.is_open for p in self._points)
        name, tone = ("done", "pine") if done else (("error", "cinnabar") if error else ("warning", "ochre"))
        self._icon.setPixmap(self._theme.icon(name, tone, 20).pixmap(QSize(20, 20), self.devicePixelRatio()))
