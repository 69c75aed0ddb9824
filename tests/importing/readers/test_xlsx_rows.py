"""The quick way through a worksheet gives what the parser gives, or leaves the worksheet to it."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore.errors import InputRefused
from ecoscore.importing.readers import parts, xlsx, xlsx_rows
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.readers.number_format import read_format
from ecoscore.importing.readers.xlsx import read_xlsx
from ecoscore.importing.readers.xlsx_cells import CellReader, column_of, date_text, unescaped
from ecoscore.importing.readers.xlsx_rows import read_rows, shared_strings, split
from tests.libreoffice import convert, needs_soffice

READER = CellReader(["甲", "乙"], [], since_1904=False)


def rows(text):
    return read_rows(text, READER, Limits(), 1000)


def made(path):
    with xlsxwriter.Workbook(str(path)) as book:
        percent, date = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet("数据 & 表")
        sheet.write_row(0, 0, ["区县 <a&b> \"c\" 'd'", " 前后空格 ", "多\n行", "𬭚州", "_x000D_"])
        sheet.write(1, 0, 0.864, percent)
        sheet.write(1, 1, 45000, date)
        sheet.write_formula(1, 2, '=IF(A1<>"",1,2)', None, 1)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 4, '="甲"&"乙"', None, "甲<乙>&")
        sheet.write_boolean(2, 0, True)
        sheet.write_blank(2, 1, None, percent)
        sheet.write_number(2, 2, -1.5e-7)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.merge_range(4, 0, 5, 1, "合并")
        book.add_worksheet("空")
    return path


def with_sheet(path, change):
    """The file with the text of its first worksheet changed."""
    with zipfile.ZipFile(path) as archive:
        parts_ = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts_[name] = change(parts_[name])
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts_.items():
            archive.writestr(part, content)
    return path


def both(path, monkeypatch):
    """What the quick way makes of a file, and what the parser makes of it."""
    with monkeypatch.context() as patch:
        patch.setattr(xlsx, "MOST", -1)
        slow = read_xlsx(path).packed()
    return read_xlsx(path).packed(), slow


def taken(monkeypatch):
    """Counts the worksheets that went the quick way."""
    found = []

    def counted(*arguments):
        rows = read_rows(*arguments)
        found.append(rows is not None)
        return rows

    monkeypatch.setattr(xlsx, "read_rows", counted)
    return found


def test_a_file_of_xlsxwriter(tmp_path, monkeypatch):
    quick, slow = both(made(tmp_path / "甲 区.xlsx"), monkeypatch)
    assert quick == slow
    used = taken(monkeypatch)
    read_xlsx(tmp_path / "甲 区.xlsx")
    assert used and all(used)


def test_a_file_of_openpyxl(tmp_path, monkeypatch):
    book = openpyxl.load_workbook(made(tmp_path / "a.xlsx"))
    book.save(tmp_path / "b.xlsx")
    quick, slow = both(tmp_path / "b.xlsx", monkeypatch)
    assert quick == slow


@needs_soffice
def test_a_file_of_libreoffice(tmp_path, monkeypatch):
    (tmp_path / "存").mkdir()
    (path,) = convert([made(tmp_path / "a.xlsx")], tmp_path / "存", "xlsx")
    used = taken(monkeypatch)
    quick, slow = both(path, monkeypatch)
    assert quick == slow
    assert any(used)


def test_inline_strings_are_quick_too(tmp_path, monkeypatch):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["区县", " a&b ", 3])
    used = taken(monkeypatch)
    quick, slow = both(tmp_path / "a.xlsx", monkeypatch)
    assert quick == slow
    assert used == [True]


@pytest.mark.parametrize(
    "odd",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- x -->',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#65;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&evil;</v></c></row>',
        '<row r="1"><c r="A1" vm="1"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><is><r><t>甲</t></r></is></c></row>',
        '<row r="1"><row r="2"></row></row>',
        '<c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"></row></row>',
        '<x:row r="1"></x:row>',
        "文字",
    ],
)
def test_whatever_is_odd_is_left_to_the_parser(odd):
    assert rows(odd) is None


def test_a_part_with_anything_but_plain_utf8_is_left_to_the_parser():
    head, tail = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
    assert split(head + b"<row/>" + tail) is not None
    for odd in (b"<!-- x -->", b"<![CDATA[x]]>", b"<?x y?>"):
        assert split(b"<worksheet>" + odd + b"<sheetData><row/>" + tail) is None
        assert split(head + b"<row/></sheetData>" + odd + b"</worksheet>") is None
    for odd in (b"\xff", b"\x00", b"\r\n", "\ufffe".encode()):
        assert split(head + odd + tail) is None
    assert split(b'<?xml version="1.0" encoding="GBK"?>' + head + tail) is None
    assert split(head + tail + head + tail) is None
    assert split(b"<worksheet><sheetData/></worksheet>") is None


def test_a_document_type_beside_the_rows_is_refused_as_ever(tmp_path):
    path = with_sheet(
        made(tmp_path / "a.xlsx"),
        lambda sheet: sheet.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY e "y">]><worksheet', 1),
    )
    with pytest.raises(InputRefused, match="DOCTYPE"):
        read_xlsx(path)


def test_limits_hold_on_the_quick_way(tmp_path):
    path = made(tmp_path / "a.xlsx")
    with pytest.raises(InputRefused, match="单元格"):
        read_xlsx(path, Limits(cells=3))
    assert read_xlsx(path, Limits(rows=1)).sheets[0].skipped > 0


def test_strings():
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst count="2">'
    assert shared_strings(f"{head}<si><t>a&amp;b</t></si><si><t/></si></sst>".encode(), 1000) == ["a&b", ""]
    assert shared_strings(f"{head}<si><r><t>a</t></r></si></sst>".encode(), 1000) is None
    assert shared_strings(f"{head}<si><t>a</t></si>".encode(), 1000) is None
    assert shared_strings(f"{head}<si><t>{'a' * 99}</t></si></sst>".encode(), 50) is None


def test_small_parts():
    assert column_of("AB12") == 28
    assert unescaped("a_x000A_b_x0001_") == "a\nb"
    assert date_text(44197.5) == "2021-01-01 12:00:00"
    assert date_text(-1) is None


PIECES = [
    *'<>/"= acrvtfsi0123AB甲&;!-?[]\n',
    "row",
    '<c r="A1">',
    "</c>",
    "<v>",
    "</v>",
    "<f>",
    "</f>",
    "&amp;",
    "&lt;",
]
XML = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@settings(max_examples=150, deadline=None)
@given(XML)
def test_where_the_quick_way_says_something_the_parser_agrees(text):
    from xml.parsers import expat

    found = rows(f'<row r="1">{text}</row>')
    if found is not None:
        expat.ParserCreate().Parse(f'<sheetData><row r="1">{text}</row></sheetData>'.encode(), True)


AROUND = [
    '<cols><col min="2" max="3" width="9" hidden="1"/></cols>',
    '<cols><col hidden="true" min="2" max="2"></col></cols>',
    '<cols><!-- <col min="1" max="1" hidden="1"/> --><col min="2" max="2" hidden="1"/></cols>',
    '<?x <col min="1" max="1" hidden="1"/> ?><cols><col min="2" max="2" hidden="1"/></cols>',
    '<x><![CDATA[<col min="1" max="1" hidden="1"/>]]></x>',
    '<cols><col min="&#50;" max="2" hidden="1"/></cols>',
    "<cols><col min='2' max='2' hidden='1'/></cols>",
    '<cols><col\nmin="2" max="2" hidden="1" /></cols>',
    '<cols><x:col xmlns:x="u" min="2" max="2" hidden="1"/></cols>',
    '<a b="&lt;col min=&quot;1&quot; hidden=&quot;1&quot;/&gt;"/>',
    '<cols><column min="1" max="1" hidden="1"/><col min="9" max="9"/></cols>',
    '<cols><col title="区" min="2" max="2" hidden="1"/></cols>',
]


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_the_rows_is_what_the_parser_finds(around, tmp_path, monkeypatch):
    path = tmp_path / "表 格.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "区县")
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="x"/></mergeCells>'
    with_sheet(
        path,
        lambda sheet: sheet.replace(b"<sheetData>", around.encode() + b"<sheetData>").replace(
            b"</sheetData>", b"</sheetData>" + after.encode()
        ),
    )
    quick, slow = both(path, monkeypatch)
    assert quick == slow
    assert quick[1][0]["merges"] == [(1, 1, 2, 2)]


def test_broken_xml_around_the_rows_is_refused(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "区县")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for odd in (b"<cols><col min='1'></cols>", b'<cols><col min="1" min="2"/></cols>', b"<a>&nothing;</a>"):
        content = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", odd + b"<sheetData>")
        with zipfile.ZipFile(path, "w") as archive:
            for name, whole in parts.items():
                archive.writestr(name, content if name == "xl/worksheets/sheet1.xml" else whole)
        with pytest.raises(InputRefused, match="损坏"):
            read_xlsx(path)


def test_rows_in_a_comment_are_no_rows(tmp_path):
    path = with_sheet(
        made(tmp_path / "a.xlsx"),
        lambda sheet: sheet.replace(b"<sheetData>", b"<!-- <sheetData>").replace(b"</sheetData>", b"</sheetData> -->"),
    )
    assert read_xlsx(path).sheets[0].cells == {}


def test_one_long_row_is_read_like_any_other(tmp_path, monkeypatch):
    path = made(tmp_path / "a.xlsx")
    whole = read_xlsx(path).packed()
    monkeypatch.setattr(xlsx_rows, "_MOST_AT_ONCE", 0)
    assert read_xlsx(path).packed() == whole


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("", "-12.50", ("number", -12.5, "General")),
        ("", "00042", ("number", 42.0, "General")),
        ("", "1e3", ("number", 1000.0, "General")),
        ("", " 7 ", ("number", 7.0, "General")),
        ("", "9" * 400, ("error", "9" * 40, "General")),
        ("", "1_000", ("error", "1_000", "General")),
        ("", "nan", ("error", "nan", "General")),
        ("", "１２", ("error", "１２", "General")),
        (' t="n"', "3.5", ("number", 3.5, "General")),
        (' t="s"', "1", ("text", "乙", "General")),
        (' t="str"', "3.5", ("text", "3.5", "General")),
        (' t="b"', "1", ("bool", True, "General")),
        (' t="e"', "#N/A", ("error", "#N/A", "General")),
    ],
)
def test_kinds_of_cells(kind, written, read):
    assert rows(f'<row r="3"><c r="B3"{kind}><v>{written}</v></c></row>').cells == {(3, 2): read}


def test_a_number_in_a_date_format_is_a_date_cell_by_cell_too():
    dated = CellReader([], [("yyyy/m/d", read_format("yyyy/m/d"))], since_1904=False)
    found = read_rows('<row r="1"><c r="A1" s="0"><v>45000</v></c></row>', dated, Limits(), 1000)
    assert found.cells == {(1, 1): ("date", "2023-03-15", "yyyy/m/d")}


def footed(path, footer):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "区县")
        sheet.merge_range(2, 0, 3, 1, "合并")
        sheet.set_footer("&L@@@")
    return with_sheet(path, lambda content: content.replace(b"@@@", footer))


def test_forms_that_differ_in_their_footers_are_judged_once(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "_remembered", {})
    judged = []
    real = xlsx._SheetPass._around
    monkeypatch.setattr(xlsx._SheetPass, "_around", lambda *a: judged.append(1) or real(*a))
    books = [
        read_xlsx(footed(tmp_path / f"{n}.xlsx", footer.encode()))
        for n, footer in enumerate(("甲区 &amp;P 页", "乙县 &lt;2024&gt;", ""))
    ]
    assert len(judged) == 1
    assert [book.sheets[0].merges for book in books] == [[(3, 1, 4, 2)]] * 3


@pytest.mark.parametrize("odd", [b"\xff\xfe", b"&evil;", b"&", "\uffff".encode(), b"\x01", b"<b>"])
def test_a_footer_that_no_parser_takes_is_refused_as_ever(odd, tmp_path):
    read_xlsx(footed(tmp_path / "好.xlsx", b"a"))
    with pytest.raises(InputRefused, match="损坏"):
        read_xlsx(footed(tmp_path / "坏.xlsx", odd))


def test_a_comment_in_a_footer_is_refused_where_it_is_none(tmp_path):
    """In a comment two hyphens end it: what looks like a footer is not to be taken out of one."""
    with pytest.raises(InputRefused, match="损坏"):
        read_xlsx(with_sheet(footed(tmp_path / "a.xlsx", b" -- "), in_comment))


def in_comment(sheet):
    return sheet.replace(b"<headerFooter>", b"<!-- <headerFooter>").replace(b"</headerFooter>", b"</headerFooter> -->")
