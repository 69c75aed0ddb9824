"""Settling doubts and recording events as undo commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

    def _do(self, act: Callable[[], object]) -> bool:
        """Whether the file took it."""
        try:
            act()
        except EcoScoreError as error:
            self.setObsolete(True)
            self._session.messages.failure(error)
            return False
        return True

    def _change(self, act: Callable[[], object]) -> None:
        """Do it and tell every view."""
        if self._do(act):
            self._session.announce()


class AcceptPoints(FileCommand):
    """Warnings taken as they are, with one reason; undoing opens them again."""

    def __init__(self, session: Session, findings: Sequence[Finding], why: str) -> None:
        super().__init__(session, f"认可 {len(findings)} 处提醒")
        self._findings, self._why = tuple(findings), why

    def redo(self) -> None:
        from ecoscore.assessment.review import accept_point  # noqa: PLC0415

        self._do(lambda: [accept_point(self._file, finding, self._why) for finding in self._findings])
        self._session.year.noted()

    def undo(self) -> None:
        from ecoscore.assessment.review import reopen_point  # noqa: PLC0415

        why = f"撤销：{self.text()}"
        self._do(lambda: [reopen_point(self._file, finding, why) for finding in self._findings])
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
        self._change(lambda: self._file.record_event(self._event, why))

    def _remove(self, why: str) -> None:
        self._change(lambda: self._file.remove_event(self._event, why))


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
