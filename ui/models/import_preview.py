"""One sheet of an import as it looks in Excel: texts, what each cell was taken for, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.importing.plan import ROLE_TITLES, Role, SheetPreview
from ecoscore.model.finding import Finding
from ui.models.roles import ObjectRole, SortRole

Index = QModelIndex | QPersistentModelIndex

CellRole = Qt.ItemDataRole.UserRole + 10
"""The Role a cell was taken for, or None."""

_NUMERIC = frozenset({Role.VALUE, Role.TARGET})


def column_name(number: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_place(cell: str) -> tuple[int, int] | None:
    """Row and column, from 0, of the first cell of an address such as "C7" or "C7:D9"; None if it is none."""
    first = cell.split(":", maxsplit=1)[0].replace("$", "").upper()
    letters = "".join(c for c in first if c.isalpha())
    digits = first[len(letters) :]
    if not letters or not letters.isascii() or not digits.isdecimal() or int(digits) < 1:
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


class ImportPreview(QAbstractTableModel):
    """Shows a SheetPreview. ObjectRole gives the Finding of a cell, CellRole what it was taken for."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._sheet: SheetPreview | None = None
        self._columns = 0

    @property
    def sheet(self) -> SheetPreview | None:
        return self._sheet

    def show(self, sheet: SheetPreview | None) -> None:
        self.beginResetModel()
        self._sheet = sheet
        self._columns = max((len(row) for row in sheet.texts), default=0) if sheet is not None else 0
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._sheet is None:
            return None
        at = index.row(), index.column()
        row = self._sheet.texts[at[0]]
        text = row[at[1]] if at[1] < len(row) else ""
        taken = self._sheet.roles.get(at)
        finding = self._sheet.problems.get(at)
        if role in {Qt.ItemDataRole.DisplayRole, SortRole}:
            return text
        if role == CellRole:
            return taken
        if role == ObjectRole:
            return finding
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(at, text, taken, finding)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if taken in _NUMERIC else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return column_name(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.ToolTipRole and self._sheet is not None:
            if orientation == Qt.Orientation.Horizontal:
                return f"{column_name(section)} 列：{self._sheet.columns.get(section, '未读取')}（点右键改）"
            kind = "表头" if section + 1 in self._sheet.header else "点右键指为表头"
            return f"第 {section + 1} 行：{kind}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    @staticmethod
    def _tip(at: tuple[int, int], text: str, taken: Role | None, finding: Finding | None) -> str:
        place = f"{column_name(at[1])}{at[0] + 1}"
        lines = [f"{place}　{ROLE_TITLES[taken]}" if taken is not None else place]
        if text:
            lines.append(text)
        if finding is not None:
            lines.append(finding.message + (f"　{finding.advice}" if finding.advice else ""))
        return "\n".join(lines)
