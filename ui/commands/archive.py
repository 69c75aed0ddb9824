"""Sealing and opening a seal: done at once and told; a seal is an act of office and no step to undo by a key.

What was done before can still be undone where no seal forbids it; where one does, the file refuses and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ecoscore.errors import EcoScoreError
from ecoscore.model.period import Period
from ecoscore.model.seal import Seal
from ui.session import Session
from ui.tasks import Cancelled, Progress


def seal_year(session: Session, period: Period, papers: Path | None, why: str, done: Callable[[Seal], None]) -> None:
    """Seal in the background: the papers' digests may take a while."""
    file = session.assessment
    assert file is not None

    def work(_progress: Progress, _cancelled: Cancelled) -> Seal:
        return file.seal(period, papers=papers, why=why)

    def sealed(seal: Seal) -> None:
        _tell(session)
        done(seal)

    session.tasks.run(f"正在封存{period.title}", work, sealed)


def unseal_year(session: Session, period: Period, why: str) -> bool:
    """Open a sealed year again; False, with the reason said, if that was not possible."""
    file = session.assessment
    assert file is not None
    try:
        file.unseal(period, why)
    except EcoScoreError as error:
        session.messages.failure(error)
        return False
    _tell(session)
    return True


def _tell(session: Session) -> None:
    """Every view reads again."""
    session.announce()
    session.year.ask()
