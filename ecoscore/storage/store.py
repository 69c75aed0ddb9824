"""The open file: reads and writes model values through SQLAlchemy Core, each change in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    create_engine,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import SQLCompiler

from ecoscore.atomic import write_whole
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.journal import JournalEntry
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.storage import backup, rows
from ecoscore.storage.chain import START, chained
from ecoscore.storage.failure import damaged, explained
from ecoscore.storage.migrations import migrate
from ecoscore.storage.opening import HANDLES, assert_tables, inspect, open_connection
from ecoscore.storage.rows import Line
from ecoscore.storage.schema import (
    SCHEMA_VERSION,
    districts,
    events,
    journal,
    meta,
    observations,
    schemes,
    seals,
    targets,
    terms,
)  # fmt: skip

Key = tuple[str, str, Period]
_DIALECT = sqlite.dialect()
_DOUBLE = 200  # from how many keys on a whole period is read rather than key by key


def _putting(table: Table) -> Insert:
    """Insert, or replace what is there under the same key."""
    statement = upsert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.c if not c.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


_PUT_OBSERVATION, _PUT_TARGET, _PUT_META = map(_putting, (observations, targets, meta))
_PUT_ENTRY = insert(journal)


class Store:
    """One open file. Not thread-safe: its owner locks. Writing methods want an open `transaction()`."""

    def __init__(
        self, path: Path, raw: sqlite3.Connection, *, read_only: bool, notices: Sequence[Finding] = ()
    ) -> None:
        self.path, self.read_only, self.notices = path, read_only, tuple(notices)
        self._raw = raw
        # Driver and SQLAlchemy both leave transactions alone; `transaction()` says BEGIN and COMMIT itself.
        self._engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        self._sql = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    @classmethod
    def create(cls, path: Path, scheme: rows.SchemeText, found: Sequence[District], lines: Sequence[Line]) -> None:
        """Make a new file whole or not at all, with its scheme, its districts and the journal's first lines."""
        if path.exists():
            raise InputRefused(f"文件已存在，未覆盖：{path}", "请换一个文件名，或先把原文件移走")
        with write_whole(path) as temporary, explained(path):
            raw = sqlite3.connect(temporary, isolation_level=None)
            store = cls(path, raw, read_only=False)
            try:
                migrate(raw)
                with store.transaction():
                    store._many(insert(meta), [{"key": "created", "value": _now()}])
                    store.append(lines)
                    store.adopt_scheme(scheme)
                    store.add_districts(found)
            finally:
                store.close()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backups: Path | None = None, back_up: bool = True) -> Store:
        """Open a sound file of ours, backed up first and brought to this format; EnvironmentFailed otherwise."""
        header = inspect(path)
        raw, barred = open_connection(path, read_only=read_only)
        try:
            notices = []
            if barred and not read_only:
                notices.append(_read_only_notice(path))
            if not barred and back_up:
                notices += _backed_up(raw, path, backups)
            if header.version < SCHEMA_VERSION:
                raw = _migrated(raw, path, in_memory=barred)
            assert_tables(raw, path)
        except BaseException:
            raw.close()
            raise
        return cls(path, raw, read_only=barred, notices=notices)

    def close(self) -> None:
        self._sql.close()
        self._engine.dispose()
        self._raw.close()

    @property
    def data_version(self) -> int:
        """Changes when another program has written to the file."""
        with explained(self.path):
            return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is in the file at its end, or none of it."""
        if self.read_only:
            raise EnvironmentFailed(
                f"考核文件以只读方式打开，不能修改：{self.path}", "请把文件复制到可以写入的文件夹后再打开"
            )
        with HANDLES, explained(self.path):
            self._raw.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._raw.execute("COMMIT")
            finally:
                if self._raw.in_transaction:
                    self._raw.execute("ROLLBACK")

    # Reading. --------------------------------------------------------------------------------------------------

    def editions(self) -> tuple[rows.EditionText, ...]:
        """Every edition of the scheme ever adopted, in the order of adoption; there is always one."""
        found = tuple(map(rows.edition, self._all(select(*rows.EDITION).order_by(schemes.c.id))))
        if not found:
            raise damaged(self.path, "没有考核方案")
        return found

    def sealed(self) -> tuple[Period, ...]:
        """The periods whose results are sealed."""
        return tuple(sorted(Period.parse(text) for (text,) in self._all(select(seals.c.period))))

    def districts(self) -> tuple[District, ...]:
        return tuple(map(rows.district, self._all(select(*rows.DISTRICT).order_by(districts.c.position))))

    def periods(self) -> tuple[Period, ...]:
        found = self._all(select(observations.c.period).distinct())
        return tuple(sorted(Period.parse(text) for (text,) in found))

    def observations(self, period: Period) -> dict[tuple[str, str], Observation]:
        query = select(*rows.OBSERVATION).where(observations.c.period == str(period))
        return {(o.district, o.indicator): o for o in rows.observations_of(self._all(query))}

    def observations_at(self, keys: Iterable[Key]) -> dict[Key, Observation]:
        """The observations there are at some keys; a few are looked up, many are read period by period."""
        wanted = set(keys)
        found: dict[Key, Observation] = {}
        if len(wanted) > _DOUBLE:
            for period in {key[2] for key in wanted}:
                page = self.observations(period)
                found.update({(d, i, period): o for (d, i), o in page.items() if (d, i, period) in wanted})
            return found
        for district, indicator, period in wanted:
            query = select(*rows.OBSERVATION).where(
                observations.c.period == str(period),
                observations.c.district == district,
                observations.c.indicator == indicator,
            )
            for observation in rows.observations_of(self._all(query)):
                found[district, indicator, period] = observation
        return found

    def cells(self) -> Sequence[rows.Row]:
        """Every observation as a bare tuple (period, district, indicator, value, status, basis): for filling arrays."""
        c = observations.c
        return self._all(select(c.period, c.district, c.indicator, c.value, c.status, c.basis))

    def targets(self, period: Period | None = None) -> tuple[Target, ...]:
        query = select(*rows.TARGET)
        return tuple(map(rows.target, self._all(_of_period(query, targets.c.period, period))))

    def events(self, period: Period | None = None) -> tuple[Event, ...]:
        query = select(*rows.EVENT).order_by(*events.primary_key)
        return tuple(map(rows.event, self._all(_of_period(query, events.c.period, period))))

    def terms(self) -> tuple[Term, ...]:
        """Every term, by district in the file's order, then by time and post."""
        query = (
            select(*rows.TERM)
            .join(districts, districts.c.name == terms.c.district)
            .order_by(districts.c.position, terms.c.start, terms.c.post, terms.c.name)
        )
        return tuple(map(rows.term, self._all(query)))

    def journal(self, limit: int | None = None, about: Key | None = None) -> tuple[JournalEntry, ...]:
        """The journal, oldest first; with a limit its newest lines; `about` one value only."""
        query = select(*rows.ENTRY).order_by(journal.c.id.desc())
        if about is not None:
            district, indicator, period = about
            query = query.where(
                journal.c.district == district, journal.c.indicator == indicator, journal.c.period == str(period)
            )
        found = self._all(query if limit is None else query.limit(limit))
        return tuple(rows.entry(row) for row in reversed(found))

    def read(self, query: Select[Any]) -> Sequence[rows.Row]:
        """The answer to a query of another module of this room."""
        return self._all(query)

    def value_of(self, key: str) -> str | None:
        """A value of the table `meta`."""
        found = self._all(select(meta.c.value).where(meta.c.key == key))
        return str(found[0][0]) if found else None

    def pragma(self, name: str) -> list[tuple[object, ...]]:
        """The rows of one of SQLite's own checks."""
        with explained(self.path):
            return list(self._raw.execute(f"PRAGMA {name}"))

    def _all(self, query: Select[Any]) -> Sequence[rows.Row]:
        with HANDLES, explained(self.path):
            return self._sql.execute(query).all()

    # Writing. --------------------------------------------------------------------------------------------------

    def put_observations(self, new: Sequence[Observation]) -> None:
        self._many(_PUT_OBSERVATION, [rows.of_observation(o) for o in new])

    def clear_observations(self, keys: Iterable[Key]) -> None:
        self._assert_writing()
        for district, indicator, period in keys:
            c = observations.c
            self._sql.execute(
                delete(observations).where(
                    c.period == str(period), c.district == district, c.indicator == indicator
                )
            )  # fmt: skip

    def put_targets(self, new: Sequence[Target]) -> None:
        self._many(_PUT_TARGET, [rows.of_target(t) for t in new])

    def clear_targets(self, keys: Iterable[tuple[str | None, str, Period]]) -> None:
        self._assert_writing()
        c = targets.c
        for district, indicator, period in keys:
            held = rows.of_target(Target(district, indicator, period, 0.0))
            self._sql.execute(
                delete(targets).where(*(c[name] == held[name] for name in ("period", "district", "indicator")))
            )

    def add_districts(self, new: Sequence[District]) -> None:
        (start,) = self._all(select(func.coalesce(func.max(districts.c.position), 0)))[0]
        assert isinstance(start, int)
        self._many(insert(districts), [rows.of_district(d, start + n) for n, d in enumerate(new, 1)])

    def put_event(self, event: Event) -> None:
        self._many(insert(events), [rows.of_event(event)])

    def clear_event(self, event: Event) -> None:
        self._assert_writing()
        c = events.c
        self._sql.execute(
            delete(events).where(
                c.period == str(event.period), c.district == event.district,
                c.adjustment == event.adjustment, c.matter == event.matter,
            )
        )  # fmt: skip

    def put_terms(self, new: Sequence[Term]) -> None:
        self._many(insert(terms), [rows.of_term(t) for t in new])

    def clear_terms(self, gone: Iterable[Term]) -> None:
        self._assert_writing()
        c = terms.c
        for term in gone:
            self._sql.execute(
                delete(terms).where(
                    c.district == term.district, c.post == term.post, c.start == str(term.start), c.name == term.name
                )
            )

    def adopt_scheme(self, scheme: rows.SchemeText, since: Period | None = None) -> None:
        record = {
            "scheme": scheme.id, "edition": scheme.edition, "title": scheme.title, "yaml": scheme.yaml,
            "digest": scheme.digest, "adopted": _now(), "since": "" if since is None else str(since),
        }  # fmt: skip
        self._many(insert(schemes), [record])

    def append(self, lines: Sequence[Line]) -> None:
        """Journal lines in order, chained to those before them; the head is noted so that a cut tail shows."""
        start = int(self.value_of("journal_count") or 0)
        head = self.value_of("journal_head") or START
        time, user = _now(), rows.current_user()
        records: list[rows.Record] = []
        for number, line in enumerate(lines, start + 1):
            entry = line.entry(number, time, user)
            head = chained(head, entry)
            records.append(rows.of_entry(entry, head))
        self._many(_PUT_ENTRY, records)
        count = str(start + len(lines))
        self._many(_PUT_META, [{"key": "journal_count", "value": count}, {"key": "journal_head", "value": head}])

    def write(self, statement: ClauseElement, records: Sequence[Mapping[str, object]]) -> None:
        """Many records by a statement of another module of this room."""
        self._many(statement, records)

    def remove(self, statement: Delete | Update) -> None:
        self._assert_writing()
        self._sql.execute(statement)

    def _many(self, statement: ClauseElement, records: Sequence[Mapping[str, object]]) -> None:
        """One statement for many records, compiled once: SQLAlchemy's own way costs as much again as the writing."""
        self._assert_writing()
        if records:
            text, names = _compiled(statement, tuple(records[0]))
            self._raw.executemany(text, [tuple(record[name] for name in names) for record in records])

    def _assert_writing(self) -> None:
        if not self._raw.in_transaction:
            raise RuntimeError("writing outside a transaction")


