"""The button that narrows the grid: to what is missing, to what has findings, to a group, to a department."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ecoscore.model.scheme import Scheme
from ui.models.data_table import INPUTS, Filter
from ui.theme import Theme

_ONLY = (("", "全部单元格"), ("missing", "只看应报未报"), ("findings", "只看有问题的"))


class FilterButton(QPushButton):
    """Checked, and saying what it keeps, while a filter is on."""

    chosen = Signal(object)  # Filter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("筛选 ▼", parent)
        self._theme = theme
        self._names: dict[str, str] = {}
        self.filter = Filter()
        self.setCheckable(True)
        self.setIconSize(QSize(18, 18))
        self.setMenu(QMenu(self))
        self.setAccessibleName("筛选")
        theme.changed.connect(self._dress)
        self._dress()

    def offer(self, scheme: Scheme | None, current: Filter) -> None:
        """Fill the menu with the groups and departments of a scheme."""
        self.filter = current
        menu = self.menu()
        menu.clear()
        self._names = {}
        self._add(menu, [(key, title) for key, title in _ONLY], "only")
        if scheme is not None:
            groups = [(g.id, g.title) for g in scheme.all_groups]
            groups += [(INPUTS, INPUTS)] if scheme.inputs else []
            departments = list(dict.fromkeys(q.department for q in scheme.reported if q.department))
            self._names = dict(groups)
            self._add(menu.addMenu("指标组"), [("", "全部指标组"), *groups], "group")
            self._add(menu.addMenu("责任部门"), [("", "全部部门"), *((d, d) for d in departments)], "department")
        menu.addSeparator()
        menu.addAction("清除筛选", self.clear)
        self._say()

    def clear(self) -> None:
        """Show everything again."""
        self._take(Filter())

    def _add(self, menu: QMenu, choices: list[tuple[str, str]], field: str) -> None:
        group = QActionGroup(menu)
        for key, title in choices:
            action = QAction(title, menu, checkable=True)
            action.setChecked(getattr(self.filter, field) == key)
            action.setData((field, key))
            action.triggered.connect(lambda _=False, k=key: self._take(replace(self.filter, **{field: k})))
            group.addAction(action)
            menu.addAction(action)

    def _take(self, wanted: Filter) -> None:
        self.filter = wanted
        for action in self.findChildren(QAction):
            if isinstance(action.data(), tuple):
                field, key = action.data()
                action.setChecked(getattr(wanted, field) == key)
        self._say()
        self.chosen.emit(wanted)

    def _say(self) -> None:
        only = dict(_ONLY)[self.filter.only] if self.filter.only else ""
        parts = [only, self._names.get(self.filter.group, ""), self.filter.department]
        told = "，".join(p for p in parts if p)
        text = self.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, 150)
        self.setText(f"{text or '筛选'} ▼")
        self.setToolTip(f"筛选：{told}" if told else "只看应报未报、有问题的，或某一组、某一部门的指标")
        self.setChecked(self.filter.is_on)

    def nextCheckState(self) -> None:
        """A press opens the menu; only a choice in it changes the state."""

    def _dress(self) -> None:
        self.setIcon(self._theme.icon("filter"))
