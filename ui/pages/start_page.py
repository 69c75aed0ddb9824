"""开始: open a file, make a new one, or see the example; and the files opened lately."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ecoscore.model.period import Period
from ui.pages.page import Page
from ui.session import Session
from ui.settings import Recent
from ui.widgets.start_rows import Choice, RecentRow

if TYPE_CHECKING:
    from ui.widgets.new_file_form import NewFileForm
    from ui.widgets.new_year_form import NewYearForm
    from ui.widgets.restore_form import RestoreForm


Form = TypeVar("Form", bound=QWidget)


def demo_folder() -> Path:
    """Where the example is kept: the user's documents, or the home folder where there are none."""
    import platformdirs  # noqa: PLC0415  not before the first paint

    documents = Path(platformdirs.user_documents_dir())
    return (documents if documents.is_dir() else Path.home()) / "EcoScore 示例"


class StartPage(Page):
    title = "绿色政绩考核"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.subheading.setText("导入区县指标，按方案评分，打印成绩单")
        theme = session.theme
        self.year_choice = Choice(theme, "years", "用去年文件新建本年", "方案、区县、目标照旧，去年作基期")
        self.open_choice = Choice(theme, "open", "打开考核文件", "继续上次的工作，或同事交来的文件")
        self.new_choice = Choice(theme, "new", "新建考核文件", "选择考核方案，为一个年度建立文件")
        self.demo_choice = Choice(theme, "demo", "看示例", "十个虚构区县、三个年度的数据")
        self.restore_choice = QPushButton("恢复备份…")
        self.restore_choice.setToolTip("误删、误改或文件损坏时，从自动备份取回")
        self.year_choice.clicked.connect(self.begin_year)
        self.restore_choice.clicked.connect(self.show_restore_form)
        self.open_choice.clicked.connect(self._open)
        self.new_choice.clicked.connect(self.show_form)
        self.demo_choice.clicked.connect(self._demo)
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for choice in (self.year_choice, self.open_choice, self.new_choice, self.demo_choice):
            column.addWidget(choice)
        column.addWidget(self.restore_choice, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(_scrolled(choices))
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

    # The forms are made when they are first wanted: the window is painted without them.

    @cached_property
    def form(self) -> NewFileForm:
        from ui.widgets.new_file_form import NewFileForm  # noqa: PLC0415

        form = NewFileForm(self.session)
        form.wanted.connect(self._create)
        return self._adopted(form)

    @cached_property
    def year_form(self) -> NewYearForm:
        from ui.widgets.new_year_form import NewYearForm  # noqa: PLC0415

        form = NewYearForm(self.session)
        form.wanted.connect(self._create_year)
        return self._adopted(form)

    @cached_property
    def restore_form(self) -> RestoreForm:
        from ui.widgets.restore_form import RestoreForm  # noqa: PLC0415

        return self._adopted(RestoreForm(self.session))

    def _adopted(self, form: Form) -> Form:
        form.given_up.connect(self._hide_form)
        self.stack.addWidget(_scrolled(form))
        return form

    def _show(self, form: QWidget) -> None:
        self.stack.setCurrentWidget(next(a for a in self.findChildren(QScrollArea) if a.widget() is form))

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
        elif payload == "new_year":
            self.begin_year()
        elif payload == "restore":
            self.show_restore_form()

    def show_form(self) -> None:
        self._show(self.form)
        self.form.start()

    def begin_year(self) -> None:
        """The form of a new year; where no file has been opened yet, last year's is asked for at once."""
        self.show_year_form()
        if not self.year_form.source.text():
            self.year_form.choose_source()

    def show_year_form(self) -> None:
        self._show(self.year_form)
        recent = next((r for r in self.session.settings.recent if r.exists), None)
        self.year_form.start(Path(recent.path) if recent is not None else None)

    def show_restore_form(self) -> None:
        self._show(self.restore_form)
        self.restore_form.start()

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

    def _create_year(self, last: Path, path: Path, period: Period) -> None:
        self.session.settings.folder = path.parent
        self.session.create_year(last, path, period)


def _scrolled(widget: QWidget) -> QScrollArea:
    """In a low window the lines would else lie on one another."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    widget.setObjectName("page")
    area.setWidget(widget)
    return area
