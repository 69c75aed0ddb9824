"""Starts the window: application, font, theme, crash hook; heavy imports wait until it is painted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from ecoscore import __version__
from ecoscore.paths import resource
from ui import crash
from ui.faults import log_folder
from ui.garbage import GarbageTimer
from ui.main_window import MainWindow
from ui.one_font import OneFont
from ui.session import Session
from ui.settings import Settings
from ui.tasks import Cancelled, Progress
from ui.theme import Theme, base_font

_LATEST, _PAUSE = 2000, 20  # ms


def make_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication, dressed before any window exists."""
    # Before there is an application, which would else make the system's style first; and not by setStyle, which gives
    # the style back: PySide6 then makes the enumerations of QStyle with their six hundred names.
    os.environ["QT_STYLE_OVERRIDE"] = "Fusion"
    app = QApplication(list(arguments))
    app.setApplicationName("EcoScore")
    app.setApplicationDisplayName("")
    app.setOrganizationName("EcoScore")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(resource("program.svg"))))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setFont(base_font())
    GarbageTimer(app)
    return app


def make_window(settings: Settings) -> MainWindow:
    """A session and its window, not shown yet."""
    theme = Theme(settings.theme)
    theme.apply()
    session = Session(settings, theme)
    window = MainWindow(session)
    OneFont(window)
    session.setParent(window)
    theme.setParent(window)
    return window


def warm_up(_progress: Progress, _cancelled: Cancelled) -> None:
    """Import what the first opened file will need, and clear away what a killed window has left behind."""
    import ecoscore.assessment  # noqa: F401, PLC0415
    from ecoscore.scratch import sweep  # noqa: PLC0415

    sweep()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window. Arguments are files to take as if they were dropped: an assessment, sheets, folders of sheets.

    Windows passes them so when files are double-clicked, or dropped on the program's icon.
    """
    arguments = sys.argv if arguments is None else [sys.argv[0], *arguments]
    app = make_application(arguments)
    crash.install(log_folder)
    files = [Path(a) for a in app.arguments()[1:] if a and not a.startswith("-")]
    if files and _handed_over(files):
        return 0
    window = make_window(Settings())
    OnceSeen(window, lambda: settle_in(window, files))
    window.show()
    return app.exec()


def settle_in(window: MainWindow, files: Sequence[Path]) -> None:
    """What can wait until the window is seen."""
    from ui.instance import Listener  # noqa: PLC0415

    listener = Listener(parent=window)
    listener.wanted.connect(window.take_over)
    window.session.tasks.run("", warm_up, quiet=True)
    window.greet()
    if files:
        window.take_files(files)


def _handed_over(files: Sequence[Path]) -> bool:
    from ui.instance import hand_over  # noqa: PLC0415

    return hand_over(files)


class OnceSeen(QObject):
    """Calls once when the window has been painted; soon after its start in any case, for it may start minimised."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        self._late = QTimer(self, singleShot=True, interval=_LATEST)
        self._late.timeout.connect(self._call)
        self._late.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._late.start(_PAUSE)  # this round of painting is still under way
        return False

    def _call(self) -> None:
        self.parent().removeEventFilter(self)
        self._then()
