"""Schemes from wherever people keep them: a bundled id, a YAML file, an Excel workbook; and written back as either."""

from __future__ import annotations

from pathlib import Path

from ecoscore.atomic import write_whole
from ecoscore.errors import InputRefused
from ecoscore.model.scheme import Scheme

_YAML = {".yaml", ".yml"}
_SHEETS = {".xlsx", ".xlsm", ".xls", ".et", ".ods"}


def read_scheme(source: str | Path) -> Scheme:
    """The scheme of an id, a YAML file or a workbook; InputRefused with every problem and its place."""
    from ecoscore.schemes import load_scheme

    suffix = Path(source).suffix.lower()
    if suffix in _SHEETS:
        return _from_workbook(Path(source))
    return load_scheme(Path(source) if suffix in _YAML else source)


def write_scheme(path: Path, scheme: Scheme) -> None:
    """Write a scheme as YAML or as the workbook in which people edit it; InputRefused if the file exists already."""
    suffix = path.suffix.lower()
    if suffix not in {*_YAML, ".xlsx"}:
        raise InputRefused(f"方案只能写成 .yaml 或 .xlsx：{path}", "请改用这两种扩展名之一")
    if path.exists():  # it may hold somebody's corrections
        raise InputRefused(f"文件已存在，未覆盖：{path}", "请换一个文件名，或先把原文件移走")
    if suffix == ".xlsx":
        from ecoscore.schemes.sheet_write import write_scheme_workbook

        write_scheme_workbook(path, scheme)
        return
    from ecoscore.schemes import dump_scheme

    with write_whole(path) as temporary:
        temporary.write_text(scheme.source_text or dump_scheme(scheme), encoding="utf-8")


def _from_workbook(path: Path) -> Scheme:
    from ecoscore.importing.reading import read_files
    from ecoscore.schemes import read_scheme_workbook

    (found,) = read_files([path])
    if found.book is None:
        raise InputRefused(f"不能读取考核方案：{found.message}", found.advice)
    return read_scheme_workbook({sheet.name: sheet.cells for sheet in found.book.sheets}, path.name)
