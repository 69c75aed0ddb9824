"""A file of an older format is backed up, then brought to this one wholly or not at all."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import create_engine, inspect

from ecoscore.storage import Store, backups, migrations, opening
from ecoscore.storage import store as store_module
from ecoscore.storage.migrations import MIGRATIONS, migrate
from ecoscore.storage.schema import APPLICATION_ID, SCHEMA_VERSION, metadata
from tests.storage.conftest import fingerprint


def _one_on(connection):
    connection.execute("ALTER TABLE districts ADD COLUMN population REAL")


def _two_on(connection):
    connection.execute("UPDATE districts SET population = 1.5 WHERE name = '甲区'")


def _broken_two_on(connection):
    connection.execute("UPDATE districts SET population = 9 WHERE name = '甲区'")
    connection.execute("SELECT * FROM no_such_table")


@pytest.fixture
def newer_program(monkeypatch):
    """The program as it may be two formats on; files made before are old ones to it."""

    def become(*steps):
        chain = (*MIGRATIONS, *steps)
        monkeypatch.setattr(migrations, "MIGRATIONS", chain)
        monkeypatch.setattr(store_module, "migrate", lambda raw: migrate(raw, chain))
        for module in (opening, store_module):
            monkeypatch.setattr(module, "SCHEMA_VERSION", len(chain))

    return become


def test_one_step_per_version():
    assert len(MIGRATIONS) == SCHEMA_VERSION


def test_the_chain_builds_what_the_tables_say():
    raw = sqlite3.connect(":memory:", isolation_level=None)
    assert migrate(raw) == 0
    engine = create_engine("sqlite://", creator=lambda: raw)
    found = inspect(engine)
    assert set(found.get_table_names()) == set(metadata.tables)
    for name, table in metadata.tables.items():
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(name)}
        wanted = {c.name: (str(c.type), bool(c.nullable)) for c in table.columns}
        plain = [c for c in table.columns if not c.primary_key]
        assert {n: t for n, (t, _) in columns.items()} == {n: t for n, (t, _) in wanted.items()}, name
        assert all(columns[c.name][1] == wanted[c.name][1] for c in plain), name
        assert found.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key], name
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_migrating_again_does_nothing():
    raw = sqlite3.connect(":memory:", isolation_level=None)
    migrate(raw)
    assert migrate(raw) == SCHEMA_VERSION


def test_an_old_file_is_backed_up_and_brought_up_to_date(path, newer_program):
    newer_program(_one_on, _two_on)
    store = Store.open(path)
    assert store.pragma("user_version") == [(SCHEMA_VERSION + 2,)]
    assert store._raw.execute("SELECT population FROM districts ORDER BY position").fetchall() == [(1.5,), (None,)]
    store.close()
    (kept,) = backups(path)
    assert sqlite3.connect(kept).execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_an_old_file_read_only_is_brought_up_in_memory_alone(path, newer_program):
    newer_program(_one_on, _two_on)
    before = fingerprint(path)
    store = Store.open(path, read_only=True)
    assert store.pragma("user_version") == [(SCHEMA_VERSION + 2,)]
    assert len(store.districts()) == 2
    store.close()
    assert fingerprint(path) == before


def test_a_step_that_fails_leaves_the_old_file_whole(path, newer_program):
    newer_program(_one_on, _broken_two_on)
    before = fingerprint(path)
    with pytest.raises(sqlite3.OperationalError, match="no_such_table"):
        Store.open(path)
    assert fingerprint(path) == before
