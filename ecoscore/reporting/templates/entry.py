"""One field that a template may hold: its name, what it means, an example, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ecoscore.reporting.templates.syntax import key_of
from ecoscore.reporting.templates.value import Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """`read` takes the value out of what the field is about; `aliases` are other names for the same."""

    name: str
    meaning: str
    example: str
    read: Callable[[T], Value]
    aliases: tuple[str, ...] = ()


def by_key(entries: Iterable[Entry[T]]) -> dict[str, Entry[T]]:
    """Entries by every name they may be called."""
    return {key_of(name): entry for entry in entries for name in (entry.name, *entry.aliases)}
