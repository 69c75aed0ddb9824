"""What the program says to its user: sentences for the message bar, questions, and file choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ecoscore.errors import EcoScoreError


class Tone(StrEnum):
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said: what happened and where (`text`), what to do (`advice`), and a button that does it.

    A new message with the same `key` replaces the old one; `clear(key)` takes it away once it is cured.
    """

    tone: Tone
    text: str
    advice: str = ""
    key: str = ""
    action: tuple[str, Callable[[], None]] | None = None


ECOS_FILTER = "考核文件 (*.ecos)"
SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".xltx", ".xlt", ".ett")
"""What the importer reads, as files are called."""
SHEET_FILTER = f"表格 ({' '.join('*' + suffix for suffix in SHEET_SUFFIXES)})"
PAPER_FILTER = "报表 (*.pdf *.xlsx *.docx)"
FORM_FILTER = "表格或文档 (*.xlsx *.docx)"
YAML_FILTER = "考核方案 (*.yaml *.yml)"


class Messages(QObject):
    """The one bridge between the program and the person; tests replace `ask` and the choosers."""

    posted = Signal(object)
    cleared = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None

    def post(self, message: Message) -> None:
        self.posted.emit(message)

    def info(self, text: str, advice: str = "", key: str = "") -> None:
        self.post(Message(Tone.INFO, text, advice, key))

    def success(
        self, text: str, advice: str = "", key: str = "", action: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        self.post(Message(Tone.SUCCESS, text, advice, key, action))

    def warn(self, text: str, advice: str = "", key: str = "") -> None:
        self.post(Message(Tone.WARNING, text, advice, key))

    def error(self, text: str, advice: str = "", key: str = "") -> None:
        self.post(Message(Tone.ERROR, text, advice, key))

    def failure(self, error: EcoScoreError) -> None:
        """Show why a request failed, in its own words."""
        self.post(Message(Tone.ERROR, error.message, error.advice))

    def clear(self, key: str = "") -> None:
        """Take away the message with this key; without one, whatever is shown."""
        self.cleared.emit(key)

    # Questions and choices: modal on purpose, because the next step depends on the answer. --------------------------

    def ask(self, question: str, explanation: str, yes: str, no: str = "取消") -> bool:
        """A question whose buttons are verbs. True for `yes`."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.NoIcon, "绿色政绩考核", question, parent=self.window)
        box.setInformativeText(explanation)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is accept

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        from PySide6.QtWidgets import QInputDialog

        answer, ok = QInputDialog.getText(self.window, title, label, text=text)
        return answer.strip() if ok else None

    def open_file(self, title: str, folder: Path, filters: str = ECOS_FILTER) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self.window, title, str(folder), filters)
        return Path(name) if name else None

    def open_files(self, title: str, folder: Path, filters: str = SHEET_FILTER) -> list[Path]:
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(self.window, title, str(folder), filters)
        return [Path(name) for name in names]

    def save_file(self, title: str, suggestion: Path, filters: str = ECOS_FILTER) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self.window, title, str(suggestion), filters)
        return Path(name) if name else None

    def open_folder(self, title: str, folder: Path) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self.window, title, str(folder))
        return Path(name) if name else None
