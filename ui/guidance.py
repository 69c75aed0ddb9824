"""What explains the window in the window: help beside the page, and the tour along the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from ui.pages import PageEntry
from ui.verbs import Verbs
from ui.widgets.desk_frame import DeskFrame
from ui.widgets.rail import Rail

if TYPE_CHECKING:  # both are made when they are first asked for
    from ui.widgets.help_panel import HelpPanel
    from ui.widgets.tour_strip import TourStrip

_TYPED_INTO = ("QLineEdit", "QPlainTextEdit", "QComboBox", "QAbstractSpinBox")


class Guidance(Verbs):
    """A third of the window: F1, the help menu and the tour."""

    rail: Rail
    desk: DeskFrame
    middle: QVBoxLayout
    page_key: str
    help: HelpPanel | None = None
    tour: TourStrip | None = None
    _before_help: QWidget | None = None

    def arrange_sides(self) -> None:
        raise NotImplementedError

    @property
    def help_shown(self) -> bool:
        return self.help is not None and self.help.isVisibleTo(self)

    def on_help(self) -> None:
        """F1: this page's help, or away with it if it is there already."""
        if self.help is not None and self.help_shown and self.help.key == self.page_key:
            self.close_help()
        else:
            self.show_help(self.page_key)

    def on_help_rules(self) -> None:
        self.show_help("rules")

    def on_keys(self) -> None:
        self.show_help("keys")

    def show_help(self, key: str) -> None:
        """Open the help at a topic. The focus goes there, but not out of a field that is being typed into."""
        if self.help is None:
            from ui.widgets.help_panel import HelpPanel  # noqa: PLC0415

            self.help = HelpPanel(self.session.theme)
            self.help.hide()
            self.help.closed.connect(self.close_help)
            self.desk.add_side(self.help)
        focus = QApplication.focusWidget()
        if not self.help_shown:
            self._before_help = focus
        self.help.show_topic(key)
        self.help.setVisible(True)
        self.arrange_sides()
        if focus is None or not any(focus.inherits(kind) for kind in _TYPED_INTO):
            self.help.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow_help(self) -> None:
        """Another page is in front: its help, if help is being read."""
        if self.help is not None and self.help_shown:
            self.help.show_topic(self.page_key)

    def close_help(self) -> None:
        """Put the help away; the focus goes back to where it was."""
        if self.help is None or not self.help_shown:
            return
        focus = QApplication.focusWidget()
        inside = focus is not None and self.help.isAncestorOf(focus)
        self.help.hide()
        self.arrange_sides()
        before, self._before_help = self._before_help, None
        if inside:
            (before if before is not None and before.isVisible() else self.page).setFocus()

    def fill_help_menu(self, menu: QMenu, pages: tuple[PageEntry, ...]) -> None:
        """One entry a page."""
        for entry in pages:
            action: QAction = menu.addAction(entry.title)
            action.triggered.connect(lambda _=False, key=entry.key: self.show_help(key))

    # The tour. ------------------------------------------------------------------------------------------------------

    def on_tour(self) -> None:
        """Walk the rail; from the menu, or once at the very first start."""
        if self.tour is None:
            from ui.widgets.tour_strip import TourStrip  # noqa: PLC0415

            self.tour = TourStrip()
            self.tour.pointed.connect(self._on_pointed)
            self.middle.insertWidget(1, self.tour)
        self.session.settings.tour_seen = True
        self.tour.start()

    def greet(self) -> None:
        """At the first start of all: the tour, which nobody has to take."""
        if not self.session.settings.tour_seen:
            self.on_tour()

    def _on_pointed(self, key: str) -> None:
        self.rail.point_at(key)
        if not key:
            self.page.setFocus()
