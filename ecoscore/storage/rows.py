"""Model values to and from the rows of the tables."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from ecoscore.model.adjustment import Event
from ecoscore.model.district import District, Level
from ecoscore.model.journal import JournalEntry
from ecoscore.model.observation import Observation, Status, Target
from ecoscore.model.period import Period
from ecoscore.model.term import Term
from ecoscore.storage.schema import districts, events, journal, observations, schemes, targets, terms

Row = Sequence[Any]
Record = dict[str, object]

_d, _o, _t, _e, _s, _m = districts.c, observations.c, targets.c, events.c, schemes.c, terms.c
DISTRICT = (_d.name, _d.code, _d.level, _d.parent, _d.peer_group, _d.aliases)
OBSERVATION = (
    _o.district, _o.indicator, _o.period, _o.value, _o.status, _o.basis, _o.raw, _o.source, _o.note,
)  # fmt: skip
TARGET = (_t.district, _t.indicator, _t.period, _t.value)
EVENT = (_e.district, _e.period, _e.adjustment, _e.matter, _e["count"], _e.document, _e.date, _e.office, _e.attachments)
TERM = (_m.district, _m.post, _m.start, _m.end, _m.name, _m.baseline)
EDITION = (_s.id, _s.since, _s.adopted, _s.scheme, _s.edition, _s.title, _s.yaml)
_ENTRY_FIELDS = tuple(field.name for field in fields(JournalEntry))
ENTRY = tuple(journal.c[name] for name in _ENTRY_FIELDS)


@dataclass(frozen=True, slots=True)
class SchemeText:
    """A scheme as a file keeps it: its YAML, and what names it."""

    id: str
    edition: str
    title: str
    yaml: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.yaml.encode()).hexdigest()

    @property
    def mark(self) -> str:
        """How the journal names it, so that a scheme changed behind the journal's back is seen."""
        return f"{self.title}（{self.id}，{self.edition}）sha256:{self.digest}"


@dataclass(frozen=True, slots=True)
class EditionText:
    """An edition as a file keeps it: in the order of adoption, from which period on (None: from the first), its text."""

    number: int
    since: Period | None
    adopted: str
    text: SchemeText


@dataclass(frozen=True, slots=True)
class Line:
    """A journal line to be: what its writer knows; the store adds number, time, user and digest."""

    action: str
    subject: str
    old: str | None = None
    new: str | None = None
    why: str = ""
    source: str | None = None
    district: str | None = None
    indicator: str | None = None
    period: str | None = None

    def entry(self, number: int, time: str, user: str) -> JournalEntry:
        return JournalEntry(
            number, time, user, self.action, self.subject, self.old, self.new, self.why, self.source,
            "", self.district, self.indicator, self.period,
        )  # fmt: skip


def district(row: Row) -> District:
    name, code, level, parent, peer_group, aliases = row
    return District(name, code, Level(level), parent, peer_group, tuple(json.loads(aliases)))


def of_district(d: District, position: int) -> Record:
    return {
        "name": d.name, "position": position, "code": d.code, "level": str(d.level), "parent": d.parent,
        "peer_group": d.peer_group, "aliases": json.dumps(d.aliases, ensure_ascii=False),
    }  # fmt: skip


def observations_of(rows: Iterable[Row]) -> Iterator[Observation]:
    parse = cache(Period.parse)  # a few periods, a great many rows
    for name, indicator, period, value, status, basis, raw, source, note in rows:
        yield Observation(name, indicator, parse(period), value, Status(status), basis, raw, source, note)


def of_observation(o: Observation) -> Record:
    return {
        "district": o.district, "indicator": o.indicator, "period": str(o.period), "value": o.value,
        "status": int(o.status), "basis": o.basis, "raw": o.raw, "source": o.source, "note": o.note,
    }  # fmt: skip


def target(row: Row) -> Target:
    name, indicator, period, value = row
    return Target(name or None, indicator, Period.parse(period), value)


def of_target(t: Target) -> Record:
    return {"district": t.district or "", "indicator": t.indicator, "period": str(t.period), "value": t.value}


def event(row: Row) -> Event:
    name, period, *rest = row
    return Event(name, Period.parse(period), *rest)


def of_event(e: Event) -> Record:
    return {
        "district": e.district, "period": str(e.period), "adjustment": e.adjustment, "matter": e.matter,
        "count": e.count, "document": e.document, "date": e.date, "office": e.office,
        "attachments": e.attachments,
    }  # fmt: skip


def edition(row: Row) -> EditionText:
    number, since, adopted, *text = row
    return EditionText(number, Period.parse(since) if since else None, adopted, SchemeText(*text))


def term(row: Row) -> Term:
    name, post, start, end, who, baseline = row
    return Term(name, post, Period.parse(start), _period(end), who, _period(baseline))


def of_term(t: Term) -> Record:
    return {
        "district": t.district, "post": t.post, "start": str(t.start), "name": t.name,
        "end": None if t.end is None else str(t.end), "baseline": None if t.baseline is None else str(t.baseline),
    }  # fmt: skip


def _period(text: str | None) -> Period | None:
    return None if text is None else Period.parse(text)


def entry(row: Row) -> JournalEntry:
    return JournalEntry(*row)


def of_entry(e: JournalEntry, digest: str) -> Record:
    return {name: getattr(e, name) for name in _ENTRY_FIELDS} | {"digest": digest}


def current_user() -> str:
    """Who the journal names: ECOSCORE_USER where an office sets it, else the name signed in with."""
    if named := os.environ.get("ECOSCORE_USER", "").strip():
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container user without a name
        return "未知用户"
