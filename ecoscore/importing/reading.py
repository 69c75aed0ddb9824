"""Reads files in child processes under limits of time and memory; the caller never hangs and always gets a sentence."""

from __future__ import annotations

import logging
import marshal
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecoscore.errors import EnvironmentFailed
from ecoscore.importing.child import CHILD_SWITCH, JOB_FILE, READY_FILE
from ecoscore.importing.readers.archive import Member
from ecoscore.importing.readers.book import Book

SECONDS_A_FILE = 60.0
MEGABYTES = 2048
_POLL = 0.005
_LONGEST_POLL = 0.02
_HELD_SECONDS = 10.0
_MOST_CHILDREN, _FILES_A_CHILD = 4, 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class ReadFile:
    """A file as the child left it: a book, or why there is none."""

    path: Path
    digest: str
    book: Book | None
    message: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class UnpackedFile:
    """An archive as the child left it: its members, or why there are none."""

    path: Path
    members: tuple[Member, ...]
    message: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What the child gave for a file: some plain data, or why there is none."""

    path: Path
    digest: str
    data: Any
    message: str = ""
    advice: str = ""


def read_files(
    paths: Sequence[Path],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS_A_FILE,
    megabytes: int = MEGABYTES,
) -> Iterator[ReadFile]:
    """Each file in turn, by one child for the whole batch; a file that kills the child costs only itself.

    Ends early when `cancelled` says so. EnvironmentFailed if no child can be started at all.
    """
    for found in _work(paths, None, cancelled, seconds, megabytes):
        book = None if found.data is None else Book.unpacked(found.data)
        yield ReadFile(found.path, found.digest, book, found.message, found.advice)


def unpack_files(
    paths: Sequence[Path],
    into: Path,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS_A_FILE,
    megabytes: int = MEGABYTES,
) -> Iterator[UnpackedFile]:
    """Each archive in turn, its tables unpacked into a folder by a child of the same kind."""
    for found in _work(paths, into, cancelled, seconds, megabytes):
        members = tuple(Member(*member) for member in found.data or ())
        yield UnpackedFile(found.path, members, found.message, found.advice)


def _work(
    paths: Sequence[Path], into: Path | None, cancelled: Callable[[], bool], seconds: float, megabytes: int
) -> Iterator[_Found]:
    """What children find in the files, in their order; many files are shared out among several children."""
    files = list(enumerate(paths))
    count = max(1, min(_MOST_CHILDREN, os.cpu_count() or 1, len(files) // _FILES_A_CHILD))
    lanes: list[_Lane] = []
    try:
        for n in range(count if files else 0):
            lanes.append(_Lane(files[n::count], into, seconds, megabytes))  # noqa: PERF401  those begun are to be stopped
        for number, _ in files:
            found = lanes[number % count].take(cancelled)
            if found is None:
                return
            yield found
    finally:
        for lane in lanes:
            lane.stop()


class _Lane:
    """A child at work on some of the files, one after the other; a file that kills it costs only itself."""

    def __init__(self, files: Sequence[tuple[int, Path]], into: Path | None, seconds: float, megabytes: int) -> None:
        self._left = list(files)
        self._into, self._seconds, self._megabytes = into, seconds, megabytes
        self._start()

    def _start(self) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="ecoscore-", ignore_cleanup_errors=True)
        self._folder = Path(self._home.name)
        job = {
            "megabytes": self._megabytes,
            "into": str(self._into or ""),
            "files": [(number, str(path.absolute())) for number, path in self._left],
        }
        (self._folder / JOB_FILE).write_bytes(marshal.dumps(job))
        try:
            with (self._folder / "errors.txt").open("wb") as errors:
                self._process = _started(self._folder, errors.fileno())
        except EnvironmentFailed:
            self._home.cleanup()
            raise

    def take(self, cancelled: Callable[[], bool]) -> _Found | None:
        """What became of the next file; None on cancelling."""
        number, path = self._left.pop(0)
        result = self._folder / f"{number}.result"
        fate = _await(self._process, result, cancelled, self._seconds)
        if fate == "cancelled":
            return None
        if fate == "done":
            found = _result(path, marshal.loads(_content(result)))  # noqa: S302  written by our own child
            with suppress(PermissionError):  # held by a virus scanner; the folder goes in the end
                result.unlink()
            return found
        found = _loss(path, fate, self._folder)
        self.stop()
        if self._left:
            self._start()
        return found

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._home.cleanup()


def child_command(folder: Path) -> list[str]:
    """What starts a child on a job: our module, or in a frozen program the program itself with a switch."""
    return [sys.executable, *([CHILD_SWITCH] if _is_frozen() else ["-m", "ecoscore.importing.child"]), str(folder)]


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _started(folder: Path, errors: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            child_command(folder),
            # "-m" looks in the working folder first: let that be our own root, not wherever the user stands.
            cwd=None if _is_frozen() else Path(__file__).resolve().parents[2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise EnvironmentFailed(
            f"无法启动读取文件的进程：{error.strerror or error}", "请重新启动本软件后重试"
        ) from error


def _await(process: subprocess.Popen[bytes], result: Path, cancelled: Callable[[], bool], seconds: float) -> str:
    """`done`, `cancelled`, `slow` or `died`."""
    end = time.monotonic() + seconds
    pause = _POLL
    while not result.exists():
        if cancelled():
            return "cancelled"
        if process.poll() is not None:
            return "done" if result.exists() else "died"
        if time.monotonic() > end:
            return "slow"
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_POLL)
    return "done"


def _content(result: Path) -> bytes:
    """Windows does not open a file in the very moment it takes its name, nor while a virus scanner looks at it."""
    end = time.monotonic() + _HELD_SECONDS
    while True:
        try:
            return result.read_bytes()
        except PermissionError as error:
            if time.monotonic() > end:
                raise EnvironmentFailed(
                    f"读出的内容被别的程序占用：{result}", "如有杀毒软件拦截，请允许本软件运行，再重新导入"
                ) from error
            time.sleep(_POLL)


def _result(path: Path, result: tuple[Any, ...]) -> _Found:
    if result[0] == "read":
        return _Found(path, str(result[2]), result[1])
    return _Found(path, str(result[3]), None, str(result[1]), str(result[2]))


def _loss(path: Path, fate: str, folder: Path) -> _Found:
    if fate == "slow":
        message, advice = "读取时间过长，已停止（文件内容异常或过大）", "请只留指标数据所在的工作表，另存后重试"
        return _Found(path, "", None, message, advice)
    trace = (folder / "errors.txt").read_text(encoding="utf-8", errors="replace")
    _log.error("the reading process died on %s: %s", path, trace)
    if not (folder / READY_FILE).exists():
        raise EnvironmentFailed("读取文件的进程无法运行", "请重新安装本软件；如有杀毒软件拦截，请允许本软件运行")
    return _Found(
        path, "", None, "文件内容异常，读取中途停止", "请在 Excel 或 WPS 中打开它，另存为“Excel 工作簿（.xlsx）”后重试"
    )
