"""The inspector of the data page: looks up what the card of a cell tells."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ecoscore.errors import InputRefused
from ecoscore.model.journal import JournalEntry
from ecoscore.model.result import plain
from ui.models.cell_view import CellView
from ui.session import CellKey, Session
from ui.widgets.cell_card import CellCard

_HISTORY = 20


class CellInspector(CellCard):
    """The card of the selected cell, with its target, history and score from the open file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: tuple[tuple[int, CellKey], tuple[JournalEntry, ...]] | None = None

    def explain(self, cell: CellView) -> None:
        file = self._session.assessment
        assert file is not None
        district, indicator, period = cell.key
        goals = {t.district: t.value for t in file.targets(period) if t.indicator == indicator}
        target = goals.get(district, goals.get(None))
        self.show_cell(cell, target, self._history_of(cell.key), self._score_of(cell))

    def _history_of(self, key: CellKey) -> tuple[JournalEntry, ...]:
        """The changes of one value; asked for again only when the file or the cell is another."""
        file = self._session.assessment
        assert file is not None
        if self._asked is None or self._asked[0] != (file.version, key):
            self._asked = (file.version, key), file.journal(_HISTORY, about=key)
        return self._asked[1]

    def _score_of(self, cell: CellView) -> str | None:
        """What scoring made of the value, if that is known: points of full marks."""
        result = self._session.known_result
        district, indicator, period = cell.key
        if result is None or isinstance(result, InputRefused) or period != self._session.period:
            return None
        row, column = result.district_at.get(district), result.indicator_at.get(indicator)
        if row is None or column is None or cell.rejected is not None:
            return None
        points, weight = float(result.points_rounded[row, column]), float(result.cells.weight[row, column])
        if weight == 0:
            return "不参与计算"
        return f"{points:.{result.scheme.decimals}f}（满分 {plain(round(weight, result.scheme.decimals))}）"
