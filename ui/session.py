"""The sitting at the desk: the open assessment, the period and cell looked at, the undo stack, the verbs on them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from ecoscore.errors import EcoScoreError, InputRefused
from ecoscore.model.district import Level, usual_level
from ecoscore.model.period import Period
from ui.messages import Messages
from ui.selection import Selection
from ui.settings import Recent, Settings
from ui.tasks import Cancelled, Progress, Task, TaskRunner
from ui.theme import Theme
from ui.year import YearWatch

if TYPE_CHECKING:  # the facade pulls in the database and pandas: imported when the first file is opened
    from ecoscore.assessment import Assessment
    from ecoscore.importing.plan import ImportOutcome
    from ecoscore.model.journal import Change
    from ecoscore.model.observation import Observation
    from ecoscore.model.result import Result
    from ecoscore.model.scheme import Scheme
    from ui.instance import FileMark

CellKey = tuple[str, str, Period]
ResultKey = tuple[int, Period, Level | None]  # version, period and level; None: the one that is usual in the file

_QUICK = 0.008
"""Scoring that takes less than this many seconds is done at once: going through another thread would take longer."""


class Session(QObject):
    """All pages share one session; it is the only thing they know of each other."""

    assessment_opened = Signal(object)  # Assessment; the period may be another one too
    closing = Signal()  # the file is still open: the last moment to keep what is not in it
    assessment_closed = Signal()
    values_changed = Signal(object)  # tuple[Change, ...]; empty when anything may have changed
    period_changed = Signal(object)  # Period
    level_changed = Signal()  # the districts of another level are scored and ranked
    selection_changed = Signal(object)  # Selection
    saved = Signal(object)  # datetime
    result_ready = Signal(object)  # Result of the current period, version and level
    result_refused = Signal(object)  # InputRefused: why there is none
    recent_changed = Signal()

    def __init__(self, settings: Settings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.theme = theme
        self.messages = Messages(self)
        self.tasks = TaskRunner(self.messages.failure, self)
        self.undo_stack = QUndoStack(self)
        self.year = YearWatch(self.tasks, self)
        self.assessment: Assessment | None = None
        self.period = Period(dt.datetime.now().astimezone().year - 1)
        self.selection = Selection()
        self._level: Level | None = None
        self._results: dict[ResultKey, Result | InputRefused] = {}
        self._scoring: set[ResultKey] = set()
        self._latest: tuple[Result, ResultKey] | None = None
        self._mark: FileMark | None = None
        self._answered: tuple[tuple[int, Period], int] | None = None
        self._took = 1.0  # seconds of the processor that scoring took the last time

    # Opening and closing. -------------------------------------------------------------------------------------------

    def open(self, path: Path) -> Task:
        """Open a file in the background; `assessment_opened` follows, or a message says why not.

        The file that is open already is opened anew: it may have been changed by another program.
        """

        def work(_progress: Progress, _cancelled: Cancelled) -> Assessment:
            from ecoscore.assessment import Assessment  # noqa: PLC0415

            return Assessment.open(path)

        return self._bring(f"正在打开 {path.name}", work)

    def create(self, path: Path, scheme: str | Path, districts: Path | None = None) -> Task:
        """Make a new file under a bundled scheme's id or a scheme file, with the districts a table names."""

        def work(_progress: Progress, _cancelled: Cancelled) -> Assessment:
            from ecoscore.assessment.new import create  # noqa: PLC0415

            return create(path, scheme, districts)

        return self._bring(f"正在新建 {path.name}", work)

    def create_year(self, last: Path, path: Path, period: Period) -> Task:
        """Make a new year's file from last year's, and open it at the new period."""

        def work(_progress: Progress, _cancelled: Cancelled) -> Assessment:
            from ecoscore.assessment import Assessment  # noqa: PLC0415
            from ecoscore.assessment.year import new_year  # noqa: PLC0415

            new_year(last, path, period)
            return Assessment.open(path)

        return self._bring(f"正在新建 {path.name}", work, period)

    def open_demo(self, folder: Path) -> Task:
        """Build the bundled example in `folder` if it is not there, and open it."""

        def work(progress: Progress, cancelled: Cancelled) -> Assessment:
            from ecoscore.assessment import Assessment  # noqa: PLC0415
            from ecoscore.assessment.new import DEMO_FILE, make_demo  # noqa: PLC0415

            path = folder / DEMO_FILE
            if not path.exists():  # what the user has tried out in an earlier example is not thrown away
                path = make_demo(folder, progress=progress, cancelled=cancelled).path
            return Assessment.open(path)

        return self._bring("正在准备示例", work)

    def close(self) -> bool:
        """Close the open file, if any. Work under way is asked to stop and waited for; False if it would not stop."""
        if self.assessment is None:
            return True
        self.tasks.cancel_all()
        if not self.tasks.drain():
            self.messages.warn("还有工作没有停下，文件暂不关闭。", "请稍候再试。")
            return False
        if self.assessment is None:  # closed meanwhile, by what was waited for
            return True
        self.closing.emit()
        self._remember()
        self.assessment.close()
        self.assessment = None
        if self._mark is not None:
            self._mark.release()
            self._mark = None
        self.undo_stack.clear()
        self._results.clear()
        self._scoring.clear()
        self._latest = self._answered = None  # another file may have the same version and period
        self._took = 1.0
        self.selection = Selection()
        self._level = None
        self.year.follow(None, self.period)
        self.assessment_closed.emit()
        return True

    def _bring(
        self, title: str, work: Callable[[Progress, Cancelled], Assessment], period: Period | None = None
    ) -> Task:
        def and_read(progress: Progress, cancelled: Cancelled) -> Assessment:
            file = work(progress, cancelled)
            for shown in file.periods[-1:]:  # what the grid shows first is read here, not in the window's time
                file.observations(shown)
                file.observations(shown.previous_year)
            return file

        return self.tasks.run(title, and_read, lambda file: self._adopt(file, period))

    def _adopt(self, assessment: Assessment, period: Period | None = None) -> None:
        if not self.close():
            assessment.close()
            return
        self.assessment = assessment
        if period is not None or assessment.periods:
            self.period = period or assessment.periods[-1]
        self._remember()
        self.messages.clear()
        self.year.follow(assessment, self.period)
        from ui.instance import FileMark  # noqa: PLC0415  knows the network, which no window needs to be painted

        self._mark = FileMark(assessment.path)
        self.assessment_opened.emit(assessment)
        if not self._mark.is_first:
            self.messages.warn(
                f"{assessment.path.name} 已在另一个窗口打开。",
                "两边的修改都会保存并互相看到；撤销只管本窗口的修改。建议关掉其中一个。",
            )

    def _remember(self) -> None:
        if self.assessment is None:
            return
        file = self.assessment
        known = self.known_result
        reported = sum(o.value is not None for o in file.observations(self.period).values())
        state = "已评分" if known is not None and not isinstance(known, InputRefused) else f"已报 {reported} 项"
        self.settings.remember(
            Recent(
                path=str(file.path),
                scheme=file.scheme.title,
                period=str(self.period),
                districts=len(file.districts),
                state=state,
                opened=dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
            )
        )
        self.recent_changed.emit()

    # Where one looks. -----------------------------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme | None:
        return self.assessment.scheme_of(self.period) if self.assessment is not None else None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that hold values, and the current one."""
        held = set(self.assessment.periods) if self.assessment is not None else set()
        return tuple(sorted(held | {self.period}))

    def set_period(self, period: Period) -> None:
        if period != self.period:
            self.period = period
            self.year.follow(self.assessment, period, self.level)
            self._recall()
            self.period_changed.emit(period)

    @property
    def levels(self) -> dict[Level, int]:
        """The levels one may choose from, with their numbers of districts; empty where there is no choice."""
        held = self.assessment.levels if self.assessment is not None else {}
        return held if len(held) > 1 else {}

    @property
    def level(self) -> Level | None:
        """Whose districts are scored: the level chosen for this file; None for the usual one. Asked for every cell."""
        return self._level

    @property
    def shown_level(self) -> Level | None:
        """The same by its name; None where all districts are of one level."""
        levels = self.levels
        return self._level or usual_level(levels) if levels else None

    def set_level(self, level: Level) -> None:
        """Score the districts of this level from now on, until the file is closed."""
        if level in self.levels and level is not self.shown_level:
            self._take_level(None if level is usual_level(self.levels) else level)

    def _take_level(self, level: Level | None) -> None:
        self._level = level
        self.year.follow(self.assessment, self.period, self.level)
        self._recall()
        self.level_changed.emit()

    def _recall(self) -> None:
        """What is known of the period and level looked at now is the latest of it."""
        known = self.known_result
        if known is not None and not isinstance(known, InputRefused):
            self._latest = known, self.key

    def select(self, district: str | None = None, indicator: str | None = None) -> None:
        selection = Selection(district, indicator)
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit(selection)

    # Editing: only `ui.commands` calls write. -----------------------------------------------------------------------

    def write(
        self, new: Sequence[Observation], cleared: Sequence[CellKey], why: str, *, restated: bool = False
    ) -> tuple[Change, ...]:
        """Put values into the file at once. Raises InputRefused or EnvironmentFailed; then nothing was written."""
        assert self.assessment is not None
        before = self.assessment.version
        changes = self.assessment.set_values(new, why=why, cleared=cleared, restated=restated)
        self._recount(before, changes)
        self.announce(changes)
        return changes

    def announce(self, changes: Sequence[Change] = ()) -> None:
        """Tell every view that the file has changed, and that it is saved."""
        self.year.touch()
        if self._level is not None and self._level not in self.levels:  # its last district has gone
            self._take_level(None)
        self.values_changed.emit(tuple(changes))
        self.saved.emit(dt.datetime.now().astimezone())

    @property
    def answered(self) -> int:
        """How many cells of the current period hold a value or are excused; counted once, then kept up."""
        assert self.assessment is not None
        key = (self.assessment.version, self.period)
        if self._answered is None or self._answered[0] != key:
            held = self.assessment.observations(self.period).values()
            owed = {q.id for q in self.assessment.scheme_of(self.period).owed}
            self._answered = key, sum(_is_answer(o) for o in held if o.indicator in owed)
        return self._answered[1]

    def _recount(self, before: int, changes: Sequence[Change]) -> None:
        if self.assessment is None or self._answered is None or self._answered[0][0] != before:
            return
        (_, period), count = self._answered
        owed = {q.id for q in self.assessment.scheme_of(period).owed}
        moved = [c for c in changes if c.period == period and c.indicator in owed]
        count += sum(_is_answer(c.new) - _is_answer(c.old) for c in moved)
        self._answered = (self.assessment.version, period), count

    def adopt_import(self, outcome: ImportOutcome) -> None:
        """A plan has been applied: make it one undo step (already done) and tell every view."""
        from ui.commands.imports import ImportFiles  # noqa: PLC0415

        if not outcome.record.is_empty:
            self.undo_stack.push(ImportFiles(self, outcome.record))
        self.announce(outcome.record.values_alone)

    # Scoring. -------------------------------------------------------------------------------------------------------

    def result(self) -> Result | None:
        """The current period's result if it is known; else None, and `result_ready` or `result_refused` follows."""
        if self.assessment is None:
            return None
        key = self.key
        known = self._results.get(key)
        if isinstance(known, InputRefused):
            self.result_refused.emit(known)
            return None
        if known is None and key not in self._scoring:
            self._score(key)
            at_once = self._results.get(key)
            return None if isinstance(at_once, InputRefused) else at_once
        return known

    @property
    def key(self) -> ResultKey:
        assert self.assessment is not None
        return self.assessment.version, self.period, self.level

    def _score(self, key: ResultKey) -> None:
        """At once where that takes a fraction of a frame, else in the background."""
        assert self.assessment is not None
        file, (_, period, level) = self.assessment, key
        self._scoring.add(key)

        def work(_progress: Progress, _cancelled: Cancelled) -> Result:
            start = time.thread_time()
            try:
                return file.score(period, level)
            finally:
                self._took = time.thread_time() - start

        def done(result: Any) -> None:
            self._scored(key, result)

        def failed(error: EcoScoreError) -> None:
            if isinstance(error, InputRefused):
                self._scored(key, error)
            else:
                self._scoring.discard(key)
                self.messages.failure(error)

        if self._took > _QUICK:
            self.tasks.run(f"正在评分（{period.title}）", work, done, failed)
            return
        try:
            result = work(lambda *_: None, lambda: False)
        except EcoScoreError as error:
            failed(error)
        else:
            done(result)

    @property
    def latest_result(self) -> Result | None:
        """The newest result of the current period and level, perhaps of the state before the last change."""
        if self._latest is None:
            return None
        result, (_, period, level) = self._latest  # asked for every cell: a period that is the same is not compared
        same = (period is self.period or period == self.period) and level is self._level
        return result if same else None

    @property
    def known_result(self) -> Result | InputRefused | None:
        """The outcome of scoring the current period and level, only if it is there already."""
        return None if self.assessment is None else self._results.get(self.key)

    def _scored(self, key: ResultKey, outcome: Result | InputRefused) -> None:
        self._scoring.discard(key)
        if self.assessment is None or key[0] != self.assessment.version:
            return
        self._results = {k: v for k, v in self._results.items() if k[0] == key[0]}
        self._results[key] = outcome
        if key != self.key:
            return
        if not isinstance(outcome, InputRefused):
            self._latest = outcome, key
        (self.result_refused if isinstance(outcome, InputRefused) else self.result_ready).emit(outcome)


def _is_answer(observation: Observation | None) -> bool:
    return observation is not None and bool(observation.status)  # MISSING is 0
