"""The words of a scheme's workbook: its sheets, their columns, the choices, and the Chinese names of rule parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ecoscore.model.adjustment import LAYER_TITLES
from ecoscore.model.compensation import AGAINST_TITLES
from ecoscore.model.scheme import (
    AGGREGATE_TITLES,
    DIRECTION_TITLES,
    DISTRICT_ROLL_UP_TITLES,
    MISSING_TITLES,
    PERIOD_ROLL_UP_TITLES,
    ROUNDING_TITLES,
    SHARE_OUT_TITLES,
)
from ecoscore.rules import KINDS

Kind = Literal[
    "text", "number", "ratio", "flag", "choice", "texts", "group", "quantity", "quantities", "bound", "params", "shares"
]

ABOUT, SETTINGS, INDICATORS, GROUPS = "说明", "方案", "指标", "组"
ADJUSTMENTS, GRADES, INPUTS, COMPENSATION = "加减分", "等次", "基础数据", "补偿"
SHEETS = (ABOUT, SETTINGS, GROUPS, INDICATORS, ADJUSTMENTS, GRADES, INPUTS, COMPENSATION)
NEEDED = (SETTINGS, GROUPS, INDICATORS)
NAME, VALUE, REMARK = "名称", "值", "说明"
YES, NO = "是", "否"
SAMPLE_WORST, SAMPLE_BEST = "本期最差", "本期最优"
NO_LIMIT = "不限"

RULE_TITLES: Mapping[str, str] = {kind: rule.title for kind, rule in KINDS.items()}
PART_TITLES: Mapping[str, str] = {k: t for k, t in RULE_TITLES.items() if k != "level_and_progress"}
MEASURES: Mapping[str, str] = {"absolute": "变化值", "relative": "变化率", "gap": "缩差率"}
_DIRECTIONS: Mapping[str, str] = {str(k): t for k, t in DIRECTION_TITLES.items()}
_LAYERS: Mapping[str, str] = {str(k): t for k, t in LAYER_TITLES.items()}
NO_BASELINES: Mapping[str, str] = {"level_only": "只计水平分", "refuse": "不予评分"}
BASELINES: Mapping[str, str] = {"previous_year": "上年同期", "plan_start": "五年规划期初", "term_start": "任期初"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the dotted key in a scheme file, what its cells hold, and how it is shown.

    `note` is the remark on its header; `choices` file word → Chinese word; `needed`: a row is nothing without it.
    """

    title: str
    key: str
    kind: Kind
    note: str
    width: float = 10
    choices: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the sheet of settings; with an empty key it is a heading."""

    title: str
    key: str = ""
    kind: Kind = "text"
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


BINDING_SWITCH = "binding"
SETTING_ROWS: tuple[Setting, ...] = (
    Setting("一、基本情况"),
    Setting("方案标识", "id", note="字母、数字、汉字、下划线、点和短横；改了就是另一个方案"),
    Setting("方案标题", "title"),
    Setting("版本", "edition", note="如 2024；不同版本并存，一个年度按它评分时的版本"),
    Setting("依据", "source"),
    Setting("方案备注", "note"),
    Setting("须对照原文", "review", "flag", "是：方案里有凭记忆写下、尚未对照原文的规定"),
    Setting("不排名的理由", "unranked", note="写了理由就不排名；可以排名的留空"),
    Setting("二、计分"),
    Setting("满分", "full", "number", "各组权重合计应等于它，否则按比例归一"),
    Setting("小数位数", "decimals", "number", "0—9 的整数"),
    Setting("修约规则", "rounding", "choice", choices=ROUNDING_TITLES),
    Setting("合成方法", "aggregate", "choice", "组与总分怎样合成；各组可以另写", AGGREGATE_TITLES),
    Setting("基期", "baseline", "choice", "上年同期、五年规划期初、任期初，或一个考核期，如 2020", BASELINES),
    Setting("没有基期值时", "no_baseline", "choice", choices=NO_BASELINES),
    Setting("应报未报的", "missing", "choice", choices=MISSING_TITLES),
    Setting("全体无数据的记分", "no_data", "number", "0—100"),
    Setting("不适用的权重", "share_out", "choice", "怎样分给同组其他指标", SHARE_OUT_TITLES),
    Setting("三、封顶"),
    Setting("加分合计封顶", "limits.bonus", "number", "不封顶的留空"),
    Setting("扣分合计封顶", "limits.deduction", "number", "不封顶的留空"),
    Setting("总分封顶", "limits.total", "number", "不封顶的留空"),
    Setting("总分不低于", "limits.least", "number", "不设的留空"),
    Setting("四、约束性指标未完成的后果"),
    Setting("设约束性后果", BINDING_SWITCH, "flag", "否：以下四项都留空"),
    Setting("未完成的该项不得分", "binding.zero_item", "flag"),
    Setting("从第几项起倒扣该项分值", "binding.deduct_from", "number", "不倒扣的留空"),
    Setting("从第几项起降等次", "binding.fail_from", "number", "不降等次的留空"),
    Setting("降为等次", "binding.fail_grade"),
    Setting("五、区域补偿（补偿项写在“补偿”表）"),
    Setting("补偿金额单位", "compensation.unit", note="没有区域补偿的，以下四项都留空"),
    Setting("补偿金额小数位数", "compensation.decimals", "number"),
    Setting("收支平衡", "compensation.zero_sum", "flag", "是：收入按支出总额同比例折算"),
    Setting("补偿备注", "compensation.note"),
)

_ROLL_UP = (
    Column("年度怎样来", "over_periods", "choice", "只有季度、月度数时怎样得出年度数", 10, PERIOD_ROLL_UP_TITLES),
    Column("上级怎样来", "over_districts", "choice", "只有下级数时怎样得出本级数", 12, DISTRICT_ROLL_UP_TITLES),
    Column("按何加权", "weigh_by", "quantity", "下级加权平均时，权数是哪个指标或基础数据（名称或标识）", 12),
)
_ALIASES = Column("别名", "aliases", "texts", "表格里可能出现的其他名称，用分号隔开", 24)
_UNIT = Column("单位", "unit", "text", "数值的单位，如 %、μg/m³", 9)
_VALID = (
    Column("有效下限", "valid.0", "number", "数值小于它就要求核对；不设的留空", 9),
    Column("有效上限", "valid.1", "number", "数值大于它就要求核对；不设的留空", 9),
)
_BOUND_NOTE = (
    "一个数，或“本期最差”“本期最优”（取本期参评单位）；适度指标写两个数，用分号隔开：最差值写过低限与过高限，"
    "最优值写适宜区间"
)

INDICATOR_COLUMNS: tuple[Column, ...] = (
    Column("所属组", "group", "group", "“组”表里的名称；名称重复的写标识", 16, needed=True),
    Column("标识", "id", "text", "各不相同；改名称不改标识，历年数据才接得上", 20, needed=True),
    Column("指标", "title", "text", "指标名称", 30, needed=True),
    _ALIASES,
    _UNIT,
    Column("方向", "direction", "choice", "正向越大越好，逆向越小越好，适度在区间内最好；留空为正向", 7, _DIRECTIONS),
    Column("权重", "weight", "number", "在组里的分值；不要用百分比格式；0 为只登记不计分", 8, needed=True),
    Column("约束性", "binding", "flag", "是：未完成的按“方案”表第四部分处理", 7),
    Column("部门", "department", "text", "负责的部门", 16),
    *_VALID,
    Column("目标值", "target", "number", "各区县相同的目标；各区县另有目标的可在软件里设", 9),
    Column("适宜下限", "ideal.0", "number", "适度指标的适宜区间；其他指标留空", 9),
    Column("适宜上限", "ideal.1", "number", "适度指标的适宜区间；其他指标留空", 9),
    Column("口径", "basis", "text", "数值依据的标准版本，如 GB 3095-2012", 16),
    Column("计分法", "rule.kind", "choice", "从下拉表里选", 14, RULE_TITLES, needed=True),
    Column("最差值", "rule.bounds.worst", "bound", _BOUND_NOTE, 11),
    Column("最优值", "rule.bounds.best", "bound", _BOUND_NOTE, 11),
    Column("下限分", "rule.floor", "number", "功效系数法最差值所得的分、名次法的最低分，0—100", 8),
    Column("其他参数", "rule", "params", "计分法的其余参数，写作 名称=值，用分号隔开；各计分法有哪些见“说明”表", 28),
    Column("存量占比", "rule.share", "ratio", "存量与增量：水平分所占比例，0—1，也可设为百分比格式", 9),
    Column("水平计分法", "rule.level.kind", "choice", "存量与增量：水平分怎样计；其参数写在左边四列", 12, PART_TITLES),
    Column("改善度量", "rule.measure", "choice", "存量与增量：改善怎样量", 10, MEASURES),
    Column("改善计分法", "rule.progress.kind", "choice", "存量与增量：改善分怎样计", 12, PART_TITLES),
    Column("改善最差值", "rule.progress.bounds.worst", "bound", "以改善的度量为单位，变差为负（逆向指标相反）", 11),
    Column("改善最优值", "rule.progress.bounds.best", "bound", "以改善的度量为单位", 11),
    Column("改善下限分", "rule.progress.floor", "number", "改善分的下限，0—100", 10),
    Column("改善其他参数", "rule.progress", "params", "改善计分法的其余参数，写作 名称=值", 16),
    Column("不低于则改善满分", "rule.exempt_above", "number", "水平达到它，改善分记满；不设的留空", 9),
    Column("不高于则改善满分", "rule.exempt_below", "number", "水平不高于它，改善分记满；不设的留空", 9),
    Column(
        "须同时改善",
        "rule.together",
        "quantities",
        "双控双降：这些指标与本项都比基期好，改善分才不受右边所限；用分号隔开",
        16,
    ),
    Column("未同时改善至多", "rule.alone", "number", "未同时改善时改善分至多多少，0—100；留空为 60", 9),
    Column("取对数", "transform", "flag", "是：数值与上下限先取对数", 7),
    Column("单项封顶", "cap", "number", "个体得分（0—100）的上限；不设的留空", 9),
    Column("年度进度", "milestones", "shares", "目标值是五年目标时，各年累计进度，如 2023=0.6；2024=0.8", 18),
    Column("派生公式", "formula", "text", "由其他指标或基础数据算出时的公式", 22),
    *_ROLL_UP,
    Column("累计数", "cumulative", "flag", "是：历年累计，不会减少；导入时比上年小的会提醒", 7),
    Column("条款", "clause", "text", "依据的条款，印在计分底稿上", 40),
    Column("备注", "note", "text", "", 30),
)
GROUP_COLUMNS: tuple[Column, ...] = (
    Column("标识", "id", "text", "各不相同，也不与指标相同", 18, needed=True),
    Column("名称", "title", "text", "组的名称", 28, needed=True),
    Column("上级组", "parent", "group", "上级组的名称或标识；最上层的留空", 20),
    Column("权重", "weight", "number", "留空为组内权重之和", 9),
    Column("合成方法", "aggregate", "choice", "与“方案”表相同的留空", 16, AGGREGATE_TITLES),
    Column("封顶", "cap", "number", "组指数（0—100）的上限；不设的留空", 9),
    Column("备注", "note", "text", "", 40),
)
ADJUSTMENT_COLUMNS: tuple[Column, ...] = (
    Column("标识", "id", "text", "各不相同", 20, needed=True),
    Column("名称", "title", "text", "", 36, needed=True),
    Column("类别", "kind", "choice", "", 10, _LAYERS, needed=True),
    Column("每次分值", "points", "number", "加分、扣分每次多少，写正数", 9),
    Column("封顶", "cap", "number", "这一项最多加（扣）多少；不设的留空", 9),
    Column("等次", "grade", "text", "等次封顶：最好还能评的等次；一票否决：定为的等次", 10),
    Column(
        "同时改善的指标", "when.all_improved", "quantities", "自动认定的加减分：这些指标都比基期好才算；用分号隔开", 36
    ),
    Column("备注", "note", "text", "", 40),
)
GRADE_COLUMNS: tuple[Column, ...] = (
    Column("名称", "title", "text", "从高到低排", 16, needed=True),
    Column("最低分", "min", "number", "总分（修约后）不低于它", 10, needed=True),
)
INPUT_COLUMNS: tuple[Column, ...] = (
    Column("标识", "id", "text", "各不相同，也不与指标相同", 20, needed=True),
    Column("名称", "title", "text", "只填报、不计分的数量：派生指标的原料，或加权的权数", 30, needed=True),
    _ALIASES,
    _UNIT,
    *_VALID,
    Column("部门", "department", "text", "负责的部门", 16),
    *_ROLL_UP,
    Column("备注", "note", "text", "", 40),
)
COMPENSATION_COLUMNS: tuple[Column, ...] = (
    Column("标识", "id", "text", "各不相同", 18, needed=True),
    Column("名称", "title", "text", "", 28, needed=True),
    Column("指标", "indicator", "quantity", "指标的名称或标识", 28, needed=True),
    Column("比照", "against", "choice", "与什么比", 10, AGAINST_TITLES),
    Column("基准值", "at", "number", "比照基准值时写，其他留空", 10),
    Column("每档金额", "rate", "number", "每好（差）一档收（付）多少", 10, needed=True),
    Column("档距", "step", "number", "一档有多大，以指标单位计；留空为 1", 9),
    Column("可收入", "receives", "flag", "好于比照的是否收入；留空为是", 8),
    Column("须支出", "pays", "flag", "差于比照的是否支出；留空为是", 8),
    Column("金额封顶", "cap", "number", "一个区县这一项的上限；不设的留空", 10),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    GROUPS: GROUP_COLUMNS,
    INDICATORS: INDICATOR_COLUMNS,
    ADJUSTMENTS: ADJUSTMENT_COLUMNS,
    GRADES: GRADE_COLUMNS,
    INPUTS: INPUT_COLUMNS,
    COMPENSATION: COMPENSATION_COLUMNS,
}

# The parameters that have no column of their own, by rule kind: file word → Chinese name in “其他参数”.
PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "efficacy": {"clip": "超限封住"},
    "minmax": {"low": "最差值得分", "high": "最优值得分", "clip": "超限封住"},
    "target_ratio": {"inverse": "逆向算法", "floor": "完成率下限", "cap": "完成率上限", "least": "起算完成率"},
    "pass_fail": {"fail": "未达标得分"},
    "gap_deduct": {"deduct": "每档扣分", "step": "档距"},
    "linear": {"clip": "超限封住", "slope": "斜率", "intercept": "常数"},
    "bands": {"edges": "分界值", "scores": "各档得分", "closed": "分界归属"},
    "rank_step": {"first": "首名得分", "step": "每名递减"},
    "versus_mean": {"base": "等于平均得分率", "slope": "好一倍增加", "floor": "得分率下限", "cap": "得分率上限"},
    "baseline_step": {
        "reference": "比照",
        "base": "达到得分率",
        "per": "每档加减分",
        "step": "档距",
        "floor": "得分率下限",
        "cap": "得分率上限",
    },
    "level_and_progress": {},
}
LISTS = frozenset({"edges", "scores"})
FLAGS = frozenset({"clip"})
PARAMETER_CHOICES: Mapping[str, Mapping[str, str]] = {
    "inverse": {"ratio": "目标÷完成", "mirror": "（2×目标−完成）÷目标"},
    "closed": {"lower": "含下不含上", "upper": "含上不含下"},
    "reference": {"target": "目标值", "baseline": "基期值"},
}
# Kinds whose floor is in marks and stands in a column; the others' floor is a ratio and a parameter.
FLOOR_IN_MARKS = frozenset({"efficacy", "rank_step"})
