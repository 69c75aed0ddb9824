"""A bureau's own Word form filled: fields cut up by runs, rows and paragraphs repeated, headers, merges; text as printed."""

from __future__ import annotations

import re

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from ecoscore.reporting.marks import mark_of, marked, read_mark
from ecoscore.reporting.view_parts import PaperMeta
from tests.libreoffice import convert, needs_soffice
from tests.reporting.builders import scored, small
from tests.reporting.edit_zip import change, part
from tests.reporting.template_maker import errors, filled, warnings


@pytest.fixture(scope="module")
def result():
    return scored(small(each=3), ("甲区", "乙县", "丙县"), peer_groups=("城区", "县域", "县域"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "本局 通报.docx"


def opened(path, result, tmp_path, district="甲区", **given):
    return docx.Document(str(filled(path, result, tmp_path / "出.docx", district, **given)))


def cells(table):
    return [[c.text for c in row.cells] for row in table.rows]


def table_of(document, *rows):
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def test_a_field_cut_up_by_runs_keeps_its_look(path, result, tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("关于")
    for text, size in (("{", 10), ("{区", 22), ("县}", 12), ("}的", 9)):
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
    paragraph.runs[2].font.color.rgb = RGBColor(255, 0, 0)
    paragraph.add_run("通报，总分{{总分}}分")
    document.save(path)
    (paragraph,) = opened(path, result, tmp_path).paragraphs
    assert paragraph.text == f"关于甲区的通报，总分{result.layers.total[0]:.2f}分"
    (run,) = [r for r in paragraph.runs if r.text == "甲区"]
    assert (run.font.size, run.font.color.rgb) == (Pt(22), RGBColor(255, 0, 0))
    assert [r.text for r in paragraph.runs if r.font.size == Pt(9)] == ["的"]


def test_a_row_for_each_district(path, result, tmp_path):
    document = docx.Document()
    table = table_of(
        document,
        ["名次", "区县", "总分"],
        ["{{区县.名次}}", "{{区县.名称}}", "{{区县.总分}}"],
        ["共", "{{参评个数}}个", ""],
    )
    table.rows[1].height = Pt(30)
    table.cell(1, 2).paragraphs[0].runs[0].bold = True
    document.save(path)
    table = opened(path, result, tmp_path, "").tables[0]
    order = result.order
    assert [r[1] for r in cells(table)] == ["区县", *(result.districts[d].name for d in order), "3个"]
    assert [r[2] for r in cells(table)][1:4] == [f"{result.layers.total[d]:.2f}" for d in order]
    assert {row.height for row in table.rows[1:4]} == {Pt(30)}
    assert all(row.cells[2].paragraphs[0].runs[0].bold for row in table.rows[1:4])


def test_merges_beside_and_across_the_repeated_row(path, result, tmp_path):
    document = docx.Document()
    table = table_of(
        document,
        ["各项", "指标", "得分"],
        ["", "{{指标.名称}}", "{{指标.得分}}"],
        ["", "合计", "{{小计}}"],
        ["末", "末", "末"],
    )
    table.cell(0, 0).merge(table.cell(2, 0))
    document.save(path)
    table = opened(path, result, tmp_path).tables[0]
    assert len(table.rows) == 9
    assert {table.cell(r, 0)._tc for r in range(8)} == {table.cell(0, 0)._tc}
    assert [row.cells[1].text for row in table.rows] == ["指标", *(i.title for i in result.indicators), "合计", "末"]


def test_a_merge_that_begins_in_the_repeated_row(path, result, tmp_path):
    document = docx.Document()
    table = table_of(document, ["左", "{{指标.名称}}"], ["", "合计"], ["末", "末"])
    table.cell(0, 0).merge(table.cell(1, 0))
    document.save(path)
    table = opened(path, result, tmp_path).tables[0]
    assert {table.cell(r, 0)._tc for r in range(7)} == {table.cell(0, 0)._tc}
    assert table.cell(0, 0).text.strip() == "左"


def test_equal_neighbours_become_one_cell(path, result, tmp_path):
    document = docx.Document()
    table_of(document, ["{{区县.分类组|合并}}", "{{区县.名称}}"])
    document.save(path)
    table = opened(path, result, tmp_path, "").tables[0]
    assert [table.cell(r, 0).text for r in range(3)] == ["城区", "县域", "县域"]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(0, 0)._tc is not table.cell(1, 0)._tc


def test_blocks_of_rows_and_tables_within_rows(path, result, tmp_path):
    document = docx.Document()
    table = table_of(document, ["{{#区县:县域}}{{区县.名称}}", ""], ["总分", "{{区县.总分}}{{/区县}}"])
    inner = table.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "{{年份}}"
    document.save(path)
    table = opened(path, result, tmp_path, "").tables[0]
    names = [result.districts[d].name for d in result.order if d]
    assert [row.cells[0].text for row in table.rows] == [names[0], "总分", names[1], "总分"]
    assert [table.cell(r, 1).tables[0].cell(0, 0).text for r in (0, 2)] == ["2024", "2024"]


def test_a_paragraph_repeats_outside_tables(path, result, tmp_path):
    document = docx.Document()
    document.add_paragraph("{{附注.序号}}．{{附注.内容}}", style="List Bullet")
    document.add_paragraph("事项：{{加减分.名称}}")
    document.add_paragraph("{{附注}}")
    document.save(path)
    paragraphs = opened(path, result, tmp_path).paragraphs
    notes = [p for p in paragraphs if p.style.name == "List Bullet"]
    assert len(notes) > 2 and notes[1].text.startswith("2．")
    assert paragraphs[len(notes)].text == "无"
    assert paragraphs[-1].text.count("\n") == len(notes) - 1  # line breaks within one paragraph


def test_headers_footers_and_content_controls(path, result, tmp_path):
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "{{考核单位}}"
    section.first_page_header.paragraphs[0].text = "首页 {{区县}}"
    table = section.footer.add_table(1, 1, Pt(200))
    table.cell(0, 0).text = "{{区县}} {{考核期}}"
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件{{{{区县}}}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document.save(path)
    document = opened(path, result, tmp_path, organisation="某局")
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "某局"
    assert section.first_page_header.paragraphs[0].text == "首页 甲区"
    assert section.footer.tables[0].cell(0, 0).text == "甲区 2024年度"
    assert "控件甲区" in "".join(t.text for t in document.element.body.iter(qn("w:t")))


def test_tabs_and_breaks_part_nothing_else(path, result, tmp_path):
    document = docx.Document()
    run = document.add_paragraph().add_run("{{区县}}")
    run.add_tab()
    run.add_text("{{等次}}")
    run.add_break(WD_BREAK.LINE)
    run.add_text("末")
    document.save(path)
    assert opened(path, result, tmp_path).paragraphs[0].text == f"甲区\t{result.layers.grade[0]}\n末"


def test_the_manual_stays_behind(path, result, tmp_path):
    document = docx.Document()
    document.add_paragraph("{{区县}}")
    document.add_paragraph("【模板说明】").paragraph_format.page_break_before = True
    document.add_paragraph("写 {{没有的字段}} 会怎样")
    table_of(document, ["{{指标.没有}}"])
    document.save(path)
    assert errors(path, result) == []
    document = opened(path, result, tmp_path)
    assert [p.text for p in document.paragraphs] == ["甲区"]
    assert not document.tables and len(document.sections) == 1


BOX = (
    '<w:r {}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>{{{{总分}}}}'
    "</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_what_is_wrong_is_told_with_its_place(path, result):
    document = docx.Document()
    document.add_paragraph("{{总份}}")
    document.add_paragraph("{{区县.名称}}{{指标.名称}}")
    table_of(document, ["{{指标.名称}}", "{{区县.名称}}"], ["{{得分", "{{/指标}}"])
    document.sections[0].footer.paragraphs[0].text = "{{考合期}}"
    document.paragraphs[0]._p.append(parse_xml(BOX.format(nsdecls("w"))))
    document.save(path)
    assert {(t[0], t[1], t[2]) for t in errors(path, result)} == {
        ("正文", "第 1 段", "unknown_field"), ("正文", "第 2 段", "mixed_row"), ("正文", "表格 1 第 1 行第 2 格", "mixed_row"),
        ("正文", "表格 1 第 2 行第 1 格", "broken_field"), ("正文", "表格 1 第 2 行第 2 格", "broken_block"),
        ("正文", "文本框", "field_out_of_reach"), ("页脚", "第 1 段", "unknown_field"),
    }  # fmt: skip


def test_a_sum_in_the_document_is_told_of(path, result):
    document = docx.Document()
    paragraph = document.add_paragraph("{{区县}}")
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText> =SUM(ABOVE) </w:instrText></w:r>"))
    document.save(path)
    assert "计算域" in warnings(path, result)["formulas_uncalculated"][0]


@needs_soffice
def test_libreoffice_opens_a_hundred_districts(path, tmp_path):
    result = scored(small(), tuple(f"第{n:03d}县" for n in range(100)))
    document = docx.Document()
    document.add_paragraph("{{考核期}}通报")
    table_of(document, ["名次", "区县", "总分"], ["{{区县.名次}}", "{{区县.名称}}", "{{区县.总分}}"])
    document.save(path)
    out = filled(path, result, tmp_path / "出 表.docx", "")
    (text,) = convert([out], tmp_path, "txt:Text")
    said = text.read_text(encoding="utf-8-sig")
    assert all(d.name in said for d in result.districts)
    assert "{{" not in said


def test_the_mark_stands_beside_the_properties_that_wps_keeps(path, result, tmp_path):
    document = docx.Document()
    document.add_paragraph("{{区县}}")
    document.save(path)
    props = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12</vt:lpwstr></property>'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="EcoScore1"><vt:lpwstr>旧</vt:lpwstr></property></Properties>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    typed = '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    change(
        path,
        {
            "_rels/.rels": lambda t: t.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{kind}" Target="docProps/custom.xml"/></Relationships>',
            ),
            "[Content_Types].xml": lambda t: t.replace("</Types>", f"{typed}</Types>"),
        },
        {"docProps/custom.xml": props.encode()},
    )
    mark = mark_of(result, 5)
    meta = marked(PaperMeta(), mark)
    out = filled(path, result, tmp_path / "出.docx", code=meta.code, mark=meta.mark)
    assert read_mark(out) == mark
    kept = part(out, "docProps/custom.xml")
    assert "2052-12" in kept and "旧" not in kept
    assert sorted(re.findall(r'pid="(\d+)"', kept)) == sorted(set(re.findall(r'pid="(\d+)"', kept)))
