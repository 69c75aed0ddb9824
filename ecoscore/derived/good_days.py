"""优良天数比率: days of AQI 100 or less over the days with valid monitoring, in percent."""

from __future__ import annotations

from ecoscore.derived.function import Argument, Confidence, Source
from ecoscore.derived.share import Share

# 100 × good ÷ valid. Recalled (high): the day limits behind "good" changed on 2026-03-01 (PM2.5 75 → 60, PM10 150 → 120),
# so days counted before and after are of two bases; the counts themselves carry the basis, this ratio has none.
# Decided: the divisor is what the caller gives (days with valid data, or of the calendar); not rounded.
# Example: 徐州 2017, 207 of 365 days → 56.712 %; 2021, 289 of 365 → 79.178 %.
GOOD_DAYS = Share(
    "good_days_ratio",
    "优良天数比率",
    (Argument("good", "优良天数", "天"), Argument("valid", "有效监测天数", "天")),
    Source(
        "《环境空气质量评价技术规范（试行）》", "HJ 663-2013", "2013", Confidence.RECALLED,
        "优良指 AQI 不大于 100；2026-03-01 起日均限值收紧，天数的口径随之变化，请在指标值的口径栏注明；不修约",
    ),
    100.0,
    "%",
)  # fmt: skip
