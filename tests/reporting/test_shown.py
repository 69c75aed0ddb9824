"""What two papers show, compared: figures that differ are named, what people may change is not."""

from __future__ import annotations

import docx
import pytest

from ecoscore.errors import InputRefused
from ecoscore.reporting.pdf import write_ranking_pdf
from ecoscore.reporting.shown import altered, cells, pdf_lines
from ecoscore.reporting.view import PaperMeta, ranking_view, scorecard_view
from ecoscore.reporting.workbook import write_scorecard_workbook
from tests.reporting.builders import scored, small


@pytest.fixture(scope="module")
def result():
    return scored(small())


def test_a_paper_shows_what_it_shows(result, tmp_path):
    write_ranking_pdf(tmp_path / "一.pdf", ranking_view(result))
    assert altered(tmp_path / "一.pdf", tmp_path / "一.pdf") == ()
    assert any("甲区" in line for line in pdf_lines(tmp_path / "一.pdf"))


def test_another_code_is_no_figure(result, tmp_path):
    write_ranking_pdf(tmp_path / "一.pdf", ranking_view(result, PaperMeta(code="校验码 0000-0000-0000-0001（SM3）")))
    write_ranking_pdf(tmp_path / "二.pdf", ranking_view(result, PaperMeta(code="校验码 0000-0000-0000-0002（SM3）")))
    assert altered(tmp_path / "一.pdf", tmp_path / "二.pdf") == ()


def test_figures_of_another_result_are_named_with_their_line(result, tmp_path):
    write_ranking_pdf(tmp_path / "一.pdf", ranking_view(result))
    write_ranking_pdf(tmp_path / "二.pdf", ranking_view(scored(small(), seed=8)))
    found = altered(tmp_path / "一.pdf", tmp_path / "二.pdf")
    assert found
    assert all(a.shown != a.held and a.place for a in found)


def test_a_cell_is_named_by_its_row_and_column(result, tmp_path):
    for n, district in enumerate(("甲区", "乙区")):
        write_scorecard_workbook(tmp_path / f"{n}.xlsx", result, scorecard_view(result, district))
    found = altered(tmp_path / "0.xlsx", tmp_path / "1.xlsx")
    assert any("第1项生态环境质量考核指标完成率" in a.place and "得分" in a.place for a in found)
    assert all(a.place.startswith("“") for a in found)


def lines(path, *texts):
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("甲区总分88.50分，名列第1。", []),
        ("甲区成绩突出，总分88.50分，居第1位。", []),
        ("甲区总分98.50分，名列第1。", [("甲区总分98.50分", "甲区总分88.50分")]),
        ("", []),
    ],
)
def test_words_may_change_and_figures_may_not(tmp_path, now, told):
    held = lines(tmp_path / "原.docx", "甲区总分88.50分，名列第1。", "特此通报。")
    shown = lines(tmp_path / "改.docx", *([now] if now else []), "特此通报。")
    assert [(a.shown, a.held) for a in altered(shown, held)] == told


def test_a_damaged_file_is_refused(result, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputRefused, match="已损坏"):
        cells(tmp_path / "坏.xlsx")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(InputRefused, match="已损坏"):
        pdf_lines(tmp_path / "坏.pdf")
