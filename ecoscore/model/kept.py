"""What is worked out once from a frozen value, kept with it for as long as the value itself lives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Owner = TypeVar("Owner")
T = TypeVar("T")


def kept(owner: Owner, make: Callable[[Owner], T]) -> T:
    """`make(owner)`, made once. `owner` must be frozen (a copy with other fields starts with nothing kept) and not
    slotted; `make` may look at nothing else. Two threads may both make it; either outcome serves.
    """
    held = vars(owner)
    key = f"kept {make.__module__}.{make.__qualname__}"
    found: T | None = held.get(key)
    if found is None:
        found = held[key] = make(owner)
    return found
