"""Why an indicator was left out for a district: the ground given with the observation, put where papers print it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ecoscore.model.observation import Observation, Status
from ecoscore.model.result import Result


def with_grounds(result: Result, district: str, held: Mapping[tuple[str, str], Observation]) -> Result:
    """The same result with the grounds of one district's left-out indicators among its remarks."""
    d = result.district_at[district]
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for i, indicator in enumerate(result.indicators):
        key = district, indicator.id
        observation = held.get(key)
        left_out = Status(int(result.cells.status[d, i])).is_left_out
        if left_out and observation is not None and observation.status.is_left_out and (observation.note or "").strip():
            ground = f"{observation.status.title}依据：{(observation.note or '').strip().rstrip('。')}"
            found[key] = (*result.remarks.get(key, ()), ground)
    return replace(result, remarks={**result.remarks, **found}) if found else result
