"""The journal, searchable: who, when, what, from what to what, why."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ecoscore.model.journal import ACTION_TITLES, JournalEntry
from ecoscore.storage.search import JournalQuery
from ui.models.rows_table import Column, RowsTable
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.facts_card import FactsCard
from ui.widgets.row_view import RowView

PAGE = 500
_PAUSE_MS = 250
_SPANS = (("全部时间", None), ("今天", 0), ("近 7 天", 6), ("近 30 天", 29), ("近一年", 364))


def _moved(entry: JournalEntry) -> str:
    if entry.old is None and entry.new is None:
        return "—"
    return f"{entry.old or '空'} → {entry.new or '空'}"


_COLUMNS = (
    Column("time", "时间", lambda e: e.time[:19].replace("T", " "), lambda e: e.id, width=148),
    Column("user", "谁", lambda e: e.user, width=84),
    Column("action", "操作", lambda e: e.action_title, width=116),
    Column("subject", "对象", lambda e: e.subject, width=240, tip=lambda e: e.subject),
    Column("change", "原值 → 新值", _moved, width=190, tip=_moved),
    Column("why", "原因", lambda e: e.why or "—", width=140, tip=lambda e: e.why or None),
)


class JournalDesk(QWidget):
    """Filters above, lines below, newest first; more lines come when asked for."""

    counted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._limit = PAGE
        self._asked: object = None
        self.words = QLineEdit(placeholderText="查找对象、数值、原因、来源", clearButtonEnabled=True)
        self.district, self.indicator, self.user, self.action, self.span = (QComboBox() for _ in range(5))
        self.table = RowsTable(_COLUMNS, session.theme, parent=self)
        self.view = RowView(self.table, session.theme, "修改日志")
        self.view.stretch("subject")
        self.more = QPushButton("再显示")
        self.said = QLabel(objectName="muted")
        self.card = FactsCard()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self._build()
        self.view.current_changed.connect(self._explain)
        session.values_changed.connect(lambda _: self._pause.start() if self.isVisible() else None)

    def _build(self) -> None:
        strip = QFrame(objectName="strip")
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.words.setAccessibleName("查找日志")
        self.words.textChanged.connect(lambda _: self._again())
        row.addWidget(self.words, 2)
        for box, name in (
            (self.district, "区县"), (self.indicator, "指标"), (self.user, "谁"), (self.action, "操作"), (self.span, "时间"),
        ):  # fmt: skip
            box.setAccessibleName(name)
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(lambda _: self._again())
            row.addWidget(box, 1)
        for text, days in _SPANS:
            self.span.addItem(text, days)
        foot = QFrame(objectName="stripBelow")
        below = QHBoxLayout(foot)
        below.setContentsMargins(16, 6, 16, 6)
        below.addWidget(self.said, 1)
        below.addWidget(self.more)
        self.more.clicked.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self.view, 1)
        layout.addWidget(foot)
        self.setFocusProxy(self.words)

    def refresh(self) -> None:
        """Fill the filters with what there is, and search."""
        file, scheme = self._session.assessment, self._session.scheme
        if file is None or scheme is None:
            return
        users, actions = file.journal_users()
        _fill(self.district, "全部区县", [(d.name, d.name) for d in file.districts])
        _fill(self.indicator, "全部指标", [(q.title, q.id) for q in scheme.reported])
        _fill(self.user, "所有人", [(u, u) for u in users])
        _fill(self.action, "全部操作", [(ACTION_TITLES.get(a, a), a) for a in actions])
        self.search()

    @property
    def query(self) -> JournalQuery:
        days, since = self.span.currentData(), ""
        if days is not None:
            since = (dt.datetime.now().astimezone().date() - dt.timedelta(days=days)).isoformat()
        action = self.action.currentData()
        return JournalQuery(
            district=self.district.currentData() or "", indicator=self.indicator.currentData() or "",
            user=self.user.currentData() or "", actions=(action,) if action else (), since=since,
            words=self.words.text().strip(),
        )  # fmt: skip

    def search(self) -> None:
        file, query, limit = self._session.assessment, self.query, self._limit
        if file is None:
            return
        asked = self._asked = (query, limit, file.version)

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[tuple[JournalEntry, ...], int]:
            return file.search_journal(query, limit)

        def done(found: tuple[tuple[JournalEntry, ...], int]) -> None:
            if asked == self._asked and file is self._session.assessment:
                self._show(*found)

        self._session.tasks.run("正在查找日志", work, done, quiet=True, owner=self)

    def _again(self) -> None:
        self._limit = PAGE
        self._pause.start()

    def _show_more(self) -> None:
        self._limit *= 4
        self.search()

    def _show(self, entries: tuple[JournalEntry, ...], count: int) -> None:
        self.table.show(entries)
        self.view.fit("user", 72, 140)
        if entries:
            self.view.choose(entries[0])
        shown = len(entries)
        told = f"{count} 条" if shown == count else f"显示最近 {shown} 条，共 {count} 条"
        self.said.setText(told if count else "没有符合条件的记录，请放宽条件。")
        self.more.setVisible(shown < count)
        self.more.setText(f"再显示 {min(count, self._limit * 4) - shown} 条")
        self.counted.emit(count)

    def _explain(self, entry: JournalEntry | None) -> None:
        if entry is None:
            return
        self.card.show_facts(
            f"第 {entry.id} 条 · {entry.action_title}",
            "",
            "",
            [
                ("何时何人", [("时间", entry.time[:19].replace("T", " ")), ("谁", entry.user)]),
                ("改了什么", [("对象", entry.subject), ("原值", entry.old or "空"), ("新值", entry.new or "空")]),
                ("依据", [("原因", entry.why), ("来源", entry.source or "")]),
                ("防改", [("摘要", entry.digest[:16])]),
            ],
        )


def _fill(box: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
    wanted = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, "")
    for text, data in choices:
        box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(wanted), 0))
    box.blockSignals(False)
