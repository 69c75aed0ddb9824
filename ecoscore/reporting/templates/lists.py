"""What a row may repeat over: indicators, groups, bonus and deduction items, notes, strong and weak items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ecoscore.reporting.templates.entry import Entry, by_key
from ecoscore.reporting.templates.syntax import key_of
from ecoscore.reporting.templates.value import Value, of_count, of_figure, of_text
from ecoscore.reporting.view_parts import (
    AdjustmentLine,
    GroupIndex,
    Highlight,
    ScorecardView,
    ScoreRow,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item with its place in the list as it is printed, from 1."""

    number: int
    item: Any


@dataclass(frozen=True)
class ItemList:
    """A list in a district's scorecard. `of` gives its items, `sorts` the words by which `{{#名称:词}}` picks some of them."""

    title: str
    meaning: str
    of: Callable[[ScorecardView], Sequence[Any]]
    entries: tuple[Entry[Any], ...]
    sorts: Callable[[Any], tuple[str, ...]] = lambda _: ()
    default: str = ""
    by_key: dict[str, Entry[Any]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", by_key(self.entries))

    def items(self, view: ScorecardView, sort: str = "") -> tuple[Numbered, ...]:
        found = [i for i in self.of(view) if not sort or sort in {key_of(s) for s in self.sorts(i)}]
        return tuple(Numbered(n, item) for n, item in enumerate(found, start=1))


SCORE: Final[tuple[Entry[ScoreRow], ...]] = (
    Entry("名称", "指标名称", "PM2.5年均浓度", lambda r: of_text(r.title)),
    Entry("代号", "指标在方案中的代号", "pm25", lambda r: of_text(r.indicator)),
    Entry("类别", "所属各级分组", "生态环境·大气环境", lambda r: of_text(r.category)),
    Entry("分组", "所属的最末一级分组", "大气环境", lambda r: of_text(r.category.rpartition("·")[2])),
    Entry("单位", "计量单位", "μg/m³", lambda r: of_text(r.unit)),
    Entry("性质", "约束性或“—”", "约束性", lambda r: of_text(r.nature)),
    Entry("分值", "分值（权重）", "6", lambda r: of_figure(r.weight), ("权重",)),
    Entry("目标值", "目标值", "35", lambda r: of_figure(r.target, r.unit)),
    Entry("上年值", "上年值（基期值）", "48.2", lambda r: of_figure(r.baseline, r.unit), ("基期值", "上年同期")),
    Entry("本年值", "本年值（本期值）；没有数值时为“未报”“—”“无数据”", "42.0", lambda r: of_figure(r.value, r.unit), ("本期值", "完成值", "值")),
    Entry("变化", "与上年值相比的变化，按方案的算法", "−12.9%", lambda r: of_figure(r.change, r.unit)),
    Entry("变化算法", "变化的算法", "变化率", lambda r: of_text(r.change_kind)),
    Entry("水平分", "水平分（存量，0—100）", "82.00", lambda r: of_figure(r.level), ("存量",)),
    Entry("改善分", "改善分（增量，0—100）", "91.00", lambda r: of_figure(r.progress), ("增量",)),
    Entry("个体指数", "个体指数（0—100）", "85.60", lambda r: of_figure(r.individual), ("指数",)),
    Entry("得分", "得分，按方案修约", "5.14", lambda r: of_figure(r.points)),
    Entry("状态", "数据状态", "已报", lambda r: of_text(r.status.title)),
    Entry("说明", "对得分的说明", "—", lambda r: of_text(r.note.rstrip("。"))),
    Entry("责任部门", "数据来源（责任）部门", "生态环境局", lambda r: of_text(r.department), ("部门",)),
)  # fmt: skip

GROUP: Final[tuple[Entry[GroupIndex], ...]] = (
    Entry("名称", "分组名称", "大气环境", lambda g: of_text(g.title)),
    Entry("层次", "第几级分组", "1", lambda g: of_count(g.depth + 1)),
    Entry("分值", "分值（权重）", "40", lambda g: of_figure(g.weight), ("权重",)),
    Entry("指数", "分类指数（0—100）", "88.10", lambda g: of_figure(g.index)),
    Entry("得分", "分组得分", "35.24", lambda g: of_figure(g.points)),
    Entry("同组平均", "同一分类组的平均指数", "84.30", lambda g: of_figure(g.peer_mean)),
)

ADJUSTMENT: Final[tuple[Entry[AdjustmentLine], ...]] = (
    Entry("类别", "加分、扣分、等次封顶或一票否决", "加分", lambda a: of_text(a.kind)),
    Entry("名称", "加减分项名称", "获国家级表彰", lambda a: of_text(a.title)),
    Entry("次数", "发生次数", "1", lambda a: of_count(a.count)),
    Entry("分数", "加减的分数，带正负号", "+2.00", lambda a: of_figure(a.points), ("分值",)),
    Entry("效果", "加减多少分，或对等次的影响", "加2.00分", lambda a: of_text(a.effect)),
    Entry("依据", "依据：事项、部门、文号、日期", "某厅，某发〔2024〕1号", lambda a: of_text(a.ground)),
)

NOTE: Final[tuple[Entry[str], ...]] = (Entry("内容", "附注的一条", "考核方案：……", of_text),)

HIGHLIGHT: Final[tuple[Entry[Highlight], ...]] = (
    Entry("名称", "指标名称", "化肥使用量", lambda h: of_text(h.title)),
    Entry("个体指数", "个体指数（0—100）", "62.00", lambda h: of_figure(h.individual)),
    Entry("失分", "失去的分数", "1.32", lambda h: of_figure(h.lost)),
    Entry("说明", "名称连同数字", "化肥使用量（失1.32分）", lambda h: of_text(h.text)),
)


def _score_sorts(row: ScoreRow) -> tuple[str, ...]:
    return (*row.category.split("·"), row.nature)


LISTS: Final = (
    ItemList("指标", "方案的各项指标", lambda v: v.rows, SCORE, _score_sorts, "本年值"),
    ItemList("分组", "方案的各级分组", lambda v: v.groups, GROUP, lambda g: (f"{'一二三四五六'[min(g.depth, 5)]}级",), "得分"),
    ItemList("加减分", "加分、扣分、封顶、否决事项", lambda v: v.adjustments, ADJUSTMENT, lambda a: (a.kind,)),
    ItemList("附注", "成绩单附注", lambda v: v.notes, NOTE),
    ItemList("强项", "得分率最高的几项", lambda v: v.strong, HIGHLIGHT),
    ItemList("短板", "失分最多的几项", lambda v: v.weak, HIGHLIGHT),
)  # fmt: skip
NUMBER: Final[Entry[Numbered]] = Entry("序号", "在表中的序号", "1", lambda n: Value(str(n.number), n.number))
DISTRICTS: Final = "区县"
LIST_BY_KEY: Final = {key_of(one.title): one for one in LISTS} | {key_of("弱项"): LISTS[-1]}
