"""Edits of values as undo commands: one cell, a pasted block, a cleared block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtGui import QUndoCommand

from ecoscore.errors import EcoScoreError
from ecoscore.model.observation import Observation, Status
from ecoscore.model.result import plain
from ui.session import CellKey, Session

States = Mapping[CellKey, Observation | None]

Refused = Callable[[EcoScoreError], None]

_EDIT_ID = 1


def shown(observation: Observation | None) -> str:
    """A state as a person reads it in an undo text."""
    if observation is None or observation.status is Status.MISSING:
        return "空"
    if observation.value is None:
        return observation.status.title
    return plain(observation.value)


class _ValuesCommand(QUndoCommand):
    """From one state of some cells to another.

    What the file refuses is told to `refused` (by default the message bar), and the command drops off the stack.
    """

    restated = False
    """Whether another source alone is a change, which it is not where a value is merely typed again."""

    def __init__(
        self,
        session: Session,
        text: str,
        before: States,
        after: States,
        why: str = "",
        refused: Refused | None = None,
    ) -> None:
        super().__init__(text)
        self._session = session
        self.before = dict(before)
        self.after = dict(after)
        self._why = why
        self._first = True
        self._refused = refused or session.messages.failure

    def redo(self) -> None:
        why = self._why if self._first else f"重做：{self.text()}"
        if not self._first:
            self._go_there()
        self._write(self.after, why)
        self._first = False

    def undo(self) -> None:
        self._go_there()
        self._write(self.before, f"撤销：{self.text()}")

    def _go_there(self) -> None:
        """What is undone or done again is brought before the user's eyes."""
        district, indicator, period = next(iter(self.after))
        self._session.set_period(period)
        self._session.select(district, indicator)

    def _write(self, states: States, why: str) -> None:
        new = [o for o in states.values() if o is not None]
        cleared = [key for key, o in states.items() if o is None]
        try:
            self._session.write(new, cleared, why, restated=self.restated)
        except EcoScoreError as error:
            self.setObsolete(True)
            self._refused(error)


class EditValue(_ValuesCommand):
    """One cell gets another value or status, or becomes empty. Consecutive edits of the same cell are one step."""

    def __init__(
        self,
        session: Session,
        title: str,
        cell: CellKey,
        observation: Observation | None,
        why: str = "",
        refused: Refused | None = None,
    ) -> None:
        self.cell = cell
        self._title = title
        super().__init__(session, "", _held(session, (cell,)), {cell: observation}, why, refused)
        self._name()

    def id(self) -> int:
        return _EDIT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditValue) or other.cell != self.cell:
            return False
        self.after = other.after
        self._name()
        return True

    def _name(self) -> None:
        old, new = shown(self.before[self.cell]), shown(self.after[self.cell])
        self.setText(f"修改 {self.cell[0]}“{self._title}”：{old} → {new}")


class SetBlock(_ValuesCommand):
    """Many cells at once, as one step: a pasted block, or one status for all that are selected."""

    def __init__(
        self, session: Session, verb: str, states: States, why: str = "", refused: Refused | None = None
    ) -> None:
        super().__init__(session, f"{verb} {len(states)} 格", _held(session, states), states, why, refused)


class RestateBlock(SetBlock):
    """Where some values come from, or how they were measured, is stated anew; the values stay."""

    restated = True


class PasteBlock(SetBlock):
    """A block of cells from the clipboard; empty cells of it clear what was there, as in Excel."""

    def __init__(self, session: Session, states: States, refused: Refused | None = None) -> None:
        super().__init__(session, "粘贴", states, refused=refused)


class ClearBlock(SetBlock):
    """Some cells become empty (应报未报)."""

    def __init__(self, session: Session, cells: Sequence[CellKey], why: str = "") -> None:
        super().__init__(session, "清除", dict.fromkeys(cells), why)


def _held(session: Session, cells: Iterable[CellKey]) -> States:
    assert session.assessment is not None
    return {key: session.assessment.observation(*key) for key in cells}
