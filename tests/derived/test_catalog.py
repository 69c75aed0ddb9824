"""The registry: every function says what it is, where it comes from, and how sure we are."""

from __future__ import annotations

import pytest

from ecoscore.derived import FUNCTIONS, entries, help_text, parse


def test_every_function_has_its_papers():
    for function in FUNCTIONS.values():
        assert function.title
        assert function.formula
        assert function.arguments
        assert function.source.document
        assert all(a.name and a.title for a in function.arguments)
        assert not function.family or function.edition


def test_names_are_unique_and_in_the_help():
    names = [e.name for e in entries()]
    assert len(set(names)) == len(names)
    for name in (*FUNCTIONS, "yoy", "if", "prev", "round_even"):
        assert f"{name}(" in help_text()


def test_what_was_recalled_is_to_be_checked_against_the_original():
    confidence = {e.name: e.confidence for e in entries()}
    assert confidence["air_index_2013"] == "已核对"
    assert confidence["air_index_2026"] == confidence["cwqi_river"] == confidence["air_change"] == "请对照原文"
    assert confidence["co_control"] == "本软件约定"
    assert confidence["max"] == ""
    assert "请对照原文" in help_text()


@pytest.mark.parametrize(
    "entry",
    [e for e in entries() if e.name != "if" and "条件" not in e.usage and "小数位数" not in e.usage],
    ids=lambda e: e.name,
)
def test_the_usage_shown_can_be_written(entry):
    usage = entry.usage.replace(", …", "")
    inside = usage[usage.index("(") + 1 : -1].split(", ")
    assert parse(usage, inside).text


def test_a_formula_knows_its_functions_basis_and_doubts():
    e = parse("yoy(cwqi_city(r, m, l, n)) + a", tuple("rmlna"))
    assert [f.name for f in e.functions] == ["cwqi_city"]
    assert e.basis is None
    assert e.review
    assert parse("a / r", ("a", "r")).review is False
    six = ("s", "n", "p", "q", "c", "o")
    assert parse(f"air_index_2013({', '.join(six)})", six).basis == "HJ 663-2013"
    assert parse("air_change(a)", ("a",)).review
