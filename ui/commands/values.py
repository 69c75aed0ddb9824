"""Edits of values as undo commands: one cell, a pasted block, a cleared block, an import already applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from ecoscore.errors import EcoScoreError
from ecoscore.model.observation import Observation, Status
from ecoscore.model.result import plain
from ui.session import CellKey, Session

if TYPE_CHECKING:
    from ecoscore.model.journal import Change

States = Mapping[CellKey, Observation | None]

_EDIT_ID = 1


def shown(observation: Observation | None) -> str:
    """A state as a person reads it in an undo text."""
    if observation is None or observation.status is Status.MISSING:
        return "空"
    if observation.value is None:
        return observation.status.title
    return plain(observation.value)


class _ValuesCommand(QUndoCommand):
    """From one state of some cells to another. What the file refuses is said, and the command drops off the stack."""

    def __init__(self, session: Session, text: str, before: States, after: States, why: str = "") -> None:
        super().__init__(text)
        self._session = session
        self._before = dict(before)
        self._after = dict(after)
        self._why = why
        self._first = True

    def redo(self) -> None:
        why = self._why if self._first else f"重做：{self.text()}"
        self._write(self._after, why)
        self._first = False

    def undo(self) -> None:
        self._write(self._before, f"撤销：{self.text()}")

    def _write(self, states: States, why: str) -> None:
        new = [o for o in states.values() if o is not None]
        cleared = [key for key, o in states.items() if o is None]
        try:
            self._session.write(new, cleared, why)
        except EcoScoreError as error:
            self.setObsolete(True)
            self._session.messages.failure(error)


class EditValue(_ValuesCommand):
    """One cell gets another value or status. Consecutive edits of the same cell are one step."""

    def __init__(self, session: Session, title: str, observation: Observation, why: str = "") -> None:
        assert session.assessment is not None
        self._cell: CellKey = (observation.district, observation.indicator, observation.period)
        self._title = title
        before = session.assessment.observation(*self._cell)
        super().__init__(session, "", {self._cell: before}, {self._cell: observation}, why)
        self._name()

    def id(self) -> int:
        return _EDIT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditValue) or other._cell != self._cell:
            return False
        self._after = other._after
        self._name()
        return True

    def _name(self) -> None:
        old, new = shown(self._before[self._cell]), shown(self._after[self._cell])
        self.setText(f"修改 {self._cell[0]}“{self._title}”：{old} → {new}")


class PasteBlock(_ValuesCommand):
    """A block of cells from the clipboard, as one step."""

    def __init__(self, session: Session, observations: Sequence[Observation], why: str = "") -> None:
        after = {(o.district, o.indicator, o.period): o for o in observations}
        super().__init__(session, f"粘贴 {len(after)} 个值", _held(session, after), after, why)


class ClearBlock(_ValuesCommand):
    """Some cells become empty (应报未报), as one step."""

    def __init__(self, session: Session, cells: Sequence[CellKey], why: str = "") -> None:
        after = dict.fromkeys(cells)
        super().__init__(session, f"清除 {len(after)} 个值", _held(session, after), after, why)


class Applied(_ValuesCommand):
    """A change that another verb has already written, such as an import; undoing it writes the inverse."""

    def __init__(self, session: Session, text: str, changes: Sequence[Change]) -> None:
        keys = {(c.district, c.indicator, c.period): c for c in changes}
        super().__init__(session, text, {k: c.old for k, c in keys.items()}, {k: c.new for k, c in keys.items()})

    def redo(self) -> None:
        if self._first:
            self._first = False
            return
        super().redo()


def _held(session: Session, cells: Mapping[CellKey, object]) -> States:
    assert session.assessment is not None
    return {key: session.assessment.observation(*key) for key in cells}
