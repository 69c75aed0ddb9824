"""Where the rows of a form go when some of them are repeated: the old row, and the row or rows it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecoscore.reporting.templates.resolve import Repeat


@dataclass(frozen=True, slots=True)
class Block:
    """Rows `first` to `last` of a form, repeated together."""

    first: int
    last: int
    repeat: Repeat

    @property
    def height(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, row: int) -> bool:
        return self.first <= row <= self.last


@dataclass(frozen=True, slots=True)
class RowMap:
    """Blocks in order with how often each is printed, at least once: rows only move down, none is lost."""

    blocks: tuple[Block, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def moves(self) -> bool:
        return any(count > 1 for count in self.counts)

    def block_of(self, row: int) -> Block | None:
        return next((block for block in self.blocks if row in block), None)

    def count_of(self, block: Block) -> int:
        return self.counts[self.blocks.index(block)]

    def first(self, row: int) -> int:
        """The row, or the first of the rows, that `row` becomes."""
        return row + sum(
            block.height * (count - 1)
            for block, count in zip(self.blocks, self.counts, strict=True)
            if block.last < row
        )

    def at(self, row: int, copy: int) -> int:
        """The row that `row` of a block becomes in one of the copies."""
        block = self.block_of(row)
        return self.first(row) + (block.height * copy if block else 0)

    def last(self, row: int) -> int:
        block = self.block_of(row)
        return self.at(row, self.count_of(block) - 1) if block else self.first(row)

    def copies(self, row: int) -> Sequence[int]:
        """Every row that `row` becomes."""
        block = self.block_of(row)
        return [self.at(row, n) for n in range(self.count_of(block) if block else 1)]
