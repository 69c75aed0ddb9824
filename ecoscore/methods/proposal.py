"""Weights by a method beside the scheme's own: a proposal for people to weigh, never applied by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ecoscore.errors import InputRefused
from ecoscore.methods.ahp import AhpWeights, ahp_weights
from ecoscore.methods.combined import COMBINATION_TITLES, Combination, combine_weights
from ecoscore.methods.critic import CriticWeights, critic_weights
from ecoscore.methods.entropy import EntropyWeights, entropy_weights
from ecoscore.methods.equal import equal_weights
from ecoscore.methods.matrix import DecisionMatrix, from_result
from ecoscore.model.result import Result
from ecoscore.model.rule import Array
from ecoscore.model.scheme import Group, Indicator

Method = Literal["equal", "ahp", "entropy", "critic", "combined"]
Scope = Literal["within_groups", "overall"]
METHOD_TITLES = {
    "equal": "等权",
    "ahp": "层次分析法",
    "entropy": "熵权法",
    "critic": "CRITIC 法",
    "combined": "组合赋权",
}
SCOPE_TITLES = {"within_groups": "各组总分不变，只在组内分配", "overall": "全部指标一起分配"}
_FROM_DATA: Mapping[str, Callable[[DecisionMatrix], EntropyWeights | CriticWeights]] = {
    "entropy": entropy_weights,
    "critic": critic_weights,
}


@dataclass(frozen=True, slots=True)
class ProposedWeight:
    """One indicator: full marks in points now and as proposed, and `weight` in the scheme file's own scale.

    `proposed_weight` keeps the sum of the group's weights, so it may be written into the scheme as it stands; for an
    `overall` proposal the groups' weights change too (see `groups` of the proposal).
    """

    indicator: str
    title: str
    group: str
    weight: float
    proposed_weight: float
    points: float
    proposed_points: float

    @property
    def change(self) -> float:
        return self.proposed_points - self.points


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """The full marks of an innermost group, now and as proposed."""

    group: str
    title: str
    points: float
    proposed_points: float


@dataclass(frozen=True, slots=True)
class WeightProposal:
    """`details` are the methods' own results with every intermediate, by group id ("" where overall)."""

    method: Method
    scope: Scope
    items: tuple[ProposedWeight, ...]
    groups: tuple[ProposedGroup, ...]
    details: Mapping[str, tuple[object, ...]]
    notes: tuple[str, ...] = ()

    @property
    def by_id(self) -> dict[str, float]:
        """Indicator id → proposed full marks in points."""
        return {item.indicator: item.proposed_points for item in self.items}


def propose_weights(
    result: Result,
    method: Method,
    *,
    scope: Scope = "within_groups",
    districts: Sequence[str] | None = None,
    keep: Sequence[str] = (),
    judgements: Mapping[str, Array | Sequence[Sequence[float]]] | None = None,
    objective: Literal["entropy", "critic"] = "entropy",
    how: Combination = "multiplicative",
    alpha: float = 0.5,
) -> WeightProposal:
    """Weights by `method` for the indicators that carry weight, beside the scheme's own.

    `districts` are those whose values are looked at (all, unless given); the indicators in `keep` stay as they are and
    take no part: so the districts and indicators with gaps are left out knowingly, or not at all.

    `judgements` are AHP's matrices: by group id for `within_groups`, under "" for `overall`, in the order of the
    group's (the scheme's) weighted indicators. `combined` joins the scheme's own weights (or AHP's, where judgements
    are given) with the `objective` ones. A group of one keeps its weight; so does a group in which no indicator tells
    the districts apart, and a note says so.
    """
    if method not in METHOD_TITLES:
        raise InputRefused(f"没有这种赋权方法：{method}", f"可用：{'、'.join(METHOD_TITLES)}")
    if unknown := [i for i in keep if i not in result.scheme.by_id]:
        raise InputRefused(f"方案里没有指标 {'、'.join(unknown)}", "请用方案里的指标标识")
    weighed = [i for i in result.indicators if result.cells.full[0, result.indicator_at[i.id]] > 0 and i.id not in keep]
    if not weighed:
        raise InputRefused("没有权重大于 0、又参与计算的指标", "请先给指标写权重，或少保留几个")
    ids = [i.id for i in weighed]
    whole = (
        from_result(result, indicators=ids, districts=districts)
        if method in {"entropy", "critic", "combined"}
        else None
    )
    parts = _parts(result, weighed, scope)
    work = _Work(result, method, judgements or {}, objective, how, alpha)
    shares: dict[str, float] = {}
    for key, members in parts.items():
        matrix = whole and whole.select(indicators=[whole.indicators.index(m.id) for m in members])
        points = _points(result, members)
        found = work.weights(key, members, matrix, points)
        shares.update({m.id: float(p) for m, p in zip(members, found * points.sum(), strict=True)})
    left = [i.title for i in result.indicators if i not in weighed and i.id not in keep]
    kept = [result.scheme.by_id[i].title for i in keep]
    if method == "combined" and not judgements:
        work.notes.insert(0, f"主观权重取本方案现有权重，与客观权重按{COMBINATION_TITLES[how]}组合")
    notes = tuple(work.notes) + ((f"权重为 0、只登记不计分的指标没有参与：{'、'.join(left)}",) if left else ())
    notes += (f"按要求权重照旧的指标：{'、'.join(kept)}",) if kept else ()
    return WeightProposal(method, scope, *_laid_out(result, weighed, shares), work.details, notes)


