"""Tables as districts and bureaus lay them out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.corpus.case import Case, Value, box, warning
from tests.corpus.writers import Formula, Page, Shown, by_openpyxl, excel, new_wps, old_wps, text

THREE = {5: "甲区", 6: "乙县", 7: "丙区"}
SUMMARY = [
    ["某市2024年度生态环境指标汇总表"],
    ["填报单位：某市生态环境局", None, None, None, "填报日期：2025年1月15日"],
    ["序号", "区县", "PM2.5年均浓度", "空气优良天数比率", "排污权交易金额"],
    [None, None, "（μg/m³）", "（%）", "（万元）"],
    [1, "甲区", 33.5, 82.1, 1200],
    [2, "乙县", 35, 80, 950.5],
    [3, "丙区", 30.25, 85.6, 2001],
    [None, "合计", None, None, 4151.5],
    [None, "平均", 32.9, 82.6, None],
    ["注：数据来源于自动监测站，2023年口径未变。"],
    ["填表人：张三", None, "审核人：李四", None, "联系电话：010-12345678"],
]
PAGE = Page(SUMMARY, merges=("A1:E1", "A3:A4", "B3:B4"))
ACROSS = {"C": "pm25", "D": "good_days", "E": "trading"}


def _summary(name: str, about: str, write=None, sheet: str = "指标", **more) -> Case:
    values = box(sheet, SUMMARY, THREE, ACROSS)
    make = partial(_write, write, {"指标": PAGE}) if write else None
    return Case(name, about, make, values, **more)


def _write(write, sheets, path) -> None:
    write(path, sheets)


def one_table_by_every_program() -> Iterator[Case]:
    """The same summary, written by each program."""
    yield _summary("布局 汇总表 Excel.xlsx", "标题、单位行、合计、平均、注、落款：Excel", excel)
    yield _summary("布局 汇总表 WPS.xlsx", "同一张表：WPS 的 xlsx（维度只写 A1、富文本、绝对路径）", new_wps)
    yield _summary("布局 汇总表 旧WPS.et", "同一张表：WPS .et（BIFF）", old_wps)
    yield _summary("布局 汇总表 旧Excel.xls", "同一张表：xls（BIFF）", old_wps)
    yield _summary("布局 汇总表 脚本.xlsx", "同一张表：openpyxl", by_openpyxl)
    for kind in ("xlsx", "ods", "xls"):
        yield _summary(
            f"布局 汇总表 LibreOffice.{kind}",
            f"同一张表：LibreOffice 另存为 {kind}",
            made_from="布局 汇总表 Excel.xlsx",
        )
    for name, encoding, mark in (
        ("UTF-8", "utf-8", ","), ("UTF-8 BOM", "utf-8-sig", ","), ("GB18030", "gb18030", ","), ("分号", "gb18030", ";"),
    ):  # fmt: skip
        about = f"同一张表：CSV，{encoding}，分隔符 {mark}"
        yield _summary(f"布局 汇总表 {name}.csv", about, _as_text(encoding, mark), sheet="")
    yield _summary("布局 汇总表 UTF-16.tsv", "同一张表：Excel 的 Unicode 文本", _as_text("utf-16", "\t"), sheet="")
    yield _summary("布局 汇总表 制表符.txt", "同一张表：制表符分隔的文本文件", _as_text("gb18030", "\t"), sheet="")


def _as_text(encoding, mark):
    return lambda path, sheets: text(path, sheets["指标"].rows, encoding, mark)


def _case(name: str, about: str, sheets, values, *findings, write=excel, **more) -> Case:
    return Case(name, about, partial(_write, write, sheets), values, findings=findings, **more)


def headers() -> Iterator[Case]:
    """Headers of two and three levels, years across, hidden parts."""
    rows = [
        ["2024年度区县指标表"],
        ["区县", "大气环境", None, "水环境", "绿色发展", None],
        [None, "细颗粒物年均浓度（μg/m3）", "空气优良天数比率（％）", "国省考断面水质优III比例(%)", "排污权交易\n金额（万元）", "光伏累计装机容量（万千瓦）"],
        ["甲区", 33, 82, 90.1, 12, 3.5],
        ["乙县", 34, 81, 91, 15.5, 4],
        ["𬭚州区", 28, 93.4, 100, 0, 2.25],
    ]  # fmt: skip
    merges = ("A1:F1", "A2:A3", "B2:C2", "E2:F2")
    down = {4: "甲区", 5: "乙县", 6: "𬭚州区"}
    across = {"B": "pm25", "C": "good_days", "D": "water", "E": "trading", "F": "solar"}
    for name, write in (
        ("布局 两级表头.xlsx", excel),
        ("布局 两级表头.et", old_wps),
        ("布局 两级表头 WPS.xlsx", new_wps),
    ):
        yield _case(name, "两级合并表头，单位在括号里", {"2024年": Page(rows, merges)}, box("2024年", rows, down, across), write=write)  # fmt: skip

    rows = [
        ["区县", "大气环境", None, None, None, "水环境", None],
        [None, "PM2.5年均浓度", None, "空气优良天数比率", None, "国省考断面水质优Ⅲ比例", None],
        [None, "2023年", "2024年", "2023年", "2024年", "2023年", "2024年"],
        ["甲区", 36, 33, 80, 82, 90, 91],
        ["乙县", 37, 34, 79.5, 81, 92, 93],
    ]
    merges = ("A1:A3", "B1:E1", "F1:G1", "B2:C2", "D2:E2", "F2:G2")
    across = {
        "B": "pm25 2023", "C": "pm25 2024", "D": "good_days 2023", "E": "good_days 2024", "F": "water 2023", "G": "water 2024",
    }  # fmt: skip
    yield _case(
        "布局 三级表头含年份.xlsx", "三级表头：类别、指标、年份", {"数据": Page(rows, merges)},
        box("数据", rows, {4: "甲区", 5: "乙县"}, across),
    )  # fmt: skip

    rows = [
        ["各区县PM2.5年均浓度（μg/m³）"],
        ["区县", 2021, 2022, 2023, "2024年"],
        ["甲区", 40, 38.5, 36, 33],
        ["乙县", 41, 39, 37, 34],
    ]
    across = {"B": "2021", "C": "2022", "D": "2023", "E": "2024"}
    yield _case(
        "布局 年份在列.xlsx", "标题写指标，年份在列", {"浓度": Page(rows, ("A1:E1",))},
        box("浓度", rows, {3: "甲区 pm25", 4: "乙县 pm25"}, across),
    )  # fmt: skip

    rows = [
        ["地区", Shown(44927, 'yyyy"年"'), Shown(45292, 'yyyy"年"')],
        ["甲区", 36, 33],
        ["乙县", 37, 34],
    ]
    yield _case(
        "布局 年份是日期.xlsx", "年份列是只显示年份的日期，指标在工作表名", {"PM2.5年均浓度": rows},
        box("PM2.5年均浓度", rows, {2: "甲区 pm25", 3: "乙县 pm25"}, {"B": "2023", "C": "2024"}),
    )  # fmt: skip

    rows = [
        ["2024年环境统计"],
        ["区县", "代码", "PM2.5年均浓度", "空气优良天数比率"],
        ["甲", "乙", 1, 2],
        ["甲区", "320101", 33, 82],
        ["乙县", "320102", 34, 81],
    ]
    yield _case(
        "布局 栏次行.xlsx", "统计表的“甲 乙 1 2”栏次行不是数据", {"统计": Page(rows, ("A1:D1",))},
        box("统计", rows, {4: "甲区", 5: "乙县"}, {"C": "pm25", "D": "good_days"}),
    )  # fmt: skip


def across() -> Iterator[Case]:
    """Districts across, one district's yearbook, years down."""
    rows = [
        ["2024年度绿色政绩指标"],
        ["指标", "单位", "甲区", "乙县", "丙区", "全市"],
        ["一、大气环境", None, None, None, None, None],
        ["PM2.5年均浓度", "微克/立方米", 33, 34, 30, 32.4],
        ["空气优良天数比率", "%", 82, 81, 85.5, 82.8],
        ["二、绿色发展", None, None, None, None, None],
        ["排污权交易金额", "万元", 1200, 950.5, 2001, 4151.5],
    ]
    down = {4: "pm25", 5: "good_days", 7: "trading"}
    columns = {"C": "甲区", "D": "乙县", "E": "丙区"}
    values = box("指标", rows, down, columns)
    for name, write in (("布局 区县在列.xlsx", excel), ("布局 区县在列.et", old_wps)):
        yield _case(name, "区县横排、指标竖排、类别行、全市列", {"指标": Page(rows, ("A1:F1",))}, values, write=write)
    yield Case("布局 区县在列.ods", "同上，LibreOffice", values=values, made_from="布局 区县在列.xlsx")

    rows = [
        ["3-12 甲区主要环境指标"],
        ["指标 Item", "单位 Unit", 2022, 2023, 2024],
        ["PM2.5年均浓度", "微克/立方米", 38.5, 36, 33],
        ["空气优良天数比率", "%", 79, 80, 82],
        ["森林覆盖率", "%", 41.2, 41.3, 41.35],
        ["耕地保有量", "公顷", 12000, 11980, 11975.5],
        ["资料来源：甲区统计局"],
    ]
    yield _case(
        "布局 统计年鉴一区.xlsx", "统计年鉴：一个区县的表，指标在行，年份在列，表头中英文", {"3-12": Page(rows, ("A1:E1",))},
        box("3-12", rows, {3: "甲区 pm25", 4: "甲区 good_days", 5: "甲区 forest", 6: "甲区 farmland"},
            {"C": "2022", "D": "2023", "E": "2024"}),
    )  # fmt: skip

    rows = [
        ["乙县历年环境质量"],
        ["年份", "PM2.5年均浓度", "空气优良天数比率"],
        ["2022年", 39, 78],
        ["2023年", 37, 79.5],
        ["2024年", 34, 81],
    ]
    yield _case(
        "布局 年份在行.xlsx", "一个区县，年份在行", {"Sheet1": Page(rows, ("A1:C1",))},
        box("Sheet1", rows, {3: "乙县 2022", 4: "乙县 2023", 5: "乙县 2024"}, {"B": "pm25", "C": "good_days"}),
    )  # fmt: skip

    rows = [
        ["区县", "指标", "2023年", "2024年"],
        ["甲区", "PM2.5年均浓度", 36, 33],
        [None, "空气优良天数比率", 80, 82],
        [None, "森林覆盖率", 41.3, 41.35],
        ["乙县", "PM2.5年均浓度", 37, 34],
        [None, "空气优良天数比率", 79.5, 81],
        [None, "森林覆盖率", 55, 55.1],
    ]
    down = {
        2: "甲区 pm25", 3: "甲区 good_days", 4: "甲区 forest", 5: "乙县 pm25", 6: "乙县 good_days", 7: "乙县 forest",
    }  # fmt: skip
    yield _case(
        "布局 区县合并.xlsx", "区县名合并在几行上，每行一个指标", {"数据": Page(rows, ("A2:A4", "A5:A7"))},
        box("数据", rows, down, {"C": "2023", "D": "2024"}),
    )  # fmt: skip
    values = box("数据", rows, down, {"C": "2023", "D": "2024"})
    yield Case("布局 区县合并.ods", "同上，LibreOffice", values=values, made_from="布局 区县合并.xlsx")


