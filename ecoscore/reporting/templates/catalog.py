"""Every field of a district and of the whole assessment, in the words that stand on the papers."""

from __future__ import annotations

from typing import Final

from ecoscore.reporting.digest import CODE_TITLE
from ecoscore.reporting.templates.entry import Entry, by_key
from ecoscore.reporting.templates.source import Source
from ecoscore.reporting.templates.value import Value, of_count, of_figure, of_text
from ecoscore.reporting.view_common import method_notes, places_text
from ecoscore.reporting.view_parts import NO_FIGURE, Comparison, Figure, Highlight, ScorecardView

_DATE_BLANK = "　　年　　月　　日"


def _compared(view: ScorecardView, figure: str) -> Value:
    found: Comparison | None = view.comparison
    got = getattr(found, figure) if found else NO_FIGURE
    return of_figure(got) if isinstance(got, Figure) else of_count(got)


def _places(view: ScorecardView) -> Value:
    found = view.comparison
    return of_text(places_text(found.rank_change) if found and found.rank_change is not None else None)


def _arrow(view: ScorecardView) -> Value:
    moved = view.comparison.rank_change if view.comparison else None
    return of_text(None if moved is None else f"↑{moved}" if moved > 0 else f"↓{-moved}" if moved else "持平")


def _listed(items: tuple[Highlight, ...]) -> Value:
    return of_text("、".join(h.text for h in items) or "无")


def numbered(texts: tuple[str, ...]) -> str:
    """Sentences one below the other, with numbers where there are several."""
    return "\n".join(f"{n}．{t}" for n, t in enumerate(texts, start=1)) if len(texts) > 1 else "".join(texts)


WHOLE: Final[tuple[Entry[Source], ...]] = (
    Entry("考核期", "考核期", "2024年度", lambda s: of_text(s.result.period.title)),
    Entry("年份", "考核期所在年份", "2024", lambda s: of_count(s.result.period.year)),
    Entry("方案", "考核方案名称和版本", "绿色政绩考核方案（2024年版）", lambda s: of_text(s.ranking.scheme), ("考核方案",)),
    Entry("满分", "方案满分", "100", lambda s: of_figure(_full(s))),
    Entry("参评个数", "参评单位个数", "10", lambda s: of_count(len(s.result.districts)), ("参评区县数",)),
    Entry("汇总表标题", "排名汇总表的标题", "某市2024年度区县绿色政绩考核排名汇总表", lambda s: of_text(s.ranking.title)),
    Entry("汇总表附注", "排名汇总表的附注，一条一行", "1．考核方案：……", lambda s: of_text(numbered(s.ranking.notes))),
    Entry("计分说明", "怎样计分、修约、排名，一条一行", "1．个体指数（0—100）……", lambda s: of_text(numbered(tuple(method_notes(s.result))))),
    Entry("考核单位", "组织考核的单位", "某市", lambda s: of_text(s.meta.organisation)),
    Entry("制发单位", "落款单位", "某市生态环境局", lambda s: of_text(s.meta.issuer or s.meta.organisation)),
    Entry("日期", "落款日期；没有设定时留出填写位置", _DATE_BLANK, lambda s: Value(s.meta.date or _DATE_BLANK), ("落款日期",)),
    Entry("校验码", "报表的校验码", "—", lambda s: of_text(s.meta.code.removeprefix(CODE_TITLE))),
)  # fmt: skip


def _full(source: Source) -> Figure:
    return source.scorecard(source.result.districts[0].name).chain.full


DISTRICT: Final[tuple[Entry[ScorecardView], ...]] = (
    Entry("区县", "被考核单位名称", "甲区", lambda v: of_text(v.district), ("区县名称", "被考核单位", "名称")),
    Entry("成绩单标题", "成绩单的标题", "某市2024年度区县绿色政绩考核成绩单", lambda v: of_text(v.title), ("标题",)),
    Entry("分类组", "分类组；不分组时为“全部参评单位”", "城区", lambda v: of_text(v.peer_group)),
    Entry("总分", "总分，按方案修约", "87.53", lambda v: of_figure(v.chain.total)),
    Entry("名次", "名次（数字）；不排名时为说明文字", "3", lambda v: of_count(v.standing.rank, v.standing.rank_text)),
    Entry("名次说明", "名次的文字，含并列", "并列第3名", lambda v: of_text(v.standing.rank_text)),
    Entry("同组个数", "同一分类组内排名的单位个数", "10", lambda v: of_count(v.standing.of)),
    Entry("等次", "等次", "良好", lambda v: of_text(v.standing.grade)),
    Entry("等次说明", "等次与总分不一致的原因", "—", lambda v: of_text(v.standing.grade_reason)),
    Entry("指标得分小计", "加减分之前的分数", "85.53", lambda v: of_figure(v.chain.base), ("小计", "基础分")),
    Entry("加分", "加分合计", "2.00", lambda v: of_figure(v.chain.bonus), ("加分合计",)),
    Entry("扣分", "扣分合计", "0.00", lambda v: of_figure(v.chain.deduction), ("扣分合计",)),
    Entry("总分算式", "小计、加分、扣分与总分的算式", "指标得分小计 85.53 ＋ 加分 2.00 － 扣分 0.00 ＝ 总分 87.53", lambda v: of_text(v.chain.text)),
    Entry("否决和封顶", "一票否决、等次封顶的情形和依据", "无", lambda v: of_text(v.limits_text)),
    Entry("基期", "与之比较的基期", "2023年度", lambda v: of_text(v.baseline)),
    Entry("本年值名称", "本期数值一栏的名称", "本年值", lambda v: of_text(v.value_label), ("本期值名称",)),
    Entry("上年值名称", "基期数值一栏的名称", "上年值", lambda v: of_text(v.baseline_label), ("基期值名称",)),
    Entry("上年总分", "上年（上年同期）总分", "85.10", lambda v: _compared(v, "total"), ("上期总分",)),
    Entry("总分变化", "比上年增减的分数", "+2.43", lambda v: _compared(v, "total_change")),
    Entry("上年名次", "上年（上年同期）名次", "5", lambda v: _compared(v, "rank"), ("上期名次",)),
    Entry("名次变化", "比上年进退的位次", "名次上升2位", _places),
    Entry("位次进退", "比上年进退的位次，用箭头", "↑2", _arrow),
    Entry("与上年比较", "与上年比较的一句话", "2023年度总分85.10分、第5名；本期总分比上期提高2.43分，名次上升2位。", lambda v: of_text(v.comparison.text if v.comparison else None), ("与上期比较",)),
    Entry("强项", "得分率最高的几项", "PM2.5年均浓度（个体指数96.00）", lambda v: _listed(v.strong)),
    Entry("短板", "失分最多的几项", "化肥使用量（失1.32分）", lambda v: _listed(v.weak), ("弱项",)),
    Entry("指标说明", "对个别指标得分的说明，一条一行", "第3项：应报未报，记 0 分", lambda v: of_text(numbered(v.remarks) or "无")),
    Entry("附注", "成绩单的附注，一条一行", "1．考核方案：……", lambda v: of_text(numbered(v.notes))),
)  # fmt: skip

WHOLE_BY_KEY: Final = by_key(WHOLE)
DISTRICT_BY_KEY: Final = by_key(DISTRICT)
