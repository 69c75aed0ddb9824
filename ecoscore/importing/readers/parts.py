"""The parts of a zipped workbook under guard: sizes checked first, every document type refused, bytes counted."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from xml.parsers import expat

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.kind import BROKEN_ZIP
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.readers.refusals import ASK_AGAIN, damaged

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

TYPE_CHECKING = False  # see child.py: what the reading process loads is kept small
if TYPE_CHECKING:
    from typing import Any, Self, TypeVar

    Made = TypeVar("Made")

_CHUNK = 1 << 16
_SMALL = 1 << 16
_MOST_REMEMBERED = 400
_remembered: dict[tuple[str, Limits, bytes], Any] = {}


class Parts:
    """An open archive whose parts can be parsed. A budget of unpacked bytes spans all of them."""

    def __init__(self, path: Path, limits: Limits, archive: zipfile.ZipFile | None = None) -> None:
        """`archive` is the file where it is open already; it is closed with the parts."""
        self.limits = limits
        self._budget = limits.unpacked_bytes
        try:
            self._zip = archive or zipfile.ZipFile(path)
        except BROKEN_ZIP as error:
            raise damaged("压缩结构") from error
        try:
            self._check()
        except InputRefused:
            self._zip.close()
            raise
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def _check(self) -> None:
        """Refuse by the table of contents alone what no real workbook has: nothing is unpacked for it."""
        entries = self._zip.infolist()
        if len(entries) > self.limits.parts:
            raise InputRefused(f"文件内含 {len(entries)} 个部件，不是正常的表格", ASK_AGAIN)
        total = sum(entry.file_size for entry in entries)
        if total > self.limits.unpacked_bytes:
            raise InputRefused(f"文件解开后有 {total >> 20} MB，不是正常的表格，已停止读取", ASK_AGAIN)
        for entry in entries:
            if entry.file_size > 1 << 20 and entry.file_size > self.limits.ratio * max(1, entry.compress_size):
                raise InputRefused("文件的压缩比异常（疑似压缩炸弹），已停止读取", ASK_AGAIN)
            if entry.flag_bits & 1:
                raise InputRefused("文件设有密码，无法读取", "请取消密码并另存后重新导入")

    def content(self, name: str, most: int) -> bytes | None:
        """A part as a whole, counted against the budget; None where it says that it is larger than `most`."""
        if self._zip.getinfo(name).file_size > min(most, self._budget):
            return None
        try:
            with self._zip.open(name) as file:
                content = file.read(most + 1)
        except (*BROKEN_ZIP, zlib.error, LookupError, OSError) as error:
            raise damaged(f"部件 {name}") from error
        self._budget -= len(content)
        return content

    def once(self, kind: str, name: str, read: Callable[[str, bytes | None], Made]) -> Made:
        """What `read` makes of a part; of a small one it is made once for all files in which the part is the same to the
        byte, as in forms that one program wrote. It depends on the bytes and the `kind` of reading alone, and is not to
        be changed.
        """
        content = self.content(name, _SMALL)
        whole = content is not None and len(content) <= _SMALL
        return self.remember(kind, name, content, read) if content is not None and whole else read(name, None)

    def remember(self, kind: str, name: str, content: bytes, read: Callable[[str, bytes], Made]) -> Made:
        """What `read` makes of these bytes, kept for the next file if they are few."""
        if len(content) > _SMALL:
            return read(name, content)
        key = kind, self.limits, content
        if key not in _remembered:
            made = read(name, content)
            if len(_remembered) >= _MOST_REMEMBERED:
                _remembered.clear()
            _remembered[key] = made
        found: Made = _remembered[key]
        return found

    def parse(
        self,
        name: str,
        start: Start | None = None,
        end: End | None = None,
        text: Text | None = None,
        content: bytes | None = None,
    ) -> None:
        """One pass over a part, or over its `content` read before; a document type or an entity declaration is
        refused, whatever it says.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.ExternalEntityRefHandler = _refuse_doctype
        if start is not None:
            parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            if content is not None:
                parser.Parse(content, True)
                return
            with self._zip.open(name) as file:
                while block := file.read(_CHUNK):
                    self._budget -= len(block)
                    if self._budget < 0:
                        raise InputRefused("文件解开后过大，不是正常的表格，已停止读取", ASK_AGAIN)
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged(f"部件 {name} 第 {error.lineno} 行") from error
        except (*BROKEN_ZIP, zlib.error, LookupError, OSError) as error:
            raise damaged(f"部件 {name}") from error


def _refuse_doctype(*_: object) -> int:
    raise InputRefused("文件中夹带文档类型声明（DOCTYPE），正常的表格没有，已拒绝读取", ASK_AGAIN)


def local(name: str) -> str:
    """The element's name without its namespace prefix: WPS and strict files use other prefixes."""
    return name.rpartition(":")[2]