@lru_cache(maxsize=32)
def _compiled(statement: ClauseElement, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The text and the order of its parameters; for the statements above it is asked again at every key press."""
    compiled = statement.compile(dialect=_DIALECT, column_keys=list(columns))
    assert isinstance(compiled, SQLCompiler)
    return compiled.string, tuple(compiled.positiontup or ())


def _of_period(query: Select[Any], column: ColumnElement[str], period: Period | None) -> Select[Any]:
    return query if period is None else query.where(column == str(period))


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _read_only_notice(path: Path) -> Finding:
    return Finding(
        Severity.WARNING,
        "read_only",
        f"考核文件或所在文件夹不可写，已以只读方式打开：{path}",
        "可以查看、评分和打印；要修改，请把文件复制到可以写入的文件夹",
        file=path.name,
    )


def _backed_up(raw: sqlite3.Connection, path: Path, root: Path | None) -> list[Finding]:
    """Back up; a home that cannot be written is a warning, not a reason to keep people from their work."""
    try:
        backup.back_up(raw, path, root)
    except (EnvironmentFailed, OSError) as error:
        return [
            Finding(
                Severity.WARNING,
                "no_backup",
                f"打开前未能备份：{error}",
                "可以继续工作；请检查备份文件夹的权限和磁盘空间，或用环境变量 ECOSCORE_BACKUPS 指定另一个文件夹",
                file=path.name,
            )
        ]
    return []


def _migrated(raw: sqlite3.Connection, path: Path, *, in_memory: bool) -> sqlite3.Connection:
    """Bring a file of an older version to this one; of a file that may not be written, a copy in memory."""
    with explained(path):
        if in_memory:
            copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            raw.backup(copy)
            raw.close()
            raw = copy
        migrate(raw)
    return raw
