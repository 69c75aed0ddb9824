"""What stands under the ranking, a tab each: charts of all districts or of one, and tables beside one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QTabBar, QTableView, QVBoxLayout, QWidget

from ecoscore.assessment import figures
from ecoscore.assessment.figures import Table
from ecoscore.errors import EcoScoreError
from ecoscore.model.period import Period
from ui.models.figures_table import FiguresTable
from ui.models.roles import ObjectRole
from ui.models.sort_proxy import SortProxy
from ui.session import Session
from ui.tasks import Cancelled, Progress
from ui.theme import Theme
from ui.widgets.chart_view import ChartView, scrolled
from ui.widgets.scheme_tables import plain_table

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.model.district import Level
    from ecoscore.model.result import Result
    from ecoscore.reporting.view_parts import ScorecardView

_MOST_COLUMN = 260
_YEAR = "@"  # marks an own year among the names of others


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the scored period, the districts of the peer group in front, and the one selected."""

    file: Assessment
    period: Period
    version: int
    result: Result
    districts: tuple[str, ...]
    card: ScorecardView
    indicator: str | None = None
    level: Level | None = None

    def key(self, *, with_indicator: bool = False) -> object:
        """What tells one from another, with or without the indicator that is looked at."""
        same = self.version, self.period, self.level, self.districts, self.card.district
        return (*same, self.indicator) if with_indicator else same


class Panel(QWidget):
    """Draws when it is in front and what it shows is another thing than before."""

    indicator_chosen = Signal(str)
    district_chosen = Signal(str)
    follows_indicator: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.shown: Shown | None = None
        self._drawn: object = None

    def show_result(self, shown: Shown | None) -> None:
        self.shown = shown
        if self.isVisible():
            self.draw()

    def draw(self) -> None:
        key = self._key()
        if self.shown is not None and key != self._drawn:
            self._drawn = key
            self.fill(self.shown)

    def _key(self) -> object:
        return None if self.shown is None else self.shown.key(with_indicator=self.follows_indicator)

    def fill(self, shown: Shown) -> None:
        """Show it."""

    def views(self) -> Sequence[QTableView]:
        """The tables one may copy from."""
        return ()

    def later(
        self,
        title: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Work in the background; `done` only if the same is still shown, with None where it was refused."""
        asked = self._key()

        def run(_progress: Progress, _cancelled: Cancelled) -> Any:
            return work()

        def show(value: Any) -> None:
            if self._key() == asked:
                done(value)

        def refused(error: EcoScoreError) -> None:
            if self._key() == asked:
                failed(error.message) if failed is not None else done(None)

        self.session.tasks.run(title, run, show, refused, quiet=True, owner=self)


class TableBox(QWidget):
    """A sortable table with its notes below, or a sentence in its place. `chosen` carries a row's key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.table = FiguresTable(theme, self)
        self.proxy = SortProxy(self)
        self.proxy.setSourceModel(self.table)
        self.view = plain_table(theme, name)
        self.view.setModel(self.proxy)
        self.view.setSortingEnabled(True)
        self.view.activated.connect(self._on_chosen)
        self.view.clicked.connect(self._on_chosen)
        self.notes = QLabel(objectName="muted")
        self.notes.setWordWrap(True)
        self.notes.setContentsMargins(16, 4, 16, 6)
        self.said = QLabel(objectName="muted")
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.notes)

    def show_table(self, table: Table | None, why_none: str = "") -> None:
        self.table.show(table)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.notes.setText("　".join(table.notes) if table is not None else "")
        self.notes.setVisible(bool(self.notes.text()))
        self.said.setText(why_none)
        self._stack.setCurrentIndex(0 if table is not None and table.rows else 1)
        if table is None:
            return
        self.view.horizontalHeader().setStretchLastSection(not table.numeric[-1])  # figures stay beside their row
        metrics = self.fontMetrics()
        for column, header in enumerate(table.headers):
            texts = (header, *(row[column].text for row in table.rows[:200]))
            width = max(metrics.horizontalAdvance(text) for text in texts) + 24
            self.view.setColumnWidth(column, max(64, min(_MOST_COLUMN, width)))

    def _on_chosen(self, index: QModelIndex) -> None:
        key = index.data(ObjectRole)
        if key:
            self.chosen.emit(str(key))


class ScatterPanel(Panel):
    """存量—增量 of the peer group in front."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.chart = ChartView(session.theme)
        _column(self).addWidget(scrolled(self.chart, 220), 1)

    def fill(self, shown: Shown) -> None:
        self.chart.show_chart(
            lambda width, height: figures.scatter_chart(shown.result, width, height, shown.districts),
            "方案里没有同时计水平分和改善分的指标，没有存量—增量图可画。",
        )


class CoursePanel(Panel):
    """The district's total over the years, and the course of the indicator that is looked at."""

    follows_indicator = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.total = ChartView(session.theme)
        self.indicator = ChartView(session.theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.total, 1)
        row.addWidget(self.indicator, 1)

    def fill(self, shown: Shown) -> None:
        district, file, period = shown.card.district, shown.file, shown.period

        def done(years: Any) -> None:
            self.total.show_chart(
                lambda width, height: figures.history_chart(years or (), district, width, height),
                "只有一个考核期有总分，还没有走势可画。",
            )

        self.total.show_chart(None, "正在计算各年总分……")
        self.later("正在计算各年总分", lambda: figures.history(file, district, period), done)
        indicator = shown.indicator or next((row.indicator for row in shown.card.rows), None)
        if indicator is not None:
            self.indicator.show_chart(
                lambda width, height: figures.indicator_chart(file, district, indicator, period, width, height),
                "这项指标的数值不足两年，还没有走势可画。",
            )


