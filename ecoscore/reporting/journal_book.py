"""Lines of the journal as a workbook, one a row, for whoever has to file or to check them outside the program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecoscore.atomic import write_whole
from ecoscore.model.journal import JournalEntry

_COLUMNS = (
    ("序号", 8), ("时间", 20), ("谁", 14), ("操作", 16), ("对象", 38), ("区县", 12), ("考核期", 10), ("原值", 24), ("新值", 24),
    ("原因", 30), ("来源", 36), ("摘要", 22),
)  # fmt: skip


def write_journal_workbook(path: Path, entries: Sequence[JournalEntry], title: str) -> None:
    """`entries` in the order in which they are to be read; texts stay texts, so that nothing is taken for a formula."""
    import xlsxwriter  # noqa: PLC0415 - only to write

    with (
        write_whole(path) as temporary,
        xlsxwriter.Workbook(str(temporary), {"strings_to_formulas": False, "in_memory": True}) as book,
    ):
        sheet = book.add_worksheet("修改日志")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.write_string(2, column, name, head)
            sheet.set_column(column, column, width)
        for row, e in enumerate(entries, 3):
            sheet.write_number(row, 0, e.id, cell)
            texts = (
                e.time[:19].replace("T", " "), e.user, e.action_title, e.subject, e.district, e.period, e.old, e.new,
                e.why, e.source, e.digest[:16],
            )  # fmt: skip
            for column, text in enumerate(texts, 1):
                sheet.write_string(row, column, text or "", cell)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, max(2 + len(entries), 3), len(_COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
