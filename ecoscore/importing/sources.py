"""The files that sources stand for: folders opened, what is no table left out, each given a name for findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding, Severity

_TABLES = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".xltx", ".xlt", ".ett"}
_LOCKS = ("~$", ".~", "._", ".")
_MOST = 2000


def collect(sources: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[Finding]]:
    """Each file once, in order, with its name; findings for what was left out of folders.

    A file named by the user is always read, whatever its name. InputRefused where there is nothing to read.
    """
    files: dict[Path, None] = {}
    findings: list[Finding] = []
    for source in sources:
        if source.is_dir():
            inside, others = _inside(source)
            files.update(dict.fromkeys(inside))
            if others:
                findings.append(_left_out(source, others))
        else:
            files[source] = None
    if not files:
        where = "、".join(f"“{source}”" for source in sources)
        raise InputRefused(
            f"没有可以导入的表格：{where}" if where else "没有选择要导入的文件", "请选择 Excel、WPS 或 CSV 文件"
        )
    if len(files) > _MOST:
        raise InputRefused(f"一次选了 {len(files)} 个文件，超过 {_MOST} 个", "请分批导入")
    same = Counter(path.name for path in files)
    named = [(path, path.name if same[path.name] == 1 else f"{path.parent.name}/{path.name}") for path in files]
    return named, findings


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """Tables and other files below a folder; lock files of open documents and hidden files are neither."""
    tables: list[Path] = []
    others: list[Path] = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(_LOCKS) for part in parts) or not path.is_file():
            continue
        (tables if path.suffix.lower() in _TABLES else others).append(path)
    return tables, others


def _left_out(folder: Path, others: list[Path]) -> Finding:
    names = "、".join(path.name for path in others[:5]) + ("等" if len(others) > 5 else "")
    return Finding(
        Severity.WARNING,
        "not_a_table",
        f"文件夹“{folder.name}”中有 {len(others)} 个文件不是表格，未读取：{names}",
        advice="如果其中有指标数据，请另存为 Excel 工作簿后重新导入",
        file=folder.name,
    )
