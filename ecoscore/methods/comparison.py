"""Rankings by other methods beside the scheme's own, and which districts they move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ecoscore.errors import InputRefused
from ecoscore.methods.grey import grey_relation
from ecoscore.methods.matrix import DecisionMatrix, from_result
from ecoscore.methods.rank import kendall, ranks_of, spearman
from ecoscore.methods.topsis import topsis
from ecoscore.methods.weighted_sum import weighted_sum
from ecoscore.model.district import LEVEL_TITLES, District
from ecoscore.model.result import Result
from ecoscore.model.rule import Array

OWN = "scheme"
RANKING_TITLES = {OWN: "本方案", "weighted_sum": "加权求和", "topsis": "TOPSIS", "grey": "灰色关联"}


@dataclass(frozen=True, slots=True, eq=False)
class MethodRanking:
    """One method's scores and ranks [D], along the comparison's districts."""

    method: str
    title: str
    score: Array
    rank: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two rankings are; None where one of them is all ties."""

    first: str
    second: str
    spearman: float | None
    kendall: float | None


@dataclass(frozen=True, slots=True)
class RankMove:
    """A district that does not keep its place: `ranks` by method, `least` and `most` of them, `spread` between."""

    district: str
    ranks: Mapping[str, int]
    least: int
    most: int

    @property
    def spread(self) -> int:
        return self.most - self.least


@dataclass(frozen=True, slots=True, eq=False)
class RankingComparison:
    """One peer group. `districts` follow the scheme's ranks; `moves` those whose rank differs, widest spread first."""

    peer_group: str
    districts: tuple[str, ...]
    indicators: tuple[str, ...]
    weights: Array
    rankings: tuple[MethodRanking, ...]
    agreements: tuple[Agreement, ...]
    moves: tuple[RankMove, ...]
    notes: tuple[str, ...] = ()

    def agreement_with_own(self, method: str) -> Agreement:
        return next(a for a in self.agreements if a.first == OWN and a.second == method)


def compare_rankings(
    result: Result,
    methods: Sequence[str] = ("weighted_sum", "topsis", "grey"),
    *,
    weights: Mapping[str, float] | None = None,
    indicators: Sequence[str] | None = None,
    districts: Sequence[str] | None = None,
) -> tuple[RankingComparison, ...]:
    """A comparison for each peer group of two or more districts (districts are ranked only among their equals).

    The other methods look at the reported values with the scheme's own nominal weights, unless `weights` gives others
    by indicator id; bonus and deduction stay out of them. `districts` (all, unless given) are compared with one another,
    the scheme's rank then being counted among them. Refused where the scheme forbids ranking.
    """
    if result.scheme.unranked:
        raise InputRefused(f"《{result.scheme.title}》规定不排名：{result.scheme.unranked}", "请换用可以排名的方案")
    if unknown := [m for m in methods if m not in _METHODS]:
        raise InputRefused(f"没有这种排序方法：{'、'.join(unknown)}", f"可用：{'、'.join(_METHODS)}")
    peers: dict[tuple[str, str | None], list[int]] = {}
    if unknown_names := [d for d in districts or () if d not in result.district_at]:
        raise InputRefused(f"这一期没有区县“{'、'.join(unknown_names)}”", "请核对名称")
    for n, district in enumerate(result.districts):
        if districts is not None and district.name not in districts:
            continue
        peers.setdefault((district.level, district.peer_group), []).append(n)
    sole = [result.districts[rows[0]].name for rows in peers.values() if len(rows) == 1]
    shown = [rows for rows in peers.values() if len(rows) > 1]
    if not shown:
        raise InputRefused("没有两个同级同组的区县，无从比较名次", "请至少让同一组里有两个区县")
    extra = (f"组内只有自己、没有比较的：{'、'.join(sole)}",) if sole else ()
    return tuple(_compare(result, rows, methods, weights, indicators, extra) for rows in shown)


def _compare(
    result: Result,
    rows: list[int],
    methods: Sequence[str],
    weights: Mapping[str, float] | None,
    indicators: Sequence[str] | None,
    extra: tuple[str, ...],
) -> RankingComparison:
    own = ranks_of(result.layers.total[rows])
    order = sorted(range(len(rows)), key=lambda n: (int(own[n]), n))
    rows = [rows[n] for n in order]
    names = tuple(result.districts[n].name for n in rows)
    matrix = from_result(result, districts=names, indicators=indicators)
    w = _weights(result, matrix, weights)
    total = result.layers.total[rows]
    rankings = [MethodRanking(OWN, RANKING_TITLES[OWN], total, ranks_of(total))]
    for method in methods:
        score, rank = _METHODS[method](matrix, w)
        rankings.append(MethodRanking(method, RANKING_TITLES[method], score, rank))
    agreements = tuple(
        Agreement(a.method, b.method, spearman(_place(a), _place(b)), kendall(_place(a), _place(b)))
        for a, b in combinations(rankings, 2)
    )
    return RankingComparison(
        _group_title(result.districts[rows[0]]),
        names,
        matrix.indicators,
        w,
        tuple(rankings),
        agreements,
        _moves(names, rankings),
        (*matrix.notes, *extra),
    )


def _moves(names: tuple[str, ...], rankings: Sequence[MethodRanking]) -> tuple[RankMove, ...]:
    found = []
    for n, name in enumerate(names):
        ranks = {r.method: int(r.rank[n]) for r in rankings}
        if len(set(ranks.values())) > 1:
            found.append(RankMove(name, ranks, min(ranks.values()), max(ranks.values())))
    return tuple(sorted(found, key=lambda m: -m.spread))


def _weights(result: Result, matrix: DecisionMatrix, given: Mapping[str, float] | None) -> Array:
    if given is None:
        full = result.cells.full[0, [result.indicator_at[i] for i in matrix.indicators]]
        return np.asarray(full, dtype=np.float64)
    if missing := [t for i, t in zip(matrix.indicators, matrix.titles, strict=True) if i not in given]:
        raise InputRefused(f"没有给出这些指标的权重：{'、'.join(missing)}", "每个参与的指标都要有权重")
    return np.array([given[i] for i in matrix.indicators], dtype=np.float64)


def _place(ranking: MethodRanking) -> Array:
    return -ranking.rank.astype(np.float64)


def _group_title(district: District) -> str:
    return LEVEL_TITLES[district.level] + (f" · {district.peer_group}" if district.peer_group else "")


def _sum(matrix: DecisionMatrix, w: Array) -> tuple[Array, NDArray[np.int64]]:
    found = weighted_sum(matrix, w)
    return found.score, found.rank


def _topsis(matrix: DecisionMatrix, w: Array) -> tuple[Array, NDArray[np.int64]]:
    found = topsis(matrix, w)
    return found.score, found.rank


def _grey(matrix: DecisionMatrix, w: Array) -> tuple[Array, NDArray[np.int64]]:
    found = grey_relation(matrix, w)
    return found.score, found.rank


_METHODS: Mapping[str, Callable[[DecisionMatrix, Array], tuple[Array, NDArray[np.int64]]]] = {
    "weighted_sum": _sum,
    "topsis": _topsis,
    "grey": _grey,
}
