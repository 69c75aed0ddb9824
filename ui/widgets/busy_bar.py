"""The bar that says what is being done, how many of how many, and offers 取消; it comes after 300 ms."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.tasks import Task, TaskRunner

_DELAY_MS = 300


class BusyBar(QFrame):
    """Follows the newest task that is not quiet."""

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busyBar")
        self._tasks = tasks
        self._task: Task | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(180, 6)
        self.cancel = QPushButton("取消")
        self.cancel.clicked.connect(self._on_cancel)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self.show)
        tasks.started.connect(self._follow)
        tasks.ended.connect(self._on_ended)
        self.hide()

    def _follow(self, task: Task) -> None:
        if task.quiet:
            return
        self._task = task
        self.text.setText(f"{task.title}……")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        task.progressed.connect(self._on_progress)
        if not self.isVisible():
            self._timer.start()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        if self._task is None or self.sender() is not self._task:
            return
        count = f"（{done}/{total}）" if total else ""
        self.text.setText(f"{what or self._task.title}{count}")
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.text.setText("正在取消……")
            self.cancel.setEnabled(False)

    def _on_ended(self, task: Task) -> None:
        rest = [t for t in self._tasks.running if not t.quiet]
        if not rest:
            self._task = None
            self._timer.stop()
            self.hide()
        elif task is self._task:
            self._task = None
            self._follow(rest[-1])
