"""Folders for what need not outlast the program, and the removal of those that a killed program left behind."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
import weakref
from pathlib import Path
from types import TracebackType
from typing import IO, Self

PREFIX = "ecoscore-"
_OURS = re.compile(re.escape(PREFIX) + r"[a-z0-9_]{8}")  # as tempfile makes them
_MARK = "in-use"
_DAY = 86_400.0


class ScratchFolder:
    """A temporary folder that says, as long as its program lives, that it is in use: by a file held open and locked.

    The system lets go of that file when the program dies, in whatever way.
    """

    def __init__(self) -> None:
        self._home = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
        self.path = Path(self._home.name)
        self._mark = (self.path / _MARK).open("wb")
        _lock(self._mark)
        weakref.finalize(self, self._mark.close)  # at the end of the program, before the folder goes

    def cleanup(self) -> None:
        self._mark.close()
        self._home.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cleanup()


def sweep(older_than: float = _DAY) -> int:
    """Remove folders of ours that nobody uses any more and that were last changed so many seconds ago; how many.

    What cannot be looked at or removed is left for another time.
    """
    removed = 0
    for path in _left_behind(time.time() - older_than):
        if _is_free(path / _MARK):
            shutil.rmtree(path, ignore_errors=True)
            removed += not path.exists()
    return removed


def _left_behind(before: float) -> list[Path]:
    try:
        with os.scandir(tempfile.gettempdir()) as entries:
            return [Path(e.path) for e in entries if _OURS.fullmatch(e.name) and _is_old_folder(e, before)]
    except OSError:
        return []


def _is_old_folder(entry: os.DirEntry[str], before: float) -> bool:
    """Never a link, nor a folder of another user's."""
    try:
        stat = entry.stat(follow_symlinks=False)
        is_mine = not hasattr(os, "getuid") or stat.st_uid == os.getuid()
        return is_mine and entry.is_dir(follow_symlinks=False) and stat.st_mtime < before
    except OSError:
        return False


def _lock(file: IO[bytes]) -> bool:
    """Whether the lock is ours now; on Windows a file that is open cannot be removed, which serves as one."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_free(mark: Path) -> bool:
    """Whether no living program holds the mark; a folder without one is as old as it looks."""
    try:
        with mark.open("rb") as file:
            if not _lock(file):
                return False
        mark.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
