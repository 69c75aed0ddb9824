"""Writes the lock files: the wheels for Windows that pip chooses today, each pinned by version and hash.

    python packaging/windows/lock.py          # after a dependency changes; then look at the difference

What ships is what pyproject.toml asks for, held by the pins below; nothing here runs on Windows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = "3.11"

# Newer ones exist. Qt 6.10 asks for icuuc.dll, which Windows 10 before 1703 has not; NumPy 2.0 is the newest that
# loads under Wine without replaced system files, so that what is tested is what ships.
PINS = ("PySide6-Essentials==6.9.3", "numpy==2.0.2")

LOCKS = {
    "requirements.lock": ("what ships in the program", ()),
    "tools.lock": ("what freezes the program; not shipped", ("pyinstaller", "pefile", "pywin32-ctypes")),
    "tests.lock": ("what the tests need besides", ("pytest", "pytest-qt", "hypothesis", "xlwt", "colorama")),
}


def main() -> None:
    project = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    shipped: dict[str, tuple[str, str]] = {}
    for name, (purpose, wanted) in LOCKS.items():
        chosen = resolve([*(wanted or project["project"]["dependencies"]), *PINS])
        if not wanted:
            shipped = chosen
        else:
            chosen = {k: v for k, v in chosen.items() if k not in shipped}
        write(HERE / name, purpose, chosen)


def resolve(wanted: list[str]) -> dict[str, tuple[str, str]]:
    """What pip would install on Windows: the version and the wheel's hash by name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += ["--platform", "win_amd64", "--python-version", PYTHON, "--only-binary=:all:"]
        command += ["--target", folder, "--report", str(report), *wanted]
        subprocess.run(command, check=True)
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        item["metadata"]["name"].lower().replace("_", "-"): (
            item["metadata"]["version"],
            item["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for item in items
    }


def write(path: Path, purpose: str, chosen: dict[str, tuple[str, str]]) -> None:
    lines = [f"# {purpose}; written by lock.py for CPython {PYTHON} on 64-bit Windows"]
    lines += [f"{name}=={version} --hash=sha256:{digest}" for name, (version, digest) in sorted(chosen.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
