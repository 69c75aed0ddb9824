"""Edits of a draft as undo steps: letters typed into one field are one, other edits stand alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QUndoStack

from ui.commands.scheme import EditDraft


@dataclass
class Desk:
    """What a command needs of the scheme's desk: the draft it holds and the taking of another."""

    draft: str = "原稿"
    taken: list[tuple[str, int, bool]] = field(default_factory=list)

    def take(self, draft: str, node: int, *, again: bool) -> None:
        self.draft = draft
        self.taken.append((draft, node, again))


def test_letters_of_one_burst_are_undone_together():
    desk, stack = Desk(), QUndoStack()
    stack.push(EditDraft(desk, "改名称", "甲", 1, burst="title"))
    stack.push(EditDraft(desk, "改名称", "甲乙", 1, burst="title"))
    assert (stack.count(), desk.draft) == (1, "甲乙")
    stack.undo()
    assert desk.draft == "原稿"
    stack.redo()
    assert desk.draft == "甲乙"
    assert desk.taken[-1] == ("甲乙", 1, True)


def test_edits_of_different_fields_stand_alone():
    desk, stack = Desk(), QUndoStack()
    stack.push(EditDraft(desk, "改名称", "甲", 1, burst="title"))
    stack.push(EditDraft(desk, "改权重", "乙", 1))
    stack.push(EditDraft(desk, "改权重", "丙", 1))
    assert stack.count() == 3
    stack.undo()
    assert desk.draft == "乙"
