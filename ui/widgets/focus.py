"""Focus that is drawn only where the keyboard brought it, so that a click leaves no ring."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton

_BY_KEY = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}


class KeyFocusButton(QAbstractButton):
    """A self-drawn button that knows whether to show its focus ring."""

    _by_key = False

    @property
    def shows_focus(self) -> bool:
        return self.hasFocus() and self._by_key

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in _BY_KEY
        super().focusInEvent(event)
        self.update()
