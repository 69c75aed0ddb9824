"""Formulas after a row was repeated four times: what is below moves, what sums grows, what is in the row fills down."""

from __future__ import annotations

import pytest

from ecoscore.reporting.templates.formula import Place, moved
from ecoscore.reporting.templates.resolve import Repeat
from ecoscore.reporting.templates.rows import Block, RowMap

BLOCK = Block(5, 5, Repeat("指标"))
MAPS = {"表": RowMap((BLOCK,), (4,)), "别 表": RowMap()}


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("=E9", "=E12"),
        ("=E4", "=E4"),
        ("=$E$9+A1", "=$E$12+A1"),
        ("=SUM(E5:E5)", "=SUM(E5:E8)"),
        ("=SUM(E5)", "=SUM(E5:E8)"),
        ("=SUM($E$5)", "=SUM($E$5:$E$8)"),
        ("=SUM(E4:E6)", "=SUM(E4:E9)"),
        ("=SUM(E5,E10)", "=SUM(E5:E8,E13)"),
        ('=COUNTIF(E5,">=90")', '=COUNTIF(E5:E8,">=90")'),
        ("=SUM(5:5)", "=SUM(5:8)"),
        ("=SUM(E:E)", "=SUM(E:E)"),
        ("='别 表'!E9", "='别 表'!E9"),
        ("=SUM(INDEX(E5:E9,1):E9)", "=SUM(INDEX(E5:E12,1):E12)"),
        ("=VLOOKUP(A9,[1]Sheet!A1:B9,2)", "=VLOOKUP(A12,[1]Sheet!A1:B9,2)"),
        ('=IF(A9="E9","SUM(E5)",1)', '=IF(A12="E9","SUM(E5)",1)'),
        ("=表1[得分]", "=表1[得分]"),
        ('=_xlfn.TEXTJOIN(",",TRUE,E5)', '=_xlfn.TEXTJOIN(",",TRUE,E5:E8)'),
    ],
)  # fmt: skip
def test_below_the_repeated_row(formula, found):
    assert moved(formula, Place("表"), MAPS).text == found


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("=E5-D5", "=E7-D7"),
        ("=SUM(C5:D5)", "=SUM(C7:D7)"),
        ("=E5/SUM(E5:E5)", "=E7/SUM(E5:E8)"),
        ("=RANK(E5,$E$5:$E$5)", "=RANK(E7,$E$5:$E$8)"),
        ("=SUM(E$5:E5)", "=SUM(E$5:E7)"),
        ("=E5/E$9", "=E7/E$12"),
        ("=E5/E4", "=E7/E4"),
        ("=$E5*2", "=$E7*2"),
    ],
)
def test_within_the_third_copy(formula, found):
    assert moved(formula, Place("表", BLOCK, 2), MAPS).text == found


def test_from_another_sheet():
    assert moved("=SUM(表!E5)+表!A9", Place("别 表"), MAPS).text == "=SUM(表!E5:E8)+表!A12"


def test_a_chart_gathers_single_cells_too():
    assert moved("=表!$E$5", Place("别 表"), MAPS, gathers=True).text == "=表!$E$5:$E$8"


def test_what_cannot_follow_is_told():
    assert moved("=E5*2", Place("表"), MAPS).only_first == ["E5"]
    assert moved("=SUM(甲:丙!A9)", Place("表"), MAPS).across == ["甲:丙!A9"]


def test_rows_of_two_blocks():
    first, second = Block(3, 4, Repeat("指标")), Block(8, 8, Repeat("附注"))
    rows = RowMap((first, second), (3, 2))
    assert [rows.copies(n) for n in (2, 3, 4, 5, 8, 9)] == [[2], [3, 5, 7], [4, 6, 8], [9], [12, 13], [14]]
    assert (rows.first(4), rows.last(3), rows.last(8)) == (4, 7, 13)


def test_nothing_repeated_moves_nothing():
    rows = RowMap((BLOCK,), (1,))
    assert not rows.moves
    assert moved("=SUM(E5)+E9", Place("表"), {"表": rows}).text == "=SUM(E5)+E9"
