"""What happens when the program itself is at fault: a report on disk, and the one modal dialog."""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from ecoscore import __version__


def install(folder: Callable[[], Path]) -> None:
    """Send uncaught errors to a dialog, and to the folder that is asked for when there is one to write."""
    sys.excepthook = CrashHook(folder)


class CrashHook:
    """An excepthook: writes the report, then shows it; a second fault while one is shown only adds to the file."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report_text(kind, error, trace)
        path = self._write(text)
        if sys.stderr is not None:  # a windowed program on Windows has no streams
            sys.stderr.write(text)
        app = QApplication.instance()
        if app is None or self._showing or QThread.currentThread() is not app.thread():
            return
        self._showing = True
        try:
            show(text, path)
        finally:
            self._showing = False

    def _write(self, text: str) -> Path | None:
        folder = self._folder()
        path = folder / f"crash-{dt.datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError:  # a full disk must not hide the fault itself
            return None
        return path


def report_text(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The report: versions and the trace, no data of the user's."""
    import platform

    head = f"EcoScore {__version__}，Python {platform.python_version()}，{platform.platform()}\n"
    return head + "".join(traceback.format_exception(kind, error, trace))


def show(text: str, path: Path | None) -> None:
    from PySide6.QtWidgets import QMessageBox, QPushButton

    from ui import icons
    from ui.theme import DARK, LIGHT

    box = QMessageBox(QMessageBox.Icon.NoIcon, "绿色政绩考核", "程序出错了。已接受的数据都在文件里，没有丢失。")
    dark = box.palette().window().color().lightness() < 128
    color = (DARK if dark else LIGHT).cinnabar
    box.setIconPixmap(icons.pixmap("error", color, 32, box.devicePixelRatio()))
    where = f"错误报告已存于：{path}\n" if path is not None else ""
    box.setInformativeText(f"{where}请把报告交给技术支持人员。可以继续使用；如果再次出现，请重新打开程序。")
    box.setDetailedText(text)
    copy = QPushButton("复制报告")
    box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
    go_on = box.addButton("继续", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(go_on)
    box.exec()
    if box.clickedButton() is copy:
        QApplication.clipboard().setText(text)
