"""The working paper on paper."""

from __future__ import annotations

from ecoscore.model.observation import Status
from ecoscore.reporting.pdf import write_working_paper_pdf
from ecoscore.reporting.view import working_paper_view
from tests.reporting.builders import jiangsu
from tests.reporting.pdf.reading import outside, overlaps, read


def test_every_score_is_there_with_formula_numbers_and_clause(tmp_path):
    result = jiangsu(states={("甲区", "eco_shoreline"): Status.NOT_APPLICABLE, ("甲区", "pm25"): Status.MISSING})
    view = working_paper_view(result, "甲区")
    path = tmp_path / "计分底稿 甲区.pdf"
    write_working_paper_pdf(path, view)
    found = read(path)
    body = "".join(page[: page.rfind("— ")] if "— " in page else page for page in found.pages)
    for item in (item for section in view.sections for item in section.items):
        assert f"{item.number}．{item.title}".replace(" ", "") in found.joined
        assert item.scoring.replace(" ", "") in found.joined
        for step in item.steps:
            assert step.numbers.replace(" ", "")[:20] in found.joined
    for step in (*view.groups, *view.total):
        assert step.numbers.split("＝")[-1].strip() in body.replace("\r\n", " ")
    assert overlaps(found) == []
    assert outside(found) == []
    assert found.outline[0] == (0, view.title)
    assert len(found.fonts) == found.embedded
