"""Work in the background: a plain function on a thread pool, its outcome delivered on the GUI thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from ecoscore.errors import EcoScoreError

_RELEASE = 50  # ms
Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: BaseException | None = None


class Task(QObject):
    """One piece of work under way. Its signals fire on the GUI thread.

    `returned` comes when the work is over, before its callbacks; `finished` last, whatever happened.
    """

    progressed = Signal(int, int, str)
    finished = Signal(object)
    returned = Signal(object)
    _reported = Signal(object)

    def __init__(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[EcoScoreError], None],
        cancelled: Callable[[], None] | None,
        *,
        quiet: bool,
        owner: QObject | None,
    ) -> None:
        super().__init__()
        self._owner = owner
        self.title = title
        self.quiet = quiet
        self._work, self._done, self._failed, self._was_cancelled = work, done, failed, cancelled
        self._stop = threading.Event()
        self._heeded = False
        self.let_go = threading.Event()  # the pool's thread holds it no longer
        # Queued by name: the emitter is a pool thread, and callbacks touch widgets.
        self._reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next look at `cancelled`."""
        self._stop.set()

    def execute(self) -> None:
        """Run the work; called on a pool thread."""
        try:
            outcome = _Outcome(value=self._work(self.progressed.emit, self._asked))
        except BaseException as error:  # noqa: BLE001  carried to the GUI thread, where bugs are raised again
            outcome = _Outcome(error=error)
        self._reported.emit(outcome)

    def _asked(self) -> bool:
        stop = self._stop.is_set()
        self._heeded = self._heeded or stop
        return stop

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        self.returned.emit(self)
        try:
            if self._owner is not None and not isValid(self._owner):
                return  # who asked is gone
            if self._heeded:
                if self._was_cancelled:
                    self._was_cancelled()
            elif isinstance(outcome.error, EcoScoreError):
                self._failed(outcome.error)
            elif outcome.error is not None:
                sys.excepthook(type(outcome.error), outcome.error, outcome.error.__traceback__)
            else:
                self._done(outcome.value)
        finally:
            self.finished.emit(self)


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task: Task | None = task

    def run(self) -> None:
        task, self._task = self._task, None
        assert task is not None
        let_go = task.let_go
        task.execute()
        del task
        let_go.set()


class TaskRunner(QObject):
    """Starts tasks and knows which are under way. `failed` receives errors that no caller claimed."""

    started = Signal(object)
    ended = Signal(object)

    def __init__(self, failed: Callable[[EcoScoreError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: list[Task] = []
        self._held: list[Task] = []

    @property
    def running(self) -> tuple[Task, ...]:
        return tuple(self._running)

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None] = lambda _: None,
        failed: Callable[[EcoScoreError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        *,
        quiet: bool = False,
        owner: QObject | None = None,
    ) -> Task:
        """Run `work(progress, cancelled)` in the background, then `done(value)` here.

        `title` is what the busy bar shows ("正在导入…"); a `quiet` task shows none. An EcoScoreError goes to `failed`,
        by default the message bar; anything else is a bug and reaches the crash dialog. When `owner` has been deleted
        meanwhile, nothing is delivered.
        """
        task = Task(title, work, done, failed or self._failed, cancelled, quiet=quiet, owner=owner)
        self._running.append(task)
        self._held.append(task)
        task.returned.connect(self._running.remove)
        task.finished.connect(self.ended)
        task.finished.connect(self._release)
        self.started.emit(task)
        self._pool.start(_Runnable(task))
        return task

    def _release(self, *_: object) -> None:
        """Let tasks go that are over, once the pool's thread has: whoever lets go last destroys the task, and with its
        callbacks perhaps widgets, which must be here.
        """
        self._held = [t for t in self._held if t in self._running or not t.let_go.is_set()]
        if len(self._held) > len(self._running):
            QTimer.singleShot(_RELEASE, self, self._release)

    def cancel_all(self) -> None:
        for task in self._running:
            task.cancel()

    def drain(self, timeout_ms: int = 30_000) -> bool:
        """Wait until every task has ended and its outcome is delivered; the window stays painted meanwhile."""
        deadline = QDeadlineTimer(timeout_ms)
        loop = QEventLoop()
        self.ended.connect(loop.quit)
        while self._running and not deadline.hasExpired():
            QTimer.singleShot(max(1, min(100, deadline.remainingTime())), loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.ended.disconnect(loop.quit)
        return not self._running
