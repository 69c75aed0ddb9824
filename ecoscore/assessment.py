"""One open assessment file, the only door through which windows and commands read, change, score and print it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.finding import Finding
from ecoscore.model.journal import Change, JournalEntry
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme

if TYPE_CHECKING:
    from ecoscore.importing.plan import ImportOutcome, ImportPlan
    from ecoscore.model.dataset import Dataset
    from ecoscore.model.result import Result
    from ecoscore.reporting.view import RankingView, ScorecardView, WorkingPaperView

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class Assessment:
    """One open `.ecos` file. Every accepted change is in the file, with its journal lines, when a method returns.

    Methods may be called from any thread, one at a time. `version` grows with every change (another program's too);
    `notices` are findings about the opening itself: read-only, or a backup that could not be made.
    """

    path: Path
    read_only: bool
    notices: tuple[Finding, ...]

    @classmethod
    def create(cls, path: Path, scheme: Scheme, districts: Sequence[District] = ()) -> Assessment:
        """Make a new file; InputRefused if there is one already."""
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backups: Path | None = None) -> Assessment:
        """Open a file, backing it up and bringing it to this version's format first; EnvironmentFailed otherwise."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def scheme(self) -> Scheme:
        raise NotImplementedError

    @property
    def districts(self) -> tuple[District, ...]:
        raise NotImplementedError

    @property
    def periods(self) -> tuple[Period, ...]:
        raise NotImplementedError

    @property
    def version(self) -> int:
        raise NotImplementedError

    def dataset(self) -> Dataset:
        raise NotImplementedError

    def observation(self, district: str, indicator: str, period: Period) -> Observation | None:
        raise NotImplementedError

    def observations(self, period: Period) -> Mapping[tuple[str, str], Observation]:
        raise NotImplementedError

    def events(self, period: Period | None = None) -> tuple[Event, ...]:
        raise NotImplementedError

    def targets(self, period: Period | None = None) -> tuple[Target, ...]:
        raise NotImplementedError

    def set_values(
        self, new: Sequence[Observation], why: str = "", cleared: Sequence[tuple[str, str, Period]] = ()
    ) -> tuple[Change, ...]:
        raise NotImplementedError

    def set_targets(self, targets: Sequence[Target], why: str = "") -> None:
        raise NotImplementedError

    def add_districts(self, districts: Sequence[District], why: str = "") -> None:
        raise NotImplementedError

    def record_event(self, event: Event, why: str = "") -> None:
        raise NotImplementedError

    def remove_event(self, event: Event, why: str = "") -> None:
        raise NotImplementedError

    def plan_import(
        self,
        sources: Sequence[Path],
        *,
        period: Period | None = None,
        add_districts: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportPlan:
        raise NotImplementedError

    def apply_import(self, plan: ImportPlan, *, skip_errors: bool = False, why: str = "") -> ImportOutcome:
        raise NotImplementedError

    def score(self, period: Period) -> Result:
        raise NotImplementedError

    def scorecard(self, period: Period, district: str) -> ScorecardView:
        raise NotImplementedError

    def ranking(self, period: Period) -> RankingView:
        raise NotImplementedError

    def working_paper(self, period: Period, district: str) -> WorkingPaperView:
        raise NotImplementedError

    def write_forms(self, period: Period, folder: Path, districts: Sequence[str] | None = None) -> list[Path]:
        raise NotImplementedError

    def report(
        self,
        period: Period,
        folder: Path,
        *,
        formats: Sequence[str] = ("pdf", "xlsx"),
        districts: Sequence[str] | None = None,
        papers: Sequence[str] | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Path]:
        raise NotImplementedError

    def journal(self, limit: int | None = None) -> tuple[JournalEntry, ...]:
        raise NotImplementedError

    def check(self) -> tuple[Finding, ...]:
        raise NotImplementedError
