"""The tree of a draft: groups and indicators with weight, lock, share, unit, direction, kind and department."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from ecoscore.model.result import plain
from ecoscore.model.scheme import DIRECTION_TITLES
from ecoscore.schemes.draft import ROOT, Draft, Node
from ecoscore.schemes.draft_weights import shares, weight_of
from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("指标", "权重", "锁", "占总分", "单位", "方向", "性质", "计分法", "责任部门")
TITLE, WEIGHT, LOCK, SHARE, UNIT, DIRECTION, NATURE, RULE, DEPARTMENT = range(len(COLUMNS))
PATHS = {TITLE: "title", WEIGHT: "weight", UNIT: "unit", DEPARTMENT: "department"}
_TYPE = "application/x-ecoscore-scheme-node"
_DIRECTIONS = {str(k): t for k, t in DIRECTION_TITLES.items()}

BarRole = Qt.ItemDataRole.UserRole + 10
"""The share of the whole that a bar shows, 0-1."""


@dataclass(frozen=True, slots=True)
class _Place:
    node: Node
    parent: int
    row: int


class SchemeTree(QAbstractItemModel):
    """ObjectRole gives the Node of a row. What is typed goes out by `edited`, what is dropped by `dropped`."""

    edited = Signal(int, str, object)  # key, path, value
    dropped = Signal(int, int, int)  # key, parent's key, place
    lock_changed = Signal(int, bool)

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._draft: Draft | None = None
        self._base: Mapping[int, Node] = {}
        self._places: dict[int, _Place] = {}
        self._shares: dict[int, float] = {}
        self._rules: Mapping[str, str] = {}
        self._wrong: Mapping[int, str] = {}
        self._locked: Collection[int] = ()
        self.editable = False
        self._bold = QFont()
        self._bold.setBold(True)

    def show(
        self,
        draft: Draft | None,
        base: Draft | None = None,
        *,
        rules: Mapping[str, str] | None = None,
        wrong: Mapping[int, str] | None = None,
        locked: Collection[int] = (),
    ) -> bool:
        """Show a draft; True if rows came, went or moved and the view has to find its place again.

        `rules` are the titles of the kinds of rule, `wrong` what is the matter with a node, by its key.
        """
        places = _places(draft.root) if draft is not None else {}
        same = {k: (p.parent, p.row) for k, p in places.items()} == {
            k: (p.parent, p.row) for k, p in self._places.items()
        }
        if not same:
            self.beginResetModel()
        self._draft, self._places = draft, places
        self._shares = shares(draft) if draft is not None else {}
        self._base = {n.key: n for n in base.walk()} if base is not None else {}
        self._rules = rules if rules is not None else self._rules
        self._wrong, self._locked = wrong or {}, locked
        if not same:
            self.endResetModel()
            return True
        self._refresh(QModelIndex())
        return False

    def _refresh(self, parent: QModelIndex) -> None:
        rows = self.rowCount(parent)
        if rows:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(rows - 1, len(COLUMNS) - 1, parent))
        for row in range(rows):
            self._refresh(self.index(row, 0, parent))

    def index_of(self, key: int, column: int = TITLE) -> QModelIndex:
        place = self._places.get(key)
        return self.createIndex(place.row, column, key) if place is not None else QModelIndex()

    def share_of(self, key: int) -> float:
        return self._shares.get(key, 0.0)

    def node_at(self, index: Index) -> Node | None:
        place = self._places.get(index.internalId()) if index.isValid() else None
        return place.node if place is not None else None

    def _children(self, parent: Index) -> tuple[Node, ...]:
        if self._draft is None:
            return ()
        node = self._places[parent.internalId()].node if parent.isValid() else self._draft.root
        return tuple(c for c in node.children if c.kind in {"group", "indicator"})

    # As Qt asks. -----------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._children(parent)[row].key)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        place = self._places.get(index.internalId()) if index.isValid() else None
        return self.index_of(place.parent) if place is not None and place.parent != ROOT else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children(parent)) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.ToolTipRole and section == LOCK:
            return "锁定的权重，按比例调整时不动"
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.editable else Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        node = self.node_at(index)
        if not self.editable or node is None:
            return found
        found |= Qt.ItemFlag.ItemIsDragEnabled
        if node.kind == "group":
            found |= Qt.ItemFlag.ItemIsDropEnabled
        if index.column() == LOCK and _bears_weight(node):
            found |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in PATHS and not (node.kind == "group" and index.column() in {UNIT, DEPARTMENT}):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node_at(index)
        if node is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == Qt.ItemDataRole.EditRole:
            return _written(node.values.get(PATHS.get(column, ""), ""))
        if role == SortRole:
            return {WEIGHT: weight_of(node), SHARE: self._shares.get(node.key, 0.0)}.get(
                column, self._text(node, column)
            )
        if role == ObjectRole:
            return node
        if role == BarRole and column == SHARE:
            return self._shares.get(node.key, 0.0)
        if role == Qt.ItemDataRole.CheckStateRole and column == LOCK and _bears_weight(node):
            return Qt.CheckState.Checked if node.key in self._locked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole and node.kind == "group":
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(node, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(node, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node_at(index)
        if node is None or not self.editable:
            return False
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == LOCK:
            self.lock_changed.emit(node.key, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        path = PATHS.get(index.column())
        if role != Qt.ItemDataRole.EditRole or path is None:
            return False
        text = str(value).strip()
        self.edited.emit(node.key, path, number_of(text) if path == "weight" else text or None)
        return True

    # Dragging. -------------------------------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_TYPE]

    def mimeData(self, indexes: Any) -> QMimeData:
        data = QMimeData()
        data.setData(_TYPE, str(indexes[0].internalId()).encode("ascii"))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(_TYPE) or action == Qt.DropAction.IgnoreAction:
            return False
        key = int(bytes(data.data(_TYPE).data()).decode("ascii"))
        target = parent.internalId() if parent.isValid() else ROOT
        place = self._places.get(key)
        at = row if row >= 0 else self.rowCount(parent)
        if place is None or (target == ROOT and place.node.kind != "group"):
            return False
        if place.parent == target and place.row < at:
            at -= 1  # it is taken out before it is put back in
        self.dropped.emit(key, target, at)
        return False  # the draft has moved it: nothing is left for Qt to remove

    # Words. ----------------------------------------------------------------------------------------------------------

    def _text(self, node: Node, column: int) -> str:
        if column == TITLE:
            return f"！{node.label}" if node.key in self._wrong else node.label
        if column == WEIGHT:
            held = node.values.get("weight")
            return _written(held) if held is not None and node.weight is None else plain(round(weight_of(node), 6))
        if column == SHARE:
            full = self._draft.root.values.get("full", 100.0) if self._draft is not None else 100.0
            full = full if isinstance(full, (int, float)) else 100.0
            return f"{plain(round(self._shares.get(node.key, 0.0) * full, 2))} 分"
        if node.kind == "group" or column == LOCK:
            return ""
        held = node.values
        if column == DIRECTION:
            return _DIRECTIONS.get(str(held.get("direction", "higher")), str(held.get("direction")))
        if column == NATURE:
            return "★ 约束性" if held.get("binding") is True else ""
        if column == RULE:
            kind = str(node.get("rule.kind") or "")
            return self._rules.get(kind, kind)
        return str(held.get("unit") or "—") if column == UNIT else str(held.get("department") or "")

    def _colour(self, node: Node, column: int) -> Any:
        if node.key in self._wrong and column == TITLE:
            return self._theme.color("cinnabar")
        if column == WEIGHT and node.kind == "group" and node.weight is None:
            return self._theme.color("mist")
        path = PATHS.get(column)
        if self._base and path is not None and self._is_changed(node, path):
            return self._theme.color("water")
        return None

    def _is_changed(self, node: Node, path: str) -> bool:
        before = self._base.get(node.key)
        return before is None or before.values.get(path) != node.values.get(path)

    def _tip(self, node: Node, column: int) -> str | None:
        if column == TITLE:
            return "\n".join(t for t in (node.label, self._wrong.get(node.key, "")) if t)
        path, before = PATHS.get(column), self._base.get(node.key)
        if path is not None and before is not None and before.values.get(path) != node.values.get(path):
            return f"原为 {_written(before.values.get(path)) or '空'}"
        if column == WEIGHT and node.kind == "group" and node.weight is None:
            return "组内权重之和；填写数字就单独给这一组定权重"
        return self._text(node, column) or None


def number_of(text: str) -> float | str | None:
    """What was typed as a number, else as it stands; None for nothing."""
    cleaned = text.strip().translate(_HALF_WIDTH)
    if not cleaned:
        return None
    try:
        number = float(cleaned.replace("−", "-"))
    except ValueError:
        return text.strip()
    return number if number - number == 0 else text.strip()


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _written(value: Any) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, float) else str(value)


def _bears_weight(node: Node) -> bool:
    return node.kind == "indicator" or node.weight is not None


def _places(root: Node) -> dict[int, _Place]:
    found: dict[int, _Place] = {}

    def visit(node: Node) -> None:
        for row, child in enumerate(c for c in node.children if c.kind in {"group", "indicator"}):
            found[child.key] = _Place(child, node.key, row)
            visit(child)

    visit(root)
    return found


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in {WEIGHT, SHARE} else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
