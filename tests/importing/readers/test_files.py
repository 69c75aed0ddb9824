"""Files of every kind and state, read in this process: what they hold, or the sentence they end in."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from ecoscore.errors import InputRefused
from ecoscore.importing.readers import read_book
from ecoscore.importing.readers.book import Cell
from ecoscore.importing.readers.limits import LIMITS, Limits
from tests.libreoffice import convert
from tests.needs import needs_soffice


def cells(path: Path, sheet: int = 0, limits=LIMITS) -> dict[str, tuple[str, object]]:
    book = read_book(path, limits)
    found = book.sheets[sheet]
    from ecoscore.importing.readers.book import cell_name

    return {cell_name(*at): (found.at(*at).kind, found.at(*at).raw) for at in sorted(found.cells)}


def refusal(path: Path, limits=LIMITS) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read_book(path, limits)
    assert caught.value.advice
    return caught.value


@pytest.fixture
def every_kind(tmp_path) -> Path:
    path = tmp_path / "各 种.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("数据")

        def shown(code):
            return book.add_format({"num_format": code})

        sheet.write(0, 0, 0.864, shown("0.0%"))
        sheet.write(0, 1, 86.4, shown('0.0"%"'))
        sheet.write(0, 2, 86.4, shown("0.0\\%"))
        sheet.write(0, 3, 44197, shown('yyyy"年"'))
        sheet.write(0, 4, 2024, shown('0"年"'))
        sheet.write(0, 5, True)
        sheet.write_formula(0, 6, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 7, "=1+1", None, "")
        sheet.write_formula(0, 8, "=1+1", None, 2)
        sheet.write_formula(0, 9, '="甲"&"区"', None, "甲区")
        sheet.write_string(0, 10, "𬭚州\n区")
        sheet.write(0, 11, 5, shown("#,##0.00_);[Red](#,##0.00)"))
        sheet.merge_range("A3:C3", "标题")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column(3, 4, None, None, {"hidden": True})
        book.add_worksheet("藏").hide()
        book.add_worksheet("深藏").very_hidden()
    return path


EVERY = {
    "A1": ("percent", 0.864),
    "B1": ("number", 86.4),
    "C1": ("number", 86.4),
    "D1": ("date", "2021-01-01"),
    "E1": ("number", 2024.0),
    "F1": ("bool", True),
    "G1": ("error", "#DIV/0!"),
    "H1": ("uncalculated", None),
    "I1": ("number", 2.0),
    "J1": ("text", "甲区"),
    "K1": ("text", "𬭚州\n区"),
    "L1": ("number", 5.0),
    "A3": ("text", "标题"),
}


def test_xlsx_cells_keep_their_kind(every_kind):
    assert cells(every_kind) == EVERY
    book = read_book(every_kind)
    sheet = book.sheets[0]
    assert sheet.merges == [(3, 1, 3, 3)]
    assert sheet.label(3, 2) == Cell("text", "标题", "General")
    assert sheet.at(3, 2).is_empty
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({5}, {4, 5})
    assert [(s.name, s.hidden) for s in book.sheets] == [("数据", False), ("藏", True), ("深藏", True)]


@needs_soffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_same_through_libreoffice(every_kind, kind, tmp_path):
    convert([every_kind], tmp_path, kind)
    found = cells(tmp_path / f"各 种.{kind}")
    # LibreOffice calculates the formula that nobody had calculated.
    expected = EVERY | {"H1": ("number", 2.0)}
    assert found == expected
    sheet = read_book(tmp_path / f"各 种.{kind}").sheets[0]
    assert sheet.merges == [(3, 1, 3, 3)]
    assert 5 in sheet.hidden_rows
    assert {4, 5} <= sheet.hidden_columns


def test_xls_from_xlwt(tmp_path):
    path = tmp_path / "旧 表.xls"
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("指标")
    sheet.write(0, 0, "甲区")
    sheet.write(0, 1, 0.864, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(0, 2, 86.4, xlwt.easyxf(num_format_str='0.0"%"'))
    sheet.write_merge(1, 1, 0, 2, "合并")
    book.save(str(path))
    assert cells(path) == {
        "A1": ("text", "甲区"),
        "B1": ("percent", 0.864),
        "C1": ("number", 86.4),
        "A2": ("text", "合并"),
    }


def test_a_formula_that_nobody_calculated_in_xls_is_no_zero(tmp_path):
    """xlwt writes an empty text as the result; other writers write 0, as is done here by hand."""
    path = tmp_path / "a.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    sheet.write(0, 0, xlwt.Formula("1+1"))
    sheet.write(0, 1, 0)
    book.save(str(path))
    assert cells(path) == {"A1": ("text", ""), "B1": ("number", 0.0)}
    uncalculated = bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])
    data = path.read_bytes()
    assert data.count(uncalculated) == 1
    path.write_bytes(data.replace(uncalculated, bytes(8)))
    assert cells(path) == {"A1": ("uncalculated", None), "B1": ("number", 0.0)}


def test_kind_goes_by_bytes_not_by_name(every_kind, tmp_path):
    renamed = tmp_path / "其实是.xls"
    shutil.copy(every_kind, renamed)
    assert cells(renamed) == EVERY


def test_openpyxl_leaves_formulas_uncalculated(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(path)
    assert cells(path) == {"A1": ("uncalculated", None)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimited_text_in_every_encoding(tmp_path, encoding, mark):
    path = tmp_path / "报 表.csv"
    text = f'区县{mark}值\r\n𬭚州区{mark}"1,234"\r\n㙦县{mark}—\r\n'
    path.write_bytes(text.encode(encoding))
    assert cells(path) == {
        "A1": ("text", "区县"),
        "B1": ("text", "值"),
        "A2": ("text", "𬭚州区"),
        "B2": ("text", "1,234"),
        "A3": ("text", "㙦县"),
        "B3": ("text", "—"),
    }


def altered(source: Path, target: Path, part: str, change) -> Path:
    """A copy of a workbook with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return target


