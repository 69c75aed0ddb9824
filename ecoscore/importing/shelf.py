"""What has been read of an import's files, kept while its questions are answered: no answer reads a file anew.

A file is known again by the digest of its bytes, so that one saved anew meanwhile is read anew. Archives stay unpacked
in a folder of the shelf's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from ecoscore.importing.readers.archive import Member
from ecoscore.importing.readers.limits import LIMITS
from ecoscore.importing.reading import ReadFile, UnpackedFile, read_files, unpack_files
from ecoscore.scratch import ScratchFolder

Cancelled = Callable[[], bool]


@dataclass(eq=False)
class Shelf:
    """Used by one import at a time: `lock` is held by whoever reads through it."""

    lock: RLock = field(default_factory=RLock)
    _home: ScratchFolder | None = None
    _read: dict[str, ReadFile] = field(default_factory=dict)
    _unpacked: dict[str, UnpackedFile] = field(default_factory=dict)
    _calls: int = 0

    @property
    def folder(self) -> Path:
        """Where what must be written to be read is written."""
        if self._home is None:
            self._home = ScratchFolder()
        return self._home.path

    def close(self) -> None:
        """Forget all of it."""
        with self.lock:
            self._read.clear()
            self._unpacked.clear()
            if self._home is not None:
                self._home.cleanup()
                self._home = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, paths: Sequence[Path], cancelled: Cancelled) -> Iterator[ReadFile]:
        """Each file in turn, from the shelf where it lies there; ends early when `cancelled` says so."""
        digests = [_digest(path) if self._read else "" for path in paths]
        new = read_files([p for p, d in zip(paths, digests, strict=True) if d not in self._read], cancelled=cancelled)
        for path, digest in zip(paths, digests, strict=True):
            if digest in self._read:
                yield replace(self._read[digest], path=path)
                continue
            found = next(new, None)
            if found is None:
                return
            if found.digest:  # none where the reading did not come to its end: that is tried again
                self._read[found.digest] = found
            yield found

    def unpack(self, paths: Sequence[Path], into: Path, *, cancelled: Cancelled) -> Iterator[UnpackedFile]:
        """Each archive in turn; its members lie below the shelf's folder, which `into` is."""
        for path in paths:
            digest = _digest(path)
            if not digest or digest not in self._unpacked:
                self._calls += 1
                room = f"archive-{self._calls}"
                (into / room).mkdir()
                found = next(unpack_files([path], into / room, cancelled=cancelled), None)
                if found is None:
                    return
                members = tuple(_moved(member, room) for member in found.members)
                self._unpacked[digest] = replace(found, members=members)
            yield replace(self._unpacked[digest], path=path)


def _moved(member: Member, room: str) -> Member:
    return replace(member, stored=f"{room}/{member.stored}") if member.stored else member


def _digest(path: Path) -> str:
    """The digest of a file's bytes; "" for one that cannot be read, or is too large to be a table."""
    try:
        if path.stat().st_size > LIMITS.archive_bytes:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
