"""The dated editions of the ambient air quality standard as the composite index uses them: limits and weights as data."""

from __future__ import annotations

from dataclasses import dataclass

from ecoscore.derived.function import Confidence, Source


@dataclass(frozen=True, slots=True)
class AirEdition:
    """Class II limits of SO2, NO2, PM10, PM2.5, CO, O3 in that order (CO in mg/m³, the others in μg/m³), and weights.

    `suffix` ends the function's name. `basis` is what indicators and observations call the edition: two indices of
    different `basis` are never compared. `since` and `until` bound the years of assessment it is meant for.
    """

    suffix: str
    basis: str
    title: str
    limits: tuple[float, float, float, float, float, float]
    weights: tuple[float, float, float, float, float, float]
    since: str
    until: str
    source: Source


_EQUAL = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
# One public program gives these for HJ 663—2026; another reading of the same standard keeps the plain sum.
_WEIGHTED = (1.0, 2.0, 1.0, 3.0, 1.0, 2.0)
_TRANSITION = (60.0, 40.0, 60.0, 30.0, 4.0, 160.0)
_FROM_2031 = (20.0, 30.0, 50.0, 25.0, 4.0, 160.0)
_TRANSITION_NOTE = "PM2.5 年均 30 与实施日期已核对；PM10 年均 60 等其余限值由转引得来"
_FROM_2031_NOTE = "各限值由转引得来，另一转引 SO2 年均为 40，两者不一"
_WEIGHT_NOTE = "；权重（PM2.5 为 3，NO2、O3 为 2，其余为 1）只见于一处转引，用前务必核对 HJ 663—2026"
_EQUAL_NOTE = "；六项等权是 2014 年办法的写法，新办法是否沿用未核对"


def _new(note: str) -> Source:
    return Source("《环境空气质量标准》", "GB 3095-2026", "2026-03-01 起", Confidence.RECALLED, note)


EDITIONS: tuple[AirEdition, ...] = (
    AirEdition(
        "2013", "HJ 663-2013", "2013 年版", (60.0, 40.0, 70.0, 35.0, 4.0, 160.0), _EQUAL, "", "2025",
        Source(
            "《城市环境空气质量排名技术规定》", "环办〔2014〕64号", "2014", Confidence.CONFIRMED,
            "限值为 GB 3095-2012 二级；六项等权；公布值按 GB/T 8170 修约到两位小数，本函数不修约",
        ),
    ),
    AirEdition(
        "2026", "GB 3095-2026 过渡阶段（加权）", "2026 年版过渡阶段，加权", _TRANSITION, _WEIGHTED, "2026", "2030",
        _new(_TRANSITION_NOTE + _WEIGHT_NOTE),
    ),
    AirEdition(
        "2026_equal", "GB 3095-2026 过渡阶段（等权）", "2026 年版过渡阶段，等权", _TRANSITION, _EQUAL, "2026", "2030",
        _new(_TRANSITION_NOTE + _EQUAL_NOTE),
    ),
    AirEdition(
        "2031", "GB 3095-2026 2031年起（加权）", "2026 年版 2031 年起，加权", _FROM_2031, _WEIGHTED, "2031", "",
        _new(_FROM_2031_NOTE + _WEIGHT_NOTE),
    ),
    AirEdition(
        "2031_equal", "GB 3095-2026 2031年起（等权）", "2026 年版 2031 年起，等权", _FROM_2031, _EQUAL, "2031", "",
        _new(_FROM_2031_NOTE + _EQUAL_NOTE),
    ),
)  # fmt: skip
