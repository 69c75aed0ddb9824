"""方案: the tree with its weights and the lists beside it, a form for what is selected, and what a change would do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ecoscore.schemes import compare_schemes
from ecoscore.schemes.draft import ROOT, NodeKind
from ecoscore.schemes.draft_check import DraftProblem
from ui.models.roles import ObjectRole
from ui.models.scheme_desk import SchemeDesk
from ui.models.scheme_problems import SchemeProblems
from ui.pages.page import TARGETS, Page
from ui.pages.scheme_files import SchemeFiles
from ui.session import Selection, Session
from ui.widgets.adopt_form import AdoptForm
from ui.widgets.compare_view import CompareView
from ui.widgets.effect_view import EffectView
from ui.widgets.roster_view import RosterView
from ui.widgets.rule_card import REVIEW, RuleCard
from ui.widgets.scheme_editor import SchemeEditor
from ui.widgets.scheme_form import SchemeForm
from ui.widgets.scheme_tables import problem_list
from ui.widgets.targets_view import TargetsView

_TABS: tuple[tuple[str, str], ...] = (
    ("indicator", "指标"), ("adjustment", "加减分"), ("grade", "等次"), ("settings", "规定"), ("input", "基础数据"),
    ("payment", "补偿"), ("targets", "区县目标"), ("roster", "区县与任期"), ("compare", "版本比较"),
)  # fmt: skip
_FORM_WIDTH = 372


class SchemePage(Page):
    title = "方案"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme = session.theme
        self.desk = SchemeDesk(session, self)
        self.files = SchemeFiles(self.desk, self)
        self._bursts = 0
        self.review = QLabel("请对照原文")
        self.review.setProperty("tone", "warning")
        self.review.setToolTip(REVIEW)
        self.add_header_widget(self.review)
        self.open_button = self.add_button("打开…", "open")
        self.open_button.setToolTip("从 YAML 或 Excel 打开一个方案，作为草稿")
        self.export_button = self.add_button("导出…", "export")
        self.discard_button = self.add_button("放弃改动")
        self.adopt_button = self.set_main_button("采用…", "check")
        self.off = QLabel(objectName="warning")
        self.off.setWordWrap(True)
        self.off.setContentsMargins(24, 6, 24, 6)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _, text in _TABS:
            self.tabs.addTab(text)
        self.editor = SchemeEditor(self.desk, theme)
        self.tree, self.view = self.editor.tree, self.editor.tree_view
        self.form = SchemeForm(theme)
        self.settings_form = SchemeForm(theme)
        self.card = RuleCard(theme)
        self.effect = EffectView(theme, "试算")
        self.targets = TargetsView(session)
        self.roster = RosterView(session)
        self.compare = CompareView(theme)
        self.adopt = AdoptForm(theme)
        self.problems = SchemeProblems(theme, self)
        self.problem_view = problem_list(self.problems)
        self.problem_view.clicked.connect(self._on_problem)
        self.problem_view.activated.connect(self._on_problem)
        self._build()
        self._connect()
        self.desk.load()
        self._refresh_all()

    # Building. -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        side = QWidget()
        self.side_tabs = QTabBar()
        self.side_tabs.setDrawBase(False)
        self.side_tabs.setExpanding(False)
        for text in ("编辑", "文字说明"):
            self.side_tabs.addTab(text)
        self._side = QStackedWidget()
        self._side.addWidget(self.form)
        self._side.addWidget(self.card)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.side_tabs)
        column.addWidget(self._side, 1)
        self._left = QStackedWidget()
        for widget in (self.editor, self.settings_form):
            self._left.addWidget(widget)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._rows.setChildrenCollapsible(False)
        self._rows.setHandleWidth(1)
        self._rows.addWidget(self._left)
        self._rows.addWidget(self.effect)
        self._rows.setSizes([420, 190])
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._rows)
        self._split.addWidget(side)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([840, _FORM_WIDTH])
        self._side_box = side
        side.setMinimumWidth(300)
        self.editor.setMinimumWidth(320)
        self._stack = QStackedWidget()
        for widget in (self._split, self.targets, self.roster, self.compare, self.adopt):
            self._stack.addWidget(widget)
        self.body.addWidget(self.off)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.problem_view)

    def _connect(self) -> None:
        session, desk = self.session, self.desk
        session.assessment_opened.connect(self._on_opened)
        session.assessment_closed.connect(self._on_opened)
        session.period_changed.connect(self._on_period)
        session.values_changed.connect(self._on_values)
        session.selection_changed.connect(self._on_selection)
        desk.loaded.connect(self._on_loaded)
        desk.changed.connect(self._on_changed)
        desk.recalled.connect(self._on_recalled)
        desk.checked_again.connect(self._on_checked)
        desk.effect_ready.connect(self._on_effect)
        self.editor.chosen.connect(self._show_node)
        self.tabs.currentChanged.connect(self._on_tab)
        self.side_tabs.currentChanged.connect(self._side.setCurrentIndex)
        for form in (self.form, self.settings_form):
            form.edited.connect(self._on_form)
            form.left.connect(self._end_burst)
        self.open_button.clicked.connect(self.files.open_scheme)
        self.export_button.clicked.connect(self.files.export)
        self.discard_button.clicked.connect(self.discard)
        self.adopt_button.clicked.connect(self._ask_adoption)
        self.adopt.given_up.connect(lambda: self._on_tab(self.tabs.currentIndex()))
        self.adopt.wanted.connect(self._adopt)
        self.compare.file_wanted.connect(lambda: self.files.read_other(self.compare.add))
        self.files.opened.connect(lambda: self.editor.refresh(fresh=True))
        self.files.adopted.connect(self._refresh_all)

    # What the session tells. -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        self.desk.load()
        self._refresh_all()

    def left(self) -> None:
        if self.desk.is_changed:
            self.session.messages.info("方案的改动还没有采用，留在方案页。", "采用后才按它计分。", key="scheme_draft")

    def receive(self, payload: Any) -> None:
        """The id of an indicator to show, or TARGETS."""
        if payload == TARGETS:
            self._go_to_tab("targets")
        else:
            self.select_indicator(str(payload))

    def _on_opened(self, *_: Any) -> None:
        self.desk.reset()
        self._refresh_all()

    def _on_period(self, *_: Any) -> None:
        self.desk.load()
        self.desk.score_again()
        self._refresh_all()

    def _on_values(self, *_: Any) -> None:
        if self.session.assessment is None:
            return
        self.desk.load()
        self.desk.score_again()
        if self.isVisible():
            self.targets.refresh()
            self.roster.refresh()
            self._show_curve()

    def _on_selection(self, selection: Selection) -> None:
        if selection.indicator is not None and not self.isVisible():
            self.select_indicator(selection.indicator)

    def select_indicator(self, indicator: str) -> None:
        node = self.desk.draft.indicator(indicator)
        if node is not None:
            self.tabs.setCurrentIndex(0)
            self.editor.select(node.key)

    # Showing. --------------------------------------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        return _TABS[self.tabs.currentIndex()][0]

    def _refresh_all(self) -> None:
        self._on_loaded()
        self._on_tab(self.tabs.currentIndex())

    def _on_loaded(self) -> None:
        scheme = self.desk.base
        self.review.setVisible(scheme is not None and scheme.review)
        edition = f"（{scheme.edition}）" if scheme is not None and scheme.edition else ""
        self.subheading.setText(f"{scheme.title}{edition}" if scheme is not None else "")
        self.editor.refresh(fresh=True)
        if self.editor.current_key() is None and scheme is not None and self.editor.kind == "indicator":
            first = self.tree.index(0, 0)
            self.view.setCurrentIndex(self.tree.index(0, 0, first) if self.tree.rowCount(first) else first)
        self._show_current()
        self._on_checked()
        self._on_effect()

    def _on_tab(self, number: int) -> None:
        key = _TABS[number][0]
        if key == "targets":
            self._stack.setCurrentWidget(self.targets)
            self.targets.refresh()
        elif key == "roster":
            self._stack.setCurrentWidget(self.roster)
            self.roster.refresh()
        elif key == "compare":
            self._stack.setCurrentWidget(self.compare)
            self._offer_comparison()
        else:
            self._stack.setCurrentWidget(self._split)
            self._left.setCurrentWidget(self.settings_form if key == "settings" else self.editor)
            self._side_box.setVisible(key != "settings")
            if key != "settings":
                self.editor.show_kind(key)  # type: ignore[arg-type]
            self._show_current()

    def _show_current(self) -> None:
        key = ROOT if self.tab == "settings" else self.editor.current_key()
        if key is not None:
            self._show_node(key)
        else:
            self._side_box.setVisible(False)

    def _show_node(self, key: int) -> None:
        node = self.desk.draft.find(key)
        if node is None or self.desk.base is None:
            return
        form = self.settings_form if key == ROOT else self.form
        path = " › ".join(n.label for n in self._above(key))
        form.show_node(self.desk.draft, node, path, enabled=not self.desk.why_off)
        form.show_problems(self.desk.checked.problems)
        if key != ROOT:
            self._side_box.setVisible(self.tab not in {"settings", "targets", "roster", "compare"})
            self._show_curve()

    def _above(self, key: int) -> list[Any]:
        found: list[Any] = []
        parent = self.desk.draft.parent_of(key)
        while parent is not None and parent.key != ROOT:
            found.insert(0, parent)
            parent = self.desk.draft.parent_of(parent.key)
        return found

    def _show_curve(self) -> None:
        """The curve in the form, and the same node in words."""
        node = self.form.node
        if node is None:
            return
        curve = self.desk.curve(node.key) if node.kind == "indicator" else None
        unit = str(node.values.get("unit") or "")
        self.form.show_curve(curve, node, "" if unit == "—" else unit)
        scheme, share = self.desk.scheme, self.tree.share_of(node.key)
        worded = scheme is not None and node.kind in {"group", "indicator"}
        self.side_tabs.setTabVisible(1, worded)
        if not worded:
            self.side_tabs.setCurrentIndex(0)
            return
        assert scheme is not None
        indicator = self.desk.indicator(node.key)
        if indicator is not None:
            self.card.show_indicator(scheme, indicator, share, curve, indicator.target)
        elif node.kind == "group":
            group = next((g for g in scheme.all_groups if g.id == node.values.get("id")), None)
            if group is not None:
                self.card.show_group(scheme, group, share)

    def _on_changed(self, _key: int) -> None:
        self.editor.refresh()
        self._show_current()
        self._dress_buttons()

    def _on_recalled(self, key: int) -> None:
        """What is undone or done again is brought before the user's eyes, or told where they look elsewhere."""
        self._go_to(key)
        if not self.isVisible():
            self.session.messages.info("方案的草稿撤销或重做了一步。", "在方案页可以看到。", key="undo")

    def _on_checked(self) -> None:
        self.problems.show(self.desk.checked.problems)
        rows = self.problems.rowCount()
        self.problem_view.setVisible(rows > 0)
        self.problem_view.setFixedHeight(min(rows, 4) * (self.fontMetrics().height() + 10) + 4)
        self.editor.refresh()
        for form in (self.form, self.settings_form):
            form.show_problems(self.desk.checked.problems)
        self._show_curve()
        self._dress_buttons()

    def _on_effect(self) -> None:
        changed = self.desk.is_changed
        self.effect.setVisible(changed)
        if changed:
            self.effect.title.setText(f"对{self.session.period.title}的影响")
            self.effect.show_effect(self.desk.effect, self.desk.refusal or "正在试算……")

    def _dress_buttons(self) -> None:
        desk = self.desk
        off = desk.why_off if desk.base is not None else ""
        self.off.setText(off)
        self.off.setVisible(bool(off))
        self.open_button.setEnabled(not off)
        self.export_button.setEnabled(desk.base is not None)
        self.discard_button.setVisible(desk.is_changed)
        self.adopt_button.setEnabled(desk.is_changed and not desk.checked.errors and not off)
        tip = "有错误，改正后才能采用" if desk.checked.errors else "还没有改动" if not desk.is_changed else ""
        self.adopt_button.setToolTip(off or tip)

    # Editing. --------------------------------------------------------------------------------------------------------

    def _on_form(self, key: int, path: str, value: Any) -> None:
        self.desk.edit(key, path, value, burst=(key, path, self._bursts))

    def _end_burst(self) -> None:
        self._bursts += 1

    def _on_problem(self, index: QModelIndex) -> None:
        problem = index.data(ObjectRole)
        if isinstance(problem, DraftProblem):
            self.go_to_problem(problem)

    def go_to_problem(self, problem: DraftProblem) -> None:
        """Lead to the field that has to be mended."""
        tabs = {"grades": "grade", "adjustments": "adjustment", "groups": "indicator", "compensation": "payment"}
        if problem.node == ROOT and problem.path in tabs:
            self._go_to_tab(tabs[problem.path])
            return
        self._go_to(problem.node)
        self.side_tabs.setCurrentIndex(0)
        (self.settings_form if problem.node == ROOT else self.form).focus_field(problem.path)

    def _go_to(self, key: int) -> None:
        node = self.desk.draft.find(key)
        if node is None:
            return
        kind: NodeKind = "indicator" if node.kind == "group" else node.kind
        self._go_to_tab(kind)
        self.editor.select(key)

    def _go_to_tab(self, key: str) -> None:
        at = [k for k, _ in _TABS].index(key)
        if self.tabs.currentIndex() != at:
            self.tabs.setCurrentIndex(at)
        elif self._stack.currentWidget() is self.adopt:
            self._on_tab(at)

    def discard(self) -> None:
        if self.desk.base_draft is not None:
            self.desk.apply(self.desk.base_draft, "放弃方案的改动", self.editor.current_key() or ROOT)

    # Adopting and comparing. -----------------------------------------------------------------------------------------

    def _ask_adoption(self) -> None:
        self.desk.read()
        scheme, base = self.desk.scheme, self.desk.base
        if scheme is None or base is None:
            return
        self.adopt.ask(base.edition, self.session.period, self.session.periods, compare_schemes(base, scheme))
        self._stack.setCurrentWidget(self.adopt)

    def _adopt(self, edition: str, since: str, why: str) -> None:
        refusal = self.files.adopt(edition, since, why)
        if refusal:
            self.adopt.refuse(refusal)

    def _offer_comparison(self) -> None:
        offered, current = self.files.editions()
        self.compare.offer(offered, old=current if len(offered) > current + 1 else max(0, current - 1))
