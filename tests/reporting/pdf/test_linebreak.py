"""Line breaking: 避头尾, numbers with their units, nothing lost, nothing too wide."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore.reporting.pdf.linebreak import units, wrap

# GB/T 15834: these may not begin a line, those may not end one.
NO_START = "，。、；：！？）》”℃·—%.,"
NO_END = "（《“"
ALPHABET = "甲乙丙区县环境改善水质0123456789.5%，。、；：！？）》”（《“·—㎡℃第年月分名μg/m³ABGT×÷＋－−＝ "


def em(text: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in text)


@settings(max_examples=400, deadline=None)
@given(st.text(ALPHABET, max_size=120), st.integers(6, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = wrap(text, width, em)
    assert all(em(line) <= width + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "甲区",
                "水质",
                "改善，较上年",
                "提高3.5个百分点；",
                "“两山”转化",
                "（基期值）",
                "《公报》",
                "42",
                "μg/m³",
                "第3名。",
                "达到92%，",
                "2024年",
            ]
        ),
        max_size=40,
    ),
    st.integers(14, 40),
)
def test_no_line_begins_or_ends_with_a_forbidden_mark(words, width):
    lines = wrap("".join(words), width, em)
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("下降到42 μg/m³以下", "42 μg/m³"),
        ("按GB 3095-2012评价", "GB 3095-2012"),
        ("在2024年完成", "2024年"),
        ("位列第12名", "第12名"),
        ("即3×52.5＋2", "3×52.5"),
        ("即 96.5^(3÷8) × 2", "96.5^(3÷8)"),
    ],
)
def test_a_number_keeps_its_unit(text, kept):
    assert any(kept in unit for unit in units(text))


def test_line_feeds_break():
    assert wrap("计量\n单位", 99, em) == ["计量", "单位"]


def test_a_run_of_marks_wider_than_the_line_is_still_set():
    assert "".join(wrap("甲" + "。" * 50, 10, em)) == "甲" + "。" * 50


def test_a_value_and_its_target_stay_together():
    assert units("甲区（57／35.0）、") == ["甲", "区", "（57／35.0）、"]
    assert units("完成值／目标值")[2] == "值／"
