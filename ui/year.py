"""The state of the year's work: what is open, which forms went out and came back, what is sealed; kept up in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ecoscore.model.period import Period
from ui.tasks import Cancelled, Progress, TaskRunner

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment
    from ecoscore.assessment.forms import FormState
    from ecoscore.assessment.review import Review
    from ecoscore.model.district import Level
    from ecoscore.model.seal import Seal

_PAUSE_MS = 350


@dataclass(frozen=True, slots=True)
class YearState:
    """What one look at the file found, for one period and version."""

    version: int
    period: Period
    review: Review
    forms: tuple[FormState, ...]
    seal: Seal | None

    @property
    def issued(self) -> int:
        return sum(bool(f.issued) for f in self.forms)

    @property
    def returned(self) -> int:
        return sum(f.is_returned for f in self.forms)


class YearWatch(QObject):
    """`changed` when a new state is there. It looks again a moment after the last change, or at once when asked."""

    changed = Signal()

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._file: Assessment | None = None
        self._period = Period(2000)
        self._level: Level | None = None
        self.state: YearState | None = None
        self._asked: tuple[int, Period, Level | None, int] | None = None
        self._notes = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)

    def follow(self, file: Assessment | None, period: Period, level: Level | None = None) -> None:
        """Another file, period or level; what was known is forgotten if it is of another."""
        if file is not self._file or (period, level) != (self._period, self._level):
            self.state = None
        self._file, self._period, self._level = file, period, level
        if file is None:
            self._pause.stop()
            self._asked = None
        else:
            self._pause.start()
        self.changed.emit()

    def touch(self) -> None:
        """Values have changed: look again once it is quiet."""
        if self._file is not None:
            self._pause.start()

    def noted(self) -> None:
        """Something that is no value has changed, such as a form sent or a doubt accepted: look again now."""
        self._notes += 1
        self.ask()

    def ask(self) -> None:
        """Look at the file in the background, unless what is known is of this very state."""
        file, period, level = self._file, self._period, self._level
        self._pause.stop()
        if file is None:
            return
        key = (file.version, period, level, self._notes)
        if self._asked == key:
            return
        self._asked = key

        def work(_progress: Progress, _cancelled: Cancelled) -> YearState:
            from ecoscore.assessment.forms import form_states  # noqa: PLC0415
            from ecoscore.assessment.review import review  # noqa: PLC0415

            open_points = review(file, period, level)
            return YearState(key[0], period, open_points, form_states(file, period), file.seal_of(period))

        def done(state: YearState) -> None:
            if self._asked == key and file is self._file:
                self.state = state
                self.changed.emit()

        self._tasks.run("", work, done, quiet=True, owner=self)
