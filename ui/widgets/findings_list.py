"""The list of findings at the side of a page: grouped by kind, each activating its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from ecoscore.model.finding import Finding
from ui.delegates.finding_delegate import FindingDelegate
from ui.models.findings_table import FindingKind, FindingsTable
from ui.models.roles import ObjectRole
from ui.theme import Theme

_MOST_UNFOLDED = 60


class FindingsList(QTreeView):
    """A kind unfolds on a click; small lists start unfolded."""

    chosen = Signal(object)  # Finding

    def __init__(self, theme: Theme, titles: dict[str, str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FindingsTable(titles, self)
        self.setModel(self.table)
        self.setItemDelegate(FindingDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName("问题")
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self.viewport().update)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        self.table.show(findings)
        if len(findings) <= _MOST_UNFOLDED:
            self.expandAll()
        elif self.table.kinds:
            self.expand(self.table.index(0, 0))

    def reveal(self, finding: Finding) -> None:
        """Select a finding without activating it."""
        index = self.table.index_of(finding)
        if index.isValid():
            self.expand(index.parent())
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _on_clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(ObjectRole), FindingKind):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._on_activated(index)

    def _on_activated(self, index: QModelIndex) -> None:
        held = index.data(ObjectRole)
        if isinstance(held, Finding):
            self.chosen.emit(held)
