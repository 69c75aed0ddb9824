"""A bulletin and a notice on paper: the standard's page, every sentence readable, nothing over anything."""

from __future__ import annotations

import re

import pytest
from reportlab.lib.units import mm

from ecoscore.reporting.document import DocumentView, Enclosure, Paragraph, Signature
from ecoscore.reporting.marks import mark_of, marked
from ecoscore.reporting.pdf import write_document_pdf
from ecoscore.reporting.view_bulletin import bulletin_view
from ecoscore.reporting.view_notice import notice_view
from ecoscore.reporting.view_parts import PaperMeta
from tests.reporting.builders import BEFORE, scored, small
from tests.reporting.pdf.reading import outside, overlaps, read


def results(count):
    names = [f"第{n}号某某自治县开发区"[:12] for n in range(count)]
    return scored(small(), names), scored(small(), names, period=BEFORE, seed=4)


@pytest.mark.parametrize("count", [3, 10, 100])
@pytest.mark.parametrize("make", [bulletin_view, notice_view])
def test_every_sentence_and_row_is_on_the_page(tmp_path, count, make):
    result, before = results(count)
    view = make(result, marked(PaperMeta(issuer="某市考核办"), mark_of(result)), previous=before)
    path = tmp_path / "通报 甲.pdf"
    write_document_pdf(path, view)
    found = read(path)
    flat = re.sub(r"—\d+—|校验码.{25,40}?\)|某市考核办　?", "", found.joined)
    for sentence in view.sentences:
        assert sentence[:24].replace("　", "").replace(" ", "") in found.joined
    assert flat
    for district in result.districts:
        assert district.name in found.joined
    assert overlaps(found) == []
    assert outside(found, 26 * mm - 15) == []
    assert found.embedded >= len(set(found.fonts)) > 0
    assert found.metadata["Title"] == view.title


def test_the_body_has_22_lines_of_28_characters(tmp_path):
    result, before = results(10)
    path = tmp_path / "通报.pdf"
    write_document_pdf(path, bulletin_view(result, previous=before))
    found = read(path)
    body = [box for box in found.boxes[1] if 34 * mm < box[1] < 262 * mm]
    baselines = sorted({round(box[1] / 4) for box in body})
    assert 20 <= len({round((box[3] + box[1]) / 2 / 28.95) for box in body}) <= 23, baselines
    assert min(box[0] for box in body) == pytest.approx(28 * mm, abs=3)
    assert max(box[2] for box in body) <= 184 * mm + 1


def test_page_numbers_alternate_and_annex_begins_a_page(tmp_path):
    result, before = results(10)
    path = tmp_path / "通报.pdf"
    write_document_pdf(path, bulletin_view(result, previous=before))
    found = read(path)
    for n, boxes in enumerate(found.boxes, start=1):
        number = next(
            box for box in boxes if box[4].strip().replace(" ", "") in {f"—{n}—", f"{n}"} and box[1] < 35 * mm
        )
        assert (number[0] > 105 * mm) == (n % 2 == 1)
    annex = next(page for page in found.pages if page.lstrip().startswith("附件"))
    assert "结果一览表" in annex
    assert (1, "附件") in found.outline


@pytest.mark.parametrize("last", [1, 2, 5])
@pytest.mark.parametrize("lead", ["", "末段。"])
def test_name_and_date_never_stand_on_a_page_alone(tmp_path, last, lead):
    for before in range(8, 22):
        closing = Paragraph("特此通报" * 7 * last, lead)
        parts = (
            *(Paragraph(f"第{n}条。") for n in range(before)),
            closing,
            Enclosure("附件：一览表"),
            Signature("某某考核办", ""),
        )
        view = DocumentView("通报", "关于考核情况的通报", "各单位：", "2024年度", "示例方案", parts)
        write_document_pdf(tmp_path / "通报.pdf", view)
        page = next(p for p in read(tmp_path / "通报.pdf").pages if "某某考核办" in p)
        assert "特此通报" in page, before
        assert "附件：一览表" in page, before