SHEET1 = "xl/worksheets/sheet1.xml"


def test_a_wrong_stored_dimension_does_not_hide_cells(every_kind, tmp_path):
    def lie(data):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', data)

    assert cells(altered(every_kind, tmp_path / "wps.xlsx", SHEET1, lie)) == EVERY


def test_cells_without_references_are_counted(tmp_path, every_kind):
    def bare(data):
        return re.sub(rb' r="[A-Z]*1"', b"", data)

    assert list(cells(altered(every_kind, tmp_path / "b.xlsx", SHEET1, bare)))[:3] == ["A1", "B1", "C1"]


@pytest.mark.parametrize("bad", ["nan", "INF", "1_000", "1e999", "0x1F", "abc"])
def test_numbers_that_are_none_are_errors(every_kind, tmp_path, bad):
    def spoil(data):
        return data.replace(b"<v>0.864</v>", f"<v>{bad}</v>".encode())

    assert cells(altered(every_kind, tmp_path / "n.xlsx", SHEET1, spoil))["A1"] == ("error", bad)


def test_a_document_type_is_refused(every_kind, tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'

    def declare(data):
        return data.replace(b"<worksheet", bomb + b"<worksheet", 1)

    assert "DOCTYPE" in refusal(altered(every_kind, tmp_path / "d.xlsx", SHEET1, declare)).message
    shared = altered(
        every_kind, tmp_path / "s.xlsx", "xl/sharedStrings.xml", lambda d: d.replace(b"<sst", bomb + b"<sst")
    )
    assert "DOCTYPE" in refusal(shared).message


def test_far_cells_are_skipped_and_counted(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1048575, 16383, 2)
        sheet.write(1048575, 0, 3)
    book = read_book(path)
    assert list(book.sheets[0].cells) == [(1, 1)]
    assert book.sheets[0].skipped == 2


def test_bombs_are_refused(every_kind, tmp_path):
    padded = altered(every_kind, tmp_path / "bomb.xlsx", SHEET1, lambda d: d + b" " * (300 << 20))
    assert "压缩" in refusal(padded).message
    many = Limits(unpacked_bytes=2000)
    assert "MB" in refusal(every_kind, many).message
    assert "部件" in refusal(every_kind, Limits(parts=3)).message
    assert "单元格" in refusal(every_kind, Limits(cells=5)).message


def test_a_directory_that_lies_about_sizes_is_stopped_by_counting(every_kind, tmp_path):
    path = altered(
        every_kind,
        tmp_path / "lie.xlsx",
        SHEET1,
        lambda d: d.replace(b"</worksheet>", b" " * 5_000_000 + b"</worksheet>"),
    )
    limits = Limits(ratio=10**9)
    assert read_book(path, limits).sheets
    raw = bytearray(path.read_bytes())
    # Write a small size into the central directory's entry of the sheet.
    at = raw.rindex(SHEET1.encode()) - 46
    raw[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)
    refusal(path, limits)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
def test_truncated_xlsx(every_kind, tmp_path, keep):
    data = every_kind.read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(data[: int(len(data) * keep)])
    assert "不完整" in refusal(path).message


def test_truncated_xls(tmp_path):
    whole = tmp_path / "a.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for row in range(500):
        sheet.write(row, 0, f"文字{row}")
    book.save(str(whole))
    data = whole.read_bytes()
    for part in (600, len(data) // 3, len(data) // 2):
        path = tmp_path / "cut.xls"
        path.write_bytes(data[:part])
        assert refusal(path).message


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "空的"),
        ("a.csv", b"  \r\n", "没有内容"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "图片"),
        ("a.xls", b"\xff\xd8\xff\xe0" + b"0" * 100, "图片"),
        ("a.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("a.xls", "<html><table><tr><td>甲区</td></tr></table></html>".encode(), "HTML"),
        ("a.xls", "\ufeff\r\n<!DOCTYPE html><html>".encode(), "HTML"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "MHT"),
        ("a.xlsx", b"Rar!\x1a\x07\x00", "压缩包"),
        ("a.csv", bytes(range(256)) * 20, "不是可以识别的表格"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "损坏"),
        ("a.xls", b"\x09\x08\x10\x00" + b"\x01" * 200, "损坏"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path).message


@pytest.mark.parametrize(
    ("stream", "said"), [("EncryptedPackage", "密码"), ("WordDocument", "Word"), ("Contents", "不是可以识别的表格")]
)
def test_other_old_office_files_are_named(tmp_path, stream, said):
    """The container of a real .xls with its stream renamed."""
    path = tmp_path / "a.xls"
    book = xlwt.Workbook()
    book.add_sheet("s").write(0, 0, "甲区")
    book.save(str(path))
    data = bytearray(path.read_bytes())
    at = data.index("Workbook".encode("utf-16-le") + b"\0\0")
    data[at : at + 64] = stream.encode("utf-16-le").ljust(64, b"\0")
    data[at + 64 : at + 66] = (2 * len(stream) + 2).to_bytes(2, "little")
    path.write_bytes(data)
    assert said in refusal(path).message


def test_a_chain_that_runs_in_a_circle_ends(tmp_path):
    path = tmp_path / "a.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for row in range(2000):
        sheet.write(row, 0, f"文字{row}")
    book.save(str(path))
    data = bytearray(path.read_bytes())
    fat = 512 * (1 + int.from_bytes(data[76:80], "little"))
    data[fat : fat + 400] = b"".join((n % 90).to_bytes(4, "little") for n in range(1, 101))
    path.write_bytes(data)
    assert "损坏" in refusal(path).message


@pytest.mark.parametrize(
    ("part", "said"), [("word/document.xml", "Word"), ("xl/workbook.bin", "xlsb"), ("甲区.xlsx", "压缩包")]
)
def test_other_zips_are_named(tmp_path, part, said):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml" if "/" in part else "说明.txt", "x")
        archive.writestr(part, "x")
    assert said in refusal(path).message


def test_a_workbook_in_another_folder_with_prefixed_names(every_kind, tmp_path):
    """Strict and WPS-like writers use other namespace prefixes; names are read without them."""

    def prefixed(data):
        data = re.sub(rb"<(/?)(worksheet|sheetData|row|c|v|f)([ >/])", rb"<\1x:\2\3", data)
        return data.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=", 1)

    assert cells(altered(every_kind, tmp_path / "p.xlsx", SHEET1, prefixed)) == EVERY
