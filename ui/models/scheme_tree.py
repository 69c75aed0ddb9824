"""The tree of a scheme: groups and indicators with weight, unit, direction, kind and department."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from ecoscore.model.result import plain
from ecoscore.model.scheme import DIRECTION_TITLES, Group, Indicator, Scheme, weight_of
from ui.models.roles import ObjectRole, SortRole

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("指标", "权重", "占总分", "单位", "方向", "性质", "计分法", "责任部门")
TITLE, WEIGHT, SHARE, UNIT, DIRECTION, NATURE, RULE, DEPARTMENT = range(len(COLUMNS))

BarRole = Qt.ItemDataRole.UserRole + 10
"""The share of the whole that a bar shows, 0-1."""


@dataclass(eq=False)
class Node:
    """A group or an indicator in its place; `share` is its part of the whole scheme."""

    item: Group | Indicator
    parent: Node | None
    row: int
    share: float
    children: list[Node] = field(default_factory=list)


class SchemeTree(QAbstractItemModel):
    """ObjectRole gives the Group or Indicator of a row."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self._roots: list[Node] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, scheme: Scheme | None) -> None:
        self.beginResetModel()
        self._scheme = scheme
        self._roots = _nodes(scheme.groups, None, 1.0) if scheme is not None else []
        self.endResetModel()

    def index_of(self, indicator: str) -> QModelIndex:
        """The row of an indicator by its id."""

        def search(nodes: list[Node]) -> Node | None:
            for node in nodes:
                if isinstance(node.item, Indicator) and node.item.id == indicator:
                    return node
                found = search(node.children)
                if found is not None:
                    return found
            return None

        node = search(self._roots)
        return self.createIndex(node.row, 0, node) if node is not None else QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        nodes = parent.internalPointer().children if parent.isValid() else self._roots
        return self.createIndex(row, column, nodes[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid():
            return QModelIndex()
        above = index.internalPointer().parent
        return self.createIndex(above.row, 0, above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._roots)
        return len(parent.internalPointer().children) if parent.column() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node: Node = index.internalPointer()
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == SortRole:
            return {WEIGHT: weight_of(node.item), SHARE: node.share}.get(column, self._text(node, column))
        if role == ObjectRole:
            return node.item
        if role == BarRole and column == SHARE:
            return node.share
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole and isinstance(node.item, Group):
            return self._bold
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.item.title if column == TITLE else self._text(node, column) or None
        return None

    def _text(self, node: Node, column: int) -> str:
        item = node.item
        if column == TITLE:
            return item.title
        if column == WEIGHT:
            return plain(round(weight_of(item), 4))
        if column == SHARE:
            full = self._scheme.full if self._scheme is not None else 100.0
            return f"{plain(round(node.share * full, 2))} 分"
        if isinstance(item, Group):
            return ""
        return {
            UNIT: item.unit or "—",
            DIRECTION: DIRECTION_TITLES[item.direction],
            NATURE: "★ 约束性" if item.binding else "",
            RULE: item.rule.title,
            DEPARTMENT: item.department or "",
        }[column]


def _nodes(items: tuple[Group | Indicator, ...], parent: Node | None, share: float) -> list[Node]:
    total = sum(weight_of(item) for item in items) or 1.0
    nodes = []
    for row, item in enumerate(items):
        node = Node(item, parent, row, share * weight_of(item) / total)
        if isinstance(item, Group):
            node.children = _nodes(item.children, node, node.share)
        nodes.append(node)
    return nodes


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in {WEIGHT, SHARE} else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
