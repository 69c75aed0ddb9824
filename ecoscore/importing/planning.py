"""The entry of the package: sources → an ImportPlan, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ecoscore.importing.plan import ImportPlan
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Target
from ecoscore.model.period import Period
from ecoscore.model.scheme import Scheme

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


def make_plan(
    sources: Sequence[Path],
    scheme: Scheme,
    districts: Sequence[District],
    current: Mapping[tuple[str, str, Period], Observation],
    current_targets: Sequence[Target] = (),
    *,
    period: Period | None = None,
    add_districts: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """Read the sources (files and folders) and say what importing them would do.

    `current` is keyed (district name, indicator id, period). `period` is for tables that do not state theirs; a table
    that states another is an error. Defects are findings of the plan; InputRefused only where there is nothing to
    read at all, or on cancelling.
    """
    raise NotImplementedError
