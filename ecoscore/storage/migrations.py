"""The steps that bring a file from one format version to the next, each frozen on the day it shipped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from ecoscore.storage.schema import APPLICATION_ID

Migration = Callable[[sqlite3.Connection], None]

_VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE schemes (
    id INTEGER PRIMARY KEY, scheme TEXT NOT NULL, edition TEXT NOT NULL, title TEXT NOT NULL,
    yaml TEXT NOT NULL, digest TEXT NOT NULL, adopted TEXT NOT NULL);
CREATE TABLE districts (
    name TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, code TEXT, level TEXT NOT NULL, parent TEXT,
    peer_group TEXT, aliases TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE observations (
    period TEXT NOT NULL, district TEXT NOT NULL REFERENCES districts (name) ON UPDATE CASCADE,
    indicator TEXT NOT NULL, value FLOAT, status INTEGER NOT NULL, basis TEXT, raw TEXT, source TEXT, note TEXT,
    PRIMARY KEY (period, district, indicator), CHECK ((status = 1) = (value IS NOT NULL))) WITHOUT ROWID;
CREATE TABLE targets (
    period TEXT NOT NULL, district TEXT NOT NULL, indicator TEXT NOT NULL, value FLOAT NOT NULL,
    PRIMARY KEY (period, district, indicator)) WITHOUT ROWID;
CREATE TABLE events (
    period TEXT NOT NULL, district TEXT NOT NULL REFERENCES districts (name) ON UPDATE CASCADE,
    adjustment TEXT NOT NULL, matter TEXT NOT NULL, count INTEGER NOT NULL, document TEXT NOT NULL,
    date TEXT NOT NULL, office TEXT NOT NULL,
    PRIMARY KEY (period, district, adjustment, matter)) WITHOUT ROWID;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, time TEXT NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    old TEXT, new TEXT, why TEXT NOT NULL, source TEXT, digest TEXT NOT NULL,
    district TEXT, indicator TEXT, period TEXT);
CREATE TABLE seals (
    period TEXT NOT NULL PRIMARY KEY, scheme INTEGER NOT NULL REFERENCES schemes (id), digest TEXT NOT NULL,
    time TEXT NOT NULL, user TEXT NOT NULL) WITHOUT ROWID;
CREATE TRIGGER journal_keeps_lines BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_all BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
"""


def to_version_1(connection: sqlite3.Connection) -> None:
    """The first format, from nothing."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _statements(_VERSION_1):
        connection.execute(statement)


_VERSION_2 = """
ALTER TABLE schemes ADD COLUMN since TEXT NOT NULL DEFAULT '';
CREATE TABLE terms (
    district TEXT NOT NULL REFERENCES districts (name) ON UPDATE CASCADE, post TEXT NOT NULL, start TEXT NOT NULL,
    name TEXT NOT NULL, "end" TEXT, baseline TEXT,
    PRIMARY KEY (district, post, start, name)) WITHOUT ROWID
"""


def to_version_2(connection: sqlite3.Connection) -> None:
    """Editions of the scheme, each from a period on, and the terms of leading cadres."""
    for statement in _statements(_VERSION_2):
        connection.execute(statement)


_VERSION_3 = """
ALTER TABLE seals ADD COLUMN data TEXT NOT NULL DEFAULT '';
ALTER TABLE seals ADD COLUMN districts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE seals ADD COLUMN folder TEXT NOT NULL DEFAULT '';
ALTER TABLE seals ADD COLUMN papers TEXT NOT NULL DEFAULT '{}';
CREATE INDEX journal_about ON journal (district, indicator, period);
CREATE INDEX journal_action ON journal (action)
"""


def to_version_3(connection: sqlite3.Connection) -> None:
    """What a seal fixes, and the journal quick to ask about one value or one kind of line."""
    for statement in _statements(_VERSION_3):
        connection.execute(statement)


def to_version_4(connection: sqlite3.Connection) -> None:
    """What an event's proofs are called."""
    connection.execute("ALTER TABLE events ADD COLUMN attachments TEXT NOT NULL DEFAULT ''")


# The n-th brings version n-1 to version n.
MIGRATIONS: Sequence[Migration] = (to_version_1, to_version_2, to_version_3, to_version_4)


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Apply what is missing in one transaction, so that a file is wholly old or wholly new; gives the old version."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found >= len(migrations):
        return int(found)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in migrations[found:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return int(found)


def _statements(script: str) -> list[str]:
    """One by one, because `executescript` would commit the transaction around them."""
    found, pending = [], ""
    for piece in script.split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
