"""The kind of a file by its first bytes: names lie, bytes do not."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.limits import LIMITS, Limits
from ecoscore.importing.readers.refusals import COPY_TABLE, SAVE_AS, with_password

_FOREIGN = (
    (b"\x89PNG", "一张图片"),
    (b"\xff\xd8\xff", "一张图片"),
    (b"GIF8", "一张图片"),
    (b"BM", "一张图片"),
    (b"II*\x00", "一张图片"),
    (b"MM\x00*", "一张图片"),
    (b"%PDF", "一个 PDF 文件"),
    (b"SQLite format 3", "一个数据库文件（也许是考核文件 .ecos）"),
    (b"MZ", "一个程序"),
)

_OLE = b"\xd0\xcf\x11\xe0"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")

# zipfile has an error of its own, but lets others through for names and versions that are out of order.
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error)


def kind_of(path: Path, limits: Limits = LIMITS) -> tuple[str, zipfile.ZipFile | None]:
    """`xlsx`, `xls`, `ods` or `csv`, with the archive opened for the first and the third; InputRefused, saying what it
    is instead, for anything else.
    """
    size = path.stat().st_size
    if size == 0:
        raise InputRefused("文件是空的（0 字节）", "请向填报单位重新索取该文件")
    if size > limits.file_bytes:
        raise InputRefused(
            f"文件有 {size >> 20} MB，超过 {limits.file_bytes >> 20} MB 的上限",
            "请删去图片和无关的工作表，只留指标数据后重试",
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path), None
    if head[:2] in {b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"}:
        return "xls", None
    if head.startswith(_ARCHIVES):
        raise InputRefused("这是 .zip 以外的压缩包，不能直接读取", "请解压后选择解压出来的文件夹，或改压成 .zip 后导入")
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise InputRefused(
                f"这不是表格，而是{what}（文件名后缀被改过或发错了文件）", "请向填报单位索取原来的表格文件"
            )
    return _text_kind(head), None


def _zip_kind(path: Path) -> tuple[str, zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN_ZIP as error:
        raise InputRefused("文件不完整或已损坏，无法打开", "多半是传输中断：请向填报单位重新索取该文件") from error
    try:
        return _kind_by_names(set(archive.namelist())), archive
    except InputRefused:
        archive.close()
        raise


def _kind_by_names(names: set[str]) -> str:
    if "content.xml" in names:
        return "ods"
    lowered = {name.lower().lstrip("/") for name in names}
    if any(name.endswith("workbook.bin") for name in lowered):
        raise InputRefused("这是 Excel 二进制工作簿（.xlsb），不能直接读取", SAVE_AS)
    if any(name.startswith("word/") for name in lowered):
        raise InputRefused("这是 Word 文档，不是表格", COPY_TABLE)
    if any(name.startswith("ppt/") for name in lowered):
        raise InputRefused("这是演示文稿，不是表格", COPY_TABLE)
    if "[content_types].xml" in lowered:
        return "xlsx"
    raise InputRefused("这是压缩包，不是表格", "请把文件名后缀改为 .zip 后导入，或先解压，再选择解压后的文件夹")


def _ole_kind(path: Path) -> str:
    """Old Excel and WPS .et, or one of the other things that live in the same kind of container."""
    from ecoscore.importing.readers.ole import Container  # noqa: PLC0415  few files are of this kind

    names = Container(path.read_bytes()).names
    if "EncryptedPackage" in names:
        raise with_password()
    if "WordDocument" in names:
        raise InputRefused("这是 Word 文档，不是表格", COPY_TABLE)
    if names & {"Workbook", "Book"}:
        return "xls"
    raise InputRefused("文件不是可以识别的表格", SAVE_AS)


def _text_kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"")[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        raise InputRefused("这是改名为表格的网页文件（HTML），多由业务系统导出", SAVE_AS)
    if start.startswith((b"<?xml", b"<workbook")):
        raise InputRefused("这是 XML 格式的表格（Excel 2003 XML），不能直接读取", SAVE_AS)
    if start.startswith(b"mime-version:"):
        raise InputRefused("这是改名为表格的单个网页文件（MHT）", SAVE_AS)
    if start.startswith(b"{\\rtf"):
        raise InputRefused("这是 RTF 文档，不是表格", COPY_TABLE)
    return "csv"
