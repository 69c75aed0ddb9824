"""The window: menus, the rail, the page in front, the inspector, and the bars that speak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ecoscore.model.period import Period
from ui.actions import dress_actions, fill_menus, make_actions, needing_file
from ui.guidance import Guidance
from ui.pages import PAGES, PageEntry
from ui.pages.page import Page
from ui.session import Session
from ui.steps import steps
from ui.theme import Colours
from ui.widgets.busy_bar import BusyBar
from ui.widgets.desk_frame import DeskFrame
from ui.widgets.inspector import InspectorFrame
from ui.widgets.message_bar import MessageBar
from ui.widgets.rail import Rail

_NAME = "绿色政绩考核"
_NARROW = 1080


class MainWindow(Guidance):
    """Shows one session. Pages come from a registry and are made on their first visit."""

    def __init__(self, session: Session, pages: Sequence[PageEntry] = PAGES) -> None:
        super().__init__()
        self.session = session
        self._entries = {entry.key: entry for entry in pages}
        self._made: dict[str, Page] = {}
        self._key = ""
        self._inspector_forced = False
        self._dressed: Colours | None = None
        self.setAcceptDrops(True)
        self.resize(1280, 720)
        self.setMinimumSize(800, 460)
        self._build(pages)
        self._build_menus()
        self._connect()
        self._on_file_changed()
        self.show_page(pages[0].key)
        if session.settings.geometry is not None:
            self.restoreGeometry(session.settings.geometry)

    # Building. ------------------------------------------------------------------------------------------------------

    def _build(self, pages: Sequence[PageEntry]) -> None:
        theme = self.session.theme
        self.rail = Rail(pages, theme)
        self.stack = QStackedWidget()
        self.busy_bar = BusyBar(self.session.tasks)
        self.message_bar = MessageBar(theme)
        self.inspector = InspectorFrame(theme)
        self.saved_label = QLabel("", objectName="muted")
        self.saved_label.setContentsMargins(8, 6, 16, 6)
        self.saved_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.saved_label.setMinimumWidth(400)  # a corner widget is not laid out again when its text grows
        self.menuBar().setCornerWidget(self.saved_label, Qt.Corner.TopRightCorner)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(0)
        self.middle.addWidget(self.stack, 1)
        self.middle.addWidget(self.busy_bar)
        self.middle.addWidget(self.message_bar)
        self.desk = DeskFrame(self.rail, self.middle)
        self.desk.add_side(self.inspector)
        self.setCentralWidget(self.desk)

    def _build_menus(self) -> None:
        self.actions_by_id = make_actions(self)
        undo = self.session.undo_stack.createUndoAction(self, "撤销")
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        redo = self.session.undo_stack.createRedoAction(self, "重做")
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        undo.triggered.connect(lambda: self._say_elsewhere("已撤销", self.session.undo_stack.redoText()))
        redo.triggered.connect(lambda: self._say_elsewhere("已重做", self.session.undo_stack.undoText()))
        self.actions_by_id.update(undo=undo, redo=redo)
        self.recent_menu = QMenu("最近的文件", self)
        page_menu = QMenu("页面", self)
        for entry in self._entries.values():
            action = page_menu.addAction(entry.title)
            action.setShortcut(QKeySequence(entry.shortcut))
            action.triggered.connect(lambda _=False, key=entry.key: self.show_page(key))
        theme_menu = QMenu("外观", self)
        group = QActionGroup(theme_menu)
        for choice in ("system", "light", "dark"):
            action = self.actions_by_id[f"theme_{choice}"]
            action.setChecked(self.session.theme.choice == choice)
            group.addAction(action)
            theme_menu.addAction(action)
        self.help_menu = QMenu("各页帮助", self)
        self.fill_help_menu(self.help_menu, tuple(self._entries.values()))
        submenus = {"recent": self.recent_menu, "pages": page_menu, "theme": theme_menu, "help_pages": self.help_menu}
        for menu in fill_menus(self, self.actions_by_id, submenus):
            menu.aboutToShow.connect(self._dress_menus)
        self.actions_by_id["inspector"].setChecked(self.session.settings.inspector_shown)
        self.actions_by_id["last_year"].setChecked(self.session.settings.last_year_shown)
        self._fill_recent()

    def _connect(self) -> None:
        session = self.session
        session.messages.window = self
        session.messages.posted.connect(self.message_bar.show_message)
        session.messages.cleared.connect(self.message_bar.clear)
        session.assessment_opened.connect(self._on_opened)
        session.assessment_closed.connect(self._on_file_changed)
        self._steps_pause = QTimer(self, singleShot=True, interval=0)
        self._steps_pause.timeout.connect(self._refresh_steps)
        session.values_changed.connect(lambda _: self._steps_pause.start())
        session.year.changed.connect(self._refresh_steps)
        session.result_ready.connect(self._refresh_steps)
        session.result_refused.connect(self._refresh_steps)
        session.period_changed.connect(self._on_period_changed)
        session.level_changed.connect(self._show_levels)
        session.values_changed.connect(lambda _: self._show_levels())  # districts may have come or gone
        session.saved.connect(self._on_saved)
        session.recent_changed.connect(self._fill_recent)
        self.rail.chosen.connect(self.show_page)
        self.rail.period_chosen.connect(session.set_period)
        self.rail.period_wanted.connect(self._ask_period)
        self.rail.level_chosen.connect(session.set_level)
        self.inspector.folded.connect(lambda: self._show_inspector(False))

    # Pages. ---------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._made[self._key]

    @property
    def page_key(self) -> str:
        return self._key

    def show_page(self, key: str, payload: Any = None) -> None:
        """Bring a page to the front, making it if this is the first visit, and hand it `payload`."""
        entry = self._entries[key]
        if entry.needs_file and self.session.assessment is None:
            key, payload = next(iter(self._entries)), None
            entry = self._entries[key]
        if key not in self._made:
            page = entry.load()(self.session)
            page.go.connect(self.show_page)
            page.inspector_changed.connect(self._on_inspector_changed)
            self._made[key] = page
            self.stack.addWidget(page)
        if self._key and self._key != key:
            self.page.left()
        self._key = key
        self.stack.setCurrentWidget(self.page)
        self.rail.show_page(key)
        self._on_inspector_changed()
        self.follow_help()
        self.page.entered()
        if payload is not None:
            self.page.receive(payload)

    def _on_inspector_changed(self) -> None:
        self.inspector.show_widget(self.page.inspector)
        self.arrange_sides()

    def arrange_sides(self) -> None:
        wanted = self._inspector_forced if self._is_narrow else self.session.settings.inspector_shown
        wanted = wanted and not self.help_shown  # help takes its place
        self.desk.set_floating(self._is_narrow)
        self.inspector.setVisible(wanted and self.page.inspector is not None)
        self.actions_by_id["inspector"].setChecked(wanted)

    @property
    def _is_narrow(self) -> bool:
        """So small a window that the table needs all of it: the inspector comes only when asked for."""
        return self.width() < _NARROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._key:
            self._on_inspector_changed()

    def on_inspector(self, shown: bool) -> None:
        self._show_inspector(shown)

    def on_next_pane(self) -> None:
        """Move the focus on: the rail, the page, the inspector or the help."""
        panes: list[QWidget] = [self.rail.buttons[self._key], self.page]
        panes += [self.page.inspector] if self.page.inspector is not None and self.inspector.isVisible() else []
        panes += [self.help] if self.help is not None and self.help_shown else []
        focus = QApplication.focusWidget()
        at = next((n for n, p in enumerate(panes) if focus is not None and (p is focus or p.isAncestorOf(focus))), -1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_inspector(self, shown: bool) -> None:
        if self._is_narrow:
            self._inspector_forced = shown
        else:
            self.session.settings.inspector_shown = shown
        if shown:
            self.close_help()
        self._on_inspector_changed()

    # What the session tells. ----------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._on_file_changed()
        file = self.session.assessment
        assert file is not None
        for finding in file.notices:
            self.session.messages.warn(finding.message, finding.advice)
        self.show_page("data" if self.session.period in file.periods else "import")

    def _on_file_changed(self) -> None:
        file = self.session.assessment
        self.setWindowTitle(f"{file.path.name} — {_NAME}" if file is not None else _NAME)
        self._show_saved("只读" if file is not None and file.read_only else "已保存")
        for name in needing_file():
            self.actions_by_id[name].setEnabled(file is not None)
        self.rail.show_period(self.session.period, self.session.periods, has_file=file is not None)
        self._show_levels()
        self._refresh_steps()
        if file is None and self._key and self._entries[self._key].needs_file:
            self.show_page(next(iter(self._entries)))

    def _on_period_changed(self, period: Period) -> None:
        has_file = self.session.assessment is not None
        self.rail.show_period(period, self.session.periods, has_file=has_file)
        self._refresh_steps()

    def _show_levels(self) -> None:
        self.rail.show_levels(self.session.levels, self.session.shown_level)

    def _refresh_steps(self) -> None:
        self.rail.show_steps(steps(self.session), has_file=self.session.assessment is not None)

    def _on_saved(self, time: dt.datetime) -> None:
        self._show_saved(f"已保存 {time:%H:%M}")

    def _show_saved(self, state: str) -> None:
        file = self.session.assessment
        if file is None:
            self.saved_label.clear()
            return
        name = self.fontMetrics().elidedText(file.path.name, Qt.TextElideMode.ElideMiddle, 250)
        self.saved_label.setText(f"{name}　{state}")
        self.saved_label.setToolTip(str(file.path))

    def _dress_menus(self) -> None:
        """Icons are drawn when a menu is first opened, and anew after the theme has changed."""
        if self._dressed is not self.session.theme.colours:
            self._dressed = self.session.theme.colours
            dress_actions(self.actions_by_id, self.session.theme)

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for entry in self.session.settings.recent:
            action = self.recent_menu.addAction(Path(entry.path).name)
            action.setStatusTip(entry.path)
            action.triggered.connect(lambda _=False, path=entry.path: self.session.open(Path(path)))
        self.recent_menu.setEnabled(bool(self.session.settings.recent))

    def _ask_period(self) -> None:
        text = self.session.messages.ask_text("考核期", "写作 2024、2024Q3 或 2024-07：", str(self.session.period))
        if text is None:
            return
        try:
            period = Period.parse(text)
        except ValueError as error:
            self.session.messages.error(str(error), "请重新选择考核期", key="period")
            return
        self.session.messages.clear("period")
        self.session.set_period(period)

    def _say_elsewhere(self, verb: str, what: str) -> None:
        """On a page that does not show values, undoing would otherwise go unseen."""
        if self._key != "data" and what:
            self.session.messages.info(f"{verb}：{what}。", key="undo")

    # Leaving. ------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self.session
        session.settings.geometry = self.saveGeometry()
        session.tasks.cancel_all()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        ended = session.tasks.drain()
        QApplication.restoreOverrideCursor()
        if not ended:
            session.messages.warn("还有工作没有停下，窗口暂不关闭。", "请稍候再试。")
            event.ignore()
            return
        session.close()
        event.accept()