def several() -> Iterator[Case]:
    """Several sheets or several tables in one."""
    per_year = {
        "2023年": [["区县", "PM2.5年均浓度"], ["甲区", 36], ["乙县", 37]],
        "2024年": [["区县", "PM2.5年均浓度"], ["甲区", 33], ["乙县", 34]],
        "说明": [["本表由各区县生态环境局填报。"]],
    }
    values = [
        *box("2023年", per_year["2023年"], {2: "甲区", 3: "乙县"}, {"B": "pm25"}, "2023"),
        *box("2024年", per_year["2024年"], {2: "甲区", 3: "乙县"}, {"B": "pm25"}),
    ]
    unread = warning("sheet_unrecognised", "说明")
    for name, write in (("布局 一年一表.xlsx", excel), ("布局 一年一表.xls", old_wps)):
        yield _case(name, "每个工作表一年，另有说明页", per_year, values, unread, write=write)

    sheets = {
        name: [["指标", "2024年"], ["PM2.5年均浓度", a], ["空气优良天数比率", b]]
        for name, a, b in (("甲区", 33, 82), ("乙县", 34, 81), ("丙区", 30, 85))
    }
    values = [
        value
        for name, rows in sheets.items()
        for value in box(name, rows, {2: f"{name} pm25", 3: f"{name} good_days"}, {"B": "2024"})
    ]
    yield _case("布局 一区一表.xlsx", "每个工作表一个区县", sheets, values)

    rows = [
        ["表1 2024年大气环境"],
        ["区县", "PM2.5年均浓度", "空气优良天数比率"],
        ["甲区", 33, 82],
        ["乙县", 34, 81],
        [],
        ["表2 2024年绿色发展（单位：万元）"],
        ["区县", "排污权交易金额"],
        ["乙县", 950.5],
        ["甲区", 1200],
    ]
    values = [
        *box("汇总", rows, {3: "甲区", 4: "乙县"}, {"B": "pm25", "C": "good_days"}),
        *box("汇总", rows, {8: "乙县", 9: "甲区"}, {"B": "trading"}),
    ]
    yield _case("布局 上下两表.xlsx", "一个工作表里上下两张表，区县顺序不同", {"汇总": rows}, values)

    rows = [
        ["2024年度指标", None, None, None, None, None],
        ["区县", "PM2.5年均浓度", None, "区县", "空气优良天数比率", "森林覆盖率"],
        ["甲区", 33, None, "丙区", 85.5, 30.1],
        ["乙县", 34, None, "甲区", 82, 41.35],
        ["丙区", 30, None, "乙县", 81, 55.1],
    ]
    values = [
        *box("并排", rows, {3: "甲区", 4: "乙县", 5: "丙区"}, {"B": "pm25"}),
        *box("并排", rows, {3: "丙区", 4: "甲区", 5: "乙县"}, {"E": "good_days", "F": "forest"}),
    ]
    yield _case("布局 左右两表.xlsx", "左右并排两张表，区县顺序不同：各按各的区县读", {"并排": rows}, values)

    rows = [
        ["2024年度指标", None, None, None, None],
        ["区县", "PM2.5年均浓度", "区县", "PM2.5年均浓度", None],
        ["甲区", 33, "丙区", 30, None],
        ["乙县", 34, "丁县", 41, None],
    ]
    values = [
        *box("双栏", rows, {3: "甲区", 4: "乙县"}, {"B": "pm25"}),
        *box("双栏", rows, {3: "丙区", 4: "丁县"}, {"D": "pm25"}),
    ]
    yield _case("布局 双栏.xlsx", "为省纸分成左右两栏的一张表", {"双栏": rows}, values)

    rows = [
        ["区县", "PM2.5年均浓度", "空气优良天数比率"],
        ["甲区", 33, 82],
        ["乙县", 34, 81],
        ["区县", "PM2.5年均浓度", "空气优良天数比率"],
        ["丙区", 30, 85.5],
        ["丁县", 41, 70],
    ]
    across_ = {"B": "pm25", "C": "good_days"}
    yield _case(
        "布局 每页重复表头.xlsx", "打印用的表，表头每页重复", {"2024年": rows},
        box("2024年", rows, {2: "甲区", 3: "乙县", 5: "丙区", 6: "丁县"}, across_),
    )  # fmt: skip

    rows = [
        ["2024年度指标"],
        ["组别", "区县", "排污权交易金额（万元）", "PM2.5年均浓度"],
        ["城区", "甲区", 1200, 33],
        [None, "丙区", 2001, 30],
        [None, "小计", Formula("=SUM(C3:C4)", 3201), None],
        ["郊县", "乙县", 950.5, 34],
        [None, "丁县", 100, 41],
        [None, "小计", Formula("=SUM(C6:C7)", 1050.5), None],
        ["全市", None, Formula("=C5+C8", 4251.5), 34.5],
    ]
    yield _case(
        "布局 分组小计.xlsx", "分组、小计、全市行夹在中间，合计是公式", {"数据": Page(rows, ("A1:D1", "A3:A5", "A6:A8"))},
        box("数据", rows, {3: "甲区", 4: "丙区", 6: "乙县", 7: "丁县"}, {"C": "trading", "D": "pm25"}),
    )  # fmt: skip


