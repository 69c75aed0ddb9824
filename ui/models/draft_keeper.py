"""Keeps the scheme's draft from one sitting to the next, so that closing the window loses no work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ecoscore.assessment.kept_draft import KeptDraft, forget_draft, keep_draft, kept_draft
from ecoscore.errors import EnvironmentFailed
from ecoscore.model.scheme import Scheme
from ecoscore.schemes.draft import Draft
from ui.session import Session

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment

_PAUSE = 1500  # milliseconds without a change before the draft is written, for the case of a power cut


class DraftKeeper(QObject):
    """Told by the desk of each change; writes a moment later, and at once when the file is closed."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: tuple[Scheme, Draft] | None = None
        self._dirty = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.write)
        session.closing.connect(self.write)

    def note(self, base: Scheme | None, draft: Draft | None) -> None:
        """What is to be kept: a draft and the edition it started from, or nothing where there is no change."""
        self._waiting = (base, draft) if base is not None and draft is not None else None
        self._dirty = True
        self._timer.start()

    def write(self) -> None:
        self._timer.stop()
        file = self._session.assessment
        if not self._dirty or file is None:
            return
        self._dirty = False
        try:
            self._put(file)
        except EnvironmentFailed as error:
            self._session.messages.failure(error)

    def _put(self, file: Assessment) -> None:
        if self._waiting is None:
            forget_draft(file.path)
            return
        base, draft = self._waiting
        number = next((e.number for e in file.editions if e.scheme is base), None)
        if number is not None:
            keep_draft(file.path, KeptDraft(number, draft))

    def kept(self) -> tuple[Scheme, Draft] | None:
        """What an earlier sitting left, with the edition it started from; None where that edition is gone."""
        file = self._session.assessment
        found = kept_draft(file.path) if file is not None else None
        if file is None or found is None:
            return None
        base = next((e.scheme for e in file.editions if e.number == found.edition), None)
        return (base, found.draft) if base is not None else None
