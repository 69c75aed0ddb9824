"""Edits of a scheme's draft as undo commands: from one draft to another, nothing written to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from ecoscore.schemes.draft import Draft
    from ui.models.scheme_desk import SchemeDesk

_EDIT_ID = 2


class EditDraft(QUndoCommand):
    """One step of editing. Steps that bear the same `burst` are one: the letters typed into one field."""

    def __init__(self, desk: SchemeDesk, text: str, after: Draft, node: int, burst: object = None) -> None:
        super().__init__(text)
        self._desk = desk
        self.before, self.after = desk.draft, after
        self.node = node
        self.burst = burst
        self._first = True

    def id(self) -> int:
        return _EDIT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditDraft) or self.burst is None or other.burst != self.burst:
            return False
        self.after = other.after
        self.setText(other.text())
        return True

    def redo(self) -> None:
        self._desk.take(self.after, self.node, again=not self._first)
        self._first = False

    def undo(self) -> None:
        self._desk.take(self.before, self.node, again=True)
