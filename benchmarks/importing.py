"""Import speed and memory against pandas.read_excel with openpyxl and with calamine over the same files, in one run.

    python -m pip install pandas openpyxl python-calamine && python benchmarks/importing.py

Two jobs: 100 returned forms, and one long sheet of 100,000 rows (区县, 考核期, 指标, 值). Ours reads number formats,
errors and hidden parts, matches names, checks units, ranges and last year's values, and ends with a plan; the other
two end with a DataFrame. Each job runs in a process of its own, whose peak memory counts with its children's. Prints
medians and their ratios; a ratio below 1 is faster than the peer.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

FORMS, ROWS, REPEATS = 100, 100_000, 5
YEARS = range(2001, 2025)
PROGRAMS = ("ours", "openpyxl", "calamine")


def make_files(folder: Path) -> None:
    """The forms as the tool makes them, filled in; the long sheet as a bureau's database exports it."""
    import xlsxwriter

    from ecoscore.model.observation import Observation
    from ecoscore.model.period import Period
    from ecoscore.reporting.entry_form import write_entry_form

    scheme, districts = setting()
    year = Period(2024)
    (folder / "forms").mkdir()
    for n, district in enumerate(districts[:FORMS]):
        values = {q.id: Observation(district.name, q.id, year, _value(q, n)) for q in scheme.reported}
        before = {q.id: Observation(district.name, q.id, Period(2023), _value(q, n)) for q in scheme.reported}
        write_entry_form(folder / "forms" / f"{district.name}.xlsx", scheme, district, year, before, values, {})
    with xlsxwriter.Workbook(str(folder / "long.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["区县", "考核期", "指标", "值", "备注"])
        row = 0
        for period in YEARS:
            for n, district in enumerate(districts):
                for quantity in scheme.reported:
                    if row < ROWS:
                        row += 1
                        sheet.write_row(row, 0, [district.name, period, quantity.title, _value(quantity, n), ""])


def setting():
    """The bundled scheme, and as many districts as the long sheet needs."""
    from ecoscore.model.district import District
    from ecoscore.schemes import DEFAULT, load_scheme

    scheme = load_scheme(DEFAULT)
    needed = max(FORMS, -(-ROWS // (len(YEARS) * len(scheme.reported))))
    return scheme, [District(f"第{n:03d}区") for n in range(needed)]


def _value(quantity, n: int) -> float:
    low, high = quantity.valid or (None, None)
    low = 0.0 if low is None else low
    high = low + 200.0 if high is None else high
    return round(low + (high - low) * (0.2 + 0.6 * ((n * 37) % 101) / 101), 2)


def job(program: str, what: str, folder: Path) -> None:
    """Read once and say how long it took, how many values came of it and how much memory it needed."""
    paths = sorted((folder / "forms").iterdir()) if what == "forms" else [folder / "long.xlsx"]
    if program == "ours":
        from ecoscore.importing.planning import make_plan

        scheme, districts = setting()
        start = time.perf_counter()
        plan = make_plan(paths, scheme, districts, {})
        assert not plan.errors, plan.errors[:3]
        count = len(plan.entries)
    else:
        import pandas as pd

        engine = "openpyxl" if program == "openpyxl" else "calamine"
        __import__("openpyxl" if program == "openpyxl" else "python_calamine")
        start = time.perf_counter()
        count = sum(int(pd.read_excel(path, engine=engine, header=None).notna().sum().sum()) for path in paths)
    print(json.dumps({"seconds": time.perf_counter() - start, "count": count, "megabytes": peak_megabytes()}))


def peak_megabytes() -> float:
    import resource

    parts = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(part).ru_maxrss for part in parts) / 1024


def run(program: str, what: str, folder: Path) -> dict[str, float]:
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, str(Path(__file__).resolve()), program, what, str(folder)]
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def main() -> None:
    packages = ", ".join(f"{p} {version(p)}" for p in ("pandas", "openpyxl", "python-calamine"))
    print(f"Python {platform.python_version()}, {packages}; {REPEATS} runs each, in turn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_files(folder)
        for what in ("forms", "long"):
            taken: dict[str, list[dict[str, float]]] = {program: [] for program in PROGRAMS}
            for _ in range(REPEATS):
                for program in PROGRAMS:
                    taken[program].append(run(program, what, folder))
            seconds = {p: statistics.median(r["seconds"] for r in runs) for p, runs in taken.items()}
            memory = {p: statistics.median(r["megabytes"] for r in runs) for p, runs in taken.items()}
            values = int(taken["ours"][0]["count"])
            print(f"{what}: {values} values planned")
            for program in PROGRAMS:
                line = f"  {program:>9} {seconds[program]:7.2f} s {memory[program]:6.0f} MB"
                if program != "ours":
                    line += f"   ours/{program}: time {seconds['ours'] / seconds[program]:.2f},"
                    line += f" memory {memory['ours'] / memory[program]:.2f}"
                print(line)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        job(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    else:
        main()
