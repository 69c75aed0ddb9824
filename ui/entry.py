"""What a person types into a cell, read by the same rules as an imported sheet."""

from __future__ import annotations

from ecoscore.errors import InputRefused
from ecoscore.model.observation import Observation, Status
from ecoscore.model.scheme import Reported
from ui.session import CellKey

SOURCE = "手工录入"


def read_entry(key: CellKey, indicator: Reported, text: str) -> Observation | None:
    """A value or a state; None for nothing reported. InputRefused, with why and what to do, for anything else."""
    from ecoscore.importing.cell_text import read_text  # noqa: PLC0415  after the first paint

    reading = read_text(text, indicator.unit)
    if reading.status is None:
        raise InputRefused(f"{key[0]}“{indicator.title}”{reading.message}", reading.advice)
    if reading.status is Status.MISSING:
        return None
    district, indicator_id, period = key
    note = reading.note if reading.status is Status.NOT_APPLICABLE else None
    return Observation(
        district, indicator_id, period, reading.value, reading.status, raw=text.strip(), source=SOURCE, note=note
    )


def filled(source: Observation | None, key: CellKey) -> Observation | None:
    """The value of another cell put into this one."""
    if source is None:
        return None
    raw = None if source.value is None else f"{source.value!r}".removesuffix(".0")
    return Observation(*key, source.value, source.status, source.basis, raw=raw, source="向下填充", note=source.note)


def not_applicable(key: CellKey, ground: str) -> Observation:
    """The state 不适用, with the ground that the working paper and the journal will show."""
    return Observation(*key, None, Status.NOT_APPLICABLE, source=SOURCE, note=ground)
