"""The compensation table: every amount as computed, sums, rates in words; on paper."""

from __future__ import annotations

import pytest

from ecoscore.reporting.pdf import write_pdf
from ecoscore.reporting.view_compensation import compensation_view
from ecoscore.scoring.compensation import compensate
from tests.reporting.builders import scored, small
from tests.reporting.pdf.reading import outside, overlaps, read

PLAN = """
compensation:
  zero_sum: true
  items:
  - {id: level, title: 与基准值比, indicator: i2, against: value, at: 50, rate: 5, cap: 100}
  - {id: change, title: 与上年比, indicator: i1, against: baseline, rate: 2, step: 5, pays: false}
"""
LONG = [f"第{n}号某某自治县开发区"[:12] for n in range(100)]


def view_of(names):
    result = scored(small(extra=PLAN), names)
    computed = compensate(result)
    return computed, compensation_view(result, computed)


@pytest.mark.parametrize("count", [3, 100])
def test_amounts_and_sums_are_those_computed(tmp_path, count):
    computed, view = view_of(LONG[:count])
    for row, district in zip(view.rows, computed.districts, strict=True):
        assert row.net == f"{district.net:.2f}".replace("-", "−").replace("−0.00", "0.00")
        assert row.settles == ("应得" if district.net > 0 else "应缴" if district.net < 0 else "持平")
    assert view.sums.net == "0.00"
    assert view.sums.received == view.sums.paid
    assert len(view.steps) == 2 * count
    write_pdf(tmp_path / "测算.pdf", view)
    found = read(tmp_path / "测算.pdf")
    for row in view.rows:
        assert row.district in found.joined
        assert row.net in found.text
    assert view.steps[0].numbers.replace(" ", "") in found.joined
    assert overlaps(found) == []
    assert outside(found) == []


def test_rates_are_told_in_words():
    notes = "".join(view_of(LONG[:3])[1].notes)
    assert "与基准值50相比，每优（劣）1μg/m³得（缴）5万元，每单位不超过100万元" in notes
    assert "与基期值相比，每优（劣）5%得（缴）2万元，只得不缴" in notes
    assert "净额＝应得－应缴" in notes