def _parts(result: Result, weighed: list[Indicator], scope: Scope) -> dict[str, list[Indicator]]:
    if scope == "overall":
        return {"": weighed}
    parts: dict[str, list[Indicator]] = {}
    for i in weighed:
        parts.setdefault(result.scheme.group_of(i.id).id, []).append(i)
    return parts


def _points(result: Result, members: Sequence[Indicator]) -> Array:
    return np.asarray(result.cells.full[0, [result.indicator_at[m.id] for m in members]], dtype=np.float64)


class _Work:
    """One proposal in the making: a method applied part by part, keeping its intermediates and what it decided."""

    def __init__(
        self,
        result: Result,
        method: Method,
        judgements: Mapping[str, Array | Sequence[Sequence[float]]],
        objective: Literal["entropy", "critic"],
        how: Combination,
        alpha: float,
    ) -> None:
        self.result, self.method, self.judgements = result, method, judgements
        self.objective, self.how, self.alpha = objective, how, alpha
        self.titles = {g.id: g.title for g in result.scheme.all_groups} | {"": "全部指标"}
        self.details: dict[str, tuple[object, ...]] = {}
        self.notes: list[str] = []

    def weights(self, key: str, members: list[Indicator], matrix: DecisionMatrix | None, points: Array) -> Array:
        """Shares of one part, summing to 1."""
        if len(members) == 1:
            return np.ones(1)
        if self.method == "equal":
            equal = equal_weights(len(members))
            self.details[key] = (equal,)
            return equal.weights
        if self.method == "ahp":
            return self._ahp(key, members)
        assert matrix is not None
        current: Array = points / points.sum()
        if matrix.constant.all():
            self.notes.append(f"“{self.titles[key]}”里各区县的每个指标都相同，无从计算，权重照旧")
            return current
        name = self.objective if self.method == "combined" else self.method
        objective = _FROM_DATA[name](matrix)
        self.notes += [f"{self.titles[key]}：{note}" for note in objective.notes]
        if self.method != "combined":
            self.details[key] = (objective,)
            return objective.weights
        subjective = self._ahp(key, members) if self.judgements else current
        combined = combine_weights(subjective, objective.weights, self.how, self.alpha)
        self.details[key] = (combined, objective, *self.details.get(key, ()))
        return combined.weights

    def _ahp(self, key: str, members: list[Indicator]) -> Array:
        if key not in self.judgements:
            raise InputRefused(
                f"“{self.titles[key]}”没有给出判断矩阵", f"它有 {len(members)} 个指标，需要一个同样大小的方阵"
            )
        found: AhpWeights = ahp_weights(self.judgements[key], [m.title for m in members])
        self.details[key] = (found,)
        if found.mend is not None:
            ratio = f"{self.titles[key]}：一致性比率 CR＝{found.consistency_ratio:.4f}，大于 0.1，没有通过检验"
            self.notes.append(f"{ratio}。{found.mend.sentence}")
        self.notes += [f"{self.titles[key]}：{note}" for note in found.notes]
        return found.weights


def _laid_out(
    result: Result, weighed: list[Indicator], proposed: Mapping[str, float]
) -> tuple[tuple[ProposedWeight, ...], tuple[ProposedGroup, ...]]:
    groups: dict[str, tuple[Group, list[Indicator]]] = {}
    for i in weighed:
        group = result.scheme.group_of(i.id)
        groups.setdefault(group.id, (group, []))[1].append(i)
    items, laid = [], []
    for group, members in groups.values():
        points = _points(result, members)
        now, then = float(points.sum()), sum(proposed[m.id] for m in members)
        scale = sum(m.weight for m in members)
        for member, before in zip(members, points, strict=True):
            after = proposed[member.id]
            weight = scale * after / then if then > 0 else 0.0
            items.append(ProposedWeight(member.id, member.title, group.id, member.weight, weight, float(before), after))
        laid.append(ProposedGroup(group.id, group.title, now, then))
    return tuple(items), tuple(laid)
