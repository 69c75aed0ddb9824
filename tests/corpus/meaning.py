"""Units that convert, values that look wrong, names as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.corpus.case import Case, Value, box, error, warning
from tests.corpus.writers import Page, Shown, excel, new_wps, old_wps, text

TWO = {2: "甲区", 3: "乙县"}


def _case(name, about, sheets, values=(), *findings, write=excel, **more) -> Case:
    return Case(name, about, partial(_write, write, sheets), values, findings=findings, **more)


def _write(write, sheets, path) -> None:
    write(path, sheets)


def _value(cell, district, indicator, value, raw, note=None, sheet="2024年", period="2024") -> Value:
    return Value("", sheet, cell, district, indicator, period, float(value), raw, note)


def units() -> Iterator[Case]:
    rows = [["区县", "PM2.5年均浓度（mg/m³）"], ["甲区", 0.033], ["乙县", 0.034]]
    sheets = {"2024年": rows}
    asked = [("conversion", "2024年", "B1")]
    yield _case(
        "单位 毫克未接受.xlsx", "表头是 mg/m³，方案是 μg/m³：提出换算，不擅自换", sheets, (), error("unit_mismatch", "2024年", "B1"),
        questions=asked,
    )  # fmt: skip
    values = [
        _value("B2", "甲区", "pm25", 33, "0.033", "由 0.033 mg/m³ 换算"),
        _value("B3", "乙县", "pm25", 34, "0.034", "由 0.034 mg/m³ 换算"),
    ]
    yield _case(
        "单位 毫克已接受.xlsx", "接受换算后按 μg/m³ 读，记下原数", sheets, values, questions=asked,
        options={"conversions": [["pm25", "mg/m³"]]},
    )  # fmt: skip
    rows = [["2024年耕地情况"], ["区县", "耕地保有量"], [None, "万亩"], ["甲区", 17.96325], ["乙县", 30]]
    values = [
        _value("B4", "甲区", "farmland", 11975.5, "17.96325", "由 17.96325 万亩 换算"),
        _value("B5", "乙县", "farmland", 20000, "30", "由 30 万亩 换算"),
    ]
    for name, write in (("单位 亩换公顷.xlsx", excel), ("单位 亩换公顷.et", old_wps)):
        yield _case(
            name, "单位行写万亩，方案是公顷", {"2024年": rows}, values, write=write,
            questions=[("conversion", "2024年", "B3")], options={"all_conversions": True},
        )  # fmt: skip
    rows = [
        ["区县", "年份", "指标", "单位", "值"],
        ["甲区", 2024, "排污权交易金额", "亿元", 0.12],
        ["乙县", 2024, "排污权交易金额", "万元", 950.5],
        ["甲区", 2024, "PM2.5年均浓度", "吨", 33],
    ]
    yield _case(
        "单位 单位列不一.xlsx", "单位列里有亿元、万元，还有不相干的吨", {"2024年": rows},
        [
            _value("E2", "甲区", "trading", 1200, "0.12", "由 0.12 亿元 换算"),
            _value("E3", "乙县", "trading", 950.5, "950.5"),
        ],
        error("unit_mismatch", "2024年", "D4"), questions=[("conversion", "2024年", "D2")], options={"all_conversions": True},
    )  # fmt: skip
    rows = [["区县", "空气优良天数比率"], ["甲区", 0.82], ["乙县", 0.81], ["丙区", 0.855]]
    values = box("2024年", rows, {2: "甲区", 3: "乙县", 4: "丙区"}, {"B": "good_days"})
    asked = [("conversion", "2024年", "B2")]
    yield _case(
        "单位 疑似比例.xlsx", "单位是 %，整列不超过 1：疑似写成了比例", {"2024年": rows}, values,
        warning("maybe_ratio", "2024年", "B2"), questions=asked,
    )  # fmt: skip
    read = [v._replace(value=round(v.value * 100, 9), note=f"由比例 {v.raw} 换算") for v in values]
    yield _case(
        "单位 比例已接受.xlsx", "确认是比例之后按百分数读", {"2024年": rows}, read, questions=asked,
        options={"conversions": [["good_days", "比例"]]},
    )  # fmt: skip
    rows = [["区县", "空气优良天数比率"], ["甲区", Shown(0.82, "0.0%")], ["乙县", Shown(0.81, "0.0%")], ["丙区", 85.5]]
    note = "百分比格式，存储值 {}，按 {}% 读取"
    values = [
        _value("B2", "甲区", "good_days", 82, "82%", note.format(0.82, 82)),
        _value("B3", "乙县", "good_days", 81, "81%", note.format(0.81, 81)),
        _value("B4", "丙区", "good_days", 85.5, "85.5"),
    ]
    for name, write in (
        ("单位 百分比格式.xlsx", excel),
        ("单位 百分比格式.et", old_wps),
        ("单位 百分比格式 WPS.xlsx", new_wps),
    ):
        yield _case(name, "同一列里有百分比格式的 0.82，也有 85.5", {"2024年": rows}, values, write=write)
    yield Case("单位 百分比格式.ods", "同上，LibreOffice", values=values, made_from="单位 百分比格式.xlsx")
    rows = [["2024年交易情况（单位：亿元）"], ["区县", "排污权交易金额"], ["甲区", 0.12], ["乙县", 0.095]]
    yield _case(
        "单位 标题写亿元.xlsx", "标题里的单位与方案不同：不当万元读", {"2024年": rows}, (), error("unit_mismatch", "2024年", "B2"),
        questions=[("conversion", "2024年", "B2")],
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度"], ["甲区", "0.033mg/m³"], ["乙县", 34]]
    yield _case(
        "单位 单元格带毫克.xlsx", "一格里写了 mg/m³", {"2024年": rows}, [_value("B3", "乙县", "pm25", 34, "34")],
        error("unit_mismatch", "2024年", "B2"), questions=[("conversion", "2024年", "B2")],
    )  # fmt: skip


def doubts() -> Iterator[Case]:
    rows = [
        ["区县", "排污权交易金额", "PM2.5年均浓度", "光伏累计装机容量"],
        ["甲区", 12000, 33, 3.1],
        ["乙县", 950.5, 3.4, 4.2],
        ["丙区", 2001, 30, 5],
    ]
    held = [
        ("甲区", "trading", "2023", 1180), ("乙县", "trading", "2023", 940), ("丙区", "trading", "2023", 2.1),
        ("甲区", "pm25", "2023", 36), ("乙县", "pm25", "2023", 37), ("丙区", "pm25", "2023", 31),
        ("甲区", "solar", "2023", 3.5), ("乙县", "solar", "2023", 4.2), ("丙区", "solar", "2023", 4.5),
    ]  # fmt: skip
    values = box("2024年", rows, {2: "甲区", 3: "乙县", 4: "丙区"}, {"B": "trading", "C": "pm25", "D": "solar"})
    yield _case(
        "提醒 与上年相差悬殊.xlsx", "十倍、千倍于上年，累计数比上年小：读入并提醒", {"2024年": rows}, values,
        warning("far_from_last_year", "2024年", "B2"), warning("far_from_last_year", "2024年", "C3"),
        warning("far_from_last_year", "2024年", "B4"), warning("below_last_year", "2024年", "D2"), held=held,
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度"], ["甲区", 22], ["乙县", 34]]
    held = [
        (d, "pm25", str(y), v)
        for d in ("甲区", "乙县")
        for y, v in zip(range(2018, 2024), (40, 39.5, 39, 38.6, 38, 37.5), strict=True)
    ]
    yield _case(
        "提醒 超出历年变化.xlsx", "变化超过该区县历年最大变化的三倍", {"2024年": rows},
        box("2024年", rows, TWO, {"B": "pm25"}),
        warning("beyond_history", "2024年", "B2"), held=held,
    )  # fmt: skip
    rows = [
        ["区县", "排污权交易金额", "PM2.5年均浓度"], ["甲区", 1200, 33], ["乙县", 950, 35], ["丙区", 2000, 31],
        ["合计", 4510, None], ["平均", None, 36],
    ]  # fmt: skip
    values = box("2024年", rows, {2: "甲区", 3: "乙县", 4: "丙区"}, {"B": "trading", "C": "pm25"})
    said = warning("sum_differs", "2024年", "B5"), warning("sum_differs", "2024年", "C6")
    yield _case("提醒 合计平均不符.xlsx", "合计不等于各行之和，平均不等于各行平均", {"2024年": rows}, values, *said)
    rows = [
        ["区县", "煤炭消费占比", "天然气消费占比", "非化石能源消费占比"],
        ["甲区", 55, 25, 20],
        ["乙县", 62.5, 25, 20],
        ["丙区", 40, 35, 25.3],
    ]
    values = box("2024年", rows, {2: "甲区", 3: "乙县", 4: "丙区"}, {"B": "coal", "C": "gas", "D": "clean"})
    yield _case(
        "提醒 占比之和过百.xlsx", "同一区县各项占比相加超过 100%", {"2024年": rows}, values,
        warning("shares_over_whole", "2024年", "D3"),
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度", "空气优良天数比率"], ["甲区", 33, None], ["乙县", None, 81], ["丙区", 530, 85]]
    yield _case(
        "提醒 空格与越界.xlsx", "空格按未报提醒，越界的拒读", {"2024年": rows},
        box("2024年", rows, {2: "甲区", 3: "乙县", 4: "丙区"}, {"B": "pm25", "C": "good_days"}, without=["B4"]),
        warning("blank", "2024年", "C2"), warning("blank", "2024年", "B3"), error("out_of_range", "2024年", "B4"),
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度"], ["甲区", 33], ["乙县", 34]]
    held = [("甲区", "pm25", "2024", 33), ("乙县", "pm25", "2024", 35), ("丙区", "pm25", "2024", 30)]
    yield _case(
        "提醒 已有数值.xlsx", "已有的值：相同的不动，不同的列为修改", {"2024年": rows}, box("2024年", rows, TWO, {"B": "pm25"}),
        held=held,
    )  # fmt: skip


def names() -> Iterator[Case]:
    rows = [
        ["区县", "PM2.5浓度", "优良天数比例"],
        ["甲", 33, 82],
        ["乙市", 34, 81],
        ["丙  区", 30, 85],
        ["丁", 41, 70],
        ["𬭚州", 28, 93],
    ]
    down = {2: "甲区", 3: "乙县", 4: "丙区", 5: "丁县", 6: "𬭚州区"}
    values = box("2024年", rows, down, {"B": "pm25", "C": "good_days"})
    for name, write in (("名称 简称别名空格.xlsx", excel), ("名称 简称别名空格.et", old_wps)):
        yield _case(name, "去掉区县字、别名、空格、生僻字", {"2024年": rows}, values, write=write)
    unnamed = [v._replace(sheet="") for v in values]
    yield Case(
        "名称 2024年简称别名空格.csv", "同上，GB18030", partial(text, rows=rows, encoding="gb18030"), unnamed,
    )  # fmt: skip
    rows = [["行政区划代码", "PM2.5年均浓度"], ["320101", 33], [320102, 34], ["320103000000", 30]]
    yield _case(
        "名称 只有区划代码.xlsx", "只写行政区划代码，文本、数字、十二位都有", {"2024年": rows},
        box("2024年", rows, {2: "甲区", 3: "乙县", 4: "丙区"}, {"B": "pm25"}),
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度"], ["甲区", 33], ["某市丁县", 41]]
    yield _case(
        "名称 前面带市名.xlsx", "前面的市不知是哪个：别的市也可能有同名的县，问过再读", {"2024年": rows},
        [_value("B2", "甲区", "pm25", 33, "33")], error("unknown_district", "2024年", "A3"),
        questions=[("name", "2024年", "A3")],
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度"], ["旧丁县", 41], ["丁州地区", 41]]
    yield _case(
        "名称 旧名.xlsx", "登记过的旧名：两个旧名是同一个区县，数也相同", {"2024年": rows}, [_value("B2", "丁县", "pm25", 41, "41")]
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度", "空气优良天数比列"], ["甲区", 33, 82], ["𬭚洲区", 28, 93]]
    yield _case(
        "名称 写错的名称.xlsx", "区县和指标各错一字：列出最相近的，由人确认", {"2024年": rows},
        [_value("B2", "甲区", "pm25", 33, "33")],
        error("unknown_district", "2024年", "A3"), error("unknown_indicator", "2024年", "C1"),
        questions=[("name", "2024年", "A3"), ("name", "2024年", "C1")],
    )  # fmt: skip
    yield _case(
        "名称 写错的名称已确认.xlsx", "确认对应关系之后照此读入", {"2024年": rows},
        box("2024年", rows, {2: "甲区", 3: "𬭚州区"}, {"B": "pm25", "C": "good_days"}),
        options={"names": [["𬭚洲区", "𬭚州区"], ["空气优良天数比列", "空气优良天数比率"]]},
    )  # fmt: skip
    rows = [["区县", "PM2.5年均浓度"], ["甲区", 33], ["庚区", 25], ["辛县", 26]]
    yield _case(
        "名称 新区县未许可.xlsx", "方案里没有的区县：不擅自新增", {"2024年": rows}, [_value("B2", "甲区", "pm25", 33, "33")],
        error("unknown_district", "2024年", "A3"), error("unknown_district", "2024年", "A4"),
        questions=[("name", "2024年", "A3"), ("name", "2024年", "A4")],
    )  # fmt: skip
    values = [
        _value("B2", "甲区", "pm25", 33, "33"), _value("B3", "庚区", "pm25", 25, "25"), _value("B4", "辛县", "pm25", 26, "26"),
    ]  # fmt: skip
    yield _case(
        "名称 新区县许可.xlsx", "许可新增区县", {"2024年": rows}, values, options={"add_districts": True},
        new_districts=["庚区", "辛县"],
    )  # fmt: skip
    rows = [
        ["区县", "城市建成区绿化覆盖率", "PM2.5年均浓度", "地区生产总值"],
        ["甲区", 41, 33, 600],
        ["乙县", 38, 34, 410],
    ]
    yield _case(
        "名称 方案外的指标.xlsx", "方案里没有的指标列：提醒，不挡路", {"2024年": rows}, box("2024年", rows, TWO, {"C": "pm25"}),
        warning("unknown_indicator", "2024年", "B1"), warning("unknown_indicator", "2024年", "D1"),
    )  # fmt: skip


def as_lists_write() -> Iterator[Case]:
    rows = [
        ["序号", "单位", "1.PM2.5年均浓度\n（微克/立方米）", "（2）空气优良天数比率（%）", "自评得分"],
        [1, "1.甲区", 33, 82, 9],
        [2, "（二）乙县", 34, 81, 8],
        [3, "三、丙区", 30, 85, 10],
        [None, "其中：丁县", 41, 70, 5],
    ]
    down = {2: "甲区", 3: "乙县", 4: "丙区", 5: "丁县"}
    yield _case(
        "名称 带编号.xlsx", "区县和指标前面带编号、其中：；自评得分不是指标", {"2024年": rows},
        box("2024年", rows, down, {"C": "pm25", "D": "good_days"}),
    )  # fmt: skip
    rows = [
        ["指标", "分值", "2024年目标", "2024年完成情况", "自评得分"],
        ["一、PM2.5年均浓度", 8, 35, 33, 7.5],
        ["二、空气优良天数比率", 7, 83, 84, 6.8],
    ]
    yield _case(
        "布局 自评表.xlsx", "自评表：一个区县一张，带分值和自评得分", {"甲区": rows},
        box("甲区", rows, {2: "甲区 pm25", 3: "甲区 good_days"}, {"D": "2024"}),
        targets=box("甲区", rows, {2: "甲区 pm25", 3: "甲区 good_days"}, {"C": "2024"}),
    )  # fmt: skip
    rows = [["2024年1-12月空气质量"], ["区县", "PM2.5年均浓度"], ["甲区", 33], ["乙县", 0]]
    yield _case(
        "提醒 全年月报与零值.xlsx", "1-12月就是全年；上年有数、今年为 0：提醒", {"月报": Page(rows, ("A1:B1",))},
        box("月报", rows, {3: "甲区", 4: "乙县"}, {"B": "pm25"}), warning("far_from_last_year", "月报", "B4"),
        held=[("甲区", "pm25", "2023", 34), ("乙县", "pm25", "2023", 35)],
    )  # fmt: skip


def pointed_out() -> Iterator[Case]:
    """Layouts that are not recognised until somebody points."""
    rows = [["填报情况一览"], ["名称A", "数甲", "数乙"], ["甲区", 33, 82], ["乙县", 34, 81]]
    values = box("表", rows, {3: "甲区", 4: "乙县"}, {"B": "pm25", "C": "good_days"})
    name = "布局 指出版式.xlsx"
    yield _case(
        name, "表头看不懂，由人指出哪一行是表头、哪列是什么", {"表": rows}, values,
        options={
            "period": "2024",
            "layouts": [[name, "表", [2], [[1, "districts"], [2, "indicator:pm25"], [3, "indicator:good_days"]]]],
        },
    )  # fmt: skip
    yield _case(
        "布局 认不出.xlsx", "同一张表，没有人指出：说明没有认出", {"表": Page(rows)}, (),
        warning("sheet_unrecognised", "表"), error("file_unrecognised", "表"), options={"period": "2024"},
    )  # fmt: skip


def all_meanings() -> Iterator[Case]:
    for family in (units, doubts, names, as_lists_write, pointed_out):
        yield from family()
