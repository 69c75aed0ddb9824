"""LibreOffice as the judge of our workbooks: every formula recalculated hard, every cell read back."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from tests.needs import needs_soffice  # noqa: F401  offered on, beside what it guards

Cells = Mapping[str, Mapping[str, object]]

# 0 = always: recalculate every formula on loading, whatever value is stored beside it.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(paths: list[Path], folder: Path, to: str) -> list[Path]:
    """Convert in one headless run, in a profile of its own so that runs side by side do not meet.

    LibreOffice now and then hangs while it starts: it is then ended, children and all, and started anew.
    """
    for _ in range(3):
        with tempfile.TemporaryDirectory(prefix="soffice-", ignore_cleanup_errors=True) as profile:
            settings = Path(profile) / "user" / "registrymodifications.xcu"
            settings.parent.mkdir()
            settings.write_text(_PROFILE, encoding="utf-8")
            command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", to]
            if _ends([*command, "--outdir", str(folder), *map(str, paths)], 60 + 5 * len(paths)):
                break
    found = [folder / f"{p.stem}.{to.split(':', maxsplit=1)[0]}" for p in paths]
    assert all(f.exists() for f in found), f"LibreOffice wrote nothing for {[f.name for f in found if not f.exists()]}"
    return found


def _ends(command: list[str], seconds: float) -> bool:
    """Whether a command ends well in time; no pipes, which a child that is left over would keep open."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return False


def stored(path: Path) -> Cells:
    """Every cell's stored value by sheet and address: what a viewer that does not calculate shows."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        for sheet in book.worksheets
    }


def formulas(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Every formula by sheet and address."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.data_type == "f" and c.value}
        for sheet in book.worksheets
    }


def recalculate(path: Path, folder: Path) -> Cells:
    """Every cell after a hard recalculation by LibreOffice."""
    return recalculate_all([path], folder)[0]


def recalculate_all(paths: list[Path], folder: Path) -> list[Cells]:
    folder.mkdir(parents=True, exist_ok=True)
    return [stored(p) for p in convert(paths, folder, "xlsx:Calc MS Excel 2007 XML")]


def differences(before: Cells, after: Cells, tolerance: float = 1e-9) -> list[str]:
    """Where two sets of cells disagree; an empty text and no cell are the same."""
    found = []
    for sheet in before.keys() | after.keys():
        one, other = before.get(sheet, {}), after.get(sheet, {})
        for at in sorted(one.keys() | other.keys()):
            a, b = one.get(at), other.get(at)
            if not same(a, b, tolerance):
                found.append(f"{sheet}!{at}: {a!r} ≠ {b!r}")
    return found


def same(a: object, b: object, tolerance: float = 1e-9) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a == b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= tolerance * max(1.0, abs(a))
    return (a or "") == (b or "") if not isinstance(a, (int, float)) and not isinstance(b, (int, float)) else False
