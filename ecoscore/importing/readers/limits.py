"""How large a file may be before it is no longer a district's table but a mistake or an attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Generous for any real table, small enough that reading ends within seconds and bounded memory."""

    file_bytes: int = 60 << 20
    unpacked_bytes: int = 400 << 20
    ratio: int = 250
    parts: int = 3000
    sheets: int = 300
    cells: int = 2_000_000
    rows: int = 200_000
    columns: int = 500
    text: int = 60 << 20
    merges: int = 20_000
    archive_bytes: int = 200 << 20
    archive_members: int = 2000


LIMITS = Limits()
