"""The reading process: reads or unpacks the files of a job one by one, leaves each as a result file; judges nothing.

It is a program of its own (`python -m ecoscore.importing.child JOB`; in a frozen program, the program itself with
CHILD_SWITCH) and not a multiprocessing worker. Spawned workers import the parent's main module again, which under
pytest is pytest and in the window is Qt; a program of its own starts in a tenth of a second and holds nothing worth
taking. Job and results are files in a temporary folder: a windowed program on Windows has no standard streams.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.memory_limit import limit_memory
from ecoscore.importing.readers import read_book

TYPE_CHECKING = False  # the module that has it, and dataclasses, would double the time this process takes to start
if TYPE_CHECKING:
    from typing import Any

CHILD_SWITCH = "--read-tables-for-ecoscore"
JOB_FILE = "job"
READY_FILE = "ready"


def run_if_child(arguments: Sequence[str]) -> bool:
    """For the first line of a frozen program's main: do the reading and return True if that is what was asked."""
    if len(arguments) == 2 and arguments[0] == CHILD_SWITCH:
        serve(Path(arguments[1]))
        return True
    return False


def serve(folder: Path) -> None:
    """Read what the job lists; the result of file n is `n.result`, there only when whole."""
    job = marshal.loads((folder / JOB_FILE).read_bytes())  # noqa: S302  written by our own parent
    limit_memory(job["megabytes"])
    gc.disable()  # cells are no cycles, and this process is over in seconds
    (folder / READY_FILE).touch()
    for number, name in job["files"]:
        try:
            result = _unpack(Path(name), Path(job["into"]), str(number)) if job["into"] else _read(Path(name))
        except MemoryError:
            result = "refused", "文件过大，读取时内存超出上限，已停止", "请只留指标数据所在的工作表后重试", ""
        whole = folder / f"{number}.result"
        partial = folder / f"{number}.partial"
        partial.write_bytes(marshal.dumps(result))
        _named(partial, whole)


def _named(partial: Path, whole: Path) -> None:
    """Windows refuses while a virus scanner holds the new file; it lets go soon."""
    for _ in range(100):
        try:
            partial.replace(whole)
        except PermissionError:
            time.sleep(0.05)
        else:
            return
    partial.replace(whole)


def _read(path: Path) -> tuple[Any, ...]:
    return _guarded(path, lambda: read_book(path).packed())


def _unpack(path: Path, into: Path, prefix: str) -> tuple[Any, ...]:
    from ecoscore.importing.readers.archive import unpack  # noqa: PLC0415  few imports are of archives

    return _guarded(path, lambda: [(m.name, m.stored, m.refusal) for m in unpack(path, into, prefix)])


def _guarded(path: Path, work: Callable[[], Any]) -> tuple[Any, ...]:
    """What the work gave and the file's digest, or the sentence it ended in."""
    digest = ""
    try:
        digest = _digest(path)
        return "read", work(), digest
    except InputRefused as refusal:
        return "refused", refusal.message, refusal.advice, digest
    except FileNotFoundError:
        return "refused", "文件不存在", "请检查文件名和路径", digest
    except OSError as error:
        reason = error.strerror or str(error)
        return "refused", f"文件打不开：{reason}", "如果它正在 Excel 或 WPS 中打开，请关闭后重试", digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
