"""Periods as people write them, their order and their neighbours."""

import pytest

from ecoscore.model.period import Period


@pytest.mark.parametrize(
    ("text", "canonical", "title"),
    [
        ("2024", "2024", "2024年度"),
        ("2024年度", "2024", "2024年度"),
        ("2024Q3", "2024Q3", "2024年第3季度"),
        ("2024年第三季度", "2024Q3", "2024年第3季度"),
        ("2024-07", "2024-07", "2024年7月"),
        ("2024年7月", "2024-07", "2024年7月"),
    ],
)
def test_read_and_written(text, canonical, title):
    period = Period.parse(text)
    assert (str(period), period.title) == (canonical, title)
    assert Period.parse(canonical) == period


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024Q5", "去年", "1824", "2024.5.1"])
def test_what_is_not_a_period_is_refused(text):
    with pytest.raises(ValueError, match="考核期|年份"):
        Period.parse(text)


def test_order_is_by_time_and_the_whole_comes_after_its_parts():
    written = ["2024", "2023", "2024Q1", "2024-03", "2024-04", "2024Q4"]
    assert [str(p) for p in sorted(map(Period.parse, written))] == [
        "2023",
        "2024-03",
        "2024Q1",
        "2024-04",
        "2024Q4",
        "2024",
    ]


def test_containment_and_the_year_before():
    assert Period.parse("2024").contains(Period.parse("2024Q2"))
    assert Period.parse("2024Q2").contains(Period.parse("2024-05"))
    assert not Period.parse("2024Q2").contains(Period.parse("2024-07"))
    assert str(Period.parse("2024Q3").previous_year) == "2023Q3"
