"""Writes the corpus: every file of every case, and beside each what importing it must give.

    python -m tests.corpus.build            all of it; LibreOffice makes those that are made from another file

Run twice it writes the same bytes, but for what LibreOffice writes: those files are rewritten only with --libreoffice.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.corpus.case import SIDECAR, Case
from tests.corpus.cases import all_cases
from tests.corpus.writers import settle
from tests.libreoffice import convert

DATA = Path(__file__).resolve().parents[1] / "data"
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods"}


def build(folder: Path, *, libreoffice: bool = False) -> None:
    """Write all files that scripts make, and all sidecars; those of LibreOffice too if asked for or absent."""
    folder.mkdir(exist_ok=True)
    cases = list(all_cases())
    for case in cases:
        if case.make is not None:
            case.make(folder / case.name)
        case.write_sidecar(folder)
    _convert([c for c in cases if c.made_from and (libreoffice or not (folder / c.name).exists())], folder)
    wanted = {c.name for c in cases} | {c.sidecar for c in cases}
    for path in folder.iterdir():
        if path.name not in wanted and (path.name.endswith(SIDECAR) or path.name[:2] in _FAMILIES):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


_FAMILIES = {"布局", "单元", "单位", "名称", "提醒", "多件", "回收", "异常"}


def _convert(cases: list[Case], folder: Path) -> None:
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_kind[Path(case.name).suffix[1:]].append(case)
    for kind, wanted in by_kind.items():
        with tempfile.TemporaryDirectory() as name:
            work = Path(name)
            (work / "out").mkdir()
            sources = []
            for n, case in enumerate(wanted):
                source = work / f"{n}{Path(case.made_from).suffix}"
                shutil.copy(folder / case.made_from, source)
                sources.append(source)
            for case, made in zip(wanted, convert(sources, work / "out", _FILTERS[kind]), strict=True):
                shutil.copy(made, folder / case.name)
                if kind != "xls":
                    settle(folder / case.name)


if __name__ == "__main__":
    build(DATA, libreoffice="--libreoffice" in sys.argv)
