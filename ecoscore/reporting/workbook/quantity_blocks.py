"""The columns 基础数据 of the sheet 数据: the quantities that derived indicators are computed from, as inputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.observation import Status
from ecoscore.model.scheme import Indicator, Reported
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.derivation import Derivations
from ecoscore.reporting.workbook.formats import FIGURE, Style
from ecoscore.reporting.workbook.layout import LEAD, Layout
from ecoscore.reporting.workbook.names import area, cell

DERIVED_FILL = "#EAF2FA"
LIVE: Style = FIGURE.but(fill=DERIVED_FILL)


@dataclass(frozen=True)
class QuantityBlocks:
    """Where each quantity stands, in columns after the indicators'; and the formulas that read them.

    This period's figures are on the rows of the values, the baseline's on those of the baselines.
    """

    layout: Layout

    @cached_property
    def derivations(self) -> Derivations:
        return Derivations(self.layout.result)

    @cached_property
    def quantities(self) -> tuple[Reported, ...]:
        """Those with a column of their own: what is no indicator, or one whose baseline was read otherwise than it shows."""
        every = {q.id: q for q in (*self.derivations.now, *self.derivations.then)}
        found = (every[name] for name in self.derivations.position if name in every)
        return tuple(q for q in found if not isinstance(q, Indicator) or self._differs(q.id))

    def _differs(self, name: str) -> bool:
        return not all(self.derivations.is_the_baseline(d, name) for d in self.layout.rows)

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {q.id: LEAD + len(self.layout.scheme.indicators) + k for k, q in enumerate(self.quantities)}

    def column_of(self, name: str) -> int:
        return self._columns[name]

    def is_read(self, block: str, name: str) -> bool:
        """Whether any formula reads the quantity in a block, "value" or "baseline"."""
        return name in {q.id for q in (self.derivations.now if block == "value" else self.derivations.then)}

    def at(self, block: str, n: int, name: str) -> str:
        """The cell of row `n`, which for an indicator may be its own."""
        i = self.layout.result.indicator_at.get(name)
        if i is not None and (block == "value" or name not in self._columns):
            return self.layout.at(block, n, i, names.DATA)
        return cell(self.layout.block_top(block) + 1 + n, self._columns[name])

    # What the cells of indicators hold -------------------------------------------------------------------------

    def value(self, n: int, i: int) -> str:
        """The formula of row `n`; "" where the value was reported itself."""
        d = self.layout.rows[n]
        if not self.derivations.is_live(d, i):
            return ""
        return self.derivations.value(
            i, lambda name: self.at("value", n, name), lambda name: self.at("baseline", n, name),
            left_out="不适用", missing=self._missing(d, i),
        )  # fmt: skip

    def _missing(self, d: int, i: int) -> str:
        """未报; where no district has a quantity it needs, as long as none has it, 无数据."""
        absent = self.derivations.absent_everywhere(i)
        if self.layout.result.cells.status[d, i] != Status.NO_DATA or absent is None:
            return '"未报"'
        at = self.layout.result.indicator_at.get(absent)
        if at is not None:
            column = self.layout.column("value", at, names.DATA)
        else:
            first, col = self.layout.block_top("value") + 1, self.column_of(absent)
            column = area(first, col, first + self.layout.count - 1, col, "both")
        return f'IF(COUNT({column})=0,"无数据","未报")'

    def baseline(self, n: int, i: int) -> str:
        """The formula of row `n`; "" where the baseline is a constant."""
        if not self.derivations.is_live_baseline(self.layout.rows[n], i):
            return ""
        return self.derivations.baseline(i, lambda name: self.at("baseline", n, name))

    def shown(self, block: str, n: int, name: str) -> float:
        quantities = self.derivations.quantities
        assert quantities is not None
        array = quantities.now if block == "value" else quantities.then
        return float(array[self.layout.rows[n], self.derivations.position[name]])

    def state(self, n: int, name: str) -> Status:
        quantities = self.derivations.quantities
        assert quantities is not None
        return Status(int(quantities.now_status[self.layout.rows[n], self.derivations.position[name]]))
