"""What one typed value costs in the window: from Enter to the new total, rank and cells on the screen, at 100 × 60.

Run: QT_QPA_PLATFORM=offscreen python benchmarks/keystroke.py [districts indicators edits]
Compared in the same run with the same edits in a bare QTableView over a list of lists, which writes and scores nothing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QSettings, Qt
from PySide6.QtWidgets import QApplication, QTableView

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme
from ui.garbage import GarbageTimer
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme, base_font

YEAR, LAST = Period(2024), Period(2023)


def scheme_text(indicators: int) -> str:
    """Groups of ten, each indicator scored by level and progress as in the default scheme."""
    rule = (
        "{kind: level_and_progress, share: 0.6, measure: relative, level: {kind: efficacy, floor: 60, bounds: sample}, "
        "progress: {kind: linear, bounds: {worst: -10, best: 10}}}"
    )
    lines = ["id: wide", "title: 宽方案", "edition: '2024'", "missing: floor", "groups:"]
    for n in range(indicators):
        if n % 10 == 0:
            lines += [f"  - id: g{n // 10}", f"    title: 第{n // 10 + 1}组", "    indicators:"]
        lines.append(f"      - {{id: i{n}, title: 第{n + 1}项指标, weight: {1 + n % 4}, rule: {rule}}}")
    return "\n".join([*lines, "grades: [{title: 优秀, min: 85}, {title: 合格, min: 60}, {title: 不合格, min: 0}]"])


def wide_file(path: Path, districts: int, indicators: int) -> Path:
    names = [f"第{n + 1}县" for n in range(districts)]
    with Assessment.create(
        path, parse_scheme(scheme_text(indicators), "宽.yaml"), [District(n) for n in names]
    ) as file:
        file.set_values([
            Observation(name, f"i{i}", period, 20.0 + (d * 37 + i * 101 + period.year * 13) % 700 / 10)
            for period in (LAST, YEAR) for d, name in enumerate(names) for i in range(indicators)
        ])  # fmt: skip
    return path


class Bare(QAbstractTableModel):
    """A list of lists and nothing else."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.values = [[float(c) for c in range(columns)] for _ in range(rows)]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.values)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.values[0])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return f"{self.values[index.row()][index.column()]:g}" if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        self.values[index.row()][index.column()] = float(str(value))
        self.dataChanged.emit(index, index)
        return True


def main(districts: int = 100, indicators: int = 60, edits: int = 60) -> None:
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setFont(base_font())
    GarbageTimer(app)
    theme = Theme("light")
    theme.apply()
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Settings(QSettings(f"{folder}/s.ini", QSettings.Format.IniFormat)), theme)
        window = MainWindow(session)
        window.resize(1366, 768)
        window.show()
        session.open(wide_file(Path(folder) / "宽 表.ecos", districts, indicators))
        settle(app, session)
        window.show_page("data")
        settle(app, session)
        page = window.page
        view = QTableView()
        bare = Bare(districts, indicators)
        view.setModel(bare)
        view.resize(1366, 768)
        view.show()
        settle(app, session)
        blocked, whole, plain = [], [], []
        for n in range(edits):
            row, column, text = n % 12, n % 5, f"{30 + n % 50}.{n % 10}"
            start = time.perf_counter()
            bare.setData(bare.index(row, column), text)
            app.processEvents()
            plain.append(time.perf_counter() - start)
            page.view.setCurrentIndex(page.model.index(row, column))
            settle(app, session)
            before = session.latest_result
            start = time.perf_counter()
            page.model.setData(page.model.index(row, column), text)
            blocked.append(time.perf_counter() - start)
            while session.latest_result is before:
                app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            app.processEvents()
            whole.append(time.perf_counter() - start)
            settle(app, session)
        print(f"{districts} 区县 × {indicators} 指标，{edits} 次修改，中位数（毫秒）")
        for name, taken in (
            ("裸表格：写入并重画", plain),
            ("本程序：回车到可以接着打字", blocked),
            ("本程序：回车到新总分在屏上", whole),
        ):
            tenth = sorted(taken)[int(len(taken) * 0.9)]
            print(f"  {name}　{1000 * statistics.median(taken):.2f}（九成在 {1000 * tenth:.2f} 以内）")
        session.close()
        window.close()


def settle(app: QApplication, session: Session) -> None:
    for _ in range(3):
        app.processEvents()
        while session.tasks.running:
            session.tasks.drain()
        app.processEvents()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
