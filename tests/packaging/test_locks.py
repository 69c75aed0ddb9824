"""What ships is what the project asks for, each file held by its hash."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.packaging.scripts import FOLDER, script

PROJECT = tomllib.loads((FOLDER.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKED = {name: version for name, version, _ in script("components").locked(FOLDER / "requirements.lock")}


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", version))


@pytest.mark.parametrize("dependency", PROJECT["dependencies"])
def test_every_dependency_is_locked_at_a_version_the_project_accepts(dependency):
    name, lowest = re.fullmatch(r"([A-Za-z0-9_.-]+)>=([\d.]+)", dependency).groups()
    assert name.lower() in LOCKED, "run packaging/windows/lock.py"
    assert numbers(LOCKED[name.lower()]) >= numbers(lowest)


@pytest.mark.parametrize("lock", sorted(FOLDER.glob("*.lock")), ids=lambda p: p.name)
def test_every_line_of_a_lock_has_a_hash(lock):
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[a-z0-9._-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line) for line in lines)


def test_the_shipped_qt_loads_on_early_windows_10():
    assert (6, 8) <= numbers(LOCKED["pyside6-essentials"]) < (6, 10)
    assert LOCKED["pyside6-essentials"] == LOCKED["shiboken6"]


def test_no_script_names_a_host_or_a_folder_of_somebody_s_machine():
    for path in FOLDER.iterdir():
        if path.suffix in {".sh", ".py", ".nsi", ".spec", ".lock"}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"https?://|/home/", text), path.name
