"""下发: write each district's entry form into a folder, and see who has got one and how much has come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ecoscore.assessment import FormOf
from ecoscore.assessment.forms import FormState
from ecoscore.errors import EcoScoreError
from ecoscore.model.observation import Observation, Status
from ui.folders import open_folder
from ui.messages import Message, Tone
from ui.models.rows_table import Column, RowsTable
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.facts_card import FactsCard
from ui.widgets.row_view import RowView

_MESSAGE = "forms"
_NOBODY = "未注明部门"


def when(time: str) -> str:
    """A moment as people write it."""
    return time[:16].replace("T", " ")


def _word(row: FormState) -> str:
    if row.is_complete and row.is_returned:
        return "齐全"
    if row.is_returned:
        return f"缺 {row.due - row.reported} 项"
    return "未返回" if row.issued else "—"


def _tone(row: FormState) -> str:
    if row.is_returned:
        return "pine" if row.is_complete else "ochre"
    return "ochre" if row.issued else "mist"


_COLUMNS = (
    Column("district", "区县", lambda r: r.district, width=180, ticks=True),
    Column("group", "分类组", lambda r: r.peer_group or "—", width=110, tone=lambda _: "mist"),
    Column(
        "issued", "填报表", lambda r: f"{when(r.issued)} 下发" if r.issued else "未下发", lambda r: r.issued or None,
        width=170, tone=lambda r: None if r.issued else "mist", tip=lambda r: r.file or None,
    ),
    Column(
        "returned", "已报", lambda r: f"{r.reported}/{r.due}", lambda r: r.reported / r.due if r.due else 1.0, width=190,
        numeric=True, bar=lambda r: r.reported / r.due if r.due else None,
    ),
    Column("state", "返回", _word, lambda r: r.due - r.reported, width=120, tone=_tone),
)  # fmt: skip


class FormsPage(Page):
    title = "下发"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = RowsTable(_COLUMNS, session.theme, key=lambda row: row.district, parent=self)
        self.view = RowView(self.table, session.theme, "下发与返回")
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # long names differ at their ends
        self.view.set_bar("returned")
        self.card = FactsCard()
        self.all_button = self.add_button("全选")
        self.new_button = self.add_button("只选未下发")
        self.remind_button = self.add_button("复制催报清单", "copy")
        self.by_box = QComboBox()
        self.by_box.setAccessibleName("填报表怎样分")
        self.by_box.addItem("每个区县一份", "district")
        self.by_box.addItem("每个部门一份", "department")
        self.by_box.setToolTip("每个部门一份：一张表里列出所有勾选的区县，只问该部门负责的指标")
        self.add_header_widget(self.by_box)
        self.write_button = self.set_main_button("下发填报表…", "send")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._build_empty())
        self.body.addWidget(self._stack, 1)
        self._first = True
        self.all_button.clicked.connect(self._tick_all)
        self.new_button.clicked.connect(lambda: self.table.tick([r for r in self.table.rows if not r.issued]))
        self.remind_button.clicked.connect(self.copy_reminder)
        self.by_box.activated.connect(self._settle_buttons)
        self.write_button.clicked.connect(self.write)
        self.view.chosen.connect(self._go_to_district)
        self.view.current_changed.connect(self._explain)
        self.table.ticked.connect(self._settle_buttons)
        session.year.changed.connect(self._refresh)
        for signal in (session.assessment_opened, session.period_changed):
            signal.connect(self._start_anew)
        self.set_inspector(self.card)

    def _build_empty(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(24, 40, 24, 24)
        self.sentence = QLabel("这里给每个区县下发一张填报表。还没有区县：先导入区县名单，或导入上年的汇总表。")
        self.sentence.setWordWrap(True)
        button = QPushButton("导入表格")
        button.setProperty("main", True)
        button.setMaximumWidth(160)
        button.clicked.connect(lambda: self.go.emit("import", None))
        layout.addWidget(self.sentence)
        layout.addSpacing(8)
        layout.addWidget(button)
        layout.addStretch(1)
        return box

    # Following the file. --------------------------------------------------------------------------------------------

    def entered(self) -> None:
        self.session.year.ask()
        self._refresh()
        self.view.setFocus()

    def left(self) -> None:
        self.session.messages.clear(_MESSAGE)

    def _start_anew(self, *_: Any) -> None:
        self._first = True
        self._refresh()

    def _refresh(self) -> None:
        file, state = self.session.assessment, self.session.year.state
        if file is None:
            return
        self._stack.setCurrentIndex(0 if file.districts else 1)
        self.set_inspector(self.card if file.districts else None)
        rows = state.forms if state is not None else ()
        if rows != self.table.rows:
            here = self.view.current
            self.table.show(rows)
            if self._first and rows:
                self._first = False
                self.table.tick([r for r in rows if not r.issued and not r.is_returned])
                self.view.fit("district", 140, 260)
                self.view.fit("group", 90, 160)
            wanted = next((r for r in rows if here is not None and r.district == here.district), None)
            self.view.choose(wanted or (rows[0] if rows else None))
        self._say_state()
        self._settle_buttons()

    def _say_state(self) -> None:
        rows = self.table.rows
        if not rows:
            self.subheading.setText(self.session.period.title)
            return
        issued, returned = sum(bool(r.issued) for r in rows), sum(r.is_returned for r in rows)
        complete = sum(r.is_returned and r.is_complete for r in rows)
        told = f"{self.session.period.title} · {len(rows)} 个区县，已下发 {issued}，已返回 {returned}"
        self.subheading.setText(told + (f"（其中齐全 {complete}）" if returned else ""))

    def _settle_buttons(self) -> None:
        chosen = len(self.table.chosen)
        some = bool(self.table.rows)
        if self.by == "department":
            count = len(self._departments())
            self.write_button.setText(f"下发 {count} 张部门填报表…" if chosen else "下发部门填报表…")
        else:
            self.write_button.setText(f"下发 {chosen} 张填报表…" if chosen else "下发填报表…")
        self.write_button.setEnabled(chosen > 0)
        self.write_button.setToolTip("" if chosen else "请先勾选区县（鼠标或空格键）")
        self.all_button.setEnabled(some)
        self.all_button.setText("全不选" if some and chosen == len(self.table.rows) else "全选")
        self.new_button.setEnabled(any(not r.issued for r in self.table.rows))
        self.remind_button.setEnabled(any(not r.is_complete for r in self.table.rows))

    @property
    def by(self) -> FormOf:
        """Whether a form is for a district or for a department."""
        return "department" if self.by_box.currentData() == "department" else "district"

    def _departments(self) -> set[str]:
        file = self.session.assessment
        return {q.department for q in file.scheme_of(self.session.period).reported} if file is not None else set()

    def _tick_all(self) -> None:
        rows = self.table.rows
        self.table.tick([] if len(self.table.chosen) == len(rows) else rows)

    # Verbs. ---------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the forms of those ticked into a folder that the user chooses."""
        folder = self.session.messages.open_folder("填报表写到哪个文件夹", self.session.settings.folder)
        if folder is not None:
            self.session.settings.folder = folder
            self.write_to(folder)

    def write_to(self, folder: Path) -> None:
        file, period, messages = self.session.assessment, self.session.period, self.session.messages
        assert file is not None
        names, by = [row.district for row in self.table.chosen], self.by
        messages.clear(_MESSAGE)

        def work(progress: Progress, cancelled: Cancelled) -> list[Path]:
            from ecoscore.assessment.forms import issue_forms  # noqa: PLC0415

            return issue_forms(file, period, folder, names, progress, cancelled, by=by)

        def done(paths: list[Path]) -> None:
            self.table.tick([])
            self.session.year.noted()
            action = ("打开文件夹", lambda: open_folder(folder))
            what, whom = ("部门填报表", "各部门") if by == "department" else ("填报表", "各区县")
            told = f"已写好 {len(paths)} 张{what}，在 {folder}。"
            messages.success(told, f"发给{whom}填写；收回后在“导入”页读入。", key=_MESSAGE, action=action)

        def failed(error: EcoScoreError) -> None:
            action = ("换个文件夹…", self.write)
            messages.post(Message(Tone.ERROR, error.message, error.advice, _MESSAGE, action))

        def stopped() -> None:
            self.session.year.noted()
            messages.info("已取消下发。", f"已经写完的填报表留在 {folder}，都是完整的。", key=_MESSAGE)

        self.session.tasks.run("正在写填报表", work, done, failed, stopped)

    def copy_reminder(self) -> None:
        """What is missing, district by district, as a text to paste into a message."""
        rows = [row for row in self.table.rows if not row.is_complete]
        lines = [f"{self.session.period.title}绿色政绩考核指标催报清单"]
        for row in rows:
            missing = self._missing(row.district)
            told = "、".join(title for titles in missing.values() for title in titles)
            lines.append(f"{row.district}（缺 {row.due - row.reported} 项）：{told if row.is_returned else '全部未报'}")
        QApplication.clipboard().setText("\n".join(lines))
        self.session.messages.info(f"催报清单已复制：{len(rows)} 个区县。", "可粘贴到通知或聊天里。", key=_MESSAGE)

    # Explaining. ----------------------------------------------------------------------------------------------------

    def _missing(self, district: str) -> dict[str, list[str]]:
        """The titles a district owes, by department."""
        file = self.session.assessment
        assert file is not None
        held = file.observations(self.session.period)
        found: dict[str, list[str]] = {}
        for indicator in file.scheme_of(self.session.period).owed:
            if _is_owed(held.get((district, indicator.id))):
                found.setdefault(indicator.department or _NOBODY, []).append(indicator.title)
        return found

    def _explain(self, row: FormState | None) -> None:
        if row is None or self.session.assessment is None:
            return
        missing = self._missing(row.district)
        count = sum(map(len, missing.values()))
        self.card.show_facts(
            row.district,
            f"{row.reported}/{row.due}",
            "已报齐" if not count else (f"还缺 {count} 项" if row.is_returned else "还没有返回"),
            [
                ("填报表", [("下发", when(row.issued)), ("文件", row.file)]),
                ("还缺的指标", [(department, "、".join(titles)) for department, titles in missing.items()]),
            ],
        )

    def _go_to_district(self, row: FormState) -> None:
        self.session.select(row.district, None)
        self.go.emit("data", None)


def _is_owed(observation: Observation | None) -> bool:
    return observation is None or observation.status is Status.MISSING
