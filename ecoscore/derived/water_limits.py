"""The 21 items of the surface water index and their class III limits, GB 3838-2002 table 1."""

from __future__ import annotations

from dataclasses import dataclass

EDITION = "GB 3838-2002"


@dataclass(frozen=True, slots=True)
class WaterItem:
    """`limit` is the class III limit in mg/L; pH has its neutral range instead, and of dissolved oxygen more is better.
    `lake` is the limit for lakes and reservoirs where it differs.
    """

    name: str
    title: str
    limit: float
    lake: float | None = None


PH_NEUTRAL, PH_LOW, PH_HIGH = 7.0, 6.0, 9.0

ITEMS: tuple[WaterItem, ...] = (
    WaterItem("ph", "pH", PH_HIGH),
    WaterItem("do", "溶解氧", 5.0),
    WaterItem("codmn", "高锰酸盐指数", 6.0),
    WaterItem("cod", "化学需氧量", 20.0),
    WaterItem("bod5", "五日生化需氧量", 4.0),
    WaterItem("nh3n", "氨氮", 1.0),
    WaterItem("tp", "总磷", 0.2, lake=0.05),
    WaterItem("cu", "铜", 1.0),
    WaterItem("zn", "锌", 1.0),
    WaterItem("f", "氟化物", 1.0),
    WaterItem("se", "硒", 0.01),
    WaterItem("as", "砷", 0.05),
    WaterItem("hg", "汞", 0.0001),
    WaterItem("cd", "镉", 0.005),
    WaterItem("cr6", "六价铬", 0.05),
    WaterItem("pb", "铅", 0.05),
    WaterItem("cn", "氰化物", 0.2),
    WaterItem("volatile_phenol", "挥发酚", 0.005),
    WaterItem("oil", "石油类", 0.05),
    WaterItem("las", "阴离子表面活性剂", 0.2),
    WaterItem("s2", "硫化物", 0.2),
)
