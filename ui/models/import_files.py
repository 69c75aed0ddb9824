"""The files of an import with their state and the number of their findings."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.importing.plan import FILE_STATE_TITLES, FileState, ImportPlan, SourceFile
from ui.models.roles import ObjectRole, SortRole
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class ImportFiles(QAbstractListModel):
    """One row a file: its name, and below it (StateRole) how its reading ended, in words."""

    StateRole = Qt.ItemDataRole.UserRole + 10
    ToneRole = Qt.ItemDataRole.UserRole + 11

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files: tuple[SourceFile, ...] = ()
        self._errors: Counter[str] = Counter()
        self._warnings: Counter[str] = Counter()

    def show(self, plan: ImportPlan | None) -> None:
        self.beginResetModel()
        self._files = plan.files if plan is not None else ()
        findings = plan.findings if plan is not None else ()
        self._errors = Counter(f.file for f in findings if f.is_error and f.file)
        self._warnings = Counter(f.file for f in findings if not f.is_error and f.file)
        self.endResetModel()

    def row_of(self, name: str) -> int | None:
        return next((n for n, file in enumerate(self._files) if file.name == name), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        file = self._files[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, SortRole}:
            return file.name
        if role == ObjectRole:
            return file
        if role == self.StateRole:
            return self._state(file)
        if role == self.ToneRole:
            return self._tone(file)
        if role == Qt.ItemDataRole.DecorationRole:
            name = {"pine": "done", "ochre": "warning", "cinnabar": "error"}[self._tone(file)]
            return self._theme.icon(name, self._tone(file))
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return f"{file.path}\n{self._state(file)}"
        return None

    def _state(self, file: SourceFile) -> str:
        if file.state is not FileState.READ:
            return FILE_STATE_TITLES[file.state]
        errors, warnings = self._errors[file.name], self._warnings[file.name]
        parts = [f"{errors} 处错误"] if errors else []
        parts += [f"{warnings} 处提醒"] if warnings else []
        return FILE_STATE_TITLES[file.state] + ("，" + "，".join(parts) if parts else "")

    def _tone(self, file: SourceFile) -> str:
        if file.state is FileState.REFUSED or self._errors[file.name]:
            return "cinnabar"
        if file.state is FileState.UNRECOGNISED or self._warnings[file.name]:
            return "ochre"
        return "pine"
