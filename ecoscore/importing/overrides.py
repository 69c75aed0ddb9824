"""Applies what the user said of a sheet's layout to what the reader made of it, and knows the layout of its kind again."""

from __future__ import annotations

import hashlib
import re

from ecoscore.importing import hints
from ecoscore.importing.columns import Column, Table
from ecoscore.importing.context import Knowledge
from ecoscore.importing.hints import LayoutHint, parted
from ecoscore.importing.names import Match, name_key
from ecoscore.importing.readers.book import Sheet
from ecoscore.importing.words import Field

_FIELDS = {
    hints.DISTRICTS: Field.DISTRICT,
    hints.INDICATORS: Field.INDICATOR,
    hints.PERIODS: Field.PERIOD,
    hints.UNITS: Field.UNIT,
    hints.NOTES: Field.NOTE,
    hints.VALUES: Field.VALUE,
    hints.TARGETS: Field.TARGET,
    hints.IGNORED: Field.OTHER,
}
_SINGLE = {Field.DISTRICT, Field.INDICATOR, Field.PERIOD}
_FURTHEST = 6


def override_columns(table: Table, hint: LayoutHint, known: Knowledge) -> None:
    """Let columns hold what the user says; of two columns of names the one pointed at wins."""
    for number, meaning in hint.columns:
        column = table.columns.get(number)
        if column is None:
            continue
        kind, name = parted(meaning)
        column.unknown = ""
        if kind == "indicator" and (indicator := known.reported_by_id.get(name)) is not None:
            column.indicator, column.district = Match(hit=indicator), None
            column.field = column.field if column.field in {Field.VALUE, Field.TARGET} else None
        elif kind == "district" and (district := known.districts.find(name).hit) is not None:
            column.district, column.indicator, column.field = district, None, None
        elif kind in _FIELDS:
            _make(column, _FIELDS[kind])
            for other in table.columns.values():
                if other is not column and other.field is column.field and column.field in _SINGLE:
                    other.field = Field.OTHER


def _make(column: Column, field: Field) -> None:
    column.field = field
    if field not in {Field.VALUE, Field.TARGET}:
        column.indicator = column.district = column.period = column.part = None


def remembered_hint(sheet: Sheet, known: Knowledge) -> LayoutHint | None:
    """What the user once said of a sheet with this very header, wherever it stands now."""
    for mark, hint in known.memory.layouts.items():
        for offset in sorted(range(-_FURTHEST, _FURTHEST + 1), key=abs):
            header = tuple(row + offset for row in hint.header)
            if header and header[0] > 0 and signature_of(sheet, header) == mark:
                return LayoutHint(header, hint.columns)
    return None


def signature_of(sheet: Sheet, header: tuple[int, ...]) -> str:
    """What two sheets of one make have in common: the words of their header where it stands, whatever year it names."""
    words = [
        f"{n},{column}:{word}"
        for n, row in enumerate(header)
        for column in sheet.rows.get(row, ())
        if (word := re.sub(r"(?:19|20)\d\d", "#", name_key(sheet.at(row, column).text)))
    ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32] if words else ""
