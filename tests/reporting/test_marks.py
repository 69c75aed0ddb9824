"""The mark in a paper's metadata comes back from every kind of document."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.reporting.marks import Mark, mark_of, marked, properties, read_mark
from ecoscore.reporting.pdf import write_scorecard_pdf
from ecoscore.reporting.view import PaperMeta, scorecard_view
from ecoscore.reporting.workbook import write_scorecard_workbook
from tests.reporting.builders import BEFORE, scored, small
from tests.reporting.pdf.reading import read

NAMES = tuple(f"第{n}号某某自治县开发区" for n in range(40))


@pytest.fixture(scope="module")
def result():
    return scored(small(), NAMES)


@pytest.fixture(scope="module")
def meta(result):
    return marked(PaperMeta(issuer="某市考核办"), mark_of(result, 17))


def test_a_mark_comes_back_from_its_text(result):
    mark = mark_of(result, 17)
    assert Mark.parse(f"校验码 {mark.code} {mark.text} 其他") == mark
    assert mark.journal == 17
    assert mark.results[0].period == "2024"
    assert set(mark.results[0].districts) == set(NAMES)


def test_a_paper_that_compares_is_marked_with_both_results(result):
    before = scored(small(), NAMES, period=BEFORE)
    both = mark_of(result, others=[before])
    assert [shown.period for shown in both.results] == ["2024", "2023"]
    assert both.code != mark_of(result).code
    assert Mark.parse(both.text) == both
    changed = both.text.replace(both.results[1].digest[:8], "00000000")
    assert Mark.parse(changed) is None


@pytest.mark.parametrize(
    "text",
    ["", "别的关键词", '{"ecoscore":1}', '{"ecoscore":1,"results":[{"period":"2024"}]}', '{"ecoscore":1,"results":['],
)
def test_what_is_no_mark(text):
    assert Mark.parse(text) is None


def test_pieces_fit_into_office_properties(meta):
    assert all(len(value) <= 255 for _, value in properties(meta))
    assert properties(PaperMeta()) == []


def test_a_pdf_prints_the_code_and_keeps_the_mark(tmp_path, result, meta):
    path = tmp_path / "成绩单 甲.pdf"
    write_scorecard_pdf(path, scorecard_view(result, NAMES[0], meta))
    assert read_mark(path) == mark_of(result, 17)
    found = read(path)
    assert all(mark_of(result).code in page for page in found.pages)
    assert meta.code in found.metadata["Keywords"]


def test_a_workbook_prints_the_code_and_keeps_the_mark(tmp_path, result, meta):
    path = tmp_path / "成绩单 甲.xlsx"
    write_scorecard_workbook(path, result, scorecard_view(result, NAMES[0], meta))
    assert read_mark(path) == mark_of(result, 17)
    book = openpyxl.load_workbook(path)
    assert mark_of(result).code in book.worksheets[0].oddFooter.left.text


def test_papers_without_a_mark(tmp_path, result):
    path = tmp_path / "成绩单.pdf"
    write_scorecard_pdf(path, scorecard_view(result, NAMES[0]))
    assert read_mark(path) is None
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    assert read_mark(tmp_path / "别的.xlsx") is None


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4 broken", b"PK\x03\x04broken"])
def test_what_is_no_paper_is_refused(tmp_path, content):
    path = tmp_path / "文件.pdf"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match="无法核对"):
        read_mark(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(EnvironmentFailed, match="未能读取"):
        read_mark(tmp_path / "没有.pdf")


def test_an_entity_bomb_is_not_opened(tmp_path):
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/custom.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert read_mark(path) is None
