"""Unpacks a zip of returned forms under guard: each table goes into a folder under a name of ours, never its own."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.kind import BROKEN_ZIP
from ecoscore.importing.readers.limits import LIMITS, Limits
from ecoscore.importing.readers.refusals import ASK_AGAIN, damaged

ARCHIVE_SUFFIX = ".zip"
TABLE_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".xltx", ".xlt", ".ett"})
_NESTED = {".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"}
_CHUNK = 1 << 20
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field that holds the name in UTF-8
_IS_UTF8 = 0x800
_IS_LOCKED = 0x1
_HIDDEN = ("~$", ".~", "._", ".")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: what people call it, and the file it was unpacked to, or why it was not."""

    name: str
    stored: str = ""
    refusal: str = ""

    @property
    def is_table(self) -> bool:
        return bool(self.stored)


def unpack(path: Path, folder: Path, prefix: str, limits: Limits = LIMITS) -> list[Member]:
    """The files of the archive in the order of their names; InputRefused where nothing of it can be trusted."""
    size = path.stat().st_size
    if size > limits.archive_bytes:
        raise InputRefused(f"压缩包有 {size >> 20} MB，超过 {limits.archive_bytes >> 20} MB 的上限", "请分批压缩后导入")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, limits)
            named = sorted((name_of(entry), entry.header_offset, entry) for entry in entries)
            budget = [limits.unpacked_bytes]
            return [
                _taken(archive, entry, name, folder, f"{prefix}-{number}", budget, limits)
                for number, (name, _, entry) in enumerate(named)
                if not _is_hidden(name)
            ]
    except (*BROKEN_ZIP, zlib.error, LookupError) as error:
        raise damaged("压缩结构") from error


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by the table of contents alone what no zip of forms has: nothing is unpacked for it."""
    if not entries:
        raise InputRefused("压缩包是空的", ASK_AGAIN)
    if len(entries) > limits.archive_members:
        raise InputRefused(
            f"压缩包里有 {len(entries)} 个文件，超过 {limits.archive_members} 个", "请只压缩填报表，分批导入"
        )
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise InputRefused(f"压缩包解开后有 {total >> 20} MB，已停止读取", "请只压缩填报表，分批导入")
    for entry in entries:
        if entry.file_size > _CHUNK and entry.file_size > limits.ratio * max(1, entry.compress_size):
            raise InputRefused("压缩比异常（疑似压缩炸弹），已停止读取", ASK_AGAIN)


def name_of(entry: zipfile.ZipInfo) -> str:
    """The member's path as its maker wrote it: UTF-8 where the archive or the bytes say so, else GB18030 (Windows)."""
    if entry.flag_bits & _IS_UTF8:
        name = entry.filename
    else:
        # zipfile takes bytes without a mark for cp437, which loses none of them.
        raw = entry.orig_filename.encode("cp437", errors="replace")
        name = _unicode_path(entry.extra, raw) or _decoded(raw)
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in the extra field, if it belongs to the name in the header."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _is_hidden(name: str) -> bool:
    return any(part.startswith(_HIDDEN) or part == "__MACOSX" for part in name.split("/"))


def _taken(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, folder: Path, stem: str, budget: list[int],
    limits: Limits,
) -> Member:  # fmt: skip
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _NESTED:
        return Member(name, refusal="压缩包里的压缩包不读取")
    if suffix not in TABLE_SUFFIXES:
        return Member(name)
    if entry.flag_bits & _IS_LOCKED:
        return Member(name, refusal="压缩包设有密码，无法读取")
    stored = folder / f"{stem}{suffix}"
    try:
        with archive.open(entry) as source, stored.open("wb") as target:
            left = limits.file_bytes + 1
            while block := source.read(min(_CHUNK, left)):
                target.write(block)
                left -= len(block)
                budget[0] -= len(block)
                if budget[0] < 0:
                    raise InputRefused("压缩包解开后过大，已停止读取", "请只压缩填报表，分批导入")
    except (*BROKEN_ZIP, zlib.error, LookupError, OSError):
        stored.unlink(missing_ok=True)
        return Member(name, refusal="在压缩包中已损坏，解不开")
    return Member(name, stored.name)
