"""成绩单: choose districts and papers, see the very pages, write them into a folder or print them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ecoscore.assessment.papers import KINDS, USUAL
from ecoscore.errors import EcoScoreError, EnvironmentFailed, InputRefused
from ecoscore.model.finding import Finding
from ui.folders import open_folder
from ui.messages import Message, Tone
from ui.models.check_list import Choice
from ui.pages.page import TARGETS, Page
from ui.papers import BY_DISTRICT, Export, PaperFolder, PaperKey
from ui.pdf_pages import PdfPages
from ui.printing import PrintJob, choose_printer, close_sheets, open_sheets
from ui.session import ResultKey, Session
from ui.tasks import Cancelled, Progress, Task
from ui.widgets.form_desk import FormDesk
from ui.widgets.paper_list import PaperList
from ui.widgets.pdf_view import PdfView
from ui.widgets.refusal_panel import RefusalPanel

_MESSAGE = "papers"


class ScorecardPage(Page):
    title = "成绩单"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._folder = PaperFolder()
        self.destroyed.connect(self._folder.close)
        self._shown: PaperKey | None = None
        self._drawing: Task | None = None
        self._job: PrintJob | None = None
        self._absent: dict[str, str] = {}  # kinds that the file has nothing for, and why
        self._absent_in: ResultKey | None = None  # in which state of the file
        self.list = PaperList(session.theme)
        self.pdf = PdfView(session.theme, session.tasks)
        self.refusal = RefusalPanel(session.theme)
        self.form = FormDesk(session, lambda: self.list.districts.chosen)
        self.form_button = self.add_button("填本单位的表…", "paper")
        self.print_button = self.add_button("打印…", "print")
        self.export_button = self.set_main_button("导出…", "export")
        self.page_label = QLabel(objectName="muted")
        self.zoom_label = QLabel()
        self._tools: list[tuple[QToolButton, str]] = []
        self.zoom_out = self._tool("minus", "缩小（-）")
        self.zoom_in = self._tool("plus", "放大（+）")
        self.fit = QToolButton()
        self._build()
        self._connect()
        self._dress_tools()

    # Building. ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        strip = QFrame(objectName="strip")
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(4)
        self.fit.setText("适合宽度")
        self.fit.setCheckable(True)
        self.fit.setChecked(True)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("400 %") + 12)
        row.addWidget(self.page_label, 1)
        for widget in (self.zoom_out, self.zoom_label, self.zoom_in, self.fit):
            row.addWidget(widget)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self.pdf, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self._right = QStackedWidget()  # the pages, or a form of the bureau's own
        self._right.addWidget(right)
        self._right.addWidget(self.form)
        split.addWidget(self.list)
        split.addWidget(self._right)
        self.list.setMinimumWidth(180)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([224, 900])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self.refusal)
        self.body.addWidget(self._stack, 1)

    def _tool(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        self._tools.append((button, icon))
        return button

    def _dress_tools(self) -> None:
        for button, icon in self._tools:
            button.setIcon(self.session.theme.icon(icon))

    def _connect(self) -> None:
        session = self.session
        self.list.current_changed.connect(self._draw)
        self.list.chosen_changed.connect(self._settle_buttons)
        self.zoom_in.clicked.connect(self.pdf.zoom_in)
        self.zoom_out.clicked.connect(self.pdf.zoom_out)
        self.fit.clicked.connect(self._on_fit)
        self.pdf.zoomed.connect(self._on_zoomed)
        self.pdf.page_changed.connect(self._on_page)
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_papers)
        self.form_button.clicked.connect(self.form.choose)
        self.form.opened.connect(lambda: self._right.setCurrentIndex(1))
        self.form.closed.connect(self._leave_form)
        self.list.current_changed.connect(self._leave_form)
        self.refusal.finding_chosen.connect(self._go_to_cell)
        self.refusal.data_wanted.connect(lambda: self.go.emit("data", None))
        self.refusal.targets_wanted.connect(lambda: self.go.emit("scheme", TARGETS))
        self.refusal.import_wanted.connect(lambda: self.go.emit("import", None))
        session.result_ready.connect(self._on_scored)
        session.result_refused.connect(self._on_refused)
        session.theme.changed.connect(self._dress_tools)
        for signal in (
            session.values_changed, session.period_changed, session.level_changed, session.assessment_opened,
        ):  # fmt: skip
            signal.connect(self._on_stale)
        session.assessment_closed.connect(self._forget)

    # Following the file. --------------------------------------------------------------------------------------------

    def entered(self) -> None:
        file = self.session.assessment
        if file is None:
            return
        self.subheading.setText(self.session.period.title)
        if self.session.result() is not None:
            self._on_scored()

    def receive(self, payload: Any) -> None:
        """The name of a district whose scorecard is wanted."""
        if isinstance(payload, str):
            self.list.look_at(payload)

    def _on_stale(self, *_: Any) -> None:
        if self.isVisible():
            self.entered()

    def _on_scored(self, *_: Any) -> None:
        file = self.session.assessment
        if file is None or not self.isVisible():
            return
        absent = self._absent
        papers = [
            Choice(key, kind.title, off=key not in USUAL, absent=absent.get(key, "")) for key, kind in KINDS.items()
        ]
        if file.scheme_of(self.session.period).unranked:
            papers = [replace_title(choice) for choice in papers]
        scored = self.session.known_result
        assessed = scored.districts if scored is not None and not isinstance(scored, InputRefused) else file.districts
        districts = [Choice(d.name, d.name, d.peer_group or "") for d in assessed]
        self.list.show_choices(papers, districts, self.list.district or self.session.selection.district)
        self.list.show_seal(sealed=file.seal_of(self.session.period) is not None)
        self._stack.setCurrentIndex(0)
        self._settle_buttons()
        self._draw()
        self._look_for_absent()

    def _look_for_absent(self) -> None:
        """Find out which kinds the file has nothing for: terms are scored for that, which takes a while."""
        file = self.session.assessment
        assert file is not None
        key = _, period, level = self.session.key
        if key == self._absent_in:
            return
        self._absent_in = key

        def work(_progress: Progress, _cancelled: Cancelled) -> dict[str, str]:
            return file.absent_papers(period, level)

        def done(absent: dict[str, str]) -> None:
            if file is self.session.assessment and key == self._absent_in and absent != self._absent:
                paper = self.list.paper or ""
                if absent.get(paper) != self._absent.get(paper):
                    self._shown = None  # what the page shows of it is no longer so
                self._absent = absent
                self._on_scored()

        self.session.tasks.run("正在看有哪些报表可出", work, done)

    def _on_refused(self, error: InputRefused) -> None:
        self.refusal.show_refusal(error)
        self._stack.setCurrentIndex(1)
        for button in (self.export_button, self.print_button, self.form_button):
            button.setEnabled(False)

    def _leave_form(self) -> None:
        self._right.setCurrentIndex(0)

    def _forget(self) -> None:
        self._leave_form()
        self._shown, self._absent, self._absent_in = None, {}, None
        self.pdf.show_pages(None)
        self._folder.close()
        self._folder = PaperFolder()

    def _settle_buttons(self) -> None:
        some = bool(self.list.papers.chosen) and (
            bool(self.list.districts.chosen) or any(p not in BY_DISTRICT for p in self.list.papers.chosen)
        )
        self.form_button.setEnabled(True)
        self.print_button.setEnabled(some and self._job is None)
        self.export_button.setEnabled(some and bool(self.list.formats))
        self.export_button.setToolTip("" if self.export_button.isEnabled() else "请先勾选报表、区县和格式")
        self.print_button.setToolTip("" if self.print_button.isEnabled() else "请先勾选报表和区县")

    # Preview. -------------------------------------------------------------------------------------------------------

    def _wanted(self) -> PaperKey | None:
        file, paper = self.session.assessment, self.list.paper
        district = self.list.district if paper in BY_DISTRICT else ""
        if file is None or paper is None or district is None:
            return None
        look = self.session.settings.paper_look
        version, period, level = self.session.key
        return PaperKey(version, period, paper, district, self.list.watermark, look, level)

    def _draw(self) -> None:
        """Draw the paper looked at, unless it is on the screen already."""
        key, file, folder = self._wanted(), self.session.assessment, self._folder
        if key is None or file is None:
            self._shown = None
            self.pdf.show_pages(None, "这个文件里还没有区县。")
            return
        if key == self._shown:
            return
        self._shown = key
        self.subheading.setText(f"{self.session.period.title} · {key.district or self.list.paper_title}")
        if reason := self._absent.get(key.paper):
            self.pdf.show_pages(None, f"没有{self.list.paper_title}：{reason}。")
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> PdfPages | None:
            return PdfPages(folder.pdf(file, key)) if key == self._shown else None

        def done(pages: PdfPages | None) -> None:
            if pages is None:
                return
            if key == self._shown and file is self.session.assessment:
                self.pdf.show_pages(pages)
            else:
                pages.close()

        self._drawing = self.session.tasks.run("正在绘制成绩单", work, done, self._on_undrawn)

    def _on_undrawn(self, error: EcoScoreError) -> None:
        self._shown = None
        self.pdf.show_pages(None, f"{error.message}\n{error.advice}")

    def _on_fit(self) -> None:
        self.fit.setChecked(True)
        self.pdf.fit_width()

    def _on_zoomed(self, zoom: float) -> None:
        self.zoom_label.setText(f"{zoom * 100:.0f} %")
        self.fit.setChecked(self.pdf.fits)

    def _on_page(self, page: int, of: int) -> None:
        self.page_label.setText(f"第 {page} 页，共 {of} 页" if of else "")

    # Writing. -------------------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write what is ticked into a folder that the user chooses."""
        folder = self.session.messages.open_folder("导出到文件夹", self.session.settings.folder)
        if folder is not None:
            self.session.settings.folder = folder
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        file, period, messages = self.session.assessment, self.session.period, self.session.messages
        assert file is not None
        chosen = self.list
        wanted = Export(
            chosen.papers.chosen, chosen.districts.chosen, chosen.formats, chosen.is_bound, bool(chosen.watermark),
            self.session.settings.paper_look, self.session.level,
        )  # fmt: skip
        messages.clear(_MESSAGE)

        def work(progress: Progress, cancelled: Cancelled) -> list[Path]:
            return wanted.write(file, period, folder, progress, cancelled)

        def done(paths: list[Path]) -> None:
            messages.success(
                f"已导出 {len(paths)} 个文件到 {folder}。",
                wanted.left_out,
                key=_MESSAGE,
                action=("打开文件夹", lambda: open_folder(folder)),
            )

        def failed(error: EcoScoreError) -> None:
            action = ("换个文件夹…", self.export) if isinstance(error, EnvironmentFailed) else None
            messages.post(Message(Tone.ERROR, error.message, error.advice, _MESSAGE, action))

        def cancelled() -> None:
            messages.info("已取消导出。", f"已经写完的文件留在 {folder}，都是完整的。", key=_MESSAGE)

        self.session.tasks.run("正在导出", work, done, failed, cancelled)

    def print_papers(self) -> None:
        """Print what is ticked: the same PDFs, drawn at the printer's resolution."""
        file, period, folder = self.session.assessment, self.session.period, self._folder
        assert file is not None
        papers, districts, watermark = self.list.papers.chosen, self.list.districts.chosen, self.list.watermark
        look, level = self.session.settings.paper_look, self.session.level
        self.session.messages.clear(_MESSAGE)

        def work(progress: Progress, cancelled: Cancelled) -> list[Path]:
            return folder.pdfs(file, period, papers, districts, watermark, look, progress, cancelled, level)

        self.session.tasks.run("正在准备打印", work, self._print)

    def _print(self, paths: list[Path]) -> None:
        sheets = open_sheets(paths)
        title = f"{self.session.period.title} {self.title}"
        try:
            printer = choose_printer(self.window(), title, len(sheets))
        except EnvironmentFailed as error:
            printer = None
            self.session.messages.error(error.message, error.advice, key=_MESSAGE)
        if printer is None:
            close_sheets(sheets)
            return
        self._job = PrintJob(
            self.session.tasks, printer, sheets, self._on_printed, self._on_unprinted, self._on_stopped
        )
        self._job.start()
        self._settle_buttons()

    def _on_printed(self, pages: int) -> None:
        self._job = None
        self._settle_buttons()
        self.session.messages.success(f"已送打印机 {pages} 页。", key=_MESSAGE)

    def _on_stopped(self) -> None:
        self._job = None
        self._settle_buttons()
        self.session.messages.info("已取消打印。", "已经送出的页可能还会打出来。", key=_MESSAGE)

    def _on_unprinted(self, error: EcoScoreError) -> None:
        self._job = None
        self._settle_buttons()
        self.session.messages.post(
            Message(Tone.ERROR, error.message, error.advice, _MESSAGE, ("改为导出…", self.export))
        )

    def _go_to_cell(self, finding: Finding) -> None:
        self.session.select(finding.district, finding.indicator)
        self.go.emit("data", None)


def replace_title(choice: Choice) -> Choice:
    """What a ranking sheet is called where nobody is ranked."""
    return replace(choice, title="结果汇总表") if choice.key == "ranking" else choice
