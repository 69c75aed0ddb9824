"""The journal searched: who, what, when, about which district and indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from ecoscore.model.journal import JournalEntry
from ecoscore.storage import rows
from ecoscore.storage.schema import journal
from ecoscore.storage.store import Store


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """What is wanted of the journal; whatever is left empty does not narrow it. `since` and `until` are days (ISO),
    both counted in; `words` are looked for in subject, old, new, why and source.
    """

    district: str = ""
    indicator: str = ""
    period: str = ""
    user: str = ""
    actions: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""


def search(store: Store, query: JournalQuery, limit: int | None = None) -> tuple[tuple[JournalEntry, ...], int]:
    """The lines that answer, newest first and at most `limit`, and how many there are in all."""
    conditions = _conditions(query)
    found = store.read(select(*rows.ENTRY).where(*conditions).order_by(journal.c.id.desc()).limit(limit))
    count: Select[Any] = select(func.count()).select_from(journal).where(*conditions)
    return tuple(map(rows.entry, found)), len(found) if limit is None else int(store.read(count)[0][0])


def users_and_actions(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whoever has written to the journal, and every kind of line in it."""
    users = store.read(select(journal.c.user).distinct().order_by(journal.c.user))
    actions = store.read(select(journal.c.action).distinct().order_by(journal.c.action))
    return tuple(str(user) for (user,) in users), tuple(str(action) for (action,) in actions)


def _conditions(query: JournalQuery) -> list[ColumnElement[bool]]:
    c = journal.c
    found: list[ColumnElement[bool]] = [
        column == wanted
        for column, wanted in (
            (c.district, query.district), (c.indicator, query.indicator), (c.period, query.period),
            (c.user, query.user),
        )
        if wanted
    ]  # fmt: skip
    if query.actions:
        found.append(c.action.in_(query.actions))
    if query.since:
        found.append(c.time >= query.since)
    if query.until:
        found.append(func.substr(c.time, 1, 10) <= query.until)
    told = (c.subject, c.old, c.new, c.why, c.source)
    found += [or_(*(column.contains(word, autoescape=True) for column in told)) for word in query.words.split()]
    return found
