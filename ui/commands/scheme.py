"""Edits of a scheme's draft as undo commands, nothing of them in the file; and the adoption of a draft, which is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from ui.commands.review import FileCommand

if TYPE_CHECKING:
    from ecoscore.model.period import Period
    from ecoscore.model.scheme import Scheme
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


class AdoptDraft(FileCommand):
    """A draft that has become an edition of the file. Undone by adopting what held before, from the same period on:
    both stay in the journal. The draft is then again one that nobody has adopted.
    """

    def __init__(self, desk: SchemeDesk, scheme: Scheme, before: Scheme, since: Period, why: str) -> None:
        super().__init__(desk.session, f"采用方案（{scheme.edition}）")
        self._desk, self._scheme, self._before = desk, scheme, before
        self._since, self._why = since, why
        self._base_draft, self._draft = desk.base_draft, desk.draft
        self._first = True  # adopted already, where a refusal could be said in the form

    def redo(self) -> None:
        first, self._first = self._first, False
        if first or self._do(lambda: self._file.adopt_scheme(self._scheme, self._since, self._why)):
            self._settle(self._draft)

    def undo(self) -> None:
        why = f"撤销采用“{self._scheme.edition}”"
        if self._do(lambda: self._file.adopt_scheme(self._before, self._since, why)):
            self._settle(self._base_draft)

    def _settle(self, base: Draft | None) -> None:
        if self._desk.draft is self._draft:
            self._desk.rest_on(base)
        self._session.announce()
