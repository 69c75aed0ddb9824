"""What the last change did: the district's total, rank and grade as one types, over whatever explains the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ecoscore.errors import InputRefused
from ecoscore.model.district import LEVEL_TITLES, Level
from ecoscore.model.result import plain
from ui.session import Session

if TYPE_CHECKING:
    from ecoscore.model.result import Result


class LiveScore(QFrame):
    """Compares the newest result with the one before it, for the district looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._session = session
        self._before: Result | None = None
        self._now: Result | None = None
        self.total = QLabel()
        self.standing = QLabel(objectName="muted")
        self.effect = QLabel()
        self.effect.setWordWrap(True)
        self.level_button = QPushButton()
        self.level_button.setAccessibleName("改按这个区县的层级评分")
        self.level_button.clicked.connect(self._change_level)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.total)
        row.addWidget(self.standing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 10)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.effect)
        column.addWidget(self.level_button, alignment=Qt.AlignmentFlag.AlignLeft)
        session.result_ready.connect(self._on_result)
        session.result_refused.connect(self._on_refused)
        session.selection_changed.connect(lambda _: self._tell())
        session.period_changed.connect(self._forget)
        session.level_changed.connect(self._forget)
        session.assessment_opened.connect(self._forget)
        session.assessment_closed.connect(self._forget)
        self.hide()

    def _forget(self, *_: Any) -> None:
        self._before, self._now = None, self._session.latest_result
        self._tell()

    def _on_refused(self, error: InputRefused) -> None:
        self._before = self._now = None
        self.total.setText("还不能评分")
        self.standing.setText("")
        self.effect.setText(error.message)
        self.level_button.hide()
        self.show()

    def _on_result(self, result: Result) -> None:
        if result is self._now:
            return
        same = self._now is not None and self._now.period == result.period
        self._before, self._now = (self._now if same else None), result
        self._tell()

    def _tell(self) -> None:
        now, district = self._now, self._session.selection.district
        n = now.district_at.get(district) if now is not None and district is not None else None
        other = self._other_level() if now is not None and n is None else None
        self.level_button.setVisible(other is not None)
        if other is not None:
            self._lead_to(other)
            return
        if now is None or n is None:
            self.hide()
            return
        layers, places = now.layers, now.scheme.decimals
        rank, total = int(layers.rank[n]), float(layers.total[n])
        self.total.setText(f"<span style='font-size:12pt'>{total:.{places}f}</span> 分")
        words = [f"第 {rank} 名" if rank else "", layers.grade[n]]
        self.standing.setText("　".join(w for w in words if w))
        self.effect.setText(self._change(district or "", total, rank, layers.grade[n]))
        self.effect.setVisible(bool(self.effect.text()))
        self.show()

    def _other_level(self) -> Level | None:
        """The level of the district looked at, where another one is scored now."""
        file, district = self._session.assessment, self._session.selection.district
        if file is None or not self._session.levels:
            return None
        own = next((d.level for d in file.districts if d.name == district), None)
        return own if own is not self._session.shown_level else None

    def _lead_to(self, level: Level) -> None:
        shown = self._session.shown_level
        assert shown is not None
        self.total.setText(f"现按{LEVEL_TITLES[shown]}评分")
        self.standing.setText("")
        self.effect.setText(f"{self._session.selection.district}是{LEVEL_TITLES[level]}，总分和名次要按本级看。")
        self.effect.show()
        self.level_button.setText(f"改按{LEVEL_TITLES[level]}")
        self.show()

    def _change_level(self) -> None:
        level = self._other_level()
        if level is not None:
            self._session.set_level(level)
            self._session.result()

    def _change(self, district: str, total: float, rank: int, grade: str) -> str:
        """What moved since the result before; nothing where nothing did."""
        before = self._before
        at = before.district_at.get(district) if before is not None else None
        if before is None or at is None:
            return ""
        was, stood, graded = float(before.layers.total[at]), int(before.layers.rank[at]), before.layers.grade[at]
        parts = []
        if moved := round(total - was, 6):
            parts.append(f"总分 {'+' if moved > 0 else '−'}{plain(abs(moved))}")
        if rank != stood and rank and stood:
            parts.append(f"名次 {stood} → {rank} {'▲' if rank < stood else '▼'}")
        if grade != graded:
            parts.append(f"等次 {graded} → {grade}")
        return f"刚才的修改：{'，'.join(parts)}" if parts else "刚才的修改没有影响总分"


class Explained(QWidget):
    """The live score above, and below it what explains the cell."""

    def __init__(self, session: Session, card: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.live = LiveScore(session)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.live)
        layout.addWidget(card, 1)
        self.setFocusProxy(card)
