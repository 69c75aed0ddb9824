"""Files that are hostile, broken or no tables at all: each ends in a sentence, and nothing of it is run or fetched."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.corpus.case import Case, Value, box, error, warning
from tests.corpus.writers import Formula, excel, new_wps, old_wps, packed, parts_of, text

ROWS = [["区县", "PM2.5年均浓度"], ["甲区", 33], ["乙县", 34]]
VALUES = box("2024年", ROWS, {2: "甲区", 3: "乙县"}, {"B": "pm25"})
SHEET1 = "xl/worksheets/sheet1.xml"
REFUSED = (error("file_refused"),)


def _refused(name: str, about: str, says: str, make: Callable[[Path], object]) -> Case:
    return Case(f"异常 {name}", about, make, findings=REFUSED, says=says)


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _workbook() -> dict[str, bytes]:
    path = Path(_scratch(), "表.xlsx")
    new_wps(path, {"2024年": ROWS})
    return parts_of(path)


def _scratch() -> str:
    import tempfile

    return tempfile.mkdtemp(prefix="corpus-")


def _changed(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        parts = _workbook()
        parts[part] = change(parts[part])
        packed(path, parts)

    return make


def _cut(write, share: float) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        write(path, {"2024年": [*ROWS, *[[f"第{n}行", n] for n in range(200)]]})
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return make


def _with_doctype(declaration: bytes, use: bytes = b"") -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        data = re.sub(rb"(<\?xml[^>]*\?>\s*)", lambda m: m[1] + declaration, data, count=1)
        return data.replace(b"</sheetData>", b'<row r="9"><c r="A9" t="str"><v>' + use + b"</v></c></row></sheetData>")

    return change


_LOL = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(ord("b"), ord("k"))
) + b"]>"  # fmt: skip
_FILE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
_FETCH = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def _millions_of_rows(data: bytes) -> bytes:
    return data.replace(b"</sheetData>", b"<row/>" * 10_000_000 + b"</sheetData>")


def bombs() -> Iterator[Case]:
    yield _refused(
        "千万行.xlsx", "一千万行：几十千字节的文件，解开几十兆", "压缩比", _changed(SHEET1, _millions_of_rows)
    )
    yield _refused(
        "压缩炸弹.xlsx",
        "一个 100 MB 的文本",
        "压缩比",
        _changed("xl/sharedStrings.xml", lambda d: d + b" " * (100 << 20)),
    )
    yield _refused("实体炸弹.xlsx", "XML 实体层层展开", "DOCTYPE", _changed(SHEET1, _with_doctype(_LOL, b"&j;")))
    yield _refused(
        "实体炸弹 字符串.xlsx", "同上，在共享字符串里", "DOCTYPE", _changed("xl/sharedStrings.xml", _with_doctype(_LOL))
    )
    yield _refused("外部实体.xlsx", "引用本机文件的实体", "DOCTYPE", _changed(SHEET1, _with_doctype(_FILE, b"&e;")))
    yield _refused("外部DTD.xlsx", "要联网取 DTD", "DOCTYPE", _changed("xl/workbook.xml", _with_doctype(_FETCH)))
    yield Case("异常 很远的格.xlsx", "XFD1048576 有一格：不为它铺开，说明没有读", _changed(SHEET1, _far), VALUES, findings=(warning("far_cells", "2024年"),))  # fmt: skip
    name = "异常 压缩包炸弹.zip"
    yield Case(name, "压缩包里一千万行的 CSV", _zip_bomb, findings=(error("file_refused", "", "", name),))


def _far(data: bytes) -> bytes:
    return data.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _zip_bomb(path: Path) -> None:
    packed(path, {"2024年.csv": b"1,2\n" * 10_000_000})


def broken() -> Iterator[Case]:
    yield _refused("空文件.xlsx", "0 字节", "空的", _bytes(b""))
    yield _refused("空白.csv", "只有空行", "没有内容", _bytes(b"\r\n \r\n"))
    yield _refused("截断.xlsx", "传了一半的 xlsx", "不完整", _cut(excel, 0.6))
    yield _refused("截断.xls", "传了一半的 xls", "不完整", _cut(old_wps, 0.5))
    yield _refused("缺部件.xlsx", "缺少工作簿部件", "工作簿部件", _without("xl/workbook.xml"))
    yield _refused(
        "文字索引越界.xlsx",
        "文字索引指到表外",
        "文字索引",
        _changed(SHEET1, lambda d: d.replace(b' t="s"><v>0<', b' t="s"><v>9999<')),
    )
    yield _refused("XML 不完整.xlsx", "工作表的 XML 断了", "sheet1.xml", _changed(SHEET1, lambda d: d[: len(d) // 2]))
    yield _refused("校验和不符.xlsx", "压缩数据与校验和不符", "sheet1.xml", _bad_checksum)
    yield _refused("循环的扇区.xls", "xls 的扇区链成环", "已损坏", _circular)
    yield _refused("乱码.xls", "BIFF 开头，后面是乱码", "已损坏", _bytes(b"\x09\x08\x10\x00" + b"\x01" * 200))
    yield _refused("二进制.csv", "后缀是 csv 的二进制", "不是可以识别的表格", _bytes(bytes(range(256)) * 20))
    said = (error("file_unrecognised", "空"),)
    yield Case(
        "异常 空表.xlsx",
        "工作表里什么都没有",
        partial(_write, excel, {"空": []}),
        findings=(error("file_unrecognised"),),
    )
    yield Case("异常 只有表头.xlsx", "表头之下没有数据", partial(_write, excel, {"空": [["区县", "PM2.5年均浓度"]]}), findings=(warning("sheet_unrecognised", "空"), *said))  # fmt: skip


def _write(write, sheets, path) -> None:
    write(path, sheets)


def _without(part: str) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        packed(path, {name: data for name, data in _workbook().items() if name != part})

    return make


def _bad_checksum(path: Path) -> None:
    packed(path, _workbook(), zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<v>33</v>", b"<v>83</v>"))


def _circular(path: Path) -> None:
    old_wps(path, {"2024年": [[f"文字{n}"] for n in range(300)]})
    data = bytearray(path.read_bytes())
    fat = 512 * (1 + int.from_bytes(data[76:80], "little"))
    data[fat : fat + 80] = b"".join((n % 20).to_bytes(4, "little") for n in range(1, 21))
    path.write_bytes(data)


def _renamed_stream(name: str) -> Callable[[Path], object]:
    """The container of a real .xls with its stream renamed: what a password or another program leaves."""

    def make(path: Path) -> None:
        old_wps(path, {"2024年": ROWS})
        data = bytearray(path.read_bytes())
        at = data.index("Workbook".encode("utf-16-le") + b"\0\0")
        data[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
        data[at + 64 : at + 66] = (2 * len(name) + 2).to_bytes(2, "little")
        path.write_bytes(data)

    return make


def _xls_password(path: Path) -> None:
    """A FILEPASS record after the workbook's first BOF, as Excel 97 writes with an open password."""
    old_wps(path, {"2024年": ROWS})
    data = bytearray(path.read_bytes())
    at = data.index(b"\x09\x08\x10\x00")
    end = at + 4 + 16
    record = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(range(48))
    # Written over the records that follow: with a password nobody reads them anyway.
    data[end : end + len(record)] = record
    path.write_bytes(data)


