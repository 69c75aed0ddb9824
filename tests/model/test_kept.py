"""What is kept with a value goes with it, and never with another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecoscore.model.kept import kept


@dataclass(frozen=True)
class Line:
    words: tuple[str, ...]


def count(line: Line) -> list[int]:
    return [len(line.words)]


def first(line: Line) -> str:
    return line.words[0]


def test_made_once_for_each_value_and_maker():
    line = Line(("甲", "乙"))
    assert kept(line, count) is kept(line, count) == [2]
    assert kept(line, first) == "甲"
    assert kept(Line(("甲", "乙")), count) is not kept(line, count)


def test_a_copy_with_other_fields_starts_anew():
    line = Line(("甲", "乙"))
    kept(line, count)
    assert kept(replace(line, words=("丙",)), count) == [1]
