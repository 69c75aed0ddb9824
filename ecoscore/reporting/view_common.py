"""What every paper says in the same words: standing, chain of totals, layers above points, notes."""

from __future__ import annotations

import math
from collections.abc import Collection
from decimal import Decimal

import numpy as np

from ecoscore.model.adjustment import LAYER_TITLES, AppliedAdjustment, Layer
from ecoscore.model.district import Level
from ecoscore.model.observation import Status
from ecoscore.model.period import Period
from ecoscore.model.result import Result
from ecoscore.model.scheme import AGGREGATE_TITLES, MISSING_TITLES, ROUNDING_TITLES, SHARE_OUT_TITLES, Scheme
from ecoscore.reporting.view_parts import AdjustmentLine, Comparison, Figure, PaperMeta, Standing, TotalChain
from ecoscore.reporting.view_text import difference, fixed, rank_text, score_figure, sentence

_SUBJECTS = {
    Level.PROVINCE: "省（区、市）",
    Level.CITY: "设区市",
    Level.COUNTY: "区县",
    Level.TOWN: "乡镇（街道）",
    Level.VILLAGE: "村（社区）",
}
NO_GRADES = "未设等次"


def subject_of(result: Result, meta: PaperMeta) -> str:
    """「区县绿色政绩考核」 by the level assessed, unless the bureau calls it otherwise."""
    if meta.subject:
        return meta.subject
    levels = {d.level for d in result.districts}
    return (_SUBJECTS[levels.pop()] if len(levels) == 1 else "") + "绿色政绩考核"


def scheme_text(scheme: Scheme) -> str:
    return f"{scheme.title}（{scheme.edition}）" if scheme.edition else scheme.title


def peers(result: Result, d: int) -> list[int]:
    """Positions of the districts ranked together with `d`, itself included."""
    me = result.districts[d]
    return [n for n, o in enumerate(result.districts) if (o.level, o.peer_group) == (me.level, me.peer_group)]


def peer_group_title(result: Result, d: int) -> str:
    return result.districts[d].peer_group or "全部参评单位"


def baseline_text(result: Result, d: int) -> str:
    period = result.baselines[d] if d < len(result.baselines) else None
    return period.title if period else ""


def value_label(period: Period) -> str:
    """What the values of the period are called."""
    return "本年值" if period.kind == "year" else "本期值"


def baseline_label(period: Period, baseline: Period | None) -> str:
    """What the values of the baseline are called."""
    if baseline not in {None, period.previous_year}:
        return "基期值"
    return "上年值" if period.kind == "year" else "上年同期"


def standing(result: Result, d: int) -> Standing:
    """Rank among peers and grade, with the reason where either is not what the total alone gives."""
    layers = result.layers
    group = peers(result, d)
    ranked = [n for n in group if layers.rank[n] > 0]
    rank = int(layers.rank[d]) or None
    tied = rank is not None and sum(1 for n in ranked if layers.rank[n] == rank) > 1
    absent = "不排名" if result.scheme.unranked else "未参加排名"
    return Standing(
        rank=rank, rank_text=absent if rank is None else rank_text(rank, tied=tied), tied=tied, of=len(ranked),
        grade=(layers.grade[d] if result.scheme.grades else "") or NO_GRADES,
        earned_grade=layers.earned_grade[d], grade_reason=layers.grade_reason[d] or "",
    )  # fmt: skip


def total_chain(result: Result, d: int) -> TotalChain:
    """The chain as printed; it says so where the printed parts do not add up to the total rounded once."""
    layers, scheme = result.layers, result.scheme
    base, bonus, deduction = (
        score_figure(float(array[d]), scheme) for array in (layers.base, layers.bonus, layers.deduction)
    )
    total = score_figure(float(layers.total[d]), scheme)
    parts = [Decimal(f.text) for f in (base, bonus, deduction, total) if f.raw is not None and f.raw >= 0]
    tail = len(parts) == 4 and parts[0] + parts[1] - parts[2] != parts[3]
    text = f"指标得分小计 {base.text} ＋ 加分 {bonus.text} － 扣分 {deduction.text} ＝ 总分 {total.text}"
    full = Figure(scheme.full, fixed(scheme.full, 0 if scheme.full == int(scheme.full) else scheme.decimals, scheme))
    return TotalChain(base, bonus, deduction, total, full, text, tail)


def adjustment_lines(result: Result, district: str) -> tuple[AdjustmentLine, ...]:
    return tuple(_line(result.scheme, applied) for applied in result.grounds(district))


def _line(scheme: Scheme, a: AppliedAdjustment) -> AdjustmentLine:
    scored = a.layer in {Layer.BONUS, Layer.DEDUCTION}
    points = score_figure(a.points, scheme, signed=True) if scored else Figure(None, "—")
    ground = a.ground or ("按指标数据自动判定" if a.automatic else "未填依据")
    return AdjustmentLine(a.layer, LAYER_TITLES[a.layer], a.title, a.count, points, a.grade or "", ground, a.automatic)


def limits_text(lines: tuple[AdjustmentLine, ...], grade_reason: str) -> str:
    """一票否决、等次封顶: none, or each with its ground."""
    bound = [n for n in lines if n.layer in {Layer.CEILING, Layer.VETO}]
    if bound:
        return "有。" + "".join(sentence(f"{n.kind}：{n.told}（依据：{n.ground}）") for n in bound)
    return "有。" + sentence(grade_reason) if grade_reason else "无"


