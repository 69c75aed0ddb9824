"""The grid of values at 1,000 districts × 60 indicators, and at 100 × 60: what the model, an edit and a scroll cost.

    python benchmarks/grid.py

Off screen, on a real file, through the real page. Prints medians in milliseconds against a frame of 16 ms, and the peak
of the memory, each size in a process of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRAME = 16.0
SIZES = (100, 1000)
INDICATORS = 60


def make_file(path: Path, districts: int) -> None:
    """Two years of values, all reported."""
    import numpy as np

    from ecoscore.assessment import Assessment
    from ecoscore.model.district import District
    from ecoscore.model.observation import Observation
    from ecoscore.model.period import Period
    from ecoscore.schemes import parse_scheme

    items = "".join(
        f"      - {{id: i{n}, title: 第{n + 1}项环境质量指标, unit: '%', direction: {'lower' if n % 3 else 'higher'}, weight: 1,"
        " valid: [0, 100], rule: {kind: efficacy, bounds: sample}}\n"
        for n in range(INDICATORS)
    )
    text = f"id: b\ntitle: b\ngroups:\n  - id: g\n    title: 环境质量\n    indicators:\n{items}"
    names = [f"第{n + 1:04d}区" for n in range(districts)]
    values = np.random.default_rng(7).uniform(1, 99, (2, districts, INDICATORS)).round(1)
    with Assessment.create(path, parse_scheme(text, "benchmark"), [District(name) for name in names]) as file:
        file.set_values(
            [
                Observation(
                    name, f"i{c}", Period(2023 + y), float(values[y, r, c]), raw=f"{values[y, r, c]}", source="b"
                )
                for y in range(2)
                for r, name in enumerate(names)
                for c in range(INDICATORS)
            ]
        )


def median(work: Callable[[], object], repeats: int, before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(repeats):
        before()
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def measure(path: Path) -> None:
    """In a process of its own: open the file in the window, and time what one sees and does."""
    from PySide6.QtCore import QSettings, Qt

    from ui.app import make_application, make_window
    from ui.models.roles import ObjectRole
    from ui.settings import Settings

    app = make_application(["benchmark"])
    window = make_window(Settings(QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)))
    window.resize(1366, 768)
    window.show()
    session = window.session
    started = time.perf_counter()
    session.open(path)
    session.tasks.drain()
    window.show_page("data")
    settle(app, session)
    opened = 1000 * (time.perf_counter() - started)
    table, view = window.page.table, window.page.view
    rows = view.height() // view.rowHeight(0) + 1
    columns = view.width() // view.columnWidth(0) + 1
    roles = (ObjectRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    at = iter(range(10**9))

    def screenful() -> None:
        top = next(at) * rows % max(1, table.rowCount() - rows)
        for row in range(top, top + rows):
            for column in range(columns):
                index = table.index(row, column)
                for role in roles:
                    index.data(role)

    def one_cell() -> None:
        index = table.index(next(at) % table.rowCount(), next(at) % table.columnCount())
        for role in roles:
            index.data(role)

    bar = view.verticalScrollBar()

    def scroll() -> None:
        value = bar.value() + bar.pageStep()
        bar.setValue(value if value <= bar.maximum() else 0)
        view.viewport().repaint()

    def edit() -> None:
        n = next(at)
        table.setData(table.index(n % table.rowCount(), n % 7), f"{20 + n % 60}.{n % 10}")

    def write() -> None:
        """What an edit costs the file alone: one transaction, on the disk when it returns."""
        n = next(at)
        file, cell = session.assessment, table.index(n % table.rowCount(), 8).data(ObjectRole)
        assert file is not None
        import dataclasses

        file.set_values([dataclasses.replace(cell.observation, value=20.0 + n % 61, raw=None)])

    def quiet() -> None:
        settle(app, session)

    results = {
        f"data() of a screenful, {rows} × {columns} cells × {len(roles)} roles": median(screenful, 31),
        "data() of one cell": median(one_cell, 301),
        "a page scrolled and painted": median(scroll, 31),
        "an edit: setData, file and all that listens": (edited := median(edit, 21, quiet)),
        "  of it the file's transaction": (written := median(write, 21, quiet)),
    }
    for what, took in results.items():
        print(f"    {what:<62} {took:>8.3f} ms")
    print(f"    {'  the model and what listens':<62} {edited - written:>8.3f} ms of a frame of {FRAME:.0f}")
    print(f"    {'file opened, page shown':<62} {opened:>8.0f} ms")
    print(f"    {'peak memory':<62} {peak():>8.0f} MB", flush=True)
    session.close()
    os._exit(0)


def settle(app: object, session: object) -> None:
    for _ in range(3):
        app.processEvents()
        session.tasks.drain()
    app.processEvents()


def peak() -> float:
    """The most memory the process has held, in MB."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for districts in SIZES:
            path = Path(folder) / f"{districts}.ecos"
            make_file(path, districts)
            load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
            print(f"{districts} districts × {INDICATORS} indicators, two years{load}", flush=True)
            environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
            environment |= dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)
            subprocess.run([sys.executable, __file__, str(path)], check=True, cwd=ROOT, env=environment, timeout=600)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
