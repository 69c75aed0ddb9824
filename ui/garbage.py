"""Collects Python's cyclic garbage on the window's own thread only.

The collector runs in whatever thread happens to allocate, and would there destroy widgets that lie in cycles: Qt allows
that on the thread they belong to and crashes on any other.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_PAUSE = 500  # ms between looks: a look costs nothing, a collection of the young a millisecond


class GarbageTimer(QObject):
    """Turns the automatic collector off and does its work, by its own thresholds, from the event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_PAUSE)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation that is due; gives which, None if none was."""
        due = [
            n
            for n, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > threshold > 0
        ]
        if not due:
            return None
        gc.collect(due[-1])
        return due[-1]
