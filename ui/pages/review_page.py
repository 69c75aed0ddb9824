"""核对: everything open before scoring, each with who answers for it and what to do right here; and the adjustments desk."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ecoscore.assessment.review import Kind, OpenPoint, Review
from ecoscore.errors import InputRefused
from ecoscore.model.observation import Observation
from ui.commands.review import AcceptPoints, ReopenPoints
from ui.commands.scheme_targets import SetTargets
from ui.commands.values import EditValue, SetBlock
from ui.entry import not_applicable, read_entry, read_target
from ui.models.rows_table import Column, RowsTable
from ui.pages.page import TARGETS, Page
from ui.session import CellKey, Session
from ui.widgets.events_desk import EventsDesk
from ui.widgets.point_desk import PointDesk
from ui.widgets.row_view import RowView

_MESSAGE = "review"
_EVERYBODY = "全部部门"
_EVENTS = "events"


def _state(point: OpenPoint) -> str:
    if point.accepted is not None:
        return f"已认可：{point.accepted.why}"
    return "须处理" if point.finding.is_error else "待处理"


def _tone(point: OpenPoint) -> str:
    if point.accepted is not None:
        return "mist"
    return "cinnabar" if point.finding.is_error else "ochre"


_COLUMNS = (
    Column("kind", "类别", lambda p: p.kind.heading, lambda p: list(Kind).index(p.kind), width=104, tone=_tone),
    Column(
        "said", "问题", lambda p: p.finding.message, width=380,
        tip=lambda p: "\n".join(t for t in (p.finding.message, p.finding.advice) if t),
        tone=lambda p: "mist" if p.accepted else None,
    ),
    Column("district", "区县", lambda p: p.finding.district or "—", width=100),
    Column("department", "责任部门", lambda p: p.department, width=130),
    Column("state", "处理", _state, width=140, tone=_tone, tip=_state),
)  # fmt: skip


class ReviewPage(Page):
    title = "核对"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = RowsTable(_COLUMNS, session.theme, key=lambda p: p.finding, parent=self)
        self.view = RowView(self.table, session.theme, "待处理的问题")
        self.view.stretch("said")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.desk = PointDesk(session.theme)
        self.events = EventsDesk(session)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.empty = QLabel(objectName="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._review: Review | None = None
        self._keys: list[str] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        self.departments = QComboBox()
        self.departments.setAccessibleName("责任部门")
        self.departments.setMinimumWidth(140)
        self.add_header_widget(self.departments)
        self.accepted_box = QCheckBox("含已认可")
        self.add_header_widget(self.accepted_box)
        self.score_button = self.set_main_button("评分", "results")
        points = QWidget()
        column = QVBoxLayout(points)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.desk)
        self._stack = QStackedWidget()
        for widget in (self.empty, points, self.events):
            self._stack.addWidget(widget)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        session = self.session
        session.year.changed.connect(self._refresh)
        session.assessment_opened.connect(self._on_opened)
        session.period_changed.connect(self._on_opened)
        self.tabs.currentChanged.connect(lambda _: self._fill())
        self.departments.currentTextChanged.connect(lambda _: self._fill())
        self.accepted_box.toggled.connect(lambda _: self._refresh())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_desk())
        self.view.chosen.connect(lambda _: self._go_to_cell())
        self.score_button.clicked.connect(lambda: self.go.emit("results", None))
        self.desk.value_given.connect(self._fill_in)
        self.desk.not_applicable_wanted.connect(self._set_not_applicable)
        self.desk.accept_wanted.connect(self._accept)
        self.desk.reopen_wanted.connect(self._reopen)
        self.desk.cell_wanted.connect(self._go_to_cell)

    # Following the file. --------------------------------------------------------------------------------------------

    def entered(self) -> None:
        self.session.year.ask()
        self.events.refresh()
        self._refresh()
        (self.events if self._key == _EVENTS else self.view).setFocus()

    def left(self) -> None:
        self.session.messages.clear(_MESSAGE)

    def receive(self, payload: Any) -> None:
        if payload == _EVENTS and _EVENTS in self._keys:
            self.tabs.setCurrentIndex(self._keys.index(_EVENTS))

    def _on_opened(self, *_: Any) -> None:
        self._review = None
        self.events.refresh()
        self._refresh()

    @property
    def _key(self) -> str:
        at = self.tabs.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else ""

    def _refresh(self) -> None:
        if self.session.assessment is None:
            return
        state = self.session.year.state
        self._review = state.review if state is not None else None
        points = self._shown()
        counts = {kind: sum(p.kind is kind for p in points) for kind in Kind}
        wanted = self._key
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        self._keys = ["", *(str(kind) for kind in Kind if counts[kind]), _EVENTS]
        for key in self._keys:
            if key == _EVENTS:
                held = len(self.session.assessment.events(self.session.period))
                self.tabs.addTab(f"加减分事项（{held}）")
            else:
                heading, count = (Kind(key).heading, counts[Kind(key)]) if key else ("全部", len(points))
                self.tabs.addTab(f"{heading}（{count}）")
        self.tabs.setCurrentIndex(self._keys.index(wanted) if wanted in self._keys else 0)
        self.tabs.blockSignals(False)
        self._fill_departments(points)
        self._say_state()
        self._fill()

    def _shown(self) -> list[OpenPoint]:
        if self._review is None:
            return []
        return [p for p in self._review.points if p.is_open or self.accepted_box.isChecked()]

    def _fill_departments(self, points: list[OpenPoint]) -> None:
        wanted = self.departments.currentText()
        names = list(dict.fromkeys(p.department for p in points))
        self.departments.blockSignals(True)
        self.departments.clear()
        self.departments.addItems([_EVERYBODY, *names])
        self.departments.setCurrentText(wanted if wanted in names else _EVERYBODY)
        self.departments.blockSignals(False)

    def _say_state(self) -> None:
        period, review = self.session.period.title, self._review
        if review is None:
            self.subheading.setText(f"{period} · 正在核对")
            return
        count = len(review.open)
        errors = sum(p.finding.is_error for p in review.open)
        told = f"{period} · {count} 处待处理" + (f"，其中 {errors} 处不处理不能评分" if errors else "")
        self.subheading.setText(told if count else f"{period} · 没有待处理的问题")

    def _fill(self) -> None:
        key = self._key
        for widget in (self.departments, self.accepted_box):
            widget.setVisible(key != _EVENTS)
        if key == _EVENTS:
            self._stack.setCurrentWidget(self.events)
            return
        department = self.departments.currentText()
        rows = [
            p for p in self._shown()
            if (not key or p.kind == key) and department in {_EVERYBODY, "", p.department}
        ]  # fmt: skip
        self._stack.setCurrentIndex(1 if rows else 0)
        if not rows:
            self.empty.setText(self._nothing())
        here = self.view.currentIndex().row()
        if tuple(rows) != self.table.rows:
            self.table.show(rows)
            self.view.fit("district", 84, 180)
            self.view.fit("department", 110, 200)
            if rows:
                self.view.setCurrentIndex(self.view.proxy.index(max(0, min(here, len(rows) - 1)), 0))
        self._show_desk()

    def _nothing(self) -> str:
        if self._review is None:
            return "正在核对……"
        if self._review.refusal is not None and not self._review.points:
            return f"{self._review.refusal.message}。\n{self._review.refusal.advice}"
        return "没有待处理的问题，可以评分。" if not self._review.open else "这一类没有待处理的问题。"

    def _show_desk(self) -> None:
        self.desk.show_points(self.view.selected, self.session.scheme)

    # Settling. ------------------------------------------------------------------------------------------------------

    def _cell_of(self, point: OpenPoint) -> CellKey | None:
        finding = point.finding
        if finding.district is None or finding.indicator is None:
            return None
        return finding.district, finding.indicator, self.session.period

    def _fill_in(self, text: str) -> None:
        point = next(iter(self.view.selected), None)
        key = self._cell_of(point) if point is not None else None
        scheme = self.session.scheme
        if point is None or key is None or scheme is None or not text.strip():
            return
        indicator = scheme.reported_by_id[key[1]]
        command: QUndoCommand
        try:
            if point.kind is Kind.TARGET:
                goal = {key[:2]: read_target(key[0], indicator, text)}
                command = SetTargets(self.session, key[2], goal)
            else:
                observation = read_entry(key, indicator, text)
                command = EditValue(self.session, indicator.title, key, observation, why="核对时填入")
        except InputRefused as error:
            self.session.messages.error(error.message, error.advice, key=_MESSAGE)
            return
        self.session.messages.clear(_MESSAGE)
        self.session.undo_stack.push(command)
        self.session.year.ask()

    def _set_not_applicable(self, ground: str) -> None:
        keys = [key for p in self.view.selected if (key := self._cell_of(p)) is not None]
        if not keys or not self._has_ground(ground, "设为不适用", "例如“无海岸线，市局函〔2024〕3号”"):
            return
        states: dict[CellKey, Observation | None] = {key: not_applicable(key, ground) for key in keys}
        self.session.undo_stack.push(SetBlock(self.session, "设为不适用", states, why=ground))
        self.session.year.ask()

    def _accept(self, why: str) -> None:
        findings = [p.finding for p in self.view.selected if p.is_open and not p.finding.is_error]
        if findings and self._has_ground(why, "认可", "例如“经电话核实属实”"):
            self.session.undo_stack.push(AcceptPoints(self.session, findings, why))

    def _reopen(self) -> None:
        points = [p for p in self.view.selected if p.accepted is not None]
        if points:
            why = points[0].accepted.why if points[0].accepted is not None else ""
            self.session.undo_stack.push(ReopenPoints(self.session, [p.finding for p in points], why))

    def _has_ground(self, ground: str, verb: str, example: str) -> bool:
        if ground:
            self.session.messages.clear(_MESSAGE)
            return True
        self.session.messages.warn(f"没有写明依据，未{verb}。", f"请先在下面一行写明，{example}。", key=_MESSAGE)
        self.desk.ground.setFocus()
        return False

    def _go_to_cell(self) -> None:
        point = self.view.current
        if point is None:
            return
        finding = point.finding
        if point.kind is Kind.TARGET:
            self.session.select(finding.district, finding.indicator)
            self.go.emit("scheme", TARGETS)
            return
        first = self.session.assessment.districts[0].name if self.session.assessment is not None else None
        self.session.select(finding.district or first, finding.indicator)
        self.go.emit("data", None)
