"""An open file: what it holds, remembered until it changes, read by one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from ecoscore.assessment.editions import Editions, SchemeEdition
from ecoscore.errors import InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District, Level
from ecoscore.model.finding import Finding
from ecoscore.model.journal import JournalEntry
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme
from ecoscore.model.term import Term
from ecoscore.storage import Line, Store, audit, dataset_of

if TYPE_CHECKING:  # numpy's and pandas' users are imported by the methods that need them: opening is quick
    from ecoscore.model.dataset import Dataset
    from ecoscore.model.result import Result


class AssessmentFile:
    """The reading half of `Assessment`, and what both halves stand on: the lock, the store, what is remembered.

    Everything remembered is thrown away when the file changes, by us or by another program.
    """

    def __init__(self, store: Store) -> None:
        self.path, self.read_only, self.notices = store.path, store.read_only, store.notices
        self._store = store
        self._lock = threading.RLock()
        self._version, self._seen = 1, store.data_version
        self._pages: dict[Period, dict[tuple[str, str], Observation]] = {}
        self._dataset: Dataset | None = None
        self._districts: dict[str, District] | None = None
        self._periods: tuple[Period, ...] | None = None
        self._results: dict[tuple[Period, Level | None], Result | InputRefused] = {}
        self._editions = Editions(store.editions(), store.path.name)
        _ = self._editions.newest  # a scheme that cannot be read is told at the opening

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backups: Path | None = None) -> Self:
        """Open a file, backed up and brought to this version's format first; EnvironmentFailed where it cannot be.

        Asked for `read_only`, nothing at all is written, no backup either.
        """
        store = Store.open(path, read_only=read_only, backups=backups)
        try:
            return cls(store)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        with self._lock:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Reading. --------------------------------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme:
        """The newest edition: that of the periods to come."""
        return self._editions.newest

    def scheme_of(self, period: Period) -> Scheme:
        """The edition a period is scored by."""
        with self._reading():
            return self._editions.of(period)

    @property
    def editions(self) -> tuple[SchemeEdition, ...]:
        """Every edition ever adopted, by the period it holds from."""
        with self._reading():
            return tuple(self._editions)

    @property
    def districts(self) -> tuple[District, ...]:
        """In the order in which they were added."""
        return tuple(self._known_districts().values())

    @property
    def periods(self) -> tuple[Period, ...]:
        """Those that hold values, in order of time."""
        with self._reading():
            if self._periods is None:
                self._periods = self._store.periods()
            return self._periods

    @property
    def version(self) -> int:
        """A number that grows with every accepted change, so that whoever shows the file knows when to look again."""
        with self._reading():
            return self._version

    def dataset(self) -> Dataset:
        """All periods as arrays, with a column for whatever any edition of the scheme speaks of."""
        with self._reading():
            if self._dataset is None:
                asked = tuple(self._editions.reported_by_id)
                self._dataset = dataset_of(self._store.cells(), self._store.targets(), self.districts, asked)
            return self._dataset

    def observation(self, district: str, indicator: str, period: Period) -> Observation | None:
        return self.observations(period).get((district, indicator))

    def observations(self, period: Period) -> Mapping[tuple[str, str], Observation]:
        """What is held for one period, by district and indicator; it does not change under the reader's eyes."""
        with self._reading():
            if period not in self._pages:
                self._pages[period] = self._store.observations(period)
            return MappingProxyType(self._pages[period])

    def events(self, period: Period | None = None) -> tuple[Event, ...]:
        with self._reading():
            return self._store.events(period)

    def targets(self, period: Period | None = None) -> tuple[Target, ...]:
        with self._reading():
            return self._store.targets(period)

    def terms(self, district: str | None = None) -> tuple[Term, ...]:
        """The terms of leading cadres, by district and time; of one district only if asked."""
        with self._reading():
            return tuple(t for t in self._store.terms() if district in {None, t.district})

    def journal(
        self, limit: int | None = None, about: tuple[str, str, Period] | None = None
    ) -> tuple[JournalEntry, ...]:
        """Who changed what, oldest first; with a limit, the newest lines; `about` one value (district, indicator,
        period) only.
        """
        with self._reading():
            return self._store.journal(limit, about)

    def check(self) -> tuple[Finding, ...]:
        """What is wrong with the file, its journal, or the agreement of both; nothing where all is well."""
        with self._reading():
            return audit(self._store)

    # Inside. ---------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Alone with the file, and aware of what another program has written to it."""
        with self._lock:
            seen = self._store.data_version
            if seen != self._seen:
                self._seen = seen
                self._version += 1
                self._forget()
                self._editions = self._editions.reread(self._store.editions())
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            try:
                with self._store.transaction(), self._reading():
                    yield
            except BaseException:
                self._forget()  # what was remembered inside has been rolled back
                raise

    def _forget(self) -> None:
        self._pages, self._results = {}, {}
        self._dataset = self._districts = self._periods = None

    def _known_districts(self) -> dict[str, District]:
        with self._reading():
            if self._districts is None:
                self._districts = {d.name: d for d in self._store.districts()}
            return self._districts

    def _journal(self, lines: Sequence[Line]) -> None:
        if lines:
            self._store.append(lines)
            self._version += 1
            self._forget()
