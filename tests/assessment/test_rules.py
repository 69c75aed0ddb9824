"""A rule in words: formulas without a value, bounds and exemptions."""

from __future__ import annotations

import pytest

from ecoscore.assessment.rules import rule_words
from ecoscore.schemes import bundled, load_scheme


def test_level_and_progress_names_its_parts_and_its_exemption() -> None:
    words = rule_words(load_scheme("jiangsu-green").by_id["pm25"])
    assert words.title == "存量与增量"
    assert [label for label, _ in words.formulas] == ["水平分", "改善", "改善分", "个体指数"]
    assert words.formulas[-1][1] == "0.5×水平分＋0.5×改善分"
    assert words.facts == (
        ("水平分上下限", "最差 60，最优 25 μg/m³"),
        ("改善分上下限", "最差 10%，最优 −10%"),
        ("改善分豁免", "水平不高于 30 的，改善分记满"),
    )


@pytest.mark.parametrize("scheme", [s.id for s in bundled()])
def test_every_bundled_rule_has_words_without_a_stray_number(scheme: str) -> None:
    for indicator in load_scheme(scheme).indicators:
        words = rule_words(indicator)
        assert words.formulas
        assert "nan" not in "".join(formula for _, formula in words.formulas)
