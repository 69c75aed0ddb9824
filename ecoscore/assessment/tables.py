"""A table as it is shown, written as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def write_table(
    path: Path,
    title: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[float | str | None]],
    notes: Sequence[str] = (),
) -> None:
    """One sheet: title, headers, rows; numbers as numbers, texts never as formulas. Whole or not at all."""
    import xlsxwriter

    from ecoscore.atomic import write_whole

    with write_whole(path) as temporary:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        }
        book = xlsxwriter.Workbook(str(temporary), options)
        head = book.add_format({"bold": True, "bg_color": "#E7EEEA", "border": 1, "border_color": "#B9C4BF"})
        cell = book.add_format({"border": 1, "border_color": "#B9C4BF"})
        sheet = book.add_worksheet("表")
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        for column, text in enumerate(headers):
            sheet.write_string(2, column, text, head)
            longest = max([len(text), *(len(str(row[column] or "")) for row in rows)])
            sheet.set_column(column, column, min(40, max(8, longest * 1.6 + 2)))
        for n, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, (int, float)) and value - value == 0:
                    sheet.write_number(n, column, value, cell)
                elif value is None or value == "":
                    sheet.write_blank(n, column, None, cell)
                else:
                    sheet.write_string(n, column, str(value), cell)
        for n, note in enumerate(notes, 4 + len(rows)):
            sheet.write_string(n, 0, note)
        sheet.freeze_panes(3, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        book.close()
