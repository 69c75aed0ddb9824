"""Edits of targets as undo commands; targets stand in the file, not in the scheme."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QUndoCommand

from ecoscore.errors import EcoScoreError
from ecoscore.model.observation import Target
from ecoscore.model.period import Period
from ecoscore.model.result import plain
from ui.session import Session

TargetKey = tuple[str | None, str]


class SetTargets(QUndoCommand):
    """Some targets of one period get other values, or none."""

    def __init__(
        self,
        session: Session,
        period: Period,
        after: Mapping[TargetKey, float | None],
        text: str = "",
        refused: Callable[[EcoScoreError], None] | None = None,
    ) -> None:
        self._session, self._period = session, period
        held = held_targets(session, period)
        self.before = {key: held.get(key) for key in after}
        self.after = dict(after)
        self._refused = refused or session.messages.failure
        super().__init__(text or self._name())

    def redo(self) -> None:
        self._write(self.after, "")

    def undo(self) -> None:
        self._write(self.before, f"撤销：{self.text()}")

    def _name(self) -> str:
        if len(self.after) != 1:
            return f"设定 {len(self.after)} 个目标值"
        ((district, _), new), (old,) = next(iter(self.after.items())), self.before.values()
        texts = ["空" if v is None else plain(v) for v in (old, new)]
        return f"修改{district or '全部区县'}的目标值：{texts[0]} → {texts[1]}"

    def _write(self, values: Mapping[TargetKey, float | None], why: str) -> None:
        file = self._session.assessment
        assert file is not None
        new = [Target(d, i, self._period, v) for (d, i), v in values.items() if v is not None]
        gone = [(d, i, self._period) for (d, i), v in values.items() if v is None]
        try:
            file.set_targets(new, why, cleared=gone)
        except EcoScoreError as error:
            self.setObsolete(True)
            self._refused(error)
            return
        self._session.announce()


def held_targets(session: Session, period: Period) -> dict[TargetKey, float]:
    """The targets in the file for one period, by district (None: for all) and indicator."""
    file = session.assessment
    return {(t.district, t.indicator): t.value for t in file.targets(period)} if file is not None else {}
