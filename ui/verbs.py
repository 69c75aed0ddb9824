"""The window's verbs: one method for each action of the menus, and what becomes of files dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from ecoscore import __version__
from ui.folders import open_folder
from ui.messages import PAPER_FILTER, SHEET_SUFFIXES, Message, Tone
from ui.session import Session
from ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from ecoscore.assessment.verify import Verdict


class Verbs(QMainWindow):
    """Half of the window: `on_*` are named as in the table of `ui.actions`."""

    session: Session
    page: Any

    def show_page(self, key: str, payload: Any = None) -> None:
        raise NotImplementedError

    # Files. ---------------------------------------------------------------------------------------------------------

    def on_new(self) -> None:
        self.show_page("start", "new")

    def on_new_year(self) -> None:
        self.show_page("start", "new_year")

    def on_open(self) -> None:
        path = self.session.messages.open_file("打开考核文件", self.session.settings.folder)
        if path is not None:
            self.session.settings.folder = path.parent
            self.session.open(path)

    def on_demo(self) -> None:
        self.show_page("start", "demo")

    def on_restore(self) -> None:
        if self.session.assessment is not None:
            self.show_page("archive", "backups")
        else:
            self.show_page("start", "restore")

    def on_import(self) -> None:
        paths = self.session.messages.open_files("选择要导入的表格", self.session.settings.folder)
        if paths:
            self.session.settings.folder = paths[0].parent
            self.show_page("import", paths)

    def on_verify_paper(self) -> None:
        """Say whether a paper that was issued shows what the file gives today."""
        session, file = self.session, self.session.assessment
        title = "选择要核对的报表"
        paper = session.messages.open_file(title, session.settings.folder, PAPER_FILTER) if file is not None else None
        if file is None or paper is None:
            return
        self._verify(paper.name, lambda: file.verify_paper(paper))

    def on_verify_code(self) -> None:
        """The same with a code read from the foot of a printed page."""
        from ecoscore.assessment.verify import verify_code  # noqa: PLC0415

        file = self.session.assessment
        code = self.session.messages.ask_text("核对校验码", "报表页脚上的校验码（16位，可以不打横线）：")
        if file is not None and code:
            self._verify(f"校验码 {code}", lambda: verify_code(file, code))

    def _verify(self, what: str, verify: Callable[[], Verdict]) -> None:
        session = self.session
        session.messages.clear("verify")

        def work(_progress: Progress, _cancelled: Cancelled) -> Verdict:
            return verify()

        def done(verdict: Verdict) -> None:
            tone = Tone.SUCCESS if verdict.agrees else Tone.WARNING
            advice = "" if verdict.agrees else "请重新出具这份报表，或查明改动的原因。"
            session.messages.post(Message(tone, f"{what}：{verdict.message}。", advice, "verify"))

        session.tasks.run(f"正在核对 {what}", work, done)

    def on_show_in_folder(self) -> None:
        if self.session.assessment is not None:
            open_folder(self.session.assessment.path.parent)

    def on_settings(self) -> None:
        from ui.widgets.settings_dialog import SettingsDialog  # noqa: PLC0415

        SettingsDialog(self.session, self).exec()

    def on_close(self) -> None:
        self.session.close()

    def on_quit(self) -> None:
        self.close()

    def take_over(self, paths: Sequence[Path]) -> None:
        """A second start of the program hands its files to this window, which comes to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        file, ecos = self.session.assessment, _ecos_of(paths)
        if file is not None and ecos and file.path.resolve() == ecos[0].resolve():
            paths = _sheets_of(paths)
        self.take_files(paths)

    # Editing: what the page in front can do. ------------------------------------------------------------------------

    def on_cut(self) -> None:
        self._call_page("cut")

    def on_copy(self) -> None:
        self._call_page("copy")

    def on_paste(self) -> None:
        self._call_page("paste")

    def on_clear(self) -> None:
        self._call_page("clear_selected")

    def on_fill_down(self) -> None:
        self._call_page("fill_down")

    def on_note(self) -> None:
        self._call_page("edit_note")

    def on_find_district(self) -> None:
        self.show_page("data", "find")

    # Looking. -------------------------------------------------------------------------------------------------------

    def on_last_year(self, shown: bool) -> None:
        self.session.settings.last_year_shown = shown
        if self.session.assessment is not None:
            self.session.values_changed.emit(())

    def on_theme_system(self) -> None:
        self.choose_theme("system")

    def on_theme_light(self) -> None:
        self.choose_theme("light")

    def on_theme_dark(self) -> None:
        self.choose_theme("dark")

    def on_next_period(self) -> None:
        self._step_period(1)

    def on_previous_period(self) -> None:
        self._step_period(-1)

    def on_next_pane(self) -> None:
        """Move the focus on: the rail, the page, the inspector."""
        raise NotImplementedError

    def on_about(self) -> None:
        self.session.messages.info(f"绿色政绩考核 EcoScore {__version__}。", "不联网；数据只在您打开的考核文件里。")

    def choose_theme(self, choice: str) -> None:
        self.session.settings.theme = choice
        self.session.theme.choose(choice)

    def _call_page(self, verb: str) -> None:
        method = getattr(self.page, verb, None)
        if method is not None:
            method()

    def on_main_button(self) -> None:
        """What the page in front is for, from the keyboard."""
        if self.page.main_button is not None:
            self.page.main_button.click()

    def _step_period(self, by: int) -> None:
        periods = self.session.periods
        at = periods.index(self.session.period) + by
        if 0 <= at < len(periods):
            self.session.set_period(periods[at])

    # Files dropped on the window. -----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = _paths(event.mimeData())
        if _ecos_of(paths) or (_sheets_of(paths) and self.session.assessment is not None):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_files(_paths(event.mimeData()))
        event.acceptProposedAction()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open a dropped assessment, hand dropped sheets and folders to the import page, or one after the other."""
        ecos, sheets = _ecos_of(paths), _sheets_of(paths)
        if ecos:
            if sheets:
                self._import_once_open(ecos[0], sheets)
            self.session.open(ecos[0])
        elif sheets and self.session.assessment is not None:
            self.show_page("import", sheets)
        elif sheets:
            self.session.messages.warn("还没有打开考核文件，表格无处可导入。", "请先打开或新建一个考核文件。")

    def _import_once_open(self, path: Path, sheets: list[Path]) -> None:
        """The sheets' turn comes with the next file that opens; if that is another one, they were meant for none."""
        session = self.session

        def opened(file: Any) -> None:
            session.assessment_opened.disconnect(opened)
            if file.path == path:
                self.show_page("import", sheets)

        session.assessment_opened.connect(opened)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _ecos_of(paths: Sequence[Path]) -> list[Path]:
    return [p for p in paths if p.suffix.lower() == ".ecos"]


def _sheets_of(paths: Sequence[Path]) -> list[Path]:
    return [p for p in paths if p.suffix.lower() in {*SHEET_SUFFIXES, ".zip"} or p.is_dir()]
