"""What is wrong with a draft, a line each, errors first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.schemes.draft_check import DraftProblem
from ui.models.roles import ObjectRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class SchemeProblems(QAbstractListModel):
    """ObjectRole gives the DraftProblem."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[DraftProblem, ...] = ()

    def show(self, problems: tuple[DraftProblem, ...]) -> None:
        if problems == self._rows:
            return
        self.beginResetModel()
        self._rows = problems
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        problem = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return problem.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(t for t in (problem.sentence, problem.advice) if t)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon(*(("error", "cinnabar") if problem.is_error else ("warning", "ochre")))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ("错误：" if problem.is_error else "提醒：") + problem.sentence
        return problem if role == ObjectRole else None
