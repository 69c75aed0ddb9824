"""方案: the tree of groups and indicators with their weights; beside it the rule of what is selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QTreeView, QWidget

from ecoscore.model.curve import RuleCurve
from ecoscore.model.result import plain
from ecoscore.model.scheme import (
    AGGREGATE_TITLES,
    MISSING_TITLES,
    ROUNDING_TITLES,
    Group,
    Indicator,
    Scheme,
    weight_of,
)
from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models import scheme_tree
from ui.models.roles import ObjectRole, SortRole
from ui.models.scheme_tree import SchemeTree
from ui.pages.page import Page
from ui.session import Selection, Session
from ui.widgets.rule_card import REVIEW, RuleCard

_WIDTHS = {
    scheme_tree.TITLE: 260, scheme_tree.WEIGHT: 56, scheme_tree.SHARE: 112, scheme_tree.UNIT: 96,
    scheme_tree.DIRECTION: 52, scheme_tree.NATURE: 76, scheme_tree.RULE: 96, scheme_tree.DEPARTMENT: 120,
}  # fmt: skip


class SchemePage(Page):
    title = "方案"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._curves: dict[tuple[int, str, str], RuleCurve | None] = {}
        self.review = QLabel("请对照原文")
        self.review.setProperty("tone", "warning")
        self.review.setToolTip(REVIEW)
        self.add_header_widget(self.review)
        self.tree = SchemeTree(self)
        self.view = self._build_view()
        self.foot = QLabel(objectName="muted")
        self.foot.setWordWrap(True)
        self.foot.setContentsMargins(16, 8, 16, 8)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.foot)
        self.card = RuleCard(session.theme)
        session.assessment_opened.connect(self._refresh)
        session.assessment_closed.connect(self._refresh)
        session.period_changed.connect(self._show_current)
        session.values_changed.connect(self._show_current)
        session.selection_changed.connect(self._on_selection)
        self._refresh()

    def _build_view(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.tree)
        theme = self.session.theme
        view.setItemDelegate(FigureDelegate(theme, 28, view))
        view.setItemDelegateForColumn(scheme_tree.SHARE, BarDelegate(theme, scheme_tree.BarRole, 28, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setIndentation(16)
        view.setAccessibleName("方案的指标")
        header = view.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        view.selectionModel().currentChanged.connect(self._show_current)
        theme.changed.connect(view.viewport().update)
        return view

    def entered(self) -> None:
        self._show_current()

    def receive(self, payload: Any) -> None:
        """The id of an indicator to show."""
        self._select(str(payload))

    def _refresh(self) -> None:
        scheme = self.session.scheme
        self.tree.show(scheme)
        self.view.expandAll()
        self.review.setVisible(scheme is not None and scheme.review)
        if scheme is None:
            self.subheading.setText("")
            self.foot.setText("")
            self.set_inspector(None)
            return
        edition = f"（{scheme.edition}）" if scheme.edition else ""
        self.subheading.setText(f"{scheme.title}{edition}")
        self.foot.setText(_foot(scheme))
        first = self.tree.index(0, 0)
        self.view.setCurrentIndex(self.tree.index(0, 0, first) if self.tree.rowCount(first) else first)

    def _select(self, indicator: str) -> None:
        index = self.tree.index_of(indicator)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _on_selection(self, selection: Selection) -> None:
        if selection.indicator is not None and not self.isVisible():
            self._select(selection.indicator)

    def _show_current(self, *_: Any) -> None:
        index: QModelIndex = self.view.currentIndex().siblingAtColumn(scheme_tree.TITLE)
        scheme, file = self.session.scheme, self.session.assessment
        if scheme is None or file is None or not index.isValid():
            self.set_inspector(None)
            return
        item = index.data(ObjectRole)
        share: float = index.siblingAtColumn(scheme_tree.SHARE).data(SortRole)
        if isinstance(item, Group):
            self.card.show_group(scheme, item, share)
        elif isinstance(item, Indicator):
            self.card.show_indicator(scheme, item, share, self._curve(item), self._target(item))
        self.set_inspector(self.card)

    def _curve(self, indicator: Indicator) -> RuleCurve | None:
        file = self.session.assessment
        assert file is not None
        key = file.version, str(self.session.period), indicator.id
        if key not in self._curves:
            if any(known[:2] != key[:2] for known in self._curves):
                self._curves.clear()
            self._curves[key] = file.curve(self.session.period, indicator.id)
        return self._curves[key]

    def _target(self, indicator: Indicator) -> float | None:
        """The period's common target, else the scheme's own."""
        file = self.session.assessment
        assert file is not None
        common = [
            t.value for t in file.targets(self.session.period) if t.indicator == indicator.id and t.district is None
        ]
        return common[0] if common else indicator.target


def _foot(scheme: Scheme) -> str:
    total = sum(weight_of(group) for group in scheme.groups)
    parts = [
        f"{len(scheme.indicators)} 项指标，权重合计 {plain(round(total, 4))}，满分 {plain(scheme.full)}",
        f"合成：{AGGREGATE_TITLES[scheme.aggregate]}",
        f"应报未报：{MISSING_TITLES[scheme.missing]}",
        f"修约：{ROUNDING_TITLES[scheme.rounding]}，保留 {scheme.decimals} 位小数",
    ]
    if scheme.grades:
        parts.append("等次：" + "，".join(f"{g.title} ≥ {plain(g.min)}" for g in scheme.grades))
    if scheme.adjustments:
        parts.append(f"加分、扣分、封顶、否决 {len(scheme.adjustments)} 条")
    if scheme.unranked:
        parts.append(f"不排名：{scheme.unranked}")
    return "　·　".join(parts)
