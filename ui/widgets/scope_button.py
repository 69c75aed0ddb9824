"""The button that narrows an import to some of its files and districts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecoscore.importing.plan import ImportPlan

_ROOM = 260


class ScopeButton(QPushButton):
    """`changed` when a file or a district has been taken out or in; what is not listed is never taken out."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("写入范围…", parent)
        self.setToolTip("只写入一部分文件或区县")
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self.files, self.districts = _ticked("文件"), _ticked("区县")
        row = QHBoxLayout(self._popup)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        for title, items in (("文件", self.files), ("区县", self.districts)):
            column = QVBoxLayout()
            column.addWidget(QLabel(title, objectName="sectionTitle"))
            column.addWidget(items)
            buttons = QHBoxLayout()
            for word, state in (("全选", Qt.CheckState.Checked), ("全不选", Qt.CheckState.Unchecked)):
                button = QPushButton(word)
                button.clicked.connect(lambda *_, i=items, s=state: self._set_all(i, s))
                buttons.addWidget(button)
            column.addLayout(buttons)
            row.addLayout(column)
            items.itemChanged.connect(self._on_changed)
        self.clicked.connect(self._open)

    def show_plan(self, plan: ImportPlan) -> None:
        """List what there is; what had been taken out stays out."""
        out = self._unticked(self.files) | self._unticked(self.districts)
        found = plan.districts
        found |= {f.district for f in plan.findings if f.district}
        self._fill(self.files, [f.name for f in plan.files], out)
        self._fill(self.districts, sorted(found), out)
        self.setVisible(len(plan.files) + len(found) > 2)
        self._tell()

    def clear(self) -> None:
        self._fill(self.files, (), set())
        self._fill(self.districts, (), set())
        self._tell()

    def narrowed(self, plan: ImportPlan) -> ImportPlan:
        """The plan without what has been taken out."""
        files, districts = self._unticked(self.files), self._unticked(self.districts)
        if not files and not districts:
            return plan
        named = plan.districts
        named |= {f.district for f in plan.findings if f.district} | {d.name for d in plan.new_districts}
        read = {f.name for f in plan.files} | {f.file for f in plan.findings if f.file}
        return plan.narrowed(read - files, named - districts)

    def _fill(self, items: QListWidget, names: Sequence[str], out: Iterable[str]) -> None:
        items.blockSignals(True)
        items.clear()
        for name in names:
            item = QListWidgetItem(name, items)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked if name in out else Qt.CheckState.Checked)
            item.setToolTip(name)
        items.blockSignals(False)

    def _set_all(self, items: QListWidget, state: Qt.CheckState) -> None:
        items.blockSignals(True)
        for n in range(items.count()):
            items.item(n).setCheckState(state)
        items.blockSignals(False)
        self._on_changed()

    @staticmethod
    def _unticked(items: QListWidget) -> set[str]:
        found = (items.item(n) for n in range(items.count()))
        return {item.text() for item in found if item.checkState() != Qt.CheckState.Checked}

    def _on_changed(self, *_: object) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        out = len(self._unticked(self.files)), len(self._unticked(self.districts))
        parts = [f"{n} 个{word}" for n, word in zip(out, ("文件", "区县"), strict=True) if n]
        self.setText(f"写入范围：除 {'、'.join(parts)}外" if parts else "写入范围…")

    def _open(self) -> None:
        self._popup.adjustSize()
        at = self.mapToGlobal(QPoint(self.width() - self._popup.width(), -self._popup.height() - 4))
        self._popup.move(at)
        self._popup.show()


def _ticked(name: str) -> QListWidget:
    items = QListWidget(objectName="choices")
    items.setAccessibleName(name)
    items.setFixedSize(_ROOM, _ROOM)
    items.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return items
