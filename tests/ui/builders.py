"""Small real files for the window's tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecoscore.assessment import Assessment
from ecoscore.model.district import District
from ecoscore.model.observation import Observation, Status
from ecoscore.model.period import Period
from ecoscore.schemes import parse_scheme

Y2023, Y2024 = Period(2023), Period(2024)

SCHEME = """
id: small
title: 小方案
edition: "2024"
missing: zero
groups:
  - id: air
    title: 大气环境
    indicators:
      - {id: pm25, title: PM2.5年均浓度, unit: μg/m³, direction: lower, weight: 40, valid: [0, 500], department: 生态环境局,
         rule: {kind: efficacy, floor: 60, bounds: {worst: 60, best: 20}}}
      - {id: days, title: 空气优良天数比率, unit: "%", direction: higher, weight: 30, valid: [0, 100],
         rule: {kind: efficacy, floor: 60, bounds: {worst: 60, best: 100}}}
  - id: land
    title: 国土绿化
    indicators:
      - {id: forest, title: 林木覆盖率, unit: "%", direction: higher, weight: 30, valid: [0, 100],
         rule: {kind: efficacy, floor: 60, bounds: {worst: 10, best: 50}}}
grades: [{title: 优秀, min: 90}, {title: 良好, min: 70}, {title: 合格, min: 60}, {title: 不合格, min: 0}]
"""

VALUES = {
    ("甲区", "pm25"): (36.0, 32.5),
    ("甲区", "days"): (81.0, 84.0),
    ("甲区", "forest"): (30.0, 30.0),
    ("乙区", "pm25"): (40.0, 42.0),
    ("乙区", "days"): (78.0, 76.5),
    ("乙区", "forest"): (22.0, 23.0),
    ("丙县", "pm25"): (30.0, 28.0),
    ("丙县", "days"): (88.0, 90.0),
    ("丙县", "forest"): (45.0, None),
}


def make_file(path: Path, districts: Sequence[str] = ("甲区", "乙区", "丙县")) -> Path:
    """A file of the small scheme with the values above for those of the districts that have some."""
    observations = [
        Observation(name, indicator, period, value, raw=f"{value:g}", source=f"{name}.xlsx › 指标 › C4")
        for (name, indicator), pair in VALUES.items()
        if name in districts
        for period, value in zip((Y2023, Y2024), pair, strict=True)
        if value is not None
    ]
    scheme = parse_scheme(SCHEME, "小方案.yaml")
    with Assessment.create(path, scheme, [District(name) for name in districts]) as file:
        file.set_values(observations, why="填报")
    return path


def not_applicable(district: str, indicator: str, ground: str) -> Observation:
    return Observation(district, indicator, Y2024, None, Status.NOT_APPLICABLE, note=ground)
