"""The parts of a draft that are lists: adjustments, grades, quantities, lines of compensation; a row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ecoscore.model.result import plain
from ecoscore.schemes.draft import Draft, Node, NodeKind
from ecoscore.schemes.fields import Field, fields_of
from ui.models.roles import ObjectRole
from ui.models.scheme_tree import number_of
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

SHOWN: Mapping[NodeKind, tuple[str, ...]] = {
    "adjustment": ("title", "kind", "points", "cap", "grade", "when.all_improved"),
    "grade": ("title", "min"),
    "input": ("title", "unit", "department", "over_districts"),
    "payment": ("title", "indicator", "against", "at", "rate", "step", "cap"),
}
_TYPED = frozenset({"text", "number"})


class SchemeList(QAbstractTableModel):
    """ObjectRole gives the Node of a row; what is typed goes out by `edited`."""

    edited = Signal(int, str, object)

    def __init__(self, kind: NodeKind, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._theme = theme
        fields = {f.path: f for f in fields_of(kind)}
        self._fields: list[Field] = [fields[path] for path in SHOWN[kind]]
        self._rows: tuple[Node, ...] = ()
        self._names: dict[str, str] = {}
        self._wrong: Mapping[int, str] = {}
        self.editable = False

    def show(self, draft: Draft | None, wrong: Mapping[int, str] | None = None) -> None:
        rows = draft.of(self.kind) if draft is not None else ()
        same = [n.key for n in rows] == [n.key for n in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._wrong = rows, wrong or {}
        self._names = {str(n.values.get("id")): n.label for n in draft.walk()} if draft is not None else {}
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._fields) - 1))

    def row_of(self, key: int) -> int | None:
        return next((n for n, node in enumerate(self._rows) if node.key == key), None)

    def column_of(self, path: str) -> int | None:
        return next((n for n, f in enumerate(self._fields) if f.path == path), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._fields[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._fields[section].note or None
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if self.editable and index.isValid() and self._fields[index.column()].kind in _TYPED:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, asked = self._rows[index.row()], self._fields[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            text = self._text(node, asked)
            wrong = self._wrong.get(node.key, "") if index.column() == 0 else ""
            if role == Qt.ItemDataRole.ToolTipRole:
                return "\n".join(t for t in (text, wrong) if t) or None
            return f"！{text}" if wrong else text
        if role == Qt.ItemDataRole.EditRole:
            held = node.get(asked.path)
            return "" if held is None else plain(held) if isinstance(held, float) else str(held)
        if role == ObjectRole:
            return node
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0 and node.key in self._wrong:
            return self._theme.color("cinnabar")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.editable or not index.isValid():
            return False
        node, asked = self._rows[index.row()], self._fields[index.column()]
        text = str(value).strip()
        self.edited.emit(node.key, asked.path, number_of(text) if asked.kind == "number" else text or None)
        return True

    def _text(self, node: Node, asked: Field) -> str:
        held = node.get(asked.path)
        if asked.path == "title":
            return node.label
        if held is None:
            held = asked.default
        if held is None:
            return "—" if asked.kind == "number" else ""
        if asked.kind == "choice":
            return asked.choices.get(str(held), str(held))
        if isinstance(held, (list, tuple)):
            return "、".join(self._names.get(str(v), str(v)) for v in held)
        if asked.kind == "quantity":
            return self._names.get(str(held), str(held))
        return plain(held) if isinstance(held, float) else str(held)

    def _alignment(self, column: int) -> int:
        number = self._fields[column].kind == "number"
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)
