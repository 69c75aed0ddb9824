"""导入: choose files, see what they would do and what is wrong with them, then write them in one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ecoscore.errors import EcoScoreError, InputRefused
from ecoscore.importing.choices import Choices
from ecoscore.importing.hints import LayoutHint
from ecoscore.importing.plan import ImportOutcome, ImportPlan
from ecoscore.importing.shelf import Shelf
from ecoscore.model.period import Period
from ui.models.changes_table import ChangesTable
from ui.models.layout_setting import layout_setting
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Cancelled, Progress, Task
from ui.widgets.changes_view import ChangesView
from ui.widgets.drop_area import DropArea, sheets_in
from ui.widgets.import_desk import ImportDesk
from ui.widgets.period_bar import PeriodBar
from ui.widgets.plan_bar import PlanBar
from ui.widgets.question_list import QuestionList

if TYPE_CHECKING:
    from ecoscore.importing.sources import Source

_MESSAGE = "import"
_TITLE = "把区县报来的表格拖到这里"
_HINT = (
    "可以是 Excel、WPS 表格或 CSV，一次可放多个文件、整个文件夹或压缩包；复制的表格可以直接粘贴。"
    "区县×指标的大表、一行一个值的长表、下发的填报表都能认。先预览，确认后才写入。"
)


class ImportPage(Page):
    title = "导入"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.whole: ImportPlan | None = None  # of all that was read
        self.plan: ImportPlan | None = None  # of what is to be written
        self.reading: Task | None = None
        self._sources: tuple[Source, ...] = ()
        self._adds_districts = False
        self._choices: Choices | None = None
        self._shelf = Shelf()
        self.setAcceptDrops(True)
        theme = session.theme
        self.drop_area = DropArea(theme, _TITLE, _HINT)
        self.desk = ImportDesk(theme)
        self.plan_bar = PlanBar(theme)
        self.questions = QuestionList()
        self.changes = ChangesTable(self)
        self.changes_view = ChangesView(self.changes, theme)
        self.period_bar = PeriodBar()
        self.more_button = self.add_button("换文件…", "folder")
        self.write_button = self.set_main_button("写入", "done")
        self._build()
        self._connect()
        self._start_over()

    # Building. ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.desk)
        split.addWidget(self.changes_view)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        planned = QWidget()
        column = QVBoxLayout(planned)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.period_bar)
        column.addWidget(self.questions)
        column.addWidget(split, 1)
        column.addWidget(self.plan_bar)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.drop_area)
        self._stack.addWidget(planned)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.drop_area.files_wanted.connect(self.choose_files)
        self.drop_area.folder_wanted.connect(self.choose_folder)
        self.drop_area.paste_wanted.connect(self.paste)
        self.drop_area.dropped.connect(self.read)
        self.more_button.clicked.connect(self.choose_files)
        self.write_button.clicked.connect(self.write)
        self.period_bar.chosen.connect(self._read_again)
        self.plan_bar.changes_toggled.connect(self.changes_view.setVisible)
        self.plan_bar.scope.changed.connect(self._narrow)
        self.plan_bar.skip_toggled.connect(self._settle_button)
        self.plan_bar.add_districts_toggled.connect(self._on_add_districts)
        self.questions.answered.connect(self.decide)
        self.questions.place_wanted.connect(self.desk.reveal_place)
        self.desk.layout_told.connect(self._on_layout_told)
        self.session.assessment_opened.connect(self._start_over)
        self.session.assessment_closed.connect(self._start_over)

    # Choosing. ------------------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        paths = self.session.messages.open_files("选择要导入的表格", self.session.settings.folder)
        if paths:
            self.session.settings.folder = paths[0].parent
            self.read(paths)

    def choose_folder(self) -> None:
        path = self.session.messages.open_folder("选择放着表格的文件夹", self.session.settings.folder)
        if path is not None:
            self.session.settings.folder = path
            self.read([path])

    def receive(self, payload: Any) -> None:
        self.read(payload)

    def paste(self) -> None:
        """Read the table on the clipboard; beside files already chosen if there are any."""
        from ecoscore.importing.sources import PastedTable  # noqa: PLC0415  not needed until somebody pastes

        text = QApplication.clipboard().text()
        if not text.strip():
            self.session.messages.info(
                "剪贴板里没有表格。", "请在 Excel 或 WPS 里选中表格并复制，再粘贴。", key=_MESSAGE
            )
            return
        self.read([*self._sources, PastedTable(text)], self._asked_period, adds_districts=self._adds_districts)

    def dragEnterEvent(self, event: Any) -> None:
        if sheets_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        event.acceptProposedAction()
        self.read(sheets_in(event.mimeData()))

    # Reading. -------------------------------------------------------------------------------------------------------

    def read(
        self,
        sources: Sequence[Source],
        period: Period | None = None,
        *,
        adds_districts: bool = False,
        choices: Choices | None = None,
    ) -> None:
        """Read files, folders and pasted tables in the background and show what importing them would do."""
        file = self.session.assessment
        if file is None or not sources:
            return
        if self.reading is not None:
            self.reading.cancel()
        self._sources, self._adds_districts, self._choices = tuple(sources), adds_districts, choices
        shelf = self._shelf
        self.session.messages.clear(_MESSAGE)

        def work(progress: Progress, cancelled: Cancelled) -> ImportPlan:
            return file.plan_import(
                sources, period=period, add_districts=adds_districts, choices=choices,
                shelf=shelf, progress=progress, cancelled=cancelled,
            )  # fmt: skip

        self.more_button.setEnabled(False)
        self.write_button.setEnabled(False)
        self.drop_area.say("正在读取……", _names(sources))
        self.reading = task = self.session.tasks.run(
            "正在读取表格",
            work,
            lambda plan: self._on_read(plan) if task is self.reading else None,  # a newer reading has its place
            lambda error: self._on_unread(error) if task is self.reading else None,
            lambda: self._on_cancelled() if task is self.reading else None,
        )

    def _on_read(self, plan: ImportPlan) -> None:
        self.reading = None
        self.more_button.setEnabled(True)
        file, sheet = self.desk.file, self.desk.sheet.model.sheet
        self.whole = plan
        self.subheading.setText(f"{len(plan.files)} 个文件")
        self.desk.sheet.setting = setting = layout_setting(self.session)
        self.desk.show_plan(plan)
        if file is not None and sheet is not None:
            self.desk.show_again(file.name, sheet.name)
        self.questions.show_plan(plan, setting)
        self.plan_bar.scope.show_plan(plan)
        here = self.session.period
        self.period_bar.show_plan(plan, (here, here.previous_year, *self.session.periods))
        for button in (self.more_button, self.write_button):
            button.show()
        self._narrow()
        self._stack.setCurrentIndex(1)

    def _narrow(self) -> None:
        """Plan for those files and districts alone that are to be written."""
        if self.whole is None:
            return
        self.plan = plan = self.plan_bar.scope.narrowed(self.whole)
        scheme = self.session.scheme
        self.changes.show(plan, scheme.by_id if scheme is not None else {})
        unknown = sum(f.code == "unknown_district" for f in plan.findings)
        self.plan_bar.show_plan(plan, unknown_districts=unknown, adds_districts=self._adds_districts)
        self._settle_button()

    def _on_unread(self, error: EcoScoreError) -> None:
        self._end_reading()
        self.session.messages.error(error.message, error.advice, key=_MESSAGE)
        if isinstance(error, InputRefused) and self.plan is None:
            self.drop_area.say(_TITLE, _HINT)

    def _on_cancelled(self) -> None:
        self._end_reading()
        self.session.messages.info("已取消读取，什么也没有写入。", key=_MESSAGE)

    def _end_reading(self) -> None:
        self.reading = None
        self.more_button.setEnabled(True)
        self.drop_area.say(_TITLE, _HINT)
        self._settle_button()

    # Choices. -------------------------------------------------------------------------------------------------------

    def _on_add_districts(self, on: bool) -> None:
        self._adds_districts = on
        self._read_again(self._asked_period)

    def decide(self, choices: Choices) -> None:
        """Plan anew with an answer given."""
        self._choices = choices
        self._read_again(self._asked_period)

    def _on_layout_told(self, file: str, sheet: str, hint: LayoutHint) -> None:
        if self.plan is not None:
            self.decide(self.plan.choices.with_layout(file, sheet, hint))

    def _read_again(self, period: Period | None) -> None:
        self.read(self._sources, period, adds_districts=self._adds_districts, choices=self._choices)

    @property
    def _asked_period(self) -> Period | None:
        return self.plan.period if self.plan is not None else None

    def _settle_button(self) -> None:
        plan = self.plan
        if plan is None or self.reading is not None:
            self.write_button.setEnabled(False)
            return
        counts = plan.counts
        values = counts.new + counts.changed
        targets = [f"{counts.targets} 个目标值"] if counts.targets else []
        self.write_button.setText("写入 " + "、".join(([f"{values} 个值"] if values or not targets else []) + targets))
        skips = self.plan_bar.skip.isChecked()
        something = bool(values or counts.targets or counts.new_districts)
        read_only = self.session.assessment is None or self.session.assessment.read_only
        self.write_button.setEnabled(something and not read_only and plan.is_writable(skip_errors=skips))
        if read_only:
            self.write_button.setToolTip("文件以只读方式打开，不能写入")
        elif not something:
            self.write_button.setToolTip("没有要写入的值")
        elif not plan.is_writable(skip_errors=skips):
            self.write_button.setToolTip("还有错误：请改好原表后重新导入，或选择跳过有问题的格")
        else:
            self.write_button.setToolTip("")

    # Writing. -------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the plan in one transaction; it becomes one undo step."""
        file, plan = self.session.assessment, self.plan
        if file is None or plan is None:
            return
        skips = self.plan_bar.skip.isChecked()
        why = f"导入 {_names(self._sources)}"

        def work(_progress: Progress, _cancelled: Cancelled) -> ImportOutcome:
            return file.apply_import(plan, skip_errors=skips, why=why)

        self.write_button.setEnabled(False)
        self.more_button.setEnabled(False)
        self.session.tasks.run("正在写入", work, lambda outcome: self._on_written(plan, outcome), self._on_unwritten)

    def _on_written(self, plan: ImportPlan, outcome: ImportOutcome) -> None:
        self.session.adopt_import(outcome)
        if plan.periods and self.session.period not in plan.periods:
            self.session.set_period(plan.periods[-1])
        parts = [f"新增 {outcome.added} 个值", f"修改 {outcome.changed} 个"]
        parts += [f"目标值 {outcome.targets} 个"] if outcome.targets else []
        parts += [f"新区县 {outcome.districts} 个"] if outcome.districts else []
        parts += [f"跳过 {outcome.left_out} 处"] if outcome.left_out else []
        self._start_over()
        self.session.messages.success(
            f"已导入 {len(plan.files)} 个文件：{'，'.join(parts)}。", "可用 Ctrl+Z 一次全部撤销。" if not outcome.record.is_empty else "",
            key=_MESSAGE, action=("看评分结果", lambda: self.go.emit("results", None)),
        )  # fmt: skip

    def _on_unwritten(self, error: EcoScoreError) -> None:
        self.more_button.setEnabled(True)
        self._settle_button()
        self.session.messages.error(error.message, error.advice, key=_MESSAGE)

    def _start_over(self) -> None:
        shelf, self._shelf = self._shelf, Shelf()
        shelf.close()
        self.whole = self.plan = None
        self.plan_bar.scope.clear()
        self._sources = ()
        self._adds_districts = False
        self._choices = None
        self.questions.show_plan(None)
        self.desk.show_plan(None)
        self.subheading.setText("")
        self.plan_bar.skip.setChecked(False)
        self.plan_bar.changes_button.setChecked(False)
        self.changes_view.hide()
        self.drop_area.say(_TITLE, _HINT)
        self.more_button.setEnabled(True)
        self.more_button.hide()
        self.write_button.hide()
        self._stack.setCurrentIndex(0)


def _names(sources: Sequence[Source]) -> str:
    return "、".join(source.name if isinstance(source, Path) else "粘贴的表格" for source in sources[:3])
