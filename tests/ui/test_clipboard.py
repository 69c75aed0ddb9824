"""Blocks as Excel and WPS put them on the clipboard."""

from __future__ import annotations

import pytest

from ui.clipboard import block_of, tsv_of
from ui.models.data_table import DataTable


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("42", [["42"]]),
        ("1\t\t3", [["1", "", "3"]]),
        ("", []),
        ("\n", []),
        ('"两行\n一格"\t2\n', [["两行\n一格", "2"]]),
        ('"他说""好"""', [['他说"好"']]),
        ("5″\t1", [["5″", "1"]]),
        ("1\n\n3\n", [["1"], [""], ["3"]]),
    ],
)
def test_reading_a_block(text, block):
    assert block_of(text) == block


def test_a_block_comes_back_as_it_went(open_session):
    table = DataTable(open_session)
    table.refresh()
    cells = [[table.cell(r, c) for c in range(3)] for r in range(3)]
    assert block_of(tsv_of(cells)) == [["32.5", "84", "30"], ["42", "76.5", "23"], ["28", "90", ""]]
