"""The targets of the current period: for all districts and for each, typed, pasted and undone like values."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout, QWidget

from ecoscore.model.scheme import Indicator, Scheme
from ui.clipboard import block_of
from ui.commands.scheme_targets import SetTargets, TargetKey, held_targets
from ui.models.scheme_tree import number_of
from ui.models.target_table import TargetTable
from ui.session import Session
from ui.widgets.empty_place import EmptyPlace, ListOrEmpty
from ui.widgets.scheme_tables import plain_table

_COLUMN = (96, 180)
_NAMES = 200
_NONE = (
    "这里填各区县的目标值，每项用到目标的指标一列。方案里还没有这样的指标："
    "在“指标”里把一项设为约束性，或给它选“目标完成率法”一类的计分法，这里就有它的一列。"
)


class TargetsView(QWidget):
    """Only indicators whose rule, binding nature or own target asks for one have a column."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.table = TargetTable(session.theme, self)
        self.view = plain_table(session.theme, "区县目标", edits=True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.view.setModel(self.table)
        self.view.verticalHeader().show()
        self.view.verticalHeader().setMaximumWidth(_NAMES)
        self.view.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setShowGrid(True)
        self.view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.horizontalHeader().setStretchLastSection(False)
        self.said = QLabel(objectName="muted")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(16, 8, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.place = ListOrEmpty(self.view, EmptyPlace(_NONE))
        column.addWidget(self.said)
        column.addWidget(self.place, 1)
        self._shown: object = None
        self.table.edited.connect(self._on_edited)
        self.table.refused.connect(lambda text: session.messages.error(text, "请填写数字，不带单位。", key="target"))
        for keys, slot in (("Delete", self.clear), ("Ctrl+V", self.paste), ("Ctrl+C", self.copy)):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def refresh(self) -> None:
        file = self.session.assessment
        if file is None:
            return
        period = self.session.period
        scheme = file.scheme_of(period)
        held = held_targets(self.session, period)
        indicators = wanting_targets(scheme, held)
        names = [d.name for d in file.districts]
        shape = id(scheme), period, tuple(names), tuple(i.id for i in indicators)
        self.table.editable = not file.read_only and file.seal_of(period) is None
        if shape == self._shown:
            self.table.update_held(held)
            return
        self._shown = shape
        self.table.show(names, indicators, held)
        self.place.show_rows(len(indicators))
        self.said.setVisible(bool(indicators))
        if indicators:
            off = "" if self.table.editable else "文件只读或本期已封存，不能修改。"
            self.said.setText(
                f"{period.title}的目标值：灰色的是方案或“全部区县”的目标，填写数字就为这个区县单独设定，"
                f"删除即恢复。可与 Excel 互贴。{off}"
            )
        metrics = self.fontMetrics()
        for n, indicator in enumerate(indicators):
            wanted = metrics.horizontalAdvance(indicator.title_with_unit) + 24
            self.view.setColumnWidth(n, max(_COLUMN[0], min(_COLUMN[1], wanted)))

    def _set(self, values: dict[TargetKey, float | None]) -> None:
        held = held_targets(self.session, self.session.period)
        changed = {k: v for k, v in values.items() if held.get(k) != v}
        if changed and self.table.editable:
            self.session.undo_stack.push(SetTargets(self.session, self.session.period, changed))

    def _on_edited(self, district: Any, indicator: str, number: Any) -> None:
        self.session.messages.clear("target")
        self._set({(district, indicator): number})

    def clear(self) -> None:
        self._set({self.table.key_of(index): None for index in self.view.selectedIndexes()})

    def copy(self) -> None:
        rows: dict[int, list[str]] = {}
        for index in sorted(self.view.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        if rows:
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in rows.values()))

    def paste(self) -> None:
        start = self.view.currentIndex()
        values: dict[TargetKey, float | None] = {}
        for row, line in enumerate(block_of(QGuiApplication.clipboard().text())):
            for column, text in enumerate(line):
                index = self.table.index(start.row() + row, start.column() + column)
                if not index.isValid():
                    continue
                number = number_of(text)
                if isinstance(number, str):
                    self.table.refused.emit(f"第 {row + 1} 行第 {column + 1} 列不是数：“{number}”，没有粘贴")
                    return
                values[self.table.key_of(index)] = number
        self._set(values)


def wanting_targets(scheme: Scheme, held: dict[TargetKey, float]) -> list[Indicator]:
    """The indicators for which a target means something."""
    known = {indicator for _, indicator in held}
    return [
        i for i in scheme.indicators if "target" in i.rule.uses or i.binding or i.target is not None or i.id in known
    ]
