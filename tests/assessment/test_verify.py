"""Paper and file compared: agreement, what differs and since when, and what is no paper of ours."""

from __future__ import annotations

import re
from dataclasses import replace

import docx
import pypdfium2
import pytest
from pypdfium2 import raw

from ecoscore.assessment import Assessment
from ecoscore.assessment.verify import compare, verify_code, verify_paper
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.district import District
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.reporting.marks import read_mark
from ecoscore.reporting.view import PaperMeta, SignatureField
from tests.assessment.test_assessment import SCHEME
from tests.libreoffice import stored
from tests.reporting.edit_workbook import edited

P23, P24 = Period(2023), Period(2024)
NAMES = ("甲区", "乙县", "丙县")


@pytest.fixture
def file(tmp_path):
    with Assessment.create(tmp_path / "考核 文件.ecos", SCHEME, [District(n) for n in NAMES]) as assessment:
        assessment.set_values(
            [
                Observation(n, i, p, v + 5 * k)
                for p in (P23, P24)
                for k, n in enumerate(NAMES)
                for i, v in [("pm25", 30.0), ("days", 80.0)]
            ]
        )
        yield assessment


@pytest.fixture
def papers(file, tmp_path):
    return file.report(
        P24, tmp_path / "报表", formats=("pdf", "xlsx", "docx"),
        papers=["scorecard", "ranking", "working_paper", "bulletin", "notice", "department"],
    )  # fmt: skip


def test_every_paper_of_every_kind_agrees_with_its_file(file, papers):
    assert {p.suffix for p in papers} == {".pdf", ".xlsx", ".docx"}
    for path in papers:
        verdict = file.verify_paper(path)
        assert verdict.agrees, (path, verdict.message)
        assert verdict.code in verdict.message


def test_a_changed_value_is_told_with_district_time_and_reason(file, papers):
    file.set_values([Observation("乙县", "pm25", P24, 50.0)], why="复核更正")
    verdict = file.verify_paper(papers[0])
    assert not verdict.agrees
    assert "2024年度" in verdict.message
    assert "乙县" in verdict.message
    assert "复核更正" in verdict.message
    difference = verdict.differences[0]
    assert "乙县" in difference.districts
    assert difference.since is not None and difference.since.id == file.journal(1)[-1].id


def test_the_first_change_is_named_not_the_last(file, papers):
    file.set_values([Observation("甲区", "pm25", Period(2022), 50.0)], why="与此无关")
    file.set_values([Observation("乙县", "pm25", P24, 50.0)], why="第一次")
    file.set_values([Observation("乙县", "pm25", P24, 51.0)], why="第二次")
    assert "第一次" in file.verify_paper(papers[0]).message


def test_a_change_taken_back_agrees_again(file, papers):
    file.set_values([Observation("乙县", "pm25", P24, 50.0)])
    file.set_values([Observation("乙县", "pm25", P24, 35.0)])
    assert file.verify_paper(papers[0]).agrees


def test_a_change_of_last_year_touches_papers_that_compare_with_it(file, papers):
    file.set_values([Observation("丙县", "days", P23, 60.0)])
    card = next(p for p in papers if "成绩单" in p.name and p.suffix == ".pdf")
    working = next(p for p in papers if "计分底稿" in p.name and p.suffix == ".pdf")
    assert "2023年度" in file.verify_paper(card).message
    assert file.verify_paper(working).agrees


def test_another_file_does_not_agree(file, papers, tmp_path):
    with Assessment.create(tmp_path / "另.ecos", SCHEME, [District("甲区"), District("戊县")]) as other:
        other.set_values([Observation(n, i, P24, 40.0) for n in ("甲区", "戊县") for i in ("pm25", "days")])
        message = other.verify_paper(papers[0]).message
    assert "少于报表出具时" in message or "文件中已没有" in message


def test_a_period_that_can_no_longer_be_scored(file, papers):
    file.set_values([], cleared=[(n, i, P24) for n in NAMES for i in ("pm25", "days")])
    verdict = file.verify_paper(papers[0])
    assert not verdict.agrees
    assert "不能得出" in verdict.message


def test_another_text_of_the_scheme_is_told(file, papers):
    mark = read_mark(papers[0])
    other = replace(mark, results=(replace(mark.results[0], digest="0" * 64, scheme="别的方案"),))
    assert "报表按方案 别的方案" in compare(file, other).message


def test_a_code_typed_from_paper(file, papers, tmp_path):
    code = file.verify_paper(papers[0]).code
    assert verify_paper(file, tmp_path / code).agrees
    assert verify_paper(file, tmp_path / code.lower().replace("-", " ")).agrees
    file.set_values([Observation("乙县", "pm25", P24, 50.0)])
    assert not verify_paper(file, tmp_path / code).agrees


def test_what_is_no_paper_of_ours(file, tmp_path):
    with pytest.raises(EnvironmentFailed):
        file.verify_paper(tmp_path / "没有这个.pdf")
    (tmp_path / "文.txt").write_text("文", encoding="utf-8")
    with pytest.raises(InputRefused, match="无法核对"):
        file.verify_paper(tmp_path / "文.txt")


