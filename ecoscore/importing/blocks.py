"""Which values of blocks are to be taken one by one all the same: their keys come twice, or they look like ratios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ecoscore.importing.claims import ClaimBlock
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.suspicions import is_share

Mask = NDArray[np.bool_]


def taken_singly(reports: Sequence[SheetReport]) -> dict[int, Mask]:
    """By a block's identity, the values that are to be taken one by one."""
    singly = {id(block): ~block.is_sound for report in reports for block in _blocks(report)}
    if singly:
        for block, repeated in _repeated(reports):
            singly[id(block)] |= repeated
        for report in reports:
            for block, looks in _like_ratios(report):
                singly[id(block)] |= looks
    return singly


def _blocks(report: SheetReport) -> list[ClaimBlock]:
    return [part for part in report.claims.parts if isinstance(part, ClaimBlock)]


def _repeated(reports: Sequence[SheetReport]) -> Iterator[tuple[ClaimBlock, Mask]]:
    """Where a district, indicator and period come twice, in whichever files."""
    blocks = [block for report in reports for block in _blocks(report)]
    singles = [c for r in reports for c in r.claims.parts if not isinstance(c, ClaimBlock) and not c.is_target]
    districts = _numbers(d.name for block in blocks for d in block.districts)
    indicators = _numbers(i.id for block in blocks for i in block.indicators)
    periods = _numbers(p for block in blocks for p in block.periods)

    def code(district: NDArray[np.intp], indicator: NDArray[np.intp], period: NDArray[np.intp]) -> NDArray[np.intp]:
        return (period * len(districts) + district) * len(indicators) + indicator

    codes = [
        code(
            np.array([districts[d.name] for d in block.districts], np.intp)[block.district],
            np.array([indicators[i.id] for i in block.indicators], np.intp)[block.indicator],
            np.array([periods[p] for p in block.periods], np.intp)[block.period],
        )
        for block in blocks
    ]
    others = [
        (districts[c.district.name], indicators[c.indicator.id], periods[c.period])
        for c in singles
        if c.district.name in districts and c.indicator.id in indicators and c.period in periods
    ]
    if others:
        codes.append(np.unique(code(*np.array(others, np.intp).T)))
    met, times = np.unique(np.concatenate(codes), return_counts=True)
    twice = met[times > 1]
    if len(twice):
        yield from ((block, np.isin(of_block, twice)) for block, of_block in zip(blocks, codes, strict=False))


def _like_ratios(report: SheetReport) -> Iterator[tuple[ClaimBlock, Mask]]:
    """The shares in % of a sheet of which none is above 1."""
    blocks = _blocks(report)
    greatest: dict[str, float] = {}
    for block in blocks:
        for n, indicator in enumerate(block.indicators):
            if is_share(indicator) and (values := block.values[block.indicator == n]).size:
                greatest[indicator.id] = max(greatest.get(indicator.id, -np.inf), float(values.max()))
    small = {name for name, value in greatest.items() if value <= 1}
    if small:
        for block in blocks:
            yield block, np.isin(block.indicator, [n for n, i in enumerate(block.indicators) if i.id in small])


def _numbers(things: Iterable[object]) -> dict[object, int]:
    """The different things, numbered."""
    return {thing: n for n, thing in enumerate(dict.fromkeys(things))}
