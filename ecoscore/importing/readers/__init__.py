"""Readers of the kinds of file that districts send: each gives a Book of cells and judges nothing."""

from __future__ import annotations

from pathlib import Path

from ecoscore.importing.readers.book import Book
from ecoscore.importing.readers.kind import kind_of
from ecoscore.importing.readers.limits import LIMITS, Limits


def read_book(path: Path, limits: Limits = LIMITS) -> Book:
    """Read a file of whatever kind in this very process; InputRefused with a sentence where it cannot be."""
    kind, archive = kind_of(path, limits)
    # Each reader is loaded only for its own kind: the reading process starts for every import.
    if kind == "xlsx":
        from ecoscore.importing.readers.xlsx import read_xlsx  # noqa: PLC0415

        return read_xlsx(path, limits, archive)
    if kind == "xls":
        from ecoscore.importing.readers.xls import read_xls  # noqa: PLC0415

        return read_xls(path, limits)
    if kind == "ods":
        from ecoscore.importing.readers.ods import read_ods  # noqa: PLC0415

        return read_ods(path, limits, archive)
    from ecoscore.importing.readers.delimited import read_delimited  # noqa: PLC0415

    return read_delimited(path, limits)
