"""What every command that opens a file begins with."""

from __future__ import annotations

import sys
from pathlib import Path

from ecoscore.assessment import Assessment
from ecoscore.cli.output import tell_findings

DONE, REFUSED = 0, 1


def open_file(path: Path, *, read_only: bool = True) -> Assessment:
    """Open the file; commands that only look leave it and the backups alone."""
    assessment = Assessment.open(path, read_only=read_only)
    tell_findings(assessment.notices)
    return assessment


def show_progress(done: int, total: int, text: str) -> None:
    """One line on a terminal that writes over itself; silent where nobody watches."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{f'[{done}/{total}] {text}' if done < total else ''}")
        sys.stderr.flush()
