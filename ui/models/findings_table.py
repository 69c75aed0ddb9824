"""Findings grouped by kind, as a tree of two levels: the kind with its count, and each finding with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from ecoscore.model.finding import Finding, Severity
from ui.models.roles import ObjectRole, SortRole

Index = QModelIndex | QPersistentModelIndex
_GROUP = 0xFFFFFFFF  # internal id of a group's row; a finding's is the row of its group


@dataclass(frozen=True, slots=True)
class FindingKind:
    """All findings of one kind and severity."""

    title: str
    severity: Severity
    findings: tuple[Finding, ...]


def kinds_of(findings: Sequence[Finding], titles: dict[str, str]) -> list[FindingKind]:
    """Errors before warnings, each kind where it first occurs; a kind without a title goes by its first sentence."""
    found: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.severity, finding.code), []).append(finding)
    ordered = sorted(found.items(), key=lambda item: item[0][0] is not Severity.ERROR)
    return [
        FindingKind(titles.get(code) or _words(held[0]), severity, tuple(held)) for (severity, code), held in ordered
    ]


def _words(finding: Finding) -> str:
    """The finding's own sentence up to the first stop, short enough for a heading."""
    text = finding.message
    for stop in "：，。；（":
        text = text.split(stop)[0] or text
    return text if len(text) <= 18 else ("错误" if finding.is_error else "提醒")


class FindingsTable(QAbstractItemModel):
    """ObjectRole gives the FindingKind or the Finding of a row."""

    def __init__(self, titles: dict[str, str] | None = None, parent: Any = None) -> None:
        super().__init__(parent)
        self._titles = titles or {}
        self._kinds: list[FindingKind] = []

    def show(self, findings: Sequence[Finding]) -> None:
        self.beginResetModel()
        self._kinds = kinds_of(findings, self._titles)
        self.endResetModel()

    @property
    def kinds(self) -> tuple[FindingKind, ...]:
        return tuple(self._kinds)

    def index_of(self, finding: Finding) -> QModelIndex:
        for row, kind in enumerate(self._kinds):
            for at, other in enumerate(kind.findings):
                if other == finding:
                    return self.index(at, 0, self.index(row, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _GROUP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _GROUP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._kinds)
        return len(self._kinds[parent.row()].findings) if parent.internalId() == _GROUP else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == _GROUP:
            return self._kind_data(self._kinds[index.row()], role)
        return self._finding_data(self._kinds[index.internalId()].findings[index.row()], role)

    @staticmethod
    def _kind_data(kind: FindingKind, role: int) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, SortRole}:
            return f"{kind.title}（{len(kind.findings)}）"
        if role == ObjectRole:
            return kind
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return "错误" if kind.severity is Severity.ERROR else "提醒"
        return None

    @staticmethod
    def _finding_data(finding: Finding, role: int) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, SortRole}:
            return finding.message
        if role == ObjectRole:
            return finding
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return "\n".join(part for part in (finding.where, finding.message, finding.advice) if part)
        return None
