"""Settling doubts and recording events as undo commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from ecoscore.errors import EcoScoreError
from ecoscore.model.adjustment import Event
from ecoscore.model.finding import Finding
from ui.session import Session

if TYPE_CHECKING:
    from ecoscore.assessment import Assessment


class FileCommand(QUndoCommand):
    """Something done to the open file; what the file refuses is said, and the command drops off the stack."""

    def __init__(self, session: Session, text: str) -> None:
        super().__init__(text)
        self._session = session

    @property
    def _file(self) -> Assessment:
        assert self._session.assessment is not None
        return self._session.assessment

    def _failed(self, error: EcoScoreError) -> None:
        self.setObsolete(True)
        self._session.messages.failure(error)


class AcceptPoints(FileCommand):
    """Warnings taken as they are, with one reason; undoing opens them again."""

    def __init__(self, session: Session, findings: Sequence[Finding], why: str) -> None:
        super().__init__(session, f"认可 {len(findings)} 处提醒")
        self._findings, self._why = tuple(findings), why

    def redo(self) -> None:
        from ecoscore.assessment.review import accept_point  # noqa: PLC0415

        try:
            for finding in self._findings:
                accept_point(self._file, finding, self._why)
        except EcoScoreError as error:
            self._failed(error)
        self._session.year.noted()

    def undo(self) -> None:
        from ecoscore.assessment.review import reopen_point  # noqa: PLC0415

        try:
            for finding in self._findings:
                reopen_point(self._file, finding, f"撤销：{self.text()}")
        except EcoScoreError as error:
            self._failed(error)
        self._session.year.noted()


class ReopenPoints(AcceptPoints):
    """Accepted warnings opened again; undoing accepts them anew with the reason they had."""

    def __init__(self, session: Session, findings: Sequence[Finding], why: str) -> None:
        super().__init__(session, findings, why)
        self.setText(f"恢复 {len(findings)} 处提醒")

    def redo(self) -> None:
        super().undo()

    def undo(self) -> None:
        super().redo()


class RecordEvent(FileCommand):
    """An event recorded with its ground."""

    def __init__(self, session: Session, event: Event) -> None:
        super().__init__(session, f"登记 {event.district}“{event.matter}”")
        self._event = event

    def redo(self) -> None:
        self._record("")

    def undo(self) -> None:
        self._remove(f"撤销：{self.text()}")

    def _record(self, why: str) -> None:
        try:
            self._file.record_event(self._event, why)
        except EcoScoreError as error:
            self._failed(error)
            return
        self._session.announce()

    def _remove(self, why: str) -> None:
        try:
            self._file.remove_event(self._event, why)
        except EcoScoreError as error:
            self._failed(error)
            return
        self._session.announce()


class RemoveEvent(RecordEvent):
    """A recorded event taken back, with the reason."""

    def __init__(self, session: Session, event: Event, why: str) -> None:
        super().__init__(session, event)
        self.setText(f"撤销登记 {event.district}“{event.matter}”")
        self._why = why

    def redo(self) -> None:
        self._remove(self._why)

    def undo(self) -> None:
        self._record(f"撤销：{self.text()}")
