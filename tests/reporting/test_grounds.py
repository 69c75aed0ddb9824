"""Grounds for leaving an indicator out, on card and working paper."""

from __future__ import annotations

from ecoscore.model.observation import Observation, Status
from ecoscore.reporting.grounds import with_grounds
from ecoscore.reporting.view import scorecard_view, working_paper_view
from tests.reporting.builders import NOW, scored, small

STATES = {("甲区", "i1"): Status.NOT_APPLICABLE, ("甲区", "i2"): Status.NOT_CONCERNED}


def held(**notes):
    return {("甲区", i): Observation("甲区", i, NOW, None, STATES["甲区", i], note=note) for i, note in notes.items()}


def test_the_ground_is_printed_on_card_and_working_paper():
    result = scored(small(), states=STATES)
    told = with_grounds(result, "甲区", held(i1="无岸线。", i2="示例市水务局〔2024〕1号"))
    remarks = "".join(scorecard_view(told, "甲区").remarks)
    assert "不适用依据：无岸线" in remarks
    assert "不涉及依据：示例市水务局〔2024〕1号" in remarks
    items = [item for section in working_paper_view(told, "甲区").sections for item in section.items]
    assert "不适用依据：无岸线" in items[0].notes
    assert scorecard_view(told, "乙区") == scorecard_view(result, "乙区")


def test_without_a_ground_nothing_is_added():
    result = scored(small(), states=STATES)
    assert with_grounds(result, "甲区", held(i1=" ", i2=None)) is result
    assert with_grounds(result, "甲区", {}) is result
    assert with_grounds(result, "乙区", held(i1="无岸线")) is result
