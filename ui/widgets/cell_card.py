"""What the inspector says about one cell: its value, where it came from, what it is measured by, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ecoscore.model.finding import Finding
from ecoscore.model.journal import JournalEntry
from ecoscore.model.result import plain
from ecoscore.model.scheme import DIRECTION_TITLES, Indicator, Reported
from ui.models.cell_view import CellView


class CellCard(QScrollArea):
    """Facts of the selected cell in a narrow column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(objectName="page")
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(16, 4, 16, 16)
        self._layout.setSpacing(6)
        self.place = _label("muted")
        self.title = _label("sectionTitle")
        self.value = _label("big")
        self.status = _label("muted")
        self.problem = _label("problem")
        self.warning = _label("warning")
        for label in (self.place, self.title, self.value, self.status, self.problem, self.warning):
            self._layout.addWidget(label)
        self._facts = _section(self._layout, "计量与考核")
        self._origin = _section(self._layout, "来源")
        self._history = _section(self._layout, "历史")
        self._layout.addStretch(1)
        self.setWidget(inner)

    def show_cell(
        self, cell: CellView, target: float | None, journal: Sequence[JournalEntry], score: str | None = None
    ) -> None:
        district, _, period = cell.key
        indicator = cell.indicator
        self.place.setText(f"{district} · {period.title}")
        self.title.setText(indicator.title)
        unit = "" if indicator.unit in {"", "—"} else f" <span style='font-size:9pt'>{escape(indicator.unit)}</span>"
        shown = cell.derived or cell.text
        self.value.setText(f"{escape(shown)}{unit}" if cell.derived or cell.value is not None else cell.status.title)
        self.status.setText(_trend(cell))
        self.status.setVisible(bool(self.status.text()))
        refused = [f"未接受“{cell.rejected.text}”：{cell.rejected.reason}"] if cell.rejected is not None else []
        _say(self.problem, refused + [_sentence(f) for f in cell.findings if f.is_error])
        _say(self.warning, [_sentence(f) for f in cell.findings if not f.is_error])
        _fill(self._facts, [*_facts(indicator, target), ("本项得分", score)])
        held = cell.observation
        _fill(
            self._origin,
            []
            if held is None
            else [("来自", held.source), ("原文", held.raw), ("口径", held.basis), ("说明", held.note)],
        )
        _fill(self._history, [(_when(e), _what(e)) for e in reversed(journal)])


def _facts(indicator: Reported, target: float | None) -> list[tuple[str, str | None]]:
    low, high = indicator.valid or (None, None)
    limits = None
    if low is not None or high is not None:
        limits = f"{'不限' if low is None else plain(low)} — {'不限' if high is None else plain(high)}"
    if not isinstance(indicator, Indicator):
        return [("性质", "基础数据，不直接计分"), ("有效范围", limits), ("责任部门", indicator.department)]
    goal = target if target is not None else indicator.target
    return [
        ("方向", DIRECTION_TITLES[indicator.direction]),
        ("性质", "约束性指标" if indicator.binding else "预期性指标"),
        ("目标值", None if goal is None else plain(goal)),
        ("权重", plain(indicator.weight)),
        ("计分规则", indicator.rule.title),
        ("推算", "没有填报时由基础数据算得" if indicator.formula is not None else None),
        ("有效范围", limits),
        ("责任部门", indicator.department),
    ]


def _sentence(finding: Finding) -> str:
    return finding.message + (f"（{finding.advice}）" if finding.advice else "")


def _say(label: QLabel, sentences: Sequence[str]) -> None:
    label.setText("\n".join(sentences))
    label.setVisible(bool(sentences))


def _trend(cell: CellView) -> str:
    if cell.derived:
        return "由基础数据算得，没有直接填报"
    if not cell.previous_text:
        return ""
    words = {1: "，比上年变好 ▲", -1: "，比上年变差 ▼", 0: "，与上年持平", None: ""}[cell.better]
    return f"上年 {cell.previous_text}{words}"


def _when(entry: JournalEntry) -> str:
    return entry.time[:16].replace("T", " ")[5:]


def _what(entry: JournalEntry) -> str:
    change = f"{entry.old or '空'} → {entry.new or '空'}"
    if entry.action not in {"set_value", "clear_value"}:
        change = f"{entry.action_title}：{change}"
    return "\n".join(p for p in (f"{change}（{entry.user}）", entry.why) if p)


def _label(name: str) -> QLabel:
    label = QLabel(objectName=name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _section(layout: QVBoxLayout, title: str) -> QWidget:
    box = QWidget()
    inner = QVBoxLayout(box)
    inner.setContentsMargins(0, 12, 0, 0)
    inner.setSpacing(4)
    head = QLabel(title)
    head.setProperty("muted", True)
    inner.addWidget(head)
    rows = QWidget()
    grid = QGridLayout(rows)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 60)
    inner.addWidget(rows)
    layout.addWidget(box)
    return box


def _fill(box: QWidget, rows: Sequence[tuple[str, str | None]]) -> None:
    """Rows of name and text; a section with nothing to say is not shown."""
    grid = box.findChild(QGridLayout)
    assert grid is not None
    told = [(name, text) for name, text in rows if text]
    held = grid.count() // 2
    for row, (name, text) in enumerate(told):
        key, value = _pair(grid, row) if row < held else _new_pair(grid, row)
        if key.text() != name:
            key.setText(name)
        if value.text() != text:
            value.setText(text)
        key.setVisible(True)
        value.setVisible(True)
    for row in range(len(told), held):  # kept for the next cell: making labels takes longer than writing them
        for label in _pair(grid, row):
            label.setVisible(False)
    box.setVisible(bool(told))


def _pair(grid: QGridLayout, row: int) -> tuple[QLabel, QLabel]:
    labels = [item.widget() for column in (0, 1) if (item := grid.itemAtPosition(row, column)) is not None]
    key, value = labels
    assert isinstance(key, QLabel)
    assert isinstance(value, QLabel)
    return key, value


def _new_pair(grid: QGridLayout, row: int) -> tuple[QLabel, QLabel]:
    key, value = QLabel(), QLabel()
    key.setProperty("muted", True)
    key.setAlignment(Qt.AlignmentFlag.AlignTop)
    value.setWordWrap(True)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid.addWidget(key, row, 0)
    grid.addWidget(value, row, 1)
    return key, value
