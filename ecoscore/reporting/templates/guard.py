"""Whether a file may be opened as a template: its kind by its bytes, its size, macros, passwords; refused in a sentence."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from ecoscore.errors import EnvironmentFailed, InputRefused

_FILE_BYTES = 30 << 20
_UNPACKED_BYTES = 200 << 20
_XML_BYTES = 120 << 20
_PARTS = 2000
_RATIO = 250
_CELLS = 300_000
_MERGED_CELLS = 300_000
_CHUNK = 1 << 16

BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, zlib.error)
_SAVE_AGAIN = "请用 Excel、Word 或 WPS 打开它，另存为 .xlsx 或 .docx 后重试"
_CELL = re.compile(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")


def kind_of(path: Path) -> str:
    """`xlsx` or `docx`; InputRefused with what it is instead, EnvironmentFailed where it cannot be read at all."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        what = "没有找到模板文件" if isinstance(error, FileNotFoundError) else "模板文件读不了"
        raise EnvironmentFailed(f"{what}：{path}", "请核对路径；如果它正被其他程序占用，请关闭后重试") from error
    if path.is_dir():
        raise InputRefused(f"这是文件夹，不是模板：{path}", "请选择一个 .xlsx 或 .docx 文件")
    if not size:
        raise InputRefused(f"模板是空文件（0 字节）：{path.name}", "请重新制作模板")
    if size > _FILE_BYTES:
        raise InputRefused(
            f"模板有 {size >> 20} MB，超过 {_FILE_BYTES >> 20} MB 的上限：{path.name}", "请删去大图片后重试"
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_or_locked(path)
    if not head.startswith(b"PK"):
        raise InputRefused(f"模板不是 .xlsx 或 .docx 文件：{path.name}", _SAVE_AGAIN)
    try:
        with zipfile.ZipFile(path) as archive:
            return _kind_in(path, archive)
    except BROKEN_ZIP as error:
        raise damaged(path) from error


def damaged(path: Path) -> InputRefused:
    return InputRefused(
        f"模板文件不完整或已损坏：{path.name}", "请用 Excel、Word 或 WPS 打开它，能打开就另存一份再用，打不开请找回原件"
    )


def _old_or_locked(path: Path) -> InputRefused:
    """An OLE container: a password's, or a format of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return InputRefused(f"模板设有打开密码，无法读取：{path.name}", "请输入密码打开它，取消密码并另存后重试")
    return InputRefused(f"模板是旧格式（.xls、.doc、.et、.wps）：{path.name}", _SAVE_AGAIN)


def _kind_in(path: Path, archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > _PARTS or sum(e.file_size for e in entries) > _UNPACKED_BYTES:
        raise InputRefused(f"模板解开后过大，不是正常的表格或文档：{path.name}", _SAVE_AGAIN)
    for entry in entries:
        if entry.flag_bits & 1:
            raise InputRefused(f"模板设有密码，无法读取：{path.name}", "请取消密码并另存后重试")
        if entry.file_size > 1 << 20 and entry.file_size > _RATIO * max(1, entry.compress_size):
            raise InputRefused(f"模板的压缩比异常（疑似压缩炸弹），已拒绝读取：{path.name}", _SAVE_AGAIN)
    names = {e.filename.lower() for e in entries}
    if any("vbaproject" in n or n.startswith("xl/macrosheets/") for n in names):
        raise InputRefused(
            f"模板带有宏，不能使用：{path.name}", "请在 Excel、Word 或 WPS 中另存为不带宏的 .xlsx 或 .docx 后重试"
        )
    if any(n.endswith("workbook.bin") for n in names):
        raise InputRefused(f"模板是 Excel 二进制工作簿（.xlsb）：{path.name}", _SAVE_AGAIN)
    kind = "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else ""
    if not kind or "[content_types].xml" not in names:
        raise InputRefused(f"模板不是 Excel 工作簿或 Word 文档：{path.name}", _SAVE_AGAIN)
    _read_all(path, archive)
    main = "xl/workbook.xml" if kind == "xlsx" else "word/document.xml"
    if b"purl.oclc.org/ooxml" in archive.read(_stored(archive, main))[:4096]:
        raise InputRefused(
            f"模板是“Strict Open XML”格式：{path.name}",
            "请另存为普通的“Excel 工作簿（.xlsx）”或“Word 文档（.docx）”后重试",
        )
    if b"template.main+xml" in archive.read(_stored(archive, "[content_types].xml")):
        raise InputRefused(f"模板是 .xltx 或 .dotx 格式：{path.name}", _SAVE_AGAIN)
    return kind


def _stored(archive: zipfile.ZipFile, name: str) -> str:
    return next(n for n in archive.namelist() if n.lower() == name)


def _read_all(path: Path, archive: zipfile.ZipFile) -> None:
    """One pass over every XML part: sound, without document types, with no more cells and merges than a form has."""
    budget = _XML_BYTES
    cells = merged = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells, merged
        local = name.rpartition(":")[2]
        if local == "c":
            cells += 1
        elif local == "mergeCell":
            merged += _area(attributes.get("ref", ""))
        if cells > _CELLS or merged > _MERGED_CELLS:
            raise InputRefused(f"模板的单元格或合并区域过大：{path.name}", "请删去多余的行列和整列合并的单元格后重试")

    for entry in archive.infolist():
        name = entry.filename.lower()
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        parser = _parser(path, start)
        try:
            with archive.open(entry) as file:
                while block := file.read(_CHUNK):
                    budget -= len(block)
                    if budget < 0:
                        raise InputRefused(f"模板解开后过大，不是正常的表格或文档：{path.name}", _SAVE_AGAIN)
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if not name.endswith(".vml"):  # Office itself writes drawings of this kind that are no XML
                raise damaged(path) from error


def _parser(path: Path, start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    def refuse(*_: object) -> int:
        raise InputRefused(f"模板中夹带文档类型声明（DOCTYPE），已拒绝读取：{path.name}", _SAVE_AGAIN)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    return parser


def _area(ref: str) -> int:
    found = _CELL.fullmatch(ref)
    if not found:
        return 1
    columns = [_column(found[1]), _column(found[3])]
    return (abs(columns[1] - columns[0]) + 1) * (abs(int(found[4]) - int(found[2])) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
