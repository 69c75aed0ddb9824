"""The entry: importing the window changes nothing; starting it keeps hard crashes from the very first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs

from ui.faults import log_folder

ROOT = Path(__file__).resolve().parents[2]


def run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "LOCALAPPDATA": str(home)}
    environment["LOGNAME"] = str(home)  # a person of its own, whose windows do not meet those of other tests
    environment.pop("XDG_STATE_HOME", None)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )


def test_importing_the_window_leaves_the_collector_alone(tmp_path):
    done = run("import gc, ui, ui.session, ui.main_window, ui.app; print(gc.isenabled())", tmp_path)
    assert done.stdout.strip() == "True", done.stderr


def test_the_entry_turns_it_off_before_qt_is_loaded(tmp_path):
    code = "import gc, sys, ui.start; ui.start.make_ready(); print(gc.isenabled(), 'PySide6' in sys.modules)"
    assert run(code, tmp_path).stdout.strip() == "False False"


def test_a_hard_crash_while_qt_is_loaded_leaves_its_trace(tmp_path):
    code = """
import ui.start
import ctypes, faulthandler, sys
if sys.platform == "win32":
    ctypes.windll.kernel32.SetErrorMode(3)  # no dialog of the system's
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("PySide6"):
            faulthandler._sigsegv()
sys.meta_path.insert(0, Broken())
ui.start.main([])
"""
    done = run(code, tmp_path)
    assert done.returncode != 0
    (faults,) = tmp_path.rglob("faults.txt")
    told = faults.read_text(encoding="utf-8")
    assert "Segmentation fault" in told or "access violation" in told
    assert "start.py" in told


def test_reports_lie_where_the_system_wants_them(monkeypatch):
    assert log_folder() == Path(platformdirs.user_log_dir("EcoScore", appauthor=False))
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_STATE_HOME", "/elsewhere")
        assert log_folder() == Path(platformdirs.user_log_dir("EcoScore", appauthor=False))
