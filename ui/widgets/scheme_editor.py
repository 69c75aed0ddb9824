"""The left of the scheme page: verbs, the tree or one of the lists, and the sum of the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTableView, QToolButton, QVBoxLayout, QWidget

from ecoscore.assessment.rules import rule_forms
from ecoscore.errors import InputRefused
from ecoscore.schemes.draft import Node, NodeKind
from ecoscore.schemes.draft_weights import keeping_sum, to_full, weight_sum
from ecoscore.schemes.fields import KIND_TITLES
from ui.models.roles import ObjectRole
from ui.models.scheme_additions import moved_by, with_new
from ui.models.scheme_desk import SchemeDesk
from ui.models.scheme_list import SHOWN, SchemeList
from ui.models.scheme_tree import SchemeTree
from ui.theme import Theme
from ui.widgets.empty_place import EmptyPlace, ListOrEmpty
from ui.widgets.scheme_tables import SchemeTreeView, plain_table
from ui.widgets.sum_bar import SumBar

_LISTS: tuple[NodeKind, ...] = tuple(SHOWN)
_NONE: Mapping[NodeKind, tuple[str, str]] = {
    "indicator": (
        "这里是指标的树：组、组里的指标和它们的权重。还没有指标：从第一项开始，或在右上角打开一份方案。",
        "增加指标",
    ),
    "adjustment": (
        "这里列出加分、扣分、等次封顶和一票否决，各有依据和每次的分值。还没有：增加一项后，在“核对”页的“加减分事项”里登记发生的事项。",
        "增加加减分项",
    ),
    "grade": ("这里列出等次和各自的最低分，总分按它们定等次。还没有：从最高的等次开始。", "增加等次"),
    "input": (
        "这里列出区县只报数、不直接计分的基础数据，指标可以由它们按公式算出。还没有：增加一项后，在指标的“公式”里用它的标识。",
        "增加基础数据",
    ),
    "payment": ("这里写区域补偿的标准：哪项指标差多少、好多少，补多少钱。没有就不算补偿。", "增加补偿标准"),
}
_WIDTHS = {"title": 220, "when.all_improved": 200, "indicator": 180}


class SchemeEditor(QWidget):
    """Shows the draft on the desk; `chosen` carries the key of the node to be edited."""

    chosen = Signal(int)

    def __init__(self, desk: SchemeDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._theme = desk, theme
        self.kind: NodeKind = "indicator"
        self.tree = SchemeTree(theme, self)
        self.tree_view = SchemeTreeView(self.tree, theme)
        self.lists: dict[NodeKind, SchemeList] = {kind: SchemeList(kind, theme, self) for kind in _LISTS}
        self.list_views: dict[NodeKind, QTableView] = {}
        self.sum_bar = SumBar(theme)
        self._stack = QStackedWidget()
        self.places: dict[NodeKind, ListOrEmpty] = {}
        self._place("indicator", self.tree_view)
        for kind, model in self.lists.items():
            view = plain_table(theme, KIND_TITLES[kind], edits=True)
            view.setModel(model)
            for column, path in enumerate(SHOWN[kind]):
                view.setColumnWidth(column, _WIDTHS.get(path, 92))
            view.selectionModel().currentChanged.connect(self._on_current)
            model.edited.connect(desk.edit)
            self.list_views[kind] = view
            self._place(kind, view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar())
        column.addWidget(self._stack, 1)
        column.addWidget(self.sum_bar)
        self._connect()

    def _place(self, kind: NodeKind, view: QWidget) -> None:
        sentence, button = _NONE[kind]
        place = self.places[kind] = ListOrEmpty(view, EmptyPlace(sentence, button))
        place.empty.wanted.connect(lambda: self.add(kind))
        self._stack.addWidget(place)

    def _build_bar(self) -> QWidget:
        bar = QFrame(objectName="strip")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(4)
        self.buttons: dict[str, QToolButton] = {}
        for name, text, icon, tip in (
            ("indicator", "指标", "plus", "在选中处增加一项指标"),
            ("group", "组", "plus", "在选中处增加一个指标组"),
            ("row", "增加", "plus", "增加一行"),
            ("copy", "复制", "copy", "复制选中的一项（Ctrl+D）"),
            ("remove", "删除", "trash", "删除选中的一项（Delete）"),
            ("up", "↑", "", "上移（Alt+↑）"),
            ("down", "↓", "", "下移（Alt+↓）"),
        ):
            button = QToolButton(text=text)
            button.setIconSize(QSize(16, 16))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setProperty("iconName", icon)
            self.buttons[name] = button
            row.addWidget(button)
        self.linked = QToolButton(text="联动")
        self.linked.setCheckable(True)
        self.linked.setToolTip("改一个权重时，同组没有锁定的其他权重按比例调整，组内合计不变")
        self.linked.setAccessibleName("改权重时同组联动")
        row.addStretch(1)
        row.addWidget(self.linked)
        return bar

    def _connect(self) -> None:
        self.tree.edited.connect(self._on_tree_edited)
        self.tree.dropped.connect(self._on_dropped)
        self.tree.lock_changed.connect(self._on_lock)
        self.tree_view.selectionModel().currentChanged.connect(self._on_current)
        self.sum_bar.wanted.connect(self.scale_to_full)
        for name, slot in {
            "indicator": lambda: self.add("indicator"), "group": lambda: self.add("group"),
            "row": lambda: self.add(self.kind), "copy": self.duplicate, "remove": self.remove,
            "up": lambda: self.move(-1), "down": lambda: self.move(1),
        }.items():  # fmt: skip
            self.buttons[name].clicked.connect(slot)
        for keys, slot in (
            ("Alt+Up", lambda: self.move(-1)), ("Alt+Down", lambda: self.move(1)), ("Ctrl+D", self.duplicate),
            ("Delete", self.remove),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self._stack)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        for button in self.buttons.values():
            icon = str(button.property("iconName"))
            if icon:
                button.setIcon(self._theme.icon(icon, "pine" if icon == "plus" else "ink", 16))

    # Showing. --------------------------------------------------------------------------------------------------------

    def show_kind(self, kind: NodeKind) -> None:
        """The tree (for "indicator") or one of the lists."""
        self.kind = kind
        tree = kind == "indicator"
        self._stack.setCurrentWidget(self.places[kind])
        self.sum_bar.setVisible(tree)
        self.linked.setVisible(tree)
        for name in ("indicator", "group"):
            self.buttons[name].setVisible(tree)
        self.buttons["row"].setVisible(not tree)
        key = self.current_key()
        if key is None and not tree and self.lists[kind].rowCount():
            self.list_views[kind].setCurrentIndex(self.lists[kind].index(0, 0))
        self._switch()

    def refresh(self, *, fresh: bool = False) -> None:
        """Show the draft as it is now; what was selected and folded stays so."""
        desk = self.desk
        editable = not desk.why_off
        wrong: dict[int, str] = {}
        for problem in desk.checked.errors:
            wrong.setdefault(problem.node, problem.message)
        rules = {kind: form.title for kind, form in rule_forms().items()}
        key, folded = self._tree_key(), set() if fresh else self.tree_view.folded()
        self.tree.editable = editable
        draft = desk.draft if desk.base is not None else None
        moved = self.tree.show(draft, desk.base_draft, rules=rules, wrong=wrong, locked=desk.locked)
        if moved or fresh:
            self.tree_view.unfold_but(folded)
            index = self.tree.index_of(key) if key is not None else QModelIndex()
            if index.isValid():
                self.tree_view.setCurrentIndex(index)
        for model in self.lists.values():
            model.editable = editable
            model.show(draft, wrong)
        for kind, place in self.places.items():
            place.show_rows(self.tree.rowCount() if kind == "indicator" else self.lists[kind].rowCount())
            if place.empty.button is not None:
                place.empty.button.setEnabled(editable)
        full = desk.draft.root.values.get("full", 100.0)
        full = float(full) if isinstance(full, (int, float)) and not isinstance(full, bool) else 0.0
        self.sum_bar.show_sum(weight_sum(desk.draft.of("group")), full, enabled=editable)
        self._switch()

    def select(self, key: int, column: int = 0) -> bool:
        """Bring a node before the eyes; False where it is in none of the views."""
        node = self.desk.draft.find(key)
        if node is None:
            return False
        if node.kind in {"group", "indicator"}:
            index = self.tree.index_of(key, column)
            self.tree_view.setCurrentIndex(index)
            self.tree_view.scrollTo(index)
            return True
        if node.kind in self.lists:
            row = self.lists[node.kind].row_of(key)
            if row is not None:
                self.list_views[node.kind].setCurrentIndex(self.lists[node.kind].index(row, column))
                return True
        return False

    def current_key(self) -> int | None:
        """The node selected in the view in front."""
        if self.kind == "indicator":
            return self._tree_key()
        node = self.list_views[self.kind].currentIndex().data(ObjectRole)
        return node.key if isinstance(node, Node) else None

    def _tree_key(self) -> int | None:
        index = self.tree_view.currentIndex()
        return index.internalId() if index.isValid() else None

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        node = current.data(ObjectRole)
        self._switch()
        if isinstance(node, Node):
            self.chosen.emit(node.key)

    def _switch(self) -> None:
        editable = not self.desk.why_off
        chosen = self.current_key() is not None
        for name, button in self.buttons.items():
            button.setEnabled(editable and (chosen or name in {"indicator", "group", "row"}))
        self.linked.setEnabled(editable)

    # Editing. --------------------------------------------------------------------------------------------------------

    def add(self, kind: NodeKind) -> None:
        draft, key = with_new(self.desk.draft, kind, self.current_key())
        self._apply(draft, f"增加{KIND_TITLES[kind]}", key)

    def duplicate(self) -> None:
        key = self.current_key()
        node = self.desk.draft.find(key) if key is not None else None
        if node is not None:
            draft, copy = self.desk.draft.duplicate(node.key)
            self._apply(draft, f"复制“{node.label}”", copy)

    def remove(self) -> None:
        key = self.current_key()
        node = self.desk.draft.find(key) if key is not None else None
        if node is None:
            return
        parent = self.desk.draft.parent_of(node.key)
        assert parent is not None
        rows: Sequence[Node] = [c for c in parent.children if c.kind == node.kind]
        at = [c.key for c in rows].index(node.key)
        beside = rows[at + 1] if at + 1 < len(rows) else rows[at - 1] if at else parent
        self._apply(self.desk.draft.remove(node.key), f"删除“{node.label}”", beside.key)

    def move(self, by: int) -> None:
        key = self.current_key()
        node = self.desk.draft.find(key) if key is not None else None
        if node is not None:
            self._apply(moved_by(self.desk.draft, node.key, by), f"移动“{node.label}”", node.key)

    def scale_to_full(self) -> None:
        try:
            draft = to_full(self.desk.draft, self.desk.locked)
        except InputRefused as error:
            self.desk.session.messages.failure(error)
            return
        self.desk.apply(draft, "权重调整到满分", self._tree_key() or 0)

    def _apply(self, draft: object, text: str, key: int) -> None:
        self.desk.apply(draft, text, key)  # type: ignore[arg-type]
        self.select(key)

    def _on_tree_edited(self, key: int, path: str, value: object) -> None:
        if path == "weight" and self.linked.isChecked() and isinstance(value, float) and value >= 0:
            node = self.desk.draft.find(key)
            try:
                draft = keeping_sum(self.desk.draft, key, value, self.desk.locked)
            except InputRefused as error:
                self.desk.session.messages.failure(error)
                return
            self.desk.apply(draft, f"修改“{node.label if node else ''}”的权重，同组联动", key)
            return
        self.desk.edit(key, path, value)

    def _on_dropped(self, key: int, parent: int, at: int) -> None:
        node = self.desk.draft.find(key)
        if node is not None:
            self._apply(self.desk.draft.move(key, parent, at), f"移动“{node.label}”", key)

    def _on_lock(self, key: int, locked: bool) -> None:
        (self.desk.locked.add if locked else self.desk.locked.discard)(key)
        self.tree_view.viewport().update()
