"""From starting the process to the first paint: this program's window against bare PySide6 windows with one table.

    python benchmarks/startup.py [runs, 11 if not given]

There are two bare ones: a QTableWidget, which never names the namespace `Qt`, and a QTableView over a model of its own
with right-aligned figures, which does, as any program with a model must (PySide6 then makes some ninety enumerations).
All are started in turn in processes of their own, so that they meet the same weather; a round before the count warms
the disk. Prints medians and ratios, and what part of each is importing, building and painting. Set QT_QPA_PLATFORM to
measure another platform than the one Qt chooses (off screen where there is no display).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.5

WATCH = """
import json, os, sys, time
marks = {"python": time.time()}
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and "painted" not in marks:
            marks["painted"] = 0.0
            QTimer.singleShot(0, painted)  # after this round of painting is through
        return False
watch = FirstPaint()
def painted():
    marks["painted"] = time.time()
    print(json.dumps(marks), flush=True)
    os._exit(0)
"""

BARE = f"""{WATCH}
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
app = QApplication([])
marks["imported"] = time.time()
window = QMainWindow()
table = QTableWidget(30, 10)
for row in range(30):
    for column in range(10):
        table.setItem(row, column, QTableWidgetItem(f"{{row * column}}"))
window.setCentralWidget(table)
window.resize(1280, 720)
marks["built"] = time.time()
window.installEventFilter(watch)
window.show()
app.exec()
"""

VIEW = f"""{WATCH}
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Figures(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 30
    def columnCount(self, parent=None):
        return 10
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{{index.row() * index.column()}}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
app = QApplication([])
marks["imported"] = time.time()
window = QMainWindow()
model, table = Figures(), QTableView()
table.setModel(model)
window.setCentralWidget(table)
window.resize(1280, 720)
marks["built"] = time.time()
window.installEventFilter(watch)
window.show()
app.exec()
"""

OURS = f"""{WATCH}
import ui.start
ui.start.make_ready()
import ui.app
marks["imported"] = time.time()
make = ui.app.make_window
def made(settings):
    window = make(settings)
    window.installEventFilter(watch)
    marks["built"] = time.time()
    return window
ui.app.make_window = made
ui.app.main([])
"""


def start(code: str, home: Path) -> dict[str, float]:
    """Milliseconds from the start of the process to each mark."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    # As installed: compiled once, by the round that is not counted.
    environment |= {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    begin = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    if not done.stdout.strip():
        raise SystemExit(f"the window was not painted:\n{done.stderr}")
    marks = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: 1000 * (at - begin) for name, at in marks.items()}


def settings_of_an_old_hand(home: Path) -> None:
    """The tour is for the first start only."""
    folder = home / "EcoScore"
    folder.mkdir()
    (folder / "EcoScore.conf").write_text("[General]\ntour_seen=true\n", encoding="utf-8")


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    programs = {"QTableWidget": BARE, "QTableView": VIEW, "EcoScore": OURS}
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        settings_of_an_old_hand(home)
        for number in range(runs + 1):
            for name, code in programs.items():
                marks = start(code, home)
                if number:
                    taken[name].append(marks)
    print(f"Python {platform.python_version()}, {runs} starts each, {_load()}")
    middle = {
        name: {mark: statistics.median(m[mark] for m in all_marks) for mark in all_marks[0]}
        for name, all_marks in taken.items()
    }
    print(f"{'':>12} {'first paint ms':>14} | {'python':>7} {'imported':>8} {'built':>7} (ms since the start)")
    for name, marks in middle.items():
        print(
            f"{name:>12} {marks['painted']:>14.0f} | {marks['python']:>7.0f} {marks['imported']:>8.0f} {marks['built']:>7.0f}"
        )
    ratios = {
        name: middle["EcoScore"]["painted"] / marks["painted"] for name, marks in middle.items() if name != "EcoScore"
    }
    for name, ratio in ratios.items():
        print(f"ratio to the {name} {ratio:.2f} (limit {LIMIT})")
    return 0 if max(ratios.values()) < LIMIT else 1


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""


if __name__ == "__main__":
    sys.exit(main())
