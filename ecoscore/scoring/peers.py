"""Who is ranked with whom: the districts of one level and peer group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecoscore.model.dataset import Dataset
from ecoscore.model.district import Level
from ecoscore.model.kept import kept
from ecoscore.model.rule import Array
from ecoscore.rules.ranking import rank_descending


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """How many districts each level has, and the rows that are ranked together; no rows where it is all of them."""

    levels: dict[Level, int]
    rows: tuple[NDArray[np.intp], ...]

    def ranks(self, total: Array) -> NDArray[np.int64]:
        """Ranks inside level and peer group, by the rounded total."""
        if not self.rows:
            return rank_descending(total)
        ranks = np.zeros(len(total), dtype=np.int64)
        for rows in self.rows:
            ranks[rows] = rank_descending(total[rows])
        return ranks


def peers_of(dataset: Dataset) -> Peers:
    return kept(dataset, _sort_out)


def _sort_out(dataset: Dataset) -> Peers:
    together: dict[tuple[Level, str | None], list[int]] = {}
    for n, d in enumerate(dataset.districts):
        together.setdefault((d.level, d.peer_group), []).append(n)
    levels: dict[Level, int] = {}
    for (level, _), rows in together.items():
        levels[level] = levels.get(level, 0) + len(rows)
    if len(together) == 1:
        return Peers(levels, ())
    return Peers(levels, tuple(np.array(rows, dtype=np.intp) for rows in together.values()))
