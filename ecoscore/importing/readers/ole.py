"""The old Office container (OLE): which streams lie at its root, and their bytes; chains that run in circles end.

xlrd unpacks the container itself, but follows a circular chain for ever; so it is given the bare workbook stream.
"""

from __future__ import annotations

import struct

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.refusals import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_NO_ENTRY = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


class Container:
    """An OLE container in memory; InputRefused where its tables make no sense."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise _broken()
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise _broken()
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        first_directory, _, self._cutoff, first_mini, _, first_difat, _ = struct.unpack_from("<7I", content, 48)
        self._fat = self._read_fat(first_difat)
        directory = self._chain(first_directory)
        self._entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        self._mini_fat = _numbers(self._chain(first_mini)) if first_mini < _LAST_SECTOR else ()
        self._streams = self._read_root()

    @property
    def names(self) -> frozenset[str]:
        """The streams at the root: those of embedded objects lie deeper and say nothing of the file."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        start, size = self._streams[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        mini = self._chain(self._root_start)
        pieces, seen = [], 0
        while start < _LAST_SECTOR:
            seen += 1
            if start >= len(self._mini_fat) or seen > len(self._mini_fat):
                raise _broken()
            pieces.append(mini[start * self._mini_size : (start + 1) * self._mini_size])
            start = self._mini_fat[start]
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._content):
            raise _broken()
        return self._content[at : at + self._size]

    def _read_fat(self, first_difat: int) -> tuple[int, ...]:
        """The table of chains: its sectors are listed in the header and, for large files, in sectors of their own."""
        sectors = [n for n in struct.unpack_from("<109I", self._content, 76) if n < _LAST_SECTOR]
        difat, left = first_difat, len(self._content) // self._size
        while difat < _LAST_SECTOR:
            left -= 1
            if left < 0:
                raise _broken()
            *listed, difat = _numbers(self._sector(difat))
            sectors += [n for n in listed if n < _LAST_SECTOR]
        if len(sectors) > len(self._content) // self._size:
            raise _broken()
        return _numbers(b"".join(self._sector(n) for n in sectors))

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _LAST_SECTOR:
            if start >= len(self._fat) or len(pieces) > len(self._fat):
                raise _broken()
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def _read_root(self) -> dict[str, tuple[int, int]]:
        """Name → start and size, of the streams that hang directly below the root."""
        if not self._entries or self._entries[0][66] != _ROOT:
            raise _broken()
        self._root_start = struct.unpack_from("<I", self._entries[0], 116)[0]
        found: dict[str, tuple[int, int]] = {}
        waiting, seen = [struct.unpack_from("<I", self._entries[0], 76)[0]], set()
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY or number in seen:
                continue
            if number >= len(self._entries):
                raise _broken()
            seen.add(number)
            entry = self._entries[number]
            waiting += struct.unpack_from("<II", entry, 68)
            length = min(struct.unpack_from("<H", entry, 64)[0], 64)
            name = entry[: max(0, length - 2)].decode("utf-16-le", errors="replace")
            if entry[66] == _STREAM:
                found[name] = struct.unpack_from("<II", entry, 116)
        return found


def _numbers(sector: bytes) -> tuple[int, ...]:
    count = len(sector) // 4
    return struct.unpack(f"<{count}I", sector[: 4 * count])


def _broken() -> InputRefused:
    return damaged("旧版 Office 文件结构")
