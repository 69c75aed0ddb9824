"""From a result to the ranking sheet."""

from __future__ import annotations

import math

from ecoscore.model.result import Result
from ecoscore.reporting.view_common import (
    comparison,
    finding_notes,
    method_notes,
    peer_group_title,
    scheme_text,
    standing,
    subject_of,
    total_chain,
)
from ecoscore.reporting.view_parts import GroupColumn, PaperMeta, RankingRow, RankingSection, RankingView
from ecoscore.reporting.view_text import paper_title, score_figure, sentence, weight_figures


def ranking_view(result: Result, meta: PaperMeta | None = None, *, previous: Result | None = None) -> RankingView:
    """Every district in rank order, by peer group; `previous` is last year's result, for the change of rank."""
    meta = meta or PaperMeta()
    scheme = result.scheme
    top = [(g, node) for g, node in enumerate(result.groups_in_order) if node in scheme.groups]
    share = scheme.full / (sum(node.own_weight for _, node in top) or 1)
    weights = weight_figures([node.own_weight * share for _, node in top], scheme)
    sections: dict[tuple[object, str], list[RankingRow]] = {}
    for d in range(len(result.districts)) if scheme.unranked else result.order:
        key = result.districts[d].level, peer_group_title(result, d)
        sections.setdefault(key, []).append(_row(result, d, [g for g, _ in top], previous))
    rows = [row for section in sections.values() for row in section]
    unreported = any(figure.raw is None for row in rows for figure in row.groups)
    source = sentence(meta.sources, f"考核方案：{scheme_text(scheme)}", "各类列示指数（0—100），表头数字为该类分值")
    blank = ["“—”表示该类没有可计算的指标或无此项。"] if unreported or not previous else []
    paper = "结果汇总表" if scheme.unranked else "排名汇总表"
    return RankingView(
        title=paper_title(meta.organisation, result.period, subject_of(result, meta), paper),
        period=result.period.title,
        scheme=scheme_text(scheme),
        columns=tuple(GroupColumn(node.id, node.title, w) for (_, node), w in zip(top, weights, strict=True)),
        sections=tuple(RankingSection(group, tuple(found)) for (_, group), found in sections.items()),
        compared=any(row.previous_rank is not None for row in rows),
        notes=(source, *method_notes(result), *blank, *finding_notes(result, None)),
        unranked=scheme.unranked,
        meta=meta,
    )


def _row(result: Result, d: int, groups: list[int], previous: Result | None) -> RankingRow:
    name = result.districts[d].name
    place, chain = standing(result, d), total_chain(result, d)
    then = comparison(result, name, previous)
    moved = then.rank_change if then else None
    return RankingRow(
        district=name,
        rank=place.rank,
        rank_text=("并列" if place.tied else "") + str(place.rank) if place.rank else place.rank_text,
        tied=place.tied,
        groups=tuple(score_figure(float(result.group_cells.index[d, g]), result.scheme) for g in groups),
        base=chain.base,
        bonus=chain.bonus,
        deduction=chain.deduction,
        total=chain.total,
        grade=place.grade,
        grade_reason=place.grade_reason,
        previous_rank=then.rank if then else None,
        rank_change=moved,
        change_text="—" if moved is None else f"↑{moved}" if moved > 0 else f"↓{-moved}" if moved else "持平",
    )


def ranked_total(row: RankingRow) -> float:
    """The number bars are drawn for; 0 where there is no total."""
    raw = row.total.raw
    return 0.0 if raw is None or math.isnan(raw) else raw
