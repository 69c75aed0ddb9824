"""归档: sealed years with their digests and papers, the journal, and the backups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ecoscore.errors import EcoScoreError
from ecoscore.model.seal import Seal
from ui.commands.archive import seal_year, unseal_year
from ui.folders import open_folder
from ui.messages import ECOS_FILTER
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.backups_desk import BackupsDesk
from ui.widgets.journal_desk import JournalDesk
from ui.widgets.seals_desk import SealsDesk

_MESSAGE = "archive"
_TABS = (("seals", "封存"), ("journal", "修改日志"), ("backups", "备份"))
EXCEL_FILTER = "Excel 工作簿 (*.xlsx)"


class ArchivePage(Page):
    title = "归档"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _, title in _TABS:
            self.tabs.addTab(title)
        self.seals = SealsDesk(session)
        self.journal = JournalDesk(session)
        self.backups = BackupsDesk(session)
        self._stack = QStackedWidget()
        for desk in (self.seals, self.journal, self.backups):
            self._stack.addWidget(desk)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self.unseal_button = self.add_button("启封…")
        self.folder_button = self.add_button("打开成绩单文件夹", "folder")
        self.seal_button = self.set_main_button("封存…", "archive")
        self.export_button = self.set_main_button("导出到 Excel…", "export")
        self.backup_folder_button = self.add_button("打开备份文件夹", "folder")
        self.replace_button = self.add_button("替换现在的文件…")
        self.restore_button = self.set_main_button("恢复成新文件…", "undo")
        self._connect()

    def _connect(self) -> None:
        session = self.session
        self.tabs.currentChanged.connect(self._on_tab)
        self.seals.changed.connect(self._settle)
        self.backups.changed.connect(self._settle)
        self.journal.counted.connect(lambda _: self._settle())
        self.seal_button.clicked.connect(self.seal)
        self.unseal_button.clicked.connect(self.unseal)
        self.folder_button.clicked.connect(lambda: _open(self.seals.folder()))
        self.export_button.clicked.connect(self.export)
        self.backup_folder_button.clicked.connect(self._open_backups)
        self.restore_button.clicked.connect(self.restore)
        self.replace_button.clicked.connect(self.replace)
        session.assessment_opened.connect(lambda _: self._refresh() if self.isVisible() else None)

    # Following the file. --------------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return _TABS[self.tabs.currentIndex()][0]

    def entered(self) -> None:
        self._refresh()
        self._stack.currentWidget().setFocus()

    def left(self) -> None:
        self.session.messages.clear(_MESSAGE)

    def receive(self, payload: Any) -> None:
        """The name of a tab."""
        keys = [key for key, _ in _TABS]
        if payload in keys:
            self.tabs.setCurrentIndex(keys.index(payload))

    def _on_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._refresh()

    def _refresh(self) -> None:
        file = self.session.assessment
        if file is None:
            return
        if self._key == "seals":
            self.seals.refresh()
        elif self._key == "journal":
            self.journal.refresh()
        else:
            self.backups.refresh(file.path)
        desk: Any = self._stack.currentWidget()
        self.set_inspector(desk.card)
        self._settle()

    def _settle(self) -> None:
        key, file, row = self._key, self.session.assessment, self.seals.current
        for tab, buttons in (
            ("seals", (self.seal_button, self.unseal_button, self.folder_button)),
            ("journal", (self.export_button,)),
            ("backups", (self.restore_button, self.replace_button, self.backup_folder_button)),
        ):
            for button in buttons:
                button.setVisible(tab == key)
        may = file is not None and not file.read_only
        self.seal_button.setText(f"封存{row.period.title}…" if row is not None else "封存…")
        self.seal_button.setEnabled(may and row is not None and row.seal is None)
        self.unseal_button.setEnabled(may and row is not None and row.seal is not None)
        self.folder_button.setEnabled(self.seals.folder() is not None)
        self.export_button.setEnabled(bool(self.journal.table.rows))
        some = self.backups.current is not None
        self.restore_button.setEnabled(some)
        self.replace_button.setEnabled(some)
        sealed = len(file.seals) if file is not None else 0
        words = {
            "seals": f"已封存 {sealed} 个年度" if sealed else "还没有封存的年度",
            "journal": "谁在何时把什么改成了什么，为什么",
            "backups": f"{len(self.backups.table.rows)} 份备份",
        }
        self.subheading.setText(words[key])

    # Sealing. -------------------------------------------------------------------------------------------------------

    def seal(self) -> None:
        """Ask for the ground and the papers' folder, and seal the chosen year."""
        row, messages = self.seals.current, self.session.messages
        if row is None:
            return
        why = messages.ask_text("封存", f"封存{row.period.title}的依据（可以不填，例如“市政府第12次常务会议审定”）：")
        if why is None:
            return
        papers = None
        if messages.ask(
            "成绩单已经导出了吗？",
            "选择成绩单所在的文件夹，封存时记下每份文件的摘要，以后能查出有没有被改动。",
            "选择文件夹…",
            "不记成绩单",
        ):
            papers = messages.open_folder("成绩单文件夹", self.session.settings.folder)
            if papers is None:
                return
        seal_year(self.session, row.period, papers, why, self._on_sealed)

    def _on_sealed(self, seal: Seal) -> None:
        kept = f"，记下 {len(seal.papers)} 份成绩单的摘要" if seal.papers else ""
        self.session.messages.success(
            f"{seal.period.title}已封存{kept}，校验码 {seal.code}。", "再要修改，须先写明原因启封。", key=_MESSAGE
        )
        self._refresh()

    def unseal(self) -> None:
        row, messages = self.seals.current, self.session.messages
        if row is None or row.seal is None:
            return
        why = messages.ask_text("启封", f"为什么启封{row.period.title}？（写明原因，记入日志）")
        if why is None:
            return
        if unseal_year(self.session, row.period, why):
            messages.success(f"{row.period.title}已启封，可以修改；改完请重新封存。", key=_MESSAGE)
            self._refresh()

    # The journal and the backups. -----------------------------------------------------------------------------------

    def export(self) -> None:
        file, messages, query = self.session.assessment, self.session.messages, self.journal.query
        if file is None:
            return
        suggestion = self.session.settings.folder / f"{file.path.stem} 修改日志.xlsx"
        path = messages.save_file("导出修改日志", suggestion, EXCEL_FILTER)
        if path is None:
            return
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")

        def work(_progress: Progress, _cancelled: Cancelled) -> int:
            return file.export_journal(query, path)

        def done(count: int) -> None:
            action = ("打开文件夹", lambda: _open(path.parent))
            messages.success(f"已导出 {count} 条日志到 {path}。", key=_MESSAGE, action=action)

        self.session.tasks.run("正在导出日志", work, done)

    def _open_backups(self) -> None:
        from ecoscore.assessment.backups import folder_of  # noqa: PLC0415

        if self.backups.path is not None:
            _open(folder_of(self.backups.path))

    def restore(self) -> None:
        """Bring the chosen backup back as a file of its own, and offer to open it."""
        backup, source, messages = self.backups.current, self.backups.path, self.session.messages
        if backup is None or source is None:
            return
        stamp = backup.time.replace(":", "").replace(" ", "-")
        path = messages.save_file("恢复成新文件", source.with_name(f"{source.stem} 恢复自{stamp}.ecos"), ECOS_FILTER)
        if path is None:
            return
        path = path if path.suffix.lower() == ".ecos" else path.with_name(path.name + ".ecos")

        def work(_progress: Progress, _cancelled: Cancelled) -> Path:
            from ecoscore.assessment.backups import restore_as  # noqa: PLC0415

            return restore_as(backup.path, path)

        def done(made: Path) -> None:
            action = ("打开它", lambda: self.session.open(made) and None)
            messages.success(f"已恢复到 {made}。", "现在的文件没有动。", key=_MESSAGE, action=action)

        self.session.tasks.run("正在恢复备份", work, done)

    def replace(self) -> None:
        """Close the file, back it up as it is now, put the backup in its place and open it again."""
        backup, file, messages = self.backups.current, self.session.assessment, self.session.messages
        if backup is None or file is None:
            return
        path = file.path
        question = f"用 {backup.time} 的备份替换现在的文件？"
        if not messages.ask(question, "现在的文件会先备份，随时可以再换回来。", "替换"):
            return
        if not self.session.close():
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> Path:
            from ecoscore.assessment.backups import restore_over  # noqa: PLC0415

            return restore_over(backup.path, path)

        def done(kept: Path) -> None:
            self.session.open(path)
            self.session.messages.success(f"已换成 {backup.time} 的备份。", f"原来的文件备份在 {kept}", key=_MESSAGE)

        def failed(error: EcoScoreError) -> None:
            messages.failure(error)
            self.session.open(path)

        self.session.tasks.run("正在恢复备份", work, done, failed)


def _open(folder: Path | None) -> None:
    if folder is not None:
        open_folder(folder)
