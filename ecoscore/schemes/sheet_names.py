"""Names in a scheme's workbook that speak of other rows: by id, or by a name that can mean only one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches


class NameBook:
    """`what` is what the rows are called in messages."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.ids: set[str] = set()
        self.names: dict[str, set[str]] = {}

    def add(self, node_id: str, titles: Sequence[str]) -> None:
        self.ids.add(node_id)
        for title in titles:
            self.names.setdefault(title, set()).add(node_id)

    def find(self, said: str) -> str | None:
        """The id meant; None where nothing or more than one thing is."""
        if said in self.ids:
            return said
        found = self.names.get(said, set())
        return next(iter(found)) if len(found) == 1 else None

    def complaint(self, said: str) -> tuple[str, str]:
        """Why a name was not found, and what to do."""
        rivals = sorted(self.names.get(said, set()))
        if len(rivals) > 1:
            return f"有 {len(rivals)} 个{self.what}叫“{said}”", f"请改写标识：{'、'.join(rivals)}"
        near = get_close_matches(said, [*self.names, *self.ids], 1)
        return f"没有叫“{said}”的{self.what}", f"是不是“{near[0]}”？" if near else f"请写已有{self.what}的名称或标识"
