"""结果: the ranking of each peer group, the selected district's groups against its peers, and why each score is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding
from ecoscore.reporting.charts import RADAR_LEAST, RADAR_MOST, group_bars, group_radar
from ecoscore.reporting.view_parts import RankingRow, RankingView, ScorecardView
from ui.delegates.bar_delegate import BarDelegate, FigureDelegate
from ui.models import ranking_table
from ui.models.ranking_table import RankingTable
from ui.models.roles import ObjectRole
from ui.models.sort_proxy import SortProxy
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.widgets.chart_view import ChartView
from ui.widgets.district_card import DistrictCard
from ui.widgets.refusal_panel import RefusalPanel

if TYPE_CHECKING:
    from ecoscore.reporting.view_parts import WorkingPaperView

_WIDTHS = {
    "rank": 62, "change": 60, "district": 108, "total": 150, "grade": 72, "base": 76, "bonus": 60, "deduction": 60,
    "reason": 320,
}  # fmt: skip
_GROUP_WIDTH = (76, 132)
_ROOM_FOR_RADAR = 840
_CHART_FRAME, _CHART_GROUP = 60, 28  # pixels for legend and axis, and for each group: less and the figures touch


class ResultsPage(Page):
    title = "结果"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: RankingView | None = None
        self.scored: tuple[int, Any] | None = None  # version and period of what is shown
        self._card: ScorecardView | None = None
        self._working: WorkingPaperView | None = None
        self._indicator: str | None = None
        self.paper_button = self.set_main_button("看成绩单", "paper")
        self.table = RankingTable(session.theme, self)
        self.proxy = SortProxy(self)
        self.proxy.setSourceModel(self.table)
        self.ranking = self._build_table()
        self.groups = QTabBar()
        self.groups.setDrawBase(False)
        self.groups.setExpanding(False)
        self.chart_title = QLabel(objectName="sectionTitle")
        self.chart = ChartView(session.theme)
        self.radar = ChartView(session.theme)
        self.notes = QLabel(objectName="muted")
        self.card = DistrictCard(session.theme)
        self.refusal = RefusalPanel(session.theme)
        self.waiting = QLabel("正在评分……", objectName="muted")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self._connect()

    # Building. ------------------------------------------------------------------------------------------------------

    def _build_table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.proxy)
        view.setItemDelegate(FigureDelegate(self.session.theme, 30, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setSortingEnabled(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(30)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setAccessibleName("排名")
        view.selectionModel().currentChanged.connect(self._on_current)
        self.session.theme.changed.connect(view.viewport().update)
        return view

    def _build(self) -> None:
        below = QFrame(objectName="stripBelow")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.chart_title.setContentsMargins(16, 8, 16, 4)
        column.addWidget(self.chart_title)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.chart)
        charts = QHBoxLayout()
        charts.setSpacing(0)
        charts.addWidget(scroll, 3)
        charts.addWidget(self.radar, 2)
        column.addLayout(charts, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.ranking)
        split.addWidget(below)
        split.setSizes([330, 270])
        ranked = QWidget()
        layout = QVBoxLayout(ranked)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.notes.setContentsMargins(16, 6, 16, 6)
        self.notes.setWordWrap(True)
        layout.addWidget(self.groups)
        layout.addWidget(split, 1)
        layout.addWidget(self.notes)
        self._stack = QStackedWidget()
        for widget in (self.waiting, self.refusal, ranked):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        session = self.session
        session.result_ready.connect(self._on_result)
        session.result_refused.connect(self._on_refused)
        for signal in (session.values_changed, session.period_changed, session.assessment_opened):
            signal.connect(self._on_stale)
        session.assessment_closed.connect(self._forget)
        self.groups.currentChanged.connect(self._on_group)
        self.card.indicator_chosen.connect(self._explain_indicator)
        self.paper_button.clicked.connect(lambda: self.go.emit("scorecard", self.district))
        self.refusal.finding_chosen.connect(self._go_to_cell)
        self.refusal.data_wanted.connect(self._go_to_first)
        self.refusal.import_wanted.connect(lambda: self.go.emit("import", None))

    # Scoring. -------------------------------------------------------------------------------------------------------

    def entered(self) -> None:
        if self.session.assessment is None:
            return
        if self.scored != (self.session.assessment.version, self.session.period):
            self._ask()

    def _on_stale(self, *_: Any) -> None:
        if self.isVisible():
            self.entered()

    def _ask(self) -> None:
        if self.session.result() is not None:
            self._on_result()

    def _on_result(self, *_: Any) -> None:
        """Build the ranking in the background: it scores the previous year too, for the change of rank."""
        file, period = self.session.assessment, self.session.period
        if file is None or not self.isVisible():  # edits elsewhere rescore: ranked when somebody looks
            return
        version = file.version
        if self.scored == (version, period):
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> RankingView:
            return file.ranking(period)

        def done(view: RankingView) -> None:
            if self.session.assessment is file and file.version == version and self.session.period == period:
                self.scored = version, period
                self._show(view)

        self.session.tasks.run("正在排名", work, done, quiet=True)

    def _on_refused(self, error: InputRefused) -> None:
        self.view, self.scored = None, None
        self._card = self._working = None
        self.set_inspector(None)
        self.paper_button.setEnabled(False)
        self.subheading.setText(self.session.period.title)
        self.refusal.show_refusal(error)
        self._stack.setCurrentIndex(1)

    def _forget(self) -> None:
        self.view, self.scored = None, None
        self._card = self._working = None
        self.set_inspector(None)
        self._stack.setCurrentIndex(0)

    # Showing. -------------------------------------------------------------------------------------------------------

    @property
    def district(self) -> str | None:
        row = self.ranking.currentIndex().data(ObjectRole)
        return row.district if isinstance(row, RankingRow) else None

    def _show(self, view: RankingView) -> None:
        wanted = self.district
        self.view = view
        rows = sum(len(section.rows) for section in view.sections)
        self.subheading.setText(f"{view.period} · {rows} 个区县 · {view.scheme}")
        self.paper_button.setEnabled(rows > 0)
        self.groups.blockSignals(True)
        while self.groups.count():
            self.groups.removeTab(0)
        for section in view.sections:
            self.groups.addTab(f"{section.peer_group}（{len(section.rows)}）")
        self.groups.blockSignals(False)
        self.groups.setVisible(len(view.sections) > 1)
        self.groups.updateGeometry()  # tabs added while hidden are not laid out of themselves
        self.notes.setText(f"不排名：{view.unranked}" if view.unranked else "")
        self.notes.setVisible(bool(view.unranked))
        at = next((n for n, s in enumerate(view.sections) if any(r.district == wanted for r in s.rows)), 0)
        self.groups.setCurrentIndex(at)
        self._stack.setCurrentIndex(2)
        self._fill(at, wanted)

    def _on_group(self, number: int) -> None:
        self._fill(number, None)

    def _fill(self, number: int, district: str | None) -> None:
        view = self.view
        if view is None or not 0 <= number < len(view.sections):
            self.table.show(None, None)
            return
        scheme = self.session.scheme
        self.table.show(view, view.sections[number], scheme.full if scheme is not None else 100.0)
        self._fit_columns()
        self.ranking.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.select_district(district or (view.sections[number].rows[0].district if view.sections[number].rows else ""))

    def _fit_columns(self) -> None:
        metrics = self.fontMetrics()
        for n in range(self.table.columnCount()):
            column = self.table.column(n)
            width = _WIDTHS.get(column.key, 0)
            if column.group is not None:
                needed = metrics.horizontalAdvance(column.title) + 24
                width = max(_GROUP_WIDTH[0], min(needed, _GROUP_WIDTH[1]))
            if column.key == "district":
                names = (str(self.table.index(r, n).data()) for r in range(self.table.rowCount()))
                width = max(width, min(200, max((metrics.horizontalAdvance(t) for t in names), default=0) + 24))
            self.ranking.setColumnWidth(n, width)
            theme = self.session.theme
            delegate = BarDelegate(theme, ranking_table.BarRole, 30, self.ranking) if column.key == "total" else None
            self.ranking.setItemDelegateForColumn(n, delegate)

    def select_district(self, district: str, key: str = "total") -> None:
        """Select a district's row, in the column named `key`."""
        row, column = self.table.row_of(district), self.table.column_of(key)
        if row is not None and column is not None:
            index = self.proxy.mapFromSource(self.table.index(row, column))
            self.ranking.setCurrentIndex(index)
            self.ranking.scrollTo(index)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = current.data(ObjectRole)
        file = self.session.assessment
        if not isinstance(row, RankingRow) or file is None:
            return
        if self._card is None or self._card.district != row.district or self._working is None or self._stale():
            self._card = file.scorecard(self.session.period, row.district)
            self._working = file.working_paper(self.session.period, row.district)
            self._shown = self.scored
            self.card.show_card(self._card)
            self._draw()
            self.set_inspector(self.card)
            self.session.select(row.district, self.session.selection.indicator)
        self._explain(self.table.column(self.proxy.mapToSource(current).column()).key)

    def _stale(self) -> bool:
        return getattr(self, "_shown", None) != self.scored

    def _draw(self) -> None:
        card = self._card
        assert card is not None
        groups = card.top_groups
        self.chart.setMinimumHeight(_CHART_FRAME + _CHART_GROUP * len(groups))
        self.chart_title.setText(f"{card.district} 各类指数与{card.peer_group}平均")
        names = {"own": card.district, "peers": f"{card.peer_group}平均"}
        self.chart.show_chart(lambda width, height: group_bars(groups, width, height, **names), "没有可以画的指数。")
        self.radar.show_chart(lambda width, height: group_radar(groups, width, height, **names))
        self._choose_charts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_charts()

    def _choose_charts(self) -> None:
        """The radar beside the bars where there is room for both and a shape to see."""
        groups = len(self._card.top_groups) if self._card is not None else 0
        self.radar.setVisible(RADAR_LEAST <= groups <= RADAR_MOST and self.width() >= _ROOM_FOR_RADAR)

    # Explaining. ----------------------------------------------------------------------------------------------------

    def _explain(self, key: str) -> None:
        """Say why the figure in this column is what it is."""
        working, card, view = self._working, self._card, self.card.explanation
        if working is None or card is None:
            return
        self._indicator = None
        if key.startswith("group:"):
            self._explain_group(key.removeprefix("group:"))
        elif key in {"bonus", "deduction"}:
            figure = card.chain.bonus if key == "bonus" else card.chain.deduction
            lines = [line for line in card.adjustments if line.layer == key]
            view.show_adjustments(f"{card.district} {'加分' if key == 'bonus' else '扣分'}", figure.text, lines)
        else:
            wanted = {"rank": {"名次"}, "change": {"名次"}, "grade": {"等次"}, "reason": {"等次"}}.get(key)
            steps = [step for step in working.total if wanted is None or step.label in wanted] or list(working.total)
            figure = {"rank": card.standing.rank_text, "grade": card.standing.grade}.get(key, card.chain.total.text)
            title = {"rank": "名次", "change": "名次", "grade": "等次", "reason": "等次"}.get(key, "总分")
            view.show_steps(f"{card.district} {title}", figure, steps)

    def _explain_group(self, group: str) -> None:
        scheme, working, card = self.session.scheme, self._working, self._card
        assert scheme is not None
        assert working is not None
        assert card is not None
        ids = [g.id for g in scheme.all_groups]
        found = next((g for g in card.groups if g.group == group), None)
        if group in ids and found is not None and len(working.groups) == len(ids):
            title = f"{card.district} {found.title}指数"
            self.card.explanation.show_steps(title, found.index.text, [working.groups[ids.index(group)]])

    def _explain_indicator(self, indicator: str) -> None:
        working = self._working
        if working is None:
            return
        item = next((i for section in working.sections for i in section.items if i.indicator == indicator), None)
        if item is not None:
            self._indicator = indicator
            self.card.explanation.show_item(item)
            self.card.select_indicator(indicator)
            self.session.select(working.district, indicator)

    # Leading away. --------------------------------------------------------------------------------------------------

    def receive(self, payload: Any) -> None:
        """The name of a district to show."""
        if self.view is not None and isinstance(payload, str):
            at = next((n for n, s in enumerate(self.view.sections) if any(r.district == payload for r in s.rows)), None)
            if at is not None:
                self.groups.setCurrentIndex(at)
                self.select_district(payload)

    def _go_to_first(self) -> None:
        first = next((f for f in self.refusal.error.findings if f.district), None) if self.refusal.error else None
        if first is not None:
            self._go_to_cell(first)
        else:
            self.go.emit("data", None)

    def _go_to_cell(self, finding: Finding) -> None:
        self.session.select(finding.district, finding.indicator)
        self.go.emit("data", None)
