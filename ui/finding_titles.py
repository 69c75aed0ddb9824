"""What each kind of finding is called where findings are grouped."""

from __future__ import annotations

FINDING_TITLES: dict[str, str] = {
    "refused": "文件不能读取",
    "unrecognised": "没有认出表格",
    "unreadable": "读不成数值",
    "uncalculated": "公式没有结果",
    "cell_error": "单元格是错误值",
    "bool_for_number": "是逻辑值，不是数",
    "ambiguous_none": "不知是 0、不适用还是没有数据",
    "not_detected": "写着未检出",
    "range_text": "写的是范围",
    "approximate": "写的是约数",
    "trend_text": "写的是变化",
    "bad_separator": "千位逗号位置不对",
    "with_remark": "数值后带附注",
    "unknown_district": "没有这个区县",
    "district_unknown": "不知是哪个区县",
    "district_missing": "缺区县名",
    "district_ambiguous": "区县名不明确",
    "district_alike": "与已有区县相近",
    "unknown_indicator": "方案中没有的指标",
    "indicator_missing": "缺指标名",
    "indicator_ambiguous": "指标名不明确",
    "period_unknown": "没有写考核期",
    "period_conflict": "考核期不一致",
    "bad_period": "考核期写法不对",
    "stale_plan": "预览后被修改",
    "nothing_reported": "没有数据",
}