def _ods_password(path: Path) -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
        "</manifest:manifest>"
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": bytes(range(1, 256)) * 4,
    }
    packed(path, parts)


def _locked_zip(path: Path) -> None:
    """Every member marked as encrypted, as WinZip does with a password."""
    packed(path, _workbook(), zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)


def locked() -> Iterator[Case]:
    yield _refused(
        "打开密码.xlsx",
        "设了打开密码的 xlsx（OLE 里的 EncryptedPackage）",
        "打开密码",
        _renamed_stream("EncryptedPackage"),
    )
    yield _refused("打开密码.xls", "设了打开密码的 xls", "打开密码", _xls_password)
    yield _refused("打开密码.ods", "设了打开密码的 ods", "打开密码", _ods_password)
    yield _refused("压缩密码.xlsx", "部件带压缩密码", "密码", _locked_zip)


def foreign() -> Iterator[Case]:
    picture = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 200
    yield _refused("图片.xlsx", "图片改名", "图片", _bytes(picture))
    yield _refused("照片.xls", "照片改名", "图片", _bytes(b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 200))
    yield _refused("扫描件.xlsx", "PDF 改名", "PDF", _bytes(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj<<>>endobj"))
    yield _refused("网页.xls", "业务系统导出的 HTML 改名", "HTML", _bytes("<html><meta charset=gbk><table><tr><td>甲区</td></tr></table></html>".encode("gbk")))  # fmt: skip
    yield _refused("单网页.xls", "MHT 改名", "MHT", _bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"))
    yield _refused("XML表格.xls", "Excel 2003 XML", "Excel 2003 XML", _bytes(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'))  # fmt: skip
    yield _refused("Word文档.xlsx", "Word 文档改名", "Word", partial(packed, parts={"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))  # fmt: skip
    yield _refused("旧Word文档.xls", "旧 Word 文档改名", "Word", _renamed_stream("WordDocument"))
    yield _refused("二进制工作簿.xlsb", "xlsb", "xlsb", partial(packed, parts={"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"\x83\x01"}))  # fmt: skip
    yield _refused("压缩包.rar", "rar 压缩包", "压缩包", _bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 60))
    yield _refused("数据库.xlsx", "考核文件改名", "考核文件", _bytes(b"SQLite format 3\0" + b"\0" * 100))
    yield _refused("程序.xlsx", "程序改名", "程序", _bytes(b"MZ" + b"\0" * 100))


def named_wrongly() -> Iterator[Case]:
    """Sound tables with a wrong suffix are read by what they are."""
    yield Case("异常 其实是xlsx.xls", "xlsx 改名为 xls：照样读", partial(_write, new_wps, {"2024年": ROWS}), VALUES)
    yield Case("异常 其实是xls.xlsx", "xls 改名为 xlsx：照样读", partial(_write, old_wps, {"2024年": ROWS}), VALUES)
    yield Case(
        "异常 2024年其实是文本.xls", "制表符文本改名为 xls：照样读", partial(text, rows=ROWS, encoding="gb18030", mark="\t"),
        [v._replace(sheet="") for v in VALUES],
    )  # fmt: skip


def with_more_inside() -> Iterator[Case]:
    """Macros, links to other files and commands: the stored results are read, nothing else is done."""
    yield Case("异常 带宏.xlsm", "带宏的工作簿：只读格子，宏不运行", _macros, VALUES)
    rows = [
        ["区县", "PM2.5年均浓度", "排污权交易金额"],
        ["甲区", 33, 1200],
        ["乙县", 34, 950],
    ]
    values = box("2024年", rows, {2: "甲区", 3: "乙县"}, {"B": "pm25", "C": "trading"})
    yield Case(
        "异常 外部链接.xlsx", "公式引用别的工作簿、网页和 DDE：读存下的结果，不去取", partial(_links, rows), values
    )
    parts = {
        "上报/../../逃出.csv": "区县,PM2.5年均浓度\n甲区,1\n", "/绝对路径.csv": "区县,PM2.5年均浓度\n乙县,1\n",
    }  # fmt: skip
    files = ["异常 2024年路径穿越.zip › 上报/逃出.csv", "异常 2024年路径穿越.zip › 绝对路径.csv"]
    values = [
        Value(files[0], "", "B2", "甲区", "pm25", "2024", 1.0, "1"), Value(files[1], "", "B2", "乙县", "pm25", "2024", 1.0, "1"),
    ]  # fmt: skip
    yield Case(
        "异常 2024年路径穿越.zip",
        "成员名里有 .. 和绝对路径：只在自己的临时文件夹里解开",
        partial(packed, parts=parts),
        values,
    )


def _macros(path: Path) -> None:
    parts = _workbook()
    macro = io.BytesIO()
    macro.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Attribute VB_Name" * 40)
    rels = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    packed(path, parts | {"xl/vbaProject.bin": macro.getvalue(), "xl/_rels/workbook.xml.rels": rels})


def _links(rows, path: Path) -> None:
    linked = [list(row) for row in rows]
    linked[1][1] = Formula("=[1]明细!$B$2", 33)
    linked[1][2] = Formula('=WEBSERVICE("http://127.0.0.1:9/")', 1200)
    linked[2][1] = Formula("=cmd|'/c calc'!A0", 34)
    new_wps(path, {"2024年": linked})
    parts = parts_of(path)
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        'Target="file://server/share/明细.xlsx" TargetMode="External"/></Relationships>'
    )
    packed(path, parts | {"xl/externalLinks/_rels/externalLink1.xml.rels": link.encode()})


def all_broken() -> Iterator[Case]:
    for family in (bombs, broken, locked, foreign, named_wrongly, with_more_inside):
        yield from family()
