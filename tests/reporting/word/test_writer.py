"""The Word documents: GB/T 9704 page, faces by name with substitutes, every sentence, the mark; LibreOffice opens them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from ecoscore.errors import EnvironmentFailed
from ecoscore.reporting.document import Grid
from ecoscore.reporting.marks import mark_of, marked, read_mark
from ecoscore.reporting.view_bulletin import bulletin_view
from ecoscore.reporting.view_notice import notice_view
from ecoscore.reporting.view_parts import PaperMeta
from ecoscore.reporting.word import write_document_docx
from ecoscore.reporting.word.page import FANGSONG, TITLE
from tests.libreoffice import convert, needs_soffice
from tests.reporting.builders import BEFORE, TEN, scored, small
from tests.reporting.pdf.reading import read


@pytest.fixture(scope="module")
def result():
    return scored(small(), TEN)


@pytest.fixture(scope="module")
def view(result):
    meta = marked(PaperMeta(issuer="某市考核办", date="2025年3月1日", watermark="征求意见稿"), mark_of(result, 5))
    return bulletin_view(result, meta, previous=scored(small(), TEN, period=BEFORE, seed=4))


@pytest.fixture
def path(tmp_path, view):
    found = tmp_path / "通报 草稿.docx"
    write_document_docx(found, view)
    return found


def test_every_sentence_and_table_is_in_it(path, view):
    document = docx.Document(str(path))
    texts = [p.text for p in document.paragraphs]
    assert set(view.sentences) <= set(texts)
    grids = [p for p in view.parts if isinstance(p, Grid)]
    for table, grid in zip(document.tables, grids, strict=True):
        assert [tuple(c.text for c in row.cells) for row in table.rows][1:] == list(grid.rows)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_page_is_the_standards(path):
    document = docx.Document(str(path))
    section = document.sections[0]
    sizes = [
        round(x.mm) for x in
        (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]  # fmt: skip
    assert sizes == [210, 297, 37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"
    assert document.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].text.replace("1", "") == "—  —"


def test_faces_are_named_and_have_substitutes(path):
    with zipfile.ZipFile(path) as archive:
        body, fonts = (archive.read(f"word/{n}.xml").decode() for n in ("document", "fontTable"))
    assert f'w:eastAsia="{FANGSONG}"' in body
    assert f'w:eastAsia="{TITLE}"' in body
    assert f'w:name="{TITLE}"><w:altName w:val="方正小标宋_GBK,' in fonts


def test_the_mark_comes_back_and_the_code_is_printed(path, result):
    assert read_mark(path) == mark_of(result, 5)
    footer = docx.Document(str(path)).sections[0].footer
    assert mark_of(result).code in "".join(p.text for p in footer.paragraphs)


def test_a_draft_says_so_across_every_page(path, tmp_path, result):
    section = docx.Document(str(path)).sections[0]
    for header in (section.header, section.even_page_header):
        assert 'string="征求意见稿"' in header._element.xml
        assert 'id="PowerPlusWaterMarkObject' in header._element.xml
    write_document_docx(tmp_path / "定稿.docx", notice_view(result))
    assert "WaterMark" not in docx.Document(str(tmp_path / "定稿.docx")).sections[0].header._element.xml


@needs_soffice
def test_libreoffice_draws_the_mark_on_every_page(path, view, tmp_path):
    """It is grey and lies behind the words: the pages have more grey than without it."""
    plain = tmp_path / "无水印.docx"
    write_document_docx(plain, replace(view, meta=replace(view.meta, watermark="")))
    with_mark, without = convert([path, plain], tmp_path / "成", "pdf")
    greys = [[grey(page) for page in pypdfium2.PdfDocument(p)] for p in (with_mark, without)]
    assert len(greys[0]) == len(greys[1]) > 1
    assert all(marked > clear + 3000 for marked, clear in zip(*greys, strict=True))


def grey(page) -> int:
    """How many dots are of the mark's light grey."""
    histogram = page.render(scale=1, grayscale=True).to_pil().histogram()
    return sum(histogram[0xD8:0xDB])


def test_equal_results_give_equal_parts(tmp_path, view, path):
    again = tmp_path / "再.docx"
    write_document_docx(again, view)
    with zipfile.ZipFile(path) as a, zipfile.ZipFile(again) as b:
        assert {n: a.read(n) for n in a.namelist()} == {n: b.read(n) for n in b.namelist()}


def test_a_notice_is_written_too(tmp_path, result):
    path = tmp_path / "公示.docx"
    write_document_docx(path, notice_view(result))
    assert read_mark(path) is None
    assert any("公示时间" in p.text for p in docx.Document(str(path)).paragraphs)


def test_a_folder_in_the_way_is_told(tmp_path, result):
    (tmp_path / "公示.docx").mkdir()
    with pytest.raises(EnvironmentFailed):
        write_document_docx(tmp_path / "公示.docx", notice_view(result))


@needs_soffice
def test_libreoffice_opens_it_and_reads_the_same(path, view, tmp_path):
    found = read(convert([path], tmp_path, "pdf")[0])
    text = re.sub(r"[\s　]", "", found.text)
    for sentence in view.sentences:
        assert re.sub(r"[\s　]", "", sentence)[:20] in text
    assert all(width < height for width, height in found.sizes)
