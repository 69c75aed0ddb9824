"""Tables line up on a screen where a Chinese character is two columns wide."""

from __future__ import annotations

from ecoscore.cli.output import shortened, table, width


def test_columns_line_up():
    drawn = table(
        ("名次", "区县", "总分"), [("1", "甲区", "87.5"), ("12", "乙乙乙县", "7.25")], right=[0, 2]
    ).splitlines()
    assert drawn == [
        "名次  区县      总分",
        "----  --------  ----",
        "   1  甲区      87.5",
        "  12  乙乙乙县  7.25",
    ]
    assert len({width(line) for line in drawn}) == 1


def test_widths_of_mixed_texts():
    assert [width(t) for t in ("PM2.5", "μg/m³", "甲区", "（％）", "é")] == [5, 5, 4, 6, 1]


def test_a_long_text_is_cut_to_the_column():
    assert shortened("甲" * 30, 11) == "甲甲甲甲甲…"
    assert shortened("短", 11) == "短"