class MakeUpPanel(Panel):
    """Where the district's total comes from and where points were lost; and the way from last year's total."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.box = TableBox(session.theme, "失分构成")
        self.box.chosen.connect(self.indicator_chosen)
        self.chart = ChartView(session.theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.box, 4)
        row.addWidget(self.chart, 3)

    def fill(self, shown: Shown) -> None:
        self.box.show_table(figures.contribution(shown.card))
        district, file, period, result = shown.card.district, shown.file, shown.period, shown.result

        def done(chart: Any) -> None:
            self.chart.show_chart(chart, "上年没有同一方案的总分，没有变化可画。")

        self.chart.show_chart(None, "正在与上年比较……")
        self.later("正在与上年比较", lambda: figures.change_chart(file, period, result, district), done)

    def views(self) -> Sequence[QTableView]:
        return (self.box.view,)


class PairPanel(Panel):
    """The district beside another one, or beside its own of an earlier year."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.other = QComboBox()
        self.other.setAccessibleName("与谁比较")
        self.other.activated.connect(self._compare)
        self.title = QLabel()
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.other)
        row.addStretch(1)
        self.box = TableBox(session.theme, "两者对比")
        self.box.chosen.connect(self.indicator_chosen)
        column = _column(self)
        column.addLayout(row)
        column.addWidget(self.box, 1)

    def fill(self, shown: Shown) -> None:
        wanted = self.other.currentData()
        own = shown.card.district
        self.title.setText(f"{own} 与")
        self.other.clear()
        for name in [n for n in shown.districts if n != own] + [d.name for d in shown.result.districts]:
            if name != own and self.other.findData(name) < 0:
                self.other.addItem(name, name)
        last = shown.period.previous_year
        held = {p for p in shown.file.periods if p.kind == shown.period.kind and p < shown.period}
        for period in sorted(held | {last}, reverse=True):
            self.other.addItem(f"{own}{'上年' if period == last else period.title}", f"{_YEAR}{period}")
        self.other.setCurrentIndex(max(0, self.other.findData(wanted)))
        self._compare()

    def _compare(self, *_: Any) -> None:
        shown, name = self.shown, self.other.currentData()
        if shown is None:
            return
        own = name is None or name.startswith(_YEAR)
        district = shown.card.district if own else name
        period = Period.parse(name.removeprefix(_YEAR)) if name is not None and own else shown.period

        def work() -> Table:
            return figures.side_by_side(shown.card, shown.file.scorecard(period, district))

        def done(table: Any) -> None:
            self.box.show_table(table, f"{district}{period.title}没有可以比较的成绩。")

        self.later("正在比较", work, done)

    def views(self) -> Sequence[QTableView]:
        return (self.box.view,)


class TablePanel(Panel):
    """A table that is computed in the background, the same for every district."""

    def __init__(self, session: Session, title: str, work: Callable[[Shown], Table | None], none: str) -> None:
        super().__init__(session)
        self._title, self._work, self._none = title, work, none
        self._for: object = None
        self.box = TableBox(session.theme, title)
        self.box.chosen.connect(self.district_chosen)
        _column(self).addWidget(self.box, 1)

    def fill(self, shown: Shown) -> None:
        asked = shown.version, shown.period, shown.districts
        if asked == self._for:
            return
        self._for = asked
        self.box.show_table(None, "正在计算……")
        self.later(
            f"正在计算{self._title}",
            lambda: self._work(shown),
            lambda table: self.box.show_table(table, self._none),
            lambda why: self.box.show_table(None, why),
        )

    def views(self) -> Sequence[QTableView]:
        return (self.box.view,)


class PanelStack(QWidget):
    """The panels behind a bar of tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.stack = QStackedWidget()
        column = _column(self)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.panels: dict[str, Panel] = {}
        self.tabs.currentChanged.connect(self._on_tab)

    def add(self, title: str, panel: Panel) -> None:
        self.panels[title] = panel
        self.stack.addWidget(panel)
        self.tabs.addTab(title)

    def show_result(self, shown: Shown | None) -> None:
        for panel in self.panels.values():
            panel.show_result(shown)

    def bring(self, title: str) -> None:
        self.tabs.setCurrentIndex(list(self.panels).index(title))

    def offer(self, title: str, *, offered: bool) -> None:
        self.tabs.setTabVisible(list(self.panels).index(title), offered)

    @property
    def current(self) -> QWidget:
        return self.stack.currentWidget()

    def _on_tab(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        panel = self.current
        if isinstance(panel, Panel):
            panel.draw()


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
