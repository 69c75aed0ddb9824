"""The files that sources stand for: folders and archives opened, what was pasted written out, each with its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.archive import ARCHIVE_SUFFIX, TABLE_SUFFIXES, Member
from ecoscore.importing.reading import UnpackedFile, unpack_files
from ecoscore.model.finding import Finding, Severity

INSIDE = " › "
PASTED_NAME = "粘贴的表格"
_LOCKS = ("~$", ".~", "._", ".")
_MOST = 2000
_LONGEST_PASTE = 40 << 20


@dataclass(frozen=True, slots=True)
class PastedTable:
    """Cells copied in Excel or WPS and pasted: lines of texts between tabs."""

    text: str


Source = Path | PastedTable


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file to be read: where it lies, and what findings call it. `origin` is where the user has it."""

    path: Path
    name: str
    origin: Path


class Unpack(Protocol):
    """What unpacks archives into a folder: each in turn, those before a cancelling."""

    def __call__(
        self, paths: Sequence[Path], into: Path, *, cancelled: Callable[[], bool]
    ) -> Iterator[UnpackedFile]: ...


def collect(
    sources: Sequence[Source],
    folder: Path,
    cancelled: Callable[[], bool] = lambda: False,
    unpack: Unpack = unpack_files,
) -> tuple[list[TableFile], list[Finding]]:
    """Each file once, in order; findings for what was left out of folders and archives. What must be written to be
    read goes into `folder`, which is to outlive the reading.

    A file named by the user is always read, whatever its name. InputRefused where there is nothing to read.
    """
    found: dict[Path, str] = {}
    findings: list[Finding] = []
    for source in sources:
        if isinstance(source, PastedTable):
            number = sum(name.startswith(PASTED_NAME) for name in found.values()) + 1
            name = PASTED_NAME if number == 1 else f"{PASTED_NAME} {number}"
            found[_written(source, folder / f"pasted-{number}.tsv")] = name
        elif source.is_dir():
            inside, others = _inside(source)
            found.update(dict.fromkeys(inside, ""))
            if others:
                findings.append(_left_out(f"文件夹“{source.name}”", source.name, [path.name for path in others]))
        else:
            found[source] = ""
    files = list(_unpacked(_named(found), folder, findings, cancelled, unpack))
    if not files and not any(f.is_error for f in findings):
        where = "、".join(f"“{source}”" for source in sources if isinstance(source, Path))
        raise InputRefused(
            f"没有可以导入的表格：{where}" if where else "没有选择要导入的文件", "请选择 Excel、WPS、CSV 文件或压缩包"
        )
    if len(files) > _MOST:
        raise InputRefused(f"一次选了 {len(files)} 个文件，超过 {_MOST} 个", "请分批导入")
    return files, findings


def _written(source: PastedTable, path: Path) -> Path:
    if not source.text.strip():
        raise InputRefused("剪贴板里没有表格", "请在 Excel 或 WPS 里选中表格并复制，再粘贴")
    if len(source.text) > _LONGEST_PASTE:
        raise InputRefused("粘贴的内容过多", "请存成文件后导入")
    path.write_text(source.text, encoding="utf-8-sig", newline="")
    return path


def _named(found: dict[Path, str]) -> list[TableFile]:
    """Files of one name are told apart by their folders, as far up as it takes."""
    names = {path: name or path.name for path, name in found.items()}
    for up in (1, 2, 3):
        same = Counter(names.values())
        names = {
            path: name if same[name] == 1 else "/".join(path.absolute().parts[-up - 1 :])
            for path, name in names.items()
        }
    return [
        TableFile(path, name, path if path not in found or not found[path] else Path(name))
        for path, name in names.items()
    ]


def _unpacked(
    files: Sequence[TableFile],
    folder: Path,
    findings: list[Finding],
    cancelled: Callable[[], bool],
    unpack: Unpack,
) -> Iterator[TableFile]:
    """Archives replaced by the tables inside; what else lies in them is said."""
    archives = [file for file in files if file.path.suffix.lower() == ARCHIVE_SUFFIX]
    opened = (
        {u.path: u for u in unpack([file.path for file in archives], folder, cancelled=cancelled)} if archives else {}
    )
    for file in files:
        if file not in archives:
            yield file
            continue
        if file.path not in opened:  # cancelled
            continue
        unpacked = opened[file.path]
        if unpacked.message:
            findings.append(
                Finding(
                    Severity.ERROR, "file_refused", f"压缩包“{file.name}”不能读取：{unpacked.message}",
                    unpacked.advice, file=file.name,
                )
            )  # fmt: skip
        findings.extend(_refused_member(file, member) for member in unpacked.members if member.refusal)
        if others := [m.name for m in unpacked.members if not m.stored and not m.refusal]:
            findings.append(_left_out(f"压缩包“{file.name}”", file.name, others))
        for member in unpacked.members:
            if member.stored:
                yield TableFile(folder / member.stored, f"{file.name}{INSIDE}{member.name}", file.origin)


def _refused_member(file: TableFile, member: Member) -> Finding:
    return Finding(
        Severity.ERROR,
        "file_refused",
        f"“{member.name}”未读取：{member.refusal}",
        "请把其中的表格取出来，单独导入或重新压缩",
        file=f"{file.name}{INSIDE}{member.name}",
    )


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """Tables and other files below a folder; lock files of open documents and hidden files are neither."""
    tables: list[Path] = []
    others: list[Path] = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(_LOCKS) for part in parts) or not path.is_file():
            continue
        (tables if path.suffix.lower() in TABLE_SUFFIXES | {ARCHIVE_SUFFIX} else others).append(path)
    return tables, others


def _left_out(place: str, file: str, others: Sequence[str]) -> Finding:
    names = "、".join(others[:5]) + ("等" if len(others) > 5 else "")
    return Finding(
        Severity.WARNING,
        "not_a_table",
        f"{place}中有 {len(others)} 个文件不是表格，未读取：{names}",
        advice="如果其中有指标数据，请另存为 Excel 工作簿后重新导入",
        file=file,
    )
