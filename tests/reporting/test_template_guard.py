"""What is no template is refused in a sentence; what filling would lose is named."""

from __future__ import annotations

import zipfile

import docx
import openpyxl
import pytest
import xlsxwriter

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.reporting.templates.guard import kind_of
from tests.reporting.builders import scored, small
from tests.reporting.edit_zip import change
from tests.reporting.template_maker import errors, filled, form, read, warnings


@pytest.fixture(scope="module")
def result():
    return scored(small(), ("甲区",))


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "本局 模板.xlsx"
    form(found, {"A1": "{{区县}}"})
    return found


def test_kinds_are_told_by_their_bytes(path, tmp_path):
    word = tmp_path / "名字不对.xlsx"
    docx.Document().save(word)
    assert (kind_of(path), kind_of(word)) == ("xlsx", "docx")


def add(**parts):
    return lambda path: change(path, {}, {name.replace("__", "/").replace("_dot_", "."): b"x" for name in parts})


def replace(name, old, new):
    return lambda path: change(path, {name: lambda text: text.replace(old, new, 1)})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (add(xl__vbaProject_dot_bin=1), "带有宏"),
        (add(xl__workbook_dot_bin=1), "xlsb"),
        (replace("xl/workbook.xml", "<workbook", "<!DOCTYPE x><workbook"), "DOCTYPE"),
        (replace("xl/workbook.xml", "<workbook", '<workbook a="http://purl.oclc.org/ooxml/x"'), "Strict"),
        (replace("[Content_Types].xml", "sheet.main+xml", "template.main+xml"), ".xltx"),
        (replace("xl/worksheets/sheet1.xml", "</worksheet>", ""), "损坏"),
        (replace("xl/worksheets/sheet1.xml", "<sheetData>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'), "过大"),
        (replace("xl/workbook.xml", 'r:id="rId1"', 'r:id="rId99"'), "损坏"),
        (lambda path: path.write_bytes(path.read_bytes()[:900]), "损坏"),
        (lambda path: path.write_bytes(b""), "空文件"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "旧格式"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")), "密码"),
        (lambda path: path.write_text("名称,值", encoding="utf-8"), "不是 .xlsx"),
    ],
)  # fmt: skip
def test_refused_in_a_sentence(path, result, spoil, said):
    spoil(path)
    with pytest.raises(InputRefused) as refused:
        read(path, result)
    assert said in str(refused.value)
    assert refused.value.advice


def test_a_bomb_is_refused_before_it_unpacks(path, result):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/big.xml", b"<a>" + b" " * (8 << 20) + b"</a>")
    with pytest.raises(InputRefused, match="压缩炸弹"):
        read(path, result)


def test_a_file_that_is_not_there(tmp_path, result):
    with pytest.raises(EnvironmentFailed, match="没有找到模板文件"):
        read(tmp_path / "没有.xlsx", result)


def test_a_word_file_that_is_none(tmp_path, result):
    path = tmp_path / "坏.docx"
    docx.Document().save(path)
    change(path, {"_rels/.rels": lambda text: text.replace("officeDocument", "somethingElse")})
    with pytest.raises(InputRefused, match="损坏"):
        read(path, result)


SPARKLINES = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    "<x14:sparklineGroups><x14:sparklineGroup/></x14:sparklineGroups></ext></extLst></worksheet>"
)
DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:sp><xdr:txBody><a:p><a:r>'
    "<a:t>{TEXT</a:t></a:r><a:r><a:t>}}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:absoluteAnchor></xdr:wsDr>"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="/xl/drawings/drawing1.xml"/></Relationships>'
)


def test_sparklines_are_named_as_lost(path, result):
    change(path, {"xl/worksheets/sheet1.xml": lambda text: text.replace("</worksheet>", SPARKLINES)})
    assert warnings(path, result)["lost_on_filling"] == ["填表后会丢失：迷你图"]


def test_wps_pictures_in_cells_are_named_as_lost(path, result):
    change(path, {}, {"xl/cellimages.xml": b"<a/>"})
    assert warnings(path, result)["lost_on_filling"] == ["填表后会丢失：WPS 的单元格内图片（DISPIMG）"]


@pytest.mark.parametrize("text", ["盖章处", "{{总分"])
def test_text_boxes_are_named_and_their_fields_refused(path, result, text):
    added = {
        "xl/drawings/drawing1.xml": DRAWING.replace("{TEXT", text).replace("}}", "}}" if "{" in text else "").encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": RELATIONS.encode(),
    }
    change(path, {}, added)
    assert warnings(path, result)["lost_on_filling"] == ["填表后会丢失：文本框或图形"]
    told = errors(path, result)
    assert [t[2] for t in told] == (["field_out_of_reach"] if "{" in text else [])
    assert all("{{总分}}" in t[3] for t in told)


def test_a_plain_form_loses_nothing(path, result):
    assert warnings(path, result) == {}


def test_a_rich_form_made_elsewhere(tmp_path, result):
    """Charts remember their cells' words, fields among them: that is no field in a chart."""
    path = tmp_path / "富 模板.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表 '一页")
        for column, text in enumerate(("{{指标.名称}}", "{{指标.得分}}")):
            sheet.write(3, column, text)
        sheet.conditional_format("B4:B4", {"type": "data_bar", "data_bar_2010": True})
        chart = book.add_chart({"type": "column"})
        at = "='表 ''一页'!"
        chart.add_series({"categories": f"{at}$A$4:$A$4", "values": f"{at}$B$4"})
        sheet.insert_chart("D2", chart)
        book.define_name("得分区", f"{at}$B$4:$B$4")
    assert errors(path, result) == []
    assert warnings(path, result)["lost_on_filling"] == ["填表后会丢失：2010 版数据条"]
    book = openpyxl.load_workbook(filled(path, result, tmp_path / "出.xlsx"))
    (series,) = book.active._charts[0].series
    assert (series.cat.strRef or series.cat.numRef).f == "'表 ''一页'!$A$4:$A$7"
    assert series.val.numRef.f == "'表 ''一页'!$B$4:$B$7"
    assert book.defined_names["得分区"].attr_text == "'表 ''一页'!$B$4:$B$7"
