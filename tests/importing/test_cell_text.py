"""What is typed in a cell, and what it is read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoscore.importing.cell_text import read_cell, read_text
from ecoscore.importing.readers.book import EMPTY, Cell
from ecoscore.model.observation import Status


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("42", 42),
        (" 42.50 ", 42.5),
        ("４２．５", 42.5),
        ("1,234.5", 1234.5),
        ("1，234，567", 1234567),
        ("-3.2", -3.2),
        ("－3.2", -3.2),
        ("\u22123.2", -3.2),
        ("+7", 7),
        (".5", 0.5),
        ("1.2E+03", 1200),
        ("42μg/m³", 42),
        ("42 ug/m3", 42),
        ("42微克/立方米", 42),
        ("42µg/m^3", 42),
        ("\u00a042\u200b", 42),
        ("0", 0),
    ],
)
def test_a_number_is_read_with_its_own_unit_or_none(typed, value):
    reading = read_text(typed, "μg/m³")
    assert (reading.status, reading.value) == (Status.REPORTED, value)


@pytest.mark.parametrize("typed", ["86.4%", "86.4％", "８６．４％", "86.4 %", "86.4"])
def test_a_percentage_is_read_for_an_indicator_in_percent(typed):
    assert read_text(typed, "%").value == 86.4


@pytest.mark.parametrize("typed", ["—", "－", "-", "——", "/", "／", "不适用", "不 适用", "N/A", "n/a"])
def test_not_applicable(typed):
    assert read_text(typed, "%").status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("typed", ["", "  ", "\u3000", "缺", "缺报", "未报", "暂缺", "…", "……", "...", "NaN", "NULL"])
def test_not_reported(typed):
    reading = read_text(typed, "%")
    assert (reading.status, reading.value) == (Status.MISSING, None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("无", "ambiguous_none"),
        ("未检出", "not_detected"),
        ("ND", "not_detected"),
        ("约42", "approximate"),
        ("≥95", "approximate"),
        ("<0.05", "approximate"),
        ("42左右", "approximate"),
        ("35-40", "range_text"),
        ("35～40", "range_text"),
        ("2024-07", "range_text"),
        ("↓5.2", "trend_text"),
        ("下降5.2", "trend_text"),
        ("42（修正）", "with_remark"),
        ("42①", "with_remark"),
        ("42*", "with_remark"),
        ("86.4%", "unit_mismatch"),
        ("0.05mg/m3", "unit_mismatch"),
        ("3.2万", "unit_mismatch"),
        ("12个", "unit_mismatch"),
        ("1,23", "bad_separator"),
        ("12,34,567", "bad_separator"),
        ("86。4", "unreadable"),
        ("1_000", "unreadable"),
        ("0x10", "unreadable"),
        ("inf", "unreadable"),
        ("1e999", "unreadable"),
        ("十二", "unreadable"),
        ("٣", "unreadable"),
        ("42 43", "unreadable"),
        ("4²", "unit_mismatch"),
        ("=1+1", "unreadable"),
    ],
)
def test_everything_else_is_refused_with_reason_and_advice(typed, code):
    reading = read_text(typed, "μg/m³")
    assert (reading.status, reading.value, reading.code) == (None, None, code)
    assert reading.message
    assert reading.advice


def test_a_figure_behind_a_number_is_never_taken_for_a_missing_unit():
    assert read_text("42 1", "").status is None
    assert read_text("42/", "").status is None
    assert read_text("42无", "").status is None


def test_conversion_is_proposed_and_not_made():
    reading = read_text("0.035mg/m³", "μg/m³")
    assert reading.value is None
    assert "1 mg/m³ = 1000 μg/m³" in reading.advice


def test_percent_format_counts_for_percent_alone():
    ratio = Cell("percent", 0.864, "0.0%")
    reading = read_cell(ratio, "%")
    assert reading.value == 86.4
    assert "86.4%" in reading.note
    assert read_cell(ratio, "μg/m³").code == "percent_for_other_unit"


def test_a_format_that_only_prints_a_percent_sign_holds_the_number():
    printed = Cell("number", 86.4, '0.0"%"')
    assert read_cell(printed, "%").value == 86.4
    assert read_cell(printed, "天").code == "unit_mismatch"


def test_a_scaled_format_is_refused():
    assert read_cell(Cell("number", 123456.0, '0!.0,"万"'), "万元").code == "scaled_format"
    assert read_cell(Cell("number", 123456.0, "#,##0,"), "万元").code == "scaled_format"
    assert read_cell(Cell("number", 123456.0, "#,##0.00"), "万元").value == 123456


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("error", "#DIV/0!"), "cell_error"),
        (Cell("uncalculated", None), "uncalculated"),
        (Cell("date", "2021-01-01", "yyyy/m/d"), "date_for_number"),
        (Cell("bool", True), "bool_for_number"),
    ],
)
def test_cells_that_are_no_numbers(cell, code):
    assert read_cell(cell, "%").code == code


def test_an_empty_cell_is_not_zero():
    assert read_cell(EMPTY, "%") == read_text("", "%")
    assert read_cell(EMPTY, "%").value is None


UNITS = st.sampled_from(["", "%", "μg/m³", "万元", "个"])


@given(st.text(max_size=30), UNITS)
def test_never_raises_and_a_value_comes_only_from_digits(typed, unit):
    reading = read_text(typed, unit)
    assert (reading.value is not None) == (reading.status is Status.REPORTED)
    if reading.value is not None:
        assert any(c in "0123456789０１２３４５６７８９" for c in typed)
        assert reading.value == reading.value
        assert abs(reading.value) != float("inf")
    if reading.status is None:
        assert reading.message and reading.advice and reading.code


@given(st.text(alphabet="0123456789.,%-+eE ０１２．，％/—约≥", max_size=14), UNITS)
def test_whatever_is_read_of_figures_is_what_their_digits_say(typed, unit):
    reading = read_text(typed, unit)
    if reading.value is not None:
        plain = typed.translate(str.maketrans("０１２．，％", "012.,%")).replace(",", "").strip().rstrip("%").strip()
        assert reading.value == float(plain)


@given(st.floats(allow_nan=False, allow_infinity=False), UNITS)
def test_a_written_number_comes_back(number, unit):
    assert read_text(repr(number), unit).value == number
    assert read_cell(Cell("number", number), unit).value == number


@given(st.integers(0, 10**12))
def test_thousands_separators_come_back(number):
    assert read_text(f"{number:,}", "").value == number


def test_not_concerned_is_a_state_of_its_own():
    assert read_text("不涉及", "%").status is Status.NOT_CONCERNED


@pytest.mark.parametrize(("code", "value"), [(";;;", 33.0), ('""', 33.0), ("0;-0;;@", 0.0), ("0%;;;", -0.5)])
def test_a_number_that_its_format_hides_is_refused(code, value):
    reading = read_cell(Cell("percent" if "%" in code else "number", value, code), "%")
    assert reading.code == "hidden_value"
    assert "看不见" in reading.message and reading.advice


@pytest.mark.parametrize("typed", ["42.", "42。", "42,"])
def test_a_stray_mark_behind_a_number_is_no_unit(typed):
    assert read_text(typed, "%").code in {"unreadable", "bad_separator"}