def comparison(result: Result, district: str, previous: Result | None) -> Comparison | None:
    """Set against an earlier result of the same scheme and edition; None where there is nothing comparable."""
    scheme = result.scheme
    if previous is None or (previous.scheme.id, previous.scheme.edition) != (scheme.id, scheme.edition):
        return None
    if district not in previous.district_at:
        return None
    d, p = result.district_at[district], previous.district_at[district]
    if math.isnan(result.layers.total[d]) or math.isnan(previous.layers.total[p]):
        return None
    now, then = standing(result, d), standing(previous, p)
    gained = then.rank - now.rank if then.rank and now.rank else None
    delta = difference(float(result.layers.total[d]), float(previous.layers.total[p]))
    total, change = (score_figure(v, scheme) for v in (float(previous.layers.total[p]), abs(delta)))
    moved = "与上期持平" if not delta else f"比上期{'提高' if delta > 0 else '下降'}{change.text}分"
    text = sentence(
        f"{previous.period.title}总分{total.text}分" + (f"、{then.rank_text}" if then.rank else ""),
        f"本期总分{moved}" + (f"，{places_text(gained)}" if gained is not None else ""),
    )
    signed = score_figure(delta, scheme, signed=True)
    label = previous.period.title
    if previous.period == result.period.previous_year:
        label = "上年" if result.period.kind == "year" else "上年同期"
    return Comparison(previous.period.title, label, total, signed, then.rank, gained, text)


def places_text(gained: int) -> str:
    if not gained:
        return "名次不变"
    return f"名次{'上升' if gained > 0 else '下降'}{abs(gained)}位"


def peer_mean(result: Result, group: list[int], g: int) -> float:
    """The mean index of a group among peers, over those that have one."""
    column = result.group_cells.index[group, g]
    column = column[~np.isnan(column)]
    return float(column.mean()) if len(column) else math.nan


# Notes ----------------------------------------------------------------------------------------------------------


def method_notes(result: Result) -> list[str]:
    """How it was computed, rounded and ranked, one sentence each."""
    scheme = result.scheme
    notes = [method_sentence(scheme), rounding_sentence(scheme)]
    if scheme.unranked:
        notes.append(sentence(f"本方案结果不排名：{scheme.unranked}"))
    else:
        notes.append("名次按修约后的总分在同一层级、同一分类组内排列，总分相同的名次并列，其后名次顺延。")
    if scheme.review:
        notes.append("本方案部分条款据公开资料整理，尚未逐条核对，正式使用前请对照原文。")
    return notes


def method_sentence(scheme: Scheme) -> str:
    progress = any(i.rule.progress is not None for i in scheme.indicators)
    parts = "由水平分、改善分按方案所定比例合成" if progress else "由指标值按计分规则换算"
    own = {g.title: g.aggregate for g in scheme.all_groups if g.aggregate and g.aggregate != scheme.aggregate}
    others = "".join(f"，其中{title}按{AGGREGATE_TITLES[kind]}" for title, kind in own.items())
    if own or scheme.aggregate != "arithmetic":
        others += "，故各项得分之和一般不等于小计"
    full = fixed(scheme.full, 0 if scheme.full == int(scheme.full) else scheme.decimals, scheme)
    return sentence(
        f"个体指数（0—100）{parts}，得分＝分值×个体指数÷100",
        f"各类指数、总分按{AGGREGATE_TITLES[scheme.aggregate]}合成，满分{full}分{others}",
    )


def rounding_sentence(scheme: Scheme) -> str:
    return (
        f"计算过程不修约，得分、总分按{ROUNDING_TITLES[scheme.rounding]}保留{scheme.decimals}位小数，"
        "列示各项相加可能有尾差。"
    )


def state_notes(result: Result, states: set[Status]) -> list[str]:
    """What the marks in place of a value mean; only those that appear."""
    scheme = result.scheme
    parts = []
    if {Status.NOT_APPLICABLE, Status.NOT_CONCERNED} & set(states):
        how = SHARE_OUT_TITLES[scheme.share_out]
        parts.append(f"“—”表示不适用或无此项，不适用指标的权重{how}给同组其他指标")
    else:
        parts.append("“—”表示无此项")
    if Status.MISSING in states:
        parts.append(f"“未报”表示应报未报，{MISSING_TITLES[scheme.missing]}")
    if Status.NO_DATA in states:
        score = fixed(scheme.no_data_score, 0 if scheme.no_data_score == int(scheme.no_data_score) else 2, scheme)
        parts.append(f"“无数据”表示全体单位均无数据，个体指数按{score}计")
    return [sentence(*parts)]


def finding_notes(result: Result, district: str | None, told: Collection[str] = ()) -> list[str]:
    """Reminders of the scoring, general ones and those of one district, in one note; none about indicators already told of."""
    about = [f for f in result.findings if f.district in {None, district} and (f.indicator or "") not in told]
    texts = dict.fromkeys(f.message.rstrip("。；") for f in about)
    if district is None and (others := sum(f.district is not None for f in result.findings)):
        texts[f"有关各单位的提醒{others}条，见各单位成绩单"] = None
    return [sentence("评分提醒：" + "；".join(texts))] if texts else []
