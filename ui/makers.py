"""Assessments made new: from a scheme and a table of districts, or the bundled example."""

from __future__ import annotations

from pathlib import Path

from ecoscore.assessment import Assessment
from ui.tasks import Cancelled, Progress


def create(path: Path, scheme: str | Path, districts: Path | None) -> Assessment:
    """A new file. InputRefused if it exists already, or if scheme or table cannot be read."""
    raise NotImplementedError


def demo(folder: Path, progress: Progress, cancelled: Cancelled) -> Assessment:
    """The bundled example as a file in `folder`; an earlier one there is opened as it stands."""
    raise NotImplementedError
