"""The scheme and the districts that the files of the corpus are imported into."""

from __future__ import annotations

from ecoscore.model.district import District
from ecoscore.schemes import parse_scheme

SCHEME = parse_scheme(
    """
id: corpus
title: 语料方案
edition: "2024"
groups:
  - id: air
    title: 大气环境
    indicators:
      - {id: pm25, title: PM2.5年均浓度, aliases: [细颗粒物年均浓度, PM2.5浓度], unit: μg/m³, direction: lower, weight: 6,
         valid: [0, 500], rule: {kind: minmax, bounds: sample}}
      - {id: good_days, title: 空气优良天数比率, aliases: [优良天数比例], unit: "%", direction: higher, weight: 4,
         valid: [0, 100], rule: {kind: minmax, bounds: sample}}
      - {id: air_index, title: 环境空气质量综合指数, direction: lower, weight: 2, rule: {kind: minmax, bounds: sample}}
  - id: waters
    title: 水环境
    indicators:
      - {id: water, title: 国省考断面水质优Ⅲ比例, unit: "%", direction: higher, weight: 5, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
  - id: land
    title: 生态与资源
    indicators:
      - {id: forest, title: 森林覆盖率, unit: "%", direction: higher, weight: 3, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
      - {id: farmland, title: 耕地保有量, unit: 公顷, direction: higher, weight: 3, valid: [0, null],
         rule: {kind: minmax, bounds: sample}}
  - id: value
    title: 绿色发展
    indicators:
      - {id: trading, title: 排污权交易金额, unit: 万元, direction: higher, weight: 3, rule: {kind: minmax, bounds: sample}}
      - {id: solar, title: 光伏累计装机容量, unit: 万千瓦, direction: higher, weight: 2, cumulative: true,
         rule: {kind: minmax, bounds: sample}}
      - {id: coal, title: 煤炭消费占比, unit: "%", direction: lower, weight: 2, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
      - {id: gas, title: 天然气消费占比, unit: "%", direction: higher, weight: 2, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
      - {id: clean, title: 非化石能源消费占比, unit: "%", direction: higher, weight: 2, valid: [0, 100],
         rule: {kind: minmax, bounds: sample}}
""",
    "语料方案.yaml",
)
DISTRICTS = (
    District("甲区", code="320101"),
    District("乙县", code="320102", aliases=("乙市",)),
    District("丙区", code="320103"),
    District("𬭚州区", code="320104"),
    District("丁县", code="320105", aliases=("旧丁县", "丁州地区")),
)
DISTRICT_NAMES = tuple(district.name for district in DISTRICTS)
