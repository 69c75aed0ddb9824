"""Rows written alike, read by one pattern: the same as cell by cell, wherever the likeness ends."""

from __future__ import annotations

import marshal
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoscore.errors import InputRefused
from ecoscore.importing.readers import xlsx_runs
from ecoscore.importing.readers.limits import Limits
from ecoscore.importing.readers.number_format import read_format
from ecoscore.importing.readers.stretch import Stretch
from ecoscore.importing.readers.xlsx_cells import CellReader
from ecoscore.importing.readers.xlsx_rows import Rows, read_rows

FORMATS = [(code, read_format(code)) for code in ("General", "0.0%", "yyyy/m/d", "@")]
STRINGS = ["甲区", "乙县", "", "PM2.5"]


def reader() -> CellReader:
    return CellReader(STRINGS, FORMATS, since_1904=False)


def read(text: str, limits: Limits | None = None, *, follow: bool = True, loose: int = 10**9):
    small = {"_FIRST_TRY": 3 if follow else 10**9, "LOOSE_ROWS": loose, "FEWEST_ROWS": 2, "_FIRST_WINDOW": 700}
    before = {name: getattr(xlsx_runs, name) for name in small}
    try:
        for name, value in small.items():
            setattr(xlsx_runs, name, value)
        return read_rows(text, reader(), limits or Limits(), (limits or Limits()).cells)
    finally:
        for name, value in before.items():
            setattr(xlsx_runs, name, value)


def cells_of(rows: Rows) -> dict:
    """Every cell, those of stretches too, each with its place."""
    found = dict(rows.cells)
    for stretch in rows.stretches:
        for number in range(stretch.first, stretch.last + 1):
            for column in stretch.numbers:
                assert (number, column) not in found
                found[number, column] = stretch.raw(number, column)
    return found


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{"".join(c.replace("#", str(number)) for c in cells)}</row>'


PLAIN = (
    '<c r="A#" t="s"><v>0</v></c>', '<c r="B#"><v>2024</v></c>', '<c r="C#" s="1"><v>0.864</v></c>',
    '<c r="D#" t="inlineStr"><is><t>丙区</t></is></c>', '<c r="E#" s="3"/>', '<c r="F#" s="2"><v>45000</v></c>',
)  # fmt: skip


def same(text: str, limits: Limits | None = None):
    try:
        slow = read(text, limits, follow=False)
    except InputRefused as refusal:
        for loose in (10**9, 5, 0):
            with pytest.raises(InputRefused, match=re.escape(refusal.message)):
                read(text, limits, loose=loose)
        return None
    for quick in (read(text, limits), read(text, limits, loose=5), read(text, limits, loose=0)):
        if slow is None or quick is None:
            # Rows that come twice are left to the parser, which knows what then holds.
            assert quick is None
        else:
            assert (cells_of(quick), quick.hidden, quick.skipped) == (slow.cells, slow.hidden, slow.skipped)
    return read(text, limits)


def test_a_run_is_read_as_its_cells_are(monkeypatch):
    followed = []
    monkeypatch.setattr(xlsx_runs.Runs, "_read", lambda *a: followed.append(1) or _READ(*a))
    found = same("".join(row(n, *PLAIN) for n in range(1, 40)))
    assert followed
    assert found.cells[39, 1] == ("text", "甲区", "General")
    assert found.cells[39, 3] == ("percent", 0.864, "0.0%")
    assert found.cells[39, 6] == ("date", "2023-03-15", "yyyy/m/d")


_READ = xlsx_runs.Runs._read


def test_a_long_run_is_kept_by_columns():
    rows = [row(n, *PLAIN).replace("0.864", f"{n / 1000}") for n in range(1, 400)]
    found = read("".join(rows), loose=20)
    (stretch,) = found.stretches
    assert (stretch.last, sorted(stretch.columns)) == (399, [1, 2, 3, 4, 6])
    assert stretch.first > 20
    assert stretch.raw(399, 3) == ("percent", 0.399, "0.0%")
    assert stretch.raw(399, 6) == ("date", "2023-03-15", "yyyy/m/d")
    assert (stretch.raw(399, 5), len(stretch.columns[1].cells)) == (None, 1)
    assert Stretch.unpacked(marshal.loads(marshal.dumps(stretch.packed()))).raw(399, 4) == ("text", "丙区", "General")
    same("".join(rows))


