"""How large a file may be before it is no longer a district's table but a mistake or an attack."""

from __future__ import annotations


class Limits:
    """Generous for any real table, small enough that reading ends within seconds and bounded memory."""

    def __init__(
        self,
        *,
        file_bytes: int = 60 << 20,
        unpacked_bytes: int = 400 << 20,
        ratio: int = 250,
        parts: int = 3000,
        sheets: int = 300,
        cells: int = 2_000_000,
        rows: int = 200_000,
        columns: int = 500,
        text: int = 60 << 20,
        merges: int = 20_000,
        archive_bytes: int = 200 << 20,
        archive_members: int = 2000,
    ) -> None:
        self.file_bytes, self.unpacked_bytes, self.ratio, self.parts = file_bytes, unpacked_bytes, ratio, parts
        self.sheets, self.cells, self.rows, self.columns = sheets, cells, rows, columns
        self.text, self.merges = text, merges
        self.archive_bytes, self.archive_members = archive_bytes, archive_members


LIMITS = Limits()
