"""One district in the inspector: total, standing, strong and weak items, its indicators; below, the score explained."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ecoscore.reporting.view_parts import ScorecardView, ScoreRow
from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models import card_table
from ui.models.card_table import CardTable
from ui.models.roles import ObjectRole
from ui.theme import Theme
from ui.widgets.explanation_view import ExplanationView


class DistrictCard(QSplitter):
    """`indicator_chosen` when one of its indicators is selected, by hand or among the strong and weak items."""

    indicator_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._card: ScorecardView | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.place = QLabel(objectName="muted")
        self.total = QLabel(objectName="big")
        self.standing = QLabel()
        self.trend = QLabel(objectName="muted")
        for label in (self.place, self.standing, self.trend):
            label.setWordWrap(True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in ("强项弱项", "各项指标"):
            self.tabs.addTab(title)
        self.items = QTextBrowser()
        self.items.setOpenLinks(False)
        self.items.setFrameShape(QFrame.Shape.NoFrame)
        self.items.document().setDocumentMargin(16)
        self.items.setAccessibleName("强项弱项")
        self.table = CardTable(theme, self)
        self.view = self._build_table()
        self.explanation = ExplanationView(theme)
        self._build()
        self.items.anchorClicked.connect(self._on_link)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        theme.changed.connect(self._tell_items)

    def _build_table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setItemDelegate(FigureDelegate(self._theme, 26, view))
        view.setItemDelegateForColumn(card_table.POINTS, BarDelegate(self._theme, card_table.BarRole, 26, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(26)
        header = view.horizontalHeader()
        header.setMinimumSectionSize(28)
        header.setHighlightSections(False)
        header.setSectionResizeMode(card_table.TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((card_table.VALUE, 62), (card_table.POINTS, 80)):
            view.setColumnWidth(column, width)
        view.setAccessibleName("各项指标得分")
        view.selectionModel().currentRowChanged.connect(self._on_row)
        return view

    def _build(self) -> None:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 0, 16, 4)
        column.setSpacing(1)
        for label in (self.place, self.total, self.standing, self.trend):
            column.addWidget(label)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.items)
        self._pages.addWidget(self.view)
        upper = QWidget()
        stack = QVBoxLayout(upper)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(head)
        stack.addWidget(self.tabs)
        stack.addWidget(self._pages, 1)
        self.addWidget(upper)
        self.addWidget(self.explanation)
        upper.setMinimumHeight(220)
        self.explanation.setMinimumHeight(120)
        self.setSizes([340, 300])

    def show_card(self, card: ScorecardView | None, outlook: str = "") -> None:
        """`outlook` says what is missing to the next grade."""
        self._card = card
        blocked = self.view.selectionModel().blockSignals(True)
        self.table.show(card)
        self.view.selectionModel().blockSignals(blocked)
        if card is None:
            return
        place = card.standing
        self.place.setText(f"{card.district} · {card.peer_group} · {card.period}")
        self.total.setText(f"{card.chain.total.text} <span style='font-size:9pt'>/ {card.chain.full.text}</span>")
        of = f"（共 {place.of} 个）" if place.rank is not None else ""
        self.standing.setText(f"{place.rank_text}{of}　{place.grade}")
        said = [card.comparison.text if card.comparison is not None else "", place.grade_reason, outlook]
        self.trend.setText("\n".join(text for text in said if text))
        self.trend.setVisible(bool(self.trend.text()))
        self._tell_items()

    def select_indicator(self, indicator: str) -> None:
        """Mark an indicator's row without saying that it was chosen."""
        row = self.table.row_of(indicator)
        if row is not None:
            blocked = self.view.selectionModel().blockSignals(True)
            self.view.setCurrentIndex(self.table.index(row, 0))
            self.view.scrollTo(self.table.index(row, 0))
            self.view.selectionModel().blockSignals(blocked)
            self.view.viewport().update()

    def _tell_items(self) -> None:
        card = self._card
        if card is None:
            self.items.setHtml("")
            return
        colours = self._theme.colours
        strong = [(item.indicator, item.title, item.individual.text) for item in card.strong]
        weak = [(item.indicator, item.title, f"−{item.lost.text}") for item in card.weak]
        parts = [
            self._list("▲ 强项", "个体指数", colours.pine, strong, "没有个体指数达到 90 的指标。"),
            self._list("▼ 弱项", "失分", colours.cinnabar, weak, "没有失分的指标。"),
        ]
        lines = [f"{line.kind}：{line.title}，{line.effect}" for line in card.adjustments]
        parts += [f'<p style="margin:6px 0 0 0">{escape(line)}</p>' for line in lines]
        self.items.setHtml("".join(parts))

    def _list(self, title: str, figure: str, colour: str, rows: list[tuple[str, str, str]], none: str) -> str:
        """A heading and the items below it, each a link with its figure at the right."""
        ink, mist = self._theme.colours.ink, self._theme.colours.mist
        head = (
            f'<tr><td style="color:{colour};padding:4px 0 2px 0">{title}</td>'
            f'<td align="right" style="color:{mist};padding:4px 0 2px 8px">{figure if rows else ""}</td></tr>'
        )
        body = "".join(
            f'<tr><td style="padding:0 0 3px 0"><a style="color:{ink};text-decoration:none" href="#{escape(key)}">'
            f'{escape(name)}</a></td><td align="right" style="color:{mist};padding:0 0 3px 8px">{escape(value)}</td></tr>'
            for key, name, value in rows
        )
        empty = "" if rows else f'<tr><td colspan="2" style="color:{mist}">{none}</td></tr>'
        return f'<table width="100%" cellspacing="0" cellpadding="0">{head}{body}{empty}</table>'

    def _on_link(self, url: QUrl) -> None:
        self.indicator_chosen.emit(url.fragment())

    def _on_row(self, current: QModelIndex) -> None:
        row = current.data(ObjectRole)
        if isinstance(row, ScoreRow):
            self.indicator_chosen.emit(row.indicator)
