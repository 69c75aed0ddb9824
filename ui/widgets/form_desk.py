"""A bureau's own form: chosen, checked with every doubt and its cell, and filled for the districts that are ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ecoscore.errors import EcoScoreError
from ecoscore.model.finding import Finding
from ui.finding_titles import FINDING_TITLES
from ui.folders import open_folder
from ui.messages import FORM_FILTER, Message, Tone
from ui.models.rows_table import Column, RowsTable
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.findings_list import FindingsList
from ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from ecoscore.assessment.templates import Filled
    from ecoscore.reporting.templates import TemplateField

_MESSAGE = "form"
_FIELDS = (
    Column("field", "字段", lambda f: f.field, width=220),
    Column("meaning", "填什么", lambda f: f.meaning, width=320, tip=lambda f: f.meaning),
    Column("example", "例", lambda f: f.example.partition("\n")[0], width=200, tone=lambda _: "mist"),
    Column("scope", "用在哪里", lambda f: f.scope, width=90, tone=lambda _: "mist"),
)


class FormDesk(QFrame):
    """In the place of the pages while a form is at hand. `districts` tells which ones are ticked."""

    opened = Signal()
    closed = Signal()

    def __init__(self, session: Session, districts: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._districts = districts
        self.path: Path | None = None
        self.title = QLabel(objectName="sectionTitle")
        self.words = QLabel(objectName="muted")
        for label in (self.title, self.words):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fill_button = QPushButton("填写到文件夹…")
        self.fill_button.setProperty("main", True)
        self.again_button = QPushButton("重新检查")
        self.again_button.setToolTip("在 Excel、Word 或 WPS 里改好并保存以后，再检查一遍")
        self.other_button = QPushButton("换一张…")
        self.samples_button = QToolButton(text="看样表")
        self.samples_button.setToolTip("打开自带样表所在的文件夹，照着做一张自己的")
        self.fields_button = QToolButton(text="全部字段")
        self.fields_button.setToolTip("表里可以写的全部字段；双击一行，复制它的字段")
        self.fields_button.setCheckable(True)
        self.back_button = QPushButton("返回报表")
        self.fields = RowsTable(_FIELDS, session.theme, key=lambda field: field.field, parent=self)
        self.fields_view = RowView(self.fields, session.theme, "全部字段")
        self.fields_view.hide()
        self.findings = FindingsList(session.theme, FINDING_TITLES)
        self._build()
        self.fill_button.clicked.connect(self.fill)
        self.again_button.clicked.connect(lambda: self.path and self.check(self.path))
        self.other_button.clicked.connect(self.choose)
        self.samples_button.clicked.connect(_open_samples)
        self.fields_button.toggled.connect(self._on_fields)
        self.fields_view.chosen.connect(self._copy)
        self.back_button.clicked.connect(self.closed)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 16)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.fill_button, self.again_button, self.other_button, self.samples_button, self.fields_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        head.addSpacing(8)
        head.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.findings, 100)
        layout.addWidget(self.fields_view, 200)
        layout.addStretch(1)

    # The form. ------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a form and check it."""
        path = self._session.messages.open_file("选择本单位的表", self._session.settings.folder, FORM_FILTER)
        if path is not None:
            self._session.settings.folder = path.parent
            self.check(path)

    def check(self, path: Path) -> None:
        """Read the form against the file: what is unknown, what would be lost; nothing is written."""
        session, file = self._session, self._session.assessment
        period, level = session.period, session.level
        if file is None:
            return
        session.messages.clear(_MESSAGE)

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[Finding, ...]:
            from ecoscore.assessment.templates import check_template  # noqa: PLC0415

            return check_template(file, path, period, level)

        def done(findings: tuple[Finding, ...]) -> None:
            self.path = path
            self._show(findings)
            self.opened.emit()

        session.tasks.run(f"正在检查 {path.name}", work, done, self._refused)

    def _show(self, findings: Sequence[Finding]) -> None:
        assert self.path is not None
        errors = sum(f.is_error for f in findings)
        self.title.setText(f"本单位的表：{self.path.name}")
        if errors:
            words = f"有 {errors} 处要改：请在表里改正并保存，再按“重新检查”。改好以前什么也不会写出。"
        elif findings:
            words = f"字段都认得，有 {len(findings)} 处提醒。将按左边勾选的区县填写，格式照旧。"
        else:
            words = "字段都认得。将按左边勾选的区县填写，格式照旧。"
        self.words.setText(words)
        self.findings.show_findings(findings)
        self.findings.setVisible(bool(findings))
        self.fill_button.setEnabled(not errors)

    def _on_fields(self, on: bool) -> None:
        """Every field there is, with values of this file as examples."""
        session, file = self._session, self._session.assessment
        period, level = session.period, session.level
        self.fields_view.setVisible(on)
        if not on or file is None:
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[TemplateField, ...]:
            from ecoscore.assessment.templates import template_fields  # noqa: PLC0415

            return template_fields(file, period, level)

        session.tasks.run("正在列出字段", work, self.fields.show, self._refused)

    def _copy(self, field: TemplateField) -> None:
        QGuiApplication.clipboard().setText(field.field)
        self._session.messages.info(f"已复制 {field.field}。", "粘贴到表里要填它的格。", key=_MESSAGE)

    def _refused(self, error: EcoScoreError) -> None:
        self._session.messages.post(Message(Tone.ERROR, error.message, error.advice, _MESSAGE))
        if self.path is not None and (findings := getattr(error, "findings", ())):
            self._show(findings)

    def fill(self) -> None:
        """Fill the form for the ticked districts into a folder that the user chooses."""
        folder = self._session.messages.open_folder("填好的表放到", self._session.settings.folder)
        if folder is not None:
            self._session.settings.folder = folder
            self.fill_to(folder)

    def fill_to(self, folder: Path) -> None:
        session, file, path = self._session, self._session.assessment, self.path
        period, level = session.period, session.level
        districts = tuple(self._districts())
        if file is None or path is None:
            return
        if not districts:
            session.messages.post(Message(Tone.WARNING, "没有勾选区县。", "请在左边勾选要填的区县。", _MESSAGE))
            return
        meta = session.settings.paper_look.meta("")
        session.messages.clear(_MESSAGE)

        def work(progress: Progress, cancelled: Cancelled) -> Filled:
            from ecoscore.assessment.templates import fill_template  # noqa: PLC0415

            return fill_template(
                file, path, period, folder, districts, meta=meta, level=level, progress=progress, cancelled=cancelled
            )

        def done(filled: Filled) -> None:
            action = ("打开文件夹", lambda: open_folder(folder))
            session.messages.success(f"已填好 {len(filled.paths)} 个文件，在 {folder}。", key=_MESSAGE, action=action)

        def cancelled() -> None:
            session.messages.info("已取消。", f"已经填完的文件留在 {folder}，都是完整的。", key=_MESSAGE)

        session.tasks.run("正在填表", work, done, self._refused, cancelled)


def _open_samples() -> None:
    from ecoscore.paths import template  # noqa: PLC0415

    open_folder(template())
