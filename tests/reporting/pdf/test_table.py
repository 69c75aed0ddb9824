"""Tables: the header repeated, decimals in line, merged cells whole on both sides of a page end."""

from __future__ import annotations

import pytest

from ecoscore.reporting.pdf.page import PORTRAIT
from ecoscore.reporting.pdf.table import Column, Row, Table
from tests.reporting.pdf.reading import overlaps, read
from tests.reporting.pdf.test_page import finish, paper

WIDTH = PORTRAIT.measure


def drawn(tmp_path, table, start=0.0):
    pages = paper(tmp_path / "表.pdf")
    pages.start()
    pages.y -= start
    table.draw(pages)
    finish(pages)
    return read(tmp_path / "表.pdf")


def test_the_header_is_repeated_on_every_page(tmp_path):
    table = Table(
        (Column("序号", 100), Column("指标名称", WIDTH - 100, "left")),
        tuple(Row((str(n), f"指标{n}")) for n in range(120)),
    )
    found = drawn(tmp_path, table)
    assert len(found.pages) > 2
    assert all("指标名称" in page for page in found.pages)
    assert all(f"指标{n}" in found.text for n in range(120))
    assert overlaps(found) == []


def test_decimals_of_a_column_stand_in_line(tmp_path):
    values = ("1.11", "100.00", "85.23", "−7.10")
    table = Table((Column("得分", 100, "figures"), Column("", WIDTH - 100)), tuple(Row((v, "甲")) for v in values))
    found = drawn(tmp_path, table)
    lines: dict[int, float] = {}
    for left, bottom, right, _, _ in found.boxes[0]:
        if left < 200 and bottom < PORTRAIT.height - PORTRAIT.top - 22:
            line = round(bottom / 15.6)
            lines[line] = max(right, lines.get(line, 0.0))
    assert len(lines) == 4
    assert max(lines.values()) - min(lines.values()) < 0.9
    assert [line.split()[0] for line in found.text.splitlines()[1:5]] == list(values)


def test_a_merged_text_is_whole_on_both_sides_of_a_page_end(tmp_path):
    columns = (Column("类别", 26, merged=True), Column("指标", WIDTH - 26, "left"))
    rows = tuple(Row(("", f"指标{n}"), group="治理效能与群众满意") for n in range(50))
    found = drawn(tmp_path, Table(columns, rows))
    assert len(found.pages) == 2
    for page in found.pages:
        assert "治理" in page
        assert "满意" in page.replace("\r\n", "")
    assert overlaps(found) == []


@pytest.mark.parametrize("start", range(560, 680, 9))
def test_a_short_group_near_the_page_end_never_spills(tmp_path, start):
    columns = (Column("类别", 26, merged=True), Column("指标", WIDTH - 26, "left"))
    rows = tuple(Row(("", f"指标{n}"), group="“两山”转化与治理效能") for n in range(2)) + tuple(
        Row(("", f"另{n}"), group="生态保护修复") for n in range(3)
    )
    found = drawn(tmp_path, Table(columns, rows), start)
    assert overlaps(found) == []
    assert all(box[1] > PORTRAIT.bottom - 40 for boxes in found.boxes for box in boxes)


def test_a_long_cell_is_wrapped_not_clipped(tmp_path):
    text = "生态安全缓冲区年度任务完成率" * 6
    found = drawn(tmp_path, Table((Column("指标", 120, "left"), Column("", WIDTH - 120)), (Row((text, "甲")),)))
    assert text in found.joined