# What the paper itself shows ------------------------------------------------------------------------------------


def of(papers, name, suffix):
    return next(p for p in papers if name in p.name and p.suffix == suffix)


def test_a_figure_overwritten_in_a_workbook_is_named(file, papers, tmp_path):
    card = of(papers, "甲区", ".xlsx")
    at, held = next((a, v) for a, v in stored(card)["成绩单"].items() if v == 30)
    changed = edited(card, tmp_path / "改.xlsx", {f"成绩单!{at}": 12.0})
    verdict = file.verify_paper(changed)
    assert not verdict.agrees
    assert [(a.shown, a.held) for a in verdict.altered] == [("12", f"{held:g}")]
    assert "校验码相符" in verdict.message
    assert at in verdict.altered[0].place and "PM2.5" in verdict.altered[0].place
    assert "本年值" in verdict.altered[0].place


def test_another_district_chosen_on_the_linked_card_is_no_alteration(file, papers, tmp_path):
    ranking = of(papers, "排名汇总表", ".xlsx")
    at, name = next((a, v) for a, v in stored(ranking)["成绩单"].items() if v in NAMES)
    other = next(n for n in NAMES if n != name)
    assert file.verify_paper(edited(ranking, tmp_path / "选.xlsx", {f"成绩单!{at}": other})).agrees


def test_a_figure_changed_in_a_bulletin_is_named_and_a_word_is_not(file, papers, tmp_path):
    path = of(papers, "通报", ".docx")
    document = docx.Document(str(path))
    table = document.tables[0]
    old = table.cell(1, len(table.columns) - 2).text
    line = next(p for p in document.paragraphs if "结果" in p.text and p.runs)
    line.runs[-1].text += "望再接再厉。"
    document.save(str(tmp_path / "词.docx"))
    assert file.verify_paper(tmp_path / "词.docx").agrees
    table.cell(1, len(table.columns) - 2).text = "99.99"
    document.save(str(tmp_path / "数.docx"))
    verdict = file.verify_paper(tmp_path / "数.docx")
    assert not verdict.agrees
    assert [(a.shown, a.held) for a in verdict.altered] == [("99.99", old)]


def test_a_figure_painted_over_in_a_pdf_is_named(file, papers, tmp_path):
    """As an editor of PDF does it: the text object is replaced, the metadata stays."""
    path = of(papers, "排名汇总表", ".pdf")
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    objects = [o for o in page.get_objects() if o.type == raw.FPDF_PAGEOBJ_TEXT]
    target, figure = next((o, t) for o in objects if re.fullmatch(r"\d\d\.\d\d", t := text_of(o, page)))
    page.remove_obj(target)
    page.gen_content()
    document.save(tmp_path / "涂.pdf")
    document.close()
    verdict = file.verify_paper(tmp_path / "涂.pdf")
    assert not verdict.agrees
    assert figure in verdict.message


def text_of(obj, page):
    textpage = page.get_textpage()
    size = raw.FPDFTextObj_GetText(obj, textpage, None, 0)
    buffer = (raw.FPDF_WCHAR * size)()
    raw.FPDFTextObj_GetText(obj, textpage, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0 ")


def test_figures_that_the_file_has_changed_since_are_named_too(file, papers):
    file.set_values([Observation("乙县", "pm25", P24, 50.0)], why="复核更正")
    verdict = file.verify_paper(of(papers, "乙县 2024年度成绩单", ".xlsx"))
    assert "复核更正" in verdict.message
    assert any((a.shown, a.held) == ("35", "50") for a in verdict.altered)


def test_wishes_are_kept_so_that_a_paper_can_be_made_anew(file, tmp_path):
    hands = (SignatureField("局长", "某某"), SignatureField("单位", sealed=True))
    meta = PaperMeta(organisation="某某市", attachment="附件2", watermark="征求意见稿", signatures=hands)
    paths = file.report(P24, tmp_path / "带", formats=("pdf", "xlsx"), papers=["scorecard"], meta=meta)
    assert all(file.verify_paper(p).agrees for p in paths)
    assert read_mark(paths[0]).origin.meta == meta


def test_a_volume_is_compared_as_a_whole(file, tmp_path):
    (path,) = file.report(P24, tmp_path / "订", papers=["scorecard", "ranking"], districts=["甲区", "丙县"], bound=True)
    assert file.verify_paper(path).agrees
    assert read_mark(path).origin.districts == ("甲区", "丙县")


def test_a_code_of_a_term_report_typed_from_paper(file, tmp_path):
    file.add_term(Term("甲区", "区委书记", Period.parse("2023-01")))
    (path,) = file.report(P24, tmp_path / "任期", formats=("pdf",), papers=["term"])
    assert verify_code(file, file.verify_paper(path).code).agrees


@pytest.mark.parametrize("code", ["", "甲区", "1234-5678", "GGGG-0000-0000-0000"])
def test_what_is_no_code(file, code):
    with pytest.raises(InputRefused, match="不是校验码"):
        verify_code(file, code)
