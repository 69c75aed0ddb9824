"""What the person looks at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What the person looks at: a district's name, an indicator's id, both, or neither."""

    district: str | None = None
    indicator: str | None = None