def long_and_targets() -> Iterator[Case]:
    """One value a row; targets; last year's column."""
    rows = [
        ["区县名称", "年份", "指标名称", "数值", "单位", "备注"],
        ["甲区", 2024, "PM2.5年均浓度", 33, "μg/m³", None],
        ["甲区", 2024, "排污权交易金额", 1200, "万元", "含二次交易"],
        ["乙县", 2023, "PM2.5年均浓度", 37, "ug/m3", None],
        ["乙县", 2024, "PM2.5年均浓度", 34, "微克/立方米", None],
    ]
    values = [
        Value("", "明细", "D2", "甲区", "pm25", "2024", 33.0, "33"),
        Value("", "明细", "D3", "甲区", "trading", "2024", 1200.0, "1200", "含二次交易"),
        Value("", "明细", "D4", "乙县", "pm25", "2023", 37.0, "37"),
        Value("", "明细", "D5", "乙县", "pm25", "2024", 34.0, "34"),
    ]
    yield _case("布局 长表.xlsx", "每行一个数值，带单位和备注", {"明细": rows}, values)
    unnamed = [value._replace(sheet="") for value in values]
    yield Case("布局 长表 GBK.csv", "业务系统导出的长表", partial(text, rows=rows, encoding="gb18030"), unnamed)

    rows = [
        ["2024年度目标任务分解表"],
        ["区县", "PM2.5年均浓度（μg/m³）", "空气优良天数比率（%）"],
        ["甲区", 35, 80],
        ["乙县", 36, 79],
    ]
    goals = box("目标", rows, {3: "甲区", 4: "乙县"}, {"B": "pm25", "C": "good_days"})
    yield _case("布局 目标表.xlsx", "目标任务表：只有目标值", {"目标": Page(rows, ("A1:C1",))}, (), targets=goals)

    rows = [
        ["丙区2024年度指标完成情况"],
        ["序号", "指标", "单位", "目标值", "上年值", "完成值", "备注"],
        [1, "PM2.5年均浓度", "μg/m³", 32, 31, 30.25, None],
        [2, "空气优良天数比率", "%", 85, 84.2, 85.6, None],
        [3, "森林覆盖率", "%", None, 30, 30.1, None],
    ]
    down = {3: "丙区 pm25", 4: "丙区 good_days", 5: "丙区 forest"}
    yield _case(
        "布局 目标上年完成三列.xlsx", "目标值、上年值、完成值三列：上年值只作参照", {"完成情况": Page(rows, ("A1:G1",))},
        box("完成情况", rows, down, {"F": "2024"}), targets=box("完成情况", rows, down, {"D": "2024"}),
    )  # fmt: skip

    rows = [
        ["甲区空气质量季报"],
        ["区县", "考核期", "PM2.5年均浓度"],
        ["甲区", "2024年第一季度", 45],
        ["甲区", "2024Q2", 30],
        ["乙县", "2024年7月", 22],
        ["乙县", "2024-08", 21],
    ]
    down = {3: "甲区 2024Q1", 4: "甲区 2024Q2", 5: "乙县 2024-07", 6: "乙县 2024-08"}
    yield _case(
        "布局 季度月份.xlsx", "考核期是季度和月份", {"季报": rows}, box("季报", rows, down, {"B": "", "C": "pm25"}, without=[f"B{n}" for n in down]),
    )  # fmt: skip


