"""The words that headers of districts' tables use, and what each says about its row or column."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ecoscore.importing.names import name_key
from ecoscore.importing.periods import periods_in


class Field(StrEnum):
    """What a header says its column (or a row its values) holds; MEASURE is a column of such words, row by row."""

    DISTRICT = "district"
    INDICATOR = "indicator"
    PERIOD = "period"
    PART = "part"
    VALUE = "value"
    TARGET = "target"
    PREVIOUS = "previous"
    MEASURE = "measure"
    UNIT = "unit"
    BASIS = "basis"
    NOTE = "note"
    STATUS = "status"
    CODE = "code"
    SERIAL = "serial"
    OTHER = "other"


_WORDS = {
    Field.DISTRICT: "区县 县区 县市区 市县区 市县 县市 地区 城市 市 区 县 省 省份 省市 区域 行政区 行政区划 区县名称 地区名称 "
    "单位名称 填报单位 报送单位 被考核单位 考核对象 区县市 乡镇 乡镇街道 街道 镇街 district city county region area province",
    Field.INDICATOR: "指标 指标名称 考核指标 评价指标 指标项目 项目 项目名称 一级指标 二级指标 三级指标 具体指标 考核内容 指标内容 "
    "指标代码 指标编号 indicator indicators indicatorid",
    Field.PERIOD: "考核期 年份 年度 年 期间 时间 报告期 统计期 季度 季 月份 月 考核年度 统计年度 period year",
    Field.VALUE: "值 数值 指标值 实际值 完成值 实绩 完成情况 实际完成 实际完成值 实际完成情况 本年值 本年 本期 本期值 当年值 年度值 "
    "统计值 现状值 完成数 实际 实际数 数据 年度完成值 本年完成值 本年实际 完成 年度完成 现状 上报值 上报数 核定值 核定数 value values",
    Field.TARGET: "目标 目标值 年度目标 年度目标值 任务目标 目标任务 考核目标 计划值 计划 目标数 指标目标 target",
    Field.PREVIOUS: "上年值 上年 去年 去年值 上年同期 上年同期值 上期 上期值 基期 基期值 基准值 基数 上年实际 上年完成值 previous lastyear",
    Field.UNIT: "单位 计量单位 指标单位 unit units 量纲",
    Field.BASIS: "口径 统计口径 标准版本 执行标准 basis",
    Field.NOTE: "备注 说明 注 附注 数据来源 来源 备注说明 情况说明 note notes remark remarks source",
    Field.STATUS: "状态 填报状态 status",
    Field.CODE: "代码 区划代码 行政区划代码 区县代码 地区代码 编码 行政区代码 code",
    Field.SERIAL: "序号 编号 序 no 行号 栏次",
    Field.OTHER: "类别 分类 类型 指标类别 指标类型 性质 指标性质 属性 指标属性 权重 分值 标准分 得分 评分 个体指数 排名 位次 名次 责任部门 "
    "责任单位 牵头部门 部门 数据提供部门 方向 同比 增速 增幅 增减 变化 变化率 环比 完成率 增长 增长率 增减率 增减量 升降 降幅 变动 变化幅度 "
    "改善率 改善幅度 同比增长 同比增减 同比变化 同比下降 填报人 审核人 联系人 电话 联系电话 组别 "
    "分类组 层级 合计 总计 小计 平均 平均值 均值 全市 全省",
}
_FIELDS = {name_key(word): field for field, words in _WORDS.items() for word in words.split()}
_SCORE = re.compile(
    r"(?:得分|评分|打分|排名|位次|名次|权重)$"
)  # 自评得分, 复核评分: never a district's or an indicator's name
_NO_VALUE = re.compile(
    r"分$|排名|[位名]次|权重|[同环]比|增速|增幅|增减|增长|变化|变动|升降|降幅|改善|完成率|[比较与].+[年期]"
)
# 比上年增长, 较2023年变化
_COMPARED = re.compile(r"(?:同比|环比|[比较与])(?:上年|去年|上期|上月|上季|(?:19|20)\d\d年?)")
MEASURES = {Field.VALUE, Field.TARGET, Field.PREVIOUS}

_TOTAL = re.compile(
    r"合计|总计|小计|总和|平均|平均值|平均数|均值|中位数|最大值|最小值|最高值|最低值|标准差|"
    r"(全[国省市区县](平均|均值|合计|总计|总体|整体)?)|total|sum|average|mean"
)
_SUBTOTAL = re.compile(r".{1,10}(?:小计|合计|总计|平均值?)")
_REMARK = re.compile(
    r"[\s（(【\[*※]*(注|备注|说明|附注|资料来源|数据来源|来源|填表|填报|制表|审核|审批|负责人|单位负责人|分管|联系|电话|报送|报出|"
    r"盖章|公章|日期|签字|签章)([\d一二三四五六七八九十]*[:：、.．)）]|人|日期|时间|单位|\s*$|说明|电话|领导|负责)"
)


@lru_cache(maxsize=16384)
def field_of(text: str) -> Field | None:
    """The field a header names as a whole; a year before it (2024年目标值) or brackets behind it do not matter."""
    key = name_key(re.sub(r"[(（\[【].*[)）\]】]\s*$", "", text.strip()) or text)
    if key in _FIELDS:
        return _FIELDS[key]
    whole = name_key(text)
    if whole in _FIELDS:
        return _FIELDS[whole]
    if _SCORE.search(key) or _COMPARED.match(key):
        return Field.OTHER
    if len(periods_in(text)) == 1:
        rest = re.sub(r"^(?:19|20)\d{2}(?:年度|年)?(?:第?[1-4一二三四]季度?|\d{1,2}月)?", "", key)
        field = _FIELDS.get(rest) or _FIELDS.get("年度" + rest)
        return field if field in MEASURES or (field is Field.OTHER and not is_total(rest)) else None
    return None


@lru_cache(maxsize=4096)
def measure_of(remark: str) -> Field | None:
    """What a remark behind an indicator's name makes of its figures: VALUE, TARGET, PREVIOUS, or OTHER for those that
    are no values of it (得分, 排名, 同比); None for any other remark.
    """
    word = field_of(remark)
    return word if word in MEASURES or (word is Field.OTHER and _NO_VALUE.search(name_key(remark))) else None


def is_total(text: str) -> bool:
    """Whether a row or column label is a sum or a mean, not a district; a remark in brackets behind it does not matter."""
    bare = re.sub(r"[(（\[【][^()（）]*[)）\]】]\s*$", "", text.strip())
    return any(_TOTAL.fullmatch(name_key(label)) for label in (text, bare))


def is_subtotal(text: str) -> bool:
    """Whether the label of a row of districts is a sum of some of them (东片小计): no district is called so."""
    return bool(_SUBTOTAL.fullmatch(name_key(text)))


def is_remark(text: str) -> bool:
    """Whether a row begins a note or the signature line below a table."""
    return bool(_REMARK.match(text))
