"""Edits of the list of districts and of the terms of those who lead them, as undo commands."""

from __future__ import annotations

from collections.abc import Sequence

from ecoscore.model.district import District
from ecoscore.model.term import Term
from ui.commands.review import FileCommand
from ui.session import Session


class ChangeDistrict(FileCommand):
    """A district gets other attributes, perhaps another name."""

    def __init__(self, session: Session, before: District, after: District) -> None:
        named = f"区县更名：{before.name} → {after.name}" if before.name != after.name else f"修改区县 {before.name}"
        super().__init__(session, named)
        self._before, self._after = before, after

    def redo(self) -> None:
        self._change(lambda: self._file.set_district(self._before.name, self._after))

    def undo(self) -> None:
        self._change(lambda: self._file.set_district(self._after.name, self._before, f"撤销：{self.text()}"))


class AddDistrict(FileCommand):
    """One more district, last in the list."""

    def __init__(self, session: Session, district: District) -> None:
        super().__init__(session, f"增加区县 {district.name}")
        self._district = district

    def redo(self) -> None:
        self._change(lambda: self._file.add_districts([self._district]))

    def undo(self) -> None:
        self._change(lambda: self._file.remove_district(self._district.name, f"撤销：{self.text()}"))


class RemoveDistrict(AddDistrict):
    """A district of which nothing is held leaves the list; undoing puts it last."""

    def __init__(self, session: Session, district: District) -> None:
        super().__init__(session, district)
        self.setText(f"删除区县 {district.name}")

    def redo(self) -> None:
        self._change(lambda: self._file.remove_district(self._district.name))

    def undo(self) -> None:
        self._change(lambda: self._file.add_districts([self._district], f"撤销：{self.text()}"))


class SetTerms(FileCommand):
    """The file's terms are others."""

    def __init__(self, session: Session, text: str, after: Sequence[Term]) -> None:
        super().__init__(session, text)
        self._before, self._after = self._file.terms(), tuple(after)

    def redo(self) -> None:
        self._change(lambda: self._file.set_terms(self._after))

    def undo(self) -> None:
        self._change(lambda: self._file.set_terms(self._before, f"撤销：{self.text()}"))
