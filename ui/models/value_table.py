"""A table of values one types into: the accepted ones, the refused entries kept in sight, and what changes."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ecoscore.errors import EcoScoreError, InputRefused
from ecoscore.model.district import District
from ecoscore.model.finding import Finding
from ecoscore.model.journal import Change
from ecoscore.model.observation import Observation
from ecoscore.model.period import Period
from ecoscore.model.scheme import Indicator, Reported, Scheme
from ui.commands.values import EditValue, PasteBlock
from ui.entry import read_entry
from ui.models.cell_view import (
    MOST_PADDED,
    CellView,
    Rejected,
    cell_text,
    decimals_of,
    editing_text,
    improvement,
    same_value,
    tip,
)
from ui.models.roles import ObjectRole, SortRole
from ui.session import CellKey, Session

Index = QModelIndex | QPersistentModelIndex

# Asked for with every cell that is painted, and slow to put together.
_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _READ | Qt.ItemFlag.ItemIsEditable
_DISPLAY = Qt.ItemDataRole.DisplayRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ValueTable(QAbstractTableModel):
    """Cells of values, editable; where they lie is the business of the two tables below."""

    rejected = Signal(object, str)  # CellKey, and why what was typed was not accepted
    accepted = Signal(object)  # CellKey

    def __init__(self, session: Session, parent: Any = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scheme: Scheme | None = None
        self._districts: tuple[District, ...] = ()
        self._held: dict[Period, Mapping[tuple[str, str], Observation]] = {}
        self._rejected: dict[CellKey, Rejected] = {}
        self._findings: dict[tuple[str, str], tuple[Finding, ...]] = {}
        self._decimals: dict[str, int] = {}
        self._cells: dict[tuple[int, int], CellView] = {}  # what has been asked for since anything changed
        self._cells_of: object = None
        self.dataChanged.connect(self._cells.clear)  # before any view hears of it
        self.modelReset.connect(self._cells.clear)

    # Where things lie. ----------------------------------------------------------------------------------------------

    @abstractmethod
    def key_at(self, row: int, column: int) -> CellKey:
        """The cell's district, indicator and period."""

    @abstractmethod
    def place_of(self, key: CellKey) -> tuple[int, int] | None:
        """Row and column of a cell, None if it is not in this table."""

    @abstractmethod
    def periods_shown(self) -> tuple[Period, ...]:
        """The periods whose values are read."""

    # Filling. -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again from the open file."""
        self.beginResetModel()
        file = self._session.assessment
        self._scheme = self._session.scheme
        self._districts = file.districts if file is not None else ()
        self._rejected.clear()
        self._lay_out()
        self._read()
        self.endResetModel()

    def take_changes(self, changes: Sequence[Change]) -> None:
        """Some values have changed: read them again and repaint those cells and their columns."""
        if not changes:
            self.refresh()
            return
        before = dict(self._decimals)
        self._read(changes)
        for change in changes:
            self._rejected.pop((change.district, change.indicator, change.period), None)
        if before != self._decimals and self.rowCount() and self.columnCount():
            self._repaint_all()
            return
        for change in changes:
            following = Period(change.period.year + 1, change.period.end_month, change.period.months)
            for period in (change.period, following):
                place = self.place_of((change.district, change.indicator, period))
                if place is not None:
                    index = self.index(*place)
                    self.dataChanged.emit(index, index)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """The defects that scoring found, shown at their cells."""
        table: dict[tuple[str, str], tuple[Finding, ...]] = {}
        for finding in findings:
            if finding.district is not None and finding.indicator is not None:
                at = finding.district, finding.indicator
                table[at] = (*table.get(at, ()), finding)
        if table != self._findings:
            self._findings = table
            if self.rowCount() and self.columnCount():
                self._repaint_all()

    def reject(self, key: CellKey, text: str, reason: str) -> None:
        """Keep what was typed in sight, with the reason why it is not accepted."""
        self._rejected[key] = Rejected(text, reason)
        self._repaint(key)
        self.rejected.emit(key, reason)

    def forgive(self, key: CellKey) -> None:
        """Take a refused entry away and show the accepted value again."""
        if self._rejected.pop(key, None) is not None:
            self._repaint(key)
            self.accepted.emit(key)

    @property
    def rejections(self) -> Mapping[CellKey, Rejected]:
        return self._rejected

    def _lay_out(self) -> None:
        """Hook: rows or columns of the table have changed."""

    def _read(self, changed: Sequence[Change] | None = None) -> None:
        """Read the periods shown; `changed` is what moved, None where anything may have."""
        file = self._session.assessment
        self._held = {}
        self._cells.clear()
        if changed is None or file is None:
            self._decimals = {}
        if file is None:
            return
        for period in self.periods_shown():
            for wanted in (period, period.previous_year):
                if wanted not in self._held:
                    self._held[wanted] = file.observations(wanted)
        if changed is None:
            self._decimals = self._most_decimals()
        else:
            self._decimals |= {i: self._decimals_after(i, changed) for i in {c.indicator for c in changed}}

    def _most_decimals(self) -> dict[str, int]:
        """For every column, in one walk over the values."""
        found = dict.fromkeys((q.id for q in self._scheme.reported) if self._scheme is not None else (), 0)
        for held in self._held.values():
            for (_, indicator), observation in held.items():
                if indicator in found and observation.value is not None:
                    found[indicator] = max(found[indicator], min(decimals_of(observation.value), MOST_PADDED))
        return found

    def _decimals_after(self, indicator: str, changes: Sequence[Change]) -> int:
        """For one column after a key press: it is walked only where its longest value may have gone."""
        most = self._decimals.get(indicator, 0)
        moved = [c for c in changes if c.indicator == indicator]
        longest = max(_decimals_of(c.new) for c in moved)
        if longest >= most or all(_decimals_of(c.old) < most for c in moved):
            return max(most, longest)
        held = [page.get((d.name, indicator)) for page in self._held.values() for d in self._districts]
        return max(map(_decimals_of, held), default=0)

    def _repaint(self, key: CellKey) -> None:
        place = self.place_of(key)
        if place is not None:
            index = self.index(*place)
            self.dataChanged.emit(index, index)

    def _repaint_all(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    # What Qt asks. --------------------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> CellView:
        """Everything about one cell; kept, because a view asks for the same cells again and again."""
        result = self._session.latest_result
        if result is not self._cells_of:  # derived values are of a result
            self._cells_of = result
            self._cells.clear()
        known = self._cells.get((row, column))
        if known is None:
            known = self._cells[row, column] = self._seen(self.key_at(row, column))
        return known

    def _seen(self, key: CellKey) -> CellView:
        district, indicator_id, period = key
        assert self._scheme is not None
        indicator = self._scheme.reported_by_id[indicator_id]
        at = district, indicator_id
        now = self._held.get(period, {}).get(at)
        before = self._held.get(period.previous_year, {}).get(at)
        decimals = self._decimals.get(indicator_id, 0)
        better = None
        if now is not None and before is not None and now.value is not None and before.value is not None:
            better = improvement(indicator, now.value, before.value)
        return CellView(
            key,
            indicator,
            now,
            before,
            text=cell_text(now, decimals),
            previous_text=cell_text(before, decimals) if before is not None and before.value is not None else "",
            better=better,
            rejected=self._rejected.get(key),
            findings=self._findings.get(at, ()) if period == self._session.period else (),
            derived=self._derived(key, indicator) if now is None else "",
        )

    def _derived(self, key: CellKey, indicator: Reported) -> str:
        """What scoring computed for a cell that is not reported, as it is shown; "" where that is not known."""
        if not isinstance(indicator, Indicator) or indicator.formula is None or key[2] != self._session.period:
            return ""
        result = self._session.latest_result
        if result is None:
            return ""
        row, column = result.district_at.get(key[0]), result.indicator_at.get(key[1])
        value = math.nan if row is None or column is None else float(result.cells.value[row, column])
        return "" if math.isnan(value) else f"{value:.6g}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        file = self._session.assessment
        return _TYPED if file is not None and not file.read_only else _READ

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == ObjectRole:  # what the delegate asks for, before anything else
            return cell
        if role == _DISPLAY:
            return cell.rejected.text if cell.rejected is not None else cell.text
        if role == Qt.ItemDataRole.EditRole:
            return editing_text(cell)
        if role == SortRole:
            return cell.value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{cell.key[0]} {cell.indicator.title} {cell.text or cell.status.title}"
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return tip(cell)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Accept what was typed as one undo step, or keep it in sight with the reason why not."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        cell = self.cell(index.row(), index.column())
        text = str(value)
        if text == editing_text(cell):
            return True
        try:
            observation = read_entry(cell.key, cell.indicator, text, cell.observation)
        except InputRefused as error:
            self.reject(cell.key, text, str(error))
            return False
        if same_value(observation, cell.observation):
            self.forgive(cell.key)
            return True

        def refused(error: EcoScoreError) -> None:
            self.reject(cell.key, text, str(error))

        title = cell.indicator.title
        self._session.undo_stack.push(EditValue(self._session, title, cell.key, observation, refused=refused))
        if cell.key in self._rejected:
            return False
        self.accepted.emit(cell.key)
        return True

    def paste(self, row: int, column: int, block: Sequence[Sequence[str]]) -> tuple[int, int]:
        """Put a block of texts at a cell as one undo step: how many were accepted, how many refused (kept in sight)."""
        states: dict[CellKey, Observation | None] = {}
        texts: dict[CellKey, str] = {}
        problems: list[tuple[CellKey, str]] = []
        for y, line in enumerate(block[: self.rowCount() - row]):
            for x, text in enumerate(line[: self.columnCount() - column]):
                cell = self.cell(row + y, column + x)
                texts[cell.key] = text
                try:
                    observation = read_entry(cell.key, cell.indicator, text, cell.observation)
                except InputRefused as error:
                    problems.append((cell.key, str(error)))
                else:
                    if not same_value(observation, cell.observation):
                        states[cell.key] = observation
        accepted = len(texts) - len(problems)
        while states:
            errors: list[EcoScoreError] = []
            self._session.undo_stack.push(PasteBlock(self._session, states, errors.append))
            refused = [] if not errors else _cells_named(errors[0], states)
            if errors and not refused:
                self._session.messages.failure(errors[0])
                return 0, len(texts)
            problems += refused
            accepted -= len(refused)
            states = {key: states[key] for key in states if key not in dict(refused)} if refused else {}
        for key, reason in problems:
            self.reject(key, texts[key], reason)
        return accepted, len(problems)


def _decimals_of(observation: Observation | None) -> int:
    if observation is None or observation.value is None:
        return 0
    return min(decimals_of(observation.value), MOST_PADDED)


def _cells_named(error: EcoScoreError, states: Mapping[CellKey, Observation | None]) -> list[tuple[CellKey, str]]:
    """The cells that the file's refusal is about, each with its sentence."""
    if not isinstance(error, InputRefused):
        return []
    sentences = {(f.district, f.indicator): f.message + (f"（{f.advice}）" if f.advice else "") for f in error.findings}
    return [(key, sentences[key[0], key[1]]) for key in states if (key[0], key[1]) in sentences]