@pytest.mark.parametrize("blank", ["", "  "])
def test_rows_with_a_blank_stay_cells(blank):
    rows = [row(n, *PLAIN) for n in range(1, 60)]
    rows[40] = rows[40].replace("丙区", blank)
    found = read("".join(rows), loose=0)
    assert 41 not in {n for s in found.stretches for n in range(s.first, s.last + 1)}
    same("".join(rows))


def test_a_row_that_comes_twice_is_left_to_the_parser():
    rows = [row(n, *PLAIN) for n in [*range(1, 60), 50, *range(60, 90)]]
    assert read("".join(rows), follow=False) is not None
    assert read("".join(rows), loose=0) is None
    assert read("".join([*rows[:59], *rows[40:59]]), loose=0) is None


ODD = [
    row(20, '<c r="A#" t="s"><v>0</v></c>'),
    row(20, *PLAIN, attributes=' hidden="1"'),
    row(20, *PLAIN[:2], '<c r="C#"><f>1+1</f><v>2</v></c>'),
    row(20, *PLAIN[:2], '<c r="C#"><f>1+1</f></c>'),
    row(20, *PLAIN[:2], '<c r="C#" t="e"><v>#DIV/0!</v></c>'),
    row(20, '<c r="A#" t="s"><v>99</v></c>', *PLAIN[1:]).replace("99", "3"),
    row(20, PLAIN[0], '<c r="B#"><v>2e3</v></c>', *PLAIN[2:]),
    row(20, PLAIN[0], '<c r="B#"><v></v></c>', *PLAIN[2:]),
    row(20, *PLAIN[:3], '<c r="D#" t="inlineStr"><is><t>a&amp;b</t></is></c>'),
    row(20, *PLAIN[:3], '<c r="D#" t="inlineStr"><is><t>_x000A_</t></is></c>'),
    row(20, *PLAIN).replace('r="B20"', 'r="B21"'),
    row(300_000, *PLAIN),
    "<!-- x -->",
    '<row r="20">',
    "文字",
]


@pytest.mark.parametrize("odd", ODD)
def test_where_the_likeness_ends(odd):
    same("".join([*(row(n, *PLAIN) for n in range(1, 20)), odd, *(row(n, *PLAIN) for n in range(21, 60))]))


def test_limits_hold_in_a_run():
    text = "".join(row(n, *PLAIN) for n in range(1, 60))
    assert same(text, Limits(rows=30)).skipped > 0
    assert same(text, Limits(columns=2)).skipped > 0
    with pytest.raises(InputRefused, match="单元格"):
        read(text, Limits(cells=100))


CELLS = st.sampled_from(
    [*PLAIN, '<c r="A#"><v>-1.5</v></c>', '<c r="G#" t="str"><v>x</v></c>', '<c r="H#"/>', "", "<c>"]
)
ROWS = st.lists(st.tuples(st.lists(CELLS, max_size=4), st.integers(1, 9)), max_size=8)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_any_runs(groups, luck):
    text, number = "", 0
    for cells, times in groups:
        for _ in range(times):
            number += 1
            text += row(number, *cells)
    same(text)
    if text:  # and one sign anywhere changed
        at = luck.randrange(len(text))
        same(text[:at] + luck.choice('<>"/ r1&甲') + text[at + 1 :])


def test_a_pattern_holds_the_row_number_in_every_cell():
    pattern, makers = xlsx_runs._pattern_of(row(7, *PLAIN), reader(), 500)
    assert [column for column, _ in makers] == [1, 2, 3, 4, 6]
    assert pattern.fullmatch(row(8, *PLAIN))[1] == "8"
    moved = re.sub('"B8"', '"B9"', row(8, *PLAIN))
    assert pattern.findall(row(7, *PLAIN) + moved)[1] == ("",) * 6 + (moved,)
