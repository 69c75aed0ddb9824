"""What a mark tells of how a paper came about, and what of it is believed."""

from __future__ import annotations

import pytest

from ecoscore.reporting.origin import Origin, wishes_of
from ecoscore.reporting.view import PaperMeta, SignatureField


def test_only_what_differs_from_the_usual_is_told():
    assert wishes_of(None) == wishes_of(PaperMeta(code="校验码", mark="{}")) == {}
    assert wishes_of(PaperMeta(issuer="某局", date="2025年3月1日")) == {"issuer": "某局", "date": "2025年3月1日"}


def test_an_origin_comes_back_from_its_json():
    meta = PaperMeta(organisation="某某市", signatures=(SignatureField("局长", "某某", sealed=True),))
    origin = Origin("bound", "", wishes_of(meta), ("scorecard",), ("甲区", "乙县"))
    found = Origin.parse(origin.as_json())
    assert found == origin
    assert found.meta == meta


@pytest.mark.parametrize(
    "found", [None, [], {}, {"kind": 3}, {"kind": "ranking", "wishes": []}, {"kind": "bound", "papers": "甲"}]
)
def test_what_is_no_origin(found):
    assert Origin.parse(found) is None


def test_unknown_wishes_are_left_aside():
    assert Origin.parse({"kind": "ranking", "wishes": {"colour": "红", "issuer": "某局"}}).meta.issuer == "某局"
    assert Origin.parse({"kind": "ranking", "wishes": {"signatures": [1, {"label": "局长"}]}}).meta.signatures == (
        SignatureField("局长"),
    )
