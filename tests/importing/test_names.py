"""Names of districts and indicators as tables write them."""

from __future__ import annotations

import pytest

from ecoscore.importing.names import DistrictNames, IndicatorNames
from ecoscore.model.district import District
from tests.importing.sheets import SCHEME

DISTRICTS = DistrictNames(
    [
        District("沛县", code="320322", parent="徐州市"),
        District("鼓楼区", code="320302", parent="徐州市"),
        District("鼓楼县", code="320999"),
        District("徐州市", code="320300", aliases=("彭城",)),
        District("云龙山区"),
    ]
)
INDICATORS = IndicatorNames(SCHEME)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("沛县", "沛县"),
        (" 沛 县 ", "沛县"),
        ("徐州", "徐州市"),
        ("徐州市沛县", "沛县"),
        ("彭城", "徐州市"),
        ("320302", "鼓楼区"),
        ("３２０３２２", "沛县"),
        ("云龙山", "云龙山区"),
    ],
)
def test_districts_found(written, name):
    assert DISTRICTS.find(written).hit.name == name


def test_a_bare_name_of_two_districts_is_ambiguous():
    match = DISTRICTS.find("鼓楼")
    assert match.hit is None
    assert {d.name for d in match.rivals} == {"鼓楼区", "鼓楼县"}


@pytest.mark.parametrize("written", ["沛区", "市", "区", "", "合计", "云龙区", "3203"])
def test_districts_never_guessed(written):
    match = DISTRICTS.find(written)
    assert match.hit is None and not match.rivals


def test_near_districts_are_proposed():
    assert DISTRICTS.near("云尤山区")[0][0] == "云龙山区"


def test_a_title_names_its_district():
    assert DISTRICTS.within("徐州市沛县2024年度指标").name == "沛县"
    assert DISTRICTS.within("徐州市2024年度指标").name == "徐州市"
    assert DISTRICTS.within("沛县、云龙山区对比") is None


@pytest.mark.parametrize(
    "written",
    [
        "PM2.5年均浓度",
        "PM₂.₅年均浓度",
        "ＰＭ２．５年均浓度",
        "PM2.5 年均浓度（μg/m³）",
        "PM2.5年均浓度(ug/m3)",
        "PM2.5年均浓度\n（微克/立方米）",
        "PM2.5年均浓度，μg/m³",
        "细颗粒物年均浓度[μg/m3]",
        "pm25",
        "PM25",
    ],
)
def test_indicators_found(written):
    match = INDICATORS.find(written)
    assert (match.hit.id, match.other_unit, match.remark) == ("pm25", "", "")


def test_roman_numerals_and_percent():
    assert INDICATORS.find("国省考断面水质优III比例（％）").hit.id == "water"
    assert INDICATORS.find("国省考断面水质优Ⅲ比例%").hit.id == "water"


def test_a_unit_of_another_kind_is_told():
    assert INDICATORS.find("PM2.5年均浓度（mg/m³）").other_unit == "mg/m³"
    assert INDICATORS.find("空气优良天数比率（天）").other_unit == "天"
    assert INDICATORS.find("排污权交易金额（亿元）").other_unit == "亿元"
    assert INDICATORS.find("PM2.5年均浓度%").other_unit == "%"


def test_other_brackets_are_a_remark():
    match = INDICATORS.find("排污权交易金额（累计）")
    assert (match.hit.id, match.remark) == ("trading", "累计")


def test_near_indicators_are_proposed_and_not_taken():
    assert INDICATORS.find("PM2.5平均浓度").hit is None
    assert INDICATORS.near("PM2.5平均浓度（μg/m³）")[0][0] == "PM2.5年均浓度"
    assert INDICATORS.find("%").hit is None
    assert INDICATORS.find("（）").hit is None


def test_a_district_with_other_words_around_it_is_proposed():
    names = DistrictNames((District("甲区"), District("乙县")))
    assert names.find("某某市甲区").hit is None
    assert names.near("某某市甲区")[0][0] == "甲区"
    assert names.near("某某市甲区和乙县") == ()  # which of the two, nobody knows


def test_a_title_is_looked_at_anew_once_a_district_is_added():
    names = DistrictNames([District("甲区")])
    assert names.within("甲区、壬州区指标表") == District("甲区")
    names.add(District("壬州区"))
    assert names.within("甲区、壬州区指标表") is None
    names.let("指标表", District("壬州区"))
    assert names.within("某某指标表") == District("壬州区")
