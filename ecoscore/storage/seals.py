"""The seals of a file: rows read and written."""

from __future__ import annotations

import json

from sqlalchemy import delete, insert, select

from ecoscore.model.period import Period
from ecoscore.model.seal import Seal
from ecoscore.storage.rows import Row
from ecoscore.storage.schema import seals
from ecoscore.storage.store import Store

_COLUMNS = (
    seals.c.period, seals.c.scheme, seals.c.digest, seals.c.data, seals.c.time, seals.c.user, seals.c.districts,
    seals.c.folder, seals.c.papers,
)  # fmt: skip


def seals_of(store: Store) -> tuple[Seal, ...]:
    """Every seal, in order of time."""
    return tuple(sorted((_seal(row) for row in store.read(select(*_COLUMNS))), key=lambda s: s.period))


def put_seal(store: Store, seal: Seal) -> None:
    record = {
        "period": str(seal.period), "scheme": seal.edition, "digest": seal.digest, "data": seal.data,
        "time": seal.time, "user": seal.user, "districts": json.dumps(seal.districts, ensure_ascii=False),
        "folder": seal.folder, "papers": json.dumps(dict(seal.papers), ensure_ascii=False),
    }  # fmt: skip
    store.write(insert(seals), [record])


def break_seal(store: Store, period: Period) -> None:
    store.remove(delete(seals).where(seals.c.period == str(period)))


def _seal(row: Row) -> Seal:
    period, edition, digest, data, time, user, districts, folder, papers = row
    return Seal(
        Period.parse(period), edition, digest, data, time, user, tuple(json.loads(districts)), folder,
        json.loads(papers),
    )  # fmt: skip
