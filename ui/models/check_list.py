"""A list of names that can be ticked: districts to print, papers to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette

from ui.models.roles import ObjectRole, SortRole

Index = QModelIndex | QPersistentModelIndex

GAP = "　"
"""Between a title and the remark after it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: `key` for the program, `title` for the person, `hint` in muted type.

    `off`: not ticked until the person ticks it. `absent`: why it cannot be had; it is grey then and takes no tick.
    """

    key: str
    title: str
    hint: str = ""
    off: bool = False
    absent: str = ""


class CheckList(QAbstractListModel):
    """All but the `off` are ticked at first; a tick survives when the list is shown again with the same keys."""

    ticked = Signal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._off: set[str] = set()
        self._seen: set[str] = set()

    def show(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self._off |= {choice.key for choice in choices if choice.off and choice.key not in self._seen}
        self._seen |= {choice.key for choice in choices}
        self._off &= {choice.key for choice in choices}
        self.endResetModel()
        self.ticked.emit()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self._choices if self._is_on(choice))

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    def tick_all(self, on: bool) -> None:
        self._off = set() if on else {choice.key for choice in self._choices}
        if self._choices:
            self.dataChanged.emit(self.index(0), self.index(len(self._choices) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def row_of(self, key: str) -> int | None:
        return next((n for n, choice in enumerate(self._choices) if choice.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        seen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable  # the absent too: looked at, it says why
        return seen if self._choices[index.row()].absent else seen | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, SortRole}:
            return f"{choice.title}{GAP}{choice.hint}" if choice.hint else choice.title
        if role == ObjectRole:
            return choice
        if role == Qt.ItemDataRole.ToolTipRole:
            return choice.absent or f"{choice.title}{GAP}{choice.hint}".strip()
        if role == Qt.ItemDataRole.ForegroundRole and choice.absent:
            return QGuiApplication.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._is_on(choice) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        if self._choices[index.row()].absent:
            return False
        key = self._choices[index.row()].key
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._off.discard(key)
        else:
            self._off.add(key)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def _is_on(self, choice: Choice) -> bool:
        return choice.key not in self._off and not choice.absent
