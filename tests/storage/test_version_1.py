"""A file of format 1, as the program of that day left it, is brought to this format with all that it held."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from ecoscore.assessment import Assessment
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.storage import Store, audit, backups
from ecoscore.storage.schema import SCHEMA_VERSION
from tests.storage.conftest import fingerprint

KEPT = Path(__file__).parent / "data" / "version-1.ecos.gz"
P23, P24 = Period(2023), Period(2024)


@pytest.fixture
def old(folder):
    path = folder / "旧 文件.ecos"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    return path


def version_of(path):
    raw = sqlite3.connect(path)
    try:
        return raw.execute("PRAGMA user_version").fetchone()[0]
    finally:
        raw.close()


def test_it_is_one(old):
    assert version_of(old) == 1


def test_everything_in_it_is_there_after_and_its_journal_still_chains(old):
    store = Store.open(old)
    assert version_of(old) == SCHEMA_VERSION
    (edition,) = store.editions()
    assert (edition.since, edition.text.id, edition.text.edition) == (None, "small", "2023")
    assert [(d.name, d.peer_group, d.aliases) for d in store.districts()] == [
        ("甲区", "城区", ("老甲县",)),
        ("乙县", "城区", ()),
    ]
    assert store.observations(P24)["甲区", "pm25"] == Observation("甲区", "pm25", P24, 40.0, source="手工")
    assert store.observations(P24)["乙县", "days"] == Observation(
        "乙县", "days", P24, None, Status.NOT_APPLICABLE, note="无监测点"
    )
    assert store.targets() == (Target(None, "pm25", P24, 35.0),)
    assert [e.matter for e in store.events()] == ["省级园林城区"]
    assert store.terms() == ()
    assert len(store.journal()) == 14
    assert {e.user for e in store.journal()} == {"考核办"}
    assert audit(store) == ()
    store.close()


def test_it_is_backed_up_as_it_was(old):
    content = old.read_bytes()
    Store.open(old).close()
    (kept,) = backups(old)
    assert version_of(kept) == 1
    assert sqlite3.connect(kept).execute("SELECT count(*) FROM journal").fetchone() == (14,)
    assert old.read_bytes() != content


def test_read_only_it_is_left_alone_and_scores_as_it_did(old):
    before = fingerprint(old)
    with Assessment.open(old, read_only=True) as file:
        assert file.score(P23).layers.total.tolist() == [31.0, 50.0]
        assert file.score(P24).layers.total.tolist() == [52.0, 75.0]
        assert file.terms() == ()
    assert fingerprint(old) == before


def test_what_is_new_can_be_done_in_it(old):
    with Assessment.open(old) as file:
        file.add_term(Term("甲区", "区委书记", Period.parse("2023-07")))
        file.set_values([Observation("甲区", "pm25", P24, 39.0)])
    with Assessment.open(old) as again:
        assert [t.post for t in again.terms("甲区")] == ["区委书记"]
        assert again.check() == ()