def hidden() -> Iterator[Case]:
    """What people cannot see they do not report; they are told."""
    rows = [
        ["区县", "PM2.5年均浓度", "空气优良天数比率"],
        ["甲区", 33, 82],
        ["乙县", 34, 81],
        ["丙区", 30, 85],
    ]
    old = [["区县", "PM2.5年均浓度"], ["甲区", 99]]
    sheets = {"2024年": Page(rows, hidden_rows=(3,), hidden_columns=("C",)), "旧数据": Page(old, hidden=True)}
    values = box("2024年", rows, {2: "甲区", 4: "丙区"}, {"B": "pm25"})
    said = (
        warning("hidden_rows", "2024年", "A3"),
        warning("hidden_columns", "2024年", "C1"),
        warning("hidden_sheet", "旧数据"),
    )
    for name, write in (
        ("布局 隐藏行列表.xlsx", excel), ("布局 隐藏行列表 WPS.xlsx", new_wps), ("布局 隐藏行列表.et", old_wps),
    ):  # fmt: skip
        yield _case(name, "隐藏的行、列、工作表不读，但说明", sheets, values, *said, write=write)
    yield Case(
        "布局 隐藏行列表.ods", "同上，LibreOffice", values=values, findings=said, made_from="布局 隐藏行列表.xlsx"
    )


def where_the_year_stands() -> Iterator[Case]:
    """The period in the file's name, chosen by the user, or contradicted."""
    rows = [["区县", "PM2.5年均浓度"], ["甲区", 33], ["乙县", 34]]
    down, columns = {2: "甲区", 3: "乙县"}, {"B": "pm25"}
    values = box("Sheet1", rows, down, columns)
    yield _case("布局 2024年度指标 年份在文件名.xlsx", "考核期只写在文件名里", {"Sheet1": rows}, values)
    yield _case(
        "布局 没有年份.xlsx", "哪里都没有写考核期，由用户选定", {"Sheet1": rows}, box("Sheet1", rows, down, columns, "2023"),
        options={"period": "2023"},
    )  # fmt: skip


def all_layouts() -> Iterator[Case]:
    for family in (
        one_table_by_every_program, headers, across, several, long_and_targets, hidden, where_the_year_stands,
    ):  # fmt: skip
        yield from family()
