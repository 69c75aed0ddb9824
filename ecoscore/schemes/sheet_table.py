"""A table of a scheme's workbook: its header found wherever it stands, its columns in any order, its rows."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_cells import CellReader, word
from ecoscore.schemes.sheet_problems import Place

_HEADER_WITHIN = 20


class SheetTable:
    """The header row is the first that names at least two columns (one, where there are no more)."""

    def __init__(self, reader: CellReader, columns: tuple[w.Column, ...]) -> None:
        self.reader, self.columns = reader, columns
        self.titles = {word(c.title): c for c in columns}
        self.at: dict[str, int] = {}
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(reader.cells):
            if not reader.is_blank(row, column):
                self._columns.setdefault(row, []).append(column)
        rows = list(self._columns)
        self.header = next((row for row in rows[:_HEADER_WITHIN] if self._names(row) >= min(2, len(columns))), 0)
        self.rows = [row for row in rows if row > self.header]
        self.ready = bool(self.header) and self._read_header()
        if not self.header and rows:
            needed = "、".join(c.title for c in columns if c.needed)
            reader.problems.report(
                Place(reader.sheet, 1, 1), f"找不到表头（应有 {needed} 等列）", "请保留原来的表头", code="no_header"
            )

    def _names(self, row: int) -> int:
        return sum(1 for c in self._used(row) if self._title(row, c) in self.titles)

    def _title(self, row: int, column: int) -> str:
        kind, raw, _ = self.reader.at(row, column)
        return word(str(raw)) if kind == "text" else ""

    def _used(self, row: int) -> list[int]:
        return self._columns.get(row, [])

    def _read_header(self) -> bool:
        """Where each column is; unknown, doubled and lacking ones are problems."""
        good = True
        for column in self._used(self.header):
            place = Place(self.reader.sheet, self.header, column)
            title = self._title(self.header, column)
            if title not in self.titles:
                near = get_close_matches(title, self.titles, 1)
                advice = f"是不是“{self.titles[near[0]].title}”？" if near else "请删去这一列，或改用已有的列名"
                self.reader.problems.report(
                    place, f"没有“{self.reader.text(place)}”这一列", advice, code="unknown_column"
                )
            elif title in self.at:
                self.reader.problems.report(
                    place, f"“{self.titles[title].title}”列重复", "请删去一列", code="duplicate"
                )
            else:
                self.at[title] = column
        for wanted in self.columns:
            if wanted.needed and word(wanted.title) not in self.at:
                self.reader.problems.report(
                    Place(self.reader.sheet, self.header, 1),
                    f"缺少“{wanted.title}”列",
                    "请补上这一列",
                    code="no_column",
                )
                good = False
        self._unnamed()
        return good

    def _unnamed(self) -> None:
        """Content below no header would be lost without a word."""
        known = set(self._used(self.header))
        lost = sorted({c: r for r in reversed(self.rows) for c in self._used(r) if c not in known}.items())
        for column, row in lost:
            self.reader.problems.report(
                Place(self.reader.sheet, row, column),
                "这一列没有表头，不知道是什么",
                "请补上列名，或清空",
                code="no_header",
            )

    def place(self, row: int, column: w.Column) -> Place | None:
        """The cell of a column in a row; None where the table has no such column."""
        at = self.at.get(word(column.title))
        return None if at is None else Place(self.reader.sheet, row, at, column.title)

    def first(self, row: int) -> Place:
        """A cell that stands for the whole row: that of its first needed column."""
        lead = next(c for c in self.columns if c.needed)
        return self.place(row, lead) or Place(self.reader.sheet, row, 1)

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows if self.ready else ())
