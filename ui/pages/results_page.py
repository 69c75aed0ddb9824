"""结果: the ranking of each peer group, what is to be seen of it below, and why each score is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ecoscore.assessment import figures
from ecoscore.errors import InputRefused
from ecoscore.model.district import LEVEL_TITLES
from ecoscore.model.finding import Finding
from ecoscore.reporting.view_parts import RankingRow, RankingView, ScorecardView
from ui.models.ranking_filter import RankingFilter
from ui.models.ranking_table import RankingTable
from ui.models.roles import ObjectRole
from ui.pages.page import TARGETS, Page
from ui.session import ResultKey, Session
from ui.shown_table import copy_table, export_table
from ui.tasks import Cancelled, Progress
from ui.widgets.district_card import DistrictCard
from ui.widgets.ranking_view import RankingTableView
from ui.widgets.refusal_panel import RefusalPanel
from ui.widgets.result_panels import Panel, Shown
from ui.widgets.result_tabs import COMPENSATION, ResultTabs

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.result import Result
    from ecoscore.reporting.view_parts import WorkingPaperView

_ALL_GRADES = "全部等次"


class ResultsPage(Page):
    title = "评分"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: RankingView | None = None
        self.scored: ResultKey | None = None  # what is shown
        self._card: ScorecardView | None = None
        self._working: WorkingPaperView | None = None
        self._indicator: str | None = None
        self.export_button = self.add_button("导出表格…", "export")
        self.export_button.setToolTip("把正在看的表导出为 Excel；Ctrl+C 复制到剪贴板")
        self.paper_button = self.set_main_button("看成绩单", "paper")
        self.table = RankingTable(session.theme, self)
        self.proxy = RankingFilter(self)
        self.proxy.setSourceModel(self.table)
        self.ranking = RankingTableView(self.table, self.proxy, session.theme)
        self.groups = QTabBar()
        self.groups.setDrawBase(False)
        self.groups.setExpanding(False)
        self.search = QLineEdit(placeholderText="筛选区县")
        self.search.setAccessibleName("筛选区县")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(150)
        self.grades = QComboBox()
        self.grades.setAccessibleName("筛选等次")
        self.notes = QLabel(objectName="muted")
        self.card = DistrictCard(session.theme)
        self.refusal = RefusalPanel(session.theme)
        self.waiting = QLabel("正在评分……", objectName="muted")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.panels = ResultTabs(session)
        self.index_panel, self.what_if = self.panels.index_panel, self.panels.what_if
        self.chart, self.radar = self.index_panel.chart, self.index_panel.radar
        self._build()
        self._connect()

    # Building. ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        below = QFrame(objectName="stripBelow")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panels)
        below.setMinimumHeight(150)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.ranking)
        split.addWidget(below)
        split.setSizes([310, 290])
        ranked = QWidget()
        layout = QVBoxLayout(ranked)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.notes.setContentsMargins(16, 6, 16, 6)
        self.notes.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.groups, 1)
        row.addStretch(0)
        row.addWidget(self.search)
        row.addWidget(self.grades)
        layout.addLayout(row)
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
        for signal in (
            session.values_changed, session.period_changed, session.level_changed, session.assessment_opened,
        ):  # fmt: skip
            signal.connect(self._on_stale)
        session.assessment_closed.connect(self._forget)
        self.groups.currentChanged.connect(self._on_group)
        self.search.textChanged.connect(self._narrow)
        self.grades.currentIndexChanged.connect(self._narrow)
        self.ranking.selectionModel().currentChanged.connect(self._on_current)
        self.card.indicator_chosen.connect(self._explain_indicator)
        for panel in self.panels.panels.values():
            panel.indicator_chosen.connect(self._explain_indicator)
            panel.district_chosen.connect(self.select_district)
        self.paper_button.clicked.connect(lambda: self.go.emit("scorecard", self.district))
        self.export_button.clicked.connect(self.export)
        self.refusal.finding_chosen.connect(self._go_to_cell)
        self.refusal.data_wanted.connect(self._go_to_first)
        self.refusal.targets_wanted.connect(lambda: self.go.emit("scheme", TARGETS))
        self.refusal.import_wanted.connect(lambda: self.go.emit("import", None))

    # Scoring. -------------------------------------------------------------------------------------------------------

    def entered(self) -> None:
        if self.session.assessment is None:
            return
        if self.scored != self.session.key:
            self._ask()

    def _on_stale(self, *_: Any) -> None:
        if self.isVisible():
            self.entered()

    def _ask(self) -> None:
        if self.session.result() is not None:
            self._on_result()

    def _on_result(self, *_: Any) -> None:
        """Build the ranking in the background: it scores the previous year too, for the change of rank."""
        file = self.session.assessment
        if file is None or not self.isVisible():  # edits elsewhere rescore: ranked when somebody looks
            return
        key = _, period, level = self.session.key
        if self.scored == key:
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> RankingView:
            return file.ranking(period, level=level)

        def done(view: RankingView) -> None:
            if self.session.assessment is file and self.session.key == key:
                self.scored = key
                self._show(view)

        self.session.tasks.run("正在排名", work, done, quiet=True)

    def _on_refused(self, error: InputRefused) -> None:
        self.view, self.scored = None, None
        self._card = self._working = None
        self.set_inspector(None)
        self.paper_button.setEnabled(False)
        self.export_button.setEnabled(False)
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
        level = self.session.shown_level
        whose = f"{LEVEL_TITLES[level]} {rows} 个" if level is not None else f"{rows} 个区县"
        self.subheading.setText(f"{view.period} · {whose} · {view.scheme}")
        self.paper_button.setEnabled(rows > 0)
        self.export_button.setEnabled(rows > 0)
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
        file = self.session.assessment
        scheme = file.scheme_of(self.session.period) if file is not None else None
        self.table.show(view, view.sections[number], scheme.full if scheme is not None else 100.0)
        self.panels.offer(COMPENSATION, offered=scheme is not None and scheme.compensation is not None)
        self._offer_grades([row.grade for row in view.sections[number].rows])
        self.ranking.fit_columns()
        self.ranking.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.select_district(district or (view.sections[number].rows[0].district if view.sections[number].rows else ""))

    def _offer_grades(self, grades: list[str]) -> None:
        wanted = self.grades.currentText()
        self.grades.blockSignals(True)
        self.grades.clear()
        self.grades.addItem(_ALL_GRADES, "")
        for grade in dict.fromkeys(grades):
            self.grades.addItem(f"{grade}（{grades.count(grade)}）", grade)
        self.grades.setCurrentIndex(max(0, self.grades.findText(wanted)))
        self.grades.setVisible(self.grades.count() > 2)
        self.grades.blockSignals(False)
        self._narrow()

    def _narrow(self, *_: Any) -> None:
        self.proxy.narrow(self.search.text(), str(self.grades.currentData() or ""))
        if not self.ranking.currentIndex().isValid() and self.proxy.rowCount():
            self.ranking.setCurrentIndex(self.proxy.index(0, 0))

    def select_district(self, district: str, key: str = "total") -> None:
        """Select a district's row, in the column named `key`."""
        self.ranking.select(district, key)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = current.data(ObjectRole)
        file = self.session.assessment
        if not isinstance(row, RankingRow) or file is None:
            return
        if self._card is None or self._card.district != row.district or self._working is None or self._stale():
            self._card = file.scorecard(self.session.period, row.district)
            self._working = file.working_paper(self.session.period, row.district)
            self._shown = self.scored
            self.card.show_card(self._card, figures.to_next_grade(self._result(file), row.district))
            self._show_panels()
            self.set_inspector(self.card)
            self.session.select(row.district, self.session.selection.indicator)
        self._explain(self.table.column(self.proxy.mapToSource(current).column()).key)

    def _result(self, file: Assessment) -> Result:
        return file.score(self.session.period, self.session.level)

    def _stale(self) -> bool:
        return getattr(self, "_shown", None) != self.scored

    def _show_panels(self) -> None:
        """Hand what is shown to the panels below; the one in front draws."""
        file, card, view, number = self.session.assessment, self._card, self.view, max(0, self.groups.currentIndex())
        if file is not None and card is not None and view is not None:
            districts, period = tuple(row.district for row in view.sections[number].rows), self.session.period
            level = self.session.level
            shown = Shown(file, period, file.version, self._result(file), districts, card, self._indicator, level)
            self.panels.show_result(shown)

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
        file, working, card = self.session.assessment, self._working, self._card
        assert file is not None
        assert working is not None
        assert card is not None
        ids = [g.id for g in file.scheme_of(self.session.period).all_groups]
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
            if self._indicator != indicator:
                self._indicator = indicator
                self._show_panels()
            self.card.explanation.show_item(item)
            self.card.select_indicator(indicator)
            self.session.select(working.district, indicator)

    # Taking along. --------------------------------------------------------------------------------------------------

    def shown_table(self) -> tuple[str, QTableView]:
        """The table that has the focus, else the ranking; with its title."""
        panel = self.panels.current
        focus = QApplication.focusWidget()
        for view in panel.views() if isinstance(panel, Panel) else ():
            if focus is not None and (focus is view or view.isAncestorOf(focus)):
                return view.accessibleName(), view
        return "排名", self.ranking

    def copy(self) -> None:
        """The table that is looked at, with its headers, for Excel and WPS."""
        copy_table(self.session, *self.shown_table())

    def export(self) -> None:
        """The table that is looked at, as a workbook."""
        name, view = self.shown_table()
        district = f" {self.district}" if view is not self.ranking else ""
        export_table(self.session, name, view, f"{self.session.period.title}{name}{district}")

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
