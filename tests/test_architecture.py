"""The layers of ARCHITECTURE.md, held: arrows point down, siblings apart, no Qt below the window, tests for all."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(p for p in (ROOT / "ecoscore").rglob("*.py"))
LEAVES = {"errors", "atomic", "paths", "scratch"}
# What each room may import of the rooms below it.
BELOW = {
    "model": set(),
    "rules": {"model"},
    "derived": {"model"},
    "scoring": {"model", "rules"},
    "reporting": {"model", "rules"},
    "methods": {"model", "rules"},
    "schemes": {"model", "rules", "derived"},
    "importing": {"model"},
    "storage": {"model"},
}
BELOW["assessment"] = set(BELOW)  # the facade joins all rooms
BELOW["cli"] = BELOW["assessment"] - {"storage"} | {"assessment"}  # an .ecos file is met through the facade only
OPENS_THE_WINDOW = ("cli", "window.py")


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return found


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "ecoscore" and len(parts) > 1 else None


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_arrows_point_down(path):
    place = path.relative_to(ROOT / "ecoscore").parts
    names = imported(path)
    assert not {n for n in names if n.split(".")[0] in {"PySide6", "ui"}} or place == OPENS_THE_WINDOW, (
        "Qt below the line"
    )
    if len(place) > 1:
        rooms = {r for n in names if (r := room(n))} - {place[0], "__version__"}
        assert rooms <= BELOW[place[0]] | LEAVES, f"{'/'.join(place)} reaches {rooms - BELOW[place[0]] - LEAVES}"


def test_the_whole_of_ecoscore_imports_without_qt():
    names = [
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for p in MODULES
        if p.name != "__main__.py"
    ]
    code = f"import sys, importlib\nsys.modules['PySide6'] = None\nfor n in {names!r}: importlib.import_module(n)\n"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr


def test_the_window_reads_scores_and_computes_none():
    for path in (ROOT / "ui").rglob("*.py"):
        names = imported(path)
        assert not {
            n
            for n in names
            if n.split(".")[0] in {"numpy", "pandas"} or n.startswith(("ecoscore.rules", "ecoscore.scoring"))
        }, path


def test_every_module_is_met_by_a_test():
    seen: set[str] = set()
    for path in (ROOT / "tests").rglob("*.py"):
        seen |= imported(path)
        seen |= {word for word in path.read_text(encoding="utf-8").split('"') if word.startswith(("ecoscore.", "ui."))}
    tests = {p.stem for p in (ROOT / "tests").rglob("test_*.py")}
    unmet = []
    for source in [*MODULES, *(ROOT / "ui").rglob("*.py")]:
        if source.name in {"__init__.py", "__main__.py"} or not source.read_text(encoding="utf-8").strip():
            continue
        module = ".".join(source.relative_to(ROOT).with_suffix("").parts)
        package = module.rsplit(".", 1)[0]
        if module not in seen and f"test_{source.stem}" not in tests and package not in seen:
            unmet.append(module)
    assert not unmet


def test_files_and_functions_stay_readable():
    faults = []
    for source in [*MODULES, *(ROOT / "ui").rglob("*.py")]:
        text = source.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            faults.append(f"{source} is over 400 lines")
        faults += [
            f"{source.name}: {node.name} is over 60 lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno > 65
        ]
        if text.strip() and source.name != "__init__.py" and not ast.get_docstring(ast.parse(text)):
            faults.append(f"{source} does not say what it is")
    assert not faults
