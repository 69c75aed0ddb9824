"""The chain of digests through the journal: each line's digest covers the line and the digest before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from ecoscore.model.journal import JournalEntry

START = "0" * 64
_spell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def chained(previous: str, entry: JournalEntry) -> str:
    """SHA-256 over the previous digest and the line's content in one fixed spelling."""
    content = _spell(
        [
            entry.id, entry.time, entry.user, entry.action, entry.subject, entry.district, entry.indicator,
            entry.period, entry.old, entry.new, entry.why, entry.source,
        ]
    )  # fmt: skip
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def first_break(entries: Iterable[JournalEntry]) -> JournalEntry | None:
    """The first line that no longer agrees with the chain, None if all do."""
    previous = START
    for number, entry in enumerate(entries, 1):
        if entry.id != number or entry.digest != chained(previous, entry):
            return entry
        previous = entry.digest
    return None
