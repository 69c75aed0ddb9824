"""数据: the grid of districts × indicators, typed into like a spreadsheet; or one district over the years."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.models.cell_view import CellView
from ui.models.data_table import DataTable, Filter
from ui.models.roles import ObjectRole
from ui.models.value_table import ValueTable
from ui.models.years_table import YearsTable
from ui.pages.cell_verbs import REFUSED, CellVerbs
from ui.session import CellKey, Selection, Session
from ui.widgets.cell_inspector import CellInspector
from ui.widgets.filter_button import FilterButton
from ui.widgets.group_header import GroupHeader
from ui.widgets.live_score import Explained
from ui.widgets.value_grid import ValueGrid, ValueView


class DataPage(CellVerbs):
    title = "数据"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = DataTable(session, self)
        self.years = YearsTable(session, self)
        self.grid = ValueGrid(self.table, session.theme)
        self.years_grid = ValueGrid(self.years, session.theme)
        self.card = CellInspector(session)
        self.explained = Explained(session, self.card)
        self._card_pause = QTimer(self, singleShot=True, interval=0)  # told once, whatever an edit sets off
        self._card_pause.timeout.connect(self._show_card)
        self._build_header()
        self._stack = QStackedWidget()
        self._empty = self._build_empty()
        for widget in (self.grid, self.years_grid, self._empty):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        for model, view in ((self.table, self.grid.view), (self.years, self.years_grid.view)):
            self._connect_grid(model, view)
        session.assessment_opened.connect(self._refresh)
        session.assessment_closed.connect(self._refresh)
        session.period_changed.connect(self._refresh)
        session.level_changed.connect(self._refresh)
        session.values_changed.connect(self._on_values_changed)
        session.selection_changed.connect(self._on_selection_changed)
        session.result_ready.connect(self._on_outcome)
        session.result_refused.connect(self._on_outcome)
        self._frozen_to: str | None = None
        for header in (self.grid.view.header, self.grid.view.frozen.header):
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(partial(self._show_header_menu, header))
            header.sectionDoubleClicked.connect(self._on_header_double)
        self._refresh()

    def _build_header(self) -> None:
        self.find_field = QLineEdit(placeholderText="查找区县或指标", clearButtonEnabled=True)
        self.find_field.setMinimumWidth(96)
        self.find_field.setMaximumWidth(168)
        self.find_field.setAccessibleName("查找区县或指标")
        self.find_field.returnPressed.connect(self._find)
        self.add_header_widget(self.find_field)
        self.filter_button = FilterButton(self.session.theme)
        self.filter_button.chosen.connect(self._set_filter)
        self.add_header_widget(self.filter_button)
        self.district_box = QComboBox()
        self.district_box.setMinimumWidth(120)
        self.district_box.setAccessibleName("区县")
        self.district_box.currentTextChanged.connect(self._on_district_chosen)
        self.add_header_widget(self.district_box)
        self.switch: QPushButton = self.add_button("按区县看多年", "years")
        self.switch.setCheckable(True)
        self.switch.toggled.connect(self._on_switched)
        self.import_button = self.set_main_button("导入表格", "import")
        self.import_button.clicked.connect(lambda: self.go.emit("import", None))

    def _build_empty(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(24, 40, 24, 24)
        sentence = QLabel("这里是各区县的指标值。还没有区县：导入区县名单或区县报来的表格，名单会自动建立。")
        sentence.setWordWrap(True)
        button = QPushButton("导入表格")
        button.setProperty("main", True)
        button.clicked.connect(lambda: self.go.emit("import", None))
        layout.addWidget(sentence)
        layout.addSpacing(8)
        layout.addWidget(button)
        layout.addStretch(1)
        button.setMaximumWidth(160)
        return box

    def _connect_grid(self, model: ValueTable, view: ValueView) -> None:
        model.rejected.connect(self._on_rejected)
        model.accepted.connect(self._on_accepted)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        view.clear_wanted.connect(self.clear_selected)
        view.menu_wanted.connect(self.show_menu)

    # What is shown. -------------------------------------------------------------------------------------------------

    @property
    def model(self) -> ValueTable:
        return self.years if self.switch.isChecked() else self.table

    @property
    def view(self) -> ValueView:
        return self.years_grid.view if self.switch.isChecked() else self.grid.view

    def entered(self) -> None:
        if self.session.assessment is not None:
            self.session.result()
            self.view.setFocus()
            self._say_rejections()

    def left(self) -> None:
        self.session.messages.clear(REFUSED)
        self.session.messages.clear("find")

    def receive(self, payload: Any) -> None:
        if payload == "find":
            self.find_field.setFocus()
            self.find_field.selectAll()

    def _refresh(self) -> None:
        here = self.view.currentIndex()
        at = here.row(), here.column()
        self.table.refresh()
        if self.switch.isChecked():
            self.years.refresh()
        self._set_bands()
        self.filter_button.offer(self.session.scheme, self.table.filter)
        self._fill_districts()
        self._fit()
        self._choose_stack()
        self._show_counts()
        if self.model.rowCount() and self.model.columnCount():
            row, column = max(at[0], 0), max(at[1], 0)
            inside = row < self.model.rowCount() and column < self.model.columnCount()
            self.view.setCurrentIndex(self.model.index(row, column) if inside else self.model.index(0, 0))
        if self.isVisible() and self.session.assessment is not None:
            self.session.result()

    def _fit(self) -> None:
        shows = self.session.settings.last_year_shown
        any_value = any(self.table.reported(c)[0] for c in range(self.table.columnCount()))
        self.grid.view.delegate.shows_last_year = shows
        self.grid.view.delegate.hatches_missing = any_value
        self.years_grid.view.delegate.shows_last_year = False
        (self.years_grid if self.switch.isChecked() else self.grid).view.fit()

    def _choose_stack(self) -> None:
        file = self.session.assessment
        has_districts = file is not None and bool(file.districts)
        years = self.switch.isChecked()
        self._stack.setCurrentWidget(self._empty if not has_districts else (self.years_grid if years else self.grid))
        self.set_inspector(self.explained if has_districts else None)
        self.filter_button.setVisible(has_districts and not years)
        self.district_box.setVisible(has_districts and years)
        self.find_field.setVisible(has_districts)
        self.switch.setEnabled(has_districts)

    def _show_counts(self) -> None:
        if self.session.assessment is None:
            self.subheading.clear()
            return
        reported, due = self.table.reported_in_all()
        scheme = self.session.scheme
        districts, indicators = len(self.table.all_districts), len(scheme.indicators) if scheme is not None else 0
        open_points = f"，{due - reported} 项未报" if 0 < reported < due else ""
        if not districts:
            open_points = "，还没有区县"
        elif not reported:
            open_points = f"，{self.session.period.title}还没有数据：可直接录入，或导入表格"
        shown = ""
        if self.table.filter.is_on and not self.switch.isChecked():
            shown = f" · 筛选出 {self.table.rowCount()} 个区县 × {self.table.columnCount()} 项"
        self.subheading.setText(f"{districts} 个区县 × {indicators} 项指标{open_points}{shown}")

    def _fill_districts(self) -> None:
        names = [d.name for d in self.table.all_districts]
        self.district_box.blockSignals(True)
        self.district_box.clear()
        self.district_box.addItems(names)
        if self.years.district in names:
            self.district_box.setCurrentText(self.years.district)
        self.district_box.blockSignals(False)

    # Filtering and sorting. -----------------------------------------------------------------------------------------

    def _set_filter(self, wanted: Filter) -> None:
        here = self.current()
        self.table.set_filter(wanted)
        self._lay_out_anew(here)

    def _lay_out_anew(self, here: CellView | None) -> None:
        """Columns or rows are others: bands, widths and counts follow, and the current cell stays if it is still there."""
        self._set_bands()
        self._fit()
        place = self.table.place_of(here.key) if here is not None else None
        if place is None and self.table.rowCount() and self.table.columnCount():
            place = (0, 0)
        if place is not None:
            self.view.setCurrentIndex(self.table.index(*place))
        self._show_counts()

    def _set_bands(self) -> None:
        for header in (self.grid.view.header, self.grid.view.frozen.header):
            header.set_bands(self.table.groups())
        ids = [indicator.id for indicator in self.table.indicators]
        self.grid.view.freeze(ids.index(self._frozen_to) + 1 if self._frozen_to in ids else 0)

    def freeze_to(self, indicator: str | None) -> None:
        """Hold the columns up to an indicator's in place while the others scroll; None: no columns."""
        self._frozen_to = indicator
        self._set_bands()
        if indicator is not None and not self.grid.view.frozen.count:
            self.session.messages.warn("窗口太窄，冻结不下这么多列。", "请冻结靠左的列，或把窗口拉宽。", key="freeze")
        else:
            self.session.messages.clear("freeze")

    def add_to_menu(self, menu: QMenu) -> None:
        cell = self.current()
        if cell is not None and not self.switch.isChecked():
            menu.addSeparator()
            self._offer_freezing(menu, cell.indicator.id)

    def _offer_freezing(self, menu: QMenu, indicator: str) -> None:
        menu.addAction("冻结到这一列", lambda: self.freeze_to(indicator))
        menu.addAction("取消冻结", lambda: self.freeze_to(None)).setEnabled(self._frozen_to is not None)

    def _show_header_menu(self, header: GroupHeader, at: QPoint) -> None:
        column = header.logicalIndexAt(at)
        if not 0 <= column < len(self.table.indicators):
            return
        indicator = self.table.indicators[column].id
        menu = QMenu(self)
        menu.addAction("升序排列", lambda: self.sort(indicator, descending=False))
        menu.addAction("降序排列", lambda: self.sort(indicator, descending=True))
        menu.addAction("恢复文件里的顺序", lambda: self.sort(None)).setEnabled(self.table.order is not None)
        menu.addSeparator()
        self._offer_freezing(menu, indicator)
        menu.exec(header.mapToGlobal(at))
        menu.deleteLater()

    def sort(self, indicator: str | None, *, descending: bool = False) -> None:
        """Show the rows in another order; the file keeps its own."""
        here = self.current()
        self.table.sort_by(indicator, descending=descending)
        self._lay_out_anew(here)

    def _on_header_double(self, column: int) -> None:
        """Up, down, and back to the file's order."""
        indicator, order = self.table.indicators[column].id, self.table.order
        if order is None or order[0] != indicator:
            self.sort(indicator)
        elif not order[1]:
            self.sort(indicator, descending=True)
        else:
            self.sort(None)

    def _on_switched(self, on: bool) -> None:
        selection = self.session.selection  # before the other grid takes the focus and moves it
        if on:
            self.years.refresh()
        if on and selection.district is not None:
            self.district_box.setCurrentText(selection.district)
            self._on_district_chosen(selection.district)
        self._choose_stack()
        self._fit()
        period = self.session.period
        if selection.district is not None and selection.indicator is not None:
            place = self.model.place_of((selection.district, selection.indicator, period))
            if place is not None:
                self.view.setCurrentIndex(self.model.index(*place))
        self.view.setFocus()
        self._show_card()

    def _on_district_chosen(self, name: str) -> None:
        if name:
            self.years.set_district(name)
            self.years_grid.view.fit()

    # What changes. --------------------------------------------------------------------------------------------------

    def _on_values_changed(self, changes: tuple[Any, ...]) -> None:
        file = self.session.assessment
        if file is None:
            return
        if not changes or len(file.districts) != len(self.table.all_districts):
            self._refresh()
            return
        self.table.take_changes(changes)
        if self.switch.isChecked():
            self.years.take_changes(changes)
        self._show_counts()
        if self.isVisible():
            QTimer.singleShot(0, self.session.result)
        self._card_pause.start()  # after the score, where that is there at once: the card is written one time

    def _on_outcome(self, outcome: Any) -> None:
        self.table.set_findings(outcome.findings)
        self.years.set_findings(outcome.findings)
        self._card_pause.start()

    def _on_rejected(self, key: CellKey, reason: str) -> None:
        self.session.messages.error(reason, "", key=REFUSED)
        self._show_card()

    def _on_accepted(self, key: CellKey) -> None:
        self._say_rejections()
        self._card_pause.start()

    def _say_rejections(self) -> None:
        """What is refused stays said until the last such cell is cured."""
        if self.model.rejections:
            self.session.messages.error(next(reversed(self.model.rejections.values())).reason, key=REFUSED)
        else:
            self.session.messages.clear(REFUSED)

    # Where one is. --------------------------------------------------------------------------------------------------

    def current(self) -> CellView | None:
        index = self.view.currentIndex()
        return index.data(ObjectRole) if index.isValid() else None

    def _on_current_changed(self) -> None:
        cell = self.current()
        if cell is not None:
            self.session.select(cell.key[0], cell.key[1])
        self._show_card()

    def _on_selection_changed(self, selection: Selection) -> None:
        """Another page points at a cell: go there."""
        cell = self.current()
        if selection.district is None or (
            cell is not None and cell.key[:2] == (selection.district, selection.indicator)
        ):
            return
        indicator = selection.indicator or (self.table.indicators[0].id if self.table.indicators else "")
        key = (selection.district, indicator, self.session.period)
        place = self.table.place_of(key)
        if place is None and self.table.filter.is_on and not self.isVisible():
            self.filter_button.clear()
            place = self.table.place_of(key)
        if place is not None and not self.switch.isChecked():
            self.view.setCurrentIndex(self.table.index(*place))

    def _show_card(self) -> None:
        cell = self.current()
        if cell is not None and self.session.assessment is not None:
            self.card.explain(cell)

    def _find(self) -> None:
        wanted = self.find_field.text().strip()
        if not wanted:
            return
        here = self.current()
        if self.table.filter.is_on:  # what is looked for may be among what the filter hides
            self.filter_button.clear()
        row = next(
            (n for n, d in enumerate(self.table.districts) if wanted in (d.name, d.code) or wanted in d.name), None
        )
        column = next((n for n, i in enumerate(self.table.indicators) if any(wanted in name for name in i.names)), None)
        if row is None and column is None:
            self.session.messages.warn(f"没有名称含“{wanted}”的区县或指标。", "请换一个词再找。", key="find")
            return
        self.session.messages.clear("find")
        place = self.table.place_of(here.key) if here is not None else None
        at = place or (0, 0)
        self.switch.setChecked(False)
        self.view.setCurrentIndex(self.table.index(at[0] if row is None else row, at[1] if column is None else column))
        self.view.setFocus()
