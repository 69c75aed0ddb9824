"""Periods as titles, names and cells state them."""

from __future__ import annotations

import pytest

from ecoscore.importing.periods import period_of_cell, periods_in
from ecoscore.importing.readers.book import Cell


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("某市2024年度绿色考核表", ["2024"]),
        ("2024年第三季度", ["2024Q3"]),
        ("2024Q3 填报", ["2024Q3"]),
        ("2024年7月", ["2024-07"]),
        ("甲区2023", ["2023"]),
        ("２０２４年度", ["2024"]),
        ("苏环办〔2025〕12号 2024年度", ["2024"]),
        ("2025年1月15日汇总2024年度", ["2024"]),
        ("填报日期：2025年1月", []),
        ("2021-2023年", []),
        ("2024年1-6月", []),
        ("20250115", []),
        ("2023、2024", ["2023", "2024"]),
        ("ISO 14001", []),
    ],
)
def test_in_titles(text, found):
    assert [str(period) for period in periods_in(text)] == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (Cell("number", 2024.0), "2024"),
        (Cell("text", "2024年"), "2024"),
        (Cell("text", "2024-07"), "2024-07"),
        (Cell("date", "2024-01-01", 'yyyy"年"'), "2024"),
        (Cell("date", "2024-07-01", 'yyyy"年"m"月"'), "2024-07"),
        (Cell("date", "2024-07-01", "yyyy/m/d"), "None"),
        (Cell("number", 2024.5), "None"),
        (Cell("number", 42.0), "None"),
        (Cell("percent", 20.24, "0%"), "None"),
        (Cell("text", "甲区"), "None"),
    ],
)
def test_in_cells(cell, found):
    assert str(period_of_cell(cell)) == found
