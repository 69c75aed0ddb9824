"""What a person types into a cell, read by the same rules as an imported sheet."""

from __future__ import annotations

from ecoscore.errors import InputRefused
from ecoscore.model.observation import Observation, Status
from ecoscore.model.scheme import Reported
from ui.session import CellKey

SOURCE = "手工录入"


def read_entry(key: CellKey, indicator: Reported, text: str, held: Observation | None = None) -> Observation | None:
    """A value or a state; None for nothing reported. InputRefused, with why and what to do, for anything else.

    A value typed over `held` is measured under the same edition of the standard.
    """
    from ecoscore.importing.cell_text import read_text  # noqa: PLC0415  after the first paint

    reading = read_text(text, indicator.unit)
    if reading.status is None:
        raise InputRefused(f"{key[0]}“{indicator.title}”{reading.message}", reading.advice)
    if reading.status is Status.MISSING:
        return None
    district, indicator_id, period = key
    note = reading.note if reading.status is Status.NOT_APPLICABLE else None
    basis = held.basis if held is not None and reading.value is not None else None
    return Observation(district, indicator_id, period, reading.value, reading.status, basis, text.strip(), SOURCE, note)


def read_target(district: str | None, indicator: Reported, text: str) -> float:
    """A target as typed. InputRefused where it is not a number."""
    from ecoscore.importing.cell_text import read_text  # noqa: PLC0415

    reading = read_text(text, indicator.unit)
    if reading.value is None:
        said = reading.message or f"不能填“{text.strip()}”"
        raise InputRefused(f"{district or '全部区县'}“{indicator.title}”的目标值{said}", reading.advice or "请填一个数")
    return reading.value


def filled(source: Observation | None, key: CellKey) -> Observation | None:
    """The value of another cell put into this one."""
    if source is None:
        return None
    raw = None if source.value is None else f"{source.value!r}".removesuffix(".0")
    return Observation(*key, source.value, source.status, source.basis, raw=raw, source="向下填充", note=source.note)


def not_applicable(key: CellKey, ground: str) -> Observation:
    """The state 不适用, with the ground that the working paper and the journal will show."""
    return Observation(*key, None, Status.NOT_APPLICABLE, source=SOURCE, note=ground)
