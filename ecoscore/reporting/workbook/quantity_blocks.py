"""The blocks 基础数据 of the sheet 数据: the quantities that derived indicators are computed from, as inputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ecoscore.model.observation import Status
from ecoscore.model.scheme import Reported
from ecoscore.reporting.workbook import names
from ecoscore.reporting.workbook.derivation import Derivations
from ecoscore.reporting.workbook.formats import FIGURE, Style
from ecoscore.reporting.workbook.layout import HEADS, LEAD, Layout
from ecoscore.reporting.workbook.names import area, cell

DERIVED_FILL = "#EAF2FA"
LIVE: Style = FIGURE.but(fill=DERIVED_FILL)
_HEAD_ROWS = 2  # titles and units, between a block's caption and its districts


@dataclass(frozen=True)
class QuantityBlocks:
    """Where each quantity stands, below the blocks of indicators; and the formulas that read them."""

    layout: Layout

    @cached_property
    def derivations(self) -> Derivations:
        return Derivations(self.layout.result)

    @cached_property
    def blocks(self) -> dict[str, tuple[Reported, ...]]:
        found = {"now": self.derivations.now, "then": self.derivations.then}
        return {block: quantities for block, quantities in found.items() if quantities}

    def top(self, block: str) -> int:
        """The row of a block's caption; titles, units and districts follow."""
        count, before = self.layout.count, list(self.blocks).index(block)
        indicators = HEADS + len(self.layout.data_blocks) * (count + 2)
        return indicators + before * (count + 2 + _HEAD_ROWS)

    def first(self, block: str) -> int:
        return self.top(block) + 1 + _HEAD_ROWS

    @property
    def last_row(self) -> int:
        layout = self.layout
        if not self.blocks:
            return layout.block_top(layout.data_blocks[-1]) + layout.count
        return self.first(list(self.blocks)[-1]) + layout.count - 1

    @property
    def columns(self) -> int:
        return max([len(self.layout.scheme.indicators), *(len(q) for q in self.blocks.values())])

    def column_of(self, block: str, name: str) -> int:
        return LEAD + [q.id for q in self.blocks[block]].index(name)

    def at(self, block: str, n: int, name: str) -> str:
        return cell(self.first(block) + n, self.column_of(block, name))

    def now(self, n: int, name: str) -> str:
        """This period's cell of a quantity, which may be an indicator itself."""
        i = self.layout.result.indicator_at.get(name)
        return self.at("now", n, name) if i is None else self.layout.at("value", n, i, names.DATA)

    # What the cells of indicators hold -------------------------------------------------------------------------

    def value(self, n: int, i: int) -> str:
        """The formula of row `n`; "" where the value was reported itself."""
        d = self.layout.rows[n]
        if not self.derivations.is_live(d, i):
            return ""
        return self.derivations.value(
            i, lambda name: self.now(n, name), lambda name: self.at("then", n, name),
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
            first, col = self.first("now"), self.column_of("now", absent)
            column = area(first, col, first + self.layout.count - 1, col, "both")
        return f'IF(COUNT({column})=0,"无数据","未报")'

    def baseline(self, n: int, i: int) -> str:
        """The formula of row `n`; "" where the baseline is a constant."""
        if not self.derivations.is_live_baseline(self.layout.rows[n], i):
            return ""
        return self.derivations.baseline(i, lambda name: self.at("then", n, name))

    def linked(self, n: int, name: str) -> str:
        """A quantity of the baseline that is an indicator is read from its baseline above."""
        d, i = self.layout.rows[n], self.layout.result.indicator_at.get(name)
        if i is None or not self.layout.has("baseline") or not self.derivations.is_the_baseline(d, name):
            return ""
        return self.layout.at("baseline", n, i, names.DATA)

    def shown(self, block: str, n: int, name: str) -> float:
        quantities = self.derivations.quantities
        assert quantities is not None
        array = quantities.now if block == "now" else quantities.then
        return float(array[self.layout.rows[n], self.derivations.position[name]])

    def state(self, n: int, name: str) -> Status:
        quantities = self.derivations.quantities
        assert quantities is not None
        return Status(int(quantities.now_status[self.layout.rows[n], self.derivations.position[name]]))
