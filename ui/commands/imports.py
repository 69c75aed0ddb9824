"""An import as one undo step: values, targets, districts and what was learned go and come together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from ecoscore.errors import EcoScoreError
from ui.session import Session

if TYPE_CHECKING:
    from ecoscore.importing.record import ImportRecord
    from ecoscore.model.journal import Change


class ImportFiles(QUndoCommand):
    """An import that has been written already; what the file refuses is said, and the command drops off the stack."""

    def __init__(self, session: Session, record: ImportRecord) -> None:
        super().__init__(f"导入 {record.told}")
        self._session, self._record = session, record
        self._first = True

    def redo(self) -> None:
        if self._first:
            self._first = False
            return
        assert self._session.assessment is not None
        self._follow(self._session.assessment.repeat_import, f"重做：{self.text()}")

    def undo(self) -> None:
        assert self._session.assessment is not None
        self._follow(self._session.assessment.take_back_import, f"撤销：{self.text()}")

    def _follow(self, verb: Callable[[ImportRecord, str], Sequence[Change]], why: str) -> None:
        try:
            changes = verb(self._record, why)
        except EcoScoreError as error:
            self.setObsolete(True)
            self._session.messages.failure(error)
            return
        if changes:  # what is undone or done again is brought before the user's eyes
            self._session.set_period(changes[0].period)
            self._session.select(changes[0].district, changes[0].indicator)
        self._session.announce(self._record.values_alone and changes)
