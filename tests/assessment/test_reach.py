"""What it takes to reach the next grade: found values bring it, and hardly less would not."""

from __future__ import annotations

import pytest

from ecoscore.assessment import Assessment
from ecoscore.assessment.preview import preview
from ecoscore.assessment.reach import reach
from ecoscore.errors import InputRefused
from ecoscore.model.observation import Observation
from tests.ui.builders import Y2024, make_file


@pytest.fixture
def file(tmp_path):
    with Assessment.open(make_file(tmp_path / "某市.ecos")) as held:
        yield held


def test_the_value_found_brings_the_grade_and_a_step_less_does_not(file):
    file.set_values([Observation("乙区", i, Y2024, v) for i, v in (("pm25", 58.2), ("days", 66.0), ("forest", 16.0))])
    result = file.score(Y2024)
    n = result.district_at["乙区"]
    below = result.layers.grade[n]
    table = reach(file, Y2024, "乙区")
    alone = [(key, row) for key, row in zip(table.keys, table.rows, strict=True) if row[2].raw is not None]
    assert alone, table
    for key, row in alone:
        lower = key == "pm25"
        needed = float(row[2].raw)

        def graded(value, key=key):
            scored = preview(file, Y2024, values=[Observation("乙区", key, Y2024, value)])
            return scored.layers.grade[scored.district_at["乙区"]]

        assert graded(needed) != below
        step = 10.0 ** -len(row[2].text.partition(".")[2])  # the decimals the indicator is reported in
        assert graded(needed + (step if lower else -step)) == below
        assert (needed < row[1].raw) is lower, "a better value, not a worse one"


def test_what_cannot_bring_it_alone_says_how_much_it_can_add(file):
    table = reach(file, Y2024, "乙区")
    assert "还差" in table.notes[0]
    short = [row for row in table.rows if row[2].raw is None]
    assert short
    assert all(row[2].text == "—" and float(row[3].raw) > 0 for row in short)
    gains = [float(row[3].raw) for row in short]
    assert gains == sorted(gains, reverse=True), "dearest first"


def test_where_none_is_enough_alone_it_says_how_many_are(file):
    assert "前 2 项都做到最好就够" in "".join(reach(file, Y2024, "乙区").notes)


def test_nothing_is_written(file):
    before = file.version
    reach(file, Y2024, "乙区")
    assert file.version == before


def test_who_stands_highest_needs_nothing(file):
    file.set_values([Observation("甲区", i, Y2024, v) for i, v in (("pm25", 20.0), ("days", 100.0), ("forest", 50.0))])
    with pytest.raises(InputRefused, match="没有更高的等次"):
        reach(file, Y2024, "甲区")
