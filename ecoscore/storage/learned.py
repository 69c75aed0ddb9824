"""What imports have taught a file: names that stand for indicators, layouts of sheets, and which files it has seen."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ecoscore.storage.schema import districts, journal, meta
from ecoscore.storage.store import Key, Store

NAME, LAYOUT = "import.name:", "import.layout:"
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_FEW = 200


def learned(store: Store, kind: str) -> dict[str, str]:
    """What is known of a kind (NAME or LAYOUT), by what it is known for."""
    found = store.read(select(meta.c.key, meta.c.value).where(meta.c.key.startswith(kind, autoescape=True)))
    return {str(key).removeprefix(kind): str(value) for key, value in found}


def learn(store: Store, kind: str, new: Mapping[str, str]) -> None:
    statement = upsert(meta)
    statement = statement.on_conflict_do_update(
        index_elements=list(meta.primary_key), set_={"value": statement.excluded["value"]}
    )
    store.write(statement, [{"key": kind + key, "value": value} for key, value in new.items()])


def forget(store: Store, kind: str, keys: Iterable[str]) -> None:
    """Know no more what was learned of these."""
    for key in keys:
        store.remove(delete(meta).where(meta.c.key == kind + key))


def put_aliases(store: Store, district: str, aliases: Sequence[str]) -> None:
    text = json.dumps(tuple(aliases), ensure_ascii=False)
    store.remove(update(districts).where(districts.c.name == district).values(aliases=text))


def files_seen(store: Store) -> dict[str, tuple[str, str]]:
    """The digests of all files imported and not taken back, each with the time and the user of its last import."""
    found: dict[str, tuple[str, str]] = {}
    actions = ("import", "undo_import", "redo_import")
    lines = store.read(
        select(journal.c.action, journal.c.time, journal.c.user, journal.c.source)
        .where(journal.c.action.in_(actions), journal.c.source.is_not(None))
        .order_by(journal.c.id)
    )
    for action, time, user, source in lines:
        digests = _DIGEST.findall(str(source))
        if action == "undo_import":
            for digest in digests:
                found.pop(digest, None)
        else:
            found.update(dict.fromkeys(digests, (str(time), str(user))))
    return found


def last_writers(store: Store, keys: Collection[Key]) -> dict[Key, tuple[str, str]]:
    """Who wrote last about each of these values, and when."""
    c = journal.c
    query = select(c.district, c.indicator, c.period, func.max(c.id), c.time, c.user).where(
        c.action.in_(("set_value", "clear_value"))
    )
    query = query.group_by(c.district, c.indicator, c.period)
    if len(keys) <= _FEW:
        query = query.where(c.indicator.in_({indicator for _, indicator, _ in keys}))
    return dict(_wanted(store.read(query), keys))


def _wanted(found: Iterable[Sequence[object]], keys: Collection[Key]) -> Iterable[tuple[Key, tuple[str, str]]]:
    wanted = {(district, indicator, str(period)): (district, indicator, period) for district, indicator, period in keys}
    for district, indicator, period, _, time, user in found:
        key = wanted.get((str(district), str(indicator), str(period)))
        if key is not None:
            yield key, (str(time), str(user))
