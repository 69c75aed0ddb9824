"""Starts the window: application, font, theme, crash hook; heavy imports wait until it is painted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ecoscore import __version__
from ecoscore.paths import resource
from ui import crash
from ui.garbage import GarbageTimer
from ui.instance import Listener, hand_over
from ui.main_window import MainWindow
from ui.one_font import OneFont
from ui.session import Session
from ui.settings import Settings
from ui.tasks import Cancelled, Progress
from ui.theme import Theme, base_font


def make_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication, dressed before any window exists."""
    app = QApplication(list(arguments))
    app.setApplicationName("EcoScore")
    app.setApplicationDisplayName("")
    app.setOrganizationName("EcoScore")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(resource("program.svg"))))
    app.setStyle("Fusion")
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
    """Import what the first opened file will need."""
    import ecoscore.assessment  # noqa: F401, PLC0415


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window. Arguments are files to take as if they were dropped: an assessment, sheets, folders of sheets.

    Windows passes them so when files are double-clicked, or dropped on the program's icon.
    """
    arguments = sys.argv if arguments is None else [sys.argv[0], *arguments]
    app = make_application(arguments)
    crash.install(Path(platformdirs.user_log_dir("EcoScore", appauthor=False)))
    files = [Path(a) for a in app.arguments()[1:] if not a.startswith("-")]
    if files and hand_over(files):
        return 0
    window = make_window(Settings())
    window.show()
    listener = Listener(parent=window)
    listener.wanted.connect(window.take_over)
    QTimer.singleShot(0, lambda: window.session.tasks.run("", warm_up, quiet=True))
    QTimer.singleShot(0, window.greet)
    if files:
        QTimer.singleShot(0, lambda: window.take_files(files))
    return app.exec()
