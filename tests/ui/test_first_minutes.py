"""The first minutes on a desk that is not as hoped: a profile that takes nothing, no room on the screen, a neighbour's account."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from tests.needs import linux_home
from tests.ui.builders import make_file
from ui import instance
from ui.pages import PAGES
from ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

# Opens the file on the command line, looks at every page, and leaves; prints what was said on the way.
VISIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.app
from ui.pages import PAGES
made = ui.app.make_window
def make(settings):
    window = made(settings)
    window.session.messages.posted.connect(lambda m: print("said:", m.text, m.advice))
    waiting = [entry.key for entry in PAGES]
    def visit():
        if window.session.tasks.running:
            pass
        elif waiting:
            window.show_page(waiting.pop(0))
        else:
            file = window.session.assessment
            print("open:", file.path.name if file else "-")
            return window.close()
        QTimer.singleShot(30, visit)
    QTimer.singleShot(300, visit)
    return window
ui.app.make_window = make
sys.exit(ui.app.main(sys.argv[1:]))
"""


@pytest.fixture
def nowhere(tmp_path):
    """A folder that cannot be made, for whoever: a file stands in its way."""
    (tmp_path / "文件").write_text("", encoding="utf-8")
    return tmp_path / "文件" / "家"


def visit(file: Path, **environment: str) -> list[str]:
    own = {"LOGNAME": str(file)}  # a person of its own: a window of another test, open just then, would take the file
    done = subprocess.run(
        [sys.executable, "-c", VISIT, str(file)], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", **own, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


@linux_home
def test_a_home_that_takes_nothing_keeps_nobody_from_working(tmp_path):
    file = make_file(tmp_path / "某市 考核.ecos")
    homes = dict.fromkeys(
        ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), "/proc/家"
    )  # where nobody can make a folder, root included
    said = visit(file, ECOSCORE_BACKUPS="", **homes)
    assert said[-1] == "open: 某市 考核.ecos"


def test_without_a_place_for_backups_one_is_told_and_goes_on(tmp_path, nowhere):
    file = make_file(tmp_path / "某市 考核.ecos")
    said = visit(file, ECOSCORE_BACKUPS=str(nowhere), XDG_CONFIG_HOME=str(tmp_path))
    assert any("备份" in line and "ECOSCORE_BACKUPS" in line for line in said)
    assert said[-1] == "open: 某市 考核.ecos"


def test_settings_that_cannot_be_kept_hold_for_this_sitting(nowhere):
    settings = Settings(QSettings(str(nowhere / "设置.ini"), QSettings.Format.IniFormat))
    settings.theme = "dark"
    settings.folder = nowhere.parent.parent
    assert settings.theme == "dark"
    assert settings.folder == nowhere.parent.parent


def test_every_page_fits_a_small_screen_at_125_and_150_percent(window, open_session, qtbot):
    """1366×768 at 125 % leaves 1093×614, 1600×900 at 150 % 1067×600; less the taskbar and the frame of the window."""
    window.resize(1060, 530)
    for entry in PAGES:
        window.show_page(entry.key)
        while open_session.tasks.running:
            assert open_session.tasks.drain(10_000)
        window.message_bar.clear()
        qtbot.wait(10)  # buttons just hidden are laid out no more
        asked, room = window.page.minimumSizeHint(), window.stack.size()
        assert asked.width() <= room.width(), f"{entry.title} asks for {asked.width()}, has {room.width()}"
        assert asked.height() <= room.height(), f"{entry.title} asks for {asked.height()}, has {room.height()}"


def test_two_people_on_one_machine_do_not_meet(monkeypatch):
    names = set()
    for user in ("王小明", "李小红"):
        monkeypatch.setattr(getpass, "getuser", lambda user=user: user)
        names.add(instance.server_name())
    assert len(names) == 2
