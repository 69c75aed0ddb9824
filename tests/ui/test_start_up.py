"""Starting: the window is painted before anything heavy is imported, and the application is dressed in Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


# On Windows settings lie in the registry, wherever HOME is: the test's own must not be the tester's.
OWN_SETTINGS = """
import os
from PySide6.QtCore import QSettings
import ui.app
from ui.settings import Settings
kept = QSettings(os.path.join(os.environ["HOME"], "设置.ini"), QSettings.Format.IniFormat)
ui.app.Settings = lambda: Settings(kept)
"""


def run(code: str, tmp_path: Path, before: str = OWN_SETTINGS) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "LOGNAME": str(tmp_path),  # a person of its own: a window of another test, open just then, would take the file
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        [sys.executable, "-c", before + code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


FIRST_PAINT = """
import sys
from ui.app import make_application, make_window
from ui.settings import Settings
app = make_application(["ecoscore"])
assert app.style().name() == "fusion"
window = make_window(Settings())
window.show()
app.processEvents()
assert window.isVisible()
heavy = {"pandas", "numpy", "openpyxl", "reportlab", "sqlalchemy", "xlsxwriter", "yaml", "pypdfium2"}
print(sorted(heavy & set(sys.modules)))
assert not app.windowIcon().pixmap(32).isNull(), "the taskbar would show Qt's picture"
"""


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path):
    done = run(FIRST_PAINT, tmp_path)
    assert done.stdout.strip() == "[]", done.stderr


NAMES = """
import enum
import PySide6.QtWidgets
made = []
make = enum.EnumType._create_
def counted(cls, name, names, **options):
    result = make(cls, name, names, **options)
    made.append((name, len(result.__members__)))
    return result
enum.EnumType._create_ = counted
from ui.app import make_application, make_window
from ui.settings import Settings
app = make_application(["ecoscore"])
window = make_window(Settings())
window.show()
app.processEvents()
print([name for name, count in made if name == "StandardPixmap" or (name == "StyleHint" and count > 100)])
"""


def test_the_first_paint_waits_for_no_long_lists_of_names_that_it_does_not_use(tmp_path):
    """PySide6 makes the enumerations of a class when it is first named, or first given back: 566 names for a style."""
    done = run(NAMES, tmp_path, before="")
    assert done.stdout.strip() == "[]", done.stderr


WHOLE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.app
said = []
def leave():
    window = next(w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "MainWindow")
    if "sqlalchemy" not in sys.modules or window.session.tasks.running:  # it warms up once it is painted
        return QTimer.singleShot(50, leave)
    file = window.session.assessment
    print(file.path.name if file else "-", "sqlalchemy" in sys.modules, QApplication.font().pointSizeF())
    print(window.locale().name(), window.page.locale().name())
    window.close()
original = ui.app.make_window
def made(settings):
    QTimer.singleShot(100, leave)
    return original(settings)
ui.app.make_window = made
sys.exit(ui.app.main(sys.argv[1:]))
"""


def test_the_program_starts_warms_up_and_ends(tmp_path):
    done = run(WHOLE, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["-", "True", "9.0", "zh_CN", "zh_CN"]
    assert done.stderr.strip() == ""


def test_a_file_on_the_command_line_is_opened(tmp_path):
    from tests.ui.builders import make_file

    path = make_file(tmp_path / "年度 考核.ecos")
    done = run(WHOLE.replace("sys.argv[1:]", repr([str(path)])), tmp_path)
    assert done.stdout.startswith("年度 考核.ecos "), done.stderr


GREETED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.app
def leave():
    window = next(w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "MainWindow")
    if "sqlalchemy" not in sys.modules or window.session.tasks.running:
        return QTimer.singleShot(50, leave)
    print(window.tour is not None and window.tour.isVisible())
    window.close()
original = ui.app.make_window
def made(settings):
    QTimer.singleShot(100, leave)
    return original(settings)
ui.app.make_window = made
sys.exit(ui.app.main([]))
"""


def test_only_the_very_first_start_offers_the_tour(tmp_path):
    said = [run(GREETED, tmp_path).stdout.strip() for _ in range(2)]
    assert said == ["True", "False"]
