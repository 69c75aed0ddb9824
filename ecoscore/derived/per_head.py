"""人均值: a quantity over the population, in whatever units the two are given."""

from __future__ import annotations

from ecoscore.derived.function import Argument, Source
from ecoscore.derived.share import Share

# amount ÷ people. Units are the caller's: 万吨 over 万人 gives 吨/人. Which population (常住, 户籍; year end or mean) is
# for the input's title to say. Example: 8808 亿元 over 534.9 万人 → 16.46663 (万元/人 after × 1 as 亿/万 = 万).
PER_HEAD = Share(
    "per_head",
    "人均值",
    (Argument("amount", "总量"), Argument("people", "人口")),
    Source(
        "通用定义", note="单位随两个数：万吨÷万人＝吨/人；用常住人口还是户籍人口、年末还是年平均，由原始数据的名称写明"
    ),
)
